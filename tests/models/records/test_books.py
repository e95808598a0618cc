"""The books over any course of work: postings make up the balances, nothing fixed is changed, undo puts all back."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.records.dues import cash_book, months, payments, remittances, standing
from models.records.dues.cash_book import CashEntry
from models.records.dues.months import Due, DuesMonth
from models.records.dues.payments import Allotment, Collection, Payment
from models.records.dues.remittances import Remittance, Voucher
from models.records.members import members
from models.rules.periods import Month, PartialDate
from tests.models.records.clerk import TODAY, Clerk
from tests.night import more

FIRST = Month(2026, 4)
PEOPLE = st.integers(1, 4)
MONTHS = st.integers(0, 7).map(lambda offset: FIRST + offset)
SUMS = st.integers(1, 30_000).map(lambda fen: Decimal(fen) / 100)
DAYS = st.integers(1, 20).map(lambda day: date(2026, 11, day))
ZERO = Decimal(0)
Sums = defaultdict[Any, Decimal]


def sums() -> Sums:
    return defaultdict(Decimal)


@dataclass
class Paper:
    """What a clerk would have noted: who paid and owes for which month, what of each went up and was vouched for,
    the months that were closed, and what is in the cash book.
    """

    paid: Sums = field(default_factory=sums)
    dues: dict[tuple[int, Month], Decimal] = field(default_factory=dict)
    handed: Sums = field(default_factory=sums)
    vouched: Sums = field(default_factory=sums)
    closed: set[Month] = field(default_factory=set)
    balance: Decimal = ZERO


def standing_rows(session: Session, kind: type[Payment | CashEntry]) -> list[Any]:
    """The entries that neither were reversed nor reverse another."""
    reversed_ = select(kind.reverses_id).where(kind.reverses_id.is_not(None))
    return list(session.scalars(select(kind).where(kind.reverses_id.is_(None), kind.id.not_in(reversed_))))


def by_month(session: Session, found: Any) -> dict[Month, Decimal]:
    return {month: amount for month, amount in session.execute(found) if amount}


class Work(Clerk):
    """A secretary's work in any order, taken back and done again at any time."""

    @initialize()
    def four_people(self) -> None:
        self.paper = Paper()
        with self.working() as session:
            for number, base in enumerate(("5000.00", "7420.00", "3333.33", None), start=1):
                values = {"name": f"党员{number}", "birth_date": PartialDate(1970 + number)}
                members.add(session, values | {"dues_base": Decimal(base) if base else None})
        self.former.clear()  # they stay

    @rule(month=MONTHS)
    def open_month(self, month: Month) -> None:
        with self.working() as session:
            months.open_month(session, month, TODAY)
            for due in session.scalars(select(Due).where(Due.month == month)):
                assert self.paper.dues.setdefault((due.member_id, month), due.amount) == due.amount

    @rule(who=PEOPLE, base=st.sampled_from(["4000.00", "6000.00", "12000.00"]))
    def change_base(self, who: int, base: str) -> None:
        with self.working() as session:
            members.change(session, who, {"dues_base": Decimal(base)})

    @rule(who=PEOPLE, month=MONTHS, on=DAYS, amount=st.none() | SUMS, more=st.integers(0, 3))
    def collect(self, who: int, month: Month, on: date, amount: Decimal | None, more: int) -> None:
        covers = [month + offset for offset in range(more + 1)] if more else None
        with self.working() as session:
            done = payments.collect(session, who, month, Collection(on), amount, covers)
            booked = select(Allotment.month, Allotment.amount).where(Allotment.payment_id == done.payment_id)
            parts = {row.month: row.amount for row in session.execute(booked)}
            assert sum(parts.values()) == done.amount
            assert amount is None or done.amount == amount
            assert set(parts) <= set(covers or [month])
            for each, part in parts.items():
                self.paper.paid[who, each] += part

    @rule(data=st.data(), on=DAYS)
    def reverse(self, data: st.DataObject, on: date) -> None:
        with self.working() as session:
            known = standing_rows(session, Payment)
            if not known:
                return
            payment = data.draw(st.sampled_from(known))
            parts = select(Allotment.month, Allotment.amount).where(Allotment.payment_id == payment.id)
            for month, part in session.execute(parts).all():
                self.paper.paid[payment.member_id, month] -= part
            payments.reverse(session, payment.id, "记错", on)

    @rule(month=MONTHS, numbered=st.booleans())
    def remit(self, month: Month, numbered: bool) -> None:
        with self.working() as session:
            made = remittances.remit(session, month, TODAY, "V-1" if numbered else None)
            assert remittances.waiting(session, month) == 0
            self.paper.handed[month] += made.amount
            self.paper.vouched[month] += made.amount if numbered else ZERO

    @rule(data=st.data(), amount=SUMS)
    def vouch(self, data: st.DataObject, amount: Decimal) -> None:
        """Adds a voucher to a remittance; never for more than went up."""
        with self.working() as session:
            known = session.scalars(select(Remittance).order_by(Remittance.id)).all()
            if known:
                chosen = data.draw(st.sampled_from(known))
                remittances.add_voucher(session, chosen.id, "V-2", TODAY, amount)
                self.paper.vouched[chosen.month] += amount

    @rule()
    def withdraw(self) -> None:
        with self.working() as session:
            last = session.scalars(select(Remittance).order_by(Remittance.id.desc())).first()
            if last is not None:
                told = select(func.sum(Voucher.amount)).where(Voucher.remittance_id == last.id)
                self.paper.handed[last.month] -= last.amount
                self.paper.vouched[last.month] -= session.scalar(told) or ZERO
                cash_book.take_back(session, last.id)

    @rule(month=MONTHS)
    def close_month(self, month: Month) -> None:
        with self.working() as session:
            remittances.close_month(session, month, TODAY)
            self.paper.closed.add(month)

    @rule(month=MONTHS)
    def reopen_month(self, month: Month) -> None:
        with self.working() as session:
            remittances.reopen_month(session, month)
            self.paper.closed.discard(month)

    @rule(on=DAYS, amount=SUMS)
    def receive(self, on: date, amount: Decimal) -> None:
        with self.working() as session:
            values = {"on": on, "summary": "返还", "kind": cash_book.INCOMES[1], "amount": amount}
            self.paper.balance += cash_book.receive(session, values).amount

    @rule(on=DAYS, amount=SUMS)
    def spend(self, on: date, amount: Decimal) -> None:
        with self.working() as session:
            values = {"on": on, "summary": "学习", "kind": cash_book.USES[0], "amount": amount, "decided_on": on}
            self.paper.balance += cash_book.spend(session, values).amount

    @rule(data=st.data(), on=DAYS)
    def reverse_entry(self, data: st.DataObject, on: date) -> None:
        with self.working() as session:
            known = standing_rows(session, CashEntry)
            if known:
                entry = data.draw(st.sampled_from(known))
                self.paper.balance -= entry.amount
                cash_book.reverse(session, entry.id, "记错", on)

    @invariant()
    def the_trail_tells_it_at_every_step(self) -> None:
        self.the_trail_tells_the_same_as_the_tables()

    def compare(self, session: Session) -> None:
        books, paper = standing.Books(session), self.paper
        assert {key: due.amount for key, due in books.dues.items()} == paper.dues
        noted = {key: amount for key, amount in paper.paid.items() if amount}
        assert {key: amount for key, amount in books.paid.items() if amount} == noted
        assert all(amount > 0 for amount in noted.values())
        for month in books.opened:
            told = standing.month_status(session, month)
            assert told.total_paid == sum((amount for (_, each), amount in noted.items() if each == month), ZERO)
            assert told.total_due == sum((due for (_, each), due in paper.dues.items() if each == month), ZERO)
            assert len({each.member_id for each in told.members}) == len(told.members)
        handed = select(Remittance.month, func.sum(Remittance.amount)).group_by(Remittance.month)
        booked = select(Allotment.month, func.sum(Allotment.amount)).where(Allotment.remittance_id.is_not(None))
        vouched = select(Remittance.month, func.sum(Voucher.amount)).join(Voucher).group_by(Remittance.month)
        known = {month: amount for month, amount in paper.handed.items() if amount}
        assert by_month(session, handed) == by_month(session, booked.group_by(Allotment.month)) == known
        assert by_month(session, vouched) == {month: amount for month, amount in paper.vouched.items() if amount}
        assert set(session.scalars(select(DuesMonth.month).where(DuesMonth.closed_on.is_not(None)))) == paper.closed
        assert cash_book.balance_at(session, date.max, None) == paper.balance
        assert cash_book.least_from(session, date.min, None) >= 0


class LongWork(Work):
    """The same for as long as a nightly run may take."""


TestWork = Work.TestCase
TestWork.settings = settings(max_examples=4, stateful_step_count=20, deadline=None)
TestLongWork = pytest.mark.slow(LongWork.TestCase)
TestLongWork.settings = settings(max_examples=more(30), stateful_step_count=50, deadline=None)
