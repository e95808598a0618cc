"""What was done about unpaid dues, and the count of the cash drawer."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.errors import FieldError
from models.records.members import find_by_id

REMINDER_KINDS = ("提醒", "催交", "谈话", "记录原因")


class Reminder(Record):
    """A reminder, a talk or a reason noted about a member's arrears."""

    __tablename__ = "reminders"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    on: Mapped[date]
    kind: Mapped[str]
    text: Mapped[str]


class CashCount(Record):
    """The cash counted on a day: `pieces` is JSON of how many of each denomination, `booked` the cash in the books."""

    __tablename__ = "cash_counts"

    day: Mapped[date] = mapped_column(unique=True)
    pieces: Mapped[str]
    counted: Mapped[Decimal]
    booked: Mapped[Decimal]
    remark: Mapped[str | None]


def remind(session: Session, member_id: int, on: date, kind: str, text: str) -> None:
    """Notes what was done or said about a member's arrears."""
    find_by_id(session, member_id)
    if kind not in REMINDER_KINDS:
        raise FieldError("kind", f"种类应为{'、'.join(REMINDER_KINDS)}。")
    if not text.strip():
        raise FieldError("text", "请写明情况。")
    session.add(Reminder(member_id=member_id, on=on, kind=kind, text=text.strip()))
    session.flush()


def of_member(session: Session, member_id: int) -> Sequence[Reminder]:
    """What was noted about a member, the oldest first."""
    found = select(Reminder).where(Reminder.member_id == member_id).order_by(Reminder.on, Reminder.id)
    return session.scalars(found).all()


def count_cash(
    session: Session, day: date, pieces: Mapping[Decimal, int], booked: Decimal, remark: str | None = None
) -> Decimal:
    """Keeps the count of a day (a later count of the same day replaces it); answers counted − booked, in yuan."""
    if any(number < 0 for number in pieces.values()):
        raise FieldError("pieces", "张数不能是负数。")
    counted = sum((value * number for value, number in pieces.items()), Decimal(0))
    text = json.dumps({str(value): number for value, number in pieces.items()})
    known = cash_count(session, day)
    if known is None:
        session.add(CashCount(day=day, pieces=text, counted=counted, booked=booked, remark=remark))
    else:
        known.pieces, known.counted, known.booked, known.remark = text, counted, booked, remark
    session.flush()
    return counted - booked


def cash_count(session: Session, day: date) -> CashCount | None:
    """The count kept for a day."""
    return session.scalars(select(CashCount).where(CashCount.day == day)).first()


def counted_pieces(count: CashCount) -> dict[Decimal, int]:
    """How many of each denomination (yuan) were counted."""
    return {Decimal(value): number for value, number in json.loads(count.pieces).items()}
