"""The check names what is wrong in the books of money beside dues, and finds nothing in the sample."""

from contextlib import closing, suppress
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from models import attachments, checks
from models.records.dues.cash import CashCount, CashHandover
from models.records.dues.cash_book import CashEntry
from models.records.dues.large_payments import LargePayment
from models.records.dues.remittances import Remittance
from models.records.dues.spending import SpendingRequest
from tests import samples

TODAY = date(2026, 11, 20)
FEN = Decimal("0.01")


class _EnoughError(Exception):
    """Leaves the transaction so that nothing of it stays."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    with closing(samples.build(tmp_path_factory.mktemp("sample") / "示例.zbtz", TODAY)) as database:
        yield database


def _keep_too_much(session):
    first = session.scalars(select(Remittance)).first()
    first.kept = first.amount + FEN


def _vouch_for_what_was_kept(session):
    session.scalars(select(Remittance)).first().kept = FEN


def _large_below_zero(session):
    session.get_one(LargePayment, 1).amount = -FEN


def _cancel_a_large_by_half(session):
    given = session.get_one(LargePayment, 1)
    session.add(
        LargePayment(
            member_id=given.member_id, branch_id=given.branch_id, month=given.month, paid_on=TODAY, amount=-FEN,
            method="转账", reverses_id=1,
        )
    )  # fmt: skip


def _spend_an_income(session):
    session.get_one(CashEntry, 1).amount = -FEN


def _spend_undecided(session):
    session.get_one(CashEntry, 4).decided_on = None


def _cancel_an_entry_by_half(session):
    session.add(CashEntry(on=TODAY, summary="x", kind="利息", amount=-FEN, reverses_id=3))


def _exceed_the_budget(session):
    session.get_one(SpendingRequest, 1).budget = FEN


def _lose_a_scan(session):
    entry = session.get_one(CashEntry, 4)
    kept = attachments.add(session, "发票.pdf", b"%PDF-1.7 x")
    entry.attachment_id = kept.id
    session.flush()
    session.delete(kept)


def _count_wrongly(session):
    session.get_one(CashCount, 1).counted += FEN


def _hand_over_wrongly(session):
    session.get_one(CashHandover, 1).amount += FEN


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (_keep_too_much, "的留存金额不对"),
        (_vouch_for_what_was_kept, "的凭证金额不对"),
        (_large_below_zero, "大额党费记录（编号 1）的金额正负不对"),
        (_cancel_a_large_by_half, "大额党费的冲销记录（编号 2）与它冲销的那一笔对不上"),
        (_spend_an_income, "收支记录（编号 1）的金额正负不对"),
        (_spend_undecided, "支出记录（编号 4）没有集体研究的日期"),
        (_cancel_an_entry_by_half, "收支的冲销记录（编号 6）与它冲销的那一笔对不上"),
        (_exceed_the_budget, "党费使用申请（编号 1）的支出超过预算"),
        (_lose_a_scan, "收支记录（编号 4）的附件没有登记"),
        (_count_wrongly, "的点钞张数与实点金额对不上"),
        (_hand_over_wrongly, "现金交接记录（编号 1）的张数与金额对不上"),
    ],
)
def test_money_that_does_not_agree_is_named(built, mistake, words):
    with built.reading() as session:
        assert not [problem for books in checks.BOOKS for problem in books(session)]
    with suppress(_EnoughError), built.writing("出错") as session:
        mistake(session)
        session.flush()
        found = [problem for books in checks.BOOKS for problem in books(session)]
        raise _EnoughError
    assert any(words in problem for problem in found)
