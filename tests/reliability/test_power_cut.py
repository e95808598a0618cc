"""The power goes at any moment of ten postings: what was said to be saved is there, and nothing is there by half."""

import hashlib
import os
import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from models import attachments, checks, connections, unlocking
from models import database as module
from models.database import Database
from models.errors import UserError
from models.keys import FileKey
from tests.reliability import power, tracer
from tests.reliability.posting import post, posted

pytestmark = [
    pytest.mark.skipif(not tracer.CAN_TRACE, reason="knows the registers of one processor only"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

POSTINGS = 10
FEW = 8
SOUND, LOST, HALF, CORRUPT = "sound", "lost", "half", "corrupt"


def record(path: Path, password: str | None) -> list[power.Event | int]:
    """What ten postings, each with a scan, do to the files, and when each is said to be saved."""
    reading, said = os.pipe()

    def job() -> None:
        tracer.mark()
        with closing(Database.open(path, password)) as database:
            for number in range(1, POSTINGS + 1):
                with database.writing("收缴") as session:
                    post(session, number)
                os.write(said, str(number).encode())
        tracer.mark()

    recorder = power.Recorder(path.parent, said)
    ended = tracer.run(job, recorder)
    os.close(reading)
    os.close(said)
    assert ended == 0
    assert [each for each in recorder.events if isinstance(each, int)] == list(range(1, POSTINGS + 1))
    return recorder.events


def found(path: Path, key: FileKey | None) -> set[str] | str:
    """What is posted in what the power cut left, or HALF or CORRUPT."""
    try:
        with closing(Database.with_key(path, key)) as database:
            attachments.tidy(database)
            there = posted(database)
            problems = checks.check(database)
    except UserError:
        return CORRUPT
    except AssertionError:
        return HALF
    if problems:
        return CORRUPT if "损坏" in problems[0] else HALF
    return there


def outcomes(lived: Path, password: str | None, number: int, seed: int = 1) -> Counter[str]:
    """How many of so many cuts ended how."""
    key = unlocking.key_of(lived, password)
    before = {str(each): each.read_bytes() for each in lived.parent.rglob("*") if each.is_file()}
    disk = power.Disk(lived.parent)
    events = record(lived, password)
    known: dict[bytes, set[str] | str] = {}
    ended: Counter[str] = Counter()
    for said, left in power.cuts(disk, events, number, seed):
        print_of = hashlib.sha256(repr(sorted(left.items())).encode()).digest()
        if print_of not in known:
            _put(lived.parent, left)
            known[print_of] = found(lived, key)
        there = known[print_of]
        if isinstance(there, str):
            ended[there] += 1
        else:
            ended[SOUND if there >= {f"第{each}笔" for each in said} else LOST] += 1
    _put(lived.parent, before)
    print(f"{number} cuts, {len(known)} different: {dict(ended)}")
    return ended


def _put(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder)
    for name, content in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)


def test_a_few_power_cuts(lived, password):
    assert outcomes(lived, password, FEW) == {SOUND: FEW}


@pytest.mark.slow
def test_nothing_said_to_be_saved_is_lost(lived, password, more):
    number = (800 if password is None else 200) * more
    assert outcomes(lived, password, number, seed=2) == {SOUND: number}


@pytest.mark.slow
@pytest.mark.parametrize("weaker", ["synchronous=NORMAL", "synchronous=OFF", "journal_mode=DELETE"])
@pytest.mark.parametrize("password", [None], ids=["plain"], indirect=True, scope="session")
def test_with_a_weaker_setting_losses_are_seen(lived, monkeypatch, weaker):
    """The control: were it so here, the test would tell."""
    connect = connections.connect

    def weakened(*given: Any) -> Any:
        connection = connect(*given)
        connection.execute(f"PRAGMA {weaker}")
        return connection

    monkeypatch.setattr(module, "connect", weakened)
    ended = outcomes(lived, None, 120)
    assert ended[LOST] + ended[CORRUPT] + ended[HALF] > 10
