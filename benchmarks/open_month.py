"""Opening a month for a hundred thousand members, beside a bare executemany of the very rows that it leaves behind."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.case import Case
from models import founding
from models.database import Database
from models.records.dues import months
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import Month, PartialDate

MEMBERS = 100_000
_TODAY = date(2026, 11, 20)
_MONTH = Month(2026, 11)
_TABLES = ("dues", "changes")


def branch(folder: Path) -> tuple[Path, Path, list[tuple[str, list[Any]]]]:
    """A file of members who owe, the same opened, and the rows by which the two differ, as statements with values."""
    path, opened = folder / "支部.zbtz", folder / "已开账.zbtz"
    with closing(founding.make(path, "某局机关党支部", _TODAY)) as database, database.writing("名册") as session:
        first = members.add(session, {"name": "甲", "birth_date": PartialDate(1980), "dues_base": Decimal(5000)})
        common = {"branch_id": first.branch_id, "status": first.status, "initials": "j", "version": 1}
        session.execute(insert(Member), [common | _member(number) for number in range(1, MEMBERS)])
    opened.write_bytes(path.read_bytes())
    with closing(Database.open(opened)) as database:
        _open(database)
    with closing(sqlite3.connect(opened)) as there, closing(sqlite3.connect(path)) as here:
        return path, folder, [_added(there, here, table) for table in _TABLES]


def _member(number: int) -> dict[str, Any]:
    joined = PartialDate.of(date(1990, 1, 1) + timedelta(days=number % 7000))
    return {"name": f"甲{number}", "dues_base": Decimal(3000 + number % 9000), "joined_on": joined}


def _added(there: sqlite3.Connection, here: sqlite3.Connection, table: str) -> tuple[str, list[Any]]:
    known = here.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
    rows = there.execute(f"SELECT * FROM {table} WHERE id > ?", (known,)).fetchall()
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows


def _open(database: Database) -> None:
    with database.writing("开账") as session:
        if months.open_month(session, _MONTH, _TODAY).added != MEMBERS:
            raise RuntimeError("not everybody owes")


def ours(work: tuple[Path, Path, list[tuple[str, list[Any]]]]) -> None:
    """Reads the members, works out what each owes, keeps it with its line in the trail."""
    with closing(Database.open(work[0])) as database:
        _open(database)


def bare(work: tuple[Path, Path, list[tuple[str, list[Any]]]]) -> None:
    """The same rows, ready made, into the same tables."""
    with closing(sqlite3.connect(work[0])) as connection:
        for statement, rows in work[2]:
            connection.executemany(statement, rows)
        connection.commit()


CASES = (
    Case(
        f"a month opened for {MEMBERS:,} members", "sqlite3 executemany of the same rows", branch, ours, bare, limit=3
    ),
)
