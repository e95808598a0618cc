"""Arrangements and reductions: what they mean for a month, told by months and days alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.arrangements import ABROAD, ARRANGEMENTS, ELSEWHERE, QUARTERLY, pays_elsewhere, quarter_end, waits
from models.rules.periods import Month
from models.rules.reductions import state_of

MONTHS = st.builds(Month, st.integers(2020, 2030), st.integers(1, 12))
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(("month", "end"), [(1, 3), (2, 3), (3, 3), (4, 6), (9, 9), (10, 12), (12, 12)])
def test_the_last_month_of_a_quarter(month: int, end: int):
    assert quarter_end(Month(2026, month)) == Month(2026, end)


@pytest.mark.parametrize(
    ("kind", "last", "month", "until", "expected"),
    [
        (QUARTERLY, None, 1, 1, True),  # P24
        (QUARTERLY, None, 1, 2, True),
        (QUARTERLY, None, 1, 3, False),
        (QUARTERLY, None, 3, 3, False),
        (QUARTERLY, 1, 2, 2, False),
        (ABROAD, None, 1, 12, True),
        (ABROAD, 6, 3, 6, True),
        (ABROAD, 6, 3, 7, False),
        (ABROAD, 6, 7, 7, False),
        (ELSEWHERE, None, 1, 1, False),
    ],
)
def test_what_is_paid_later_by_arrangement(kind: str, last: int | None, month: int, until: int, expected: bool):
    end = Month(2026, last) if last else None
    assert waits(kind, Month(2026, 1), end, Month(2026, month), Month(2026, until)) is expected


@given(st.sampled_from(ARRANGEMENTS), MONTHS, MONTHS, st.integers(0, 24))
def test_nothing_waits_before_an_arrangement_begins_and_waiting_ends_for_good(
    kind: str, first: Month, month: Month, later: int
):
    if month < first:
        assert not waits(kind, first, None, month, month)
        assert not pays_elsewhere(kind, first, None, month)
    last = month + 3
    if first <= month and not waits(kind, first, last, month, month + later):
        assert not waits(kind, first, last, month, month + later + 1)


@pytest.mark.parametrize(
    ("category", "decided", "approved", "refused", "state"),
    [
        ("在职", None, None, None, "申请中"),
        ("在职", DAY, None, None, "待上级批准"),  # P22
        ("在职", DAY, DAY, None, "已生效"),
        (None, DAY, None, None, "待上级批准"),
        ("离退休", None, None, None, "申请中"),
        ("离退休", DAY, None, None, "已生效"),  # P23
        ("离退休", DAY, None, DAY, "不同意"),
        ("在职", DAY, DAY, DAY, "不同意"),
    ],
)
def test_how_far_an_application_is(
    category: str | None, decided: date | None, approved: date | None, refused: date | None, state: str
):
    assert state_of(category, decided, approved, refused) == state
