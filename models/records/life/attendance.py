"""Who was called to an activity and who came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ForeignKey, Select, UniqueConstraint, case, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.errors import FieldError, UserError
from models.records.life.activity_kinds import Kind
from models.records.life.entitlement import entitled
from models.records.members.members import find_by_id
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, PRESENT, STATES, Count

_AT_ONCE = 500  # numbers in one question


class Attendance(Record):
    """One member and one activity: `state` is 出席, 请假, 公出 or 缺席, None while not called.

    `entitled` is False for a guest from the file's own members (列席); `voting` has a vote there; `dual` attends as an
    ordinary member beside leading others (双重组织生活); `made_up_on` is the day on which the study was made up.
    """

    __tablename__ = "attendances"
    __table_args__ = (UniqueConstraint("activity_id", "member_id"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    state: Mapped[str | None]
    reason: Mapped[str | None]
    entitled: Mapped[bool]
    voting: Mapped[bool]
    dual: Mapped[bool]
    made_up_on: Mapped[date | None]


@dataclass(frozen=True)
class Mark:
    """What is said of one member at an activity."""

    state: str | None
    reason: str | None = None


def roll(session: Session, activity_id: int) -> Sequence[Attendance]:
    """Everybody called to an activity, then its guests, in the order in which they were called."""
    chosen = select(Attendance).where(Attendance.activity_id == activity_id)
    return session.scalars(chosen.order_by(Attendance.entitled.desc(), Attendance.id)).all()


def call_roll(session: Session, activity_id: int, kind: Kind, organisation_id: int, day: date) -> list[str]:
    """Puts on the roll those entitled on the day, and takes off those who are not.

    Whoever is marked stays on it as a guest when no longer entitled: the names of these are answered.
    """
    if kind.entitled == "named":
        return []
    known = {each.member_id: each for each in roll(session, activity_id)}
    called = {each.member_id: each for each in entitled(session, kind, organisation_id, day)}
    guests = []
    for member_id, each in called.items():
        if member_id in known:
            known[member_id].entitled, known[member_id].voting = True, each.voting
        else:
            session.add(_new(activity_id, member_id, entitled=True, voting=each.voting))
    for member_id, old in known.items():
        if member_id in called or not old.entitled:
            continue
        if old.state is None:
            session.delete(old)
        else:
            old.entitled, old.voting = False, False
            guests.append(find_by_id(session, member_id).name)
    session.flush()
    return guests


def mark(session: Session, activity_id: int, marks: Mapping[int, Mark]) -> None:
    """Says who came; FieldError for a state that is none, UserError for somebody who is not on the roll."""
    known = {each.member_id: each for each in roll(session, activity_id)}
    for member_id, said in marks.items():
        found = known.get(member_id)
        if found is None:
            raise UserError(f"{find_by_id(session, member_id).name}不在这次活动的名单里。")
        if said.state is not None and said.state not in STATES:
            raise FieldError("state", f"出席情况应为{'、'.join(STATES)}。")
        reason = said.reason if said.state not in (None, PRESENT) else None
        if (found.state, found.reason) != (said.state, reason):
            found.state, found.reason = said.state, reason
            if said.state in (None, PRESENT):
                found.made_up_on = None
    session.flush()


def bring(session: Session, activity_id: int, member_id: int, called: bool = False, voting: bool = False) -> Attendance:
    """Adds a member who came without being on the roll: a guest (列席), or `called` where the kind goes by names."""
    member = find_by_id(session, member_id)
    if any(each.member_id == member.id for each in roll(session, activity_id)):
        raise FieldError("name", f"{member.name}已经在名单里。")
    added = _new(activity_id, member.id, entitled=called, voting=called and voting)
    added.state = PRESENT
    session.add(added)
    session.flush()
    return added


def take_off(session: Session, activity_id: int, member_id: int) -> None:
    """Takes a guest, or somebody named by mistake, off the list."""
    for each in roll(session, activity_id):
        if each.member_id == member_id:
            session.delete(each)
    session.flush()


def set_dual(session: Session, activity_id: int, member_id: int, dual: bool) -> None:
    """Says that a leading cadre attended as an ordinary member (双重组织生活), or takes it back."""
    for each in roll(session, activity_id):
        if each.member_id == member_id and each.dual != dual:
            each.dual = dual
    session.flush()


def clear(session: Session, activity_id: int) -> None:
    """Takes everybody off the list of an activity that is no longer held."""
    for each in roll(session, activity_id):
        session.delete(each)
    session.flush()


def join(session: Session, kept_id: int, gone_id: int) -> None:
    """Of a person who was called twice to an activity, one is left: whoever was there was there."""
    mine = {each.activity_id: each for each in session.scalars(_of(kept_id))}
    for other in session.scalars(_of(gone_id)).all():
        known = mine.get(other.activity_id)
        if known is None:
            continue
        if known.state != PRESENT and other.state is not None and (other.state == PRESENT or known.state is None):
            known.state, known.reason, known.made_up_on = other.state, other.reason, other.made_up_on
        known.entitled, known.voting = known.entitled or other.entitled, known.voting or other.voting
        known.dual = known.dual or other.dual
        session.delete(other)
    session.flush()


def _of(member_id: int) -> Select[Attendance]:
    return select(Attendance).where(Attendance.member_id == member_id).order_by(Attendance.id)


def counts(session: Session, activity_ids: Sequence[int]) -> dict[int, Count]:
    """How those called to each activity add up, of those who have a list at all."""
    found: dict[int, Count] = {}
    for start in range(0, len(activity_ids), _AT_ONCE):
        found |= _counts(session, activity_ids[start : start + _AT_ONCE])
    return found


def _counts(session: Session, activity_ids: Sequence[int]) -> dict[int, Count]:
    called, voting, present = Attendance.entitled.is_(True), Attendance.voting.is_(True), Attendance.state == PRESENT
    chosen = (
        select(
            Attendance.activity_id,
            _number(called),
            _number(called & present),
            _number(called & Attendance.state.in_((LEAVE, ON_DUTY))),
            _number(called & (Attendance.state == ABSENT)),
            _number(voting),
            _number(voting & present),
            _number(Attendance.entitled.is_(False)),
        )
        .where(Attendance.activity_id.in_(activity_ids))
        .group_by(Attendance.activity_id)
    )
    return {row[0]: Count(*row[1:]) for row in session.execute(chosen)}


def _number(met: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((met, 1), else_=0))


def _new(activity_id: int, member_id: int, entitled: bool, voting: bool) -> Attendance:
    return Attendance(activity_id=activity_id, member_id=member_id, entitled=entitled, voting=voting, dual=False)
