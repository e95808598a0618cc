"""A year as an old register states it: which months were due, how much, and what was paid."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.past import EXEMPT, TICKED, Line, PastDue, months_due

NOTHING = [None] * 12


def money(text):
    return None if text is None else Decimal(text)


def line(paid, dues=NOTHING, **sums):
    cells = [each if each in (None, EXEMPT, TICKED) else Decimal(each) for each in [*paid, *NOTHING][:12]]
    quarters = [money(each) for each in sums.pop("quarters", [None] * 4)]
    stated = [money(each) for each in [*dues, *NOTHING][:12]]
    return Line(cells, stated, quarters=quarters, **{key: money(each) for key, each in sums.items()})


def shown(paid, dues=NOTHING, **sums):
    return [(each.number, str(each.due), str(each.paid)) for each in months_due(line(paid, dues, **sums))]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (line(["50", "50"]), [(1, "50", "50"), (2, "50", "50")]),
        (line(["50", None, "50"], monthly="50"), [(1, "50", "50"), (2, "50", "0"), (3, "50", "50")]),
        (line(["50", "60"], monthly="60", yearly_due="110"), [(1, "50", "50"), (2, "60", "60")]),
        (line(["50", "30"], monthly="50", yearly_due="100"), [(1, "50", "50"), (2, "50", "30")]),
        (line([None, "50"], monthly="50", yearly_due="100"), [(2, "50", "50"), (3, "50", "0")]),
        (line(["50"], ["50", "60"]), [(1, "50", "50"), (2, "60", "0")]),
        (line([EXEMPT, "50"]), [(1, "0", "0"), (2, "50", "50")]),
        (line([TICKED, None, TICKED], monthly="50", yearly_due="100"), [(1, "50", "50"), (3, "50", "50")]),
        (line([TICKED], ["40"]), [(1, "40", "40")]),
        (line(["0", "50"]), [(2, "50", "50")]),
        (line([]), []),
    ],
)
def test_the_months_of_a_line(given, expected):
    assert [(each.number, str(each.due), str(each.paid)) for each in months_due(given)] == expected


def test_unpaid_months_are_those_between_then_after_then_before():
    found = shown([None, "50", None, "50"], monthly="50", yearly_due="550")
    assert [number for number, _, _ in found] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (line(["50", "50"], yearly_paid="110"), "全年实交写的是 110.00，各月相加是 100.00"),
        (line(["50", "50"], quarters=["90", None, None, None]), "一季度小计写的是 90.00，三个月相加是 100.00"),
        (line(["50"], ["50"], yearly_due="60"), "全年应交写的是 60.00，各月应交相加是 50.00"),
        (line(["50"], monthly="50", yearly_due="70"), "对不上"),
        (line(["50"], monthly="50", yearly_due="650"), "对不上"),
        (line([TICKED]), "1月只打了勾"),
    ],
)
def test_what_contradicts_itself_is_refused(given, words):
    with pytest.raises(ValueError, match=words):
        months_due(given)


AMOUNTS = st.one_of(st.none(), st.integers(1, 100_000).map(lambda fen: Decimal(fen).scaleb(-2)))


@given(st.lists(AMOUNTS, min_size=12, max_size=12), st.lists(AMOUNTS, min_size=12, max_size=12))
def test_not_a_fen_is_lost_or_made(paid, dues):
    found = months_due(Line(paid, dues))
    assert sum(each.paid for each in found) == sum(amount for amount in paid if amount is not None)
    stated = {number: due for number, due in enumerate(dues, 1) if due is not None}
    assert all(each.due == stated.get(each.number, each.paid) for each in found)


@given(st.integers(1, 12), st.integers(0, 12), st.integers(1, 99_999))
def test_the_due_of_the_year_is_made_of_monthly_dues(owed, paid, fen):
    monthly = Decimal(fen).scaleb(-2)
    count = min(owed, paid)
    found = months_due(line([str(monthly)] * count, monthly=str(monthly), yearly_due=str(monthly * owed)))
    assert sum(each.due for each in found) == monthly * owed
    assert sum(each.paid for each in found) == monthly * count
    assert all(isinstance(each, PastDue) for each in found)
