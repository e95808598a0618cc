"""How each member stands with each month: due, paid, state, and the run of unpaid months."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.records.dues import months
from models.records.dues.arrangements import Arranged
from models.records.dues.months import Due, DuesMonth
from models.records.dues.payments import Allotment, Payment
from models.records.dues.reminders import Excuses
from models.records.dues.remittances import agreement
from models.records.members.members import IN_THE_BRANCH, Member
from models.rules.arrears import DueState, run_of_unpaid, state_of, warning
from models.rules.periods import Month

ZERO = Decimal(0)
_DUE_COLUMNS = (
    Due.member_id, Due.month, Due.branch_id, Due.category, Due.base, Due.rate, Due.amount, Due.working, Due.source,
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One member and one month; `due` is None without an assessment or where none is owed; amounts in yuan."""

    due: Decimal | None
    paid: Decimal
    state: DueState
    working: str = ""
    source: str = ""
    category: str | None = None
    base: Decimal | None = None
    rate: Decimal | None = None

    @property
    def owed(self) -> Decimal:
        return max(self.due - self.paid, ZERO) if self.due is not None else ZERO


@dataclass(frozen=True)
class MemberStatus:
    """A member in one month as the commands and the collection page tell it."""

    member_id: int
    name: str
    standing: Standing
    arrears_months: int
    warning: str


@dataclass(frozen=True)
class MonthStatus:
    """An opened month with all its members; sums in yuan over members with a due."""

    month: Month
    collection_day: str
    members: tuple[MemberStatus, ...]
    total_due: Decimal
    total_paid: Decimal
    total_remitted: Decimal


class Books:
    """Dues and payments of all members (or of one) read once, for questions about many members and months."""

    def __init__(self, session: Session, branch_id: int | None = None, member_id: int | None = None) -> None:
        chosen = select(Member).order_by(Member.branch_id, Member.id)
        dues = select(*_DUE_COLUMNS)  # rows: as records, the dues of many years take three times as long
        booked = select(Allotment.member_id, Allotment.month, func.sum(Allotment.amount))
        if branch_id is not None:
            chosen = chosen.where(Member.branch_id == branch_id)
        if member_id is not None:
            chosen = chosen.where(Member.id == member_id)
            dues = dues.where(Due.member_id == member_id)
            booked = booked.where(Allotment.member_id == member_id)
        self.members: Sequence[Member] = session.scalars(chosen).all()
        self.opened: Sequence[Month] = months.opened(session)
        self.arranged = Arranged(session, member_id)
        self._brought_in = frozenset(session.scalars(select(DuesMonth.month).where(DuesMonth.brought_in)))
        self.excuses = Excuses(session, member_id)
        self._opened = frozenset(self.opened)
        self.dues: dict[tuple[int, Month], Any] = {(due.member_id, due.month): due for due in session.execute(dues)}
        self.paid: defaultdict[tuple[int, Month], Decimal] = defaultdict(Decimal)
        for payer_id, month, amount in session.execute(booked.group_by(Allotment.member_id, Allotment.month)):
            self.paid[payer_id, month] = amount
        self.touched: defaultdict[int, set[Month]] = defaultdict(set)
        for payer_id, month in (*self.dues, *self.paid):
            self.touched[payer_id].add(month)

    def standing(self, member: Member, month: Month) -> Standing:
        """How the member stands with the month, opened or not."""
        paid = self.paid.get((member.id, month), ZERO)
        due = self.dues.get((member.id, month))
        if due is None:
            here = months.owes(member, month) and not self.arranged.elsewhere(member.id, month)
            kept_here = self.is_open(month) and month not in self._brought_in  # of others a paper may say nothing
            return Standing(None, paid, "unassessed" if kept_here and here else "not_due")
        state = state_of(due.amount, paid)
        if state == "unpaid" and self.arranged.waits(member.id, month, self.opened[-1]):
            state = "waiting"
        rate = Decimal(due.rate) if due.rate is not None else None
        return Standing(due.amount, paid, state, due.working, due.source, due.category, due.base, rate)

    def look_back(self, session: Session, day: date) -> None:
        """Leaves out what was not yet so on an earlier day: money taken later, and months opened later."""
        later = select(Allotment.member_id, Allotment.month, func.sum(Allotment.amount)).join(
            Payment, Payment.id == Allotment.payment_id
        )
        found = later.where(Payment.paid_on > day).group_by(Allotment.member_id, Allotment.month)
        for payer_id, month, amount in session.execute(found):
            self.paid[payer_id, month] -= amount
        self.opened = session.scalars(
            select(DuesMonth.month).where(DuesMonth.opened_on <= day).order_by(DuesMonth.month)
        ).all()
        self._opened = frozenset(self.opened)
        self.dues = {key: due for key, due in self.dues.items() if key[1] in self._opened}
        self.touched.clear()
        for payer_id, month in (*self.dues, *(key for key, amount in self.paid.items() if amount)):
            self.touched[payer_id].add(month)

    def is_open(self, month: Month) -> bool:
        return month in self._opened

    def run(self, member: Member, until: Month) -> int:
        """The run of unpaid opened months that ends with `until`; months that wait by arrangement are passed over.

        A month for which the branch accepted a reason ends the run.
        """
        states = [self._state(member, month) for month in self._reckoned(member, until)]
        return run_of_unpaid(states)

    def unpaid_months(self, member: Member, until: Month) -> list[tuple[Month, Decimal]]:
        """The opened months up to `until` of which something is owed by then, with the sums in yuan."""
        owed = [(month, self.standing(member, month).owed) for month in self._reckoned(member, until)]
        return [(month, amount) for month, amount in owed if amount > 0]

    def _reckoned(self, member: Member, until: Month) -> list[Month]:
        """The opened months up to `until`, without those that by arrangement are paid later."""
        return [month for month in self.opened if month <= until and not self.arranged.waits(member.id, month, until)]

    def _state(self, member: Member, month: Month) -> DueState:
        """The state of a month that is looked at when it has to be paid."""
        state = self.standing(member, month).state
        if state in ("waiting", "unpaid"):
            return "excused" if self.excuses.cover(member.id, month) else "unpaid"
        return state

    def concerned(self, month: Month) -> list[Member]:
        """The members a month is about: in the branch, with a due or a payment in it, or just gone."""
        return [
            member
            for member in self.members
            if member.status == IN_THE_BRANCH
            or month in self.touched.get(member.id, ())
            or (member.dues_until is not None and 0 < month - member.dues_until <= 1)
        ]


def month_status(session: Session, month: Month, branch_id: int | None = None) -> MonthStatus:
    """All members in an opened month; UserError when it has not been opened."""
    opened = months.require(session, month)
    books = Books(session, branch_id)
    found = []
    for member in books.concerned(month):
        run = books.run(member, month)
        found.append(MemberStatus(member.id, member.name, books.standing(member, month), run, warning(run)))
    booked = sum((books.paid.get((member.id, month), ZERO) for member in books.members), ZERO)
    return MonthStatus(
        month=month,
        collection_day=str(opened.collection_day),
        members=tuple(found),
        total_due=sum((each.standing.due or ZERO for each in found), ZERO),
        total_paid=booked,
        total_remitted=agreement(session, month).remitted,
    )
