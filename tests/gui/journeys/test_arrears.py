"""The ladder of arrears as a secretary climbs it: who stands where, what was said, the paper for the meeting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.dues.page import DuesPage
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.errors import UserError
from models.records.dues import months, reminders
from models.records.members import members
from models.rules.periods import Period
from tests.gui.journeys.conftest import NOVEMBER, TODAY, Stage

DECEMBER = NOVEMBER + 1
SIX = "达到六个月，请支部研究"


@pytest.fixture
def stage(branch: Database, on_stage: Callable[..., Stage]) -> Stage:
    found = on_stage(branch, DuesPage)
    found.page.show_target("dues_arrears")
    return found


@pytest.fixture
def in_december(stage: Stage) -> Stage:
    """A month later 钱永年 has not paid for six."""
    with stage.database.writing("开账") as session:
        months.open_month(session, DECEMBER, TODAY)
    stage.page.workspace.look_at(replace(stage.page.workspace.view, period=Period(DECEMBER, DECEMBER)))
    stage.page.period = Period(DECEMBER, DECEMBER)
    stage.page.reload()
    return stage


def choose(stage: Stage, name: str) -> None:
    assert stage.page.table.select(lambda line: line.name == name)


def do(stage: Stage, words: str) -> Any:
    stage.page.panel.deed(words).slot()
    return [each for each in stage.window.findChildren(RecordDialog) if each.isVisible()]


def notes(stage: Stage, name: str) -> list[Any]:
    with stage.database.reading() as session:
        return list(reminders.of_member(session, members.find(session, name).id))


def counts(stage: Stage) -> dict[str, int]:
    return {stage_: int(each.text().split("　")[1].split()[0]) for stage_, each in stage.page.ladder.buttons.items()}


def test_every_rung_says_how_many_and_narrows_the_ledger(qtbot: QtBot, stage: Stage) -> None:
    everybody = stage.page.table.rows_shown()
    assert counts(stage) == {"未交": 5, "催交": 1, "批评教育": 0, "红色预警": 1, SIX: 0}
    assert not stage.page.ladder.buttons[SIX].isEnabled()
    qtbot.mouseClick(stage.page.ladder.buttons["红色预警"], Qt.MouseButton.LeftButton)
    assert [line.name for line in stage.page.table.rows_shown()] == ["钱永年"]
    qtbot.mouseClick(stage.page.ladder.buttons["催交"], Qt.MouseButton.LeftButton)
    assert [line.name for line in stage.page.table.rows_shown()] == ["吴国强"]
    qtbot.mouseClick(stage.page.ladder.buttons["催交"], Qt.MouseButton.LeftButton)
    assert stage.page.table.rows_shown() == everybody
    stage.page.show_target("dues_payments")
    assert not stage.page.ladder.isVisible()


def test_a_talk_with_its_deadline_is_noted_corrected_and_taken_back(stage: Stage) -> None:
    choose(stage, "吴国强")
    (form,) = do(stage, "记录催交、谈话")
    assert form.fields["kind"].value() == "催交"
    form.fields["text"].type_text("答应发薪后补交")
    form.fields["deadline"].type_text("2026-11-01")
    form.save_button.click()
    assert "限期早于" in form.fields["deadline"].error.text()
    form.fields["deadline"].type_text("2026-12-05")
    form.save_button.click()
    assert stage.said.startswith("已记录吴国强的催交，限 2026-12-05 前交清")
    assert stage.page.panel.content.steps[-1][1] == "催交（周丽萍）：答应发薪后补交，限 2026-12-05 前交清"
    assert stage.page.table.current_row().deadline == date(2026, 12, 5)
    stage.page.panel.deed("查看记录").slot()
    stage.page.show_target(("dues_reminders", notes(stage, "吴国强")[-1].member_id))
    choose(stage, "吴国强")
    (form,) = do(stage, "修改")
    form.fields["by"].type_text("王建国")
    form.save_button.click()
    stage.page.undo()
    stage.page.undo()
    assert [note.kind for note in notes(stage, "吴国强")] == ["提醒"]


def test_an_accepted_reason_takes_a_member_off_the_ladder(stage: Stage) -> None:
    choose(stage, "钱永年")
    (form,) = do(stage, "认可原因")
    form.fields["text"].type_text("七月起住院")
    form.save_button.click()
    assert counts(stage)["原因已认可"] == 1
    assert counts(stage)["红色预警"] == 0
    choose(stage, "钱永年")
    assert (stage.page.table.current_row().run, stage.page.table.current_row().count) == (0, 5)
    stage.page.undo()
    assert counts(stage)["红色预警"] == 1


def test_at_six_months_the_paper_is_made_and_nobody_is_changed(qtbot: QtBot, in_december: Stage) -> None:
    stage = in_december
    choose(stage, "钱永年")
    assert stage.page.table.current_row().stage == SIX
    first = stage.page.panel.content.deeds[0]
    assert (first.words, first.primary) == ("打印情况说明", True)
    assert "不会自动改变党籍" in stage.page.panel.content.note
    first.slot()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    (preview,) = stage.window.findChildren(PreviewWindow)
    assert len(preview._pages) == 1
    preview.close()
    with stage.database.reading() as session:
        assert members.find(session, "钱永年").status == "在册"


def test_a_note_is_taken_away_after_a_question(stage: Stage) -> None:
    from PySide6.QtWidgets import QMessageBox

    stage.page.show_target("dues_reminders")
    before = len(stage.page.table.rows_shown())
    choose(stage, "吴国强")
    stage.page.panel.deed("删除").slot()
    question = stage.window.findChild(QMessageBox)
    assert question is not None
    next(each for each in question.buttons() if each.text() == "删除").click()
    assert len(stage.page.table.rows_shown()) == before - 1
    stage.page.undo()
    assert len(stage.page.table.rows_shown()) == before


def test_a_paper_for_nobody_is_refused(stage: Stage) -> None:
    from gui.dues.arrears_actions import print_case

    with pytest.raises(UserError, match="没有可以打印的"):
        print_case(stage.page, 9999)
