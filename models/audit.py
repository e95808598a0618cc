"""The trail of changes: one line for each record added, changed or removed, chained by hashes.

A line holds who, when, what, the old and the new values. h(n) = SHA-256(h(n−1) + line n), so a line altered, taken out
or put in later shows; the head is printed on ledgers and kept in every backup's manifest, so a cut tail shows too.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import Connection, ForeignKey, event, insert, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Money, MonthText, PartialDay, Record
from models.rules.periods import Month, PartialDate

Verb = Literal["add", "change", "remove"]
UNTRACKED = frozenset({"id", "version"})


class Operation(Base):
    """One thing a person did: all of its changes were saved together; `undoes_id` names the one it took back."""

    __tablename__ = "operations"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    actor: Mapped[str]
    title: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("operations.id"))


class Change(Base):
    """One line of the trail; `old` and `new` are JSON objects of column values, only those that differ for a change."""

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey("operations.id"), index=True)
    table_name: Mapped[str] = mapped_column(index=True)
    record_id: Mapped[int] = mapped_column(index=True)
    verb: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    hash: Mapped[str]


@dataclass(frozen=True)
class Line:
    """A change not yet written."""

    table: str
    record_id: int
    verb: Verb
    old: str | None
    new: str | None


class AuditedSession(Session):
    """A session that remembers what it changes until `finish` writes it down."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines: list[Line] = []
        self.undoes: int | None = None


def packed(values: Mapping[str, Any]) -> str:
    """Column values as the JSON text of a line, keys in order."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def unpacked(record_type: type[Record], text: str) -> dict[str, Any]:
    """The column values of a line, each of the type that the record holds."""
    columns = record_type.__table__.columns
    return {name: _restored(columns[name].type, value) for name, value in json.loads(text).items()}


def _restored(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    readers: tuple[tuple[type, Callable[[str], Any]], ...] = (
        (Money, Decimal),
        (MonthText, Month.parse),
        (PartialDay, PartialDate.parse),
    )
    for type_, read in readers:
        if isinstance(kind, type_):
            return read(value)
    return date.fromisoformat(value) if kind.python_type is date else value


def _remember(session: Session, _context: Any) -> None:
    """Listens to every flush: the records still know what they were."""
    if not isinstance(session, AuditedSession):
        return
    for record in session.new:
        if isinstance(record, Record):
            session.lines.append(Line(record.__tablename__, record.id, "add", None, packed(_values(record))))
    for record in session.dirty:
        if isinstance(record, Record):
            old, new = _differences(record)
            if new:
                session.lines.append(Line(record.__tablename__, record.id, "change", packed(old), packed(new)))
    for record in session.deleted:
        if isinstance(record, Record):
            session.lines.append(Line(record.__tablename__, record.id, "remove", packed(_values(record)), None))


event.listen(AuditedSession, "after_flush", _remember)


def _columns(record: Record) -> list[str]:
    return [column.name for column in record.__table__.columns if column.name not in UNTRACKED]


def _values(record: Record) -> dict[str, Any]:
    loaded = ((name, getattr(record, name)) for name in _columns(record))
    return {name: value for name, value in loaded if value is not None}


def _differences(record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    state = inspect(record)
    for name in _columns(record):
        history = state.attrs[name].load_history()
        if history.has_changes():
            old[name] = history.deleted[0] if history.deleted else None
            new[name] = history.added[0] if history.added else None
    return old, new


def note_added(session: Session, record_type: type[Record], rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Notes records that were added in bulk, past the unit of work: (id, column values) each."""
    assert isinstance(session, AuditedSession)
    for record_id, values in rows:
        known = {name: value for name, value in values.items() if value is not None and name not in UNTRACKED}
        session.lines.append(Line(record_type.__tablename__, record_id, "add", None, packed(known)))


def finish(session: AuditedSession, actor: str, title: str, at: datetime) -> None:
    """Writes the remembered lines as one operation within the session's transaction; nothing when there are none."""
    session.flush()
    if not session.lines:
        return
    operation = Operation(at=at.isoformat(timespec="seconds"), actor=actor, title=title, undoes_id=session.undoes)
    session.add(operation)
    session.flush()
    previous = head(session)
    rows = []
    for line in session.lines:
        previous = chained(previous, operation, line.table, line.record_id, line.verb, line.old, line.new)
        rows.append(
            {
                "operation_id": operation.id,
                "table_name": line.table,
                "record_id": line.record_id,
                "verb": line.verb,
                "old": line.old,
                "new": line.new,
                "hash": previous,
            }
        )
    session.lines.clear()
    session.execute(insert(Change), rows)


def head(session: Session) -> str:
    """The hash of the last line, "" for an empty trail."""
    return session.scalar(select(Change.hash).order_by(Change.id.desc()).limit(1)) or ""


def chained(
    previous: str, operation: Operation, table: str, record_id: int, verb: str, old: str | None, new: str | None
) -> str:
    """The hash of a line that follows the line with the hash `previous`."""
    parts: Sequence[Any] = (
        operation.id, operation.at, operation.actor, operation.title, operation.undoes_id,
        table, record_id, verb, old, new,
    )  # fmt: skip
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous.encode() + text.encode()).hexdigest()


def protect(connection: Connection) -> None:
    """Triggers that refuse to alter or remove what was written."""
    for table in ("operations", "changes"):
        for verb in ("UPDATE", "DELETE"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
            )


@dataclass(frozen=True)
class HistoryLine:
    """A change as a person reads it: moment (UTC, ISO), who, what was done, verb, old and new values by column."""

    at: str
    actor: str
    title: str
    verb: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]


def history(session: Session, record_type: type[Record], record_id: int) -> list[HistoryLine]:
    """All changes of one record, the newest first."""
    found = session.execute(
        select(Operation.at, Operation.actor, Operation.title, Change.verb, Change.old, Change.new)
        .join(Operation, Operation.id == Change.operation_id)
        .where(Change.table_name == record_type.__tablename__, Change.record_id == record_id)
        .order_by(Change.id.desc())
    )
    return [
        HistoryLine(at, actor, title, verb, json.loads(old or "{}"), json.loads(new or "{}"))
        for at, actor, title, verb, old, new in found
    ]
