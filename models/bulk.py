"""Very many rows at once: values as the file keeps them go to the driver and back, past the work on each row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import make_dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Select, insert, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from models.base import Base

_AT_ONCE = 1000


class Columns:
    """Some columns of a table; stored values are those in the file: money in fen, months and days as text."""

    def __init__(self, session: Session, table: type[Base], names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._session, self._table = session, table
        self._row: Callable[..., Any] = make_dataclass("StoredRow", self.names, slots=True)
        dialect = session.connection().dialect
        kinds = [table.__table__.c[name].type.dialect_impl(dialect) for name in names]
        self._writers = [kind.bind_processor(dialect) or _same for kind in kinds]
        self._readers = [kind.result_processor(dialect, None) or _same for kind in kinds]

    def stored(self, values: Iterable[Any]) -> tuple[Any, ...]:
        """The values of the columns as the file keeps them."""
        return tuple(write(value) for write, value in zip(self._writers, values, strict=True))

    def loaded(self, stored: Iterable[Any]) -> Any:
        """The values of a row made of stored ones, each under the name of its column."""
        return self._row(*(read(value) for read, value in zip(self._readers, stored, strict=True)))

    def reading(self, *first: Any) -> Select[Any]:
        """A query for `first` and behind it the columns with their stored values."""
        return select(*first, *(type_coerce(self._table.__table__.c[name], NullType()) for name in self.names))

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Adds rows of stored values to the table, within the open transaction."""
        connection = self._session.connection()
        statement = insert(self._table).compile(dialect=connection.dialect, column_keys=list(self.names))
        rows = iter(rows)
        while part := list(islice(rows, _AT_ONCE)):
            connection.exec_driver_sql(str(statement), _as_taken(part, self.names, statement.positiontup))


def _as_taken(rows: Sequence[Any], names: tuple[str, ...], places: Sequence[str] | None) -> list[Any]:
    """The rows as the driver takes them: by name, or by the places that the statement gives them."""
    if places is None:
        return [dict(zip(names, row, strict=True)) for row in rows]
    if tuple(places) == names:
        return list(rows)
    order = [names.index(name) for name in places]
    return [tuple(row[place] for place in order) for row in rows]


def _same(value: Any) -> Any:
    return value
