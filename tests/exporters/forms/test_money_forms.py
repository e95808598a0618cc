"""The papers of money: what each copy says, what they leave out, and that long words stay within their boxes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from exporters.forms import named
from models.ledgers.dues.papers import RemittanceRecord
from tests.exporters import pages
from tests.exporters.forms.money_records import CARD, HANDOVER, LARGE, MONEY, NOTICE, REPORT, SPENDING


def text_of(tmp_path, name, record):
    named(name).draw([record], tmp_path / "x.pdf")
    (text,) = pages.texts(tmp_path / "x.pdf")
    return text


@pytest.mark.parametrize(("name", "copies"), [("dues_report", 2), ("dues_report_single", 1)])
def test_a_report_comes_in_two_copies_or_in_one(tmp_path, name, copies):
    text = text_of(tmp_path, name, REPORT)
    for words in ("2026年第四季度", "￥834.66", "￥3,338.64", "人民币肆仟壹佰柒拾叁元叁角整", "20261125000123"):
        assert text.count(words) == copies
    assert pages.squeezed(text).count("骑缝章") == copies - 1
    assert pages.sizes(tmp_path / "x.pdf") == [(297, 210) if copies == 2 else (210, 297)]


def test_cash_is_receipted_twice_with_its_difference(tmp_path):
    text = text_of(tmp_path, "dues_cash_slip", HANDOVER)
    for words in ("少 1.00 元：少收一元，收缴人补齐", "人民币壹仟贰佰陆拾肆元玖角整", "交出人签字", "接收人签字"):
        assert text.count(words) == 2
    assert "与账面相符" in text_of(tmp_path, "dues_cash_slip", replace(HANDOVER, booked=HANDOVER.amount))


def test_cards_stand_four_to_a_page_with_the_sum_of_the_year(tmp_path):
    named("dues_card").draw([CARD] * 5, tmp_path / "x.pdf")
    texts = pages.texts(tmp_path / "x.pdf")
    assert [text.count("2026年党费交纳卡") for text in texts] == [4, 1]
    assert f"{CARD.paid:,.2f}" == "1,005.00"
    assert texts[1].count("1,005.00") == 1


def test_the_notice_of_a_year_names_nobody(tmp_path):
    text = text_of(tmp_path, "dues_year_notice", NOTICE)
    for words in ("应交党费 14 人", "11,767.44", "1 笔，全额转交中央", "慰问困难党员", "12,499.44", "100-0000-0001"):
        assert words in text


def test_a_notice_of_a_long_year_stays_on_its_page(tmp_path):
    kinds = tuple((f"类别{number:02d}", Decimal(number)) for number in range(1, 13))
    text = text_of(tmp_path, "dues_year_notice", replace(NOTICE, incomes=kinds, uses=kinds))
    assert text.count("类别12") == 2
    assert "公示时间" in text


LONG = "".join(f"第{number}句写得很长很长很长很长。" for number in range(60))


@pytest.mark.parametrize(
    ("name", "record"),
    [("dues_large_sheet", replace(LARGE, description=LONG)), ("dues_spending_sheet", replace(SPENDING, purpose=LONG))],
)
def test_a_long_text_becomes_smaller_and_stays_whole(tmp_path, name, record):
    assert LONG in pages.squeezed(text_of(tmp_path, name, record)).replace("\f", "")


def test_a_remittance_tells_what_was_kept(tmp_path):
    record = RemittanceRecord(amount=Decimal("20.00"), kept=Decimal("80.00"), current=Decimal("100.00"))
    text = text_of(tmp_path, "dues_remittance", record)
    for words in ("￥100.00", "￥80.00", "￥20.00", "人民币贰拾元整", "按比例留存"):
        assert words in text
    assert "按比例留存" not in text_of(tmp_path, "dues_remittance", replace(record, kept=None))


@pytest.mark.parametrize("name", MONEY)
def test_sheets_for_the_members_tell_no_identity_number(tmp_path, name):
    assert "身份" not in text_of(tmp_path, name, MONEY[name])
