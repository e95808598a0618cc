"""A year of dues as an old register states it: which months were due, how much, and what was paid of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

EXEMPT, TICKED = "免", "√"  # what may stand in the place of an amount
ZERO = Decimal(0)
Cell = Decimal | str | None


@dataclass(frozen=True)
class Line:
    """One member's line: what stands under each of the twelve months, and the sums beside them, in yuan.

    `paid` holds amounts, EXEMPT, TICKED (paid what was due) or None; `dues` what was due where each month says so.
    """

    paid: Sequence[Cell]
    dues: Sequence[Decimal | None]
    monthly: Decimal | None = None
    yearly_due: Decimal | None = None
    yearly_paid: Decimal | None = None
    quarters: Sequence[Decimal | None] = (None,) * 4


@dataclass(frozen=True)
class PastDue:
    """One month (1 to 12) that was due: the due, 0 for an exemption, and what was paid, in yuan."""

    number: int
    due: Decimal
    paid: Decimal


def months_due(line: Line) -> list[PastDue]:
    """The months of a line that were due or paid; ValueError with a sentence where its figures contradict each other.

    A due that is not stated month by month is the monthly one; where the due of the year is just what was paid, each
    month owed what was paid for it. Unpaid months that the due of the year leaves are first those between paid ones,
    then those after, then those before.
    """
    paid = [_amount(line, place) for place in range(12)]
    _require_sums(line, paid)
    if any(due is not None for due in line.dues):
        dues = [_first(due, amount) for due, amount in zip(line.dues, paid, strict=True)]
    else:
        dues = _worked_out(line, paid)
    exempt = [place for place in range(12) if line.paid[place] == EXEMPT]
    for place in exempt:
        dues[place] = ZERO
    stated = sum((due for due in dues if due is not None), ZERO)
    if line.yearly_due is not None and stated != line.yearly_due:
        raise ValueError(f"全年应交写的是 {line.yearly_due:,.2f}，各月应交相加是 {stated:,.2f}，请核对。")
    return [PastDue(n, due, paid[n - 1] or ZERO) for n, due in enumerate(dues, 1) if due is not None]


def _amount(line: Line, place: int) -> Decimal | None:
    """What was paid for a month; None for nothing."""
    cell = line.paid[place]
    if cell == TICKED:
        due = line.dues[place] if line.dues[place] is not None else line.monthly
        if not due:
            raise ValueError(f"{place + 1}月只打了勾，没有写应交多少，请写明金额。")
        return due
    return cell if isinstance(cell, Decimal) and cell else None


def _first(due: Decimal | None, paid: Decimal | None) -> Decimal | None:
    return due if due is not None else paid


def _require_sums(line: Line, paid: Sequence[Decimal | None]) -> None:
    """ValueError where a sum of the year or of a quarter is not that of its months."""
    total = sum((amount for amount in paid if amount is not None), ZERO)
    if line.yearly_paid is not None and line.yearly_paid != total:
        raise ValueError(f"全年实交写的是 {line.yearly_paid:,.2f}，各月相加是 {total:,.2f}，请核对。")
    for quarter, stated in enumerate(line.quarters):
        months = sum((amount for amount in paid[quarter * 3 : quarter * 3 + 3] if amount is not None), ZERO)
        if stated is not None and stated != months:
            word = "一二三四"[quarter]
            raise ValueError(f"{word}季度小计写的是 {stated:,.2f}，三个月相加是 {months:,.2f}，请核对。")


def _worked_out(line: Line, paid: Sequence[Decimal | None]) -> list[Decimal | None]:
    total = sum((amount for amount in paid if amount is not None), ZERO)
    if not line.monthly or line.yearly_due == total:
        return list(paid)
    months = {place for place in range(12) if paid[place] is not None}
    if line.yearly_due is None:
        months |= set(range(min(months), max(months))) if months else set()
    else:
        wanted, rest = divmod(line.yearly_due, line.monthly)
        free = [place for place in _likeliest(months) if line.paid[place] != EXEMPT]
        if rest or not len(months) <= wanted <= len(months) + len(free):
            raise ValueError(
                f"全年应交 {line.yearly_due:,.2f} 和月应交 {line.monthly:,.2f} 对不上，请每月写明“应交”“实交”两列。"
            )
        months |= set(free[: int(wanted) - len(months)])
    return [line.monthly if place in months else None for place in range(12)]


def _likeliest(paid: set[int]) -> list[int]:
    """The months without a payment: those between paid ones, those after the last, those before the first."""
    first, last = (min(paid), max(paid)) if paid else (0, -1)
    between = [place for place in range(first, last) if place not in paid]
    return [*between, *range(last + 1, 12), *reversed(range(first))]
