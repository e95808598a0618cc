"""Rows of a cash book from a workbook, through the actions of the book: what stands in it already is left alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.ledger import Outcome, Values, View
from models.records.dues import cash_book
from models.records.dues.cash_book import INCOMES, KEPT, USES, CashEntry
from models.records.outcomes import Taken, take_each

CARRIED = "上年结转"
_NOTED = ("number", "handler", "approver", "remark")
_OPENING, _OTHER_INCOME, _OTHER_USE = "期初结余", INCOMES[-1], USES[-1]


def save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Enters a line each, in order of day so that income is there before it is spent; answers in the order given."""
    in_order = sorted(range(len(rows)), key=lambda place: (rows[place].get("on") or date.max, _amount(rows[place]) < 0))
    taken = Taken()
    found = take_each(session, [rows[place] for place in in_order], lambda values: _enter(session, values, view, taken))
    outcomes = dict(zip(in_order, found, strict=True))
    return [
        replace(outcome, field=_named(values, outcome.field)) if outcome.field else outcome
        for values, outcome in ((rows[place], outcomes[place]) for place in range(len(rows)))
    ]


def _amount(values: Values) -> Decimal:
    """Income above zero, spending below, in yuan."""
    return (values.get("income") or Decimal(0)) - (values.get("spending") or Decimal(0))


def _named(values: Values, field: str) -> str:
    """The column of the ledger in which the action's field is."""
    if field != "amount":
        return field
    return "spending" if values.get("spending") else "income"


def _enter(session: Session, values: Values, view: View, taken: Taken) -> Outcome:
    summary, amount = values.get("summary") or "", _amount(values)
    if summary == CARRIED:
        return _carry(session, values, view)
    if values.get("kind") == KEPT:
        return _keep(session, values, view)
    if values.get("income") and values.get("spending"):
        raise FieldError("spending", "一行不能既有收入又有支出。")
    numbered = _numbered(session, values, amount)
    known = numbered or _recorded(session, values, amount, view, taken)
    if known is not None:
        return _note(session, known, values, taken, clears=numbered is not None)
    if not amount:
        raise FieldError("income", "没有写收入或支出的金额。")
    if (amount < 0 and values.get("income")) or (amount > 0 and values.get("spending")):
        raise FieldError(_named(values, "amount"), "冲销的行不能导入，请在台账里选原来那一笔冲销。")
    kind = values.get("kind") or (_OTHER_INCOME if amount > 0 else _OTHER_USE)
    given: dict[str, Any] = {**values, "amount": abs(amount), "kind": kind}
    action = cash_book.receive if amount > 0 else cash_book.spend
    added = action(session, given, view.branch_id)
    taken.note(added.id)
    return Outcome("added", added.id)


def _keep(session: Session, values: Values, view: View) -> Outcome:
    """What was kept of dues comes into the book by the remittance itself."""
    if (values.get("on"), values.get("income")) in cash_book.movements(session, view.branch_id):
        return Outcome("unchanged")
    raise FieldError("kind", f"“{KEPT}”由登记上缴自动记入，不能导入。")


def _carry(session: Session, values: Values, view: View) -> Outcome:
    """What was carried over into the first year of a book is its opening balance; later it is known already."""
    balance, on = values.get("balance"), values.get("on")
    if on is None or cash_book.movements(session, view.branch_id):
        return Outcome("unchanged")
    if not balance:
        raise FieldError("balance", "上年结转没有写结余金额。")
    opening = {"on": on, "summary": CARRIED, "kind": _OPENING, "amount": balance}
    return Outcome("added", cash_book.receive(session, opening, view.branch_id).id)


def _numbered(session: Session, values: Values, amount: Decimal) -> CashEntry | None:
    """The entry of the record number in the row, if the row can mean it: the same day or sum, and the same summary.

    FieldError when the row would change what is booked.
    """
    text = str(values.get("id") or "")
    entry = session.get(CashEntry, int(text)) if text.isdecimal() and len(text) < 10 else None
    if entry is None or entry.summary != values.get("summary"):
        return None  # a number of another file
    for field, changed in (("on", entry.on != values.get("on")), ("amount", entry.amount != amount)):
        if changed:
            why = f"编号 {entry.id} 的收支已经入账，不能改动；如有差错请冲销后重新登记。"
            raise FieldError(_named(values, field), why)
    return entry


def _recorded(session: Session, values: Values, amount: Decimal, view: View, taken: Taken) -> CashEntry | None:
    """The entry that a row repeats: the same book, day, sum, summary and voucher, and no other row's."""
    same = select(CashEntry).where(
        CashEntry.on == values.get("on"), CashEntry.amount == amount, CashEntry.summary == values.get("summary")
    )
    if view.branch_id is not None:
        same = same.where(CashEntry.branch_id == view.branch_id)
    found = (
        entry
        for entry in session.scalars(same.order_by(CashEntry.id))
        if entry.id not in taken and (values.get("number") or entry.number) == entry.number
    )
    return next(found, None)


def _note(session: Session, entry: CashEntry, values: Values, taken: Taken, clears: bool) -> Outcome:
    """Notes what of a recorded entry may still be written: voucher, people and remark; `clears` by an empty cell."""
    stated = {key: values[key] for key in _NOTED if key in values and (clears or values[key] is not None)}
    changed = {key: value for key, value in stated.items() if value != getattr(entry, key)}
    if changed:
        taken.require_new(entry.id, entry.summary)
    for key, value in changed.items():
        setattr(entry, key, value)
    session.flush()
    taken.note(entry.id)
    return Outcome("updated" if changed else "unchanged", entry.id)
