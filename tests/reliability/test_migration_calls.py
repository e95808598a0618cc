"""Files of every earlier schema, killed before the calls that change a file while they are brought up: old or new."""

import gzip
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from models import checks, connections, keys
from models.database import Database
from models.migrations import SCHEMA
from models.records.members.members import Member
from tests.models.test_saved_files import SAVED
from tests.reliability import tracer
from tests.reliability.tracer import Call, Die

pytestmark = [
    pytest.mark.skipif(not tracer.CAN_TRACE, reason="knows the registers of one processor only"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

CHANGING = ("write", "pwrite64", "ftruncate", "fsync", "fdatasync", "rename", "link", "unlink", "openat", "chmod")
NAMES = ["张红卫", "周丽萍", "林小满"]


@pytest.fixture(params=SAVED, ids=lambda path: path.name.split(".")[0])
def older(request: pytest.FixtureRequest, tmp_path: Path, password: str | None) -> Path:
    """A file that an earlier version saved, once as it is and once encrypted."""
    plain, path = tmp_path / "原样", tmp_path / "数据" / "旧.zbtz"
    path.parent.mkdir()
    plain.write_bytes(gzip.decompress(request.param.read_bytes()))
    if password is None:
        plain.replace(path)
    else:
        path.touch()
        with connections.recrypted(plain, None, path, keys.new_key(password)):
            pass
    return path


def at(number: int, seen: list[str]) -> Callable[[Call], Die | None]:
    """Kills before the change of that number, counted from nought; notes the names of those that were reached."""

    def watch(call: Call) -> Die | None:
        if call.result is not None or call.name not in CHANGING:
            return None
        seen.append(call.name)
        return Die.NOW if len(seen) > number else None

    return watch


def names(path: Path, password: str | None) -> list[str]:
    """Who is in the file when the program is started again; asserts that all of it is in order."""
    with closing(Database.open(path, password)) as database:
        assert checks.check(database) == []
        assert not list(path.parent.glob(".~*"))  # the copy of a plain file that a kill left is as plain
        with database.reading() as session:
            return list(session.scalars(select(Member.name).order_by(Member.id)))


@pytest.mark.slow
def test_a_kill_before_the_changes_of_a_file(older, password, more):
    """Before each of the last and every sixteenth of the others; before all of them with --more 16."""
    sound = older.read_bytes()
    kept = older.parent.with_name("留存")
    shutil.copytree(older.parent, kept)

    def put_back() -> None:
        shutil.rmtree(older.parent)
        shutil.copytree(kept, older.parent)

    def job() -> None:
        tracer.mark()
        Database.open(older, password).close()
        tracer.mark()

    assert names(older, password) == NAMES  # what is imported is imported here, before anything is counted
    put_back()
    calls: list[str] = []
    assert tracer.run(job, at(10**9, calls)) == 0
    assert names(older, password) == NAMES
    assert any(older.parent.glob(f"*格式[1-{SCHEMA - 1}]*"))
    last = len(calls) - 20  # from about there on the new file takes the place of the old one
    old, places = 0, [*range(0, last, max(1, 16 // more)), *range(last, len(calls))]
    for place in places:
        put_back()
        assert tracer.run(job, at(place, [])) == tracer.KILLED
        old += older.read_bytes() == sound
        assert names(older, password) == NAMES
    print(f"{len(places)} of {len(calls)} calls: {old} times the old file, else the new one")
    assert 0 < old < len(places)
