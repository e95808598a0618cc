"""The payments of one member that stand, as they are told when one of them is to be looked at or cancelled."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.kinds import MONEY
from models.ledgers.dues.owed import ZERO
from models.records.dues.payments import Allotment, Payment
from models.records.members.members import find_by_id
from models.rules.periods import Month, show_months


@dataclass(frozen=True)
class PaidOnce:
    """A payment that was not reversed, the amount in yuan, and the months it is booked to."""

    id: int
    name: str
    paid_on: date
    amount: Decimal
    method: str
    months: tuple[Month, ...]
    remark: str | None

    @property
    def said(self) -> str:
        return f"{self.paid_on} {self.method} {MONEY.show(self.amount)} 元（{show_months(list(self.months))}）"


def paid_by(session: Session, member_id: int, month: Month | None = None) -> list[PaidOnce]:
    """The payments of a member that stand, oldest first; those booked to `month` or paid in it when one is given."""
    name = find_by_id(session, member_id).name
    undone = set(session.scalars(select(Payment.reverses_id).where(Payment.reverses_id.is_not(None))))
    chosen = select(Payment).where(Payment.member_id == member_id, Payment.reverses_id.is_(None))
    booked = _booked(session, member_id)
    return [
        PaidOnce(each.id, name, each.paid_on, each.amount, each.method, booked[each.id], each.remark)
        for each in session.scalars(chosen.order_by(Payment.paid_on, Payment.id))
        if each.id not in undone and (month is None or month in (*booked[each.id], Month.of(each.paid_on)))
    ]


def _booked(session: Session, member_id: int) -> defaultdict[int, tuple[Month, ...]]:
    sums = (
        select(Allotment.payment_id, Allotment.month)
        .where(Allotment.member_id == member_id)
        .group_by(Allotment.payment_id, Allotment.month)
        .having(func.sum(Allotment.amount) != ZERO)
        .order_by(Allotment.month)
    )
    booked: defaultdict[int, tuple[Month, ...]] = defaultdict(tuple)
    for payment_id, month in session.execute(sums):
        booked[payment_id] += (month,)
    return booked
