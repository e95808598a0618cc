"""Months of dues: opening one fixes each member's due and its working under the rules then in force."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import settings
from models.base import Record
from models.codes import RESOURCES
from models.errors import UserError
from models.records.dues.dues import Due, Unassessed, owes
from models.rules import cadence
from models.rules.periods import Month

__all__ = [
    "Due", "DuesMonth", "Opening", "Unassessed", "collection_day", "find", "open_month", "opened", "owes", "require",
    "rest_days",
]  # fmt: skip


class DuesMonth(Record):
    """A month that was opened; `closed_on` is the day its three records were found to agree.

    One that was `brought_in` lies before this file: its dues and payments come from papers.
    """

    __tablename__ = "dues_months"

    month: Mapped[Month] = mapped_column(unique=True)
    collection_day: Mapped[date]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    brought_in: Mapped[bool]


@dataclass(frozen=True)
class Opening:
    """What opening a month did: dues added, and the members left out for want of a sound assessment."""

    month: Month
    added: int
    unassessed: tuple[Unassessed, ...]


def open_month(session: Session, month: Month, today: date, only: Collection[int] | None = None) -> Opening:
    """Adds the dues of `month` for everybody who owes it and has none yet; changes none that stands.

    `only` limits it to some members (by id). The latest month opened becomes the working month of the file. Raises
    UserError when no rules cover the month.
    """
    # Not before a month is opened: the window starts with looking at months, and needs no rules for that.
    from models.records.dues import rulebook
    from models.records.dues.opening import add_dues
    from models.rules.dues import rules_for

    try:
        rules = rules_for(month, rulebook.read(session))
    except ValueError as error:
        raise UserError(str(error)) from None
    if find(session, month) is None:
        day = collection_day(settings.read(session), month)
        session.add(DuesMonth(month=month, collection_day=day, opened_on=today, brought_in=False))
        if all(month > other for other in opened(session) if other != month):
            settings.change(session, working_month=str(month))
    added, unassessed = add_dues(session, month, rules, only)
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
