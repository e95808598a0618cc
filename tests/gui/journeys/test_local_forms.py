"""A branch's own form of a ledger: adjusted, seen as it will be, filled in, carried to another office, taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from gui.ledgers import variant_actions
from gui.ledgers.column_chooser import ColumnChooser
from gui.ledgers.page import LedgersPage
from gui.ledgers.variant_dialog import VariantDialog
from gui.members.page import MembersPage
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.ledgers.variants import fill
from models.records import variants
from models.records.local_forms import Extra, Place, Variant
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, LedgersPage)


@pytest.fixture
def dialog(stage: Stage, qtbot: QtBot) -> VariantDialog:
    """The form of the year register, opened from the button 表样."""
    stage.page.show_target("dues_register")
    menu = variant_actions.offer_forms(stage.page, stage.page._declared(), stage.page._view(), stage.page.form_button)
    menu.actions()[0].trigger()
    menu.hide()
    (found,) = stage.page.findChildren(VariantDialog)
    settle(qtbot, found)
    return found


def settle(qtbot: QtBot, dialog: VariantDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.preview.is_drawing(), timeout=30_000)


def line_of(dialog: VariantDialog, name: str) -> int:
    table = dialog.columns.table
    return next(line for line in range(table.rowCount()) if table.name_item(line).text() == name)


def add_column(dialog: VariantDialog, **typed: str) -> None:
    dialog.columns.add.click()
    form = next(each for each in dialog.findChildren(RecordDialog) if each.isVisible())
    for key, text in typed.items():
        form.fields[key].type_text(text)
    form.save_button.click()


def titles(stage: Stage) -> list[str]:
    return [column.title for column in stage.page.table.sheet.columns]


def agree(stage: Stage, words: str) -> None:
    box = next(box for box in stage.page.findChildren(QMessageBox) if box.isVisible())
    next(each for each in box.buttons() if each.text() == words).click()


def test_a_form_is_adjusted_by_keys_and_seen_at_once(dialog: VariantDialog, stage: Stage, qtbot: QtBot) -> None:
    first = dialog.preview._image.copy()
    assert not first.isNull()
    table = dialog.columns.table
    table.setCurrentCell(line_of(dialog, "比例"), 0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    table.setCurrentCell(line_of(dialog, "备注"), 0)
    qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    table.name_item(line_of(dialog, "类别")).setText("党员类别")
    dialog.heading.setText("【单位】【时期】党费台账")
    dialog.signatures.setPlainText("书记签字：\n\n制表：【填表人】")
    settle(qtbot, dialog)
    shown = dialog.preview.table.sheet
    assert shown is not None
    assert shown.heading == "示例局机关党总支2026年度党费台账"
    assert shown.signatures == ("书记签字：", "制表：周丽萍")
    assert [column.title for column in shown.columns][:3] == ["姓名", "党员类别", "交纳基数"]
    assert [column.title for column in shown.columns][-3:] == ["备注", "交至年月", "编号"]
    assert dialog.preview._image != first
    dialog.save_button.click()
    assert stage.said == "“党费收缴登记表”的表样已保存；按 Ctrl+Z 撤销。"
    assert titles(stage)[1] == "党员类别"
    assert "比例" not in titles(stage)
    stage.page.undo()
    assert titles(stage)[1] == "类别"


def test_what_the_form_needs_is_said_and_not_saved(dialog: VariantDialog) -> None:
    item = dialog.columns.table.name_item(line_of(dialog, "全年实交"))
    item.setCheckState(Qt.CheckState.Unchecked)
    assert "大写金额" in dialog.problem.text()
    assert not dialog.save_button.isEnabled()
    item.setCheckState(Qt.CheckState.Checked)
    assert dialog.problem.text() == ""
    assert dialog.save_button.isEnabled()
    dialog.columns.table.name_item(line_of(dialog, "类别")).setText("姓名")
    assert "另一列的标准列名" in dialog.problem.text() or "有两列" in dialog.problem.text()
    dialog.restore()
    assert dialog.problem.text() == ""


def test_a_ledger_that_prints_as_a_paper_shows_no_page(stage: Stage) -> None:
    stage.page.show_target("dues_notice")
    variant_actions.open_form(stage.page, stage.page._declared(), stage.page._view())
    (dialog,) = stage.page.findChildren(VariantDialog)
    assert not dialog.preview.isTabVisible(0)
    assert dialog.preview.table.isVisible()


def test_leaving_with_changes_asks(dialog: VariantDialog) -> None:
    dialog.heading.setText("别的标题")
    dialog.reject()
    assert dialog.isVisible()
    (box,) = dialog.findChildren(QMessageBox)
    next(each for each in box.buttons() if each.text() == "放弃").click()
    assert not dialog.isVisible()


def test_an_added_column_is_filled_in_exported_and_taken_back(
    dialog: VariantDialog, stage: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_column(dialog, title="等次", kind="选项", options="优秀、合格", every="每年另填")
    add_column(dialog, title="会费", kind="金额", totalled="是")
    assert dialog.preview.table.sheet is not None
    assert [column.title for column in dialog.preview.table.sheet.columns][-3:] == ["等次", "会费", "编号"]
    dialog.save_button.click()
    assert stage.page.import_button.isVisible()
    stage.page.table.table.go_to(0, 0)
    qtbot.keyClick(stage.page.table.table, Qt.Key.Key_Return)
    form = next(each for each in stage.page.findChildren(RecordDialog) if each.isVisible())
    assert form.who.text() == "张红卫"
    form.fields["x1"].type_text("优秀")
    form.fields["x2"].type_text("5.505")
    form.save_button.click()
    assert "两位小数" in form.fields["x2"].error.text()
    form.fields["x2"].type_text("5.5")
    form.save_button.click()
    row = stage.page.table.rows_shown()[0]
    assert (row.x1, f"{row.x2}") == ("优秀", "5.50")
    target = tmp_path / "登记表.xlsx"
    monkeypatch.setattr("gui.papers.papers.ask_where_to_save", lambda *given: given[-1](target))
    stage.page.export()
    qtbot.waitUntil(lambda: not stage.window._tasks, timeout=30_000)
    cells = [cell for line in load_workbook(target).worksheets[0].iter_rows(values_only=True) for cell in line]
    assert {"等次", "会费", "优秀", 5.5} <= set(cells)
    stage.page.undo()
    assert stage.page.table.rows_shown()[0].x1 is None


def test_an_added_column_is_changed_and_comes_back_by_its_name(dialog: VariantDialog, stage: Stage) -> None:
    add_column(dialog, title="等次", kind="选项", options="优秀、合格")
    dialog.columns.edit.click()
    form = next(each for each in dialog.findChildren(RecordDialog) if each.isVisible())
    form.fields["options"].type_text("优秀")
    form.save_button.click()
    assert "至少要有两个" in form.fields["options"].error.text()
    form.fields["options"].type_text("好,中,差")
    form.save_button.click()
    dialog.save_button.click()
    stage.page.undo()
    with stage.database.reading() as session:
        assert variants.extras(session, "dues_register") == []


def test_an_added_column_is_moved_away_and_found_again_with_its_values(dialog: VariantDialog, stage: Stage) -> None:
    add_column(dialog, title="等次", kind="选项", options="优秀、合格")
    dialog.save_button.click()
    with stage.database.writing("填写") as session:
        fill(session, stage.page._declared(), 1, {"x1": "优秀"}, stage.page.view)
    variant_actions.open_form(stage.page, stage.page._declared(), stage.page._view())
    again = next(each for each in stage.page.findChildren(VariantDialog) if each.isVisible())
    again.columns.table.setCurrentCell(line_of(again, "姓名"), 0)
    assert not again.columns.remove.isEnabled()
    again.columns.table.setCurrentCell(line_of(again, "等次"), 0)
    again.columns.remove.click()
    assert "等次" not in [column.title for column in again.preview.table.sheet.columns]
    add_column(again, title="等次")
    again.save_button.click()
    assert stage.page.table.rows_shown()[0].x1 == "优秀"


def test_forms_are_carried_to_another_office(
    stage: Stage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "表样.zbys"
    monkeypatch.setattr("gui.papers.papers.ask_where_to_save", lambda *given: given[-1](target))
    with stage.database.writing("调整表样") as session:
        variants.save(session, "members", Variant(places=(Place("phone", "手机"),)))
    variant_actions.carry_out(stage.page)
    qtbot.waitUntil(lambda: not stage.window._tasks, timeout=30_000)
    variant_actions.restore_standard(stage.page, stage.page._declared())
    agree(stage, "恢复")
    assert "手机" not in titles(stage)
    variant_actions.bring_forms(stage.page, target)
    agree(stage, "导入")
    assert "已换成文件里的表样：“党员信息”" in stage.said
    assert "手机" in titles(stage)


def test_a_file_that_is_no_form_is_refused(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = tmp_path / "名册.zbys"
    wrong.write_bytes(b"PK\x03\x04")
    monkeypatch.setattr(variant_actions, "ask_which_to_open", lambda *given: given[-1](wrong))
    menu = variant_actions.offer_forms(stage.page, stage.page._declared(), stage.page._view(), stage.page.form_button)
    (bring,) = [action for action in menu.actions() if action.text() == "导入表样…"]
    bring.trigger()
    menu.hide()
    assert stage.said == "文件里不是表样，没有导入；表样文件由“导出表样”写出。"


def test_a_row_without_columns_of_its_own_opens_nothing(stage: Stage) -> None:
    stage.page.show_target("dues_register")
    stage.page.table.opened.emit(stage.page.table.rows_shown()[0])
    assert stage.page.findChildren(RecordDialog) == []


def test_the_button_opens_its_menu(stage: Stage, qtbot: QtBot) -> None:
    stage.page.show_target("members_roster")
    QTest.mouseClick(stage.page.form_button, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    menu: Any = stage.page.findChildren(QMenu)[-1]
    assert [each.text() for each in menu.actions() if each.text()] == [
        "调整表样…",
        "恢复标准表样",
        "导出表样…",
        "导入表样…",
    ]
    menu.hide()


def test_a_column_added_to_the_members_is_filled_in_on_their_page(branch: Database, on_stage: Put) -> None:
    with branch.writing("增加列") as session:
        made = variants.add_extra(session, "members", Extra("", "微信号"))
        variants.save(session, "members", Variant(places=(Place("name"), Place(made.key))))
    stage = on_stage(branch, MembersPage)
    page = stage.page
    page.roster.select(lambda row: row.name == "吴国强")
    page._fill_in()
    form = next(each for each in page.findChildren(RecordDialog) if each.isVisible())
    assert form.who.text() == "吴国强"
    form.fields[made.key].type_text("wgq")
    form.save_button.click()
    page.choose_columns()
    (chooser,) = page.findChildren(ColumnChooser)
    chooser.boxes[made.key].setChecked(True)
    assert made.key in [column.key for column in page.roster.sheet.columns]
    row = next(row for row in page.roster.rows_shown() if row.name == "吴国强")
    assert getattr(row, made.key) == "wgq"
