"""The ground of the tables: naming of constraints, and how money, months and partial dates are kept."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, TypeVar

from sqlalchemy import Integer, MetaData, String, Table
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

from models.errors import UserError
from models.rules.periods import Month, PartialDate

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


_month = cache(Month.parse)  # a long ledger reads the same few months thousands of times


class Money(TypeDecorator[Decimal]):
    """Yuan as Decimal of whole fen, kept as an integer of fen."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        fen = value * 100
        if fen != fen.to_integral_value():
            raise ValueError(f"{value} is not a whole number of fen")
        return int(fen)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-2)


class MonthText(TypeDecorator[Month]):
    """A month, kept as YYYY-MM."""

    impl = String(7)
    cache_ok = True

    def process_bind_param(self, value: Month | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Month | None:
        return None if value is None else _month(value)


class PartialDay(TypeDecorator[PartialDate]):
    """A date as exactly as it is known, kept as YYYY, YYYY-MM or YYYY-MM-DD."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> PartialDate | None:
        return None if value is None else PartialDate.parse(value)


class Base(DeclarativeBase):
    """Every table; `metadata` names constraints so that migrations can speak of them."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {Decimal: Money, Month: MonthText, PartialDate: PartialDay}


class Record(Base):
    """A numbered row that two people may edit: the version column turns a lost update into an error.

    A number is never given twice, even when the record that had it was removed: the trail speaks of records by number.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    version: Mapped[int] = mapped_column(sort_order=-1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    @classmethod
    def __table_cls__(cls, *arguments: Any, **options: Any) -> Table:
        return Table(*arguments, sqlite_autoincrement=True, **options)


Numbered = TypeVar("Numbered", bound=Base)


def numbered(session: Session, record_type: type[Numbered], number: int | None, what: str) -> Numbered:
    """The record of a number; UserError, which calls it `what`, when there is none."""
    found = session.get(record_type, number) if number is not None else None
    if found is None:
        raise UserError(f"没有编号为 {number} 的{what}，可能已经删除。")
    return found


def assign(record: Base, values: Mapping[str, Any]) -> bool:
    """Gives a record the values that differ from its own; whether any did."""
    changed = {key: value for key, value in values.items() if getattr(record, key) != value}
    for key, value in changed.items():
        setattr(record, key, value)
    return bool(changed)
