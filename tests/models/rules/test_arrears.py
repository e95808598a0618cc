"""The ladder of arrears, the collection day, and how a payment is spread."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.allotment import spread
from models.rules.arrears import DueState, run_of_unpaid, warning
from models.rules.cadence import SHIFTS, collection_day, is_workday
from models.rules.periods import Month

STATES: tuple[DueState, ...] = ("paid", "part", "unpaid", "exempt", "not_due", "unassessed")
SUMS = st.integers(0, 200_000).map(lambda fen: Decimal(fen) / 100)
HOLIDAYS = [date(2026, 10, day) for day in range(1, 8)]


@given(st.lists(st.sampled_from(STATES), max_size=30))
def test_the_run_is_what_is_unpaid_at_the_end(states: list[DueState]):
    run = run_of_unpaid(states)
    assert all(state == "unpaid" for state in states[len(states) - run :])
    assert run == len(states) or states[len(states) - run - 1] != "unpaid"


@pytest.mark.parametrize(
    ("states", "run", "said"),
    [
        (["unpaid"] * 5, 5, "红色预警"),  # P15
        (["unpaid"] * 6, 6, "达到六个月，请支部研究"),  # P16
        (["unpaid"] * 5 + ["paid"] + ["unpaid"] * 3, 3, "批评教育"),  # P17
        (["unpaid"] * 2 + ["exempt"] * 2 + ["unpaid"] * 2, 2, "催交"),  # P18
        (["unpaid"] * 3 + ["part"], 0, ""),
        (["unpaid"] * 8, 8, "达到六个月，请支部研究"),
        ([], 0, ""),
    ],
)
def test_the_ladder(states: list[DueState], run: int, said: str):
    assert run_of_unpaid(states) == run
    assert warning(run) == said


def test_each_month_of_the_ladder_says_something():
    assert warning(0) == ""
    assert all(warning(run) for run in range(1, 13))
    assert warning(1) == "未交"


@pytest.mark.parametrize(
    ("month", "shift", "day"),
    [
        (Month(2027, 1), SHIFTS[0], date(2027, 1, 25)),  # P26: the 23rd is a Saturday
        (Month(2027, 1), SHIFTS[1], date(2027, 1, 22)),
        (Month(2027, 1), SHIFTS[2], date(2027, 1, 23)),
        (Month(2026, 11), SHIFTS[0], date(2026, 11, 23)),
    ],
)
def test_the_day_moves_off_a_day_of_rest(month: Month, shift: str, day: date):
    assert collection_day(month, 23, shift, [], []) == day


def test_holidays_and_made_up_days():
    assert collection_day(Month(2026, 10), 3, SHIFTS[0], HOLIDAYS, []) == date(2026, 10, 8)
    assert is_workday(date(2026, 10, 10), HOLIDAYS, [date(2026, 10, 10)])
    assert not is_workday(date(2026, 10, 10), HOLIDAYS, [])
    assert collection_day(Month(2026, 2), 31, SHIFTS[2], [], []) == date(2026, 2, 28)


@given(st.lists(SUMS, min_size=1, max_size=24), SUMS.filter(bool))
def test_a_spread_payment_is_booked_to_the_fen_and_in_order(dues: list[Decimal], amount: Decimal):
    owed = [(Month(2026, 1) + place, due) for place, due in enumerate(dues)]
    booked = spread(owed, amount)
    assert sum(part for _, part in booked) == amount
    assert [month for month, _ in booked] == sorted({month for month, _ in booked})
    assert all(part > 0 for _, part in booked)
    limits = dict(owed)
    for place, (month, part) in enumerate(booked):
        last = month == owed[-1][0]
        assert last or part <= limits[month]
        if place < len(booked) - 1:
            assert part == limits[month]


def test_an_excess_stands_in_the_last_month():
    owed = [(Month(2026, 11), Decimal("50.00")), (Month(2026, 12), Decimal("50.00"))]
    assert spread(owed, Decimal("120.00")) == [(Month(2026, 11), Decimal("50.00")), (Month(2026, 12), Decimal("70.00"))]
    assert spread(owed[:1], Decimal("1050.00")) == [(Month(2026, 11), Decimal("1050.00"))]
