"""Opening a month for a hundred thousand members, beside a bare executemany of the very rows that it leaves behind."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks.case import Case
from models import connections, founding
from models.database import Database
from models.keys import FileKey
from models.records.dues import months
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import Month, PartialDate

MEMBERS = 100_000
_TODAY = date(2026, 11, 20)
_MONTH = Month(2026, 11)
_TABLES = ("dues", "changes")


@dataclass(frozen=True)
class Work:
    """A file of members who owe, its key, and the rows that the month adds, as statements with values."""

    path: Path
    key: FileKey | None
    added: Sequence[tuple[str, list[Any]]]


def branch(folder: Path) -> Work:
    """A plain file of members who owe, and the rows by which the same with the month opened differs."""
    return _branch(folder, None)


def encrypted(folder: Path) -> Work:
    """The same as an encrypted file; its key is derived here, and not while anything is measured."""
    return _branch(folder, "开账用的密码")


def _branch(folder: Path, password: str | None) -> Work:
    path, opened = folder / "支部.zbtz", folder / "已开账.zbtz"
    made = founding.make(path, "某局机关党支部", _TODAY, password=password)
    with closing(made) as database, database.writing("名册") as session:
        first = members.add(session, {"name": "甲", "birth_date": PartialDate(1980), "dues_base": Decimal(5000)})
        common = {"branch_id": first.branch_id, "status": first.status, "initials": "j", "version": 1}
        session.execute(insert(Member), [common | _member(number) for number in range(1, MEMBERS)])
    opened.write_bytes(path.read_bytes())
    with closing(Database.with_key(opened, made.key)) as database:
        _open(database)
    with closing(_bare(opened, made.key)) as there, closing(_bare(path, made.key)) as here:
        return Work(path, made.key, [_added(there, here, table) for table in _TABLES])


def _bare(path: Path, key: FileKey | None) -> Any:
    """The driver's connection with the key and no other setting."""
    connection = connections.driver(encrypted=key is not None).connect(path)
    connections.prepare(connection, key)
    return connection


def _member(number: int) -> dict[str, Any]:
    joined = PartialDate.of(date(1990, 1, 1) + timedelta(days=number % 7000))
    return {"name": f"甲{number}", "dues_base": Decimal(3000 + number % 9000), "joined_on": joined}


def _added(there: Any, here: Any, table: str) -> tuple[str, list[Any]]:
    known = here.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
    rows = there.execute(f"SELECT * FROM {table} WHERE id > ?", (known,)).fetchall()
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows


def _open(database: Database) -> None:
    with database.writing("开账") as session:
        if months.open_month(session, _MONTH, _TODAY).added != MEMBERS:
            raise RuntimeError("not everybody owes")


def ours(work: Work) -> None:
    """Reads the members, works out what each owes, keeps it with its line in the trail."""
    with closing(Database.with_key(work.path, work.key)) as database:
        _open(database)


def bare(work: Work) -> None:
    """The same rows, ready made, into the same tables."""
    with closing(_bare(work.path, work.key)) as connection:
        for statement, rows in work.added:
            connection.executemany(statement, rows)
        connection.commit()


_TITLE = f"a month opened for {MEMBERS:,} members"
CASES = (
    Case(_TITLE, "sqlite3 executemany of the same rows", branch, ours, bare, limit=3),
    Case(f"{_TITLE}, encrypted", "the same by sqlcipher3", encrypted, ours, bare, limit=3),
)
