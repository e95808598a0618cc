"""Pairings, tasks, registrations and services among the ledgers of care."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.care.ledgers import CareLedgers
from gui.care.pairing_chapters import PAIRINGS
from gui.life.counts import CountedDialog
from models import settings
from models.database import Database
from models.records.care import pairings
from models.records.care.pairings import Pairing, PairingTask
from models.records.care.volunteering import Registration, ServiceEntry
from tests.gui.journeys.chapters import answer, choose, deed, fill, form, previews, save, show
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, CareLedgers)


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
    qtbot.waitUntil(lambda: bool(previews(stage)))
    previews(stage)[0].close()


def test_a_pairing_from_its_agreement_to_its_end(stage: Stage) -> None:
    """Agreed, tasked, served for by eight people, its money spent, closed, counted, ended."""
    show(stage, "care_pairings")
    stage.page.new_record()
    save(
        stage, partner="示例村党支部", agreed_on="2026-02-01", since="2026-02-01", until="2027-02-01", number="共建1号"
    )
    for task, planned in (("修水渠", "8000"), ("送技术", "")):
        choose(stage, partner="示例村党支部")
        deed(stage, "列任务…").click()
        save(stage, task=task, due_on="2026-12-31", planned=planned)
    show(stage, "care_service")
    deed(stage, "登记几人…").click()
    save(stage, on="2026-11-03", people="8", content="清淤", hours="2.5", pairing="示例村党支部")
    show(stage, "care_pairing_tasks")
    choose(stage, task="修水渠")
    deed(stage, "销号…").click()
    save(stage, result="通水 600 米", spent="7860.40")
    show(stage, "care_pairings")
    row = choose(stage, partner="示例村党支部")
    assert (row.tasks, row.done, row.people, row.hours) == (2, 1, 8, Decimal(20))
    assert row.spent == Decimal("7860.40")
    deed(stage, "结束…").click()
    save(stage, ended_on="2026-11-20")
    assert "还有 1 项任务没有销号" in stage.said
    assert choose(stage, partner="示例村党支部").state == "已结束"
    show(stage, "care_statistics")
    assert choose(stage, key="pairings").now == 3
    assert choose(stage, key="pairings_running").now == 2
    assert choose(stage, key="services_paired_people").now == 14 + 8
    stage.page.undo()
    show(stage, "care_pairings")
    assert choose(stage, partner="示例村党支部").state == "结对中"


def test_a_figure_of_the_year_before_leads_to_its_line_in_that_year(stage: Stage) -> None:
    with stage.database.writing("登记结对") as session:
        values = {"partner": "上年结对村", "since": date(2025, 6, 1), "ended_on": date(2025, 9, 1)}
        number = pairings.pair(session, None, values, date(2026, 11, 20)).id
    show(stage, "care_statistics")
    stage.page.reload()
    choose(stage, key="pairings", before=1)
    table = stage.page.table
    place = [column.key for column in table.model.columns].index("before")
    table.table.setCurrentIndex(table.model.index(table.table.currentIndex().row(), place))
    left = []
    stage.page.left_for.connect(lambda name, target: left.append((name, target)))
    stage.page.change_button.click()
    (dialog,) = [each for each in stage.window.findChildren(CountedDialog) if each.isVisible()]
    dialog.open_button.click()
    assert left == [("care", ("ledgers", ("care_pairings", number, 2025)))]
    stage.page.show_target(left[0][1][1])
    assert stage.page.table.current_row().id == number
