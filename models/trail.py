"""Reading the trail back: whether its chain holds, and whether the tables are what it says they should be."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import audit
from models.audit import ADD, CHANGE, REMOVE, Anchor, Change, Line, Operation
from models.base import Base, Money, Record
from models.records import chapters

TABLES = chapters.CHAPTERS  # importing them makes every table known, however little was imported before


@dataclass(frozen=True)
class Difference:
    """A record that is not as the trail left it: missing, extra, or with other values in some columns."""

    table: str
    record_id: int
    kind: str
    columns: tuple[str, ...] = ()


MISSING, EXTRA, ALTERED, BROKEN = "missing", "extra", "altered", "broken"


def anchor(session: Session) -> Anchor:
    """The trail as it stands, to be kept where nobody can change it along with the file."""
    return Anchor(audit.length(session), audit.head(session))


def break_in_chain(session: Session) -> int | None:
    """The number of the first line whose hash does not follow from the lines before it; None when all do.

    A line that lost the words about an erased person keeps its hash; what is left of it is as the erasure wrote down.
    """
    erased = audit.erased_lines(session)
    operations = {operation.id: audit.told(operation) for operation in session.scalars(select(Operation))}
    previous = ""
    for change in session.execute(select(*Change.__table__.columns).order_by(Change.id)):
        told = operations.get(change.operation_id)
        line = Line(change.table_name, change.record_id, change.verb, change.old, change.new)
        if told is None:
            return int(change.id)
        if audit.chained(previous, told, line) != change.hash:
            left = erased.get(change.id)
            if left is None or left != audit.chained(change.hash, told, line):
                return int(change.id)
        previous = change.hash
    return None


def holds(session: Session, anchored: Anchor) -> bool:
    """Whether the trail still contains what was anchored, at its place."""
    if anchored.length == 0:
        return True
    found = session.scalar(select(Change.hash).order_by(Change.id).offset(anchored.length - 1).limit(1))
    return found == anchored.head


def empty_operations(session: Session) -> Sequence[int]:
    """The operations that have no line: their lines were taken out, or they were put in by hand."""
    described = select(Change.operation_id).distinct()
    return session.scalars(select(Operation.id).where(Operation.id.not_in(described)).order_by(Operation.id)).all()


def record_types() -> dict[str, type[Record]]:
    """Every table of records that the program knows, by name."""
    types = (mapper.class_ for mapper in Base.registry.mappers)
    return {type_.__tablename__: type_ for type_ in types if issubclass(type_, Record)}


def differences(session: Session) -> Iterator[Difference]:
    """The records that are not as the trail left them, table by table."""
    folded, broken = _fold(session)
    yield from broken
    for table, type_ in sorted(record_types().items()):
        expected = folded.pop(table, {})
        for record_id, values in _stored(session, type_):
            stated = expected.pop(record_id, None)
            if stated is None:
                yield Difference(table, record_id, EXTRA)
            elif (wanted := _as_kept(type_, stated)) != values:
                columns = sorted(name for name in {*wanted, *values} if wanted.get(name) != values.get(name))
                yield Difference(table, record_id, ALTERED, tuple(columns))
        yield from (Difference(table, record_id, MISSING) for record_id in expected)
    yield from (Difference(table, record_id, MISSING) for table, left in folded.items() for record_id in left)


def _fold(session: Session) -> tuple[dict[str, dict[int, dict[str, Any]]], list[Difference]]:
    """What every record should be by its lines, and the lines that cannot follow the ones before them."""
    tables: dict[str, dict[int, dict[str, Any]]] = {}
    broken = []
    lines = select(Change.table_name, Change.record_id, Change.verb, Change.old, Change.new).order_by(Change.id)
    for table, record_id, verb, old_text, new_text in session.execute(lines):
        records = tables.setdefault(table, {})
        old, new = json.loads(old_text or "{}"), json.loads(new_text or "{}")
        known = records.get(record_id)
        if verb == ADD and known is None:
            records[record_id] = _without_nothing(new)
        elif verb == CHANGE and known is not None and all(known.get(name) == value for name, value in old.items()):
            records[record_id] = _without_nothing(known | new)
        elif verb == REMOVE and known == old:
            del records[record_id]
        else:
            broken.append(Difference(table, record_id, BROKEN))
    return tables, broken


def _stored(session: Session, record_type: type[Record]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every row of a table as the file keeps it, past the types: a foreign program may have left anything there."""
    names = [column.name for column in record_type.__table__.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    # Spelt out: compiling a query for each of a hundred tables would take longer than reading a branch's file.
    statement = f'SELECT {columns} FROM "{record_type.__tablename__}" ORDER BY id'
    for row in session.connection().exec_driver_sql(statement):
        kept = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        yield kept["id"], {name: value for name, value in kept.items() if name not in audit.UNTRACKED}


def _as_kept(record_type: type[Record], stated: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a line as the file should keep them: money in fen, yes and no as 1 and 0."""
    kinds = {column.name: column.type for column in record_type.__table__.columns}
    return {
        name: int(Decimal(value).scaleb(2)) if isinstance(kinds.get(name), Money) else value
        for name, value in stated.items()
    }


def _without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
