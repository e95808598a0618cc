"""Dates as people type them: read as exactly as they were written, or refused with a sentence."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import dates
from models.rules.periods import PartialDate

DAYS = st.dates(date(1910, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1990.05", "1990-05"),
        ("1990.5", "1990-05"),
        ("1990.10", "1990-10"),
        (1990.05, "1990-05"),
        (1990.11, "1990-11"),
        ("199005", "1990-05"),
        (199005, "1990-05"),
        (199005.0, "1990-05"),
        ("19900501", "1990-05-01"),
        (19900501.0, "1990-05-01"),
        ("1990-05", "1990-05"),
        ("1990—05", "1990-05"),
        ("1990/5/1", "1990-05-01"),
        ("1990 05 01", "1990-05-01"),
        ("1990，05", "1990-05"),
        ("1990·05", "1990-05"),
        ("1990.05.", "1990-05"),
        ("1990. 5. 1", "1990-05-01"),
        ("１９９０．０５", "1990-05"),
        ("1990年", "1990"),
        (1990, "1990"),
        ("1990年5月", "1990-05"),
        ("1990年05月", "1990-05"),
        (" 1990 年 5 月 1 日 ", "1990-05-01"),
        ("1990年5月1号", "1990-05-01"),
        ("二〇〇五年七月", "2005-07"),
        ("二○一九年十二月三十一日", "2019-12-31"),
        ("一九九〇年十月二十日", "1990-10-20"),
        (30247, "1982-10-23"),
        (30247.0, "1982-10-23"),
        ("30247", "1982-10-23"),
        (45000.25, "2023-03-15"),
        ("2019/2/3  14:30", "2019-02-03"),
        ("2019-02-03T14:30:00", "2019-02-03"),
        ("2019年2月3日14:30", "2019-02-03"),
        ("1969.01", "1969-01"),
        (datetime(1990, 5, 1, 8), "1990-05-01"),
        (date(1990, 5, 1), "1990-05-01"),
        ("2000-02-29", "2000-02-29"),
    ],
    ids=repr,
)
def test_a_date_keeps_its_exactness(typed, meant):
    assert str(dates.read(typed)) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "1990.13",
        "1990.00",
        "2001-02-29",
        "19900230",
        "199013",
        199013,
        "90.5",
        "5月",
        "05/1990",
        "十月",
        "1990年十三月",
        "1990年5",
        "1890-05-01",
        "99999-99-99",
        "1990-05-01-02",
        1.5,
        12,
        True,
        Decimal("1990.1"),
        "二〇〇五年一一月",
        "入党",
    ],
    ids=repr,
)
def test_what_is_no_date_is_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match=r"。$"):
        dates.read(typed)


def test_a_number_that_may_be_january_or_october_is_refused():
    with pytest.raises(ValueError, match="1月还是10月"):
        dates.read(1990.1)
    assert dates.is_ambiguous(" 1990.1 ")
    assert not dates.is_ambiguous("1990.10")


def test_nothing_is_nothing():
    assert dates.read(None) is None


@given(DAYS)
def test_every_common_way_of_writing_one_day_means_it(day):
    ways = [
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month:02d}/{day.day:02d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
        (day - date(1899, 12, 30)).days,
        datetime(day.year, day.month, day.day),
    ]
    assert {dates.read(way) for way in ways} == {PartialDate.of(day)}


@given(DAYS)
def test_every_common_way_of_writing_one_month_means_it(day):
    ways = [
        f"{day:%Y-%m}",
        f"{day:%Y.%m}",
        f"{day.year}年{day.month}月",
        f"{day:%Y%m}",
        int(f"{day:%Y%m}"),
    ]
    assert {dates.read(way) for way in ways} == {PartialDate(day.year, day.month)}


@given(st.one_of(st.text(), st.floats(), st.integers(), st.binary()))
def test_anything_else_is_a_date_or_refused(raw):
    try:
        found = dates.read(raw)
    except ValueError:
        return
    assert PartialDate.parse(str(found)) == found
