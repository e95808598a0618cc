"""What members owe for months: the dues, and who owes any."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Record
from models.records.members.members import IN_THE_BRANCH, Member
from models.rules.periods import Month


class Due(Record):
    """What one member owes for one month, in yuan, with the arithmetic and the rule; never changed afterwards."""

    __tablename__ = "dues"
    __table_args__ = (UniqueConstraint("month", "member_id"),)

    month: Mapped[Month]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    category: Mapped[str | None]
    base: Mapped[Decimal | None]
    rate: Mapped[str | None]
    amount: Mapped[Decimal]
    working: Mapped[str]
    source: Mapped[str]


@dataclass(frozen=True)
class Unassessed:
    """A member who owes a month but has no sound assessment, and why."""

    member_id: int
    name: str
    why: str


def owes(member: Member, month: Month) -> bool:
    """Whether the member pays in this branch in `month`: from admission or the month after transfer in, till leaving.

    Sources: 中组发〔2008〕3号 art. 8 (from the day the general meeting admits); the month of a transfer is the old
    branch's. A day not known is taken as the first that it may be.
    """
    if member.status != IN_THE_BRANCH and (member.dues_until is None or month > member.dues_until):
        return False
    if member.dues_from is not None:
        return month >= member.dues_from
    if member.transferred_in_on is not None:
        return month > Month.of(member.transferred_in_on.earliest)
    return member.joined_on is None or month >= Month.of(member.joined_on.earliest)
