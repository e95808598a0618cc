"""Shares that go up, months settled together, and what of a payment is a large one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.allotment import large_part, spread
from models.rules.handing_up import CADENCES, FEN, settlement, share, shares
from models.rules.periods import Month

YUAN = st.integers(0, 5_000_000).map(lambda fen: Decimal(fen) * FEN)
PERCENT = st.integers(1, 10_000).map(lambda basis: Decimal(basis) / 100)


@pytest.mark.parametrize(("percent", "up"), [("20", "2691.34"), ("5", "672.84"), ("100", "13456.70")])  # P27, P28
def test_a_share_is_rounded_half_up(percent: str, up: str):
    assert share(Decimal("13456.70"), Decimal(percent)) == Decimal(up)


@given(st.lists(YUAN, min_size=1, max_size=12), PERCENT)
def test_shares_of_parts_are_the_share_of_the_whole(parts: list[Decimal], percent: Decimal):
    ups = shares(parts, percent)
    assert sum(ups) == share(sum(parts, Decimal(0)), percent)
    assert all(0 <= up <= part and up % FEN == 0 for part, up in zip(parts, ups, strict=True))


def test_the_fen_left_over_goes_where_most_was_lost():
    assert shares([Decimal("0.10"), Decimal("0.16"), Decimal("0.04")], Decimal(10)) == [
        Decimal("0.01"), Decimal("0.02"), Decimal("0.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("month", "cadence", "words"),
    [
        (Month(2026, 11), "每月", "2026年11月"),
        (Month(2026, 11), "每季度", "2026年第四季度"),
        (Month(2026, 1), "每季度", "2026年第一季度"),
        (Month(2026, 6), "每半年", "2026年上半年"),
        (Month(2026, 7), "每半年", "2026年下半年"),
    ],
)
def test_months_that_are_settled_together(month: Month, cadence: str, words: str):
    assert settlement(month, cadence).chinese == words


@pytest.mark.parametrize("cadence", CADENCES)
def test_a_year_is_settled_whole_and_once(cadence: str):
    found = {settlement(Month(2026, number), cadence) for number in range(1, 13)}
    assert sorted(month for period in found for month in period.months) == [Month(2026, n) for n in range(1, 13)]


@pytest.mark.parametrize(
    ("owed", "amount", "large"),
    [
        ("50.00", "1049.99", "0"),  # P19
        ("50.00", "1050.00", "1000.00"),  # P20
        ("0.00", "1000.00", "1000.00"),
        ("0.00", "999.99", "0"),
        ("1000.00", "1000.00", "0"),
        ("2000.00", "1500.00", "0"),
    ],
)
def test_a_large_payment_is_what_goes_beyond_the_due(owed: str, amount: str, large: str):
    assert large_part(Decimal(owed), Decimal(amount), Decimal(1000)) == Decimal(large)


@given(st.lists(YUAN, min_size=1, max_size=6), YUAN.filter(lambda amount: amount > 0), st.integers(1, 300_000))
def test_no_fen_is_lost_or_made_between_the_months_and_the_large_part(dues: list[Decimal], amount: Decimal, limit: int):
    owed = [(Month(2026, number + 1), due) for number, due in enumerate(dues)]
    large = large_part(sum(dues, Decimal(0)), amount, limit * FEN)
    booked = spread(owed, amount - large) if amount > large else []
    assert sum(part for _, part in booked) + large == amount
    assert large == 0 or large >= limit * FEN
