"""A clock that is wrong by a day or by forty years is noticed, a right one never."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import clocks
from models.database import Database
from models.records.members import members
from models.rules.periods import PartialDate

SAVED = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def save(database: Database, at: datetime) -> None:
    database.clock = lambda: at
    with database.writing("添加") as session:
        members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980)})


def doubt(database: Database, now: datetime) -> str:
    with database.reading() as session:
        return clocks.doubt(session, now)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (SAVED - timedelta(days=1), r"时间是 2026-11-22 02:30，比上一次保存的 2026-11-23 02:30 还早"),
        (SAVED.replace(year=1986), r"时间是 1986-11-23"),
        (SAVED.replace(year=1980, month=1, day=1), r"时间是 1980-01-01"),
        (SAVED - timedelta(minutes=11), "还早"),
        (SAVED + timedelta(days=46), r"离上一次保存（2026-11-23）有 46 天"),
        (SAVED.replace(year=2066), r"有 14610 天"),
        (SAVED.replace(year=2099), "请先核对电脑的日期"),
    ],
)
def test_a_wrong_clock_is_doubted(database, now, words):
    save(database, SAVED)
    assert words in doubt(database, now)


@given(minutes=st.integers(-10, 45 * 24 * 60), zone=st.integers(-12, 14))
def test_a_right_clock_is_not_doubted_in_any_zone(minutes, zone):
    now = (SAVED + timedelta(minutes=minutes)).astimezone(timezone(timedelta(hours=zone)))
    assert clocks.between(SAVED, now) == ""


def test_a_wrong_time_is_forgotten_once_something_is_saved_under_the_right_one(database):
    save(database, SAVED.replace(year=2066))
    assert "还早" in doubt(database, SAVED)
    save(database, SAVED)
    assert doubt(database, SAVED + timedelta(days=1)) == ""
