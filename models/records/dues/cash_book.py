"""The cash book of dues that a branch may use: money returned from above or kept, and what it was spent on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.kinds import MONEY, tidy
from models.records.dues import remittances
from models.records.dues.remittances import Remittance
from models.records.dues.spending import SpendingRequest
from models.records.reversing import reason_given, reversible

INCOMES = ("下拨党费", "返还党费", "期初结余", "利息", "其他收入")
USES = ("教育培训", "购置资料设备", "表彰先进", "慰问困难党员", "救助受灾", "其他支出")
KEPT = "留存党费"
_CAUTION = "党费使用应当量入为出"


class CashEntry(Record):
    """One line of the cash book in yuan: income is above zero, spending below; a counter-entry names what it reverses.

    `kind` is one of INCOMES or USES (中组发〔2008〕3号 art. 19), `decided_on` the day the use was decided upon together
    (art. 20). `branch_id` None stands for the whole file's own book.
    """

    __tablename__ = "cash_book"

    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    on: Mapped[date] = mapped_column(index=True)
    number: Mapped[str | None]
    summary: Mapped[str]
    kind: Mapped[str]
    amount: Mapped[Decimal]
    handler: Mapped[str | None]
    approver: Mapped[str | None]
    decided_on: Mapped[date | None]
    request_id: Mapped[int | None] = mapped_column(ForeignKey("spending_requests.id"), index=True)
    attachment_id: Mapped[int | None]
    remark: Mapped[str | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("cash_book.id"), unique=True)


def receive(
    session: Session, values: Mapping[str, Any], branch_id: int | None = None, attachment_id: int | None = None
) -> CashEntry:
    """Enters an income from on, number, summary, kind, amount (yuan, above zero), handler, approver and remark."""
    _require_kind(values, INCOMES)
    return _enter(session, values, _amount(values), branch_id, attachment_id)


def spend(
    session: Session, values: Mapping[str, Any], branch_id: int | None = None, attachment_id: int | None = None
) -> CashEntry:
    """Enters a spending, with `decided_on` and perhaps `request_id` besides.

    FieldError without the decision taken together before it (art. 20), beyond what the request allows, and where it
    would exceed what is in the book on its day or any day after (art. 17).
    """
    _require_kind(values, USES)
    amount = _amount(values)
    on, decided_on = values.get("on"), values.get("decided_on")
    if decided_on is None:
        raise FieldError("decided_on", "使用党费要经集体研究决定，请填写支委会（党员大会）研究日期。")
    if on is not None and decided_on > on:
        raise FieldError("decided_on", f"研究日期 {decided_on} 晚于支出日期 {on}，应先研究、后支出。")
    _require_allowed(session, values, amount)
    if on is not None:
        least = least_from(session, on, branch_id)
        if amount > least:
            raise FieldError("amount", f"支出 {amount:,.2f} 元超过结余 {least:,.2f} 元，{_CAUTION}，请核对。")
    return _enter(session, values, -amount, branch_id, attachment_id)


def reverse(session: Session, number: int, reason: str, on: date) -> CashEntry:
    """Cancels an entry by a counter-entry of the same kind; nothing is deleted. UserError when it cannot be."""
    found, reason = reversible(session, CashEntry, number, "收支记录"), reason_given(reason)
    if found.amount > 0 and found.amount > (least := least_from(session, on, found.branch_id)):
        raise UserError(f"这笔收入已经用掉一部分，结余只有 {least:,.2f} 元，不能冲销 {found.amount:,.2f} 元。")
    counter = CashEntry(
        branch_id=found.branch_id,
        on=on,
        number=found.number,
        summary=f"冲销：{found.summary}（{reason}）",
        kind=found.kind,
        amount=-found.amount,
        handler=found.handler,
        approver=found.approver,
        decided_on=found.decided_on,
        request_id=found.request_id,
        reverses_id=found.id,
    )
    session.add(counter)
    session.flush()
    return counter


def take_back(session: Session, remittance_id: int) -> None:
    """Withdraws a remittance; UserError where what was kept of it has been spent already."""
    found = session.get(Remittance, remittance_id)
    if found is not None and found.kept:
        least = least_from(session, found.remitted_on, found.branch_id)
        if found.kept > least:
            raise UserError(f"这次上缴留存的 {found.kept:,.2f} 元已经用掉一部分，结余只有 {least:,.2f} 元，不能撤回。")
    remittances.withdraw(session, remittance_id)


def attach(session: Session, number: int, voucher: str | None, attachment_id: int | None) -> None:
    """Adds the voucher's number and scan to an entry that was made before they were at hand."""
    found = numbered(session, CashEntry, number, "收支记录")
    found.number = voucher or found.number
    found.attachment_id = attachment_id or found.attachment_id
    session.flush()


