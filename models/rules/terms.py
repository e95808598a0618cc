"""Terms of committees: when one is due to end, and whether that is near. Source: 关于党的基层组织任期的意见 (2018)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.rules.periods import Month


@dataclass(frozen=True)
class TermRule:
    """The years of a term by kind of organisation, in force from a day; reminders begin so many months before."""

    since: date
    years: Mapping[str, int]
    reminded_months: int


def rule_on(rules: Sequence[TermRule], day: date) -> TermRule:
    """The rule in force on a day; before the first one that first one."""
    earlier = [rule for rule in rules if rule.since <= day]
    return max(earlier, key=lambda rule: rule.since) if earlier else min(rules, key=lambda rule: rule.since)


def due_on(appointed_on: date, years: int) -> date:
    """The day a term of so many years is over: the same date of that year, 28 February for 29 February."""
    last = Month(appointed_on.year + years, appointed_on.month).last_day.day
    return appointed_on.replace(year=appointed_on.year + years, day=min(appointed_on.day, last))


def months_before(day: date, months: int) -> date:
    """The same date so many months earlier, the last of the month where it has no such date."""
    month = Month.of(day) + -months
    return date(month.year, month.number, min(day.day, month.last_day.day))


def is_near(due: date, today: date, reminded_months: int) -> bool:
    """Whether a term ends within so many months, or is over."""
    return today >= months_before(due, reminded_months)
