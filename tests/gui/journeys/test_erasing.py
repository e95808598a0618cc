"""Erasing the personal data of somebody who left: from the roster's menu and from the page of a case."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.care.cases_view import CareCasesView
from gui.members.erasing_dialog import ErasingDialog
from gui.members.page import MembersPage
from models import checks
from models.database import Database
from models.errors import UserError
from models.records import care_cases, members
from models.rules import care
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]
LEFT = "何志远"


def dialog_of(stage: Stage) -> ErasingDialog:
    (found,) = [each for each in stage.page.findChildren(ErasingDialog) if each.isVisible()]
    return found


def test_a_member_who_left_is_erased_after_the_name_was_typed(
    branch: Database, on_stage: Put, qtbot: QtBot, tmp_path: Path
) -> None:
    stage = on_stage(branch, MembersPage)
    with branch.reading() as session:
        number = members.find(session, LEFT).id
    stage.page.show_target(number)
    stage.page._erase(number)
    dialog = dialog_of(stage)
    told = "".join(each.text() for each in dialog.said)
    assert all(words in told for words in (LEFT, "会删除", "会留下", "管不到", "不能撤销"))
    assert LEFT not in dialog.windowTitle()
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not dialog.erase_button.isEnabled()
    dialog.typed.setText(LEFT)
    dialog.grab().save(str(tmp_path / "erasing.png"))
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "已彻底删除" in stage.said)
    assert LEFT.encode() not in branch.path.read_bytes()
    assert stage.page.card.name.text() == f"已删除人员{number}"
    assert checks.check(branch) == []


def test_one_in_the_branch_is_refused(branch: Database, on_stage: Put) -> None:
    stage = on_stage(branch, MembersPage)
    with branch.reading() as session:
        number = members.find(session, "张红卫").id
    with pytest.raises(UserError, match="请先登记转出或离开"):
        stage.page._erase(number)


def test_the_person_of_an_ended_case_is_erased(branch: Database, on_stage: Put, qtbot: QtBot) -> None:
    with branch.writing("登记") as session:
        said = {"sort": "困难群众", "name": "令狐丹枫", "health": "多病"}
        number = care_cases.apply(session, said, TODAY, TODAY).id
        care_cases.take_step(session, number, care.CLOSED, TODAY, {"reason": care.OUT[0]}, TODAY)
    stage = on_stage(branch, CareCasesView)
    stage.page.show_target(number)
    assert stage.page.erase_button.isVisible()
    stage.page.erase_button.click()
    dialog = dialog_of(stage)
    dialog.typed.setText("令狐丹枫")
    dialog.erase_button.click()
    qtbot.waitUntil(lambda: "已彻底删除" in stage.said)
    assert "令狐丹枫".encode() not in branch.path.read_bytes()