def movements(session: Session, branch_id: int | None) -> list[tuple[date, Decimal]]:
    """Every sum that came into a book or went out of it, in yuan by day, what was kept of dues among them."""
    entries = select(CashEntry.on, CashEntry.amount).where(_same(CashEntry.branch_id, branch_id))
    kept = select(Remittance.remitted_on, Remittance.kept)
    kept = kept.where(Remittance.kept > Decimal(0), _same(Remittance.branch_id, branch_id))
    return sorted((on, amount) for query in (entries, kept) for on, amount in session.execute(query))


def balance_at(session: Session, on: date, branch_id: int | None) -> Decimal:
    """What is in a book at the end of a day, in yuan."""
    return sum((amount for day, amount in movements(session, branch_id) if day <= on), Decimal(0))


def least_from(session: Session, on: date, branch_id: int | None) -> Decimal:
    """The lowest balance of a book at the end of `on` and of every day after, in yuan: what may still be spent."""
    return least_balance(movements(session, branch_id), on)


def least_balance(moved: Iterable[tuple[date, Decimal]], on: date) -> Decimal:
    """The lowest of the balances at the end of `on` and of the days after; `moved` is in order of day."""
    by_day: dict[date, Decimal] = {}
    balance = at_first = Decimal(0)
    for day, amount in moved:
        balance += amount
        if day <= on:
            at_first = balance
        else:
            by_day[day] = balance
    return min([at_first, *by_day.values()])


def spent(session: Session, request_id: int) -> Decimal:
    """What was spent under a request, in yuan, less what was reversed."""
    found = select(CashEntry.amount).where(CashEntry.request_id == request_id)
    return -sum(session.scalars(found), Decimal(0))


def standing(session: Session, request_id: int) -> Sequence[int]:
    """The numbers of the entries under a request that were not reversed."""
    undone = select(CashEntry.reverses_id).where(CashEntry.reverses_id.is_not(None))
    found = select(CashEntry.id).where(CashEntry.request_id == request_id, CashEntry.reverses_id.is_(None))
    return session.scalars(found.where(CashEntry.id.not_in(undone))).all()


def _same(column: Any, branch_id: int | None) -> Any:
    return column.is_(None) if branch_id is None else column == branch_id


def _require_kind(values: Mapping[str, Any], kinds: Sequence[str]) -> None:
    if values.get("kind") not in kinds:
        raise FieldError("kind", f"类别应为{'、'.join(kinds)}。")


def _amount(values: Mapping[str, Any]) -> Decimal:
    try:
        amount = MONEY.read(values.get("amount"))
    except ValueError as error:
        raise FieldError("amount", str(error)) from None
    if amount is None or amount <= 0:
        raise FieldError("amount", "金额应大于零。")
    return amount


def _require_allowed(session: Session, values: Mapping[str, Any], amount: Decimal) -> None:
    """FieldError when a request does not exist, was not decided, or has not so much left."""
    if values.get("request_id") is None:
        return
    request = numbered(session, SpendingRequest, values["request_id"], "使用申请")
    left = request.budget - spent(session, request.id)
    if amount > left:
        raise FieldError("amount", f"超过审批预算：预算 {request.budget:,.2f} 元，还可支出 {left:,.2f} 元。")


def _enter(
    session: Session, values: Mapping[str, Any], amount: Decimal, branch_id: int | None, attachment_id: int | None
) -> CashEntry:
    summary = tidy(values.get("summary") or "")
    if values.get("on") is None:
        raise FieldError("on", "请填写日期。")
    if not summary:
        raise FieldError("summary", "请填写摘要。")
    entry = CashEntry(
        branch_id=branch_id,
        summary=summary,
        amount=amount,
        attachment_id=attachment_id,
        **{key: values.get(key) for key in _COPIED},
    )
    session.add(entry)
    session.flush()
    return entry


_COPIED = ("on", "number", "kind", "handler", "approver", "decided_on", "request_id", "remark")
