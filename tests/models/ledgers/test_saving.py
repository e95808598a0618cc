"""Saving rows of any content: answered one by one, books in order, and the same rows twice change nothing."""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import checks
from models.codes import DUES_CATEGORY
from models.database import Database
from models.ledger import Ledger, View
from models.ledgers.dues.assessments import DUES_ASSESSMENTS
from models.ledgers.dues.cash_book import DUES_CASH_BOOK
from models.ledgers.dues.payments import DUES_PAYMENTS
from models.ledgers.dues.reductions import DUES_REDUCTIONS
from models.ledgers.dues.worksheets import DUES_WORKSHEETS
from models.ledgers.members.birthdays import MEMBERS_BIRTHDAYS
from models.ledgers.members.roster import MEMBERS
from models.ledgers.members.service import MEMBERS_RETIREMENTS, MEMBERS_SECONDMENTS
from models.records.dues import months
from models.records.members import members
from models.records.outcomes import Outcome
from models.rules.periods import Month, PartialDate, Period
from tests import founded
from tests.people import id_number

TODAY = date(2026, 11, 23)
VIEW = View(TODAY, Period(Month(2026, 11), Month(2026, 11)))
NAMES = st.sampled_from(["张红卫", "李素云", "王五"])
NUMBERS = st.sampled_from([id_number("1980-03-05"), id_number("1980-03-05")[:6] + id_number("1980-03-05")[8:17],
                           id_number("1975-08-12", 2), id_number("1990-01-01", 3)])  # fmt: skip
RECORDS = st.sampled_from(["1", "2", "3", "4", "99", "x", "²", "-1", "0"])
BIRTHS = st.sampled_from([PartialDate(1980), PartialDate(1980, 3), PartialDate(1980, 3, 5), PartialDate(1990, 1, 1)])
MONEY = st.sampled_from(["0.00", "0.19", "0.20", "10.00", "50.00", "111.30", "5000.00", "-1.00", "9999999999.99"])
MONTHS = st.sampled_from([Month(2008, 3), Month(2026, 10), Month(2026, 11), Month(2026, 12), Month(2027, 1)])
DAYS = st.sampled_from([date(2026, 10, 23), TODAY, date(2027, 1, 1)])
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": RECORDS,
    "name": NAMES,
    "id_number": NUMBERS,
    "birth_date": BIRTHS,
    "sex": st.sampled_from(["男", "女"]),
    "joined_on": BIRTHS,
    "branch": st.sampled_from(["甲局第一党支部", "第二党支部"]),
    "group": st.sampled_from(["第一党小组", "第二党小组"]),
    "phone": st.sampled_from(["10000000001", "10000000002"]),
    "dues_category": st.sampled_from(DUES_CATEGORY.options),
    "dues_base": MONEY.map(Decimal),
    "amount": MONEY.map(Decimal),
    "from_month": MONTHS,
    "to_month": MONTHS,
    "first": MONTHS,
    "last": MONTHS,
    "reason": st.sampled_from(["困难减免", "年度核定"]),
    "decided_on": DAYS,
    "approved_on": DAYS,
    "paid_on": DAYS,
    "method": st.sampled_from(["现金", "转账"]),
    "remark": st.sampled_from(["借调", "=1+1"]),
    "pay_kind": st.sampled_from(["机关公务员", "离退休", "不知道"]),
    "item_职务工资": MONEY.map(Decimal),
    "item_个人所得税": MONEY.map(Decimal),
    "cause": st.sampled_from(["家属重病", "受灾"]),
    "applicant": st.sampled_from(["本人", "支部"]),
    "applied_on": DAYS,
    "refused_on": DAYS,
    "on": DAYS,
    "number": st.sampled_from(["1", "2"]),
    "summary": st.sampled_from(["上年结转", "下拨", "购书"]),
    "kind": st.sampled_from(["下拨党费", "期初结余", "留存党费", "慰问困难党员"]),
    "income": MONEY.map(Decimal),
    "spending": MONEY.map(Decimal),
    "balance": MONEY.map(Decimal),
    "handler": st.sampled_from(["甲", "乙"]),
    "held_on": DAYS,
    "form": st.sampled_from(["座谈会", "茶话会"]),
    "talker": st.sampled_from(["甲", "乙"]),
    "body": st.sampled_from(["防汛专班", "督查专班"]),
    "duty": st.sampled_from(["联络", "文稿"]),
    "since": DAYS,
    "until": DAYS,
    "retired_on": DAYS,
    "keepsake": st.sampled_from(["纪念牌", "贺卡"]),
}


