"""What was done and said about unpaid dues: reminders, talks, deadlines, and reasons that the branch accepts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError
from models.kinds import tidy
from models.records.members.members import find_by_id
from models.rules.periods import Month

TALK, ACCEPTED = "谈话", "认可原因"
REMINDER_KINDS = ("提醒", "催交", TALK, "批评教育", ACCEPTED, "记录原因")
FIELDS = ("on", "kind", "by", "text", "deadline", "from_month", "to_month")


class Reminder(Record):
    """Something noted about a member's arrears; `by` is who did it, `deadline` the day by which all is to be paid.

    A reason that the branch accepted covers months from `from_month` on: without `to_month` until it is ended.
    """

    __tablename__ = "reminders"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    on: Mapped[date]
    kind: Mapped[str]
    text: Mapped[str]
    by: Mapped[str | None]
    deadline: Mapped[date | None]
    from_month: Mapped[Month | None]
    to_month: Mapped[Month | None]


class Excuses:
    """The months for which the branch accepted a reason: they count in no run of unpaid months."""

    def __init__(self, session: Session, member_id: int | None = None) -> None:
        chosen = select(Reminder.member_id, Reminder.from_month, Reminder.to_month)
        chosen = chosen.where(Reminder.kind == ACCEPTED)
        if member_id is not None:
            chosen = chosen.where(Reminder.member_id == member_id)
        found: defaultdict[int, list[tuple[Month, Month | None]]] = defaultdict(list)
        for who, first, last in session.execute(chosen):
            if first is not None:
                found[who].append((first, last))
        self._of: Mapping[int, Sequence[tuple[Month, Month | None]]] = found

    def cover(self, member_id: int, month: Month) -> bool:
        """Whether a reason for the member's month was accepted."""
        own = self._of.get(member_id)
        return own is not None and any(first <= month and (last is None or month <= last) for first, last in own)


def remind(session: Session, member_id: int, on: date, kind: str, text: str, **more: Any) -> Reminder:
    """Notes what was done or said about a member's arrears; `more` are the other fields of the record."""
    find_by_id(session, member_id)
    wanted = _verified(session, member_id, {"on": on, "kind": kind, "text": text, **more}, None)
    made = Reminder(member_id=member_id, **wanted)
    session.add(made)
    session.flush()
    return made


def change(session: Session, number: int, values: Mapping[str, Any]) -> Reminder:
    """Corrects a note; fields that are not given stay as they are."""
    found = _numbered(session, number)
    known = {key: getattr(found, key) for key in FIELDS}
    for key, value in _verified(session, found.member_id, known | dict(values), number).items():
        if known[key] != value:
            setattr(found, key, value)
    session.flush()
    return found


def remove(session: Session, number: int) -> None:
    """Removes a note that was made by mistake."""
    session.delete(_numbered(session, number))
    session.flush()


def of_member(session: Session, member_id: int) -> Sequence[Reminder]:
    """What was noted about a member, the oldest first."""
    found = select(Reminder).where(Reminder.member_id == member_id).order_by(Reminder.on, Reminder.id)
    return session.scalars(found).all()


def by_member(session: Session) -> Mapping[int, Sequence[Reminder]]:
    """All notes by member, the oldest first."""
    found: defaultdict[int, list[Reminder]] = defaultdict(list)
    for each in session.scalars(select(Reminder).order_by(Reminder.on, Reminder.id)):
        found[each.member_id].append(each)
    return found


def _numbered(session: Session, number: int) -> Reminder:
    return numbered(session, Reminder, number, "催交记录")


def _verified(session: Session, member_id: int, values: Mapping[str, Any], number: int | None) -> dict[str, Any]:
    """The fields of a note; FieldError where they say too little or do not go together."""
    wanted = {key: values.get(key) for key in FIELDS}
    wanted |= {"text": tidy(wanted["text"] or ""), "by": tidy(wanted["by"] or "") or None}
    on, start, end = wanted["on"], wanted["from_month"], wanted["to_month"]
    if wanted["kind"] not in REMINDER_KINDS:
        raise FieldError("kind", f"种类应为{'、'.join(REMINDER_KINDS)}。")
    if not wanted["text"]:
        raise FieldError("text", "请写明情况。")
    if wanted["deadline"] is not None and wanted["deadline"] < on:
        raise FieldError("deadline", f"限期早于 {on}，请核对。")
    if wanted["kind"] != ACCEPTED:
        return wanted | {"from_month": None, "to_month": None}
    if start is None:
        raise FieldError("from_month", "请填写从哪个月起认可。")
    if end is not None and end < start:
        raise FieldError("to_month", f"终止月 {end} 早于起始月 {start}。")
    for each in of_member(session, member_id):
        if each.kind == ACCEPTED and each.id != number and each.from_month is not None:
            apart = (each.to_month is not None and each.to_month < start) or (end is not None and end < each.from_month)
            if not apart:
                raise FieldError("from_month", f"与 {each.on} 认可的原因重叠，请先给那一条填上终止月。")
    return wanted
