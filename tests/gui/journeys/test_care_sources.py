"""The sources of funds in their ledger: added, renamed, stopped, taken up again, removed while they are unused."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QMessageBox

from gui.care.ledgers import CareLedgers
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.records.care import funds as care_funds
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    made = on_stage(branch, CareLedgers)
    made.page.show_target("care_sources")
    return made


def form(stage: Stage) -> RecordDialog:
    (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
    return dialog


def at(stage: Stage, name: str) -> None:
    assert stage.page.table.select(lambda row: row.name == name)


def press(stage: Stage, words: str) -> None:
    (pressed,) = [each for each in stage.page.more_buttons if each.text() == words]
    pressed.click()


def offered(stage: Stage) -> tuple[str, ...]:
    with stage.database.reading() as session:
        return care_funds.names(session)


def test_a_source_of_ones_own_is_added_and_one_that_is_taken_refused(stage: Stage) -> None:
    stage.page.new_record()
    dialog = form(stage)
    dialog.fields["name"].type_text("工会")
    dialog.save()
    assert "已经有“工会”" in dialog.fields["name"].error.text()
    dialog.fields["name"].type_text("爱心基金")
    dialog.save()
    assert offered(stage)[-1] == "爱心基金"


def test_a_used_source_is_renamed_with_all_its_records(stage: Stage) -> None:
    at(stage, "工会")
    stage.page.change_button.click()
    dialog = form(stage)
    dialog.fields["name"].type_text("工会经费")
    dialog.save()
    assert "工会" not in offered(stage)
    stage.page.show_target("care_gifts")
    assert {row.sources for row in stage.page.table.rows_shown() if row.name == "马桂花"} == {"工会经费"}
    stage.page.show_target("care_totals")
    assert sum(row.union for row in stage.page.table.rows_shown()) == Decimal(1800)


def test_a_used_source_is_stopped_and_not_removed(stage: Stage) -> None:
    at(stage, "上级下拨")
    stage.page.remove_button.click()
    (box,) = [each for each in stage.page.findChildren(QMessageBox) if each.isVisible()]
    box.defaultButton().click()
    assert "不能删除" in stage.said
    press(stage, "停用／恢复")
    assert "结余 2,400.00 元" in stage.said
    assert "上级下拨" not in offered(stage)
    at(stage, "上级下拨")
    assert stage.page.table.current_row().state == "停用"
    press(stage, "停用／恢复")
    assert "上级下拨" in offered(stage)


def test_dues_are_not_renamed(stage: Stage) -> None:
    at(stage, "党费")
    stage.page.change_button.click()
    assert "不能改名" in stage.said
