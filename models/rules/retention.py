"""Which backups are kept as they age: everything of two days, then one a day, a week, a month."""

from collections.abc import Iterable
from datetime import datetime, timedelta

ALL_OF = timedelta(hours=48)
DAYS, WEEKS, MONTHS = 14, 8, 24


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """The moments whose backups stay: the newest, all of the last 48 hours (or dated in the future, by a wrong clock),
    and the last of each of the latest 14 days, 8 weeks and 24 months that have any.
    """
    newest_first = sorted(moments, reverse=True)
    stay = {moment for moment in newest_first if now - moment <= ALL_OF} | set(newest_first[:1])
    for number, span_of in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        last: dict[tuple[int, ...], datetime] = {}
        for moment in newest_first:
            last.setdefault(span_of(moment), moment)
        stay.update(list(last.values())[:number])
    return stay


def _day(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month, moment.day


def _week(moment: datetime) -> tuple[int, ...]:
    return tuple(moment.isocalendar()[:2])


def _month(moment: datetime) -> tuple[int, ...]:
    return moment.year, moment.month
