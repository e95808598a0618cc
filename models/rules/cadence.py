"""Days of duty: the collection day of a month and how holidays move it (rules.md §1.7)."""

from collections.abc import Collection
from datetime import date, timedelta

from models.rules.periods import Month

SHIFTS = ("顺延到下一个工作日", "提前到上一个工作日", "不变")


def is_workday(day: date, holidays: Collection[date], workdays: Collection[date]) -> bool:
    """Whether offices work: not a holiday, not a weekend unless made a working day."""
    return day in workdays or (day.weekday() < 5 and day not in holidays)


def collection_day(month: Month, day: int, shift: str, holidays: Collection[date], workdays: Collection[date]) -> date:
    """The day dues are collected in `month`: `day` (or the month's last), moved off a day of rest by `shift`."""
    found = date(month.year, month.number, min(day, month.last_day.day))
    step = {SHIFTS[0]: 1, SHIFTS[1]: -1}.get(shift, 0)
    while step and not is_workday(found, holidays, workdays):
        found += timedelta(days=step)
    return found
