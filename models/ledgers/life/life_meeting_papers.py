"""F25, the papers around a 组织生活会: opinions asked for, and the list of self-examinations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.life.vote_papers import unit_of
from models.ledgers.sheets import furniture
from models.records.life.activities import Activity
from models.records.life.attendance import roll
from models.records.members.members import Member

Numbered = Sequence[tuple[int, Any]]
LIFE_MEETING = "life_meeting"


@dataclass(frozen=True, slots=True)
class OpinionRecord:
    """F25, the sheet on which opinions are asked for before a 组织生活会."""

    unit: str | None = None
    year: int | None = None
    theme: str | None = None
    maker: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """F25, the list of the self-examinations for a 组织生活会: of the committee, then of each member."""

    unit: str | None = None
    year: int | None = None
    held_on: date | None = None
    names: tuple[tuple[str, str], ...] = ()
    maker: str | None = None


def _life_meetings(session: Session, view: View) -> list[Activity]:
    """The 组织生活会 held or planned in the view's year, of the branch looked at."""
    first, last = view.period.first.first_day, view.period.last.last_day
    to_come = Activity.held_on.is_(None) & Activity.planned_on.between(first, last)
    chosen = select(Activity).where(Activity.kind == LIFE_MEETING, Activity.held_on.between(first, last) | to_come)
    if view.branch_id is not None:
        chosen = chosen.where(Activity.branch_id == view.branch_id)
    return list(session.scalars(chosen.order_by(Activity.held_on, Activity.planned_on, Activity.id)))


def opinion_sheets(session: Session, view: View) -> Numbered:
    """F25: a sheet for each 组织生活会 of the year."""
    maker = furniture(session, view).maker
    return [
        (each.id, OpinionRecord(unit_of(session, each), view.period.year, each.theme, maker))
        for each in _life_meetings(session, view)
    ]


def review_lists(session: Session, view: View) -> Numbered:
    """F25: the list of self-examinations for each 组织生活会, with those called to it."""
    maker = furniture(session, view).maker
    found = []
    for each in _life_meetings(session, view):
        members = [session.get_one(Member, called.member_id) for called in roll(session, each.id) if called.entitled]
        names = tuple((member.name, member.party_post or "党员") for member in members)
        unit = unit_of(session, each)
        found.append((each.id, ReviewRecord(unit, view.period.year, each.held_on, names, maker)))
    return found


LIFE_MEETING_PAPERS = {"life_opinion_sheet": opinion_sheets, "life_review_list": review_lists}
