"""Months of dues: opening one fixes each member's due and its working under the rules then in force."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import settings
from models.base import Record
from models.codes import RESOURCES
from models.errors import UserError
from models.records.arrangements import Arranged
from models.records.members import IN_THE_BRANCH, Member
from models.rules import cadence
from models.rules.periods import Month


class DuesMonth(Record):
    """A month that was opened; `closed_on` is the day its three records were found to agree."""

    __tablename__ = "dues_months"

    month: Mapped[Month] = mapped_column(unique=True)
    collection_day: Mapped[date]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]


class Due(Record):
    """What one member owes for one month, in yuan, with the arithmetic and the rule; never changed afterwards."""

    __tablename__ = "dues"
    __table_args__ = (UniqueConstraint("month", "member_id"),)

    month: Mapped[Month]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    category: Mapped[str | None]
    base: Mapped[Decimal | None]
    rate: Mapped[str | None]
    amount: Mapped[Decimal]
    working: Mapped[str]
    source: Mapped[str]


@dataclass(frozen=True)
class Unassessed:
    """A member who owes a month but has no sound assessment, and why."""

    member_id: int
    name: str
    why: str


@dataclass(frozen=True)
class Opening:
    """What opening a month did: dues added, and the members left out for want of a sound assessment."""

    month: Month
    added: int
    unassessed: tuple[Unassessed, ...]


def owes(member: Member, month: Month) -> bool:
    """Whether the member pays in this branch in `month`: from admission or the month after transfer in, till leaving.

    Sources: 中组发〔2008〕3号 art. 8 (from the day the general meeting admits); the month of a transfer is the old
    branch's. A day not known is taken as the first that it may be.
    """
    if member.status != IN_THE_BRANCH and (member.dues_until is None or month > member.dues_until):
        return False
    if member.dues_from is not None:
        return month >= member.dues_from
    if member.transferred_in_on is not None:
        return month > Month.of(member.transferred_in_on.earliest)
    return member.joined_on is None or month >= Month.of(member.joined_on.earliest)


def open_month(session: Session, month: Month, today: date, only: Collection[int] | None = None) -> Opening:
    """Adds the dues of `month` for everybody who owes it and has none yet; changes none that stands.

    `only` limits it to some members (by id). The latest month opened becomes the working month of the file. Raises
    UserError when no rules cover the month.
    """
    # Not before a month is opened: the window starts with looking at months, and needs no rules for that.
    from models.records import assessments, rulebook
    from models.rules.dues import rules_for

    try:
        rules = rules_for(month, rulebook.read(session))
    except ValueError as error:
        raise UserError(str(error)) from None
    if find(session, month) is None:
        day = collection_day(settings.read(session), month)
        session.add(DuesMonth(month=month, collection_day=day, opened_on=today))
        if all(month > other for other in opened(session) if other != month):
            settings.change(session, working_month=str(month))
    have = set(session.scalars(select(Due.member_id).where(Due.month == month)))
    assessed, arranged = assessments.by_member(session), Arranged(session)
    added, unassessed = 0, []
    for member in session.scalars(select(Member).order_by(Member.branch_id, Member.id)):
        if member.id in have or not owes(member, month) or (only is not None and member.id not in only):
            continue
        if arranged.elsewhere(member.id, month):
            continue
        ground = assessments.ground_of(member, assessed.get(member.id, ()), month)
        try:
            due = assessments.worked_out(rules, ground)
        except ValueError as error:
            unassessed.append(Unassessed(member.id, member.name, str(error)))
            continue
        session.add(
            Due(
                month=month,
                member_id=member.id,
                branch_id=member.branch_id,
                category=ground.category,
                base=ground.base,
                rate=str(due.rate) if due.rate is not None else None,
                amount=due.amount,
                working=due.working,
                source=due.source,
            )
        )
        added += 1
    session.flush()
    return Opening(month, added, tuple(unassessed))


def find(session: Session, month: Month) -> DuesMonth | None:
    """The month if it has been opened."""
    return session.scalars(select(DuesMonth).where(DuesMonth.month == month)).first()


def require(session: Session, month: Month) -> DuesMonth:
    """The opened month; UserError when it has not been opened."""
    found = find(session, month)
    if found is None:
        raise UserError(f"{month.chinese}的党费还没有开账，请先开账（dues open {month}）。")
    return found


def opened(session: Session) -> Sequence[Month]:
    """The months that have been opened, in order."""
    return session.scalars(select(DuesMonth.month).order_by(DuesMonth.month)).all()


def collection_day(chosen: settings.Settings, month: Month) -> date:
    """The day dues are collected in `month`, moved off days of rest as set; the secretary's own days count first."""
    holidays, workdays = rest_days()
    own_holidays = {date.fromisoformat(day) for day in chosen.holidays}
    own_workdays = {date.fromisoformat(day) for day in chosen.workdays}
    return cadence.collection_day(
        month,
        chosen.collection_day,
        chosen.shift,
        (holidays | own_holidays) - own_workdays,
        (workdays | own_workdays) - own_holidays,
    )


@cache
def rest_days() -> tuple[frozenset[date], frozenset[date]]:
    """Holidays and made-up working days that come with the program (notices of the State Council Office)."""
    years = json.loads((RESOURCES / "scales" / "holidays.json").read_text(encoding="utf-8")).values()
    return (
        frozenset(date.fromisoformat(day) for year in years for day in year["holidays"]),
        frozenset(date.fromisoformat(day) for year in years for day in year["workdays"]),
    )


def years_without_rest_days(chosen: settings.Settings, today: date) -> list[int]:
    """This year and, from December on, the next, where nothing is known of their days of rest.

    The State Council Office announces a year's holidays between October and December of the year before.
    """
    known = {day.year for day in rest_days()[0]} | {date.fromisoformat(day).year for day in chosen.holidays}
    wanted = [today.year, today.year + 1] if today.month == 12 else [today.year]
    return [year for year in wanted if year not in known]
