"""kill -9 while the files of many units are merged: each unit is there whole or not at all, and going on merges all."""

import os
import random
import signal
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from gui.importing.gathering import gathered
from gui.importing.several import REFUSED, Target, lines_of, take_each
from models import audit, checks
from models.database import Database
from models.ledger import View
from models.ledgers.members.roster import MEMBERS
from models.records.members import organisation
from models.records.members.members import Member
from models.rules.periods import Period
from tests import founded
from tests.people import id_number
from tests.reliability.conftest import NOVEMBER, PASSWORD, TODAY

UNITS, EACH, SPOILT = 30, 40, 3

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def units(folder: Path) -> None:
    """A file of each unit as plain text, a tenth of them without anything to read."""
    for unit in range(UNITS):
        lines = ["姓名,公民身份号码,所在党支部"]
        for each in range(EACH):
            number = id_number(f"19{60 + unit}-{1 + each // 25:02}-{1 + each % 25:02}", each)
            lines.append(f"张{unit}第{each},{number},第{unit}党支部")
        text = "\n".join(lines) if unit % 10 != 7 else ""
        (folder / f"第{unit}党支部.csv").write_text(text, encoding="utf-8")


def merge(path: Path, password: str | None, folder: Path, said: int) -> int:
    """Takes in every file, and tells the descriptor `said` of each one saved; answers how many were refused."""
    target, refused = Target(MEMBERS, {}, View(TODAY, Period(NOVEMBER, NOVEMBER))), 0

    def tell(line) -> None:
        nonlocal refused
        refused += line.state == REFUSED
        os.write(said, f"{line.id} {line.state}\n".encode())

    with closing(Database.open(path, password)) as database:
        os.write(said, b"ready\n")
        take_each(database, target, lines_of(gathered([folder])), tell, lambda done, total: None)
    return refused


def merge_and_kill(path: Path, password: str | None, folder: Path, after: float) -> set[str]:
    """The units of which it was said, before the kill, that they are saved."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            merge(path, password, folder, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as answer:
        assert answer.readline() == "ready\n"
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        lines = [line.split() for line in answer.read().splitlines()]
    os.waitpid(child, 0)
    return {number for number, state in lines if state != REFUSED}


def kept(database: Database) -> Counter[str]:
    """How many of each unit there are."""
    with database.reading() as session:
        names = session.scalars(select(Member.name)).all()
    return Counter(name.removeprefix("张").partition("第")[0] for name in names)


@pytest.mark.parametrize(("password", "kills"), [(None, 6), (PASSWORD, 3)], ids=["plain", "encrypted"])
def test_each_unit_is_merged_whole_or_not_at_all(tmp_path, password, kills, more):
    folder, path = tmp_path / "各支部", tmp_path / "总支.zbtz"
    folder.mkdir()
    units(folder)
    founded.make(path, "甲局机关党总支", TODAY, organisation.KINDS[1], password=password).close()
    chance, within = random.Random(str(password)), 0
    kills *= more
    for _ in range(kills):
        said = merge_and_kill(path, password, folder, chance.uniform(0.1, 2))
        with closing(Database.open(path, password)) as database:
            found = kept(database)
            assert set(found.values()) <= {EACH}
            assert said <= found.keys()
            assert checks.check(database) == []
        within += 0 < len(found) < UNITS - SPOILT
    done = []
    for _ in range(2):  # to the end, and once more
        with Path(os.devnull).open("wb") as nobody:
            assert merge(path, password, folder, nobody.fileno()) == SPOILT
        with closing(Database.open(path, password)) as database, database.reading() as session:
            assert kept(database) == {str(unit): EACH for unit in range(UNITS) if unit % 10 != 7}
            done.append(audit.latest(session))
    assert done[0] == done[1]
    print(f"{kills} kills, {within} with some of {UNITS - SPOILT} units merged")
    assert within >= kills // 2
