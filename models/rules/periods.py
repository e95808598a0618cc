"""Months, periods and dates of which only the month or the year is known."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_PERIOD = re.compile(r"(\d{4})(?:(H)([12])|(Q)([1-4])|-(\d{2}))?")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month; ordered, and written YYYY-MM."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (EARLIEST_YEAR <= self.year <= LATEST_YEAR and 1 <= self.number <= 12):
            raise ValueError(f"没有 {self.year}年{self.number}月 这样的月份。")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def __add__(self, months: int) -> "Month":
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def __sub__(self, other: "Month") -> int:
        """The number of months from `other` to this one; negative when this one is earlier."""
        return (self.year - other.year) * 12 + self.number - other.number

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def chinese(self) -> str:
        """As said in a sentence or on paper: 2026年11月."""
        return f"{self.year}年{self.number}月"

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Reads YYYY-MM; raises ValueError with a sentence for anything else."""
        found = _MONTH.fullmatch(text.strip())
        if not found:
            raise ValueError(f"“{text}”不是月份，请写成 2026-11 这样。")
        return cls(int(found[1]), int(found[2]))


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from `first` to `last`, both included; none when `last` is earlier."""
    for offset in range(last - first + 1):
        yield first + offset


def show_months(months: list[Month]) -> str:
    """Months as a secretary writes them: 2026年7月—11月, or 2026年9月、11月; a later year is named again."""
    runs: list[list[Month]] = []
    for month in sorted(set(months)):
        if runs and month - runs[-1][-1] == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    said: int | None = None
    parts = []
    for run in runs:
        text, said = _say(run[0], said)
        if len(run) > 1:
            end, said = _say(run[-1], said)
            text += ("—" if len(run) > 2 else "、") + end
        parts.append(text)
    return "、".join(parts)


def _say(month: Month, said: int | None) -> tuple[str, int]:
    return (f"{month.number}月" if month.year == said else month.chinese), month.year


@dataclass(frozen=True)
class Period:
    """A span of whole months, `first` and `last` included."""

    first: Month
    last: Month

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(months_between(self.first, self.last))

    @property
    def year(self) -> int:
        """The year of its last month."""
        return self.last.year

    @property
    def chinese(self) -> str:
        """As it heads a ledger: 2026年度, 2026年上半年, 2026年第四季度, 2026年11月, 2026年3月—10月."""
        a, b = self.first, self.last
        if a == b:
            return a.chinese
        if a.number == 1 and b.number == 12:
            return f"{a.year}年度" if a.year == b.year else f"{a.year}—{b.year}年度"
        if a.year == b.year and (a.number, b.number) in ((1, 6), (7, 12)):
            return f"{a.year}年{'上' if a.number == 1 else '下'}半年"
        if a.year == b.year and b - a == 2 and a.number % 3 == 1:
            return f"{a.year}年第{'一二三四'[a.number // 3]}季度"
        return f"{a.chinese}—{b.number}月" if a.year == b.year else f"{a.chinese}—{b.chinese}"

    @classmethod
    def always(cls) -> "Period":
        """All the months there are."""
        return cls(Month(EARLIEST_YEAR, 1), Month(LATEST_YEAR, 12))

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(Month(year, 1), Month(year, 12))

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Reads 2026, 2026H1, 2026Q4, 2026-11 or a span a..b of them; ValueError with a sentence otherwise."""
        first, dots, last = text.strip().partition("..")
        start = _single(first, text)
        end = _single(last, text) if dots else start
        if end.last < start.first:
            raise ValueError(f"时期“{text}”的终点早于起点。")
        return cls(start.first, end.last)


def _single(part: str, whole: str) -> Period:
    found = _PERIOD.fullmatch(part.strip())
    if not found:
        raise ValueError(f"“{whole}”不是时期，请写成 2026、2026H1、2026Q4、2026-11 或 2026-03..2026-10。")
    year = int(found[1])
    if found[2]:
        start = Month(year, 1 if found[3] == "1" else 7)
        return Period(start, start + 5)
    if found[4]:
        start = Month(year, int(found[5]) * 3 - 2)
        return Period(start, start + 2)
    if found[6]:
        return Period(Month(year, int(found[6])), Month(year, int(found[6])))
    return Period.of_year(year)


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date as exactly as it is known: year, year and month, or the day; written YYYY, YYYY-MM or YYYY-MM-DD."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("有日没有月的日期无法记录。")
        if not EARLIEST_YEAR <= self.year <= LATEST_YEAR:
            raise ValueError(f"没有 {self.year} 年这样的年份。")
        try:
            date(self.year, self.month or 1, 1 if self.day is None else self.day)
        except ValueError:
            raise ValueError(f"没有 {self} 这一天。") from None
        if self.month == 0:
            raise ValueError(f"没有 {self} 这个月。")

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    def __lt__(self, other: "PartialDate") -> bool:
        return str(self) < str(other)

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        if self.day is not None:
            return self.earliest
        return Month(self.year, self.month or 12).last_day

    @property
    def chinese(self) -> str:
        text = f"{self.year}年"
        if self.month is not None:
            text += f"{self.month}月"
        if self.day is not None:
            text += f"{self.day}日"
        return text

    @property
    def full(self) -> date | None:
        """The day, when it is known to the day."""
        return self.earliest if self.day is not None else None

    def agrees_with(self, other: "PartialDate") -> bool:
        """Whether both may name the same day, as far as each is known."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Reads YYYY, YYYY-MM or YYYY-MM-DD; ValueError with a sentence otherwise."""
        found = _PARTIAL.fullmatch(text.strip())
        if not found:
            raise ValueError(f"“{text}”不是日期，请写成 2026-11-23、2026-11 或 2026。")
        try:
            return cls(int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None)
        except ValueError as error:
            raise ValueError(f"没有“{text}”这一天。") from error
