"""The settings: each changed as a person does, and read back from the data file."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QScrollArea
from pytestqt.qtbot import QtBot

from gui import theme
from gui.parts.password_box import PasswordBox
from gui.parts.record_dialog import RecordDialog
from gui.settings.page import SECTIONS, SettingsPage
from gui.settings.password import keeping_sheet
from gui.settings.rehearsal import RehearsalDialog
from gui.settings.rules_dialog import RulesDialog
from gui.theme import TextSize
from gui.waiting import Waiting
from models import backups, keys, passwords, preferences, settings
from models.database import Database
from models.errors import UserError
from models.records.dues import rulebook
from models.records.members import members, organisation
from models.rules.periods import Month
from models.unlocking import PasswordNeededError, key_of
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]
PASSWORD = "三棵树下的老自行车"


@pytest.fixture(autouse=True)
def _own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preferences, "config_file", lambda: tmp_path / "preferences.json")


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, SettingsPage)


def section(stage: Stage, name: str) -> Any:
    stage.page.show_target(name)
    return stage.page.section


def form(stage: Stage) -> RecordDialog:
    return stage.page.findChildren(RecordDialog)[-1]


def fill(dialog: Any, **values: str) -> None:
    for key, text in values.items():
        dialog.fields[key].type_text(text)


def type_band(dialog: RulesDialog, line: int, column: int, text: str) -> None:
    model = dialog.table.table.model()
    model.setData(model.index(line, column), text)


def agree(stage: Stage) -> None:
    (box,) = stage.page.findChildren(QMessageBox)
    box.defaultButton().click()


def rest(qtbot: QtBot, stage: Stage) -> None:
    qtbot.waitUntil(lambda: not stage.window._tasks, timeout=20_000)


def chosen(stage: Stage) -> settings.Settings:
    with stage.database.reading() as session:
        return settings.read(session)


def test_tab_leads_from_the_list_into_the_section(stage: Stage, qtbot: QtBot) -> None:
    for name in SECTIONS.keys() - {"使用人"}:  # of a file without a password there are none
        chosen = section(stage, name)
        stage.page.list.setFocus()
        qtbot.keyClick(stage.page.list, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert chosen.isAncestorOf(focused), name
        assert not isinstance(focused, QScrollArea), name


@pytest.mark.parametrize("name", list(SECTIONS))
def test_every_section_opens_with_its_data(stage: Stage, name: str) -> None:
    assert section(stage, name) is stage.page.sections[name]
    assert stage.page.stack.currentWidget().widget() is stage.page.sections[name]


def test_the_people_who_sign_are_changed(stage: Stage) -> None:
    section(stage, "支部与组织")._change()
    dialog = form(stage)
    fill(dialog, maker="龚文博", unit="示例局机关总支部", notice_days="7")
    dialog.save()
    assert (chosen(stage).maker, chosen(stage).unit, chosen(stage).notice_days) == ("龚文博", "示例局机关总支部", 7)
    with stage.database.reading() as session:
        assert organisation.root(session).name == "示例局机关总支部"


def test_branches_and_groups_are_added_renamed_and_removed(stage: Stage) -> None:
    part = section(stage, "支部与组织")
    part._add("党支部")
    fill(form(stage), name="第四党支部", secretary="戚琰")
    form(stage).save()
    names = [row.name for row in part.tree.rows_shown()]
    assert names[-1] == "第四党支部"
    part.tree.select(lambda row: row.name == "第四党支部")
    part._add("党小组")
    fill(form(stage), name="第一党小组")
    form(stage).save()
    part.tree.select(lambda row: row.name == "第四党支部")
    part._ask_to_remove()
    agree(stage)
    assert "不能删除" in stage.said
    part.tree.select(lambda row: row.name == "第四党支部")
    part._rename()
    fill(form(stage), name="第三党支部")
    form(stage).save()
    assert form(stage).fields["name"].error.text() == "“第三党支部”已经登记过了。"


def test_the_collection_day_moves_and_shows_this_years_days(stage: Stage) -> None:
    part = section(stage, "党费规则")
    assert "11月23日" in part.this_year.text()
    part.days.fields["collection_day"].type_text("32")
    part.days.save()
    assert "1 日至 31 日" in part.days.fields["collection_day"].error.text()
    assert part.days.fields["collection_day"].text() == "32"
    fill(part.days, collection_day="10", shift="提前到上一个工作日")
    part.days.save()
    assert (chosen(stage).collection_day, chosen(stage).shift) == (10, "提前到上一个工作日")
    assert "5月9日" in part.this_year.text()  # the Saturday before is a made-up working day


def test_a_value_is_tried_on_the_rules(stage: Stage) -> None:
    part = section(stage, "党费规则")
    assert part.result.text() == "7420.00 × 1.5% = 111.30"
    part.base.type_text("10000.01")
    assert part.result.text().startswith("10000.01 × 2%")
    part.base.type_text("")
    assert "还没有填写" in part.result.text()


def test_new_rules_begin_after_the_opened_months_and_change_none(stage: Stage) -> None:
    part = section(stage, "党费规则")
    part.begin_rules()
    (dialog,) = stage.page.findChildren(RulesDialog)
    assert dialog.fields["from"].text() == "2026-12"
    type_band(dialog, 2, 1, "1.6")
    assert dialog.working.text() == "7420.00 × 1.6% = 118.72，四舍五入到角 118.70"
    dialog.fields["rounding"].type_text("分四舍五入")
    assert dialog.working.text() == "7420.00 × 1.6% = 118.72"
    dialog.save()
    with stage.database.reading() as session:
        rules = {each.from_month: each for each in rulebook.read(session)}
    assert rules[Month(2026, 12)].categories["年薪"].bands[2].rate == Decimal("0.016")
    assert rules[Month(2008, 4)].categories["年薪"].bands[2].rate == Decimal("0.015")
    assert [row.origin for row in part.table.rows_shown()] == ["自己设的", "程序带来"]
    assert part.table.rows_shown()[1].until == Month(2026, 11)


def test_rules_for_months_gone_by_say_that_nothing_changes(stage: Stage) -> None:
    part = section(stage, "党费规则")
    part.begin_rules()
    (dialog,) = stage.page.findChildren(RulesDialog)
    dialog.fields["from"].type_text("2026-05")
    assert "到2026年11月为止的月份已经开账" in dialog.note.text()


def test_rules_of_ones_own_are_removed_after_a_question_and_brought_back(stage: Stage, qtbot: QtBot) -> None:
    part = section(stage, "党费规则")
    part.begin_rules()
    (dialog,) = stage.page.findChildren(RulesDialog)
    dialog.save()
    part.table.select(lambda row: row.origin == "自己设的")
    part.ask_to_remove()
    (box,) = stage.page.findChildren(QMessageBox)
    assert box.text() == "删除从2026年12月起的党费标准？"
    assert "改用从2008年4月起的标准" in box.informativeText()
    agree(stage)
    assert [row.origin for row in part.table.rows_shown()] == ["程序带来"]
    assert "按 Ctrl+Z 撤销" in stage.said
    qtbot.keyClick(stage.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [row.origin for row in part.table.rows_shown()] == ["自己设的", "程序带来"]
    part.table.select(lambda row: row.origin == "程序带来")
    with pytest.raises(UserError, match="程序带来的，不能删除"):
        part.ask_to_remove()


def test_bands_that_do_not_rise_are_refused_and_kept(stage: Stage) -> None:
    part = section(stage, "党费规则")
    part.begin_rules()
    (dialog,) = stage.page.findChildren(RulesDialog)
    dialog.table.add_band()
    assert "算不出来" in dialog.working.text()
    type_band(dialog, 3, 0, "4000")
    type_band(dialog, 3, 1, "3%")
    dialog.save()
    assert "由低到高" in dialog.problem.text()
    assert dialog.isVisible()
    dialog.table.table.setCurrentCell(3, 0)
    dialog.table.remove_band()
    assert dialog.working.text() == "7420.00 × 1.5% = 111.30"
    with stage.database.reading() as session:
        assert len(rulebook.read(session)) == 1


def test_holidays_are_added_and_taken_away(stage: Stage) -> None:
    part = section(stage, "节假日")
    assert part.year.value() == 2026
    part.year.choose(2027)
    part.reload()
    assert part.warning.isVisible()
    assert "2027年的放假安排不在程序里" in part.warning.text()
    part.add()
    fill(form(stage), first="2027-01-01", last="2027-01-03")
    form(stage).save()
    assert chosen(stage).holidays == ("2027-01-01", "2027-01-02", "2027-01-03")
    assert not part.warning.isVisible()
    part.table.select(lambda row: row.day == date(2027, 1, 2))
    part.remove()
    assert chosen(stage).holidays == ("2027-01-01", "2027-01-03")


def test_a_backup_is_made_rehearsed_and_brought_back(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    part = section(stage, "备份")
    with qtbot.waitSignal(stage.page.workspace.backed_up, timeout=20_000):
        part.back_up()
    (row,) = part.table.rows_shown()
    assert (row.state, row.place) == ("已核验", "第一处")
    with stage.page.workspace.writing("改") as session:
        members.change(session, 1, {"remark": "备份以后"})
    part.rehearse()
    rest(qtbot, stage)
    (dialog,) = stage.page.findChildren(RehearsalDialog)
    figures = {each.name: (each.now, each.then) for each in dialog.table.rows_shown()}
    assert figures["在册党员"] == ("47 人", "47 人")
    now, then = (int(figure.removesuffix(" 条")) for figure in figures["操作记录"])
    assert now == then + 1
    assert "做备份以后又做过：修改党员 1；换成这份备份，这些就没有了。" in dialog.head.text()
    lost = {each.name: each.lost for each in dialog.table.rows_shown()}
    assert lost["党员"] == "1 条回到改动以前"
    assert lost["操作记录"] == "和现在不一样"
    assert lost["上缴合计"] == ""
    target = tmp_path / "恢复.zbtz"
    part.restore_to(row.path, target)
    rest(qtbot, stage)
    with qtbot.waitSignal(stage.page.workspace.file_wanted, timeout=1000) as wanted:
        agree(stage)
    assert wanted.args == [target]
    with closing(Database.open(target)) as brought, brought.reading() as session:
        assert members.find_by_id(session, 1).remark is None


def test_a_second_place_gets_a_backup_too(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    part = section(stage, "备份")
    part.second.line.setText("相对的")
    part.second.settled.emit()
    assert "不是完整的文件夹位置" in stage.said
    second = tmp_path / "U盘"
    second.mkdir()
    part.second.line.setText(str(second))
    part.second.settled.emit()
    assert preferences.read().second_folder == second
    with qtbot.waitSignal(stage.page.workspace.backed_up, timeout=20_000):
        part.back_up()
    assert sorted(row.place for row in part.table.rows_shown()) == ["第一处", "第二处"]


def test_the_data_are_checked(stage: Stage, qtbot: QtBot) -> None:
    part = section(stage, "备份")
    part.check()
    rest(qtbot, stage)
    assert "都没有问题" in stage.said
    assert not part.problems.isVisible()


def wait_for_key(stage: Stage, qtbot: QtBot) -> None:
    """Waits until the file was written anew, as a person must."""
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in stage.page.findChildren(Waiting)), timeout=20_000)


@pytest.fixture
def locked(stage: Stage) -> Iterator[Stage]:
    """A stage whose file is opened anew when its password changes."""
    yield stage
    stage.page.workspace.database.close()


def test_a_password_is_set_changed_and_removed(locked: Stage, qtbot: QtBot) -> None:
    part = section(locked, "密码")
    assert part.state.text() == "没有密码"
    part.wanted.first.setText(PASSWORD)
    part.wanted.second.setText(PASSWORD[:-1])
    part.set_password()
    assert "不一样" in part.wanted.problem.text()
    part.wanted.second.setText(PASSWORD)
    part.set_password()
    wait_for_key(locked, qtbot)
    assert part.state.text() == "已加密"
    assert part.wanted.first.text() == ""
    assert "密码已设好" in locked.said
    path = locked.page.workspace.database.path
    Database.open(path, PASSWORD).close()
    part.present.setText("不是它")
    part.ask_to_drop()
    agree(locked)
    wait_for_key(locked, qtbot)
    assert "密码不对" in part.problem.text()
    assert part.state.text() == "已加密"
    part.present.setText(PASSWORD)
    part.ask_to_drop()
    locked.page.findChildren(QMessageBox)[-1].defaultButton().click()
    wait_for_key(locked, qtbot)
    assert part.state.text() == "没有密码"
    Database.open(path).close()


def test_what_was_typed_as_a_password_is_gone_with_its_section(stage: Stage) -> None:
    part = section(stage, "密码")
    part.begin("现在的")
    part.wanted.first.setText(PASSWORD)
    part.wanted.second.setText(PASSWORD[:-1])
    part.wanted.shown.click()
    part.set_password()
    section(stage, "备份")
    assert section(stage, "密码") is part
    assert [each.text() for each in (part.present, part.wanted.first, part.wanted.second)] == ["", "", ""]
    assert not part.wanted.shown.isChecked()
    assert part.wanted.problem.isHidden()


def test_backups_from_before_the_password_are_replaced(locked: Stage, qtbot: QtBot) -> None:
    folder = locked.page.workspace.backup_folder()
    backups.make(locked.database, folder)
    part = section(locked, "密码")
    part.wanted.first.setText(PASSWORD)
    part.wanted.second.setText(PASSWORD)
    part.set_password()
    wait_for_key(locked, qtbot)
    agree(locked)
    wait_for_key(locked, qtbot)
    assert "删掉了 1 份" in locked.said
    (kept,) = backups.backups_in(folder)
    with pytest.raises(PasswordNeededError):
        key_of(kept.path, None)


def test_setting_a_password_can_be_stopped_and_nothing_is_changed(
    locked: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = threading.Event()

    def waiting(password: str) -> keys.FileKey:
        assert slow.wait(10)
        return keys.new_key(password)

    monkeypatch.setattr(passwords, "new_key", waiting)
    part = section(locked, "密码")
    before = locked.database.path.read_bytes()
    part.wanted.first.setText(PASSWORD)
    part.wanted.second.setText(PASSWORD)
    part.set_password()
    (box,) = locked.page.findChildren(Waiting)
    assert box.isModal()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.isVisible()  # until the work has stopped
    slow.set()
    wait_for_key(locked, qtbot)
    assert part.problem.text() == "已取消，密码没有改。"
    assert locked.database.path.read_bytes() == before
    with locked.page.workspace.writing("改") as session:
        members.change(session, 1, {"remark": "还能改"})


def test_a_backup_under_an_older_password_asks_for_it(locked: Stage, qtbot: QtBot) -> None:
    workspace = locked.page.workspace
    workspace.database = passwords.change(locked.database, None, PASSWORD)
    made = backups.make(workspace.database, workspace.backup_folder())
    workspace.database = passwords.change(workspace.database, PASSWORD, "后来换的另一个密码")
    part = section(locked, "备份")
    part.table.select(lambda row: row.path == made.path)
    part.rehearse()
    (box,) = locked.page.findChildren(PasswordBox)
    box.field.setText(PASSWORD)
    box.open_button.click()
    (dialog,) = locked.page.findChildren(RehearsalDialog)
    assert all(each.now == each.then for each in dialog.table.rows_shown())


def test_the_keeping_sheet_never_holds_the_password() -> None:
    sheet = keeping_sheet("甲局第一党支部", Path("/数据/甲.zbtz"))
    assert {line.name: line.words for line in sheet.rows}["密码（手写）"] == ""


def test_the_text_size_changes_at_once_and_stays(stage: Stage) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    try:
        section(stage, "显示").choices[TextSize.LARGEST].click()
        assert application.font().pixelSize() == TextSize.LARGEST.value
        assert json.loads(preferences.config_file().read_text(encoding="utf-8"))["text_size"] == "LARGEST"
    finally:
        theme.set_text_size(application, TextSize.STANDARD)


def test_the_trail_tells_what_was_done_and_takes_it_back(stage: Stage, qtbot: QtBot) -> None:
    with stage.page.workspace.writing("改电话") as session:
        members.change(session, 1, {"remark": "新的"})
    part = section(stage, "操作记录")
    part.table.select(lambda row: row.title == "改电话")
    assert [line.sentence for line in part.lines.rows_shown()] == ["修改党员 张红卫：备注：（空） → 新的"]
    qtbot.keyClick(stage.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [row.state for row in part.table.rows_shown()[:2]] == ["撤销", "已撤销"]
    with stage.database.reading() as session:
        assert members.find_by_id(session, 1).remark is None


def test_about_names_the_sample_and_the_licences(stage: Stage) -> None:
    part = section(stage, "关于")
    assert part.sample.isVisible()
    assert "MIT" in part.licences.toPlainText()


def test_what_cannot_be_printed_is_said(stage: Stage, qtbot: QtBot) -> None:
    section(stage, "显示")
    qtbot.keyClick(stage.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert stage.said == "这一节没有要打印的内容。"
