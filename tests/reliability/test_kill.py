"""kill -9 at a random moment of mixed work: what was acknowledged is there, nothing is there by half."""

import os
import random
import signal
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TextIO

import pytest
from sqlalchemy import select

from models import attachments, checks, founding
from models.attachments import FOLDER, Attachment
from models.database import Database
from models.records.dues import assessments, months
from models.records.dues.payments import Payment
from models.records.dues.remittances import Voucher
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import Month, PartialDate
from tests.reliability import worker
from tests.reliability.conftest import PASSWORD

BATCH, AT_ONE_FILE = 500, 10

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


@dataclass
class Killed:
    """What a worker had said was saved when it was killed; whether it was saving, and had begun to write."""

    said: list[tuple[str, int]]
    saving: bool
    hot: bool


def found(path: Path, password: str | None) -> None:
    database = founding.make(path, "甲局第一党支部", date(2026, 11, 23), password=password)
    with closing(database), database.writing("登记") as session:
        members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980)})
        assessments.save_one(session, 1, {"dues_category": "在职", "dues_base": Decimal("7420.00")})
        months.open_month(session, Month(2026, 11), date(2026, 11, 23))


def said_next(answer: TextIO) -> list[str]:
    line = answer.readline().split()
    assert line, "it ended by itself"
    return line


def work_and_kill(path: Path, password: str | None, seed: int) -> Killed:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            worker.work(path, password, seed, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as answer:
        assert answer.readline() == "ready\n"
        chance = random.Random(seed)
        lines = [said_next(answer) for _ in range(2 * chance.randrange(4))]  # begun and done: slow machines get as far
        time.sleep(chance.uniform(0, 0.1))
        os.kill(child, signal.SIGKILL)
        lines += [line.split() for line in answer.read().splitlines()]
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    journal = path.with_name(f"{path.name}-journal")
    said = [(kind, int(number)) for kind, number in lines]
    return Killed(
        said=[(kind, number) for kind, number in said if kind != "begin"],
        saving=bool(said) and said[-1][0] == "begin",
        hot=journal.exists() and journal.stat().st_size > 0,
    )


def assert_whole(database: Database, said: list[tuple[str, int]]) -> None:
    """Everything said is there; at most one thing more, and that one whole."""
    with database.reading() as session:
        member = session.get_one(Member, 1)
        paid = set(session.scalars(select(Payment.remark)))
        handed_up = set(session.scalars(select(Voucher.number)))
        kept = set(session.scalars(select(Attachment.name)))
        stored = set(session.scalars(select(Attachment.stored)))
        batches = Counter(
            name.partition("第")[0].removeprefix("批") for name in session.scalars(select(Member.name)) if "批" in name
        )
    told = {kind: [number for each, number in said if each == kind] for kind, _ in said}
    assert int(member.remark or 0) >= max(told.get("edit", [0]))
    assert int(member.address or 0) >= max(told.get("attach", [0]))
    assert paid >= {str(number) for number in told.get("collect", [])}
    assert handed_up >= {str(number) for number in told.get("hand_up", [])}
    assert kept >= {f"{number}.pdf" for number in told.get("attach", [])}
    assert batches.keys() >= {str(number) for number in told.get("bring_in", [])}
    assert set(batches.values()) <= {BATCH}
    folder = database.path.parent / FOLDER
    assert {each.name for each in folder.glob("*")} == stored


@pytest.mark.parametrize(("password", "kills"), [(None, 100), (PASSWORD, 50)], ids=["plain", "encrypted"])
def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(tmp_path, password, kills, more):
    saving = hot = acknowledged = 0
    said: list[tuple[str, int]] = []
    kills *= more
    for seed in range(1, kills + 1):
        path = tmp_path / str(seed // AT_ONE_FILE) / "甲.zbtz"
        if not path.exists():
            path.parent.mkdir()
            found(path, password)
            worker.rehearse(path, password)
            said = []
        killed = work_and_kill(path, password, seed)
        said += killed.said
        acknowledged += len(killed.said)
        saving += killed.saving
        hot += killed.hot
        begun = time.monotonic()
        with closing(Database.open(path, password)) as database:
            attachments.tidy(database)
            assert time.monotonic() - begun < 3
            assert_whole(database, said)
            assert checks.check(database) == []
        assert {each.name for each in path.parent.iterdir()} <= {"甲.zbtz", FOLDER}
    print(f"{kills} kills, {saving} while saving, {hot} with a hot journal, {acknowledged} acknowledged")
    assert saving >= 0.3 * kills
    assert acknowledged > kills
