"""Payments from before this file, as old lists state them: by year and month, or from month to month, often undated."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audit import ADD, Change, Operation
from models.errors import FieldError
from models.kinds import MONEY, TEXT, MonthKind, Raw, tidy
from models.ledger import Column, Ledger, Values, View
from models.ledgers.dues.past_registers import YEAR
from models.records.dues import past
from models.records.dues.past import MARK, Paper, Shelf
from models.records.dues.payments import Payment, require_near
from models.records.members.members import Member
from models.rules.allotment import spread
from models.rules.periods import Month

EXEMPT = "免交"
_PAPER = Paper("党费交纳明细")
_NUMBER = re.compile(r"(\d{1,2})\s*月?份?")
ZERO = Decimal(0)


class MonthOfYear(MonthKind):
    """A month, or only its number where the year stands in another column."""

    def read(self, raw: Raw) -> Any:
        found = _NUMBER.fullmatch(tidy(raw))
        if found is None:
            return super().read(raw)
        if not 1 <= int(found[1]) <= 12:
            raise ValueError(f"“{tidy(raw)}”不是月份。")
        return int(found[1])


_MONTH_OF_YEAR = MonthOfYear()


def fitted(_session: Session, ledger: Ledger, view: View | None) -> Ledger:
    """For an import, the columns that old lists have too; else the ledger as it is."""
    if view is not None:
        return ledger
    columns = [replace(column, required=column.key == "name") for column in ledger.columns]
    columns[-1:-1] = (
        Column("year", "年度", YEAR, 6, synonyms=("年", "年份")),
        Column("in_month", "月份", _MONTH_OF_YEAR, 6, synonyms=("月",)),
        Column("due", "应交", MONEY, 9, synonyms=("应交金额", "应交党费", "应收")),
        Column("sort", "交纳类型", TEXT, 10, synonyms=("缴费类型", "交费类型", "缴纳类型")),
    )
    return replace(ledger, columns=tuple(columns))


def completed(values: Values, shelf: Shelf) -> dict[str, Any]:
    """The row with its months written out, and for one without a day the collection day and the mark 补录.

    FieldError where neither a day nor a month is known.
    """
    filled = dict(values)
    first, last = _months(values)
    if first is None and values.get("paid_on") is None:
        raise FieldError("paid_on", "没有交纳日期，也没有写所属月份。")
    if first is not None:
        filled |= {"first": first, "last": last}
    if values.get("paid_on") is None and first is not None:
        filled["paid_on"] = shelf.day(last or first)
        filled["method"] = values.get("method") or past.METHOD
        filled["remark"] = "：".join(part for part in (MARK, values.get("remark")) if part)
    return filled


def _months(values: Values) -> tuple[Month | None, Month | None]:
    """The first and the last month a row names, in whichever columns."""
    if values.get("first") is not None:
        return values["first"], values.get("last") or values["first"]
    named, year = values.get("in_month"), values.get("year")
    if isinstance(named, Month):
        return named, named
    if named is None:
        return None, None
    if year is None:
        raise FieldError("in_month", f"只写了 {named} 月，没有写是哪一年。")
    return Month(year, named), Month(year, named)


def is_past(shelf: Shelf, covers: Sequence[Month]) -> bool:
    """Whether a payment is for months before this file; FieldError where only some of its months are."""
    sorts = {shelf.is_past(month) for month in covers}
    if len(sorts) > 1:
        raise FieldError("first", f"所属期跨过了本程序开始记账的 {shelf.begins.chinese}，请在这个月分成两行。")
    return sorts == {True}


def take(shelf: Shelf, member: Member, covers: Sequence[Month], values: Values) -> tuple[int | None, list[Month]]:
    """Enters a payment of past months, and their dues where nothing is known of them; number and months of it.

    Without a due stated each month owed its equal part of the payment; an exemption owed nothing. A payment of nothing
    enters dues alone.
    """
    amount = values.get("amount") or ZERO
    exempt = EXEMPT in (values.get("sort") or "")
    if exempt and amount:
        raise FieldError("amount", "类型是免交，却有交纳金额，请核对。")
    if not exempt and amount <= 0:
        raise FieldError("amount", "金额应大于零。")
    if amount:
        require_near(values["paid_on"], covers)
    known = {month for month in covers if (member.id, month) in shelf.dues}
    due, parts = values.get("due"), _parts(amount, len(covers))
    for month, part in zip(covers, parts, strict=True):
        past.owe(shelf, member, month, part if due is None or exempt else due, _PAPER)
    if not amount:
        return None, [month for month in covers if month not in known]
    owed = [(each, max(shelf.dues[member.id, each] - shelf.paid.get((member.id, each), ZERO), ZERO)) for each in covers]
    booked = spread(owed, amount)
    number = past.book(
        shelf,
        member,
        booked,
        values["paid_on"],
        values.get("method") or past.METHOD,
        values.get("remark"),
        values.get("proxy"),
    )
    return number, [month for month, _ in booked]


def _parts(amount: Decimal, count: int) -> list[Decimal]:
    """An amount in equal parts of whole fen, the first ones a fen larger where it does not come out even."""
    fen, left = divmod(int(amount * 100), count)
    return [Decimal(fen + (place < left)).scaleb(-2) for place in range(count)]


def taken_back(session: Session) -> set[int]:
    """The payments that an undo reversed: as if they had never been entered, they may come in again."""
    counters = (
        select(Change.record_id)
        .join(Operation, Operation.id == Change.operation_id)
        .where(Change.table_name == Payment.__tablename__, Change.verb == ADD, Operation.undoes_id.is_not(None))
    )
    found = select(Payment.reverses_id).where(Payment.id.in_(counters), Payment.reverses_id.is_not(None))
    return {number for number in session.scalars(found) if number is not None}
