"""A backup before much is changed: made while the person is still being asked, and no bar where none can be made."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.dues.collect_all_dialog import CollectAllDialog
from gui.dues.collect_page import CollectPage
from gui.page import Page
from models import backups
from models.database import Database
from models.records.dues import months
from models.records.members import members
from models.rules.periods import PartialDate
from tests.gui.journeys.conftest import NOVEMBER, TODAY, Stage, dialog_of

Put = Callable[[Database, type[Page]], Stage]
SLOW = 20_000


@pytest.fixture
def stage(empty: Database, on_stage: Put) -> Stage:
    """A branch of one member whose month is to be opened."""
    with empty.writing("登记") as session:
        values = {"name": "张红卫", "birth_date": PartialDate(1980), "dues_base": Decimal(4000)}
        members.add(session, values | {"dues_category": "在职"})
    return on_stage(empty, CollectPage)


def opened(stage: Stage) -> bool:
    with stage.database.reading() as session:
        return months.find(session, NOVEMBER) is not None


def kept(stage: Stage) -> int:
    return len(backups.backups_in(stage.database.path.parent / "备份"))


def open_directly(stage: Stage) -> None:
    with stage.page.workspace.writing("开账") as session:
        months.open_month(session, NOVEMBER, TODAY)


def spoil(stage: Stage) -> None:
    """Puts a file where the folder of backups would be."""
    (stage.database.path.parent / "备份").touch()


def answer(stage: Stage, words: str) -> None:
    box = dialog_of(stage.window, QMessageBox)
    next(each for each in box.buttons() if each.text() == words).click()


def asked(stage: Stage) -> bool:
    return any(each.isVisible() for each in stage.window.findChildren(QMessageBox))


def test_a_month_is_opened_after_a_backup(stage: Stage, qtbot: QtBot) -> None:
    stage.page.start.click()
    assert not opened(stage)
    qtbot.waitUntil(lambda: opened(stage), timeout=SLOW)
    assert kept(stage) == 1


def test_all_are_taken_after_a_backup_that_began_with_the_question(stage: Stage, qtbot: QtBot) -> None:
    open_directly(stage)
    stage.page.collect_everybody()
    dialog = dialog_of(stage.window, CollectAllDialog)
    qtbot.keyClick(dialog.entry, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.hint.text() == "先备份，马上就好…"
    dialog.reject()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: stage.said.startswith("已按应交收缴 1 人"), timeout=SLOW)
    assert kept(stage) == 1


def test_none_is_made_again_where_nothing_was_done_since(stage: Stage, qtbot: QtBot) -> None:
    backups.make(stage.database, stage.database.path.parent / "备份")
    stage.page.start.click()
    qtbot.waitUntil(lambda: opened(stage), timeout=SLOW)
    assert kept(stage) == 1


def test_where_no_backup_can_be_made_the_person_decides(stage: Stage, qtbot: QtBot) -> None:
    spoil(stage)
    stage.page.start.click()
    qtbot.waitUntil(lambda: asked(stage), timeout=SLOW)
    assert "写不进" in dialog_of(stage.window, QMessageBox).informativeText()
    answer(stage, "先不做")
    assert not opened(stage)
    qtbot.waitUntil(lambda: not stage.window.busy_with)
    stage.page.start.click()
    qtbot.waitUntil(lambda: asked(stage), timeout=SLOW)
    answer(stage, "不备份，照样开账")
    assert opened(stage)


def test_whom_to_take_is_not_lost_where_no_backup_can_be_made(stage: Stage, qtbot: QtBot) -> None:
    spoil(stage)
    open_directly(stage)
    stage.page.collect_everybody()
    dialog = dialog_of(stage.window, CollectAllDialog)
    for words in ("先不做", "不备份，照样收缴"):
        dialog.take_button.click()
        qtbot.waitUntil(lambda: asked(stage), timeout=SLOW)
        answer(stage, words)
        assert dialog.isVisible() == (words == "先不做")
    assert stage.said.startswith("已按应交收缴 1 人")
