"""Erasing the personal data of somebody who left: from the roster's menu and from the page of a case."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, current_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.care.cases_view import CareCasesView
from gui.members.erasing_dialog import ErasingDialog
from gui.members.page import MembersPage
from models import checks, erasing, holders, slots
from models.codes import LEFT_REASON
from models.database import Database
from models.errors import UserError
from models.records.care import cases as care_cases
from models.records.members import members
from models.rules import care
from models.rules.periods import PartialDate
from tests import founded
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]
LEFT = "何志远"
PASSWORD, OTHERS = "一句自己记得住的话", "查账人自己的一句话"


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


def test_who_was_erased_is_neither_changed_nor_brought_back(branch: Database, on_stage: Put, qtbot: QtBot) -> None:
    stage = on_stage(branch, MembersPage)
    with branch.writing("删除") as session:
        number = members.find(session, LEFT).id
        erasing.erase_member(session, number, TODAY)
    stage.page.reload()
    stage.page.show_target(number)
    card = stage.page.card
    assert not any(known.isVisible() for known in (card.edit_button, card.leave_button, card.more_button))
    with pytest.raises(UserError, match="不能再修改，也不能恢复在册"):
        stage.page._edit_chosen()
    with branch.reading() as session:
        other = session.scalars(select(members.Member.id).where(members.Member.id != number)).first()
    stage.page.show_target(other)
    assert all(known.isVisible() for known in (card.edit_button, card.leave_button, card.more_button))


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Database]:
    """A file with a password, from which one member left."""
    with closing(founded.make(tmp_path / "密.zbtz", "甲局第一党支部", TODAY, password=PASSWORD)) as database:
        with database.writing("登记") as session:
            number = members.add(session, {"name": LEFT, "birth_date": PartialDate(1980)}).id
            members.leave(session, number, LEFT_REASON.options[0], TODAY)
        yield database


def test_an_encrypted_file_asks_for_its_password_again(guarded: Database, on_stage: Put, qtbot: QtBot) -> None:
    stage = on_stage(guarded, MembersPage)
    with guarded.reading() as session:
        number = members.find(session, LEFT).id
    stage.page._erase(number)
    dialog = dialog_of(stage)
    dialog.typed.setText(LEFT)
    for wrong, why in (("", "请再输一次打开数据文件的密码。"), ("一句猜来的话", "密码不对")):
        dialog.password.setText(wrong)
        dialog.erase_button.click()
        assert why in dialog.problem.text()
        assert (dialog.isVisible(), dialog.typed.text()) == (True, LEFT)
        with guarded.reading() as session:
            assert members.find(session, LEFT).id == number
    dialog.password.setText(PASSWORD)
    QTest.keyClick(dialog.password, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: "已彻底删除" in stage.said)
    with guarded.reading() as session:
        assert members.find_by_id(session, number).name == f"已删除人员{number}"


def test_a_plain_file_asks_for_no_password(branch: Database, on_stage: Put) -> None:
    stage = on_stage(branch, MembersPage)
    with branch.reading() as session:
        number = members.find(session, LEFT).id
    stage.page._erase(number)
    assert not dialog_of(stage).password.isVisible()


def test_who_may_only_look_cannot_erase(guarded: Database, on_stage: Put) -> None:
    holders.add(guarded, "查账人", slots.READER, OTHERS)
    with closing(Database.open(guarded.path, OTHERS)) as database:
        stage = on_stage(database, MembersPage)
        with database.reading() as session:
            number = members.find(session, LEFT).id
        with pytest.raises(UserError, match="以只读方式打开"):
            stage.page._erase(number)
        assert not [each for each in stage.page.findChildren(ErasingDialog) if each.isVisible()]


def test_the_window_answers_while_a_person_is_erased(
    branch: Database, on_stage: Put, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large file is written anew off the main thread; what goes wrong there is one sentence."""
    stage, threads, held = on_stage(branch, MembersPage), [], Event()

    def scrub() -> None:
        threads.append(current_thread())
        assert held.wait(20)
        raise UserError("磁盘空间不够，数据文件没有清理。")

    monkeypatch.setattr(branch, "scrub", scrub)
    with branch.reading() as session:
        number = members.find(session, LEFT).id
    stage.page._erase(number)
    dialog_of(stage).typed.setText(LEFT)
    dialog_of(stage).erase_button.click()
    qtbot.waitUntil(lambda: bool(threads))
    stage.page.show_target(number)  # it goes on answering
    assert stage.page.card.name.text() == f"已删除人员{number}"
    held.set()
    qtbot.waitUntil(lambda: "没有清理" in stage.said)
    assert threads != [current_thread()]


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
