"""Payments: what is booked where, what is refused, reversal, and moving an excess."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

from models.database import Database
from models.errors import FieldError, UserError
from models.records.dues import months, payments, remittances, standing
from models.records.dues.payments import Allotment, Collected, Collection, Payment
from models.records.members import members
from models.rules.periods import Month, PartialDate

OCTOBER, NOVEMBER, DECEMBER, JANUARY = Month(2026, 10), Month(2026, 11), Month(2026, 12), Month(2027, 1)
CASH = Collection(date(2026, 11, 23))
ZHANG, SUN, LIN = 1, 2, 3


@pytest.fixture
def books(database: Database) -> Database:
    """Zhang owes 50.00 a month, Sun has no assessment, Lin joins in December; October and November are open."""
    with database.writing("加人") as session:
        known: dict[str, Any] = {"birth_date": PartialDate(1980)}
        members.add(session, known | {"name": "张红卫", "dues_base": Decimal("5000.00")})
        members.add(session, known | {"name": "孙八"})
        joined = {"joined_on": PartialDate(2026, 12, 8), "dues_base": Decimal("5000.00")}
        members.add(session, known | {"name": "林小满"} | joined)
        for month in (OCTOBER, NOVEMBER):
            months.open_month(session, month, CASH.on)
    return database


def collect(
    database: Database, amount: str | None = None, *covers: Month, who: int = ZHANG, month: Month = NOVEMBER
) -> Collected:
    with database.writing("收") as session:
        return payments.collect(session, who, month, CASH, Decimal(amount) if amount else None, covers or None)


def booked(database: Database, who: int = ZHANG) -> dict[str, str]:
    """What stands booked to each month, in yuan."""
    sums = select(Allotment.month, func.sum(Allotment.amount)).where(Allotment.member_id == who)
    with database.reading() as session:
        found = session.execute(sums.group_by(Allotment.month).order_by(Allotment.month)).all()
    return {str(month): str(amount) for month, amount in found if amount}


def test_without_an_amount_it_is_what_is_still_owed(books: Database):
    collect(books, "20.00")
    done = collect(books)
    assert (done.amount, done.months, done.member) == (Decimal("30.00"), (NOVEMBER,), "张红卫")
    with pytest.raises(UserError, match="没有应交未交"):
        collect(books)
    assert booked(books) == {"2026-11": "50.00"}


def test_an_amount_is_booked_to_the_month_alone_an_excess_too(books: Database):
    collect(books, "1049.99")
    assert booked(books) == {"2026-11": "1049.99"}
    assert collect(books, "10.00").amount == Decimal("10.00")


def test_only_months_that_are_named_share_a_payment(books: Database):
    done = collect(books, None, OCTOBER, NOVEMBER, DECEMBER, JANUARY)
    assert done.amount == Decimal("200.00")
    assert booked(books) == dict.fromkeys(("2026-10", "2026-11", "2026-12", "2027-01"), "50.00")


def test_an_amount_fills_the_months_in_order(books: Database):
    collect(books, "120.00", NOVEMBER, DECEMBER, JANUARY)
    assert booked(books) == {"2026-11": "50.00", "2026-12": "50.00", "2027-01": "20.00"}


def test_a_quarter_paid_at_once(books: Database):  # P24, P11
    with books.writing("开账") as session:
        months.open_month(session, DECEMBER, CASH.on)
    collect(books, "150.00", OCTOBER, NOVEMBER, DECEMBER, month=DECEMBER)
    with books.reading() as session:
        for month in (OCTOBER, NOVEMBER, DECEMBER):
            zhang = standing.month_status(session, month).members[0]
            assert (zhang.standing.state, zhang.arrears_months) == ("paid", 0)


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "0.001", "50.005", "NaN", "Infinity", "99999999999.00"])
def test_amounts_that_are_no_money_are_refused(books: Database, amount: str):
    with pytest.raises(FieldError) as refused:
        collect(books, amount)
    assert refused.value.field == "amount"
    assert booked(books) == {}


@pytest.mark.parametrize(
    ("who", "month", "why"),
    [
        (ZHANG, DECEMBER, "还没有开账"),
        (SUN, NOVEMBER, "还没有核定"),
        (LIN, NOVEMBER, "不在本支部交纳"),
        (9, NOVEMBER, "没有编号为 9"),
    ],
)
def test_who_or_what_cannot_be_paid_for_is_refused(books: Database, who: int, month: Month, why: str):
    for amount in (None, "10.00"):
        with pytest.raises(UserError, match=why):
            collect(books, amount, who=who, month=month)


def test_a_month_never_opened_before_the_books_cannot_be_paid_back(books: Database):
    with pytest.raises(UserError, match="没有开账，不能补交"):
        collect(books, None, Month(2026, 9), OCTOBER)


@pytest.mark.parametrize(
    ("on", "covers", "why"),
    [
        (date(1926, 11, 23), (), "交纳日期 1926-11-23 比所属月份 2026-11 早了两年以上，请核对。"),
        (date(2016, 11, 23), (OCTOBER, NOVEMBER), "早了两年以上"),
        (date(2024, 10, 31), (), "早了两年以上"),
        (date(2036, 12, 1), (), "交纳日期 2036-12-01 比所属月份 2026-11 晚了十年以上，请核对。"),
        (date(2062, 11, 23), (), "晚了十年以上"),
    ],
)
def test_a_day_years_from_the_months_is_mistyped(books: Database, on: date, covers: tuple[Month, ...], why: str):
    how = Collection(on, remark="有原因", past=True)
    for take in (
        lambda session: payments.collect(session, ZHANG, NOVEMBER, how, covers=covers),
        lambda session: payments.collect_all(session, NOVEMBER, how, [ZHANG]),
    ):
        with pytest.raises(FieldError, match=why) as refused, books.writing("收") as session:
            take(session)
        assert refused.value.field == "paid_on"
    assert booked(books) == {}


@pytest.mark.parametrize("on", [date(2024, 11, 1), date(2036, 11, 30)])
def test_two_years_ahead_and_ten_years_late_are_taken(books: Database, on: date):
    with books.writing("收") as session:
        payments.collect(session, ZHANG, NOVEMBER, Collection(on))
    assert booked(books) == {"2026-11": "50.00"}


def test_an_unknown_way_of_paying_is_refused(books: Database):
    with pytest.raises(FieldError, match="交纳方式"), books.writing("收") as session:
        payments.collect(session, ZHANG, NOVEMBER, Collection(CASH.on, "支票"))


def test_a_span_runs_forward_and_not_for_ever():
    assert payments.covered_months(NOVEMBER, JANUARY) == [NOVEMBER, DECEMBER, JANUARY]
    with pytest.raises(UserError, match="早于"):
        payments.covered_months(JANUARY, NOVEMBER)
    with pytest.raises(UserError, match="24"):
        payments.covered_months(JANUARY, JANUARY + 24)


def test_collecting_from_all_passes_over_who_owes_nothing(books: Database):
    with books.writing("收") as session:
        assert [each.amount for each in payments.collect_all(session, NOVEMBER, CASH, [ZHANG])] == [Decimal("50.00")]
        assert payments.collect_all(session, NOVEMBER, CASH, [ZHANG]) == []


def test_a_reversal_restores_and_deletes_nothing(books: Database):
    done = collect(books, "120.00", NOVEMBER, DECEMBER)
    with books.writing("冲销") as session:
        counter = payments.reverse(session, done.payment_id, " 记错了人 ", CASH.on)
    assert (counter.amount, counter.months) == (Decimal("-120.00"), (NOVEMBER, DECEMBER))
    assert booked(books) == {}
    with books.reading() as session:
        kept = session.scalars(select(Payment).order_by(Payment.id)).all()
    assert [(each.amount, each.reverses_id, each.remark) for each in kept] == [
        (Decimal("120.00"), None, None),
        (Decimal("-120.00"), done.payment_id, "冲销：记错了人"),
    ]
    assert collect(books).amount == Decimal("50.00")


def test_what_cannot_be_reversed(books: Database):
    done = collect(books)

    def reverse(payment_id: int, reason: str = "记错") -> Collected:
        with books.writing("冲销") as session:
            return payments.reverse(session, payment_id, reason, CASH.on)

    with pytest.raises(FieldError, match="冲销原因"):
        reverse(done.payment_id, "  ")
    counter = reverse(done.payment_id)
    for payment_id, why in (
        (done.payment_id, "已经冲销过"),
        (counter.payment_id, "本身就是冲销"),
        (77, "没有编号为 77"),
    ):
        with pytest.raises(UserError, match=why):
            reverse(payment_id)
    assert booked(books) == {}


def test_an_excess_moves_to_the_months_chosen(books: Database):
    done = collect(books, "130.00")
    with books.writing("转") as session:
        moved = payments.allot_excess(session, done.payment_id, NOVEMBER, [OCTOBER, DECEMBER])
    assert (moved.amount, moved.months) == (Decimal("80.00"), (OCTOBER, DECEMBER))
    assert booked(books) == {"2026-10": "50.00", "2026-11": "50.00", "2026-12": "30.00"}
    for covers, why in (((OCTOBER,), "没有多交"), ((), "没有多交")):
        with pytest.raises(UserError, match=why), books.writing("转") as session:
            payments.allot_excess(session, done.payment_id, NOVEMBER, covers)
    collect(books, "5.00")
    with pytest.raises(FieldError, match="其他月份"), books.writing("转") as session:
        payments.allot_excess(session, done.payment_id + 1, NOVEMBER, [NOVEMBER])


def test_an_excess_that_was_handed_up_stays(books: Database):
    done = collect(books, "130.00")
    with books.writing("上缴") as session:
        remittances.remit(session, NOVEMBER, CASH.on)
    with pytest.raises(UserError, match="先撤回上缴记录"), books.writing("转") as session:
        payments.allot_excess(session, done.payment_id, NOVEMBER, [OCTOBER])


def test_a_moved_excess_is_reversed_where_it_stands(books: Database):
    done = collect(books, "130.00")
    with books.writing("转并冲销") as session:
        payments.allot_excess(session, done.payment_id, NOVEMBER, [OCTOBER, DECEMBER])
        payments.reverse(session, done.payment_id, "退回", CASH.on)
    assert booked(books) == {}


def test_a_month_paid_in_advance_counts_when_it_is_opened(books: Database):
    collect(books, None, NOVEMBER, DECEMBER)
    with books.writing("开账") as session:
        months.open_month(session, DECEMBER, CASH.on)
    with books.reading() as session:
        assert standing.month_status(session, DECEMBER).members[0].standing.state == "paid"
    with books.writing("改基数") as session:
        members.change(session, ZHANG, {"dues_base": Decimal("10000.00")})
        months.open_month(session, JANUARY, CASH.on)
    collect(books, "50.00", month=JANUARY)
    with books.reading() as session:
        assert standing.month_status(session, JANUARY).members[0].standing.state == "part"
