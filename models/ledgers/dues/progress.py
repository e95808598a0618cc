"""How far a month of dues is: what was due and paid, what was handed up, what the vouchers prove."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import settings
from models.ledgers.dues.owed import ZERO
from models.records.dues.months import Due, DuesMonth
from models.records.dues.payments import Allotment, Payment
from models.records.dues.remittances import Agreement, Remittance, Voucher, agreement
from models.rules.handing_up import settlement
from models.rules.periods import Month, Period


@dataclass(frozen=True)
class DuesSums:
    """A month's dues in yuan: what was `due`, and `for_month`, what the month itself has, whenever it was paid.

    `people` owe something for the month, `unpaid` of them still do.
    """

    due: Decimal = ZERO
    for_month: Decimal = ZERO
    people: int = 0
    unpaid: int = 0


@dataclass(frozen=True)
class Unvouched:
    """A remittance for which vouchers are missing: what was handed up and what vouchers prove, in yuan."""

    id: int
    month: Month
    remitted_on: date
    amount: Decimal
    vouched: Decimal

    @property
    def missing(self) -> Decimal:
        return self.amount - self.vouched


@dataclass(frozen=True)
class HandingUp:
    """How far an opened month is handed up and proved; `waiting` is what each month has that was not handed up yet.

    `together` are the months that are handed up with it: itself, its quarter or its half year.
    """

    month: Month
    together: Period
    waiting: tuple[tuple[Month, Decimal], ...]
    unvouched: tuple[Unvouched, ...]
    agreement: Agreement

    @property
    def to_hand_up(self) -> Decimal:
        return sum((amount for _, amount in self.waiting if amount > 0), ZERO)

    @property
    def can_wait(self) -> bool:
        """Whether the months handed up together go on after this one."""
        return self.together.last > self.month

    @property
    def reversed_after(self) -> Decimal:
        """What was reversed of the month after it had been handed up, in yuan, as a positive amount."""
        return -min(dict(self.waiting).get(self.month, ZERO), ZERO)


def dues_sums(session: Session, month: Month, branch_id: int | None = None) -> DuesSums:
    """The dues of a month and what was paid for them, of one branch or all."""
    paid = (
        select(Allotment.member_id, func.sum(Allotment.amount).label("amount"))
        .where(Allotment.month == month)
        .group_by(Allotment.member_id)
        .subquery()
    )
    dues = (
        select(Due.amount, func.coalesce(paid.c.amount, ZERO))
        .join(paid, paid.c.member_id == Due.member_id, isouter=True)
        .where(Due.month == month)
    )
    booked = select(func.sum(Allotment.amount)).where(Allotment.month == month)
    if branch_id is not None:
        dues = dues.where(Due.branch_id == branch_id)
        booked = booked.join(Payment, Payment.id == Allotment.payment_id).where(Payment.branch_id == branch_id)
    owing = [(due, got) for due, got in session.execute(dues) if due > 0]
    return DuesSums(
        due=sum((due for due, _ in owing), ZERO),
        for_month=session.scalar(booked) or ZERO,
        people=len(owing),
        unpaid=sum(got < due for due, got in owing),
    )


def handing_up(session: Session, month: Month) -> HandingUp:
    """What of a month was handed up, for the whole file; UserError when it is not opened."""
    together = settlement(month, settings.read(session).remit_cadence)
    return HandingUp(month, together, waiting(session), tuple(_unvouched(session, month)), agreement(session, month))


def waiting(session: Session, branch_id: int | None = None) -> tuple[tuple[Month, Decimal], ...]:
    """What each month has that was not handed up, in order; below zero where more was reversed since than came in.

    Months before this file went up before it.
    """
    brought_in = select(DuesMonth.month).where(DuesMonth.brought_in)
    found = (
        select(Allotment.month, func.sum(Allotment.amount))
        .where(Allotment.remittance_id.is_(None), Allotment.month.not_in(brought_in))
        .group_by(Allotment.month)
        .order_by(Allotment.month)
    )
    if branch_id is not None:
        found = found.join(Payment, Payment.id == Allotment.payment_id).where(Payment.branch_id == branch_id)
    return tuple((month, amount) for month, amount in session.execute(found) if amount)


def _unvouched(session: Session, month: Month) -> list[Unvouched]:
    """The remittances of the month, and those of the same days for other months, whose vouchers fall short."""
    proved = select(func.sum(Voucher.amount)).where(Voucher.remittance_id == Remittance.id).scalar_subquery()
    days = select(Remittance.remitted_on).where(Remittance.month == month)
    found = (
        select(Remittance, func.coalesce(proved, ZERO))
        .where(Remittance.remitted_on.in_(days), Remittance.amount - Remittance.kept > func.coalesce(proved, ZERO))
        .order_by(Remittance.month, Remittance.id)
    )
    return [
        Unvouched(each.id, each.month, each.remitted_on, each.handed_up, got) for each, got in session.execute(found)
    ]
