"""F23 签到表: the sheet that is signed at the door, with the names of those who are called to the activity."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.ledger import View
from models.records.life.activities import DROPPED, PLANNED, Activity
from models.records.life.activity_kinds import by_key
from models.records.life.attendance import Attendance
from models.records.life.entitlement import entitled
from models.records.life.owing import Owing
from models.records.members.members import Member

Numbered = Sequence[tuple[int, Any]]


@dataclass(frozen=True, slots=True)
class SignInRecord:
    """The sheet of one activity; without names it is the blank with lines to write them in."""

    unit: str | None = None
    kind: str | None = None
    name: str | None = None
    day: date | None = None
    begins: str | None = None
    place: str | None = None
    theme: str | None = None
    names: tuple[str, ...] = ()


def sign_in_sheets(session: Session, view: View) -> Numbered:
    """A sheet for each activity of the period, planned or held, in order of the day; a plan has the names of today."""
    first, last = view.period.first, view.period.last
    planned = and_(Activity.planned_on.between(first.first_day, last.last_day), Activity.state == PLANNED)
    held = and_(Activity.held_on.between(first.first_day, last.last_day), Activity.state.not_in((PLANNED, DROPPED)))
    chosen = select(Activity).where(or_(planned, held))
    if view.branch_id is not None:
        chosen = chosen.where(Activity.branch_id == view.branch_id)
    found = sorted(session.scalars(chosen), key=lambda each: (str(each.held_on or each.planned_on), each.id))
    return [(each.id, record) for each, record in zip(found, _recorded(session, found, view.today), strict=True)]


def sign_in_sheet(session: Session, activity_id: int, today: date) -> SignInRecord:
    """The sheet of one activity."""
    return _recorded(session, [session.get_one(Activity, activity_id)], today)[0]


def _recorded(session: Session, found: Sequence[Activity], today: date) -> list[SignInRecord]:
    kinds, owing = by_key(session), Owing(session)
    rolls = _rolls(session, [each.id for each in found if each.state != PLANNED])
    called: dict[tuple[str, int], tuple[str, ...]] = {}
    records = []
    for each in found:
        kind = kinds[each.kind]
        names = tuple(rolls.get(each.id, ()))
        if each.state == PLANNED:
            asked = (each.kind, each.organisation_id)
            if asked not in called:
                called[asked] = tuple(who.name for who in entitled(session, kind, each.organisation_id, today))
            names = called[asked]
        records.append(
            SignInRecord(
                unit=owing.title(each.organisation_id),
                kind=kind.name,
                name=each.title,
                day=each.held_on or each.planned_on,
                begins=each.begins,
                place=each.place,
                theme=each.theme,
                names=names,
            )
        )
    return records


def _rolls(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    """The names on the roll of each activity, guests last."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    chosen = (
        select(Attendance.activity_id, Member.name)
        .join(Member, Member.id == Attendance.member_id)
        .where(Attendance.activity_id.in_(ids))
        .order_by(Attendance.entitled.desc(), Attendance.id)
    )
    for activity_id, name in session.execute(chosen):
        found[activity_id].append(name)
    return found
