"""Laws of money: no fen is lost or made on its way, and reversing all that was paid leaves what was before."""

from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import settings as chosen
from models.checks import BOOKS
from models.records.dues import months, payments, remittances
from models.records.dues.large_payments import LargePayment
from models.records.dues.payments import Allotment, Collection, Payment
from models.records.members import members
from models.records.members.members import find_by_id
from models.rules.periods import Month, PartialDate
from tests import founded

DAY = date(2026, 11, 23)
YEAR = [Month(2026, number) for number in (9, 10, 11)]
NOVEMBER = YEAR[-1]
LAWS = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Who pays, how much in fen, from which of the months on, and whether it is reversed afterwards.
PAID = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 250_000), st.integers(0, 2), st.booleans()), min_size=1, max_size=8
)


def _total(session: Session, column: Any) -> Decimal:
    return session.scalar(select(func.sum(column))) or Decimal(0)


def _owed(session: Session) -> list[Decimal]:
    return [payments.still_owed(session, find_by_id(session, who), month) for who in (1, 2, 3) for month in YEAR]


@settings(LAWS, max_examples=5)
@given(paid=PAID, percent=st.integers(1, 10_000))
def test_every_fen_is_booked_handed_up_or_kept_or_apart(
    tmp_path_factory: Any, paid: list[tuple[int, int, int, bool]], percent: int
):
    _every_fen(tmp_path_factory, paid, percent)


@pytest.mark.slow
@LAWS
@given(paid=PAID, percent=st.integers(1, 10_000))
def test_every_fen_for_longer(tmp_path_factory: Any, paid: list[tuple[int, int, int, bool]], percent: int):
    _every_fen(tmp_path_factory, paid, percent)


def _every_fen(folders: Any, paid: list[tuple[int, int, int, bool]], percent: int) -> None:
    path = folders.mktemp("law") / "甲.zbtz"
    with closing(founded.make(path, "甲局第一党支部", DAY)) as database, database.writing("一年") as session:
        chosen.change(session, remit_percent=f"{Decimal(percent) / 100:.2f}")
        for name, base in (("张红卫", "7420.00"), ("李素云", "3000.01"), ("王建国", "60000.00")):
            members.add(session, {"name": name, "birth_date": PartialDate(1980), "dues_base": Decimal(base)})
        for month in YEAR:
            months.open_month(session, month, DAY)
        before, given_in = _owed(session), Decimal(0)
        for who, fen, first, undone in paid:
            amount = Decimal(fen) / 100
            done = payments.collect(session, who, NOVEMBER, Collection(DAY), amount, YEAR[first:])
            assert done.amount + done.large == amount
            if undone and done.number is not None:
                payments.reverse(session, done.payment_id, "记错", DAY)
            else:
                given_in += amount
        assert _total(session, Payment.amount) + _total(session, LargePayment.amount) == given_in
        assert _total(session, Allotment.amount) == _total(session, Payment.amount)
        waits = [month for month in YEAR if remittances.waiting(session, month) > 0]
        done_up = remittances.hand_up(session, waits, DAY, "V-1") if waits else []
        assert sum((each.amount for each in done_up), Decimal(0)) == _total(session, Payment.amount)
        for month in YEAR:
            agreed = remittances.agreement(session, month)
            assert agreed.agrees
            assert agreed.registered == agreed.kept + agreed.vouched
        assert not [problem for books in BOOKS for problem in books(session)]
        for each in done_up:
            remittances.withdraw(session, each.id)
        undone_before = select(Payment.reverses_id).where(Payment.reverses_id.is_not(None))
        left = select(Payment.id).where(Payment.reverses_id.is_(None), Payment.id.not_in(undone_before))
        for number in session.scalars(left).all():
            payments.reverse(session, number, "全部退回", DAY)
        assert _owed(session) == before
        assert _total(session, Payment.amount) == _total(session, Allotment.amount) == 0
