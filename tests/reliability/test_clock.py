"""A clock wrong by a day or by forty years: no month moves, no backup is lost, the trail holds, and it is said."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from models import backups, checks, clocks, settings, undo
from models.database import Database
from models.errors import FieldError
from models.records.dues import months, payments
from models.records.dues.months import Due
from models.records.dues.payments import Collection, Payment
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import Month
from tests.reliability.conftest import NOVEMBER

RIGHT = datetime.now(UTC).replace(microsecond=0)
WRONG = {
    "a day back": RIGHT - timedelta(days=1),
    "forty years back": RIGHT.replace(year=RIGHT.year - 40, day=1),
    "the beginning of 1980": datetime(1980, 1, 1, tzinfo=UTC),
    "forty years on": RIGHT.replace(year=RIGHT.year + 40, day=1),
    "the end of 2099": datetime(2099, 12, 31, 23, 59, 59, tzinfo=UTC),
}


def edit(database: Database, at: datetime, remark: str) -> None:
    database.clock = lambda: at
    with database.writing("修改") as session:
        members.change(session, 1, {"remark": remark})


def doubt(database: Database, now: datetime) -> str:
    with database.reading() as session:
        return clocks.doubt(session, now)


def pay_and_take_back(database: Database, on: date) -> list[int]:
    """The payments that stand for one taken on that day and taken back, the newest first; on a day years off none."""
    posting = Collection(on, remark="时间不对")
    if abs(on.year - NOVEMBER.year) > 1:
        with pytest.raises(FieldError, match="请核对"), database.writing("收缴") as session:
            payments.collect(session, 20, NOVEMBER, posting)
        return []
    with database.writing("收缴") as session:
        number = payments.collect(session, 20, NOVEMBER, posting).payment_id
    with database.writing("撤销") as session:
        undo.undo_last(session, on)
    return [number + 1, number]


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_nothing_moves_with_a_wrong_clock(lived: Path, password: str | None, tmp_path: Path, wrong: datetime) -> None:
    folder, on = tmp_path / "备份", wrong.date()
    with closing(Database.open(lived, password)) as database:
        edit(database, RIGHT, "以前")
        kept = backups.make(database, folder)
        assert doubt(database, wrong)
        with database.reading() as session:
            before = settings.read(session).month, list(session.scalars(select(Due.amount)))
        edit(database, wrong, "那时")
        made = backups.make(database, folder)
        assert {each.path for each in backups.backups_in(folder)} == {kept.path, made.path}
        taken = pay_and_take_back(database, on)
        edit(database, RIGHT + timedelta(minutes=1), "以后")
        again = backups.make(database, folder)
        assert doubt(database, RIGHT + timedelta(minutes=2)) == ""
        with database.reading() as session:
            assert before == (settings.read(session).month, list(session.scalars(select(Due.amount))))
            assert session.get_one(Member, 1).remark == "以后"
            assert list(session.scalars(select(Payment.id).order_by(Payment.id.desc()).limit(len(taken)))) == taken
        assert checks.check(database, backups.anchors(folder, lived)) == []
    assert {each.path for each in backups.backups_in(folder)} >= {kept.path, again.path}


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 1), date(2028, 2, 29)])
def test_a_month_is_opened_by_a_person_only(lived: Path, password: str | None, day: date) -> None:
    """Whatever day it is, what is collected stays in the month it was collected for."""
    with closing(Database.open(lived, password)) as database, database.writing("收缴") as session:
        done = payments.collect(session, 20, NOVEMBER, Collection(day, remark="补交"))
        assert done.months == (NOVEMBER,)
        assert months.opened(session) == [NOVEMBER]
        assert settings.read(session).month == NOVEMBER == Month(2026, 11)
