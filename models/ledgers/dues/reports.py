"""F04 as a report of a month, a quarter or a year: heads and money of a branch or of the whole file."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.dues.handed import handed_by_branch
from models.ledgers.dues.money_papers import Heads, ReportRecord
from models.ledgers.dues.published import summary_rows
from models.ledgers.sheets import furniture
from models.records.dues.payments import Allotment, Payment
from models.records.dues.standing import ZERO, Books
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.members.organisation import branches
from models.rules.periods import Month, Period

_RETIRED, _STUDENTS, _OTHERS = ("离退休",), ("学生",), ("农民", "下岗失业", "低保")


def reports(session: Session, view: View) -> Sequence[tuple[int, Any]]:
    """One report of the branch looked at; without one, of the whole file and then of each of its branches."""
    every = branches(session)
    wanted = [view.branch_id] if view.branch_id is not None or len(every) < 2 else [None, *(each.id for each in every)]
    books = Books(session)
    if not any(month in view.period for month in books.opened):
        return []
    paid_in_time = _paid_in_time(session, view.period)
    back = _back_payers(session, view.period)
    found = []
    for branch_id in wanted:
        own = View(view.today, view.period, branch_id)
        found.append((branch_id or 0, _report(session, own, _Counted(books, own, paid_in_time, back))))
    return found


class _Counted:
    """The members of a view sorted by what they live on, and whether they paid in time."""

    def __init__(
        self, books: Books, view: View, paid_in_time: dict[tuple[int, Month], Decimal], back: frozenset[int]
    ) -> None:
        self.period, self.paid_in_time = view.period, paid_in_time
        self.members = [m for m in books.members if view.branch_id in (None, m.branch_id)]
        self.dues = {
            m.id: [due for month in view.period.months if (due := books.dues.get((m.id, month))) and due.amount]
            for m in self.members
        }
        self.present = self.heads(lambda m: m.status == IN_THE_BRANCH)
        self.in_time = self.heads(lambda m: bool(self.dues[m.id]) and self._is_in_time(m))
        self.late = self.heads(lambda m: bool(self.dues[m.id]) and not self._is_in_time(m))
        self.back_payers = self.heads(lambda m: m.id in back)

    def heads(self, counts: Callable[[Member], bool]) -> Heads:
        """How many of each sort there are among the members whom `counts` picks."""
        sorts = [self._sort(member) for member in self.members if counts(member)]
        return Heads(*(sorts.count(place) for place in range(4)))

    def _sort(self, member: Member) -> int:
        dues = self.dues[member.id]
        category = dues[-1].category if dues else member.dues_category
        return 1 if category in _RETIRED else 2 if category in _STUDENTS else 3 if category in _OTHERS else 0

    def _is_in_time(self, member: Member) -> bool:
        return all(self.paid_in_time.get((member.id, due.month), ZERO) >= due.amount for due in self.dues[member.id])


def _paid_in_time(session: Session, period: Period) -> dict[tuple[int, Month], Decimal]:
    """What was booked to each member's month by the last day of that month, in yuan."""
    sums: dict[tuple[int, Month], Decimal] = {}
    parts = (
        select(Allotment.member_id, Allotment.month, Payment.paid_on, Allotment.amount)
        .join(Payment, Payment.id == Allotment.payment_id)
        .where(Allotment.month.between(period.first, period.last))
    )
    for member_id, month, paid_on, amount in session.execute(parts):
        if paid_on <= month.last_day:
            sums[member_id, month] = sums.get((member_id, month), ZERO) + amount
    return sums


def _back_payers(session: Session, period: Period) -> frozenset[int]:
    """Who paid on the days of the period for months before the payment's own, less what was reversed."""
    sums: dict[int, Decimal] = {}
    parts = (
        select(Allotment.member_id, Allotment.month, Payment.paid_on, Allotment.amount)
        .join(Payment, Payment.id == Allotment.payment_id)
        .where(Payment.paid_on.between(period.first.first_day, period.last.last_day))
    )
    for member_id, month, paid_on, amount in session.execute(parts):
        if month < Month.of(paid_on):
            sums[member_id] = sums.get(member_id, ZERO) + amount
    return frozenset(member_id for member_id, amount in sums.items() if amount > 0)


def _report(session: Session, view: View, counted: _Counted) -> ReportRecord:
    rows = summary_rows(session, view)
    words = furniture(session, view)
    handed = handed_by_branch(session, view.period)
    ids = [each.id for each in branches(session) if view.branch_id in (None, each.id)]
    return ReportRecord(
        unit=words.unit,
        period=view.period.chinese,
        members=counted.present,
        in_time=counted.in_time,
        late=counted.late,
        back_payers=counted.back_payers,
        due=_sum(row.due for row in rows),
        current=_sum(row.current for row in rows),
        back=_sum(row.back for row in rows),
        advance=_sum(row.advance for row in rows),
        paid=_sum(row.paid for row in rows),
        handed_up=_sum(row.remitted for row in rows),
        kept=_sum(handed[branch_id].kept for branch_id in ids if branch_id in handed),
        voucher="、".join(dict.fromkeys(number for row in rows for number in row.voucher.split("、") if number)),
        maker=words.maker,
        reported_on=view.today,
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
