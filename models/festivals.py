"""The days of the festivals before which people in need are visited; 春节 goes by the moon."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

ROUND_DAYS = 30  # before a festival, in which the visits of its round are made


@cache
def spring_festival(year: int) -> date:
    """The first day of the lunar year that begins in `year`."""
    from lunar_python import Lunar  # read when it is needed: its tables are long

    first = Lunar.fromYmd(year, 1, 1).getSolar()
    return date(first.getYear(), first.getMonth(), first.getDay())


def founding_day(year: int) -> date:
    """七一, the day of the founding of the Party."""
    return date(year, 7, 1)


def national_day(year: int) -> date:
    """国庆."""
    return date(year, 10, 1)


NAMED: Mapping[str, Callable[[int], date]] = {
    "春节": spring_festival, "七一": founding_day, "国庆": national_day,
}  # fmt: skip


def between(first: date, last: date) -> tuple[date, ...]:
    """Every 春节 and 七一 from `first` to `last`, in order."""
    years = range(first.year, last.year + 1)
    found = [day(year) for year in years for day in (spring_festival, founding_day)]
    return tuple(sorted(day for day in found if first <= day <= last))
