"""The trail of changes: one line for each record added, changed or removed, chained by hashes.

A line holds who, when, what, the old and the new values. h(n) = SHA-256(h(n−1) + line n), so a line altered, taken out
or put in later shows; the head is printed on ledgers and kept in every backup's manifest, so a cut tail shows too.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import repeat
from json.encoder import encode_basestring as _quoted
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, Date, ForeignKey, Select, event, func, inspect, select
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, SessionTransaction, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from models.base import Base, Money, MonthText, PartialDay, Record
from models.bulk import Columns
from models.rules.periods import Month, PartialDate

ADD, CHANGE, REMOVE = "add", "change", "remove"
TRAIL = ("operations", "changes")
# Made once: json.dumps would make an encoder anew for each of an import's ten thousand lines.
_IN_ORDER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_AS_FOUND = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=repr).encode
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
class Anchor:
    """The trail as it was at some moment: how many lines, and the hash of the last one."""

    length: int
    head: str


class Line(NamedTuple):
    """One change: the text of the old and new values is as `packed` writes it."""

    table: str
    record_id: int
    verb: str
    old: str | None
    new: str | None


class AuditedSession(Session):
    """A session that remembers what it changes until `finish` writes it down; `undoes` is the operation taken back."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines: list[Line] = []
        self.undoes: int | None = None
        self.marks: dict[SessionTransaction, int] = {}


def packed(record_type: type[Record], values: Mapping[str, Any]) -> str:
    """Column values as the JSON text of a line: keys in order, each value as `unpacked` reads it back."""
    writers = _writers(record_type)
    stated = {
        name: writers[name](value) if value is not None and name in writers else value for name, value in values.items()
    }
    return _IN_ORDER(stated)


def unpacked(record_type: type[Record], text: str | None) -> dict[str, Any]:
    """The column values of a line, each of the type that the record holds; none for a line without values."""
    readers = _readers(record_type)
    return {
        name: readers[name](value) if value is not None and name in readers else value
        for name, value in json.loads(text or "{}").items()
    }


@cache
def _writers(record_type: type[Record]) -> Mapping[str, Callable[[Any], Any]]:
    return _by_column(
        record_type, ((Money, _money_text), (Boolean, bool), (Date, str), (MonthText, str), (PartialDay, str))
    )


@cache
def _readers(record_type: type[Record]) -> Mapping[str, Callable[[Any], Any]]:
    kinds = ((Money, Decimal), (Date, date.fromisoformat), (MonthText, Month.parse), (PartialDay, PartialDate.parse))
    return _by_column(record_type, kinds)


def _by_column(
    record_type: type[Record], kinds: Sequence[tuple[type, Callable[[Any], Any]]]
) -> dict[str, Callable[[Any], Any]]:
    return {
        column.name: convert
        for column in record_type.__table__.columns
        for kind, convert in kinds
        if isinstance(column.type, kind)
    }


def _money_text(value: Decimal) -> str:
    return f"{value:.2f}"


def _remember_old(session: Session, _context: Any, _instances: Any) -> None:
    """Listens before every flush, while the file still holds what the records were."""
    if not isinstance(session, AuditedSession):
        return
    for record in session.dirty:
        if isinstance(record, Record):
            old, new = _differences(session, record)
            if new:
                type_ = type(record)
                line = Line(record.__tablename__, record.id, CHANGE, packed(type_, old), packed(type_, new))
                session.lines.append(line)
    for record in session.deleted:
        if isinstance(record, Record):
            old_text = packed(type(record), _kept(session, record, _columns(type(record))))
            session.lines.append(Line(record.__tablename__, record.id, REMOVE, old_text, None))


def _remember_new(session: Session, _context: Any) -> None:
    """Listens after every flush, when the new records have their numbers."""
    if not isinstance(session, AuditedSession):
        return
    for record in session.new:
        if isinstance(record, Record):
            text = packed(type(record), _values(record))
            session.lines.append(Line(record.__tablename__, record.id, ADD, None, text))


def _mark(session: Session, transaction: SessionTransaction) -> None:
    if isinstance(session, AuditedSession):
        session.marks[transaction] = len(session.lines)


def _forget(session: Session, transaction: SessionTransaction) -> None:
    """What was rolled back, to a savepoint too, has not happened."""
    if isinstance(session, AuditedSession):
        del session.lines[session.marks.get(transaction, 0) :]


def _refuse_past_the_trail(state: ORMExecuteState) -> None:
    """An UPDATE or DELETE of many rows at once would leave no line: change the records themselves."""
    if isinstance(state.session, AuditedSession) and (state.is_update or state.is_delete):
        raise TypeError("records are changed and removed one by one, so that each leaves its line")


event.listen(AuditedSession, "before_flush", _remember_old)
event.listen(AuditedSession, "after_flush", _remember_new)
event.listen(AuditedSession, "after_transaction_create", _mark)
event.listen(AuditedSession, "after_soft_rollback", _forget)
event.listen(AuditedSession, "do_orm_execute", _refuse_past_the_trail)


@cache
def _columns(record_type: type[Record]) -> tuple[str, ...]:
    return tuple(column.name for column in record_type.__table__.columns if column.name not in UNTRACKED)


def _values(record: Record) -> dict[str, Any]:
    loaded = ((name, getattr(record, name)) for name in _columns(type(record)))
    return {name: value for name, value in loaded if value is not None}


