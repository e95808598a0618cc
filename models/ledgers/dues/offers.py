"""The months a member may pay for, and what an amount would be booked to: shown before it is collected."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.errors import UserError
from models.ledgers.dues.owed import ZERO
from models.records.dues import months, payments, rulebook
from models.records.dues.arrangements import Arranged
from models.records.dues.months import Due
from models.records.dues.payments import Allotment
from models.records.members.members import Member, find_by_id
from models.rules.allotment import large_part, spread
from models.rules.dues import rules_for
from models.rules.periods import Month

AHEAD = 12


@dataclass(frozen=True)
class Offer:
    """A month a member may pay for; `expected` when it is not opened yet and `owed` follows from today's rules."""

    month: Month
    owed: Decimal
    expected: bool


@dataclass(frozen=True)
class Spread:
    """How an amount would be booked, in yuan: month by month, and how much of it nobody owes (a voluntary extra).

    A `large` extra is booked to no month: it stands apart.
    """

    booked: tuple[tuple[Month, Decimal], ...]
    extra: Decimal
    large: bool


@dataclass(frozen=True)
class Offers:
    """The months a member may choose from, in order, and from which extra on a payment is a large one.

    `proxy` is who brings the money by arrangement.
    """

    months: tuple[Offer, ...]
    large_extra: Decimal
    proxy: str | None = None

    def owed(self, covers: Collection[Month]) -> Decimal:
        """What is still owed for these months, in yuan."""
        return sum((offer.owed for offer in self.months if offer.month in covers), ZERO)

    def reached(self, first: Collection[Month], amount: Decimal) -> list[Month]:
        """The months an amount in yuan reaches: those of `first`, then those that follow until it is used up."""
        chosen = [offer.month for offer in self.months if offer.month in first]
        left = amount - self.owed(first)
        for offer in self.months:
            if left <= 0:
                break
            if offer.owed > 0 and all(offer.month > month for month in first):
                chosen.append(offer.month)
                left -= offer.owed
        return chosen

    def spread(self, covers: Collection[Month], amount: Decimal) -> Spread:
        """What `payments.collect` would book to these months; an extra of `large_extra` or more is a large payment.

        Source: 中组发〔2008〕3号 art. 11, 组电明字〔2017〕5号 (1000 yuan and above in one payment).
        """
        owed = [(offer.month, offer.owed) for offer in self.months if offer.month in covers]
        extra = max(amount - self.owed(covers), ZERO)
        large = large_part(self.owed(covers), amount, self.large_extra)
        booked = spread(owed, amount - large) if owed and amount > large else ()
        return Spread(tuple(booked), extra, large > 0)


def offers(session: Session, member_id: int, month: Month) -> Offers:
    """The months to choose from: every opened one still owed, `month` itself, and the twelve that follow it."""
    member = find_by_id(session, member_id)
    opened = set(months.opened(session))
    found = []
    for each in sorted({*_owed_months(session, member, month), *(month + ahead for ahead in range(AHEAD + 1))}):
        try:
            owed = payments.still_owed(session, member, each)
        except UserError:  # not a month of this branch, or one without an assessment: it cannot be chosen
            continue
        found.append(Offer(each, owed, each not in opened))
    limit = rules_for(month, rulebook.read(session)).large_extra
    return Offers(tuple(found), limit, Arranged(session, member_id).proxy(member_id, month))


def _owed_months(session: Session, member: Member, until: Month) -> list[Month]:
    got = select(func.sum(Allotment.amount)).where(Allotment.member_id == Due.member_id, Allotment.month == Due.month)
    owed = select(Due.month).where(
        Due.member_id == member.id, Due.month <= until, Due.amount > func.coalesce(got.scalar_subquery(), ZERO)
    )
    return list(session.scalars(owed))
