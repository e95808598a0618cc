"""The ledgers of planning: plans changed, held and given up, reminder slips issued, answered and printed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.life.duty_slips import EVERYBODY, SlipDialog
from gui.life.ledgers import LifeLedgers
from gui.life.plan_chapters import PLANS
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.errors import UserError
from models.records.life import activities, reminder_slips
from models.records.life.activities import DROPPED, PLANNED, RECORDING
from models.records.life.reminder_slips import DONE
from models.records.members import organisation
from models.rules.periods import Month
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]
DECEMBER = Month(2026, 12)


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, LifeLedgers)


def form(stage: Stage) -> RecordDialog:
    return [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()][-1]


def save(stage: Stage, **values: str) -> None:
    dialog = form(stage)
    for key, text in values.items():
        dialog.fields[key].type_text(text)
    dialog.save()


def more(stage: Stage, words: str) -> None:
    next(each for each in stage.page.more_buttons if each.text().startswith(words)).click()


def slip(stage: Stage) -> SlipDialog:
    stage.page.show_target("life_reminders")
    stage.page.new_record()
    return [each for each in stage.page.findChildren(SlipDialog) if each.isVisible()][-1]


@pytest.mark.parametrize("chapter", PLANS, ids=lambda chapter: chapter.name)
def test_every_chapter_shows_its_table(stage: Stage, chapter) -> None:
    stage.page.show_target(chapter.name)
    assert stage.page.chapter_shown is chapter
    assert stage.page.table.rows_shown()


def test_a_plan_is_changed_given_up_and_taken_up_again(stage: Stage) -> None:
    stage.page.show_target("life_plan")
    stage.page.table.select(lambda row: row.state == PLANNED and row.kind == "主题党日")
    number = stage.page.table.current_row().id
    stage.page.change_button.click()
    assert form(stage).fields["kind"].text() == "主题党日"
    save(stage, theme="慰问老党员", responsible="刘洋")
    stage.page.table.select(lambda row: row.id == number)
    assert (stage.page.table.current_row().theme, stage.page.table.current_row().responsible) == ("慰问老党员", "刘洋")
    more(stage, "未开展")
    save(stage, reason="全员值守，并入下月开展")
    stage.page.table.select(lambda row: row.id == number)
    assert stage.page.table.current_row().state == DROPPED
    more(stage, "未开展")
    stage.page.table.select(lambda row: row.id == number)
    assert stage.page.table.current_row().state == PLANNED
    stage.page.remove_button.click()
    stage.page.findChildren(QMessageBox)[-1].buttons()[0].click()
    assert number not in [row.id for row in stage.page.table.rows_shown()]


def test_what_was_held_is_opened_and_neither_changed_nor_removed_here(stage: Stage, qtbot: QtBot) -> None:
    stage.page.show_target("life_plan")
    stage.page.table.select(lambda row: row.held_on is not None)
    number = stage.page.table.current_row().id
    for lead in (lambda: more(stage, "开始记录"), stage.page.change_button.click):
        with qtbot.waitSignal(stage.page.left_for) as left:
            lead()
        assert left.args == ["life", ("records", number)]
    stage.page.remove_button.click()
    stage.page.findChildren(QMessageBox)[-1].buttons()[0].click()
    assert "不能从计划里删除" in stage.said


def test_a_plan_is_held_from_the_arrangement_of_its_month(stage: Stage) -> None:
    stage.page.show_target("life_month_plan")
    stage.page.table.select(lambda row: row.state == PLANNED)
    number = stage.page.table.current_row().id
    more(stage, "开始记录")
    save(stage, held_on="2026-11-20")
    with stage.database.reading() as session:
        assert activities.find(session, number).state == RECORDING


def test_slips_go_to_every_branch_with_what_the_month_asks_of_it(stage: Stage) -> None:
    dialog = slip(stage)
    assert dialog.fields["branch"].text() == EVERYBODY
    dialog.fields["month"].type_text("2026-12")
    table: Any = dialog.tasks.table
    shown = [table.item(line, 0).text() for line in range(table.rowCount())]
    assert {"开展主题党日", "开展支部委员会", "开展支部党员大会", "收缴党费"} <= set(shown)
    table.item(shown.index("收缴党费"), 0).setCheckState(Qt.CheckState.Unchecked)
    dialog.tasks.add_task()
    table.item(table.rowCount() - 1, 0).setText("报送年度总结")
    table.item(table.rowCount() - 1, 2).setText("12月的一天")
    dialog.save_button.click()
    assert "不是日期" in dialog.problem.text()
    table.item(table.rowCount() - 1, 2).setText("2026-12-20")
    dialog.save_button.click()
    assert "提醒单 3 张" in stage.said
    with stage.database.reading() as session:
        by_branch = [
            {each.task for each in reminder_slips.lines(session, made.id)}
            for node in organisation.branches(session)
            if (made := reminder_slips.slip_of(session, DECEMBER, node.id)) is not None
        ]
    assert len(by_branch) == 3
    assert all("报送年度总结" in tasks and "收缴党费" not in tasks for tasks in by_branch)
    assert ["开展支部党员大会" in tasks for tasks in by_branch] == [False, True, True]  # the first has met in November


def test_a_second_slip_for_the_same_month_is_refused_and_nothing_is_lost(stage: Stage) -> None:
    dialog = slip(stage)
    dialog.fields["branch"].type_text("第二党支部")
    dialog.save_button.click()
    assert "2026年11月的提醒单已经有了" in dialog.fields["branch"].error.text()
    dialog.reject()
    assert dialog.isVisible()
    [each for each in dialog.findChildren(QMessageBox) if each.isVisible()][-1].buttons()[0].click()
    assert not dialog.isVisible()


def test_a_branch_answers_a_task(stage: Stage) -> None:
    stage.page.show_target("life_reminders")
    stage.page.table.select(lambda row: row.month == Month(2026, 10) and row.state != DONE)
    number = stage.page.table.current_row().id
    stage.page.change_button.click()
    save(stage, state=DONE)
    assert "写明怎样落实" in form(stage).fields["feedback"].error.text()
    save(stage, feedback="并入11月开展")
    stage.page.table.select(lambda row: row.id == number)
    assert stage.page.table.current_row().state == DONE
    more(stage, "编号")
    save(stage, number="示机党提〔2026〕10号", signer="张红卫")
    stage.page.table.select(lambda row: row.id == number)
    assert stage.page.table.current_row().number == "示机党提〔2026〕10号"
    more(stage, "加一项")
    save(stage, task="补报会议记录")
    assert "补报会议记录" in [row.task for row in stage.page.table.rows_shown()]


@pytest.mark.parametrize("words", ["打印这张", "空白单"])
def test_a_slip_is_printed_filled_or_empty(stage: Stage, qtbot: QtBot, words: str) -> None:
    stage.page.show_target("life_reminders")
    more(stage, words)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in stage.window.findChildren(PreviewWindow)), timeout=20_000)
    stage.window.findChildren(PreviewWindow)[-1].close()


def test_a_file_of_one_branch_issues_no_slips(empty: Database, on_stage: Put, tmp_path: Path) -> None:
    stage = on_stage(empty, LifeLedgers)
    stage.page.show_target("life_reminders")
    with pytest.raises(UserError, match="只有一个支部"):
        stage.page.new_record()
