"""Stock of goods: what came in and went out balances by item and unit, and is never below nothing on any day.

Goods are counted, money is added up: an estimated value of goods is told apart and is never part of a sum of money.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

ZERO = Decimal(0)


def is_unit(text: str) -> bool:
    """Whether a text may be a unit of goods (件, kg): a number or a mark alone is none."""
    return any(letter.isalpha() for letter in unicodedata.normalize("NFKC", text))


class Goods(NamedTuple):
    """What is counted, and in which unit; the same thing in two units is counted twice over, never converted."""

    item: str
    unit: str


class Moved(NamedTuple):
    """So much of some goods on a day: `received` says which way; a counter-entry is below nothing, the same way."""

    on: date
    goods: Goods
    quantity: Decimal
    received: bool = True

    @property
    def adds(self) -> Decimal:
        """What it adds to the stock."""
        return self.quantity if self.received else -self.quantity


class Short(NamedTuple):
    """That at the end of a day goods are missing: `missing` is above nothing."""

    on: date
    goods: Goods
    missing: Decimal


class Turnover(NamedTuple):
    """Goods over a period: opening + received − issued = closing."""

    goods: Goods
    opening: Decimal
    received: Decimal
    issued: Decimal
    closing: Decimal


@dataclass(frozen=True)
class Given:
    """One line of a list: money in yuan, goods, or both; `value` in yuan is an estimate, None where nobody knows."""

    amount: Decimal | None = None
    quantity: Decimal | None = None
    value: Decimal | None = None


class Worth(NamedTuple):
    """Money in yuan; apart from it what goods are thought to be worth, and how many lines of goods have no value."""

    money: Decimal
    estimated: Decimal
    unvalued: int


def balances(moves: Iterable[Moved]) -> dict[Goods, Decimal]:
    """What is left of each of the goods."""
    left: dict[Goods, Decimal] = {}
    for each in moves:
        left[each.goods] = left.get(each.goods, ZERO) + each.adds
    return left


def first_short(moves: Iterable[Moved]) -> Short | None:
    """The first day at whose end some goods are below nothing, None when there is none.

    Within a day what came in counts before what went out: nobody writes down the hour.
    """
    left: dict[Goods, Decimal] = {}
    for on, of_day in groupby(sorted(moves, key=_day), key=_day):
        met = list(of_day)
        for each in met:
            left[each.goods] = left.get(each.goods, ZERO) + each.adds
        for each in met:
            if left[each.goods] < 0:
                return Short(on, each.goods, -left[each.goods])
    return None


def least_from(moves: Iterable[Moved], goods: Goods, on: date) -> Decimal:
    """The lowest stock of goods at the end of `on` and of every day after: what may still go out on that day."""
    by_day: dict[date, Decimal] = {}
    left = at_first = ZERO
    for each in sorted((each for each in moves if each.goods == goods), key=_day):
        left += each.adds
        if each.on <= on:
            at_first = left
        else:
            by_day[each.on] = left
    return min([at_first, *by_day.values()])


def turnover(moves: Iterable[Moved], first: date, last: date) -> list[Turnover]:
    """The goods of a period from `first` to `last`, by the day they first came up; those gone before it stay out."""
    opening: dict[Goods, Decimal] = {}
    ways: tuple[dict[Goods, Decimal], dict[Goods, Decimal]] = ({}, {})
    for each in sorted((each for each in moves if each.on <= last), key=_day):
        opening.setdefault(each.goods, ZERO)
        if each.on < first:
            opening[each.goods] += each.adds
        else:
            way = ways[0 if each.received else 1]
            way[each.goods] = way.get(each.goods, ZERO) + each.quantity
    received, issued = ways
    return [
        Turnover(
            goods, before, came := received.get(goods, ZERO), went := issued.get(goods, ZERO), before + came - went
        )
        for goods, before in opening.items()
        if before or goods in received or goods in issued
    ]


def worth(lines: Sequence[Given]) -> Worth:
    """Sums of a list; money is money alone, however much goods beside it are said to be worth."""
    return Worth(
        sum((each.amount for each in lines if each.amount is not None), ZERO),
        sum((each.value for each in lines if each.value is not None), ZERO),
        sum(each.quantity is not None and each.value is None for each in lines),
    )


def said(quantity: Decimal) -> str:
    """A quantity as it is written: 230, 0.5, with no zeros behind."""
    return f"{quantity.normalize():f}" if quantity else "0"


def _day(moved: Moved) -> date:
    return moved.on
