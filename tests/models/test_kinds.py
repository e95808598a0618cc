"""Kinds read what people type, refuse with a sentence what cannot be, and read back what they show."""

import contextlib
import re
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import codes, kinds
from models.rules.identity import check_character
from models.rules.periods import Month, PartialDate

NUMBER = "11990119900501123" + check_character("11990119900501123")


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        (kinds.TEXT, "  住址,电话待核　", "住址,电话待核"),
        (kinds.Several(("学时", "篇目、片名", "成果")), "成果、学时", ("学时", "成果")),
        (kinds.Several(("学时", "篇目、片名", "成果")), "篇目、片名；学时", ("学时", "篇目、片名")),
        (kinds.Several(("学时",)), "", ()),
        (kinds.TEXT, 12.0, "12"),
        (kinds.TEXT, "甲\u202e乙\u200b", "甲乙"),
        (kinds.TEXT, "=1+1", "=1+1"),
        (kinds.NAME, "张　三", "张三"),
        (kinds.NAME, "张\n三", "张三"),
        (kinds.NAME, "'张三", "张三"),
        (kinds.NAME, "阿依努尔•库尔班", "阿依努尔·库尔班"),
        (kinds.NAME, "阿依努尔．库尔班 ", "阿依努尔·库尔班"),
        (kinds.NAME, "J. R.  Smith", "J. R. Smith"),
        (kinds.NAME, "𬎆\ue863", "𬎆\ue863"),
        (kinds.CODE, " 020100", "020100"),
        (kinds.CODE, 20100.0, "20100"),
        (kinds.PHONE, 10000000001.0, "10000000001"),
        (kinds.PHONE, "１００ 0000 0001", "10000000001"),
        (kinds.PHONE, "'10000000001", "10000000001"),
        (kinds.PHONE, "0100-1234567/10000000001", "0100-1234567/10000000001"),
        (kinds.ID_NUMBER, NUMBER, NUMBER),
        (kinds.ID_NUMBER, f"'{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", NUMBER),
        (kinds.ID_NUMBER, "".join(chr(ord(c) + 0xFEE0) for c in NUMBER), NUMBER),
        (kinds.ID_NUMBER, "119901900501123", "119901900501123"),
        (kinds.ID_NUMBER, 119901900501123.0, "119901900501123"),
        (kinds.ACCOUNT, "6200 9999-0000 1234 567", "6200999900001234567"),
        (kinds.ACCOUNT, "'6200999900001234567", "6200999900001234567"),
        (kinds.ACCOUNT, 420100001234.0, "420100001234"),
        (kinds.MONEY, "￥1,234.50元", Decimal("1234.50")),
        (kinds.MONEY, 111.30000000000001, Decimal("111.30")),
        (kinds.MONEY, "3000元/月", Decimal(3000)),
        (kinds.MONEY, "五十", Decimal(50)),
        (kinds.MONEY, "一千零五十元整", Decimal(1050)),
        (kinds.MONEY, "伍佰圆", Decimal(500)),
        (kinds.NUMBER, "3 ", 3),
        (kinds.RATE, "1.5%", Decimal("0.015")),
        (kinds.RATE, 0.015, Decimal("0.015")),
        (kinds.DAY, "2026年11月23日", date(2026, 11, 23)),
        (kinds.PARTIAL_DAY, "2026.11", PartialDate(2026, 11)),
        (kinds.PARTIAL_DAY, "至今", None),
        (kinds.MONTH, "2026.11", Month(2026, 11)),
        (kinds.MONTH, 202611.0, Month(2026, 11)),
        (kinds.FLAG, "√", True),
        (kinds.FLAG, "无", False),
        (codes.SEX, 1.0, "男"),
        (codes.ETHNICITY, "汉", "汉族"),
        (codes.CATEGORY, "预\n备", "预备党员"),
        (codes.EDUCATION, "省委党校研究生", "省委党校研究生"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, kinds.Kind) else repr(each)[:40],
)
def test_what_people_type_is_read(kind, typed, meant):
    assert kind.read(typed) == meant


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (kinds.TEXT, "长" * 40_000),
        (kinds.NAME, '=HYPERLINK("http://a.example","张三")'),
        (kinds.NAME, "＝1+1"),
        (kinds.NAME, "填表人：张三"),
        (kinds.NAME, 12.0),
        (kinds.NAME, "12"),
        (kinds.NAME, "√"),
        (kinds.NAME, "名" * 60),
        (kinds.CODE, 1.5),
        (kinds.PHONE, "1.0000E+10"),
        (kinds.ID_NUMBER, 119901199005011000),
        (kinds.ID_NUMBER, 1.19901e17),
        (kinds.ID_NUMBER, "1.19901E+17"),
        (kinds.ID_NUMBER, NUMBER[:17]),
        (kinds.ID_NUMBER, NUMBER[:17] + "0123456789X"[("0123456789X".index(NUMBER[17]) + 1) % 11]),
        (kinds.ID_NUMBER, "119901901301123"),
        (kinds.ID_NUMBER, "E12345678"),
        (kinds.ID_NUMBER, "军字第1234567号"),
        (kinds.ACCOUNT, 6200999900001234567),
        (kinds.ACCOUNT, 6.2009999e18),
        (kinds.ACCOUNT, "6.2E+18"),
        (kinds.ACCOUNT, "1234567"),
        (kinds.ACCOUNT, "卡号六二零零"),
        (kinds.MONEY, 1.005),
        (kinds.MONEY, "约三千"),
        (kinds.MONEY, "三千五"),
        (kinds.MONEY, "一五零"),
        (kinds.MONEY, "1e400"),
        (kinds.MONEY, "inf"),
        (kinds.MONEY, float("nan")),
        (kinds.MONEY, True),
        (kinds.NUMBER, 1.5),
        (kinds.DAY, "2026.11"),
        (kinds.MONTH, "2026"),
        (kinds.FLAG, "也许"),
        (codes.SEX, "女士"),
        (codes.CATEGORY, "公务员"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, kinds.Kind) else repr(each)[:40],
)
def test_what_cannot_be_is_refused_with_a_sentence(kind, typed):
    with pytest.raises(ValueError, match=r"。$"):
        kind.read(typed)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *((kind, typed) for kind in (kinds.DAY, kinds.PARTIAL_DAY, kinds.MONTH) for typed in ("昨天", 1990.1)),
        (kinds.DAY, "2026"),
        (kinds.DAY, "2026.11"),
        (kinds.MONTH, "2026"),
    ],
)
def test_what_a_refusal_gives_as_an_example_is_taken(kind, typed):
    with pytest.raises(ValueError, match="请写成") as refusal:
        kind.read(typed)
    examples = re.findall(r"\d[\d.年月日-]+", str(refusal.value).partition("请写成")[2])
    assert examples
    assert all(kind.read(each) is not None for each in examples)


