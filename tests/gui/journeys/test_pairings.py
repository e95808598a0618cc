"""Pairings, tasks, registrations and services among the ledgers of care."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.care.ledgers import CareLedgers
from gui.care.pairing_chapters import PAIRINGS
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from models import settings
from models.database import Database
from models.records.pairings import Pairing, PairingTask
from models.records.volunteering import Registration, ServiceEntry
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, CareLedgers)


def show(stage: Stage, name: str) -> None:
    stage.page.show_target(name)
    assert stage.page.chapter_shown.name == name


def form(stage: Stage) -> RecordDialog:
    (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
    return dialog


def fill(dialog: RecordDialog, **values: str) -> None:
    for key, text in values.items():
        dialog.fields[key].type_text(text)


def deed(stage: Stage, words: str) -> QPushButton:
    (found,) = [each for each in stage.page.more_buttons if each.text() == words]
    return found


def answer(stage: Stage) -> None:
    (box,) = [each for each in stage.page.findChildren(QMessageBox) if each.isVisible()]
    box.defaultButton().click()


@pytest.mark.parametrize("chapter", PAIRINGS, ids=lambda chapter: chapter.name)
def test_every_chapter_shows_its_rows_and_what_can_be_done(stage: Stage, chapter) -> None:
    show(stage, chapter.name)
    assert stage.page.table.rows_shown()
    assert stage.page.new_button.isVisible() is (chapter.new is not None)
    assert [each.text() for each in stage.page.more_buttons] == [each.words for each in chapter.more]


def test_a_pairing_gets_a_task_that_is_closed_with_its_result(stage: Stage, qtbot: QtBot) -> None:
    show(stage, "care_pairings")
    stage.page.new_record()
    fill(form(stage), partner="示例公司党支部", since="2026-06-01", until="2026-12-01", phone="10000000333")
    form(stage).save()
    stage.page.table.select(lambda row: row.partner == "示例公司党支部")
    assert stage.page.table.current_row().state == "快到期"
    deed(stage, "列任务…").click()
    fill(form(stage), task="联合主题党日", due_on="2026-10-08", planned="500")
    form(stage).save()
    deed(stage, "续签…").click()
    fill(form(stage), until="2027-12-01")
    form(stage).save()
    assert next(r for r in stage.page.table.rows_shown() if r.partner == "示例公司党支部").state == "结对中"
    stage.page.table.select(lambda row: row.partner == "示例公司党支部")
    stage.page.remove_button.click()
    answer(stage)
    assert "不要删除" in stage.said
    show(stage, "care_pairing_tasks")
    stage.page.table.select(lambda row: row.task == "联合主题党日")
    assert stage.page.table.current_row().state == "已逾期"
    deed(stage, "销号…").click()
    form(stage).save()
    assert form(stage).fields["result"].error.text()
    fill(form(stage), result="两个支部二十人参加")
    form(stage).save()
    with stage.database.reading() as session:
        assert session.scalars(select(PairingTask).where(PairingTask.task == "联合主题党日")).one().done_on is not None
    stage.page.undo()
    with stage.database.reading() as session:
        assert session.scalars(select(PairingTask).where(PairingTask.task == "联合主题党日")).one().done_on is None
        assert session.scalars(select(Pairing).where(Pairing.partner == "示例公司党支部")).one() is not None
    stage.page.table.select(lambda row: row.task == "联合主题党日")
    qtbot.keyClick(stage.page.table.table, Qt.Key.Key_Return)
    assert form(stage).fields["task"].text() == "联合主题党日"


def test_a_member_registers_and_serves(stage: Stage) -> None:
    show(stage, "care_registrations")
    stage.page.new_record()
    fill(form(stage), who="周丽萍", community="和平社区", registered_on="2026-11-02", skills="会计")
    form(stage).save()
    with stage.database.reading() as session:
        assert session.scalars(select(Registration).where(Registration.skills == "会计")).one() is not None
    show(stage, "care_service")
    stage.page.new_record()
    fill(form(stage), who="周丽萍", on="2026-11-03", content="账目辅导", hours="90分钟")
    form(stage).save()
    with stage.database.reading() as session:
        entry = session.scalars(select(ServiceEntry).where(ServiceEntry.content == "账目辅导")).one()
        assert (entry.hours, entry.people) == (Decimal("1.5"), 1)
    deed(stage, "登记几人…").click()
    fill(form(stage), on="2026-11-03", people="9", content="清雪", hours="2")
    form(stage).save()
    assert "9 人次" in stage.said


def test_a_service_of_an_activity_is_opened_there_and_not_removed_here(stage: Stage) -> None:
    show(stage, "care_service")
    stage.page.table.select(lambda row: row.activity_id is not None)
    row = stage.page.table.current_row()
    left = []
    stage.page.left_for.connect(lambda name, target: left.append((name, target)))
    stage.page.change_button.click()
    assert left == [("life", ("records", row.activity_id))]
    stage.page.remove_button.click()
    answer(stage)
    assert "来自活动记录" in stage.said


def test_a_mark_is_set_and_cards_are_shown(stage: Stage, qtbot: QtBot) -> None:
    show(stage, "care_service_hours")
    deed(stage, "全年小时…").click()
    fill(form(stage), service_hours="50")
    form(stage).save()
    with stage.database.reading() as session:
        assert settings.read(session).service_hours == 50
    assert {row.state for row in stage.page.table.rows_shown()} <= {"已达标", "未达标"}
    show(stage, "care_registrations")
    stage.page.table.select(lambda row: row.name == "刘洋")
    deed(stage, "报到单、记录卡").click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in stage.window.findChildren(PreviewWindow)))
    for window in stage.window.findChildren(PreviewWindow):
        window.close()
