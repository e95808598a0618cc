"""Several at one file, and a long day's work: nothing lost, no false alarm."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from models import backups, checks, settings, trail
from models.database import Database
from models.records import members
from models.records.members import Member

PROJECT = Path(__file__).resolve().parents[2]
COUNTER = Path(__file__).with_name("counter.py")


def counting(path: Path, times: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    return subprocess.Popen([sys.executable, str(COUNTER), str(path), str(times)], env=environment)


@pytest.mark.parametrize("times", [25, pytest.param(2500, marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
@pytest.mark.parametrize("password", [None], ids=["plain"], indirect=True, scope="session")
def test_two_who_write_lose_nothing(lived, tmp_path, times):
    """Two processes count to the same number, while backups are made of it."""
    with closing(Database.open(lived)) as database:
        with database.writing("从零开始") as session:
            members.change(session, 1, {"remark": "0"})
        both = [counting(lived, times) for _ in range(2)]
        while any(each.poll() is None for each in both):
            assert backups.make(database, tmp_path / "备份").sound
        assert [each.returncode for each in both] == [0, 0]
        with database.reading() as session:
            assert session.get_one(Member, 1).remark == str(2 * times)
        assert checks.check(database) == []


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
