"""Restoring at random: whatever was done and whichever backup is taken, all that it held is back, the scans too."""

import random
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models import attachments, backups, checks, mending
from models.base import Base
from models.database import Database
from models.manifests import Backup
from tests.reliability import worker

FEW, MANY = 4, 50
SEED = 20261123
BEGIN = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
WORK = (worker.edit, worker.collect, worker.hand_up, worker.attach)
Held = tuple[dict[str, list[tuple[object, ...]]], dict[str, bytes]]


def head_spoilt(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[:100] = chance.randbytes(100)
    path.write_bytes(content)


def tail_cut_off(path: Path, chance: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


def all_noise(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(path.stat().st_size))


def scans_gone(path: Path, chance: random.Random) -> None:
    for scan in attachments.folder_of(path).glob("*.bin"):
        if chance.random() < 0.5:
            scan.unlink()


def journal_left(path: Path, chance: random.Random) -> None:
    path.with_name(f"{path.name}-journal").write_bytes(chance.randbytes(5000))


DAMAGE: tuple[Callable[[Path, random.Random], None], ...] = (
    head_spoilt,
    tail_cut_off,
    all_noise,
    scans_gone,
    journal_left,
)


def held(database: Database) -> Held:
    """Every row of every table, and the content of every scan."""
    with database.reading() as session:
        rows = {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
        }
        scans = {each.stored: attachments.content(session, each.id) for each in attachments.everything(session)}
    return rows, scans


@pytest.mark.parametrize("trials", [FEW, pytest.param(MANY, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
def test_whichever_backup_is_taken_all_is_back(
    lived: Path, tmp_path: Path, password: str | None, trials: int, more: int
) -> None:
    chance, folder, clock = random.Random(SEED), tmp_path / "备份", [BEGIN]
    known: dict[Path, Held] = {}
    database = Database.open(lived, password, clock=lambda: clock[0])
    for trial in range(trials * more):
        for number in range(chance.randrange(1, 5)):
            with database.writing("做事") as session:
                chance.choice(WORK)(session, 10 * trial + number)
        clock[0] += timedelta(minutes=31)
        made = backups.make(database, folder)
        assert made.sound
        known[made.path] = held(database)
        database.close()
        for harm in chance.sample(DAMAGE, 2):
            harm(lived, chance)
        taken = _taken(folder, known, chance)
        done = mending.go_on_with(taken.path, lived, clock[0])
        assert done.missing == ()
        assert done.aside.exists()
        database = Database.open(lived, password, clock=lambda: clock[0])
        assert held(database) == known[taken.path]
        assert checks.check(database) == []
    database.close()
    assert not list(lived.parent.glob(".~*"))


def _taken(folder: Path, known: dict[Path, Held], chance: random.Random) -> Backup:
    """The newest backup or any other that thinning has left."""
    there = backups.backups_in(folder)
    assert {each.path for each in there} <= set(known)
    return there[0] if chance.random() < 0.5 else chance.choice(there)


def test_a_restored_copy_beside_the_file_is_the_same(lived: Path, tmp_path: Path, password: str | None) -> None:
    with closing(Database.open(lived, password)) as database:
        made, before = backups.make(database, tmp_path / "备份"), held(database)
    target = tmp_path / "另一处" / "恢复.zbtz"
    target.parent.mkdir()
    assert backups.restore(made.path, target, password) == ()
    with closing(Database.open(target, password)) as restored:
        assert held(restored) == before
        assert checks.check(restored) == []
