"""What is owed: every vector of the domain notes, and the laws of bands and rounding."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes import DUES_CATEGORY, RESOURCES
from models.rules.dues import (
    FEN,
    LARGEST_BASE,
    ROUNDINGS,
    DuesRules,
    assess,
    band_in_words,
    fixed_due,
    rounded,
    rules_for,
)
from models.rules.periods import Month

DATA = Path(__file__).parents[2] / "data"
DOCUMENT = json.loads((RESOURCES / "scales" / "dues.json").read_text(encoding="utf-8"))[0]
RULES = DuesRules.parse(DOCUMENT)
CATEGORIES = {"salary": "在职", "retired": "离退休"}
WAYS = {
    "to_fen": "分四舍五入",
    "to_jiao_half_up": "角四舍五入",
    "to_jiao_up": "角进一",
    "to_yuan_half_up": "元四舍五入",
}
BASES = st.integers(1, 20_000_000).map(lambda fen: Decimal(fen) / 100)
BY_BASE = [name for name, rule in RULES.categories.items() if rule.needs_base]


def under(**changes: Any) -> DuesRules:
    """The supplied rules with some of their parts changed."""
    return DuesRules.parse(DOCUMENT | changes)


def vectors() -> list[dict[str, str]]:
    with (DATA / "dues_vectors.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["id"])
def test_every_vector(vector: dict[str, str]):
    category, base = CATEGORIES[vector["category"]], Decimal(vector["base"])
    for column, rounding in WAYS.items():
        due = assess(under(rounding=rounding, cap="99999999.00"), category, base)
        assert due.amount == Decimal(vector[column]), column
        assert due.rate == Decimal(vector["rate"])
    assert assess(under(rounding="分四舍五入"), category, base).amount == Decimal(vector["assessed_with_1000_norm"])
    assert base * Decimal(vector["rate"]) == Decimal(vector["raw"])


def test_the_working_shows_the_arithmetic():
    assert assess(RULES, "在职", Decimal("7420.00")).working == "7420.00 × 1.5% = 111.30"
    assert assess(RULES, "在职", Decimal("5005.00")).working == "5005.00 × 1.5% = 75.075，四舍五入到角 75.10"
    assert assess(RULES, "年薪", Decimal("245000.00")).working == "245000.00 × 2% = 4900.00，按上限 1000.00"
    assert assess(RULES, "学生", None).working == "固定 0.20"


@given(st.sampled_from(BY_BASE), BASES, BASES)
def test_more_pay_never_owes_less(category: str, one: Decimal, other: Decimal):
    try:
        low, high = (assess(RULES, category, base).amount for base in sorted((one, other)))
    except ValueError:
        return
    assert low <= high <= RULES.cap


@given(st.sampled_from(BY_BASE), BASES)
def test_a_due_is_never_zero(category: str, base: Decimal):
    coarse = under(rounding="元四舍五入")
    if base < 100:  # the lowest rate makes less than half a yuan of it
        with pytest.raises(ValueError, match="太小"):
            assess(coarse, category, base)
    else:
        assert assess(coarse, category, base).amount > 0


@pytest.mark.parametrize("category", BY_BASE)
def test_a_base_of_too_many_figures_is_none(category: str):
    assert assess(under(), category, LARGEST_BASE).amount == 1000
    with pytest.raises(ValueError, match=r"10,000,000\.00 元太大"):
        assess(under(), category, LARGEST_BASE + FEN)


@given(st.integers(0, 10**9), st.sampled_from(list(ROUNDINGS)))
def test_rounding_moves_by_less_than_a_unit_and_only_once(tenths: int, rounding: str):
    amount = Decimal(tenths) / 100000
    unit, _, words = ROUNDINGS[rounding]
    found = rounded(amount, rounding)
    assert abs(found - amount) < unit
    assert rounded(found, rounding) == found
    assert found % unit == 0
    if words.startswith("进"):
        assert found >= amount


@pytest.mark.parametrize("base", [None, Decimal(0), Decimal("-3000.00")])
@pytest.mark.parametrize("category", BY_BASE)
def test_without_a_base_nothing_is_worked_out(category: str, base: Decimal | None):
    with pytest.raises(ValueError, match="基数"):
        assess(RULES, category, base)


@pytest.mark.parametrize("category", [None, "村干部"])
def test_without_a_known_category_nothing_is_worked_out(category: str | None):
    with pytest.raises(ValueError, match="类别"):
        assess(RULES, category, Decimal(5000))


@pytest.mark.parametrize("category", ["学生", "下岗失业", "低保", "农民"])
def test_fixed_categories_owe_twenty_fen(category: str):  # P01, P02
    for base in (None, Decimal(0), Decimal(9000)):
        assert assess(RULES, category, base).amount == Decimal("0.20")


def test_a_farmer_may_be_set_between_twenty_fen_and_one_yuan():  # P03, P04
    for amount in ("0.20", "0.50", "1.00"):
        assert fixed_due(RULES, "农民", Decimal(amount), None).amount == Decimal(amount)
    for amount in ("0.19", "1.01", "-0.50"):
        with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
            fixed_due(RULES, "农民", Decimal(amount), None)
    assert fixed_due(RULES, "农民", Decimal("0.00"), "困难减免").working == "免交（困难减免）"


def test_quarterly_income_is_averaged_before_the_band():  # P05, P06
    assert assess(RULES, "个体", Decimal(9000 + 12000 + 6000) / 3).amount == Decimal("135.00")
    assert assess(RULES, "个体", Decimal(9000) / 3).amount == Decimal("15.00")


def test_a_yearly_salary_is_taken_month_by_month():  # P07
    assert assess(RULES, "年薪", Decimal("5000.00")).amount == Decimal("50.00")
    assert assess(under(cap="99999.00"), "年薪", Decimal("245000.00")).amount == Decimal("4900.00")
    assert assess(RULES, "年薪", Decimal("245000.00")).amount == Decimal("1000.00")


def test_the_base_of_an_office():  # P08, P09
    assert assess(RULES, "在职", Decimal(2000 + 3000 + 2500 - 80)).amount == Decimal("111.30")
    assert assess(RULES, "在职", Decimal(2000 + 3000 + 2500 - 80 - 900)).amount == Decimal("97.80")


def test_shares_handed_on_are_rounded_half_up():  # P27, P28
    assert rounded(Decimal("13456.70") * Decimal("0.20"), "分四舍五入") == Decimal("2691.34")
    assert rounded(Decimal("13456.70") * Decimal("0.05"), "分四舍五入") == Decimal("672.84")


def test_the_rules_of_a_month_are_those_that_began_last():
    later = under(**{"from": "2027-01", "rounding": "元进一"})
    assert rules_for(Month(2026, 12), [later, RULES]) is RULES
    assert rules_for(Month(2027, 1), [later, RULES]) is later
    with pytest.raises(ValueError, match="没有2008年3月适用的党费标准"):
        rules_for(Month(2008, 3), [later, RULES])


def test_every_category_that_can_be_entered_has_a_rule():
    assert set(DUES_CATEGORY.options) == set(RULES.categories)


def test_the_band_is_said_in_words():
    assert band_in_words(RULES, "在职", Decimal(3000)) == "3000 元以下（含），0.5%"
    assert band_in_words(RULES, "在职", Decimal("3000.01")) == "3000 元以上至 5000 元（含），1%"
    assert band_in_words(RULES, "离退休", Decimal(5001)) == "5000 元以上，1%"
    assert band_in_words(RULES, "学生", Decimal(5001)) == "固定数额"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"rounding": "随便"}, "取整方式"),
        ({"cap": "0"}, "大于零"),
        ({"cap": "NaN"}, "大于零"),
        ({"large_extra": "-1"}, "大于零"),
        ({"categories": {"在职": {"source": "x"}}}, "既没有档次"),
        ({"categories": {"在职": {"source": "x", "fixed": "0"}}}, "大于零"),
        ({"categories": {"农民": {"source": "x", "fixed": "2.00", "least": "0.20", "most": "1.00"}}}, "固定数额不在"),
        ({"categories": {"在职": {"source": "x", "bands": [{"up_to": "3000", "rate": "0.005"}]}}}, "由低到高"),
        ({"categories": {"在职": {"source": "x", "bands": [{"up_to": None, "rate": "1.5"}]}}}, "小于 1"),
    ],
)
def test_unsound_rules_are_refused(changes: dict[str, Any], why: str):
    with pytest.raises(ValueError, match=why):
        under(**changes)


def test_bands_must_rise():
    bands = [{"up_to": limit, "rate": "0.01"} for limit in ("5000", "3000", None)]
    with pytest.raises(ValueError, match="由低到高"):
        under(categories={"在职": {"source": "x", "bands": bands}})
