"""A posting of dues with its scan, killed before every system call, and every call on a file refused in every way."""

import errno
import itertools
import json
import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from models import attachments, checks
from models import database as module
from models.attachments import FOLDER
from models.database import Database
from models.failures import UNCONFIRMED, UNKNOWN
from tests.reliability import tracer
from tests.reliability.posting import SAVED, post_between_marks, posted
from tests.reliability.tracer import Call, Die

pytestmark = [
    pytest.mark.skipif(not tracer.CAN_TRACE, reason="knows the registers of one processor only"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

WRITING = dict.fromkeys(("write", "writev", "pwrite64", "ftruncate", "fallocate"), (errno.ENOSPC, errno.EIO))
FLUSHING = dict.fromkeys(("fsync", "fdatasync"), (errno.EIO, errno.ENOSPC))
NAMING = dict.fromkeys(
    ("open", "openat", "rename", "renameat", "unlink", "unlinkat", "mkdir", "link"),
    (errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EIO),
)
READING = dict.fromkeys(("read", "pread64", "lseek", "stat", "newfstatat", "fstat"), (errno.EIO,))
ERRORS = WRITING | FLUSHING | NAMING | READING
ONE, TWO = "第1笔", "第2笔"


class Folder:
    """The folder of a data file that is put back as it was before each trial."""

    def __init__(self, path: Path, password: str | None) -> None:
        self.path, self.password = path, password
        self.kept = path.parent.with_name("原样")
        shutil.copytree(path.parent, self.kept)

    def put_back(self) -> None:
        shutil.rmtree(self.path.parent)
        shutil.copytree(self.kept, self.path.parent)

    def run(self, watch: Callable[[Call], int | Die | None]) -> tuple[int, list[str]]:
        """How a child that posts ended, and what it told of its two postings."""
        reading, writing = os.pipe()

        def job() -> None:
            told = post_between_marks(self.path, self.password, 1)
            os.write(writing, json.dumps(told).encode())

        self.put_back()
        with os.fdopen(reading, "rb") as answer:
            ended = tracer.run(job, watch)
            os.close(writing)
            told = answer.read()
        return ended, json.loads(told) if told else []

    def look(self) -> set[str]:
        """What is posted when the program is started again; asserts that all of it is whole, within three seconds."""
        begun = time.monotonic()
        with closing(Database.open(self.path, self.password)) as database:
            attachments.tidy(database)
            assert time.monotonic() - begun < 3
            found = posted(database)
            assert checks.check(database) == []
        assert {each.name for each in self.path.parent.iterdir()} == {self.path.name, FOLDER}
        return found


@pytest.fixture
def folder(lived, password):
    return Folder(lived, password)


def calls_of(folder: Folder) -> list[str]:
    """The names of all system calls of a posting that nobody disturbs."""
    seen: list[str] = []
    ended, told = folder.run(lambda call: seen.append(call.name) if call.result is None else None)
    assert (ended, told) == (0, [SAVED, SAVED])
    assert folder.look() == {ONE, TWO}
    return seen


def at(number: int, verdict: int | Die) -> Callable[[Call], int | Die | None]:
    """Passes a verdict on the call of that number, counted from nought."""
    passed = itertools.count()
    return lambda call: verdict if call.result is None and next(passed) == number else None


def from_on(number: int, error: int) -> Callable[[Call], int | None]:
    """Has every call on files from that number on fail."""
    passed = itertools.count()

    def watch(call: Call) -> int | None:
        return error if call.result is None and next(passed) >= number and call.name in ERRORS else None

    return watch


def test_a_kill_before_every_call(folder, few):
    calls = calls_of(folder)
    assert len(calls) > 100
    found: Counter[bool] = Counter()
    for number in few(range(len(calls)), 3):
        ended, told = folder.run(at(number, Die.NOW))
        assert (ended, told) == (tracer.KILLED, [])
        there = folder.look()
        assert there in (set(), {ONE})
        found[bool(there)] += 1
    print(f"{found.total()} of {len(calls)} calls: {found[False]} times the old state, {found[True]} times the new one")
    assert found[False]


def test_an_error_of_every_call(folder, few):
    cases = [(place, error) for place, name in enumerate(calls_of(folder)) for error in ERRORS.get(name, ())]
    tried, refused = few(cases, 3), 0
    for number, error in tried:
        ended, told = folder.run(at(number, error))
        assert ended == 0, f"{errno.errorcode[error]} at call {number}"
        first, second = told
        assert second == SAVED
        assert folder.look() == ({ONE, TWO} if first == SAVED else {TWO})
        if first != SAVED:
            assert re.fullmatch(r"[^A-Za-z]*没有(保存|存成)[^A-Za-z]*。", first.replace("第1笔.pdf", "")), first
            refused += 1
    print(f"{len(tried)} of {len(cases)} errors: {refused} refused, the others did no harm")
    assert refused >= len(tried) / 3


def test_a_stick_pulled_out_before_every_call(folder, few):
    """From one call on every one fails, until the stick is in its place again."""
    places = [place for place, name in enumerate(calls_of(folder)) if name in ERRORS]
    told: Counter[str] = Counter()
    for first in few(places, 3):
        ended, (one, two) = folder.run(from_on(first, errno.EIO))
        assert (ended, two) == (0, SAVED), f"from call {first} on"
        there = folder.look()
        if one == UNKNOWN:  # nobody can tell until the stick is there again
            assert there in ({TWO}, {ONE, TWO})
        else:
            assert one in (SAVED, UNCONFIRMED) or re.search(r"没有(保存|存成)", one), one
            assert there == ({ONE, TWO} if one in (SAVED, UNCONFIRMED) else {TWO}), one
        told[one if one in (SAVED, UNCONFIRMED, UNKNOWN) else "refused"] += 1
    print(f"{told.total()} of {len(places)} calls: {dict(told)}")
    assert told["refused"]
    assert told[UNKNOWN] <= 7 or folder.password is not None  # whose driver tells less of the error


def test_a_disk_that_confirms_nothing_any_more(folder):
    """What stands in the file is not said to be lost: it would be entered twice."""
    truncated = False

    def watch(call: Call) -> int | None:
        nonlocal truncated
        truncated = truncated or call.name == "ftruncate"
        return errno.EIO if truncated and call.name in FLUSHING else None

    ended, told = folder.run(watch)
    assert ended == 0
    assert told[0] == UNCONFIRMED
    assert folder.look() >= {ONE}


@pytest.mark.parametrize("few", ["few"], indirect=True)
def test_without_a_transaction_halves_are_seen(folder, few, monkeypatch):
    """The control: a program that saves piece by piece does not pass here."""
    monkeypatch.setattr(module, "_say_begin", lambda _connection: None)
    calls: list[str] = []
    folder.run(lambda call: calls.append(call.name))
    seen = 0
    for number in few(range(len(calls) // 2), 5):
        folder.run(at(number, Die.NOW))
        try:
            folder.look()
        except AssertionError:
            seen += 1
    assert seen