def rows_of(ledger: Ledger, most: int = 6) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows as the reader hands them on: each column is there for all of them or for none, and any cell may be empty."""
    keys = [column.key for column in ledger.columns if column.key in VALUES]
    if ledger is DUES_WORKSHEETS:
        keys.remove("id")  # the number of an assessment: what it means is tried with the assessments themselves
    needed = {column.key for column in ledger.columns if column.required} | {"name"} & {*keys}
    chosen = st.sets(st.sampled_from(keys))
    # A sheet has what tells its rows apart, or every row would be refused and nothing tried.
    return chosen.map(lambda found: sorted({*found, *needed})).flatmap(
        lambda found: st.lists(
            st.fixed_dictionaries({key: st.one_of(VALUES[key], st.none(), VALUES[key]) for key in found}), max_size=most
        )
    )


def save(database: Database, ledger: Ledger, rows: Sequence[dict[str, Any]]) -> list[Outcome]:
    assert ledger.save is not None
    with database.writing("导入") as session:
        return list(ledger.save(session, rows, VIEW))


@cache
def begun() -> bytes:
    """A data file with two members and two months, made once: every try has a copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zbtz"
        with closing(founded.make(path, "甲局第一党支部", TODAY)) as database, database.writing("准备") as session:
            for name, born in (("张红卫", PartialDate(1980, 3, 5)), ("李素云", PartialDate(1975, 8, 12))):
                members.add(session, {"name": name, "birth_date": born, "dues_base": Decimal("5000.00")})
            for month in (Month(2026, 10), Month(2026, 11)):
                months.open_month(session, month, TODAY)
        return path.read_bytes()


def tried(ledger: Ledger, rows: Sequence[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zbtz"
        path.write_bytes(begun())
        with closing(Database.open(path)) as database:
            first = save(database, ledger, rows)
            assert len(first) == len(rows)
            assert all(outcome.why for outcome in first if outcome.kind == "refused")
            assert checks.check(database) == []
            taken = [row for row, outcome in zip(rows, first, strict=True) if outcome.kind != "refused"]
            assert {outcome.kind for outcome in save(database, ledger, taken)} <= {"unchanged"}
            assert "added" not in {outcome.kind for outcome in save(database, ledger, rows)}
            assert checks.check(database) == []


LEDGERS = (MEMBERS, DUES_ASSESSMENTS, DUES_PAYMENTS, DUES_WORKSHEETS, DUES_REDUCTIONS, DUES_CASH_BOOK,
           MEMBERS_BIRTHDAYS, MEMBERS_SECONDMENTS, MEMBERS_RETIREMENTS)  # fmt: skip
IMPORTABLE = pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
EFFORT = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_like_sums_of_one_day_for_two_months_are_two_payments():
    """Back-pay and the month's own due, in two rows of one file: the second is no repetition of the first."""
    paid = {"name": "张红卫", "paid_on": TODAY, "amount": Decimal("50.00")}
    tried(DUES_PAYMENTS, [paid | {"first": Month(2026, 10)}, paid | {"first": Month(2026, 11)}])


def test_large_payments_of_one_day_are_each_known_again():
    paid = {"name": "张红卫", "paid_on": TODAY, "first": Month(2026, 11)}
    sums = ("50.00", "3000.00", "2000.00", "2000.00")
    tried(DUES_PAYMENTS, [paid | {"amount": Decimal(each)} for each in sums])


def test_like_lines_of_a_cash_book_are_each_known_again():
    bought = {"on": TODAY, "summary": "购书", "spending": Decimal("50.00"), "decided_on": TODAY}
    given = {"on": TODAY, "summary": "下拨", "income": Decimal("100.00")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zbtz"
        with closing(founded.make(path, "甲局第一党支部", TODAY)) as database:
            rows = [bought, given, bought]
            assert [each.kind for each in save(database, DUES_CASH_BOOK, rows)] == ["added", "added", "added"]
            assert [each.kind for each in save(database, DUES_CASH_BOOK, rows)] == ["unchanged"] * 3


@IMPORTABLE
@EFFORT
@given(data=st.data())
def test_the_same_rows_twice_change_nothing(ledger: Ledger, data: st.DataObject):
    tried(ledger, data.draw(rows_of(ledger)))


@pytest.mark.slow
@IMPORTABLE
@settings(EFFORT, max_examples=200)
@given(data=st.data())
def test_the_same_rows_twice_change_nothing_for_long(ledger: Ledger, data: st.DataObject):
    tried(ledger, data.draw(rows_of(ledger)))


@pytest.mark.parametrize(
    ("ledger", "rows"),
    [
        (
            DUES_ASSESSMENTS,
            [
                {"name": "张红卫", "dues_category": "在职"},
                {"name": "张红卫", "dues_category": "在职"},
                {"name": None, "dues_category": "在职"},
                {"name": "张红卫", "dues_category": "农民"},
            ],
        ),
        (
            MEMBERS,
            [
                {"name": "李素云", "id": "4", "birth_date": PartialDate(1990, 1, 1), "id_number": None},
                {"name": "李素云", "id": "1", "birth_date": None, "id_number": "119901800305001"},
            ],
        ),
    ],
    ids=[
        "a row that repeats the roster before one that contradicts it",
        "a number that the import gives to a namesake",
    ],
)
def test_rows_that_were_once_read_another_way_the_second_time(ledger: Ledger, rows: list[dict[str, Any]]):
    tried(ledger, rows)
