"""A disk that fails while something is saved, as the window tells it: in one sentence, with all that was typed."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, NoReturn

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from gui.dues.collect_page import CollectPage
from gui.dues.page import DuesPage
from gui.dues.payment_dialog import PaymentDialog
from gui.members.page import MembersPage
from gui.parts.record_dialog import RecordDialog
from models import checks, commits
from models.audit import Operation
from models.database import Database
from tests.gui.journeys.conftest import Stage
from tests.reliability.test_disk_full import no_file_over

Put = Callable[..., Stage]
Failing = Callable[[], AbstractContextManager[Any]]
FULL, BROKEN = "磁盘已满|读写磁盘出错（磁盘可能已满或被拔出）", "读写磁盘出错（磁盘可能已满或被拔出）"


def _io_error(*_arguments: object) -> NoReturn:
    raise sqlite3.OperationalError("disk I/O error")


class Broken:
    """Every commit meets a disk that answers with an error."""

    def __enter__(self) -> None:
        self._patch = pytest.MonkeyPatch()
        self._patch.setattr(commits, "commit", _io_error)

    def __exit__(self, *_told: object) -> None:
        self._patch.undo()


@pytest.fixture(params=[(lambda: no_file_over(2**16), FULL), (Broken, BROKEN)], ids=["full", "broken"])
def disk(request: pytest.FixtureRequest) -> tuple[Failing, str]:
    """How a disk fails, and what is said of it."""
    return request.param


def said_once(sentence: str, words: str) -> bool:
    """Whether that is one sentence on the disk, which says too that nothing was saved."""
    return bool(re.fullmatch(f"({words})，本次没有保存，请[^。]+。", sentence))


def done(database: Database) -> int:
    """How many operations were saved."""
    with database.reading() as session:
        return session.scalar(select(func.count(Operation.id))) or 0


def shown(stage: Stage, kind: type[Any]) -> Any:
    (found,) = [each for each in stage.window.findChildren(kind) if each.isVisible()]
    return found


def test_a_payment_in_its_dialog(branch: Database, on_stage: Put, disk: tuple[Failing, str]) -> None:
    failing, words = disk
    stage = on_stage(branch, DuesPage)
    stage.page.show_target("dues_arrears")
    assert stage.page.table.select(lambda row: row.name == "钱永年")
    stage.page.panel.deed("补交").slot()
    dialog, before = shown(stage, PaymentDialog), done(branch)
    dialog.fields["remark"].type_text("工资卡冻结")
    with failing():
        dialog.take.click()
    assert said_once(dialog.problem.text(), words)
    assert (dialog.isVisible(), dialog.fields["remark"].value()) == (True, "工资卡冻结")
    assert done(branch) == before
    dialog.take.click()
    assert not dialog.isVisible()
    assert done(branch) == before + 1


def test_a_member_in_the_form(branch: Database, on_stage: Put, disk: tuple[Failing, str]) -> None:
    failing, words = disk
    stage = on_stage(branch, MembersPage)
    stage.page.new_record()
    form, before = shown(stage, RecordDialog), done(branch)
    typed = {"name": "章小禾", "birth_date": "1990-05-01", "branch": "第二党支部", "phone": "10000008001"}
    for key, text in typed.items():
        form.fields[key].type_text(text)
    with failing():
        form.save()
    assert said_once(form.problem.text(), words)
    assert form.isVisible()
    assert (form.fields["name"].value(), form.fields["phone"].value()) == ("章小禾", "10000008001")
    assert done(branch) == before
    form.save()
    assert not form.isVisible()
    assert done(branch) == before + 1


def test_letters_on_the_collection_day(
    branch: Database, on_stage: Put, qtbot: QtBot, disk: tuple[Failing, str]
) -> None:
    failing, words = disk
    stage = on_stage(branch, CollectPage)
    before, entry = done(branch), stage.page.bar.entry
    qtbot.keyClicks(entry, "gwb")
    with failing():
        qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert said_once(stage.said, words)
    assert (entry.text(), stage.page.table.line().name) == ("gwb", "龚文博")
    assert done(branch) == before
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert stage.said == "已收龚文博 102.60 元（现金，2026年11月）。"
    assert done(branch) == before + 1
    assert checks.check(branch) == []