def _differences(session: Session, record: Record) -> tuple[dict[str, Any], dict[str, Any]]:
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    unknown = []
    attributes = inspect(record).attrs
    for name in _columns(type(record)):
        history = attributes[name].history
        if history.has_changes():
            new[name] = history.added[0] if history.added else None
            old[name] = history.deleted[0] if history.deleted else None
            if not history.deleted:
                unknown.append(name)
    if unknown:  # set without having been read, as after a rollback to a savepoint
        old.update(dict.fromkeys(unknown) | _kept(session, record, unknown))
    for name in [name for name in new if new[name] == old[name]]:
        del old[name], new[name]
    return old, new


def _kept(session: Session, record: Record, names: Iterable[str]) -> dict[str, Any]:
    """What the file holds of a record in the columns that are not empty."""
    table = record.__table__
    stored = select(*(table.c[name] for name in names)).where(table.c.id == record.id)
    return {name: value for name, value in _only_row(session, stored).items() if value is not None}


def _only_row(session: Session, statement: Select[Any]) -> Mapping[Any, Any]:
    found = session.connection().execute(statement).mappings().first()
    if found is None:
        raise StaleDataError("the record is no longer there")
    return found


def note_lines(session: Session, record_type: type[Record], numbers: Iterable[int], texts: Iterable[str]) -> None:
    """Notes records that were added in bulk: the number of each, and its values as `packed` writes them."""
    assert isinstance(session, AuditedSession)
    session.lines += map(Line, repeat(record_type.__tablename__), numbers, repeat(ADD), repeat(None), texts)


def note_added(session: Session, record_type: type[Record], rows: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Notes records that were added in bulk, past the unit of work: (id, column values) each."""
    assert isinstance(session, AuditedSession)
    for record_id, values in rows:
        known = {name: value for name, value in values.items() if value is not None and name not in UNTRACKED}
        session.lines.append(Line(record_type.__tablename__, record_id, ADD, None, packed(record_type, known)))


def finish(session: AuditedSession, actor: str, title: str, at: datetime) -> None:
    """Writes the remembered lines as one operation within the session's transaction; nothing when there are none."""
    session.flush()
    if not session.lines:
        return
    operation = Operation(at=at.isoformat(timespec="seconds"), actor=actor, title=title, undoes_id=session.undoes)
    session.add(operation)
    session.flush()
    Columns(session, Change, _KEPT).add(chain(session.lines, operation, head(session)))
    session.lines.clear()


_KEPT = ("operation_id", "table_name", "record_id", "verb", "old", "new", "hash")


def chain(lines: Iterable[Line], operation: Operation, previous: str) -> Iterator[tuple[Any, ...]]:
    """The lines of an operation as rows, behind the hash `previous`: what `chained` answers, at a third of the work."""
    known = _AS_FOUND(told(operation))[:-1]
    number = operation.id
    for table, record_id, verb, old, new in lines:
        before = "null" if old is None else _quoted(old)
        after = "null" if new is None else _quoted(new)
        parts = f'{known},{_quoted(table)},{record_id},"{verb}",{before},{after}]'
        previous = hashlib.sha256((previous + parts).encode()).hexdigest()
        yield number, table, record_id, verb, old, new, previous


def head(session: Session) -> str:
    """The hash of the last line, "" for an empty trail."""
    return session.scalar(select(Change.hash).order_by(Change.id.desc()).limit(1)) or ""


def latest(session: Session) -> int:
    """The number of the last operation, 0 for none; when it grows, somebody has saved something."""
    return session.scalar(select(func.max(Operation.id))) or 0


def length(session: Session) -> int:
    """How many lines the trail has; together with the head it anchors all that was written until now."""
    return session.scalar(select(func.count()).select_from(Change)) or 0


def told(operation: Operation) -> tuple[Any, ...]:
    """What every line's hash says of its operation."""
    return operation.id, operation.at, operation.actor, operation.title, operation.undoes_id


def chained(previous: str, operation: tuple[Any, ...], line: Line) -> str:
    """The hash of a line that follows the line with the hash `previous`; `operation` as `told`."""
    parts = (*operation, line.table, line.record_id, line.verb, line.old, line.new)
    # A foreign program may have left bytes where text belongs: that is a broken line, not an error.
    text = _AS_FOUND(parts)
    return hashlib.sha256(previous.encode() + text.encode()).hexdigest()


def erased_lines(session: Session) -> dict[int, str]:
    """The lines that lost what they told of a person, each with what `chained` answers for its hash and what is left.

    They stand in the lines of the erasures themselves (models/records/erasures.py), which hold like any other.
    """
    found: dict[int, str] = {}
    told = select(Change.new).where(Change.table_name == "erasures", Change.verb == ADD, Change.new.is_not(None))
    for text in session.scalars(told.order_by(Change.id)):
        try:
            found |= {int(number): left for number, left in json.loads(json.loads(text or "")["lines"]).items()}
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # another program was at this line: it excuses none, and the chain breaks at it
    return found


def protect(connection: Connection) -> None:
    """Triggers that refuse to alter or remove what was written."""
    for name, table, verb in triggers():
        connection.exec_driver_sql(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
        )


def unprotect(connection: Connection) -> None:
    """Takes the triggers of `protect` away within a transaction: for the erasing of a person alone."""
    for name, _, _ in triggers():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def unprotected(connection: Connection) -> bool:
    """Whether a trigger of `protect` is missing."""
    kept = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())
    return not kept.issuperset(name for name, _, _ in triggers())


def triggers() -> list[tuple[str, str, str]]:
    """The triggers of `protect`: name, table, verb."""
    return [(f"{table}_no_{verb.lower()}", table, verb) for table in TRAIL for verb in ("UPDATE", "DELETE")]


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
