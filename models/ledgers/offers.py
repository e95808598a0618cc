"""What money a member brings would be booked to, shown before it is collected."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.errors import UserError
from models.ledgers.owed import ZERO
from models.records import months, payments, rulebook
from models.records.members import Member, find_by_id
from models.records.months import Due
from models.records.payments import LONGEST_SPAN, Allotment
from models.rules.allotment import spread
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
    """How an amount would be booked, in yuan: month by month, and how much of it nobody owes (a voluntary extra)."""

    booked: tuple[tuple[Month, Decimal], ...]
    extra: Decimal
    large: bool


def offers(session: Session, member_id: int, month: Month) -> list[Offer]:
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
    return found


def _owed_months(session: Session, member: Member, until: Month) -> list[Month]:
    got = select(func.sum(Allotment.amount)).where(Allotment.member_id == Due.member_id, Allotment.month == Due.month)
    owed = select(Due.month).where(
        Due.member_id == member.id, Due.month <= until, Due.amount > func.coalesce(got.scalar_subquery(), ZERO)
    )
    return list(session.scalars(owed))


def enough_months(offered: Sequence[Offer], first: Sequence[Month], amount: Decimal) -> list[Month]:
    """The months an amount in yuan reaches: those of `first`, then those after them until it is used up."""
    chosen = [offer for offer in offered if offer.month in first]
    left = amount - sum((offer.owed for offer in chosen), ZERO)
    for offer in offered:
        if left <= 0 or len(chosen) >= LONGEST_SPAN:
            break
        if offer not in chosen and offer.owed > 0 and offer.month > max(first, default=offer.month + -1):
            chosen.append(offer)
            left -= offer.owed
    return [offer.month for offer in chosen]


def spread_over(session: Session, offered: Sequence[Offer], covers: Sequence[Month], amount: Decimal) -> Spread:
    """What `payments.collect` would book; an extra of the sum set by the rules or more is a large payment.

    Source: 中组发〔2008〕3号 art. 11, 组电明字〔2017〕5号 (1000 yuan and above in one payment).
    """
    owed = [(offer.month, offer.owed) for offer in offered if offer.month in covers]
    extra = max(amount - sum((due for _, due in owed), ZERO), ZERO)
    limit = rules_for(max(covers), rulebook.read(session)).large_extra
    return Spread(tuple(spread(owed, amount)), extra, extra >= limit)
