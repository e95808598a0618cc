"""The yearly round and the worksheet, from the dues page: figures and Enter down the list, until nobody is missing."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.dues.page import DuesPage
from gui.dues.round_dialog import RoundDialog
from gui.dues.worksheet_dialog import WorksheetDialog
from gui.papers.preview_window import PreviewWindow
from gui.settings.pay_items import ask_for_pay_items
from models.database import Database
from models.records.dues import assessments, months, payscale
from models.records.dues.months import Due
from models.records.members import members
from models.rules.periods import Month
from models.rules.worksheet import PayScale
from tests.gui.journeys.conftest import TODAY, Stage
from tests.people import id_number

Put = Callable[..., Stage]


@pytest.fixture
def fresh(empty: Database, on_stage: Put) -> Stage:
    """Twenty-two members just brought in, without category and base; October and November are open."""
    with empty.writing("导入") as session:
        for number in range(22):
            members.add(session, {"name": f"党员{number:02d}", "id_number": id_number("1980-01-01", number)})
        for month in (Month(2026, 10), Month(2026, 11)):
            months.open_month(session, month, TODAY)
    return on_stage(empty, DuesPage)


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, DuesPage)


def the_round(stage: Stage) -> RoundDialog:
    stage.page.show_target("dues_assessments")
    stage.page.round_button.click()
    (dialog,) = [each for each in stage.window.findChildren(RoundDialog) if each.isVisible()]
    dialog.table.table.setFocus()
    return dialog


def press(qtbot: QtBot, dialog: RoundDialog, *keys: str | Qt.Key) -> None:
    """Presses keys where the focus is: in the grid, or in its box while that is open."""
    for key in keys:
        at = dialog.table.editor if dialog.table.editor.isVisible() else dialog.table.table
        (qtbot.keyClicks if isinstance(key, str) else qtbot.keyClick)(at, key)


def dues_of(database: Database, name: str) -> list[Decimal]:
    with database.reading() as session:
        who = members.find(session, name).id
        return list(session.scalars(select(Due.amount).where(Due.member_id == who).order_by(Due.month)))


def test_twenty_two_new_members_are_assessed_by_figures_and_enter(qtbot: QtBot, fresh: Stage) -> None:
    dialog = the_round(fresh)
    assert dialog.missing.text().startswith("还没有核定：党员00、党员01")
    for number in range(22):
        press(qtbot, dialog, *f"{5000 + number}", Qt.Key.Key_Return)
    assert dialog.progress.text() == "已核定 22 / 22 人"
    assert dialog.missing.text() == "都已核定。"
    dialog.accept()
    assert fresh.said == "2026年已核定 22 人，已开账的月份补入应交 44 笔。"
    assert dues_of(fresh.database, "党员00") == [Decimal("50.00"), Decimal("50.00")]
    assert dues_of(fresh.database, "党员21") == [Decimal("75.30"), Decimal("75.30")]


def test_figures_are_typed_at_once_and_the_year_to_come_is_printed(qtbot: QtBot, stage: Stage) -> None:
    stage.page.show_target("dues_assessments")
    stage.page.round_button.click()
    (dialog,) = [each for each in stage.window.findChildren(RoundDialog) if each.isVisible()]
    assert dialog.focusWidget() is dialog.table.table
    dialog.accept()
    stage.page.show_target("dues_worksheets")
    offered = [stage.page.when.itemText(place) for place in range(stage.page.when.count())]
    assert offered[:2] == ["2027年", "2026年"]
    assert stage.page.when.currentText() == "2026年"


def test_the_round_is_previewed_before_it_and_both_go_together(qtbot: QtBot, stage: Stage) -> None:
    dialog = the_round(stage)
    dialog.preview.click()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    (window,) = stage.window.findChildren(PreviewWindow)
    assert window.parentWidget() is dialog  # of the page, it would be locked behind the dialog
    dialog.accept()
    assert not window.isVisible()


def test_what_was_typed_wrongly_is_typed_again(qtbot: QtBot, fresh: Stage) -> None:
    dialog = the_round(fresh)
    press(qtbot, dialog, *"7240", Qt.Key.Key_Return, Qt.Key.Key_Up, *"7420", Qt.Key.Key_Return)
    row = dialog.table.rows_shown()[0]
    assert (row.dues_category, row.dues_base, row.monthly) == ("在职", Decimal("7420.00"), Decimal("111.30"))
    assert dialog.table.current_row().name == "党员01"


def test_a_row_is_undone_from_the_round(qtbot: QtBot, fresh: Stage) -> None:
    dialog = the_round(fresh)
    press(qtbot, dialog, *"7240", Qt.Key.Key_Return)
    qtbot.keyClick(dialog.table.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog.table.rows_shown()[0].monthly is None
    assert "已撤销" in dialog.problem.text()


def test_a_category_is_chosen_by_its_number(qtbot: QtBot, fresh: Stage) -> None:
    dialog = the_round(fresh)
    press(qtbot, dialog, Qt.Key.Key_Space)
    choose(dialog, "学生")
    assert (dialog.table.rows_shown()[0].monthly, dialog.table.current_row().name) == (Decimal("0.20"), "党员01")
    press(qtbot, dialog, Qt.Key.Key_Space)
    choose(dialog, "离退休")
    assert dialog.table.editor.isVisible()
    press(qtbot, dialog, *"4800", Qt.Key.Key_Return)
    assert dialog.table.rows_shown()[1].monthly == Decimal("24.00")


def choose(dialog: RoundDialog, category: str) -> None:
    (menu,) = [each for each in dialog.findChildren(QMenu) if each.isVisible()]
    (action,) = [each for each in menu.findChildren(QAction) if category in each.text()]
    action.trigger()
    menu.close()


def test_what_is_no_amount_is_said_at_the_foot(qtbot: QtBot, fresh: Stage) -> None:
    dialog = the_round(fresh)
    press(qtbot, dialog, *"7.555", Qt.Key.Key_Return)
    assert "超过两位小数" in dialog.problem.text()
    assert dialog.table.current_row().name == "党员00"
    press(qtbot, dialog, *"0", Qt.Key.Key_Return)
    assert "缴费基数应大于零" in dialog.problem.text()


def test_the_next_year_is_carried_over_and_compared(qtbot: QtBot, stage: Stage) -> None:
    dialog = the_round(stage)
    dialog.year.choose(2027)
    dialog.year.picked.emit(2027)
    assert dialog.progress.text() == "已核定 0 / 47 人"
    press(qtbot, dialog, Qt.Key.Key_Return, *"8800", Qt.Key.Key_Return)
    first, second = dialog.table.rows_shown()[:2]
    assert (first.name, first.due_change) == ("张红卫", Decimal("0.00"))
    assert (second.name, second.base_change, second.due_change) == ("周丽萍", Decimal("340.00"), Decimal("5.10"))
    dialog.carry.click()
    qtbot.waitUntil(lambda: not stage.window.busy_with, timeout=20_000)  # the backup before
    assert dialog.missing.text() == "都已核定。"
    dialog.accept()
    with stage.database.reading() as session:
        who = members.find(session, "吴国强").id
        last = assessments.by_member(session)[who][-1]
        assert (last.from_month, last.reason) == (Month(2027, 1), "年度核定")
    stage.page.undo()


def test_within_the_year_a_reason_has_to_be_chosen(qtbot: QtBot, stage: Stage) -> None:
    dialog = the_round(stage)
    press(qtbot, dialog, *"9000", Qt.Key.Key_Return)
    assert "请选择原因" in dialog.problem.text()
    dialog.reason.choose("更正")
    press(qtbot, dialog, *"9000", Qt.Key.Key_Return)
    assert dialog.problem.text() == ""
    row = dialog.table.rows_shown()[0]
    assert (row.from_month, row.dues_base) == (Month(2026, 12), Decimal("9000.00"))
    assert dues_of(stage.database, "张红卫")[-1] == Decimal("139.70")


def test_a_worksheet_is_filled_in_and_gives_the_base(qtbot: QtBot, fresh: Stage) -> None:
    fresh.page.show_target("dues_worksheets")
    deed = fresh.page.panel.deed("填工资项目")
    deed.slot()
    (sheet,) = [each for each in fresh.window.findChildren(WorksheetDialog) if each.isVisible()]
    for item, amount in {"职务工资": "2000", "级别工资": "3000", "工作性津贴": "2500", "个人所得税": "80"}.items():
        sheet.fields[item].type_text(amount)
    assert sheet.base.text() == "缴费基数 7,420.00 元"
    assert "每月应交 111.30 元" in sheet.due.text()
    sheet.kind.choose("企业")
    sheet.kind.picked.emit("企业")
    assert sheet.fields["个人所得税"].text() == "80.00"
    assert sheet.base.text() == "—"
    sheet.kind.choose("机关公务员")
    sheet.kind.picked.emit("机关公务员")
    sheet.save()
    row = fresh.page.table.rows_shown()[0]
    assert (row.pay_kind, row.dues_base, row.item_职务工资) == ("机关公务员", Decimal("7420.00"), Decimal("2000.00"))
    assert dues_of(fresh.database, "党员00") == [Decimal("111.30"), Decimal("111.30")]


def test_a_worksheet_is_filled_in_from_the_round(qtbot: QtBot, fresh: Stage) -> None:
    dialog = the_round(fresh)
    press(qtbot, dialog, Qt.Key.Key_F2)
    (sheet,) = [each for each in fresh.window.findChildren(WorksheetDialog) if each.isVisible()]
    sheet.save()
    assert "还没有填写" in sheet.problem.text()
    sheet.fields["职务工资"].type_text("6000")
    sheet.save()
    assert dialog.table.rows_shown()[0].dues_base == Decimal("6000.00")


def test_a_worksheet_within_the_year_asks_for_a_reason_unless_it_gives_the_same_base(stage: Stage) -> None:
    def fill(**items: str) -> WorksheetDialog:
        stage.page.show_target("dues_worksheets")
        assert stage.page.table.select(lambda row: row.name == "蒋玥")
        stage.page.panel.deed("填工资项目").slot()
        (sheet,) = [each for each in stage.window.findChildren(WorksheetDialog) if each.isVisible()]
        for item, amount in items.items():
            sheet.fields[item].type_text(amount)
        sheet.save()
        return sheet

    fill(职务工资="11325.50")
    row = stage.page.table.current_row()
    assert (row.base_working, row.from_month) == ("11325.50 = 11325.50", Month(2026, 1))
    sheet = fill(职务工资="11500")
    assert "请选择原因" in sheet.problem.text()
    sheet.reason.choose("更正")
    sheet.save()
    row = stage.page.table.current_row()
    assert (row.dues_base, row.from_month, row.reason) == (Decimal("11500.00"), Month(2026, 12), "更正")


def test_the_items_are_changed_in_the_settings(fresh: Stage) -> None:
    form = ask_for_pay_items(fresh.page)
    form.fields["less_own"].type_text("否")
    form.fields["pay:机关公务员"].type_text("职务工资、津贴（补贴）")
    form.save()
    assert "只能用汉字" in form.fields["pay:机关公务员"].error.text()
    form.fields["pay:机关公务员"].type_text("职务工资、 津贴补贴")
    form.save()
    with fresh.database.reading() as session:
        scale = payscale.read(session)[-1]
    assert (scale.less_own, scale.kinds["机关公务员"].pay) == (False, ("职务工资", "津贴补贴"))
    assert scale.kinds["企业"] == PayScale.parse(payscale.supplied()[-1]).kinds["企业"]
