"""Handing up: what waits, vouchers, closing when the three records agree, and taking it back."""

from contextlib import closing
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st

from models import settings
from models.database import Database
from models.errors import FieldError, UserError
from models.records.dues import cash_book, months, payments, remittances, standing
from models.records.dues.payments import Collection
from models.records.members import members
from models.rules.handing_up import share
from models.rules.periods import Month, PartialDate
from tests import founded

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


def shared(database: Database, percent: str) -> None:
    with database.writing("比例") as session:
        settings.change(session, remit_percent=percent)


def test_a_share_goes_up_and_the_rest_is_kept(books: Database):
    shared(books, "33.33")
    pay(books, 1, NOVEMBER, DECEMBER)
    with books.writing("上缴") as session:
        done = remittances.hand_up(session, [NOVEMBER, DECEMBER], DAY, "V-1")
        assert [(each.amount, each.kept) for each in done] == [(Decimal("50.00"), Decimal("33.33"))] * 1 + [
            (Decimal("50.00"), Decimal("33.34"))
        ]
        assert sum(each.handed_up for each in done) == Decimal("33.33")
        assert cash_book.least_from(session, DAY, None) == Decimal("66.67")
    with books.reading() as session:
        found = remittances.agreement(session, NOVEMBER)
    assert (found.registered, found.handed_up, found.kept, found.vouched) == tuple(
        map(Decimal, ("50.00", "16.67", "33.33", "16.67"))
    )
    assert found.agrees
    with books.writing("凭证") as session, pytest.raises(FieldError, match=r"超过上缴金额 16\.67 元"):
        remittances.add_voucher(session, 1, "V-2", DAY, Decimal("0.01"))
    with books.writing("结账") as session:
        remittances.close_month(session, NOVEMBER, DAY)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"remit_percent": "0.00"}, "remit_percent"), ({"remit_percent": "100.01"}, "remit_percent"),
     ({"remit_cadence": "每周"}, "remit_cadence")],
)  # fmt: skip
def test_shares_and_cadences_that_cannot_be_are_refused(books: Database, change: dict[str, str], field: str):
    with books.writing("比例") as session, pytest.raises(FieldError) as refusal:
        settings.change(session, **change)
    assert refusal.value.field == field


@settings_of_hypothesis(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    percent=st.integers(1, 10_000).map(lambda basis: f"{Decimal(basis) / 100:.2f}"),
    fen=st.lists(st.integers(1, 30_000), min_size=1, max_size=6),
)
def test_register_payments_remittance_and_voucher_agree(tmp_path_factory: Any, percent: str, fen: list[int]):
    """Whatever is paid and reversed, all that is registered is handed up or kept, and vouchers prove what went up."""
    path = tmp_path_factory.mktemp("law") / "甲.zbtz"
    with closing(founded.make(path, "甲局第一党支部", DAY)) as database, database.writing("一月") as session:
        settings.change(session, remit_percent=percent)
        known = {"birth_date": PartialDate(1980), "dues_base": Decimal("5000.00")}
        for number in range(len(fen)):
            members.add(session, known | {"name": f"党员{'甲乙丙丁戊己'[number]}"})
        months.open_month(session, NOVEMBER, DAY)
        total = Decimal(0)
        for number, each in enumerate(fen, 1):
            amount = Decimal(each) / 100
            done = payments.collect(session, number, NOVEMBER, CASH, amount)
            if each % 3 == 0:
                payments.reverse(session, done.payment_id, "记错", DAY)
            else:
                total += amount
        if total:
            remittances.remit(session, NOVEMBER, DAY, "V-1")
        found = remittances.agreement(session, NOVEMBER)
        assert found.registered == found.remitted == found.kept + found.vouched == total
        assert found.handed_up == share(total, Decimal(percent))


def test_the_months_of_a_quarter_close_together(books: Database):
    with books.writing("一季") as session:
        settings.change(session, remit_cadence="每季度")
        months.open_month(session, DECEMBER, DAY)
        for month in (NOVEMBER, DECEMBER):
            payments.collect(session, 1, month, CASH)
        remittances.hand_up(session, [NOVEMBER], DAY, "V-1")
        with pytest.raises(UserError, match=r"2026年12月登记收缴 50\.00 元，上缴 0\.00 元"):
            remittances.close_settlement(session, DECEMBER, DAY)
    with books.writing("一季") as session:
        months.require(session, NOVEMBER).closed_on = None
        remittances.hand_up(session, [DECEMBER], DAY, "V-1")
        assert remittances.close_settlement(session, DECEMBER, DAY) == [NOVEMBER, DECEMBER]
        assert months.require(session, NOVEMBER).closed_on == DAY


def test_by_the_month_each_closes_alone(books: Database):
    with books.writing("两月") as session:
        months.open_month(session, DECEMBER, DAY)
        for month in (NOVEMBER, DECEMBER):
            payments.collect(session, 1, month, CASH)
        remittances.hand_up(session, [NOVEMBER, DECEMBER], DAY, "V-1")
        assert remittances.close_settlement(session, DECEMBER, DAY) == [DECEMBER]
        assert months.require(session, NOVEMBER).closed_on is None
