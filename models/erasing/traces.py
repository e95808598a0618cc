"""Rewriting tables and trail alike, so that the one is still what the other says and the chain still holds."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, String, Table, or_, select, update
from sqlalchemy.orm import Session

from models import audit, initials, trail
from models.audit import CHANGE, Change, Line, Operation
from models.base import Base, Money
from models.erasing.belongings import Belongings
from models.erasing.going import COLUMNS, GONE, KEPT_FACTS, KEPT_OF_MEMBER, NAMES
from models.erasing.words import Words, spelt

_UNTOUCHED = frozenset({*audit.TRAIL, "erasures"})
_SNAPSHOTS = "sent_tables"
_AT_ONCE = 5_000


@dataclass(frozen=True)
class Traces:
    """What is to be rewritten: the person's own records, and the words in all others."""

    belongings: Belongings
    words: Words

    def constants(self, table: str, number: int) -> Mapping[str, Any]:
        """What the columns of a record hold afterwards; none where the record is not the person's own."""
        values = self.belongings.records.get(table, {}).get(number)
        if values is None:
            return {}
        if table == "members":
            return _of_member(number)
        if table == "care_cases" and values.get("member_id") is None:
            return dict.fromkeys(COLUMNS[table]) | {"name": f"已删除对象{number}"}
        if table == "member_facts" and values.get("field") in KEPT_FACTS:
            return {"reason": None}
        columns = Base.metadata.tables[table].c
        return {name: None if columns[name].nullable else _instead(table, name) for name in COLUMNS[table]}

    def line(self, line: Line) -> Line:
        """A line of the trail as it reads afterwards."""
        constants = self._stated(line.table, line.record_id)
        old, new = (self._text(line, text, constants) for text in (line.old, line.new))
        return line._replace(old=old, new=new)

    def text(self, table: str, column: str, value: Any) -> Any:
        """A value of a column without the words; what is no text stays."""
        return self.words.without(table, column, value) if isinstance(value, str) else value

    def _stated(self, table: str, number: int) -> Mapping[str, Any]:
        """The constants as the trail states them."""
        constants = self.constants(table, number)
        if not constants:
            return {}
        stated: Mapping[str, Any] = json.loads(audit.packed(trail.record_types()[table], constants))
        return stated

    def _text(self, line: Line, text: str | None, constants: Mapping[str, Any]) -> str | None:
        if text is None:
            return None
        values = {key: self.text(line.table, key, value) for key, value in json.loads(text).items()}
        values = {key: value for key, value in values.items() if key not in constants}
        if line.verb != CHANGE:  # of a record added or removed every column is told, of a change what differs
            values |= {key: value for key, value in constants.items() if value is not None}
        rewritten = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text if values == json.loads(text) else rewritten


def _of_member(number: int) -> Mapping[str, Any]:
    name = f"已删除人员{number}"
    gone = (column.name for column in Base.metadata.tables["members"].c if column.name not in KEPT_OF_MEMBER)
    return dict.fromkeys(gone) | {"name": name, "initials": initials.of(name)}


def _instead(table: str, column: str) -> Any:
    """What stands in a column that cannot be empty."""
    if isinstance(Base.metadata.tables[table].c[column].type, Money):
        return Decimal(0)
    return "已删除人员" if column in NAMES else GONE


def rewrite_tables(session: Session, traces: Traces) -> None:
    """Rewrites every table but the trail, past the unit of work: no new line tells what the old values were."""
    for table in Base.metadata.sorted_tables:
        if table.name in _UNTOUCHED:
            continue
        for number in traces.belongings.records.get(table.name, {}):
            _set(session, table, number, traces.constants(table.name, number))
        _rewrite_texts(session, table, traces)


def _rewrite_texts(session: Session, table: Table, traces: Traces) -> None:
    texts = [column for column in table.c if isinstance(column.type, String)]
    if not texts or not traces.words.needles:
        return
    stored = select(table.c.id, *texts)
    if table.name != _SNAPSHOTS:  # packed texts are looked into one by one
        stored = stored.where(or_(*(_holding(column, traces.words) for column in texts)))
    for row in session.connection().execute(stored).mappings().all():
        said = {column.name: traces.text(table.name, column.name, row[column.name]) for column in texts}
        _set(session, table, row["id"], {name: text for name, text in said.items() if text != row[name]})


def _holding(column: Any, words: Words) -> ColumnElement[bool]:
    return or_(*(column.contains(said, autoescape=True) for needle in words.needles for said in _spellings(needle)))


def _spellings(needle: str) -> set[str]:
    """A needle as it stands, as JSON spells it, and as JSON within JSON does."""
    return {needle, spelt(needle), spelt(needle).replace("\\", "\\\\")}


def _set(session: Session, table: Table, number: int, values: Mapping[str, Any]) -> None:
    if not values:
        return
    more = {"version": table.c.version + 1} if "version" in table.c else {}
    session.connection().execute(update(table).where(table.c.id == number).values(**values, **more))


def rewrite_trail(session: Session, traces: Traces) -> dict[int, str]:
    """Rewrites what the lines and the titles of the trail say; answers the fingerprints of what is left, by line.

    The hashes stay: they were those of the lines as they were written, and the lines behind them rest on them.
    """
    connection, table = session.connection(), Base.metadata.tables[Change.__tablename__]
    audit.unprotect(connection)
    retitled = _retitle(session, traces)
    told = {operation.id: audit.told(operation) for operation in session.scalars(select(Operation))}
    prints = {}
    for change in _suspects(session, traces, retitled):
        line = Line(change.table_name, change.record_id, change.verb, change.old, change.new)
        left = traces.line(line)
        if left != line or change.operation_id in retitled:
            connection.execute(update(table).where(table.c.id == change.id).values(old=left.old, new=left.new))
            prints[change.id] = audit.chained(change.hash, told[change.operation_id], left)
    audit.protect(connection)
    return prints


def _retitle(session: Session, traces: Traces) -> set[int]:
    """Takes the words out of the titles of operations; answers which were changed."""
    table = Base.metadata.tables[Operation.__tablename__]
    changed: set[int] = set()
    if not traces.words.needles:
        return changed
    for number, title in session.execute(select(Operation.id, Operation.title)).all():
        said = traces.text(table.name, "title", title)
        if said != title:
            session.connection().execute(update(table).where(table.c.id == number).values(title=said))
            changed.add(number)
    session.expire_all()
    return changed


def _suspects(session: Session, traces: Traces, retitled: set[int]) -> Iterator[Any]:
    """The lines that may tell of the person."""
    own = traces.belongings.records
    for change in _lines(session):
        if (
            change.operation_id in retitled
            or change.record_id in own.get(change.table_name, {})
            or change.table_name == _SNAPSHOTS
            or any(_says(text, traces.words) for text in (change.old, change.new) if text)
        ):
            yield change


def _lines(session: Session) -> Iterator[Any]:
    """Every line, some at a time: the trail of a large file does not fit into memory, and it is changed on the way."""
    table, connection = Base.metadata.tables[Change.__tablename__], session.connection()
    last = 0
    while found := connection.execute(
        select(table).where(table.c.id > last).order_by(table.c.id).limit(_AT_ONCE)
    ).all():  # fmt: skip
        yield from found
        last = found[-1].id


def _says(text: str, words: Words) -> bool:
    return any(said in text for needle in words.needles for said in _spellings(needle))
