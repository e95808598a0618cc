"""Heads printed at the foot of papers: they hold as far as nobody changed what they cover."""

import re
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from models import audit, heads
from models.database import Database
from models.errors import UserError
from models.ledger import View
from models.ledgers.dues.register import DUES_REGISTER
from models.ledgers.sheets import sheet
from models.records.members import members
from models.rules.periods import Month, PartialDate, Period

TODAY = date(2026, 11, 23)
NOVEMBER = Month(2026, 11)


def foot(database: Database) -> str:
    """What the register prints at its foot."""
    with database.reading() as session:
        return sheet(session, DUES_REGISTER, View(TODAY, Period(NOVEMBER, NOVEMBER))).check


def held(database: Database, text: str) -> heads.Held:
    with database.reading() as session:
        return heads.held(session, text)


def add(database: Database, name: str) -> None:
    with database.writing(f"登记{name}") as session:
        members.add(session, {"name": name, "birth_date": PartialDate(1980, 5)})


@pytest.fixture
def worked(database: Database) -> tuple[Database, str]:
    """A file with some history, and the foot of a register printed then; something was done since."""
    for name in ("张红卫", "李秀英"):
        add(database, name)
    printed = foot(database)
    add(database, "王建国")
    return database, printed


def by_hand(database: Database, *statements: str) -> None:
    with closing(sqlite3.connect(database.path)) as connection, connection:
        for name, _, _ in audit.triggers():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def test_the_foot_shows_head_and_count(worked: tuple[Database, str]) -> None:
    assert re.fullmatch(r"[0-9a-f]{4} [0-9a-f]{4}（\d+ 条）", worked[1])


@pytest.mark.parametrize("shape", ["{}", "账簿校验 {}", "{short}", "{bare}", "{loud}"])
def test_a_printed_head_holds_up_to_its_moment(worked: tuple[Database, str], shape: str) -> None:
    database, printed = worked
    bare = printed[:9].replace(" ", "")
    found = held(database, shape.format(printed, short=printed[:9], bare=bare, loud=bare.upper()))
    assert (found.title, found.since) == ("登记李秀英", 1)
    assert "与纸上一致" in found.sentence
    assert "此后又有 1 条" in found.sentence


@pytest.mark.parametrize("text", ["", "1a2b", "没有", "1a2b 3c4d 5e6f 7a8b 9"])
def test_what_is_no_head_is_said(worked: tuple[Database, str], text: str) -> None:
    with pytest.raises(UserError, match="请照纸上"):
        held(worked[0], text)


def test_a_head_of_no_trail_is_said(worked: tuple[Database, str]) -> None:
    with pytest.raises(UserError, match="对不上"):
        held(worked[0], "0000 0000")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE changes SET new = replace(new, '张红卫', '张三') WHERE id = (SELECT max(id) - 2 FROM changes)",
            "接不上",
        ),
        ("DELETE FROM changes WHERE id = (SELECT max(id) - 2 FROM changes)", "对不上（它现在在第"),
        ("UPDATE operations SET actor = '别人' WHERE title = '登记李秀英'", "接不上"),
        ("DELETE FROM changes WHERE id >= (SELECT max(id) - 1 FROM changes)", "条不见了"),
    ],
    ids=["edit", "removed", "another person", "cut tail"],
)
def test_the_work_of_another_program_is_seen(worked: tuple[Database, str], statement: str, said: str) -> None:
    database, printed = worked
    by_hand(database, statement)
    with pytest.raises(UserError, match=said):
        held(database, printed)


def test_a_tail_cut_off_and_written_anew_is_seen(worked: tuple[Database, str]) -> None:
    """The chain itself holds again; only the paper tells."""
    database, printed = worked
    by_hand(
        database,
        "DELETE FROM changes WHERE id >= (SELECT max(id) - 1 FROM changes)",
        "DELETE FROM operations WHERE id NOT IN (SELECT operation_id FROM changes)",
        "DELETE FROM members WHERE name <> '张红卫'",
    )
    for name in ("李秀云", "王建国", "赵国强"):
        add(database, name)
    with pytest.raises(UserError, match="对不上：抄错了，或者印出以后"):
        held(database, printed)
    with pytest.raises(UserError, match="对不上"):
        held(database, printed[:9])
