"""What stands between a month and its closing: who is missing, the cash, the handing up, the vouchers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.collected import CollectionTotals, cash_taken, totals
from models.ledgers.owed import ZERO
from models.records import cash, months
from models.records.members import Member
from models.records.months import Due
from models.records.payments import Allotment, Payment
from models.records.remittances import Agreement, Remittance, Voucher, agreement
from models.rules.periods import Month


@dataclass(frozen=True)
class Drawer:
    """The cash of a collection: what the books say and what was counted, in yuan (None: not counted yet).

    `explained` says why the two differ.
    """

    booked: Decimal
    counted: Decimal | None = None
    pieces: Mapping[Decimal, int] = field(default_factory=dict)
    explained: str = ""

    @property
    def difference(self) -> Decimal | None:
        """Counted less booked."""
        return None if self.counted is None else self.counted - self.booked


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
class Closing:
    """How far an opened month is from its closing; `waiting` is what each month has that was not handed up yet."""

    month: Month
    sums: CollectionTotals
    missing: tuple[str, ...]
    drawer: Drawer
    waiting: tuple[tuple[Month, Decimal], ...]
    unvouched: tuple[Unvouched, ...]
    agreement: Agreement

    @property
    def to_hand_up(self) -> Decimal:
        return sum((amount for _, amount in self.waiting if amount > 0), ZERO)

    @property
    def reversed_after(self) -> Decimal:
        """What was reversed of the month after it had been handed up, in yuan, as a positive amount."""
        return -min(dict(self.waiting).get(self.month, ZERO), ZERO)


def closing(session: Session, view: View) -> Closing:
    """The state of the view's month for the whole file; UserError when it is not opened."""
    month = view.month
    sums = totals(session, View(view.today, view.period))
    return Closing(
        month=month,
        sums=sums,
        missing=tuple(_missing(session, month)),
        drawer=_counted(session, month, cash_taken(session, month)),
        waiting=waiting(session),
        unvouched=tuple(_unvouched(session, month)),
        agreement=agreement(session, month),
    )


def drawer(session: Session, view: View) -> Drawer:
    """The cash of the collection of the view's month, of all branches, and its count."""
    months.require(session, view.month)
    return _counted(session, view.month, cash_taken(session, view.month))


def _counted(session: Session, month: Month, booked: Decimal) -> Drawer:
    count = cash.cash_count(session, months.require(session, month).collection_day)
    return Drawer(booked, count.counted, cash.counted_pieces(count), count.remark or "") if count else Drawer(booked)


def waiting(session: Session, branch_id: int | None = None) -> tuple[tuple[Month, Decimal], ...]:
    """What each month has that was not handed up, in order; below zero where more was reversed since than came in."""
    found = (
        select(Allotment.month, func.sum(Allotment.amount))
        .where(Allotment.remittance_id.is_(None))
        .group_by(Allotment.month)
        .order_by(Allotment.month)
    )
    if branch_id is not None:
        found = found.join(Payment, Payment.id == Allotment.payment_id).where(Payment.branch_id == branch_id)
    return tuple((month, amount) for month, amount in session.execute(found) if amount)


def _missing(session: Session, month: Month) -> list[str]:
    """The names of those who have not paid the month in full."""
    paid = select(func.sum(Allotment.amount)).where(Allotment.member_id == Due.member_id, Allotment.month == month)
    owing = (
        select(Member.name)
        .join(Due, Due.member_id == Member.id)
        .where(Due.month == month, Due.amount > func.coalesce(paid.scalar_subquery(), ZERO))
        .order_by(Member.branch_id, Member.id)
    )
    return list(session.scalars(owing))


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
