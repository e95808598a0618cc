"""The worksheet F02: which items count, what is taken off, and that it says all its base rests on."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.codes import RESOURCES
from models.rules.dues import DuesRules, assess
from models.rules.periods import Month
from models.rules.worksheet import PayScale, Worksheet, kind_for, scale_for, worksheet

DOCUMENT = json.loads((RESOURCES / "scales" / "pay.json").read_text(encoding="utf-8"))[0]
SCALE = PayScale.parse(DOCUMENT)
RULES = DuesRules.parse(json.loads((RESOURCES / "scales" / "dues.json").read_text(encoding="utf-8"))[0])
CIVIL = "机关公务员"
P08 = {"职务工资": "2000", "级别工资": "3000", "工作性津贴": "2500", "个人所得税": "80", "住房公积金": "900"}
AMOUNTS = st.decimals("0.00", "99999.99", places=2)


def amounts(**items: str) -> dict[str, Decimal | None]:
    return {item: Decimal(amount) for item, amount in items.items()}


def scale(**changes: Any) -> PayScale:
    return PayScale.parse(DOCUMENT | changes)


@pytest.mark.parametrize(
    ("less_own", "base", "due"),
    [(False, "7420.00", "111.30"), (True, "6520.00", "97.80")],  # P08, P09
    ids=["tax alone", "own insurance and funds too"],
)
def test_own_contributions_are_taken_off_by_option(less_own: bool, base: str, due: str):
    found = worksheet(scale(less_own=less_own), CIVIL, amounts(**P08))
    assert found.base == Decimal(base)
    assert assess(RULES, SCALE.kinds[CIVIL].category, found.base).amount == Decimal(due)
    assert found.items == amounts(**P08)


def test_the_working_shows_the_arithmetic():
    assert worksheet(SCALE, CIVIL, amounts(**P08)).working == ("2000.00 + 3000.00 + 2500.00 − 80.00 − 900.00 = 6520.00")


@pytest.mark.parametrize(
    ("kind", "items", "base"),
    [
        ("机关工人", {"岗位工资": "1800", "技术等级工资": "900", "津贴补贴": "1500", "个人所得税": "0"}, "4200"),
        ("事业单位", {"岗位工资": "2500", "薪级工资": "2100", "基础性绩效工资": "3000", "养老保险": "600"}, "7000"),
        ("企业", {"基本工资": "6000", "经常性奖金": "1500", "企业年金": "200"}, "7300"),
        ("离退休", {"基本离退休费": "4800"}, "4800"),
        ("年薪", {"当月薪酬": "25000", "个人所得税": "1800", "住房公积金": "2000"}, "21200"),
    ],
)
def test_every_kind_has_its_own_items(kind: str, items: dict[str, str], base: str):
    assert worksheet(SCALE, kind, amounts(**items)).base == Decimal(base)


@pytest.mark.parametrize(
    ("kind", "items", "sentence"),
    [
        (None, {"职务工资": "2000"}, "没有工资类型"),
        ("司机", {"职务工资": "2000"}, "没有“司机”这种工资类型"),
        (CIVIL, {"职务工资": "2000", "岗位工资": "800"}, "没有“岗位工资”这一项"),
        (CIVIL, {"职务工资": "2000", "个人所得税": "-80"}, "是负数"),
        (CIVIL, {"个人所得税": "80"}, "还没有填写"),
        (CIVIL, {"职务工资": "80", "个人所得税": "80"}, "扣款合计不少于"),
        ("离退休", {"基本离退休费": "4800", "津贴补贴": "900"}, "没有“津贴补贴”这一项"),
    ],
)
def test_what_gives_no_base_is_refused(kind: str | None, items: dict[str, str], sentence: str):
    with pytest.raises(ValueError, match=sentence):
        worksheet(SCALE, kind, amounts(**items))


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ({"category": "在职", "pay": [], "tax": [], "own": []}, "没有计入基数"),
        ({"category": "在职", "pay": ["工资", "工资"], "tax": [], "own": []}, "写了两次"),
        ({"category": "在职", "pay": ["工资"], "tax": ["工资"], "own": []}, "写了两次"),
        ({"category": "在职", "pay": [" "], "tax": [], "own": []}, "只能用汉字"),
        ({"category": "在职", "pay": ["津贴（补贴）"], "tax": [], "own": []}, "只能用汉字"),
    ],
)
def test_what_is_no_scale_is_refused(kind: dict[str, Any], sentence: str):
    with pytest.raises(ValueError, match=sentence):
        scale(kinds={"机关": kind})
    with pytest.raises(ValueError, match="没有工资类型"):
        scale(kinds={})


@pytest.mark.parametrize(
    ("position", "post", "category", "kind"),
    [
        ("机关", "一级主任科员", None, CIVIL),
        ("机关", "工勤人员", None, "机关工人"),
        ("机关", "退休干部", None, "离退休"),
        ("事业单位", None, None, "事业单位"),
        ("企业", None, "年薪", "年薪"),
        (None, None, "离退休", "离退休"),
        (None, "科长", "在职", None),
    ],
)
def test_the_likely_kind(position: str | None, post: str | None, category: str | None, kind: str | None):
    assert kind_for(SCALE, position, post, category) == kind
    assert kind_for(scale(kinds={"村干部": DOCUMENT["kinds"]["离退休"]}), position, post, category) is None


def test_items_shared_by_kinds_are_named_once():
    assert SCALE.pay_items(["事业单位", "机关工人"]) == (
        "岗位工资", "技术等级工资", "津贴补贴", "薪级工资", "基础性绩效工资",
    )  # fmt: skip
    assert SCALE.off_items(["离退休"]) == ()
    assert set(SCALE.off_items()) == {item for kind in SCALE.kinds.values() for item in kind.off}


def test_the_scale_of_a_month_is_the_latest_begun():
    later = scale(**{"from": "2027-01"})
    assert scale_for(Month(2026, 12), (later, SCALE)) is SCALE
    assert scale_for(Month(2027, 1), (later, SCALE)) is later
    assert scale_for(Month(2010, 1), (later, SCALE)) is SCALE


@given(st.sampled_from(sorted(SCALE.kinds)), st.booleans(), st.data())
def test_a_worksheet_tells_its_base_again_and_loses_no_fen(kind: str, less_own: bool, data: st.DataObject):
    chosen = scale(less_own=less_own)
    made = chosen.kinds[kind]
    given_items = {item: data.draw(AMOUNTS, item) for item in (*made.pay, *made.off)}
    off = made.off if less_own else made.tax
    expected = sum(given_items[item] for item in made.pay) - sum(given_items[item] for item in off)
    if expected <= 0:
        with pytest.raises(ValueError, match=r"项目|合计"):
            worksheet(chosen, kind, given_items)
        return
    found = worksheet(chosen, kind, given_items)
    assert found.base == expected
    assert Worksheet.parse(found.text()) == found
    assert worksheet(chosen, kind, found.items) == found
