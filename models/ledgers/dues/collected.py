"""The money that a month's collection brought: from whom, by which way, for which months, and its sums.

A collection is what was taken from the first day of its month until the next month that is opened begins, so money
that comes in late for the newest month still belongs to its collection. What is taken for a month that was opened
before its first day belongs to that month's. Each payment belongs to just one collection.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select, true
from sqlalchemy.orm import Session, aliased

from models.audit import ADD, Change, Operation
from models.ledger import View
from models.ledgers.dues.owed import ZERO
from models.ledgers.dues.progress import DuesSums, dues_sums
from models.records.dues import large_payments
from models.records.dues.months import DuesMonth
from models.records.dues.payments import CASH, Allotment, Payment
from models.rules.periods import Month, Period


@dataclass(frozen=True)
class Taken:
    """What a collection brought from one member, in yuan; reversed payments and counter-entries are left out."""

    amount: Decimal
    method: str
    months: tuple[Month, ...]
    payment_ids: tuple[int, ...]
    paid_on: date


@dataclass(frozen=True)
class CollectionTotals(DuesSums):
    """The sums of a collection in yuan, beside those of its month.

    `received` is all that was taken, of it `back` for earlier months, `advance` for later ones, and what each way of
    `by_method` brought; `slips` payments stand. `large` came beside it as large voluntary payments.
    """

    received: Decimal = ZERO
    back: Decimal = ZERO
    advance: Decimal = ZERO
    by_method: Mapping[str, Decimal] = field(default_factory=dict)
    slips: int = 0
    large: Decimal = ZERO

    @property
    def cash(self) -> Decimal:
        return self.by_method.get(CASH, ZERO)


def during(session: Session, month: Month, branch_id: int | None = None) -> ColumnElement[bool]:
    """The condition that picks the payments of a month's collection."""
    opened = dict(session.execute(select(DuesMonth.month, DuesMonth.opened_on)).all())
    following = min((each for each in opened if each > month), default=None)
    chosen = and_(
        Payment.paid_on >= month.first_day,
        Payment.paid_on < following.first_day if following is not None else true(),
        not_(or_(false(), *(_early(each, on) for each, on in opened.items() if each > month and on < each.first_day))),
    )
    if month in opened and opened[month] < month.first_day:
        chosen = or_(chosen, _early(month, opened[month]))
    return chosen if branch_id is None else and_(chosen, Payment.branch_id == branch_id)


def _early(month: Month, opened_on: date) -> ColumnElement[bool]:
    """Picks what was taken for a month before its first day, once it was opened."""
    part = aliased(Allotment)  # its own, for the queries that join the months anyway
    first = select(func.min(part.month)).where(part.payment_id == Payment.id).correlate(Payment).scalar_subquery()
    return and_(first == month, Payment.paid_on >= opened_on, Payment.paid_on < month.first_day)


def days_of(session: Session, month: Month, today: date) -> Period:
    """The months on whose days a collection takes money, as far as `today`."""
    opened_on = session.scalar(select(DuesMonth.opened_on).where(DuesMonth.month == month))
    following = session.scalar(select(func.min(DuesMonth.month)).where(DuesMonth.month > month))
    last = following + -1 if following is not None else max(month, Month.of(today))
    return Period(min(month, Month.of(opened_on)) if opened_on is not None else month, last)


def taken_by_member(session: Session, month: Month, branch_id: int | None = None) -> dict[int, Taken]:
    """What the collection brought from each member of whom it has a payment that stands."""
    booked = _booked(session, during(session, month, branch_id))
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for payment in standing_payments(session, month, branch_id):
        found[payment.member_id].append(payment)
    return {
        member_id: Taken(
            amount=sum((each.amount for each in own), ZERO),
            method="、".join(dict.fromkeys(each.method for each in own)),
            months=tuple(sorted({when for each in own for when in booked.get(each.id, ())})),
            payment_ids=tuple(each.id for each in own),
            paid_on=own[-1].paid_on,
        )
        for member_id, own in found.items()
    }


def standing_payments(session: Session, month: Month, branch_id: int | None = None) -> Sequence[Any]:
    """The payments of a collection that were not reversed, in the order they were recorded.

    Rows of id, member_id, amount, method and paid_on.
    """
    undone = select(Payment.reverses_id).where(Payment.reverses_id.is_not(None))
    return session.execute(
        select(Payment.id, Payment.member_id, Payment.amount, Payment.method, Payment.paid_on)
        .where(during(session, month, branch_id), Payment.reverses_id.is_(None), Payment.id.not_in(undone))
        .order_by(Payment.id)
    ).all()


def _booked(session: Session, condition: ColumnElement[bool]) -> dict[int, list[Month]]:
    """The months that payments are booked to, net of what was moved away from them."""
    sums = (
        select(Allotment.payment_id, Allotment.month, func.sum(Allotment.amount))
        .join(Payment, Payment.id == Allotment.payment_id)
        .where(condition)
        .group_by(Allotment.payment_id, Allotment.month)
    )
    booked: defaultdict[int, list[Month]] = defaultdict(list)
    for payment_id, month, amount in session.execute(sums):
        if amount:
            booked[payment_id].append(month)
    return booked


def recorded_at(session: Session, month: Month) -> dict[int, datetime]:
    """When (UTC) each payment of the collection was recorded, by payment."""
    lines = (
        select(Change.record_id, Operation.at)
        .join(Operation, Operation.id == Change.operation_id)
        .join(Payment, Payment.id == Change.record_id)
        .where(Change.table_name == Payment.__tablename__, Change.verb == ADD, during(session, month))
    )
    return {payment_id: datetime.fromisoformat(at) for payment_id, at in session.execute(lines)}


def totals(session: Session, view: View) -> CollectionTotals:
    """The sums of the collection of the view's month, of one branch or all."""
    month, branch_id = view.month, view.branch_id
    sums = dues_sums(session, month, branch_id)
    condition = during(session, month, branch_id)
    parts = (
        select(Payment.method, Allotment.month, func.sum(Allotment.amount))
        .join(Allotment, Allotment.payment_id == Payment.id)
        .where(condition)
        .group_by(Payment.method, Allotment.month)
    )
    ways: defaultdict[str, Decimal] = defaultdict(Decimal)
    back = advance = ZERO
    for method, booked_to, amount in session.execute(parts):
        ways[method] += amount
        back += amount if booked_to < month else ZERO
        advance += amount if booked_to > month else ZERO
    return CollectionTotals(
        due=sums.due,
        for_month=sums.for_month,
        people=sums.people,
        unpaid=sums.unpaid,
        received=sum(ways.values(), ZERO),
        back=back,
        advance=advance,
        by_method=dict(ways),
        slips=len(standing_payments(session, month, branch_id)),
        large=large_payments.taken(session, month, branch_id=branch_id),
    )


def cash_taken(session: Session, month: Month) -> Decimal:
    """The cash that a month's collection took in all branches, less what was paid back, large payments among it."""
    found = select(func.sum(Payment.amount)).where(during(session, month), Payment.method == CASH)
    return (session.scalar(found) or ZERO) + large_payments.taken(session, month, CASH)
