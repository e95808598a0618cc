"""SQLAlchemy loaded for the start of the window: what it never needs here waits, and is there once it is asked for."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WAITS = """
import sys
from models import orm_loading

orm_loading.load()
import sqlalchemy
from sqlalchemy.util import compat

sqlalchemy.create_engine("sqlite://").connect().close()
waiting = {"asyncio", "ssl", "subprocess", "importlib.metadata", "email"}
print(*sorted(waiting & set(sys.modules)))

import asyncio.queues  # for whoever comes later, the module itself, and one of each part of it
from importlib import metadata

assert type(asyncio) is type(sys) and type(metadata) is type(sys)
assert asyncio.queues.Queue is asyncio.Queue is compat.asyncio.Queue
assert metadata.entry_points is compat.importlib_metadata.entry_points
"""
ASKED = """
from models import orm_loading

orm_loading.load()
from sqlalchemy.util import compat, concurrency


async def nothing():
    pass


begun = nothing()
assert concurrency.iscoroutine(begun) and not concurrency.iscoroutine(nothing)
begun.close()
assert concurrency.is_exit_exception(KeyboardInterrupt())
assert concurrency.is_cancellation_exception(concurrency.asyncio.CancelledError())
assert compat.importlib_metadata_get("sqlalchemy.dialects") is not None
import asyncio

assert concurrency.asyncio.CancelledError is asyncio.CancelledError
"""


def python(code: str) -> str:
    return subprocess.check_output([sys.executable, "-W", "error", "-c", code], cwd=ROOT, text=True).strip()


def test_what_sqlalchemy_never_needs_here_is_not_loaded():
    assert python(WAITS) == ""


def test_it_is_there_once_it_is_asked_for():
    python(ASKED)


def test_nothing_changes_where_sqlalchemy_is_loaded_already():
    from models import orm_loading

    before = dict(sys.modules)
    orm_loading.load()
    assert dict(sys.modules) == before
