"""What a payment brought beyond the due of its month, and where it may go."""

from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy.orm import Session

from models.errors import UserError
from models.ledgers.dues.offers import Offers, offers
from models.ledgers.dues.paid import paid_by
from models.records.dues import payments
from models.rules.periods import Month


@dataclass(frozen=True)
class Excess:
    """The sum in yuan that a payment brought beyond what was due for the month, and the other months on offer."""

    payment_id: int
    name: str
    month: Month
    amount: Decimal
    offered: Offers


def excess_of(session: Session, member_id: int, month: Month) -> Excess:
    """The excess of the member's latest payment that has one in the month; UserError where nothing can be moved."""
    for paid in reversed(paid_by(session, member_id, month)):
        amount = payments.excess(session, paid.id, month)
        if amount > 0:
            found = offers(session, member_id, month)
            others = tuple(each for each in found.months if each.month != month and each.owed > 0)
            if not others:
                raise UserError(f"{paid.name}没有可以转入的月份：别的月份都已交清。")
            kept_as_dues = replace(found, months=others, large_extra=amount + 1)  # it is booked already, as dues
            return Excess(paid.id, paid.name, month, amount, kept_as_dues)
    raise UserError(f"{month.chinese}没有多交的党费可以转到其他月份。")