@pytest.mark.parametrize(
    "kind", [kinds.FLAG, kinds.NUMBER, kinds.DAY, kinds.NAME, kinds.MONTH], ids=lambda kind: type(kind).__name__
)
def test_a_refusal_does_not_repeat_a_whole_page(kind):
    with pytest.raises(ValueError, match="很长") as refusal:
        kind.read("很长" * 300)
    assert len(str(refusal.value)) < 100


@pytest.mark.parametrize("word", [None, "", " 　", "不详", "无", "未知", "——", "—", "-", "/", "…", "N/A", "？"])
@pytest.mark.parametrize(
    "kind",
    [kinds.TEXT, kinds.NAME, kinds.CODE, kinds.PHONE, kinds.ID_NUMBER, kinds.MONEY, kinds.PARTIAL_DAY, codes.SEX],
)
def test_words_for_unknown_are_nothing(kind, word):
    assert kind.read(word) is None


@given(st.text())
def test_text_is_tidied_once_and_for_all(text):
    tidied = kinds.tidy(text)
    assert kinds.tidy(tidied) == tidied
    assert not any(unicodedata.category(character) == "Cs" for character in tidied)


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False))
def test_money_reads_back_what_it_shows(amount):
    assert kinds.MONEY.read(kinds.MONEY.show(amount)) == amount
    assert kinds.MONEY.read(float(amount)) == amount


@given(st.dates(date(1910, 1, 1), date(2099, 12, 31)))
def test_days_read_back_what_they_show_on_screen_and_paper(day):
    assert kinds.DAY.read(kinds.DAY.show(day)) == day
    assert kinds.DAY.read(kinds.DAY.paper(day)) == day


@given(st.builds(Month, st.integers(1910, 2099), st.integers(1, 12)))
def test_months_read_back_what_they_show_on_screen_and_paper(month):
    assert kinds.MONTH.show(month) == f"{month.year}-{month.number:02d}"
    assert kinds.MONTH.paper(month) == f"{month.year}.{month.number:02d}"
    assert kinds.MONTH.read(kinds.MONTH.show(month)) == month
    assert kinds.MONTH.read(kinds.MONTH.paper(month)) == month


TORTURE = [
    "\x00",
    "\x1b[31m",
    "\ud800",
    "\ufffe",
    "\u202egnp",
    "\u200d",
    "𠮷",
    "\U000f0000",
    "長" * 40_000,
    "a<b",
    "{}",
    "%s",
]
TORTURE += [
    "<img src=file:///etc/passwd>",
    "';--",
    "_x000D_",
    "\r\n",
    "١٢٣",
    "²",
    "½",
    "1e999999999",
    "0x10",
    "NaN",
    "-0",
]


EVERY_KIND = [name for name, value in vars(kinds).items() if isinstance(value, kinds.Kind)]


@pytest.mark.parametrize("text", TORTURE, ids=lambda text: ascii(text)[:20])
@pytest.mark.parametrize("name", EVERY_KIND)
def test_nothing_breaks_a_kind(name, text):
    kind = getattr(kinds, name)
    for raw in (text, f"张{text}三", text * 3):
        value = None
        with contextlib.suppress(ValueError):  # refused is as good as read
            value = kind.read(raw)
        kind.show(value)
        kind.cell(value)
        str(value).encode("utf-8")
