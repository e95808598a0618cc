"""What stands between a month and its closing: who is missing, the cash, the handing up, the vouchers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.dues.collected import CollectionTotals, cash_taken, totals
from models.ledgers.dues.owed import ZERO
from models.ledgers.dues.progress import HandingUp, handing_up
from models.records.dues import cash, months
from models.records.dues.months import Due
from models.records.dues.payments import Allotment
from models.records.members.members import Member
from models.rules.periods import Month


@dataclass(frozen=True)
class Drawer:
    """The cash of a collection: what the books say and what was counted, in yuan (None: not counted yet).

    `explained` says why the two differ, `handed` who gave it to whom.
    """

    booked: Decimal
    counted: Decimal | None = None
    pieces: Mapping[Decimal, int] = field(default_factory=dict)
    explained: str = ""
    handed: str = ""

    @property
    def difference(self) -> Decimal | None:
        """Counted less booked."""
        return None if self.counted is None else self.counted - self.booked


@dataclass(frozen=True)
class Closing(HandingUp):
    """How far an opened month is from its closing; `missing` are the names of those who have not paid in full."""

    sums: CollectionTotals
    missing: tuple[str, ...]
    drawer: Drawer


def closing(session: Session, view: View) -> Closing:
    """The state of the view's month for the whole file; UserError when it is not opened."""
    month = view.month
    handed = handing_up(session, month)
    return Closing(
        month=month,
        together=handed.together,
        waiting=handed.waiting,
        unvouched=handed.unvouched,
        agreement=handed.agreement,
        sums=totals(session, View(view.today, view.period)),
        missing=tuple(_missing(session, month)),
        drawer=_counted(session, month, cash_taken(session, month)),
    )


def drawer(session: Session, view: View) -> Drawer:
    """The cash of the collection of the view's month, of all branches, and its count."""
    months.require(session, view.month)
    return _counted(session, view.month, cash_taken(session, view.month))


def _counted(session: Session, month: Month, booked: Decimal) -> Drawer:
    count = cash.cash_count(session, months.require(session, month).collection_day)
    if count is None:
        return Drawer(booked)
    handed = cash.last_handover(session, count.id)
    words = f"{handed.giver}交{handed.receiver}" if handed is not None else ""
    return Drawer(booked, count.counted, cash.counted_pieces(count), count.remark or "", words)


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
