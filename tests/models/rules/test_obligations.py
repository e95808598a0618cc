"""Duties that come back: laws of counting, stretches without gaps, and when something is late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.obligations import (
    EVERY,
    HALF,
    MONTH,
    QUARTER,
    WEEK,
    YEAR,
    Rhythm,
    State,
    Stretch,
    Tally,
    fulfils,
    judge,
    stretch_of,
    stretches,
    tally,
    worst,
)
from models.rules.periods import Month, Period

DAYS = st.dates(date(2018, 1, 1), date(2032, 12, 31))
YEAR_2026 = Period.of_year(2026)


@given(every=st.sampled_from(EVERY), day=DAYS)
def test_a_day_lies_in_one_stretch_and_the_next_begins_the_day_after(every: str, day: date):
    found = stretch_of(every, day)
    assert day in found
    assert stretch_of(every, found.first) == stretch_of(every, found.last) == found
    assert stretch_of(every, found.last + timedelta(days=1)).first == found.last + timedelta(days=1)


@given(every=st.sampled_from(EVERY), year=st.integers(2018, 2032))
def test_every_stretch_is_counted_in_one_month_of_one_year(every: str, year: int):
    whole = list(stretches(every, Period.of_year(year)))
    by_month = [each for month in Period.of_year(year).months for each in stretches(every, Period(month, month))]
    assert whole == by_month
    assert all(each.month in each.months for each in whole)
    after = next(stretches(every, Period.of_year(year + 1)))
    assert whole[-1].last + timedelta(days=1) == after.first


@pytest.mark.parametrize(("every", "number"), [(WEEK, 53), (MONTH, 12), (QUARTER, 4), (HALF, 2), (YEAR, 1)])
def test_a_year_has_so_many(every: str, number: int):
    assert len(list(stretches(every, YEAR_2026))) == number


def test_a_week_belongs_to_the_month_of_its_thursday():
    first = next(stretches(WEEK, YEAR_2026))
    assert (first.first, first.month, first.months) == (date(2025, 12, 29), Month(2026, 1), (Month(2026, 1),))
    assert first.chinese == "12月29日—1月4日"
    assert stretch_of(WEEK, date(2026, 11, 20)).chinese == "11月16日—22日"
    assert stretch_of(QUARTER, date(2026, 11, 20)).chinese == "2026年第四季度"


@given(
    every=st.sampled_from(EVERY),
    times=st.integers(1, 5),
    held=st.integers(0, 8),
    day=DAYS,
    today=DAYS,
    excuse=st.sampled_from((None, "书记外出培训")),
)
def test_what_is_done_and_what_is_missing_make_what_is_required(every, times, held, day, today, excuse):
    stretch = stretch_of(every, day)
    found = judge(Rhythm(every, times), stretch, held, today, excuse)
    assert found.done + found.missing == found.required == times
    assert (found.state is State.HELD) is (found.missing == 0)
    if stretch.last < today:
        assert found.state not in (State.OWED, State.DUE)
    else:
        assert found.state is not State.LATE
    assert (found.reason is not None) is (found.state is State.EXCUSED)
    total = tally([found])
    assert total.required == total.held + total.late + total.excused + total.ahead


@given(every=st.sampled_from(EVERY), held=st.lists(st.integers(0, 3), min_size=53, max_size=53), today=DAYS)
def test_sums_are_the_sums_of_their_parts(every, held, today):
    found = [
        judge(Rhythm(every, 2), each, n, today) for each, n in zip(stretches(every, YEAR_2026), held, strict=False)
    ]
    parts = Tally()
    for each in found:
        parts += tally([each])
    assert parts == tally(found)
    assert parts.required == 2 * len(found)


@pytest.mark.parametrize(
    ("every", "today", "state"),
    [
        (MONTH, "2026-10-31", State.OWED), (MONTH, "2026-11-01", State.DUE), (MONTH, "2026-11-30", State.DUE),
        (MONTH, "2026-12-01", State.LATE), (WEEK, "2026-11-15", State.OWED), (WEEK, "2026-11-16", State.DUE),
        (WEEK, "2026-11-23", State.LATE), (QUARTER, "2026-11-30", State.OWED), (QUARTER, "2026-12-01", State.DUE),
        (YEAR, "2026-09-30", State.OWED), (YEAR, "2026-10-01", State.DUE), (YEAR, "2027-01-01", State.LATE),
    ],
)  # fmt: skip
def test_a_long_stretch_presses_towards_its_end(every: str, today: str, state: State):
    stretch = stretch_of(every, date(2026, 11, 20))
    assert judge(Rhythm(every), stretch, 0, date.fromisoformat(today)).state is state


def test_a_duty_is_owed_where_it_stands_at_the_end_of_the_stretch():
    begun = Rhythm(QUARTER, since=date(2026, 11, 20), until=date(2027, 3, 30))
    fourth, first = stretch_of(QUARTER, date(2026, 10, 1)), stretch_of(QUARTER, date(2027, 1, 1))
    assert begun.in_force(fourth)
    assert not begun.in_force(stretch_of(QUARTER, date(2026, 9, 30)))
    assert not begun.in_force(first)
    assert begun.chinese == "每季度 1 次"


def test_kind_and_word_are_both_asked_for():
    assert fulfils(("theme_day",), None, "theme_day", "")
    assert not fulfils(("theme_day",), "红色教育", "theme_day", "参观敬老院")
    assert fulfils((), "责任书", "committee_meeting", "党建、责任书")
    assert not fulfils(("talk",), None, "theme_day", "")


def test_the_worst_state_is_shown_for_several():
    assert worst([State.HELD, State.LATE, State.DUE]) is State.LATE
    assert worst([State.HELD, State.OWED]) is State.OWED
    assert worst([State.EXCUSED, State.HELD]) is State.EXCUSED


def test_a_stretch_of_a_year_takes_up_its_months():
    assert Stretch(date(2026, 1, 1), date(2026, 12, 31)).months == YEAR_2026.months
