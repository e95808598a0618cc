"""Spans of days in which something holds: when a member was in a branch, and who came and went between two days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["in", "out"]


@dataclass(frozen=True)
class Span:
    """From `start` on, until the day before `end`; None means since ever, or still."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def meets(self, other: "Span") -> "Span | None":
        """The days that both have, None where they have none."""
        start = max((each for each in (self.start, other.start) if each is not None), default=None)
        end = min((each for each in (self.end, other.end) if each is not None), default=None)
        return None if start is not None and end is not None and start >= end else Span(start, end)


@dataclass(frozen=True)
class Turn:
    """A day on which somebody came in, or was no longer in."""

    day: date
    kind: Kind


def both(ones: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    """The days that some span of each side has, in order and without seams."""
    return joined(met for one in ones for other in others if (met := one.meets(other)) is not None)


def joined(spans: Iterable[Span]) -> list[Span]:
    """The same days in order, spans that touch or overlap made one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start or date.min):
        if span.start is not None and span.end is not None and span.start >= span.end:
            continue
        last = found[-1] if found else None
        if last is not None and (last.end is None or span.start is None or span.start <= last.end):
            end = None if last.end is None or span.end is None else max(last.end, span.end)
            found[-1] = Span(last.start, end)
        else:
            found.append(span)
    return found


def present(spans: Iterable[Span], day: date) -> bool:
    """Whether some span has the day."""
    return any(span.holds(day) for span in spans)


def turns(spans: Iterable[Span], first: date, last: date) -> list[Turn]:
    """Each coming and going from `first` to `last`, both days included, in order.

    For joined spans the balance holds: present the day before `first`, plus those in, minus those out, is present on
    `last`.
    """
    found = []
    for span in spans:
        if span.start is not None and first <= span.start <= last:
            found.append(Turn(span.start, "in"))
        if span.end is not None and first <= span.end <= last:
            found.append(Turn(span.end, "out"))
    return sorted(found, key=lambda turn: turn.day)
