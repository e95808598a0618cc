"""Handing up: what waits, vouchers, closing when the three records agree, and taking it back."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.records import members, months, payments, remittances, standing
from models.records.payments import Collection
from models.rules.periods import Month, PartialDate

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
DAY = date(2026, 11, 24)
CASH = Collection(date(2026, 11, 23))


@pytest.fixture
def books(database: Database) -> Database:
    """Zhang of the first and Li of the second branch owe 50.00 each for November."""
    with database.writing("加人") as session:
        known: dict[str, Any] = {"birth_date": PartialDate(1980), "dues_base": Decimal("5000.00")}
        members.add(session, known | {"name": "张红卫"})
        members.add(session, known | {"name": "李素云", "branch": "甲局第二党支部"})
        months.open_month(session, NOVEMBER, DAY)
    return database


def pay(database: Database, who: int = 1, *covers: Month) -> int:
    with database.writing("收") as session:
        return payments.collect(session, who, NOVEMBER, CASH, None, covers or None).payment_id


def remit(database: Database, month: Month = NOVEMBER, **options: Any) -> tuple[int, Decimal]:
    with database.writing("上缴") as session:
        done = remittances.remit(session, month, DAY, **{"voucher_number": "V-1"} | options)
        return done.id, done.amount


def agreement(database: Database) -> tuple[str, str, str]:
    with database.reading() as session:
        found = remittances.agreement(session, NOVEMBER)
    return str(found.registered), str(found.remitted), str(found.vouched)


def test_all_that_waits_is_handed_up_once(books: Database):
    pay(books)
    pay(books, 2)
    assert remit(books)[1] == Decimal("100.00")
    with pytest.raises(UserError, match="没有待上缴"):
        remit(books)
    assert agreement(books) == ("100.00", "100.00", "100.00")
    with books.reading() as session:
        assert standing.month_status(session, NOVEMBER).total_remitted == Decimal("100.00")


def test_nothing_collected_and_no_month_are_refused(books: Database):
    with pytest.raises(UserError, match="没有待上缴"):
        remit(books)
    with pytest.raises(UserError, match="还没有开账"):
        remit(books, DECEMBER)


def test_back_pay_after_handing_up_waits_for_the_next_time(books: Database):
    pay(books)
    remit(books)
    pay(books, 2)
    assert remit(books, voucher_number="V-2")[1] == Decimal("50.00")
    assert agreement(books) == ("100.00", "100.00", "100.00")


def test_one_branch_hands_up_its_own(books: Database):
    pay(books)
    pay(books, 2)
    assert remit(books, branch_id=1)[1] == Decimal("50.00")
    with books.reading() as session:
        assert remittances.waiting(session, NOVEMBER) == Decimal("50.00")
        assert remittances.waiting(session, NOVEMBER, 1) == 0


def test_a_reversal_after_handing_up_is_set_against_what_comes(books: Database):
    first = pay(books)
    remit(books)
    with books.writing("冲销") as session:
        payments.reverse(session, first, "记错", DAY)
    with pytest.raises(UserError, match="没有待上缴"):
        remit(books)
    pay(books)
    with books.reading() as session:
        assert remittances.waiting(session, NOVEMBER) == 0
    pay(books, 2)
    assert remit(books)[1] == Decimal("50.00")


def test_money_in_advance_may_be_handed_up_with_its_own_month(books: Database):
    pay(books, 1, NOVEMBER, DECEMBER)
    assert remit(books)[1] == Decimal("50.00")
    assert remit(books, DECEMBER)[1] == Decimal("50.00")


@pytest.mark.parametrize("number", ["", "  ", "无"])
def test_a_voucher_has_a_number(books: Database, number: str):
    pay(books)
    with pytest.raises(FieldError, match="凭证号"):
        remit(books, voucher_number=number)
    assert agreement(books) == ("50.00", "0", "0")


def test_vouchers_prove_no_more_than_was_handed_up(books: Database):
    pay(books)
    number, _ = remit(books, voucher_number=None)
    with books.writing("凭证") as session:
        remittances.add_voucher(session, number, "V-1", DAY, Decimal("20.00"))
        with pytest.raises(FieldError, match="超过上缴金额"):
            remittances.add_voucher(session, number, "V-2", DAY, Decimal("30.01"))
        with pytest.raises(FieldError, match="大于零"):
            remittances.add_voucher(session, number, "V-2", DAY, Decimal("0.00"))
        with pytest.raises(UserError, match="没有编号为 9"):
            remittances.add_voucher(session, 9, "V-2", DAY, Decimal("1.00"))


def test_a_month_closes_only_when_the_three_agree(books: Database):
    pay(books)

    def close() -> None:
        with books.writing("结账") as session:
            remittances.close_month(session, NOVEMBER, DAY)

    with pytest.raises(UserError, match=r"登记收缴 50\.00 元，上缴 0\.00 元"):
        close()
    number, _ = remit(books, voucher_number=None)
    with pytest.raises(UserError, match=r"上缴 50\.00 元，凭证合计 0\.00 元"):
        close()
    with books.writing("凭证") as session:
        remittances.add_voucher(session, number, "V-1", DAY, Decimal("50.00"))
    close()
    with pytest.raises(UserError, match="已于 2026-11-24 结账"):
        close()
    with pytest.raises(UserError, match="先取消结账"), books.writing("撤回") as session:
        remittances.withdraw(session, number)
    with books.writing("撤回") as session:
        remittances.reopen_month(session, NOVEMBER)
        remittances.withdraw(session, number)
    assert agreement(books) == ("50.00", "0", "0")
    assert remit(books)[1] == Decimal("50.00")
