"""Visits and 急难愁盼 among the ledgers of care, by the keys and buttons of their chapters."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.care.ledgers import CareLedgers
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.records.care import visits as care_visits
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, CareLedgers)


def form(stage: Stage) -> RecordDialog:
    (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
    return dialog


def fill(stage: Stage, **values: str) -> None:
    dialog = form(stage)
    for key, text in values.items():
        dialog.fields[key].type_text(text)
    dialog.save()


def test_a_visit_is_entered_followed_up_printed_and_removed(stage: Stage, qtbot: QtBot) -> None:
    page = stage.page
    page.show_target("care_visits")
    page.new_record()
    fill(stage, name="吴国强", on="2026-11-18", occasion="住院", visitors="张红卫", followup="代办手续")
    assert stage.said == "走访已登记。"
    assert page.table.select(lambda row: row.followup == "代办手续")
    row = page.table.current_row()
    assert (row.branch, row.state) == ("第一党支部", "待办")
    page.change_button.click()
    assert "吴国强" not in form(stage).windowTitle()
    fill(stage, situation="腿伤休养", followup_on="2026-11-19")
    with stage.database.reading() as session:
        assert care_visits.situation_of(session, row.id) == "腿伤休养"
    page.table.select(lambda each: each.id == row.id)
    assert page.table.current_row().state == "已逾期"
    page.more_buttons[0].click()
    fill(stage, result="已办好")
    page.table.select(lambda each: each.id == row.id)
    assert page.table.current_row().state == "已办"
    page.more_buttons[1].click()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    stage.window.findChildren(PreviewWindow)[0].close()
    page.remove_button.click()
    (question,) = [each for each in page.findChildren(QMessageBox) if each.isVisible()]
    question.defaultButton().click()
    assert not page.table.select(lambda each: each.id == row.id)


def test_somebody_unknown_is_kept_by_name_alone(stage: Stage) -> None:
    stage.page.show_target("care_visits")
    stage.page.new_record()
    fill(stage, name="柳如松", visitors="刘洋")
    assert "只记姓名" in stage.said


def test_a_matter_is_listed_and_closed(stage: Stage) -> None:
    page = stage.page
    page.show_target("care_concerns")
    page.new_record()
    fill(stage, matter="井盖松动", raised_by="白石社区", due_on="2026-12-01")
    assert stage.said == "已列入急难愁盼事项清单。"
    assert page.table.select(lambda row: row.matter == "井盖松动")
    page.more_buttons[0].click()
    fill(stage)
    assert form(stage).fields["progress"].error.text() == "请填写办理结果。"
    fill(stage, progress="已加固")
    page.table.select(lambda row: row.matter == "井盖松动")
    assert page.table.current_row().state == "已销号"
