"""What members still owe of the months that were opened, read in one query for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.records.dues.arrangements import Arranged
from models.records.dues.months import Due
from models.records.dues.payments import Allotment
from models.records.dues.reminders import Excuses
from models.rules.periods import Month

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class OwedMonth:
    """A month that is not wholly paid: its due and what was paid so far, in yuan; whether a reason was accepted."""

    month: Month
    due: Decimal
    paid: Decimal
    excused: bool = False

    @property
    def rest(self) -> Decimal:
        return self.due - self.paid


def owed_months(session: Session, until: Month) -> dict[int, tuple[OwedMonth, ...]]:
    """The months up to `until` that each member has not wholly paid, the oldest first; others do not appear.

    Months that by arrangement are paid later (quarterly, from abroad) do not appear until then.
    """
    paid = (
        select(Allotment.member_id, Allotment.month, func.sum(Allotment.amount).label("amount"))
        .where(Allotment.month <= until)
        .group_by(Allotment.member_id, Allotment.month)
        .subquery()
    )
    got = func.coalesce(paid.c.amount, ZERO)
    found = (
        select(Due.member_id, Due.month, Due.amount, got)
        .join(paid, (paid.c.member_id == Due.member_id) & (paid.c.month == Due.month), isouter=True)
        .where(Due.month <= until, Due.amount > got)
        .order_by(Due.member_id, Due.month)
    )
    owed: defaultdict[int, list[OwedMonth]] = defaultdict(list)
    arranged, excuses = Arranged(session), Excuses(session)
    for member_id, month, due, so_far in session.execute(found):
        if not arranged.waits(member_id, month, until):
            owed[member_id].append(OwedMonth(month, due, so_far, excuses.cover(member_id, month)))
    return {member_id: tuple(months) for member_id, months in owed.items()}


def run(owed: Sequence[OwedMonth], opened: Sequence[Month], until: Month) -> int:
    """How many opened months without any payment end with `until`; one paid in part or excused ends the run."""
    unpaid = {each.month for each in owed if not each.paid and not each.excused}
    length = 0
    for month in sorted((each for each in opened if each <= until), reverse=True):
        if month not in unpaid:
            break
        length += 1
    return length
