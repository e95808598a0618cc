"""Which tables name the records of another table."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Base, Record


def naming(named: type[Record]) -> Sequence[tuple[type[Record], str]]:
    """Every table that names records of `named`, with the column that does, in order of the tables' names."""
    found = [
        (mapper.class_, column.name)
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Record)
        for column in mapper.class_.__table__.columns
        if any(key.column.table.name == named.__tablename__ for key in column.foreign_keys)
    ]
    return sorted(found, key=lambda each: each[0].__tablename__)


def of_record(session: Session, record_type: type[Record], column: str, number: int) -> Sequence[Record]:
    """The records of a table that name the record of a number, in order of entry."""
    chosen = select(record_type).where(getattr(record_type, column) == number).order_by(record_type.id)
    return session.scalars(chosen).all()
