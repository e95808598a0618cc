"""Up the chain: choosing what goes, the files, the list of what was sent, and what has changed since."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.ledgers import sending_actions, sending_work
from gui.ledgers.export_password import ExportPasswordDialog
from gui.ledgers.page import LedgersPage
from gui.ledgers.sending_card import SendingCard
from gui.ledgers.sending_dialog import SendingDialog
from importers import reader
from models.database import Database
from models.records import sendings
from models.records.members import members
from models.records.sendings import PAGES, WORKBOOKS
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]
SECRET = "一句自己记得住的话"


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, LedgersPage)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everything is saved, in place of asking."""
    made = tmp_path / "U 盘"
    made.mkdir()
    for module in ("gui.ledgers.sending_dialog", "gui.papers.papers"):
        monkeypatch.setattr(f"{module}.ask_where_to_save", lambda *given: given[-1](made / given[-2]))
    monkeypatch.setattr("gui.ledgers.sending_dialog.ask_which_folder", lambda *given: given[-1](made))
    return made


@pytest.fixture
def dialog(stage: Stage, qtbot: QtBot) -> SendingDialog:
    qtbot.waitUntil(stage.page.isVisible)
    qtbot.wait(50)
    qtbot.keyClick(stage.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    (found,) = stage.page.findChildren(SendingDialog)
    return found


def tick(dialog: SendingDialog, *names: str) -> None:
    dialog._tick(False)
    for line in range(dialog.list.count()):
        item = dialog.list.item(line)
        entry = item.data(Qt.ItemDataRole.UserRole)
        if entry.name in names:
            item.setCheckState(Qt.CheckState.Checked)


def rest(qtbot: QtBot, stage: Stage) -> None:
    qtbot.waitUntil(lambda: not stage.window._tasks, timeout=60_000)


def send(dialog: SendingDialog, stage: Stage, qtbot: QtBot) -> None:
    dialog.next_button.click()
    rest(qtbot, stage)


def test_the_dialog_begins_with_what_was_sent_last(dialog: SendingDialog) -> None:
    assert [each.name for each in dialog.chosen()] == ["members_roster"]
    assert dialog.recipient.text() == "示例局机关党委"
    assert dialog.counted.text() == "已选 1 张"
    assert "sendings" not in [
        dialog.list.item(line).data(Qt.ItemDataRole.UserRole).name for line in range(dialog.list.count())
    ]


def test_all_are_all_that_the_form_can_hold(dialog: SendingDialog) -> None:
    dialog._tick(True)
    assert len(dialog.chosen()) > 20
    assert not any(each.is_paper for each in dialog.chosen())
    dialog.form.choose(WORKBOOKS)
    dialog._tick(True)
    assert any(each.is_paper for each in dialog.chosen())


def test_a_workbook_with_its_cover_goes_out_and_into_the_list(
    dialog: SendingDialog, stage: Stage, qtbot: QtBot, folder: Path
) -> None:
    before = stage.database.path.stat().st_size
    tick(dialog, "members_roster", "dues_register", "dues_summary")
    dialog.remark.type_text("十一月")
    send(dialog, stage, qtbot)
    (path,) = folder.iterdir()
    assert path.name == "报送 2026年11月 示例局机关党委.xlsx"
    cover, *pages = load_workbook(path).worksheets
    assert [cover.cell(row, 1).value for row in range(1, 8)] == [
        "报送材料目录",
        "报送单位：示例局机关党总支",
        "报送给：示例局机关党委",
        "所属期：2026年11月",
        "制表人：周丽萍",
        "报送日期：2026年11月20日",
        "备注：十一月",
    ]
    assert [page["A1"].value for page in pages] == ["党员花名册", "2026年度党费收缴登记表", "2026年11月党费上缴汇总表"]
    assert "并记入报送登记" in stage.said
    stage.page.show_target("sendings")
    row = stage.page.table.rows_shown()[0]
    assert (row.recipient, row.tables, row.sender, row.file_name) == ("示例局机关党委", 3, "周丽萍", path.name)
    assert stage.database.path.stat().st_size < before + 100_000  # no copy of the workbook is kept
    stage.page.undo()
    assert len(stage.page.table.rows_shown()) == 1


def test_a_folder_holds_every_table_and_paper(dialog: SendingDialog, stage: Stage, qtbot: QtBot, folder: Path) -> None:
    tick(dialog, "members_roster", "dues_register", "dues_slip")
    dialog.next_button.click()
    assert "打印件只能存成 PDF" in dialog.problem.text()
    dialog.form.choose(WORKBOOKS)
    send(dialog, stage, qtbot)
    (made,) = folder.iterdir()
    names = sorted(path.name for path in made.iterdir())
    assert names[:2] == ["01 党员花名册.xlsx", "02 2026年度党费收缴登记表.xlsx"]
    assert names[2].startswith("03 2026年11月党费交纳凭条")
    assert names[3] == "目录.xlsx"
    (cover,) = load_workbook(made / "目录.xlsx").worksheets
    links = [cell.hyperlink.target for cell in cover["B"] if cell.hyperlink]
    assert links == names[:3]


def test_pages_go_as_pdf_and_a_second_folder_gets_a_name_of_its_own(
    dialog: SendingDialog, stage: Stage, qtbot: QtBot, folder: Path
) -> None:
    (folder / "报送 2026年11月 示例局机关党委").mkdir()
    tick(dialog, "dues_notice")
    dialog.form.choose(PAGES)
    dialog.locked.setChecked(True)
    dialog.password.first.setText(SECRET)
    dialog.password.second.setText(SECRET)
    dialog.next_button.click()
    assert "PDF 不能加密码" in dialog.problem.text()
    dialog.locked.setChecked(False)
    send(dialog, stage, qtbot)
    made = folder / "报送 2026年11月 示例局机关党委（2）"
    (page,) = made.glob("*.pdf")
    assert page.read_bytes().startswith(b"%PDF")


def test_a_locked_workbook_opens_with_its_password(
    dialog: SendingDialog, stage: Stage, qtbot: QtBot, folder: Path
) -> None:
    dialog.locked.setChecked(True)
    dialog.password.first.setText("短")
    dialog.next_button.click()
    assert "至少 10 位" in dialog.password.problem.text()
    dialog.password.first.setText(SECRET)
    dialog.password.second.setText(SECRET)
    send(dialog, stage, qtbot)
    (path,) = folder.iterdir()
    with pytest.raises(reader.NeedsPasswordError):
        reader.read(path)
    assert reader.read(path, SECRET).grids[0].name == "目录"
    with stage.database.reading() as session:
        last = sendings.last(session)
        assert last is not None
        assert last.locked
    with stage.database.writing("改动") as session:
        members.change(session, 1, {"phone": "10000000009"})
    sending_actions.export_changes(stage.page)
    rest(qtbot, stage)
    asked = next(each for each in stage.page.findChildren(ExportPasswordDialog) if each.isVisible())
    asked.password.first.setText(SECRET)
    asked.password.second.setText(SECRET)
    asked.go_on()
    rest(qtbot, stage)
    with pytest.raises(reader.NeedsPasswordError):
        reader.read(folder / "报送以后的改动 2026-11-20.xlsx")


def test_what_is_missing_is_said(dialog: SendingDialog) -> None:
    tick(dialog)
    dialog.next_button.click()
    assert dialog.problem.text() == "请先勾选要报送的台账或表格。"
    dialog.recipient.type_text("")
    dialog.next_button.click()
    assert dialog.recipient.error.text() == "请填写报送给。"


def test_a_file_that_cannot_be_written_is_no_sending(
    dialog: SendingDialog, stage: Stage, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = folder / "没有" / "上报.xlsx"
    monkeypatch.setattr("gui.ledgers.sending_dialog.ask_where_to_save", lambda *given: given[-1](gone))
    send(dialog, stage, qtbot)
    assert "文件夹" in dialog.problem.text()
    assert dialog.isVisible()
    assert dialog.isEnabled()
    stage.page.show_target("sendings")
    assert len(stage.page.table.rows_shown()) == 1


def test_a_folder_that_fails_leaves_nothing(
    dialog: SendingDialog, stage: Stage, qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: Any, **_more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sending_work, "_write_book", fail)
    dialog.form.choose(WORKBOOKS)
    send(dialog, stage, qtbot)
    assert "没有存成" in dialog.problem.text()
    assert list(folder.iterdir()) == []


def test_what_has_changed_since_is_saved_with_its_marks(stage: Stage, qtbot: QtBot, folder: Path) -> None:
    stage.page.show_target("sendings")
    stage.page.table.table.go_to(0, 0)
    qtbot.keyClick(stage.page.table.table, Qt.Key.Key_Return)
    (card,) = stage.page.findChildren(SendingCard)
    card.compare_button.click()
    rest(qtbot, stage)
    (path,) = folder.iterdir()
    assert path.name == "报送以后的改动 2026-01-15.xlsx"
    cover, page = load_workbook(path).worksheets
    assert cover["A2"].value == "对照：2026年1月15日报送给示例局机关党委的"
    assert page["A1"].value == "党员花名册（改动）"
    sorts = {page.cell(row, 3).value: page.cell(row, 2).value for row in range(4, page.max_row)}
    assert sorts["何志远"] == "删除"


def test_nothing_changed_is_said(dialog: SendingDialog, stage: Stage, qtbot: QtBot, folder: Path) -> None:
    tick(dialog, "members")
    send(dialog, stage, qtbot)
    sending_actions.export_changes(stage.page)
    rest(qtbot, stage)
    assert stage.said == "2026年11月20日报送以后没有改动。"
    with stage.database.writing("改动") as session:
        members.change(session, 1, {"phone": "10000000009"})
    sending_actions.export_changes(stage.page)
    rest(qtbot, stage)
    (page,) = load_workbook(folder / "报送以后的改动 2026-11-20.xlsx").worksheets[1:]
    assert page["B4"].value == "修改"


def test_an_entry_is_withdrawn(stage: Stage) -> None:
    stage.page.show_target("sendings")
    sending_actions.withdraw(stage.page, stage.page.table.rows_shown()[0])
    box = next(box for box in stage.page.findChildren(QMessageBox) if box.isVisible())
    next(each for each in box.buttons() if each.text() == "撤回").click()
    assert stage.page.table.rows_shown() == []
    stage.page.undo()
    assert len(stage.page.table.rows_shown()) == 1


def test_the_menu_stands_over_its_button(stage: Stage) -> None:
    menu = sending_actions.offer_sending(stage.page, stage.page._view(), stage.page.send_button)
    assert [each.text() for each in menu.actions() if each.text()] == [
        "Excel 上报…　Ctrl+Shift+E",
        "上次报送以后的改动…",
        "报送登记",
    ]
    menu.actions()[-1].trigger()
    menu.hide()
    assert stage.page.heading.text() == "报送登记"
