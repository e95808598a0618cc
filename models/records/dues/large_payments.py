"""Large voluntary payments (中组发〔2008〕3号 art. 11): they go whole to the centre, apart from the branch's dues."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.records.reversing import is_reversed, reason_given, reversible
from models.rules.periods import Month


class LargePayment(Record):
    """What a member gave beyond the due, in yuan; a counter-entry has a negative amount and names what it reverses.

    `month` is the collection it came in, `payment_id` the payment of dues it came with. `description` is what is said
    of the member in a few lines; `handed_on` the day it went to the committee, `receipt_no` the centre's receipt.
    """

    __tablename__ = "large_payments"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id"), index=True)
    month: Mapped[Month]
    paid_on: Mapped[date]
    amount: Mapped[Decimal]
    method: Mapped[str]
    description: Mapped[str | None]
    handed_on: Mapped[date | None]
    receipt_no: Mapped[str | None]
    remark: Mapped[str | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("large_payments.id"), unique=True)


def describe(session: Session, number: int, values: Mapping[str, Any]) -> None:
    """Says of a large payment what is known by now: description, handed_on, receipt_no and remark."""
    found = numbered(session, LargePayment, number, "大额党费记录")
    if found.reverses_id is not None or is_reversed(session, LargePayment, number):
        raise UserError("这一笔已经冲销，不用再填写。")
    handed_on = values.get("handed_on")
    if handed_on is not None and handed_on < found.paid_on:
        raise FieldError("handed_on", f"转交日期早于交纳日期 {found.paid_on}。")
    if values.get("receipt_no") and handed_on is None:
        raise FieldError("handed_on", "有了收据号，请同时填写转交日期。")
    for key in ("description", "handed_on", "receipt_no", "remark"):
        setattr(found, key, values.get(key))
    session.flush()


def reverse(session: Session, number: int, reason: str, on: date) -> LargePayment:
    """Cancels a large payment by a counter-entry; UserError when it was handed on or cancelled already."""
    found = reversible(session, LargePayment, number, "大额党费记录")
    if found.handed_on is not None:
        raise UserError(f"这笔大额党费已于 {found.handed_on} 转交上级党委，不能冲销；确有差错请先清除转交日期。")
    reason = reason_given(reason)
    counter = LargePayment(
        member_id=found.member_id,
        branch_id=found.branch_id,
        payment_id=None,
        month=found.month,
        paid_on=on,
        amount=-found.amount,
        method=found.method,
        remark=f"冲销：{reason}",
        reverses_id=found.id,
    )
    session.add(counter)
    session.flush()
    return counter


def came_with(session: Session, payment_id: int) -> LargePayment | None:
    """The large payment that came with a payment of dues and still stands."""
    found = session.scalars(select(LargePayment).where(LargePayment.payment_id == payment_id)).first()
    return found if found is not None and not is_reversed(session, LargePayment, found.id) else None


def taken(session: Session, month: Month, method: str | None = None, branch_id: int | None = None) -> Decimal:
    """What a month's collection brought of large payments, in yuan, less what was reversed; of one way or branch."""
    sums = select(func.sum(LargePayment.amount)).where(LargePayment.month == month)
    if method is not None:
        sums = sums.where(LargePayment.method == method)
    if branch_id is not None:
        sums = sums.where(LargePayment.branch_id == branch_id)
    return session.scalar(sums) or Decimal(0)


def recorded_with(session: Session, member_id: int, on: date, method: str) -> Sequence[LargePayment]:
    """The large payments that a member made on a day in one way."""
    same = select(LargePayment).where(
        LargePayment.member_id == member_id, LargePayment.paid_on == on, LargePayment.method == method
    )
    return session.scalars(same.where(LargePayment.reverses_id.is_(None)).order_by(LargePayment.id)).all()
