"""The cash book: what came back, what it was spent on, and that never more goes out than came in."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from models.database import Database
from models.errors import FieldError, UserError
from models.records.dues import cash_book, spending
from models.records.dues.cash_book import CashEntry, least_balance
from models.undo import undo_last

MARCH, JUNE = date(2026, 3, 10), date(2026, 6, 30)
GRANT = {"on": MARCH, "number": "收-1", "summary": "机关党委返还党费", "kind": "返还党费", "amount": Decimal("800.00")}
BOOKS = {
    "on": JUNE, "number": "支-1", "summary": "购买学习用书", "kind": "教育培训", "amount": Decimal("300.00"),
    "decided_on": date(2026, 6, 20),
}  # fmt: skip
REQUEST: dict[str, Any] = {
    "asked_on": date(2026, 6, 18), "activity": "七一主题党日", "kind": "教育培训", "budget": Decimal("500.00"),
    "decided_on": date(2026, 6, 20),
}  # fmt: skip


def balance(database: Database) -> Decimal:
    with database.reading() as session:
        return session.scalar(select(func.sum(CashEntry.amount))) or Decimal(0)


def test_income_and_spending_make_the_balance(database: Database):
    with database.writing("记账") as session:
        cash_book.receive(session, GRANT)
        cash_book.spend(session, BOOKS)
        assert cash_book.least_from(session, JUNE, None) == Decimal("500.00")
        assert cash_book.least_from(session, date(2026, 4, 1), None) == Decimal("500.00")
        assert cash_book.least_from(session, date(2026, 3, 9), None) == 0
        assert cash_book.least_from(session, JUNE, 1) == 0
    assert balance(database) == Decimal("500.00")


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"decided_on": None}, "decided_on", "集体研究决定"),
        ({"decided_on": date(2026, 7, 1)}, "decided_on", "先研究、后支出"),
        ({"amount": Decimal("800.01")}, "amount", r"超过结余 800\.00 元"),
        ({"amount": Decimal("0.00")}, "amount", "大于零"),
        ({"amount": Decimal("1.005")}, "amount", "两位小数"),
        ({"on": date(2026, 3, 1), "decided_on": date(2026, 2, 1)}, "amount", r"超过结余 0\.00 元"),
        ({"kind": "请客"}, "kind", "类别应为"),
        ({"summary": " "}, "summary", "摘要"),
        ({"on": None, "decided_on": MARCH}, "on", "日期"),
    ],
)
def test_spending_that_may_not_be_is_refused(database: Database, change: dict[str, Any], field: str, why: str):
    with database.writing("记账") as session:
        cash_book.receive(session, GRANT)
        with pytest.raises(FieldError, match=why) as refusal:
            cash_book.spend(session, BOOKS | change)
        assert refusal.value.field == field


def test_an_earlier_spending_leaves_enough_for_the_later_one(database: Database):
    with database.writing("记账") as session:
        cash_book.receive(session, GRANT)
        cash_book.spend(session, BOOKS | {"amount": Decimal("700.00")})
        early = BOOKS | {"on": date(2026, 4, 1), "decided_on": date(2026, 3, 30)}
        with pytest.raises(FieldError, match=r"超过结余 100\.00 元"):
            cash_book.spend(session, early | {"amount": Decimal("200.00")})
        cash_book.spend(session, early | {"amount": Decimal("100.00")})
    assert balance(database) == 0


def test_an_entry_is_reversed_and_never_removed(database: Database):
    with database.writing("记账") as session:
        cash_book.receive(session, GRANT)
        cash_book.spend(session, BOOKS)
        with pytest.raises(UserError, match=r"结余只有 500\.00 元"):
            cash_book.reverse(session, 1, "重复登记", JUNE)
        with pytest.raises(FieldError, match="原因"):
            cash_book.reverse(session, 2, " ", JUNE)
        cash_book.reverse(session, 2, "金额有误", JUNE)
        for number, why in ((2, "已经冲销过"), (3, "本身就是冲销"), (9, "没有编号为 9")):
            with pytest.raises(UserError, match=why):
                cash_book.reverse(session, number, "x", JUNE)
    assert balance(database) == Decimal("800.00")


def test_undo_leaves_both_entries(database: Database):
    with database.writing("记收入") as session:
        cash_book.receive(session, GRANT)
    with database.writing("撤销") as session:
        undo_last(session, JUNE)
    assert balance(database) == 0
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(CashEntry)) == 2


def test_a_request_limits_what_is_spent_under_it(database: Database):
    with database.writing("申请") as session:
        cash_book.receive(session, GRANT)
        asked = spending.save(session, REQUEST)
        cash_book.spend(session, BOOKS | {"request_id": asked.id})
        with pytest.raises(FieldError, match=r"还可支出 200\.00 元"):
            cash_book.spend(session, BOOKS | {"request_id": asked.id, "amount": Decimal("200.01")})
        assert cash_book.spent(session, asked.id) == Decimal("300.00")
        assert list(cash_book.standing(session, asked.id)) == [2]
        with pytest.raises(UserError, match="已经有支出"):
            spending.remove(session, asked.id, has_entries=True)
        cash_book.reverse(session, 2, "退回", JUNE)
        assert cash_book.spent(session, asked.id) == 0
        assert not cash_book.standing(session, asked.id)


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"activity": " "}, "activity", "活动名称"),
        ({"budget": Decimal(0)}, "budget", "大于零"),
        ({"people": -1}, "people", "负数"),
        ({"approved_on": date(2026, 6, 19)}, "approved_on", "早于研究日期"),
        ({"approved_on": date(2026, 6, 19), "decided_on": None}, "approved_on", "先由支委会"),
    ],
)
def test_a_request_that_cannot_be_is_refused(database: Database, change: dict[str, Any], field: str, why: str):
    with database.writing("申请") as session:
        with pytest.raises(FieldError, match=why) as refusal:
            spending.save(session, REQUEST | change)
        assert refusal.value.field == field


def test_a_request_is_changed_and_removed(database: Database):
    with database.writing("申请") as session:
        number = spending.save(session, REQUEST).id
        assert spending.save(session, REQUEST | {"place": "会议室"}, number=number).place == "会议室"
        spending.remove(session, number, has_entries=False)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(-500, 500)), max_size=20), st.integers(0, 30))
def test_what_may_be_spent_leaves_no_later_day_below_zero(moved: list[tuple[int, int]], day: int):
    days = sorted((MARCH + timedelta(days=each), Decimal(fen)) for each, fen in moved)
    on = MARCH + timedelta(days=day)
    least = least_balance(days, on)
    after = sorted([*days, (on, -least)])
    ends = [sum((a for d, a in after if d <= end), Decimal(0)) for end in {on, *(d for d, _ in after if d >= on)}]
    assert min(ends) == 0
