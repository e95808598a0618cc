"""Large voluntary payments: apart from dues and from what is handed up, described, cancelled, and undone."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from models.database import Database
from models.errors import FieldError, UserError
from models.records.dues import large_payments, months, payments, remittances, rulebook
from models.records.dues.large_payments import LargePayment
from models.records.dues.payments import Collected, Collection
from models.records.members import members
from models.rules.periods import Month, PartialDate
from models.undo import undo_last

NOVEMBER = Month(2026, 11)
CASH = Collection(date(2026, 11, 23))
ZERO = Decimal(0)


@pytest.fixture
def books(database: Database) -> Database:
    """Zhang owes 50.00 for November."""
    with database.writing("加人") as session:
        members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980), "dues_base": Decimal("5000.00")})
        months.open_month(session, NOVEMBER, CASH.on)
    return database


def collect(database: Database, amount: str) -> Collected:
    with database.writing("收") as session:
        return payments.collect(session, 1, NOVEMBER, CASH, Decimal(amount))


def sums(database: Database) -> tuple[Decimal, Decimal]:
    """What waits to be handed up of November, and what stands of large payments."""
    with database.reading() as session:
        large = session.scalar(select(func.sum(LargePayment.amount))) or Decimal(0)
        return remittances.waiting(session, NOVEMBER), large


def test_it_is_kept_apart_from_what_is_handed_up(books: Database):
    done = collect(books, "1050.00")
    assert (done.amount, done.large, done.months) == (Decimal("50.00"), Decimal("1000.00"), (NOVEMBER,))
    assert sums(books) == (Decimal("50.00"), Decimal("1000.00"))
    with books.reading() as session:
        (kept,) = session.scalars(select(LargePayment))
        assert (kept.payment_id, kept.month, kept.method) == (done.payment_id, NOVEMBER, "现金")
        assert large_payments.taken(session, NOVEMBER, "现金") == Decimal("1000.00")
        assert large_payments.taken(session, NOVEMBER, "转账") == 0


def test_a_fen_below_the_limit_is_ordinary(books: Database):
    assert collect(books, "1049.99").large == 0
    assert sums(books) == (Decimal("1049.99"), ZERO)


def test_the_limit_is_that_of_the_rules_in_force(books: Database):
    with books.writing("标准") as session:
        rulebook.save(session, {**rulebook.supplied()[0], "from": "2026-01", "large_extra": "500.00"})
    assert collect(books, "550.00").large == Decimal("500.00")


def test_where_nothing_is_due_it_stands_alone(books: Database):
    collect(books, "50.00")
    done = collect(books, "2000.00")
    assert (done.number, done.amount, done.large, list(done.months)) == (None, ZERO, Decimal("2000.00"), [])
    assert sums(books) == (Decimal("50.00"), Decimal("2000.00"))


def test_reversing_the_payment_takes_it_back_too(books: Database):
    done = collect(books, "1050.00")
    with books.writing("冲销") as session:
        assert payments.reverse(session, done.payment_id, "记错", CASH.on).large == Decimal("-1000.00")
    assert sums(books) == (ZERO, ZERO)


@pytest.mark.parametrize("amounts", [["1050.00"], ["50.00", "3000.00"]])
def test_undo_takes_it_back_by_a_counter_entry(books: Database, amounts: list[str]):
    for amount in amounts:
        collect(books, amount)
    with books.writing("撤销") as session:
        undo_last(session, CASH.on)
    assert sums(books) == (Decimal("50.00") if len(amounts) > 1 else ZERO, ZERO)
    with books.reading() as session:
        assert session.scalar(select(func.count()).select_from(LargePayment)) == 2


def test_it_is_described_and_handed_on(books: Database):
    collect(books, "1050.00")
    known = {"description": "入党四十年", "handed_on": date(2026, 11, 25), "receipt_no": "中组收 0001"}
    with books.writing("情况") as session:
        large_payments.describe(session, 1, known)
        with pytest.raises(FieldError, match="早于交纳日期"):
            large_payments.describe(session, 1, known | {"handed_on": date(2026, 11, 1)})
        with pytest.raises(FieldError, match="同时填写转交日期"):
            large_payments.describe(session, 1, known | {"handed_on": None})
        with pytest.raises(UserError, match="已于 2026-11-25 转交"):
            large_payments.reverse(session, 1, "记错", CASH.on)
        large_payments.describe(session, 1, {})
        large_payments.reverse(session, 1, "记错", CASH.on)
        for number, why in ((1, "已经冲销过"), (2, "本身就是冲销")):
            with pytest.raises(UserError, match=why):
                large_payments.reverse(session, number, "记错", CASH.on)
            with pytest.raises(UserError, match="不用再填写"):
                large_payments.describe(session, number, known)
        with pytest.raises(UserError, match="没有编号为 9"):
            large_payments.reverse(session, 9, "记错", CASH.on)
