"""Killed before each step of a job on files, one after another: the old state or the new one, never one between."""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from alembic import op

from models import attachments, backups, checks, founding, passwords, settings
from models import database as module
from models.attachments import FOLDER
from models.database import Database
from models.errors import UserError
from models.migrations import SCHEMA, upgrade
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import PartialDate

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

STEPS = ("open", "os.rename", "os.remove", "os.link", "os.mkdir", "shutil.copyfile", "sqlite3.connect")
OTHER = "另一句自己记得住的话"
KILLED = 9


def killed_at(step: int, job: Callable[[], None]) -> bool:
    """Runs the job in a child that dies just before its step of this number; answers whether it died."""
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            _die_at(step)
            job()
            outcome = 0
        finally:
            os._exit(outcome)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, KILLED), f"the job failed with {status}"
    return status == KILLED


def _die_at(step: int) -> None:
    taken = 0
    flush = os.fsync

    def count() -> None:
        nonlocal taken
        taken += 1
        if taken == step:
            os._exit(KILLED)

    def audit(event: str, arguments: tuple[object, ...]) -> None:
        if event in STEPS and not str(arguments[0]).endswith((".py", ".pyc", ".so")):
            count()

    def counted_flush(fd: Any) -> None:
        count()
        flush(fd)

    os.fsync = counted_flush
    sys.addaudithook(audit)


def kill_at_every_step(job: Callable[[], None], look: Callable[[], None], again: Callable[[], None]) -> int:
    """Kills the job at each of its steps in turn, looks what is there, and puts everything back."""
    step = 1
    while killed_at(step, job):
        look()
        again()
        step += 1
    look()
    return step - 1


@pytest.fixture
def state(lived, password):
    """Restores the folder of the data file, and what lies beside it."""
    before = {each.relative_to(lived.parent): each.read_bytes() for each in lived.parent.rglob("*") if each.is_file()}

    def restore() -> None:
        for each in sorted(lived.parent.rglob("*"), reverse=True):
            if each.is_file():
                each.unlink()
            else:
                each.rmdir()
        for name, content in before.items():
            (lived.parent / name).parent.mkdir(exist_ok=True)
            (lived.parent / name).write_bytes(content)

    return restore


def assert_sound(path: Path, password: str | None) -> None:
    with closing(Database.open(path, password)) as database:
        attachments.tidy(database)
        assert checks.check(database) == []
        with database.reading() as session:
            assert session.get_one(Member, 1).name == "张0"
    assert not list(path.parent.glob(".~*"))  # what was written aside may be a plain copy


def test_making_a_file(tmp_path, password):
    path = tmp_path / "新.zbtz"

    def look() -> None:
        if path.exists():
            with closing(Database.open(path, password)) as database:
                assert checks.check(database) == []
                with database.reading() as session:
                    assert settings.read(session).unit == "甲局第一党支部"

    def again() -> None:
        for each in tmp_path.iterdir():
            each.unlink()

    def job() -> None:
        founding.make(path, "甲局第一党支部", date(2026, 11, 23), password=password).close()

    assert kill_at_every_step(job, look, again) >= 5
    assert path.exists()
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_backing_up(lived, password, state):
    folder = lived.parent / "备份"

    def job() -> None:
        with closing(Database.open(lived, password)) as database:
            backups.make(database, folder)

    def look() -> None:
        assert_sound(lived, password)
        for made in backups.backups_in(folder):
            backups.verify(made.path)
            assert_sound(made.path, password)

    assert kill_at_every_step(job, look, state) >= 15
    assert len(backups.backups_in(folder)) == 1


def test_bringing_back(lived, password, state):
    with closing(Database.open(lived, password)) as database:
        made = backups.make(database, lived.parent.parent / "备份")
    there = lived.parent / "恢复"
    there.mkdir()

    def look() -> None:
        backups.verify(made.path)
        if (there / "甲.zbtz").exists():
            assert_sound(there / "甲.zbtz", password)

    def again() -> None:
        state()
        there.mkdir()

    def job() -> None:
        backups.restore(made.path, there / "甲.zbtz", password)

    assert kill_at_every_step(job, look, again) >= 8
    assert (there / "甲.zbtz").exists()


def test_changing_the_password(lived, password, state):
    def job() -> None:
        passwords.change(Database.open(lived, password), password, OTHER).close()

    def look() -> None:
        try:
            assert_sound(lived, password)
        except UserError:
            assert_sound(lived, OTHER)

    assert kill_at_every_step(job, look, state) >= 8
    assert_sound(lived, OTHER)


def test_keeping_a_scan(lived, password, state):
    def job() -> None:
        with closing(Database.open(lived, password)) as database, database.writing("附件") as session:
            attachments.add(session, "再一张.pdf", b"%PDF-1.7 second")
            members.add(session, {"name": "附记", "birth_date": PartialDate(1980)})

    def look() -> None:
        assert_sound(lived, password)
        with closing(Database.open(lived, password)) as database, database.reading() as session:
            kept = {each.stored for each in attachments.everything(session)}
        assert {each.name for each in (lived.parent / FOLDER).iterdir()} == kept

    assert kill_at_every_step(job, look, state) >= 4


def test_bringing_an_older_file_up(lived, password, state, monkeypatch):
    known, bring_up = list(upgrade.steps()), upgrade.bring_up
    step = SimpleNamespace(upgrade=lambda: op.execute("ALTER TABLE members ADD COLUMN nickname VARCHAR"))
    monkeypatch.setattr(upgrade, "steps", lambda: iter([*known, (SCHEMA + 1, step)]))
    monkeypatch.setattr(upgrade, "bring_up", lambda path, engine_of: bring_up(path, engine_of, SCHEMA + 1))

    def job() -> None:
        monkeypatch.setattr(module, "SCHEMA", SCHEMA + 1)
        Database.open(lived, password).close()

    def look() -> None:
        begun = any(lived.parent.glob(f"*格式{SCHEMA}*"))  # the old one is kept before the new one takes its place
        with monkeypatch.context() as patch:
            patch.setattr(module, "SCHEMA", SCHEMA + begun)
            assert_sound(lived, password)

    assert kill_at_every_step(job, look, state) >= 5
