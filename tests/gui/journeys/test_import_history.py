"""The imports there have been: each taken back as a whole later on, or what hangs on it said."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.importing.dialog import open_import
from gui.importing.history import ImportHistory
from gui.members.page import MembersPage
from models import backups
from models.database import Database
from models.records.members import members
from models.records.members.members import find
from models.rules.periods import PartialDate
from tests.gui.journeys.conftest import Stage
from tests.gui.journeys.hand import Hand
from tests.gui.journeys.test_import_dialog import everybody, opened, person, previewed, roster, taken

Put = Callable[..., Stage]


@pytest.fixture
def stage(empty: Database, on_stage: Put, qtbot: QtBot, tmp_path: Path) -> Stage:
    """Two were imported, then one was added."""
    stage = on_stage(empty, MembersPage)
    path = roster(tmp_path / "名册.xlsx", person(1, "唐果"), person(2, "石磊"))
    taken(qtbot, previewed(qtbot, opened(qtbot, stage, path)))
    with stage.page.workspace.writing("新增党员") as session:
        members.add(session, {"name": "后来人", "birth_date": PartialDate(1980, 5)})
    return stage


def history(qtbot: QtBot, stage: Stage) -> ImportHistory:
    """The list, as it is reached from the import."""
    hand = Hand(qtbot, stage.window)
    hand.click(open_import(stage.page, "members").file_step.history_button)
    return hand.awaits(ImportHistory, stage.window)


def undo(qtbot: QtBot, stage: Stage, dialog: ImportHistory) -> None:
    dialog.undo_button.click()
    hand = Hand(qtbot, stage.window)
    hand.click_words(hand.awaits(QMessageBox, dialog), "撤销")
    qtbot.waitUntil(lambda: not stage.window.busy_with, timeout=20_000)  # the backup before


def test_an_import_is_taken_back_though_something_came_after(stage: Stage, qtbot: QtBot) -> None:
    dialog = history(qtbot, stage)
    (line,) = dialog.table.rows_shown()
    assert (line.title, line.state) == ("导入党员信息：名册.xlsx", "已导入")
    assert "新增党员 2" in line.summary
    assert dialog.words.text().startswith("以后没有用到这批内容")
    undo(qtbot, stage, dialog)
    assert everybody(stage.database) == ["后来人"]
    kept, *_before_the_import = backups.backups_in(stage.page.workspace.backup_folder())
    with closing(Database.open(kept.path, read_only=True)) as before:
        assert len(everybody(before)) == 3
    assert [each.name for each in stage.page.roster.rows_shown()] == ["后来人"]
    (line,) = dialog.table.rows_shown()
    assert line.state == "已撤销"
    assert not dialog.undo_button.isEnabled()


def test_what_hangs_on_an_import_is_said(stage: Stage, qtbot: QtBot) -> None:
    with stage.page.workspace.writing("修改党员") as session:
        members.change(session, find(session, "唐果").id, {"phone": "10000000009"})
    dialog = history(qtbot, stage)
    assert dialog.words.text().startswith("不能整批撤销：唐果")
    assert not dialog.undo_button.isEnabled()
    assert len(everybody(stage.database)) == 3


def test_there_is_nothing_to_take_back_at_first(empty: Database, on_stage: Put, qtbot: QtBot) -> None:
    dialog = history(qtbot, on_stage(empty, MembersPage))
    assert dialog.table.rows_shown() == []
    assert not dialog.undo_button.isEnabled()
