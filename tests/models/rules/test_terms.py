"""Terms of committees and bands of statistics: dates and bounds."""

from datetime import date

import pytest

from models.rules.bands import UNKNOWN, Bands, Groups
from models.rules.terms import TermRule, due_on, is_near, rule_on


@pytest.mark.parametrize(
    ("appointed", "years", "due"),
    [("2024-03-15", 3, "2027-03-15"), ("2024-02-29", 3, "2027-02-28"), ("2024-02-29", 4, "2028-02-29"),
     ("2021-12-31", 5, "2026-12-31")],
)  # fmt: skip
def test_a_term_ends_on_the_same_date_so_many_years_later(appointed: str, years: int, due: str):
    assert due_on(date.fromisoformat(appointed), years) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("today", "near"),
    [("2026-09-14", False), ("2026-09-15", True), ("2027-03-15", True), ("2028-01-01", True)],
)
def test_a_term_is_near_its_end_from_the_day_six_months_before(today: str, near: bool):
    assert is_near(date(2027, 3, 15), date.fromisoformat(today), 6) is near


def test_six_months_before_a_day_that_the_month_has_not():
    assert not is_near(date(2027, 8, 31), date(2027, 2, 27), 6)
    assert is_near(date(2027, 8, 31), date(2027, 2, 28), 6)


def test_the_rule_is_the_one_in_force_on_the_day():
    old, new = TermRule(date(2018, 7, 1), {"党支部": 3}, 6), TermRule(date(2030, 1, 1), {"党支部": 4}, 3)
    assert rule_on((new, old), date(2029, 12, 31)) is old
    assert rule_on((new, old), date(2030, 1, 1)) is new
    assert rule_on((new, old), date(2000, 1, 1)) is old


@pytest.mark.parametrize(
    ("years", "name"), [(0, "小"), (30, "小"), (31, "中"), (60, "中"), (61, "大"), (None, UNKNOWN)]
)
def test_bounds_of_bands_are_inclusive(years: int | None, name: str):
    assert Bands((("小", 30), ("中", 60), ("大", None))).band(years) == name


@pytest.mark.parametrize(("word", "name"), [("硕士研究生", "研究生"), ("私塾", "其他"), (None, UNKNOWN), ("", UNKNOWN)])
def test_words_of_no_group_count_as_others(word: str | None, name: str):
    groups = Groups((("研究生", ("研究生", "硕士研究生")),))
    assert groups.band(word) == name
    assert groups.names == ("研究生", "其他")
