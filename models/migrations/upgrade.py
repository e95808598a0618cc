"""Bringing an older data file up to the present schema, on a copy that takes its place only when it is sound."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, inspect

from models import files
from models.errors import UserError
from models.migrations import SCHEMA, versions

EngineOf = Callable[[Path], Engine]
_STEP = re.compile(r"(\d{4})_\w+")


def bring_up(path: Path, engine_of: EngineOf, target: int = SCHEMA) -> None:
    """Brings the file to schema `target`; the old one is kept beside it, and stays in place when anything fails.

    `engine_of` gives an engine over a file with its key, with foreign keys off and transactions that begin by locking.
    """
    aside, opened = files.aside_of(path), files.identity(path)
    engine = engine_of(path)
    try:
        with files.refusing(f"“{path.name}”没有升级成功，原文件没有动"), ExitStack() as holding:
            holding.callback(engine.dispose)
            # The lock is held until the new file is in place, so that nothing saved meanwhile is lost.
            held = holding.enter_context(engine.connect())
            before = schema_of(held)
            if files.identity(path) != opened or before >= target:
                raise UserError(f"“{path.name}”刚刚被另一个窗口升级，请再打开一次。")
            _copy(path, aside, engine_of)
            _change(aside, engine_of, before, target)
            files.flush(aside)
            files.keep(path, path.with_name(f"{path.stem}.格式{before}{path.suffix}"))
            files.exchange(aside, path, holding.close)
    finally:
        aside.unlink(missing_ok=True)


def schema_of(connection: Connection) -> int:
    """The number of the schema that the file is in."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def run(connection: Connection, before: int, target: int) -> None:
    """Takes the steps from schema `before` to `target`, and their number, within the connection's transaction."""
    context = MigrationContext.configure(connection)
    for number, step in steps():
        if before < number <= target:
            given = _given_numbers(connection)
            with Operations.context(context):
                step.upgrade()
            _keep_given(connection, given)
            connection.exec_driver_sql(f"PRAGMA user_version={number}")


def _given_numbers(connection: Connection) -> dict[str, int]:
    """The last number given in each table; a table that a step puts in the place of another would begin anew."""
    if not inspect(connection).has_table("sqlite_sequence"):
        return {}
    rows = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
    return {row.name: row.seq for row in rows}


def _keep_given(connection: Connection, given: dict[str, int]) -> None:
    known = _given_numbers(connection)
    for table, number in given.items():
        if table in known:
            connection.exec_driver_sql("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (number, table))
        elif inspect(connection).has_table(table):
            connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))


def steps() -> Iterator[tuple[int, ModuleType]]:
    """All steps in order, each with the number of the schema that it leads to."""
    for found in sorted(iter_modules(versions.__path__), key=lambda each: each.name):
        named = _STEP.fullmatch(found.name)
        if named:
            yield int(named[1]), import_module(f"{versions.__name__}.{found.name}")


def _copy(path: Path, aside: Path, engine_of: EngineOf) -> None:
    aside.touch(exist_ok=False)
    # Not over the connection that holds the lock: SQLite copies from no connection that may be writing.
    with _raw(engine_of(path)) as source, _raw(engine_of(aside)) as target:
        source.backup(target)


@contextmanager
def _raw(engine: Engine) -> Iterator[Any]:
    connection = engine.raw_connection()
    try:
        yield connection.driver_connection
    finally:
        connection.close()
        engine.dispose()


def _change(aside: Path, engine_of: EngineOf, before: int, target: int) -> None:
    engine = engine_of(aside)
    try:
        with engine.begin() as connection:
            lines = _lines(connection)
            run(connection, before, target)
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            linked = not connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if not (sound and linked and schema_of(connection) == target and _lines(connection) == lines):
                raise UserError("数据文件升级后没有通过核对，原文件没有动。请先备份，再与维护人员联系。")
    finally:
        engine.dispose()
        aside.with_name(f"{aside.name}-journal").unlink(missing_ok=True)


def _lines(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM changes").scalar_one())
