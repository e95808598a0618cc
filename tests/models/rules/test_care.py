"""How far a case of hardship has come, what a household lives on, and when a case is looked at again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import festivals
from models.rules import care
from models.rules.care import Step
from models.rules.periods import Month

DAY = date(2026, 3, 2)
STEPS = [Step(kind, DAY + timedelta(days=number), "一般困难" if number == 4 else None)
         for number, kind in enumerate(care.WAY)]  # fmt: skip


def test_a_posting_that_begins_before_a_weekend_counts_no_day_of_rest() -> None:
    assert care.posting_ends(date(2026, 11, 20), 5, frozenset(), frozenset()) == date(2026, 11, 26)
    assert care.posting_ends(date(2026, 11, 21), 0, frozenset(), frozenset()) == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, None), (0, "已申请"), (1, "已评议"), (2, "公示中"), (3, "已审核"), (4, "在册"), (90, "在册")],
)
def test_a_case_stands_where_its_last_step_left_it(days: int, state: str | None) -> None:
    assert care.state_on(STEPS, DAY + timedelta(days=days)) == state


def test_reviews_and_changes_leave_it_on_the_list_and_the_end_takes_it_off() -> None:
    later = [*STEPS, Step(care.REVIEWED, date(2026, 6, 1)), Step(care.CHANGED, date(2026, 7, 1), "特别困难")]
    assert care.state_on(later, date(2026, 8, 1)) == care.ON_RECORD
    assert care.degree_on(later, date(2026, 6, 30)) == "一般困难"
    assert care.degree_on(later, date(2026, 7, 1)) == "特别困难"
    ended = [*later, Step(care.CLOSED, date(2026, 8, 2))]
    assert care.state_on(ended, date(2026, 8, 1)) == care.ON_RECORD
    assert care.state_on(ended, date(2026, 8, 2)) == care.LEFT


def test_the_steps_come_in_their_order_and_a_case_may_end_at_any_time() -> None:
    for number in range(1, len(care.WAY)):
        assert care.next_steps(care.WAY[:number]) == (care.WAY[number], care.CLOSED)
    assert care.next_steps(care.WAY) == (care.REVIEWED, care.CHANGED, care.CLOSED)
    assert care.next_steps((care.APPLIED, care.CLOSED)) == ()


def test_a_case_from_an_old_ledger_goes_on_from_where_it_is() -> None:
    assert care.next_steps((care.APPLIED, care.TAKEN_IN))[0] == care.REVIEWED


def test_income_is_that_of_the_twelve_months_before() -> None:
    assert care.months_before(date(2026, 3, 15)) == (Month(2025, 3), Month(2026, 2))
    assert care.per_head([Decimal("43200.00"), Decimal("18600.00")], 2) == Decimal("2575.00")
    assert care.per_head([Decimal(100)], 3) == Decimal("2.78")
    assert care.per_head([Decimal(100)], 0) is None


def test_working_days_leave_out_rest_and_take_in_made_up_days() -> None:
    monday = date(2026, 3, 2)
    assert care.working_days(monday, date(2026, 3, 8), (), ()) == 5
    assert care.working_days(monday, date(2026, 3, 8), {monday}, {date(2026, 3, 7)}) == 5


@pytest.mark.parametrize(("year", "day"), [(2024, (2, 10)), (2025, (1, 29)), (2026, (2, 17)), (2027, (2, 6))])
def test_the_spring_festival_goes_by_the_moon(year: int, day: tuple[int, int]) -> None:
    assert festivals.spring_festival(year) == date(year, *day)


@pytest.mark.parametrize(
    ("looked_at", "due"),
    [
        (date(2026, 3, 2), date(2026, 6, 30)),
        (date(2026, 6, 20), date(2027, 2, 5)),  # looked at for 七一, so not again before it
        (date(2026, 11, 2), date(2027, 2, 5)),
        (date(2024, 2, 29), date(2024, 6, 30)),
    ],
)
def test_a_review_falls_due_before_the_next_festival(looked_at: date, due: date) -> None:
    days = festivals.between(looked_at + timedelta(days=1), looked_at + timedelta(days=366))
    assert care.review_due(looked_at, days) == due


@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.sets(st.integers(1, 400), max_size=4))
def test_no_case_waits_for_more_than_a_year(looked_at: date, ahead: set[int]) -> None:
    due = care.review_due(looked_at, {looked_at + timedelta(days=number) for number in ahead})
    assert looked_at < due <= looked_at + timedelta(days=366)


@given(st.lists(st.decimals(0, 10**6, places=2), max_size=6), st.integers(1, 12))
def test_the_average_is_never_further_off_than_half_a_fen(yearly: list[Decimal], people: int) -> None:
    found = care.per_head(yearly, people)
    assert found is not None
    assert abs(found * 12 * people - sum(yearly, Decimal(0))) <= Decimal("0.005") * 12 * people
