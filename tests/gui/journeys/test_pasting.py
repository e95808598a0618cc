"""Pasting into a ledger: what was copied in a spreadsheet goes through the same door as a file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui.dues.page import DuesPage
from gui.importing.dialog import ImportDialog, open_import
from gui.ledgers.page import LedgersPage
from gui.members.branch_page import BranchPage
from gui.members.page import MembersPage
from gui.parts.ledger_table import LedgerTable
from models.database import Database
from models.records.members.members import find
from tests.gui.journeys.conftest import Stage
from tests.gui.journeys.test_import_dialog import everybody, figures, person, previewed, rest, roster, taken
from tests.people import id_number

Put = Callable[..., Stage]
NUMBER, OTHER = id_number("1990-05-01", 1), id_number("1991-05-01", 2)
TEXT = f"姓名\t性别\t公民身份号码\t联系电话\r\n唐果\t男\t{NUMBER}\t10000000001\r\n石磊\t女\t{OTHER}\t\r\n"
CELLS = [["姓名", "性别", "公民身份号码"], ["唐果", "男", NUMBER], ["石磊", "女", OTHER]]


@pytest.fixture
def stage(empty: Database, on_stage: Put) -> Stage:
    return on_stage(empty, MembersPage)


def copy_text(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def copy_html(rows: list[list[str]]) -> None:
    """As Excel and WPS put it there: a whole page, with a plainer text beside it."""
    data = QMimeData()
    body = "".join("<tr>" + "".join(f"<td class=xl65>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    data.setHtml(
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><style><!-- td {mso-number-format:'\\@';} -->"
        f"</style></head><body><table><!--StartFragment-->{body}<!--EndFragment--></table></body></html>"
    )
    data.setText("别的")
    QGuiApplication.clipboard().setMimeData(data)


def press_ctrl_v(qtbot: QtBot, stage: Stage) -> None:
    """As when the table was clicked first; an empty one takes no focus, and the window has the keys."""
    stage.window.activateWindow()
    qtbot.waitUntil(stage.window.isActiveWindow)
    stage.page.findChild(LedgerTable).setFocus()
    qtbot.keyClick(stage.window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def pasted(qtbot: QtBot, stage: Stage) -> ImportDialog:
    """The dialog after Ctrl+V over the page."""
    press_ctrl_v(qtbot, stage)
    (dialog,) = (each for each in stage.page.findChildren(ImportDialog) if each.isVisible())
    rest(qtbot, dialog)
    return dialog


def test_copied_rows_come_in_by_keyboard(stage: Stage, qtbot: QtBot) -> None:
    copy_text(TEXT)
    dialog = previewed(qtbot, pasted(qtbot, stage))
    assert figures(dialog) == ["2", "0", "0", "0", "0"]
    taken(qtbot, dialog)
    assert everybody(stage.database) == ["唐果", "石磊"]
    again = previewed(qtbot, pasted(qtbot, stage))
    assert figures(again) == ["0", "0", "2", "0", "0"]


def test_a_table_of_a_page_is_read_before_its_text(stage: Stage, qtbot: QtBot) -> None:
    copy_html(CELLS)
    taken(qtbot, previewed(qtbot, pasted(qtbot, stage)))
    with stage.database.reading() as session:
        assert find(session, "石磊").id_number == OTHER


def test_rows_without_headings_stand_as_the_columns_shown(empty: Database, on_stage: Put, qtbot: QtBot) -> None:
    stage = on_stage(empty, LedgersPage)
    stage.page.show_target("members")
    keys = [column.key for column in stage.page.table.model.columns]
    known = {"name": "唐果", "sex": "男", "id_number": NUMBER, "phone": "10000000001", "birth_date": "1990-05-01"}
    copy_text("\t".join(known.get(key, "") for key in keys) + "\n")
    dialog = pasted(qtbot, stage)
    assert "没有列名" in dialog.column_step.notices.text()
    taken(qtbot, previewed(qtbot, dialog))
    with stage.database.reading() as session:
        member = find(session, "唐果")
        assert str(member.birth_date) == "1990-05-01"
        assert (member.phone, member.id_number) == ("10000000001", NUMBER)


def test_rows_that_are_only_counted_are_read_after_the_count(empty: Database, on_stage: Put, qtbot: QtBot) -> None:
    stage = on_stage(empty, LedgersPage)
    stage.page.show_target("members")
    keys = [column.key for column in stage.page.table.model.columns]
    rows = [{"name": "唐果", "birth_date": "1990-05-01"}, {"name": "石磊", "birth_date": "1991-05-01"}]
    copy_text("".join("\t".join([str(n), *(row.get(k, "") for k in keys)]) + "\n" for n, row in enumerate(rows, 1)))
    taken(qtbot, previewed(qtbot, pasted(qtbot, stage)))
    assert everybody(stage.database) == ["唐果", "石磊"]


def test_problems_of_copied_rows_hold_them_back(stage: Stage, qtbot: QtBot) -> None:
    copy_text(TEXT.replace(OTHER, "119901199005010021"))
    dialog = previewed(qtbot, pasted(qtbot, stage))
    assert figures(dialog)[3] == "1"
    taken(qtbot, dialog)
    assert everybody(stage.database) == ["唐果"]


def test_the_import_offers_pasting(stage: Stage, qtbot: QtBot) -> None:
    copy_text(TEXT)
    dialog = open_import(stage.page, "members")
    dialog.file_step.paste_button.click()
    rest(qtbot, dialog)
    taken(qtbot, previewed(qtbot, dialog))
    assert everybody(stage.database) == ["唐果", "石磊"]


def test_a_copied_file_is_read(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(roster(tmp_path / "名册.xlsx", person(1, "唐果"))))])
    QGuiApplication.clipboard().setMimeData(data)
    taken(qtbot, previewed(qtbot, pasted(qtbot, stage)))
    assert everybody(stage.database) == ["唐果"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "剪贴板里没有表格"), ("只是一句话", "没有找到标题行"), ("\x00\x01\x02 甲", "不是表格文件")],
    ids=["nothing", "a sentence", "no text"],
)
def test_what_is_no_table_is_refused_in_one_sentence(stage: Stage, qtbot: QtBot, text: str, sentence: str) -> None:
    copy_text(text)
    dialog = open_import(stage.page, "members")
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, dialog)
    assert sentence in dialog.problem.text()
    dialog.close()
    assert dialog.steps.currentWidget() is dialog.file_step


def test_a_field_keeps_its_own_pasting(stage: Stage, qtbot: QtBot) -> None:
    copy_text("唐")
    field = stage.page.filters.text
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert not stage.page.findChildren(ImportDialog)


@pytest.mark.parametrize(
    ("page_type", "target", "ledger"),
    [(DuesPage, "dues_payments", "dues_payments"), (LedgersPage, "dues_assessments", "dues_assessments")],
    ids=["dues", "ledgers"],
)
def test_every_ledger_that_comes_in_takes_pasting(
    branch: Database, on_stage: Put, qtbot: QtBot, page_type: type[DuesPage], target: str, ledger: str
) -> None:
    stage = on_stage(branch, page_type)
    stage.page.show_target(target)
    copy_text("姓名\t交纳日期\t实交\t党费类别\t缴费基数\n周丽萍\t2026-11-20\t126.9\t在职\t7600\n")
    dialog = pasted(qtbot, stage)
    assert dialog.ledger.name == ledger
    assert figures(previewed(qtbot, dialog))[3] == "0"


@pytest.mark.parametrize("page_type", [BranchPage, LedgersPage])
def test_a_ledger_that_is_worked_out_takes_none(
    branch: Database, on_stage: Put, qtbot: QtBot, page_type: type[BranchPage]
) -> None:
    stage = on_stage(branch, page_type)
    stage.page.show_target("members_statistics")
    copy_text(TEXT)
    press_ctrl_v(qtbot, stage)
    assert not stage.page.findChildren(QDialog)
    assert "不能粘贴" in stage.said
