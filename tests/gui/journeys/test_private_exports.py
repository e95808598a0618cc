"""What tells of people that is nobody else's business is exported after a question alone, and every export is noted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.ledgers.page import LedgersPage
from models.database import Database
from models.ledgers.catalogue import LEDGERS
from models.ledgers.private import told_by
from models.records.private_exports import PrivateExport
from models.undo import can_undo
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stage:
    made = on_stage(branch, LedgersPage)
    made.page.workspace.agreed.clear()
    monkeypatch.setattr("gui.papers.papers.ask_where_to_save", lambda *given: given[-1](tmp_path / given[-2]))
    return made


def noted(stage: Stage) -> list[tuple[str, str, str]]:
    with stage.database.reading() as session:
        found = session.scalars(select(PrivateExport).order_by(PrivateExport.id))
        return [(each.title, each.told, each.way) for each in found]


def questions(stage: Stage) -> list[QMessageBox]:
    return [box for box in stage.page.findChildren(QMessageBox) if box.isVisible()]


def answer(stage: Stage, words: str) -> None:
    (box,) = questions(stage)
    next(each for each in box.findChildren(QPushButton) if each.text() == words).click()


def test_it_is_asked_once_and_noted_every_time(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    stage.page.show_target("care_cases")
    with stage.database.reading() as session:
        before = can_undo(session)
    stage.page.export()
    (box,) = questions(stage)
    assert all(words in box.text() for words in ("身份证号", "困难和健康情况", "家庭收入"))
    answer(stage, "导出")
    qtbot.waitUntil(lambda: "已保存" in stage.said)
    assert noted(stage) == [("困难党员台账", "身份证号、家庭收入、困难和健康情况", "导出")]
    stage.page.export()
    assert questions(stage) == []
    qtbot.waitUntil(lambda: len(noted(stage)) == 2)
    with stage.database.reading() as session:
        assert can_undo(session) == before  # that it was exported is no step to be taken back


def test_nothing_is_written_when_the_answer_is_no(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    stage.page.show_target("members_roster")
    stage.page.export()
    answer(stage, "取消")
    qtbot.wait(50)
    assert not list(tmp_path.glob("*.xlsx"))
    assert noted(stage) == []


def test_a_print_is_noted_too(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("gui.papers.sheet_files", "gui.papers.paper_files"):
        monkeypatch.setattr(f"{module}.preview", lambda *_given: None)
    stage.page.show_target("dues_register")
    stage.page.print_out()
    assert noted(stage) == [("2026年度党费收缴登记表", "工资基数", "预览打印")]


def test_what_tells_nothing_is_exported_unasked(stage: Stage, qtbot: QtBot) -> None:
    stage.page.show_target("care_posting")
    stage.page.export()
    assert questions(stage) == []
    qtbot.waitUntil(lambda: "已保存" in stage.said)
    assert noted(stage) == []


def test_no_public_ledger_tells_anything() -> None:
    assert [ledger.name for ledger in LEDGERS if ledger.public and told_by(ledger.columns)] == []
