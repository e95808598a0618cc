"""The books over any course of work: postings make up the balances, and nothing fixed is ever changed."""

import tempfile
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import func, select

from models.database import Database
from models.errors import UserError
from models.records import members, months, payments, remittances, standing
from models.records.months import Due
from models.records.payments import Allotment, Collection, Payment
from models.records.remittances import Remittance
from models.rules.periods import Month, PartialDate
from tests import founded

FIRST = Month(2026, 1)
PEOPLE = st.integers(1, 4)
MONTHS = st.integers(0, 7).map(lambda offset: FIRST + offset)
SUMS = st.integers(1, 30_000).map(lambda fen: Decimal(fen) / 100)
START = date(2026, 1, 23)


class Work(RuleBasedStateMachine):
    """A secretary's work in any order; `paid` is what a clerk with a sheet of paper would have noted down."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database: Database = founded.make(Path(self.folder.name) / "a.zbtz", "甲局第一党支部", START)
        self.paid: defaultdict[tuple[int, Month], Decimal] = defaultdict(Decimal)
        self.parts: dict[int, dict[Month, Decimal]] = {}
        self.dues: dict[tuple[int, Month], Decimal] = {}
        self.steps = 0

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    @property
    def how(self) -> Collection:
        self.steps += 1
        return Collection(START + timedelta(days=self.steps))

    @initialize()
    def four_people(self) -> None:
        with self.database.writing("加人") as session:
            for number, base in enumerate(("5000.00", "7420.00", "3333.33", None), start=1):
                values = {"name": f"党员{number}", "birth_date": PartialDate(1970 + number)}
                members.add(session, values | {"dues_base": Decimal(base) if base else None})

    @rule(month=MONTHS)
    def open_month(self, month: Month) -> None:
        with self.database.writing("开账") as session:
            months.open_month(session, month, START)
            for due in session.scalars(select(Due).where(Due.month == month)):
                assert self.dues.setdefault((due.member_id, month), due.amount) == due.amount

    @rule(who=PEOPLE, base=st.sampled_from(["4000.00", "6000.00", "12000.00"]))
    def change_base(self, who: int, base: str) -> None:
        with self.database.writing("改基数") as session:
            members.change(session, who, {"dues_base": Decimal(base)})

    @rule(who=PEOPLE, month=MONTHS, amount=st.none() | SUMS, more=st.integers(0, 3))
    def collect(self, who: int, month: Month, amount: Decimal | None, more: int) -> None:
        covers = [month + offset for offset in range(more + 1)] if more else None
        try:
            with self.database.writing("收") as session:
                done = payments.collect(session, who, month, self.how, amount, covers)
                booked = select(Allotment.month, Allotment.amount).where(Allotment.payment_id == done.payment_id)
                parts = {row.month: row.amount for row in session.execute(booked)}
        except UserError:
            return
        assert sum(parts.values()) == done.amount
        assert amount is None or done.amount == amount
        assert set(parts) <= set(covers or [month])
        self.parts[done.payment_id] = parts
        for each, part in parts.items():
            self.paid[who, each] += part

    @precondition(lambda self: self.parts)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        payment_id = data.draw(st.sampled_from(sorted(self.parts)))
        with self.database.writing("冲销") as session:
            done = payments.reverse(session, payment_id, "记错", self.how.on)
        for month, part in self.parts.pop(payment_id).items():
            self.paid[done.member_id, month] -= part

    @rule(month=MONTHS)
    def remit(self, month: Month) -> None:
        try:
            with self.database.writing("上缴") as session:
                remittances.remit(session, month, START, f"V-{self.steps}")
        except UserError:
            return
        with self.database.reading() as session:
            assert remittances.waiting(session, month) == 0

    @rule()
    def withdraw(self) -> None:
        with self.database.writing("撤回") as session:
            last = session.scalars(select(Remittance.id).order_by(Remittance.id.desc())).first()
            if last is not None:
                remittances.withdraw(session, last)

    @invariant()
    def the_books_agree(self) -> None:
        with self.database.reading() as session:
            books = standing.Books(session)
            assert {key: due.amount for key, due in books.dues.items()} == self.dues
            noted = {key: amount for key, amount in self.paid.items() if amount}
            assert {key: amount for key, amount in books.paid.items() if amount} == noted
            assert all(amount > 0 for amount in noted.values())
            sums = select(Payment.id).join(Allotment).group_by(Payment.id)
            assert session.execute(sums.having(func.sum(Allotment.amount) != Payment.amount)).all() == []
            for month in books.opened:
                told = standing.month_status(session, month)
                assert told.total_paid == sum(
                    (amount for (_, each), amount in noted.items() if each == month), Decimal(0)
                )
                assert told.total_due == sum((due for (_, each), due in self.dues.items() if each == month), Decimal(0))
                assert len({each.member_id for each in told.members}) == len(told.members)
            for remittance in session.scalars(select(Remittance)):
                handed = select(func.sum(Allotment.amount)).where(Allotment.remittance_id == remittance.id)
                assert session.scalar(handed) == remittance.amount


class LongWork(Work):
    """The same for as long as a nightly run may take."""


TestWork = Work.TestCase
TestWork.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
TestLongWork = pytest.mark.slow(LongWork.TestCase)
TestLongWork.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
