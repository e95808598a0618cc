"""The days of rest of a year, those that come with the program and those the secretary added."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from models import settings
from models.errors import FieldError
from models.kinds import DAY, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.records.dues import months
from models.rules.periods import Month

REST, WORK = "放假", "上班"
KIND = Choice((REST, WORK), tones={REST: "good", WORK: "warn"})
OWN, SUPPLIED = "自己添加", "国务院办公厅通知"
_WEEKDAYS = "一二三四五六日"
_LONGEST = 31


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One day on which offices do otherwise than the day of the week says; `id` is its date as text."""

    id: str
    day: date
    weekday: str
    kind: str
    source: str


def holiday_rows(session: Session, view: View) -> list[HolidayRow]:
    """The days of the view's year in order; a day of the secretary's own counts before that which came with it."""
    own = settings.read(session)
    holidays, workdays = months.rest_days()
    kinds: dict[date, tuple[str, str]] = {}
    for days, kind in ((holidays, REST), (workdays, WORK)):
        kinds |= dict.fromkeys(days, (kind, SUPPLIED))
    for texts, kind in ((own.holidays, REST), (own.workdays, WORK)):
        kinds |= {date.fromisoformat(text): (kind, OWN) for text in texts}
    return [
        HolidayRow(day.isoformat(), day, f"星期{_WEEKDAYS[day.weekday()]}", *kinds[day])
        for day in sorted(kinds)
        if day.year == view.period.year
    ]


def known_years() -> frozenset[int]:
    """The years whose holidays come with the program."""
    return frozenset(day.year for day in months.rest_days()[0])


def own_years(session: Session) -> frozenset[int]:
    """The years for which the secretary added holidays."""
    return frozenset(date.fromisoformat(day).year for day in settings.read(session).holidays)


def add(session: Session, first: date, last: date, kind: str) -> None:
    """Adds every day of a span as one of rest or of work; FieldError for a span that cannot be."""
    if last < first:
        raise FieldError("last", "结束日期早于开始日期。")
    if (last - first).days >= _LONGEST:
        raise FieldError("last", f"一次最多添加 {_LONGEST} 天。")
    own = settings.read(session)
    days = {day.isoformat() for day in _between(first, last)}
    holidays, workdays = set(own.holidays) - days, set(own.workdays) - days
    (holidays if kind == REST else workdays).update(days)
    settings.change(session, holidays=tuple(sorted(holidays)), workdays=tuple(sorted(workdays)))


def remove(session: Session, days: set[str]) -> None:
    """Takes away days that the secretary added (as ISO dates); those that came with the program stay."""
    own = settings.read(session)
    settings.change(
        session,
        holidays=tuple(day for day in own.holidays if day not in days),
        workdays=tuple(day for day in own.workdays if day not in days),
    )


def collection_days(session: Session, year: int) -> list[date]:
    """The twelve collection days of a year as the settings now give them."""
    chosen = settings.read(session)
    return [months.collection_day(chosen, Month(year, number)) for number in range(1, 13)]


def _between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


HOLIDAYS = Ledger(
    name="holidays",
    title="节假日和调休",
    columns=(
        Column("day", "日期", DAY, 11),
        Column("weekday", "星期", TEXT, 8, entered=False),
        Column("kind", "安排", KIND, 8),
        Column("source", "来源", TEXT, 20, entered=False),
    ),
    rows=holiday_rows,
    span="year",
    lines=("", "", ""),
    orientation="portrait",
    empty="这一年还没有节假日安排。",
)
