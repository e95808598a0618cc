"""Several at one file, and a long day's work: nothing lost, no false alarm."""

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from models import backups, checks, settings, trail
from models.database import Database
from models.records.members import members
from models.records.members.members import Member

PROJECT = Path(__file__).resolve().parents[2]
COUNTER = Path(__file__).with_name("counter.py")


def counting(path: Path, times: int, *how: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    return subprocess.Popen([sys.executable, str(COUNTER), str(path), str(times), *how], env=environment)


def counted(path: Path, times: int, *how: str, folder: Path | None = None) -> int:
    """What two processes come to that count in the same file, while backups are made of it in `folder`."""
    with closing(Database.open(path)) as database:
        with database.writing("从零开始") as session:
            members.change(session, 1, {"remark": "0"})
        both = [counting(path, times, *how) for _ in range(2)]
        while folder is not None and any(each.poll() is None for each in both):
            made = backups.make(database, folder)
            assert made.sound
            made.path.unlink()  # a day of them would fill the disk
            time.sleep(0.5)  # it is they who are tried, not the backups
        assert [each.wait() for each in both] == [0, 0]
        assert checks.check(database) == []
        with database.reading() as session:
            return int(session.get_one(Member, 1).remark or 0)


@pytest.mark.parametrize("times", [25, pytest.param(1000, marks=[pytest.mark.slow, pytest.mark.timeout(3600)])])
@pytest.mark.parametrize("password", [None], ids=["plain"], indirect=True, scope="session")
def test_two_who_write_lose_nothing(lived, tmp_path, times, more):
    """All of 10,000 with --more 5."""
    times *= more
    assert counted(lived, times, folder=tmp_path / "备份") == 2 * times
    print(f"{2 * times} updates by two processes, 0 lost")


@pytest.mark.slow
@pytest.mark.parametrize("password", [None], ids=["plain"], indirect=True, scope="session")
def test_two_who_look_before_they_lock_lose_some(lived):
    """The control: without a lock over reading and writing counts are lost, and this test sees it."""
    found = counted(lived, 300, "carelessly")
    print(f"600 careless updates, {600 - found} lost")
    assert 300 <= found < 600


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("password", [None], ids=["plain"], indirect=True, scope="session")
def test_ten_thousand_operations_raise_no_alarm(lived):
    """The trail holds all the way, and every anchor that was taken on the way still does."""
    with closing(Database.open(lived)) as database:
        anchors = []
        for number in range(10_000):
            with database.writing("改") as session:
                if number % 2:
                    members.change(session, 1 + number % 20, {"remark": f"第 {number} 次"})
                else:
                    settings.change(session, collection_day=1 + number % 28)
            if number % 1000 == 999:
                with database.reading() as session:
                    anchors.append((str(number), trail.anchor(session)))
                assert checks.check(database, anchors) == []
        assert len(anchors) == 10
