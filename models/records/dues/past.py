"""Months before this data file: dues and payments taken over from papers, never changing a month that stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import settings
from models.errors import UserError
from models.records.dues import months
from models.records.dues.months import Due, DuesMonth
from models.records.dues.payments import METHODS, Allotment, Payment
from models.records.members.members import Member
from models.rules.periods import Month

MARK = "补录"
METHOD = METHODS[-1]
ZERO = Decimal(0)


@dataclass(frozen=True)
class PastMonth:
    """One month of one member as a paper states it, in yuan; `stated` says that the due stands there itself."""

    month: Month
    due: Decimal
    paid: Decimal
    stated: bool = True


@dataclass(frozen=True)
class Paper:
    """Where figures are taken from, in words, and what it says of the member's category and base."""

    words: str
    category: str | None = None
    base: Decimal | None = None


@dataclass
class Shelf:
    """The dues and payments of a data file read once, and what is added to them."""

    session: Session
    today: date
    opened: dict[Month, DuesMonth] = field(default_factory=dict)
    dues: dict[tuple[int, Month], Decimal] = field(default_factory=dict)
    paid: dict[tuple[int, Month], Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._chosen = settings.read(self.session)
        self.opened = {each.month: each for each in self.session.scalars(select(DuesMonth))}
        found = self.session.execute(select(Due.member_id, Due.month, Due.amount))
        self.dues = {(member_id, month): amount for member_id, month, amount in found}
        booked = select(Allotment.member_id, Allotment.month, func.sum(Allotment.amount))
        grouped = self.session.execute(booked.group_by(Allotment.member_id, Allotment.month))
        self.paid = {(member_id, month): amount for member_id, month, amount in grouped if amount}
        own = [month for month, each in self.opened.items() if not each.brought_in]
        self.begins = min(own, default=Month.of(self.today))

    def is_past(self, month: Month) -> bool:
        """Whether a month lies before those that were opened in this file itself."""
        return self.opened[month].brought_in if month in self.opened else month < self.begins

    def day(self, month: Month) -> date:
        """The collection day of a month, on which a payment counts of which no day is known."""
        known = self.opened.get(month)
        return known.collection_day if known is not None else months.collection_day(self._chosen, month)

    def open(self, month: Month) -> None:
        """Opens a past month, as if on its collection day."""
        if month not in self.opened:
            day = self.day(month)
            self.opened[month] = DuesMonth(month=month, collection_day=day, opened_on=day, brought_in=True)
            self.session.add(self.opened[month])


def take_year(shelf: Shelf, member: Member, lines: Sequence[PastMonth], paper: Paper) -> bool:
    """Enters the months of a member that are not known yet, each payment on its collection day; False for none.

    UserError when a month that stands has other figures, or was or will be opened in this file itself; then nothing
    of the line is entered.
    """
    fresh = [line for line in lines if not _stands(shelf, member, line)]
    for line in fresh:
        _require_past(shelf, member, line)
    for line in fresh:
        owe(shelf, member, line.month, line.due, paper)
        if line.paid:
            book(shelf, member, [(line.month, line.paid)], shelf.day(line.month), METHOD, f"{MARK}：{paper.words}")
    shelf.session.flush()
    return bool(fresh)


def _stands(shelf: Shelf, member: Member, line: PastMonth) -> bool:
    """Whether the month is known just so; UserError when it is known otherwise."""
    due, paid = shelf.dues.get((member.id, line.month)), shelf.paid.get((member.id, line.month), ZERO)
    if due is None and not paid:
        return False
    if paid == line.paid and (due == line.due or not line.stated or due is None):
        return True
    owed = "没有应交" if due is None else f"应交 {due:,.2f}"
    raise UserError(
        f"{member.name}{line.month.chinese}已有记录：{owed}、实交 {paid:,.2f}；"
        f"表里是应交 {line.due:,.2f}、实交 {line.paid:,.2f}。已有的月份不改。"
    )


def _require_past(shelf: Shelf, member: Member, line: PastMonth) -> None:
    if shelf.is_past(line.month):
        return
    if line.month in shelf.opened:
        raise UserError(f"{line.month.chinese}是在本程序里开的账，其中没有{member.name}的应交，请用核定和收缴来登记。")
    raise UserError(f"{line.month.chinese}不早于本程序开始记账的 {shelf.begins.chinese}，不能补录，请按月开账、收缴。")


def owe(shelf: Shelf, member: Member, month: Month, amount: Decimal, paper: Paper) -> None:
    """Enters what a member owed for a past month, in yuan, where nothing is known of it."""
    if (member.id, month) in shelf.dues:
        return
    shelf.open(month)
    shelf.dues[member.id, month] = amount
    shelf.session.add(
        Due(
            month=month,
            member_id=member.id,
            branch_id=member.branch_id,
            category=paper.category,
            base=paper.base,
            rate=None,
            amount=amount,
            working=f"{paper.words}：应交 {amount:,.2f}",
            source=MARK,
        )
    )


def book(
    shelf: Shelf,
    member: Member,
    booked: Sequence[tuple[Month, Decimal]],
    on: date,
    method: str,
    remark: str | None,
    proxy: str | None = None,
) -> int:
    """Enters one payment of past months, in yuan each; answers its number."""
    amount = sum((part for _, part in booked), ZERO)
    payment = Payment(
        member_id=member.id,
        branch_id=member.branch_id,
        paid_on=on,
        amount=amount,
        method=method,
        proxy=proxy,
        remark=remark,
    )
    shelf.session.add(payment)
    shelf.session.flush()
    for month, part in booked:
        shelf.session.add(Allotment(payment_id=payment.id, member_id=member.id, month=month, amount=part))
        shelf.paid[member.id, month] = shelf.paid.get((member.id, month), ZERO) + part
    return payment.id
