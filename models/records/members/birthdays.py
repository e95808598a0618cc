"""How a member's political birthday (政治生日) was marked in a year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.records.members.members import find_by_id

FIELDS = ("held_on", "form", "talker", "remark")


class BirthdayNote(Record):
    """What was done for one member in one year, and when; `talker` is who spoke with the member."""

    __tablename__ = "birthday_notes"
    __table_args__ = (UniqueConstraint("member_id", "year"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    year: Mapped[int]
    held_on: Mapped[date | None]
    form: Mapped[str | None]
    talker: Mapped[str | None]
    remark: Mapped[str | None]


def note(session: Session, member_id: int, year: int, values: Mapping[str, Any]) -> bool:
    """Notes how the birthday of the year was marked; answers whether anything changed. Empty values remove the note."""
    member = find_by_id(session, member_id)
    known = noted(session, member.id, year)
    wanted = {key: values.get(key) for key in FIELDS}
    if known is None:
        if not any(wanted.values()):
            return False
        session.add(BirthdayNote(member_id=member.id, year=year, **wanted))
    elif not any(wanted.values()):
        session.delete(known)
    elif all(getattr(known, key) == wanted[key] for key in FIELDS):
        return False
    else:
        for key in FIELDS:
            setattr(known, key, wanted[key])
    session.flush()
    return True


def noted(session: Session, member_id: int, year: int) -> BirthdayNote | None:
    """What was noted of a member's birthday of a year."""
    chosen = select(BirthdayNote).where(BirthdayNote.member_id == member_id, BirthdayNote.year == year)
    return session.scalars(chosen).first()
