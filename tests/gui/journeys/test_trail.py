"""The trail read in the settings: looked through, gone back and forth over several steps, held against a paper."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.page import Page
from gui.settings.page import SettingsPage
from gui.settings.record_history import RecordHistory
from models.database import Database
from models.ledgers.sheets import sheet
from models.ledgers.trail import TRAIL
from models.records.dues import payments
from models.records.dues.payments import Collection, Payment
from models.records.members import members
from tests.gui.journeys.conftest import NOVEMBER, TODAY, VIEW, Stage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(branch: Database, on_stage: Callable[[Database, type[Page]], Stage]) -> Stage:
    stage = on_stage(branch, SettingsPage)
    for remark in ("甲", "乙", "丙"):
        with stage.page.workspace.writing(f"改备注{remark}") as session:
            members.change(session, 1, {"remark": remark})
    return stage


@pytest.fixture
def part(stage: Stage) -> Any:
    stage.page.show_target("操作记录")
    return stage.page.section


def remark(stage: Stage) -> str | None:
    with stage.database.reading() as session:
        return members.find_by_id(session, 1).remark


def agree(stage: Stage) -> str:
    box = stage.window.findChildren(QMessageBox)[-1]
    said = f"{box.text()}\n{box.informativeText()}"
    next(each for each in box.buttons() if box.buttonRole(each) is QMessageBox.ButtonRole.AcceptRole).click()
    return said


def titles(part: Any) -> list[str]:
    return [row.title for row in part.table.rows_shown()]


def test_several_steps_go_back_at_once_and_come_again(stage: Stage, part: Any) -> None:
    part.table.select(lambda row: row.title == "改备注乙")
    part.undo_button.click()
    said = agree(stage)
    assert "从最近的一步起，一直撤销到“改备注乙”，共 2 步？" in said
    assert "· 改备注丙\n· 改备注乙" in said
    assert remark(stage) == "甲"
    assert stage.said == "已撤销 2 步；按 Ctrl+Y 一步一步重做。"
    assert titles(part)[:2] == ["撤销：改备注乙", "撤销：改备注丙"]
    part.table.select(lambda row: row.title == "改备注丙")
    assert not part.undo_button.isEnabled()
    part.redo_button.click()
    agree(stage)
    assert remark(stage) == "丙"
    assert [row.state for row in part.table.rows_shown()[:5]] == ["重做", "重做", "撤销", "撤销", "重做过"]


def test_a_step_of_somebody_else_is_named_with_the_person(stage: Stage) -> None:
    own, stage.database.actor = stage.database.actor, "李秀英"
    with stage.page.workspace.writing("改备注丁") as session:
        members.change(session, 1, {"remark": "丁"})
    stage.database.actor = own
    stage.page.show_target("操作记录")
    part = stage.page.section
    part.table.select(lambda row: row.title == "改备注丙")
    part.undo_button.click()
    assert "· 改备注丁（李秀英）\n· 改备注丙\n" in stage.window.findChildren(QMessageBox)[-1].informativeText()


def test_ctrl_y_does_again_what_ctrl_z_took_back(stage: Stage, part: Any, qtbot: QtBot) -> None:
    qtbot.keyClick(stage.window, Qt.Key.Key_Z, CTRL)
    assert remark(stage) == "乙"
    qtbot.keyClick(stage.window, Qt.Key.Key_Y, CTRL)
    assert (remark(stage), stage.said) == ("丙", "已重做“改备注丙”。")
    qtbot.keyClick(stage.window, Qt.Key.Key_Y, CTRL)
    assert stage.said == "没有可以重做的操作。"


def test_money_goes_back_and_comes_again_by_new_entries(stage: Stage, part: Any, qtbot: QtBot) -> None:
    with stage.database.reading() as session:
        before = len(session.scalars(select(Payment)).all())
    with stage.page.workspace.writing("收缴") as session:
        payments.collect(session, 1, NOVEMBER, Collection(TODAY), Decimal("10.00"))
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Y):
        qtbot.keyClick(stage.window, key, CTRL)
    with stage.database.reading() as session:
        assert len(session.scalars(select(Payment)).all()) == before + 3


def test_it_is_looked_through_by_words_person_record_and_day(stage: Stage, part: Any, qtbot: QtBot) -> None:
    everything = len(titles(part))
    part.search.words.setText("乙")
    qtbot.waitUntil(lambda: len(titles(part)) < everything)
    assert "改备注乙" in titles(part)
    assert all("收缴" not in title for title in titles(part))
    part.search.clear()
    assert len(titles(part)) == everything
    part.search.person.setText("张红卫")
    part.search._choose(next(iter(stage.page.workspace.find("张红卫"))))
    assert 3 <= len(titles(part)) < everything
    part.search.clear()
    part.search.first.setText("2099-01-01")
    part.search.first.editingFinished.emit()
    assert titles(part) == []
    part.search.last.setText("2098-01-01")
    part.search.last.editingFinished.emit()
    assert stage.said == "2098-01-01 早于 2099-01-01，请核对日期。"
    part.search.today()
    assert titles(part)[0] == "改备注丙"


def test_the_history_of_a_record_is_shown_and_goes_on_paper(stage: Stage, part: Any) -> None:
    part.table.select(lambda row: row.title == "改备注乙")
    (line,) = part.lines.rows_shown()
    assert (line.about, line.said) == ("党员 张红卫", "备注：甲 → 乙")
    part.history_button.click()
    (dialog,) = stage.window.findChildren(RecordHistory)
    assert [row.said for row in dialog.table.rows_shown()][-3:] == [
        "备注：（空） → 甲",
        "备注：甲 → 乙",
        "备注：乙 → 丙",
    ]
    assert dialog.sheet.lines[1] == "党员 张红卫"
    dialog.reject()


def test_a_printed_head_is_held_against_the_trail(stage: Stage, part: Any) -> None:
    with stage.database.reading() as session:
        printed = sheet(session, TRAIL, VIEW).check
    with stage.page.workspace.writing("再改") as session:
        members.change(session, 1, {"remark": "丁"})
    part.head.field.setText(printed)
    part.head.findChild(QPushButton).click()
    assert "为止的" in part.head.words.text()
    assert "此后又有 1 条" in part.head.words.text()
    part.head.field.setText("0000 0000")
    part.head.check()
    assert "在操作记录里对不上" in part.head.words.text()
