"""Months, periods and dates known in part: reading and writing agree, and nothing that does not exist is taken."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.periods import Month, PartialDate, Period, months_between, show_months

MONTHS = st.builds(Month, st.integers(1950, 2150), st.integers(1, 12))
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(MONTHS)
def test_a_month_reads_back(month: Month):
    assert Month.parse(str(month)) == month
    assert Month.of(month.first_day) == Month.of(month.last_day) == month


@given(MONTHS, st.integers(-500, 500))
def test_months_add_and_subtract(month: Month, steps: int):
    assert (month + steps) - month == steps
    assert (month + steps) + -steps == month


@given(MONTHS, st.integers(0, 60))
def test_months_between_are_in_order_and_complete(first: Month, steps: int):
    found = list(months_between(first, first + steps))
    assert found == sorted(found)
    assert len(set(found)) == steps + 1
    assert list(months_between(first + 1, first)) == []


@pytest.mark.parametrize("text", ["", "2026", "2026-00", "2026-13", "2026-1", "26-11", "1899-12", "2200-01", "十一月"])
def test_what_is_no_month_is_refused_in_chinese(text: str):
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        Month.parse(text)


@pytest.mark.parametrize(
    ("text", "first", "last", "chinese"),
    [
        ("2026", "2026-01", "2026-12", "2026年度"),
        ("2026H1", "2026-01", "2026-06", "2026年上半年"),
        ("2026H2", "2026-07", "2026-12", "2026年下半年"),
        ("2026Q1", "2026-01", "2026-03", "2026年第一季度"),
        ("2026Q4", "2026-10", "2026-12", "2026年第四季度"),
        ("2026-11", "2026-11", "2026-11", "2026年11月"),
        ("2020..2022", "2020-01", "2022-12", "2020—2022年度"),
        ("2026-03..2026-10", "2026-03", "2026-10", "2026年3月—10月"),
        ("2025Q4..2026H1", "2025-10", "2026-06", "2025年10月—2026年6月"),
    ],
)
def test_periods_of_the_command_line(text: str, first: str, last: str, chinese: str):
    period = Period.parse(text)
    assert (str(period.first), str(period.last), period.chinese) == (first, last, chinese)
    assert period.first in period
    assert period.last + 1 not in period


@pytest.mark.parametrize(
    "text", ["", "2026H3", "2026Q0", "2026-13", "2026..", "..2026", "2026..2025", "2026h1", "今年"]
)
def test_what_is_no_period_is_refused_in_chinese(text: str):
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        Period.parse(text)


@given(MONTHS, st.integers(0, 40))
def test_a_span_of_months_reads_back(first: Month, steps: int):
    assert Period.parse(f"{first}..{first + steps}") == Period(first, first + steps)


@given(DAYS, st.sampled_from(["day", "month", "year"]))
def test_a_partial_date_keeps_its_precision(day: date, known: str):
    full = PartialDate.of(day)
    part = {"day": full, "month": PartialDate(day.year, day.month), "year": PartialDate(day.year)}[known]
    assert PartialDate.parse(str(part)) == part
    assert part.earliest <= day <= part.latest
    assert part.agrees_with(full)
    assert full.agrees_with(part)
    assert (part.full == day) is (known == "day")


@pytest.mark.parametrize("text", ["1990-02-30", "1990-00", "1990-13", "1990-05-00", "90-05", "1990-5", "1899", "不详"])
def test_what_is_no_date_is_refused_in_chinese(text: str):
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        PartialDate.parse(text)


def test_a_day_without_a_month_or_a_day_zero_is_none():
    with pytest.raises(ValueError, match="没有月"):
        PartialDate(1990, None, 5)
    with pytest.raises(ValueError, match="没有 1990-05-00 这一天"):
        PartialDate(1990, 5, 0)
    with pytest.raises(ValueError, match="没有 1990-00 这个月"):
        PartialDate(1990, 0)


def test_months_are_said_as_a_secretary_writes_them():
    at = Month.parse
    assert show_months([at("2026-11")]) == "2026年11月"
    assert show_months([at("2026-07"), at("2026-09"), at("2026-08")]) == "2026年7月—9月"
    assert show_months([at("2026-09"), at("2026-10"), at("2026-12")]) == "2026年9月、10月、12月"
    assert show_months([at("2026-11"), at("2026-12"), at("2027-01")]) == "2026年11月—2027年1月"
    assert show_months([]) == ""
