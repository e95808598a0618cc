"""What every reversal by a counter-entry asks for: that the record still stands, and a reason."""

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.kinds import tidy

Recorded = TypeVar("Recorded", bound=Record)


def reversible(
    session: Session, record_type: type[Recorded], number: int, what: str, again: str = "重新登记"
) -> Recorded:
    """The record of a number that is no counter-entry and against which none stands; UserError for another.

    `what` is what such a record is called, `again` how one that was reversed by mistake comes back. The table has a
    column `reverses_id`.
    """
    found: Any = numbered(session, record_type, number, what)
    if found.reverses_id is not None:
        raise UserError(f"这一笔本身就是冲销记录，不能再改动或冲销；如需恢复，请{again}。")
    if is_reversed(session, record_type, number):
        raise UserError(f"编号为 {number} 的{what}已经冲销过了。")
    checked: Recorded = found
    return checked


def is_reversed(session: Session, record_type: type[Record], number: int) -> bool:
    """Whether a counter-entry stands against the record of a number."""
    kind: Any = record_type
    return session.scalar(select(kind.id).where(kind.reverses_id == number)) is not None


def reason_given(reason: str | None) -> str:
    """Why it is reversed, tidied; FieldError without a word."""
    given = tidy(reason)
    if not given:
        raise FieldError("reason", "请写明冲销原因。")
    return given
