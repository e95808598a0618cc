"""Duties that come back: how often each is owed, and how far it is in a week, month, quarter, half-year or year."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from models.rules.periods import Month, Period

WEEK, MONTH, QUARTER, HALF, YEAR = "每周", "每月", "每季度", "每半年", "每年"
EVERY = (WEEK, MONTH, QUARTER, HALF, YEAR)
_MONTHS = {MONTH: 1, QUARTER: 3, HALF: 6, YEAR: 12}
_NEAR = {QUARTER: 31, HALF: 31, YEAR: 92}  # days before its end in which a long stretch presses


class State(Enum):
    """How far a duty is: done; not yet pressing; to be done now; not done in time; not done, and why was said."""

    HELD = "已开展"
    OWED = "未到期"
    DUE = "待开展"
    LATE = "逾期"
    EXCUSED = "已说明"


@dataclass(frozen=True, order=True)
class Stretch:
    """The days within which a duty is owed so many times, `first` and `last` included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def month(self) -> Month:
        """The month by which it is counted: that of its last day, for a week that of its Thursday (ISO 8601)."""
        return Month.of(self.last - timedelta(days=3) if (self.last - self.first).days < 7 else self.last)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that it takes up; a week takes up one."""
        if (self.last - self.first).days < 7:
            return (self.month,)
        return Period(Month.of(self.first), Month.of(self.last)).months

    @property
    def chinese(self) -> str:
        """As it is said: 2026年第四季度, 2026年11月, 11月16日—22日 for a week."""
        if (self.last - self.first).days >= 7:
            return Period(Month.of(self.first), Month.of(self.last)).chinese
        end = f"{self.last.day}日" if self.first.month == self.last.month else f"{self.last.month}月{self.last.day}日"
        return f"{self.first.month}月{self.first.day}日—{end}"


@dataclass(frozen=True)
class Rhythm:
    """How often something is owed: so many `times` in every stretch, in force from `since` until `until` (included)."""

    every: str
    times: int = 1
    since: date | None = None
    until: date | None = None

    @property
    def chinese(self) -> str:
        """每月 1 次."""
        return f"{self.every} {self.times} 次"

    def in_force(self, stretch: Stretch) -> bool:
        """Whether the duty stands at the end of a stretch; one that begins within it owes the whole."""
        begun = self.since is None or self.since <= stretch.last
        return begun and (self.until is None or stretch.last <= self.until)


@dataclass(frozen=True)
class Standing:
    """A duty in one stretch: `held` times of `required`; `reason` is the excuse for what is missing."""

    stretch: Stretch
    required: int
    held: int
    state: State
    reason: str | None = None

    @property
    def done(self) -> int:
        """How many times of those required it was done; more than required counts no further."""
        return min(self.held, self.required)

    @property
    def missing(self) -> int:
        return self.required - self.done


@dataclass(frozen=True)
class Tally:
    """Standings added up: required = held + late + excused + ahead, all in times; `ahead` can still be done in time."""

    required: int = 0
    held: int = 0
    late: int = 0
    excused: int = 0
    ahead: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.required + other.required,
            self.held + other.held,
            self.late + other.late,
            self.excused + other.excused,
            self.ahead + other.ahead,
        )


def stretch_of(every: str, day: date) -> Stretch:
    """The stretch that holds a day; weeks begin on Monday."""
    if every == WEEK:
        monday = day - timedelta(days=day.weekday())
        return Stretch(monday, monday + timedelta(days=6))
    length = _MONTHS[every]
    first = Month(day.year, (day.month - 1) // length * length + 1)
    return Stretch(first.first_day, (first + (length - 1)).last_day)


def stretches(every: str, period: Period) -> Iterator[Stretch]:
    """The stretches counted by the months of a period, in order; a week by its Thursday, others by their last month."""
    found = stretch_of(every, period.first.first_day)
    while found.month <= period.last:
        if found.month >= period.first:
            yield found
        found = stretch_of(every, found.last + timedelta(days=1))


def judge(rhythm: Rhythm, stretch: Stretch, held: int, today: date, excuse: str | None = None) -> Standing:
    """How far a duty is that was done `held` times in a stretch; what is past and missing is late, never owed.

    An excuse counts only for what is missing.
    """
    if held >= rhythm.times:
        return Standing(stretch, rhythm.times, held, State.HELD)
    if excuse is not None:
        return Standing(stretch, rhythm.times, held, State.EXCUSED, excuse)
    return Standing(stretch, rhythm.times, held, _pressing(rhythm.every, stretch, today))


def _pressing(every: str, stretch: Stretch, today: date) -> State:
    if stretch.last < today:
        return State.LATE
    presses_from = stretch.first
    if every in _NEAR:
        presses_from = max(presses_from, stretch.last - timedelta(days=_NEAR[every] - 1))
    return State.DUE if today >= presses_from else State.OWED


def tally(standings: Collection[Standing]) -> Tally:
    """The standings of one duty or many as one count of times."""
    total = Tally()
    for each in standings:
        late = each.missing if each.state is State.LATE else 0
        excused = each.missing if each.state is State.EXCUSED else 0
        total += Tally(each.required, each.done, late, excused, each.missing - late - excused)
    return total


_WORST_FIRST = (State.LATE, State.DUE, State.EXCUSED, State.OWED, State.HELD)


def worst(states: Collection[State]) -> State:
    """The state that most needs a look among several."""
    return min(states, key=_WORST_FIRST.index)


def fulfils(kinds: Collection[str], word: str | None, kind: str, said: str) -> bool:
    """Whether an activity of a kind does what is asked: one of the kinds, and the word where one is asked for.

    `said` is all that names the activity: title, theme, tags, the lecturer's post. Without kinds any kind will do.
    """
    return (not kinds or kind in kinds) and (word is None or word in said)
