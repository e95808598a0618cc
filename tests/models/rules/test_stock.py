"""The laws of stock: it balances, periods follow on one another, and goods never make money."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.rules import stock
from models.rules.stock import Given, Goods, Moved

START = date(2026, 1, 1)
COATS, FLOUR = Goods("大衣", "件"), Goods("面粉", "袋")
days = st.integers(0, 60).map(lambda number: START + timedelta(number))
sizes = st.decimals("0.001", "9999", places=3)
moves = st.lists(st.builds(Moved, days, st.sampled_from([COATS, FLOUR, Goods("大衣", "箱")]), sizes, st.booleans()))
yuan = st.none() | st.decimals("0.01", "9999.99", places=2)
lines = st.lists(st.builds(Given, yuan, st.none() | sizes, yuan))


@given(moves, days)
def test_opening_and_in_less_out_is_closing_and_the_next_opening(moved: list[Moved], middle: date) -> None:
    before = stock.turnover(moved, START, middle)
    after = stock.turnover(moved, middle + timedelta(1), START + timedelta(99))
    for each in (*before, *after):
        assert each.opening + each.received - each.issued == each.closing
    closed = {each.goods: each.closing for each in before if each.closing}
    assert closed == {each.goods: each.opening for each in after if each.opening}
    left = {goods: quantity for goods, quantity in stock.balances(moved).items() if quantity}
    assert left == {each.goods: each.closing for each in after if each.closing}


@given(moves, days, sizes)
def test_what_may_still_go_out_leaves_no_day_short_and_a_little_more_does(
    moved: list[Moved], on: date, more: Decimal
) -> None:
    enough = [Moved(START, goods, Decimal(1_000_000)) for goods in stock.balances(moved)] + moved
    assert stock.first_short(enough) is None
    least = stock.least_from([*enough, Moved(START, COATS, Decimal(1))], COATS, on)
    held = [*enough, Moved(START, COATS, Decimal(1))]
    assert stock.first_short([*held, Moved(on, COATS, least, received=False)]) is None
    short = stock.first_short([*held, Moved(on, COATS, least + more, received=False)])
    assert short is not None
    assert (short.goods, short.missing >= 0, short.on >= on) == (COATS, True, True)


def test_the_first_day_short_is_named() -> None:
    moved = [Moved(date(2026, 1, 5), COATS, Decimal(3)), Moved(date(2026, 1, 4), COATS, Decimal(1), received=False)]
    assert stock.first_short(moved) == (date(2026, 1, 4), COATS, Decimal(1))
    same_day = [moved[1]._replace(on=date(2026, 1, 5)), moved[0]]
    assert stock.first_short(same_day) is None


@given(lines)
def test_goods_and_their_estimates_never_make_money(given_lines: list[Given]) -> None:
    sums = stock.worth(given_lines)
    assert sums.money == stock.worth([Given(each.amount) for each in given_lines]).money
    assert sums.money == sum((each.amount for each in given_lines if each.amount), Decimal(0))
    without = stock.worth([Given(each.amount, each.quantity) for each in given_lines])
    assert without.money == sums.money
    assert without.estimated == 0


@given(sizes)
def test_a_quantity_is_written_without_loss(quantity: Decimal) -> None:
    assert Decimal(stock.said(quantity)) == quantity
