"""What was done about unpaid dues."""

from collections.abc import Sequence
from datetime import date

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
