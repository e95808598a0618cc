"""Spans of presence: what they have in common, and that comings and goings balance."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.presence import Span, both, joined, present, turns

START = date(2026, 1, 1)
days = st.integers(0, 60).map(lambda number: START + timedelta(days=number))
spans = st.lists(st.builds(Span, st.none() | days, st.none() | days), max_size=5)


def day(text: str) -> date:
    return date.fromisoformat(text)


@given(spans, days, days)
def test_before_plus_in_minus_out_is_after(found: list[Span], one: date, other: date):
    first, last = min(one, other), max(one, other)
    clean = joined(found)
    moves = turns(clean, first, last)
    balance = sum(1 if turn.kind == "in" else -1 for turn in moves)
    assert present(clean, first - timedelta(days=1)) + balance == present(clean, last)
    assert [turn.day for turn in moves] == sorted(turn.day for turn in moves)


@given(spans, days)
def test_joining_spans_changes_no_day(found: list[Span], at: date):
    sound = [span for span in found if span.start is None or span.end is None or span.start < span.end]
    assert present(joined(sound), at) == present(sound, at)


@given(spans, spans, days)
def test_both_is_where_each_is(ones: list[Span], others: list[Span], at: date):
    sides = [[s for s in side if s.start is None or s.end is None or s.start < s.end] for side in (ones, others)]
    assert present(both(sides[0], sides[1]), at) == (present(sides[0], at) and present(sides[1], at))


def test_the_last_day_is_the_day_before_the_end():
    span = Span(day("2026-03-01"), day("2026-05-10"))
    assert [span.holds(day(text)) for text in ("2026-02-28", "2026-03-01", "2026-05-09", "2026-05-10")] == [
        False, True, True, False,
    ]  # fmt: skip
    assert joined([span, Span(day("2026-05-10"), None)]) == [Span(day("2026-03-01"), None)]


@pytest.mark.parametrize("other", [Span(day("2026-05-10")), Span(None, day("2026-03-01"))])
def test_spans_that_only_touch_have_no_day_in_common(other: Span):
    assert Span(day("2026-03-01"), day("2026-05-10")).meets(other) is None
