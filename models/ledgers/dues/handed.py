"""What each branch handed up and kept, also of money that the general branch settled for all of them together."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.records.dues.payments import Allotment, Payment
from models.records.dues.remittances import Remittance
from models.rules.handing_up import apportioned
from models.rules.periods import Period

ZERO = Decimal(0)


@dataclass(frozen=True)
class Handed:
    """Dues of one branch that were settled, in yuan, and the part of them that was kept."""

    settled: Decimal = ZERO
    kept: Decimal = ZERO

    @property
    def up(self) -> Decimal:
        return self.settled - self.kept


def handed_by_branch(session: Session, period: Period) -> Mapping[int, Handed]:
    """What was settled on the days of a period of the money of each branch's payers.

    What was kept of a remittance of several branches is laid upon them by their sums, to the fen.
    """
    days = Remittance.remitted_on.between(period.first.first_day, period.last.last_day)
    sums: defaultdict[int, dict[int, Decimal]] = defaultdict(dict)
    kept_of: dict[int, Decimal] = {}
    parts = (
        select(Remittance.id, Remittance.kept, Payment.branch_id, func.sum(Allotment.amount))
        .join(Allotment, Allotment.remittance_id == Remittance.id)
        .join(Payment, Payment.id == Allotment.payment_id)
        .where(days)
        .group_by(Remittance.id, Remittance.kept, Payment.branch_id)
        .order_by(Remittance.id, Payment.branch_id)
    )
    for remittance_id, kept, branch_id, amount in session.execute(parts):
        sums[remittance_id][branch_id], kept_of[remittance_id] = amount, kept
    found: defaultdict[int, Handed] = defaultdict(Handed)
    for remittance_id, by_branch in sums.items():
        sound = {branch_id: max(amount, ZERO) for branch_id, amount in by_branch.items()}
        stays = apportioned(list(sound.values()), kept_of[remittance_id])
        for (branch_id, amount), kept in zip(by_branch.items(), stays, strict=True):
            before = found[branch_id]
            found[branch_id] = Handed(before.settled + amount, before.kept + kept)
    return found
