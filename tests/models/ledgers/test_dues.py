"""What the dues ledgers show of a small branch: register, payments, summary, notice, arrears, assessments."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.database import Database
from models.ledger import Ledger, View
from models.ledgers.dues.assessments import DUES_ASSESSMENTS
from models.ledgers.dues.cells import DUES_RATE, REGISTER_MONTH
from models.ledgers.dues.ladder import DUES_ARREARS
from models.ledgers.dues.payments import DUES_PAYMENTS, DUES_REMITTANCES
from models.ledgers.dues.published import DUES_NOTICE, DUES_SUMMARY
from models.ledgers.dues.register import DUES_REGISTER
from models.ledgers.members.roster import MEMBERS, MEMBERS_ROSTER, count, seniority
from models.records.dues import assessments, months, payments, reminders, remittances
from models.records.dues.payments import Collection
from models.records.members import members
from models.rules.periods import Month, PartialDate, Period

OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
TODAY = date(2026, 11, 23)
AUTUMN = Collection(date(2026, 10, 23))
CASH = Collection(TODAY)
ZHANG, LI, SUN, QIAN = 1, 2, 3, 4


@pytest.fixture
def branch(database: Database) -> Database:
    """Zhang paid October late and December ahead; Li owes November; Sun is not assessed; Qian, retired, is exempt."""
    with database.writing("准备") as session:
        for name, base, category in (("张红卫", "7420.00", "正式党员"), ("李素云", "5000.00", "正式党员"),
                                     ("孙八", None, "预备党员"), ("钱永年", None, "正式党员")):  # fmt: skip
            known = {"name": name, "category": category, "birth_date": PartialDate(1980), "phone": "10000000001"}
            members.add(session, known | {"dues_base": Decimal(base) if base else None})
        exempt = {"dues_category": "离退休", "amount": Decimal("0.00"), "decided_on": TODAY, "reason": "困难减免"}
        assessments.save_one(session, QIAN, exempt)
        months.open_month(session, OCTOBER, AUTUMN.on)
        payments.collect(session, LI, OCTOBER, AUTUMN)
        remittances.remit(session, OCTOBER, date(2026, 10, 26), "V-1", handler="周丽萍")
        months.open_month(session, NOVEMBER, TODAY)
        payments.collect(session, ZHANG, NOVEMBER, CASH, None, [OCTOBER, NOVEMBER, DECEMBER])
        reminders.remind(session, LI, TODAY, "提醒", "答应下周交")
    return database


def rows(database: Database, ledger: Ledger, period: str = "2026-11", branch_id: int | None = None) -> list[Any]:
    with database.reading() as session:
        return list(ledger.rows(session, View(TODAY, Period.parse(period), branch_id)))


def test_the_register_shows_each_month_as_it_stands(branch: Database):
    zhang, li, sun, qian = rows(branch, DUES_REGISTER, "2026")
    shown = {row.name: [REGISTER_MONTH.show(getattr(row, f"month_{number}")) for number in (9, 10, 11, 12)]
             for row in (zhang, li, sun, qian)}  # fmt: skip
    assert shown == {
        "张红卫": ["", "111.30", "111.30", "111.30"],
        "李素云": ["", "50.00", "未", ""],
        "孙八": ["", "未核定", "未核定", ""],
        "钱永年": ["", "免", "免", ""],
    }
    assert [REGISTER_MONTH.tone(getattr(zhang, f"month_{number}")) for number in (9, 10, 12)] == [
        "quiet",
        "plain",
        "good",
    ]
    assert (zhang.due, zhang.paid, str(zhang.paid_until), zhang.remark) == (
        Decimal("222.60"), Decimal("333.90"), "2026-12", None,
    )  # fmt: skip
    assert (li.dues_category, li.base, DUES_RATE.show(li.rate), li.monthly) == (
        "在职", Decimal("5000.00"), "1%", Decimal("50.00"),
    )  # fmt: skip
    assert (li.remark, sun.remark, qian.remark, DUES_RATE.show(qian.rate)) == ("欠交", "未核定", None, "固定")


def test_a_month_is_late_once_the_next_is_open(branch: Database):
    assert REGISTER_MONTH.show(rows(branch, DUES_REGISTER, "2026")[1].month_11) == "未"
    with branch.writing("开账") as session:
        months.open_month(session, DECEMBER, TODAY)
    row = rows(branch, DUES_REGISTER, "2026")[1]
    assert [REGISTER_MONTH.show(cell) for cell in (row.month_11, row.month_12)] == ["欠", "欠"]
    assert REGISTER_MONTH.tone(row.month_11) == "bad"
    assert [REGISTER_MONTH.paper(cell) for cell in (row.month_10, row.month_11)] == ["50.00", ""]
    assert [REGISTER_MONTH.cell(cell) for cell in (row.month_10, row.month_11)] == [Decimal("50.00"), None]


def test_a_year_before_the_books_shows_what_would_be_due(branch: Database):
    row = rows(branch, DUES_REGISTER, "2025")[0]
    assert (row.monthly, row.due, row.paid, row.paid_until) == (Decimal("111.30"), 0, 0, DECEMBER)


def test_somebody_who_left_stays_in_the_years_that_know_them(branch: Database):
    with branch.writing("转出") as session:
        members.leave(session, LI, "转出", TODAY)
    assert [(row.name, row.remark) for row in rows(branch, DUES_REGISTER, "2026")][1] == ("李素云", "转出")
    assert "李素云" not in [row.name for row in rows(branch, DUES_REGISTER, "2027")]


def test_payments_say_what_they_were_for(branch: Database):
    (row,) = rows(branch, DUES_PAYMENTS)
    assert (row.amount, row.first, row.last, row.covers, row.kind) == (
        Decimal("333.90"), OCTOBER, DECEMBER, "2026年10月—12月", "补交、当月、预交",
    )  # fmt: skip
    with branch.writing("冲销") as session:
        payments.reverse(session, row.id, "记错", TODAY)
    assert [(each.kind, each.amount) for each in rows(branch, DUES_PAYMENTS)] == [
        ("已冲销", Decimal("333.90")), ("冲销", Decimal("-333.90")),
    ]  # fmt: skip
    assert sum(each.amount for each in rows(branch, DUES_PAYMENTS)) == 0


def test_the_summary_goes_by_the_day_paid(branch: Database):
    (november,) = rows(branch, DUES_SUMMARY)
    assert (november.full, november.probationary, november.due, november.payers, november.reduced) == (
        3, 1, Decimal("161.30"), 1, 1,
    )  # fmt: skip
    sums = (november.current, november.back, november.advance, november.paid, november.remitted)
    assert [str(each) for each in sums] == ["111.30", "111.30", "111.30", "333.90", "0"]
    (october,) = rows(branch, DUES_SUMMARY, "2026-10")
    assert (str(october.paid), str(october.remitted), october.voucher) == ("50.00", "50.00", "V-1")


def test_remittances_stand_with_their_vouchers(branch: Database):
    (row,) = rows(branch, DUES_REMITTANCES, "2026")
    assert (row.month, row.people, row.amount, row.voucher, row.vouched, row.handler, row.branch) == (
        OCTOBER, 1, Decimal("50.00"), "V-1", Decimal("50.00"), "周丽萍", "全部",
    )  # fmt: skip


def test_the_notice_names_who_owed_and_nothing_more(branch: Database):
    assert [(row.name, row.state, str(row.paid_until)) for row in rows(branch, DUES_NOTICE)] == [
        ("张红卫", "已交", "2026-12"), ("李素云", "未交", "2026-10"),
    ]  # fmt: skip
    assert DUES_NOTICE.note_of is not None
    assert DUES_NOTICE.note_of(rows(branch, DUES_NOTICE)).startswith("应交 2 人，已交 1 人，未交 1 人")


def test_arrears_say_how_long_and_what_was_done(branch: Database):
    (row,) = rows(branch, DUES_ARREARS)
    assert (row.name, row.months, row.count, row.owed, row.run, row.stage, row.reminded_on, row.reminder) == (
        "李素云", "2026年11月", 1, Decimal("50.00"), 1, "未交", TODAY, "提醒：答应下周交",
    )  # fmt: skip
    with branch.writing("开账") as session:
        months.open_month(session, DECEMBER, TODAY)
        payments.collect(session, LI, DECEMBER, CASH)
    (row,) = rows(branch, DUES_ARREARS, "2026-12")
    assert (row.months, row.run, row.stage) == ("2026年11月", 0, "往月未清")


def test_assessments_show_the_due_they_give(branch: Database):
    found = {row.name: row for row in rows(branch, DUES_ASSESSMENTS)}
    assert (found["张红卫"].id, found["张红卫"].monthly, found["张红卫"].dues_category) == (
        None,
        Decimal("111.30"),
        "在职",
    )
    assert (found["孙八"].monthly, found["孙八"].working) == (None, "没有党费类别。")
    assert (found["钱永年"].id, found["钱永年"].monthly, found["钱永年"].reason) == (1, 0, "困难减免")


def test_the_roster_counts_and_years_of_membership(branch: Database):
    people = rows(branch, MEMBERS)
    assert count(people).chinese == "党员总数 4 人（正式 3，预备 1，女 0，少数民族 0）"
    assert not hasattr(rows(branch, MEMBERS_ROSTER)[0], "dues_base")
    with branch.writing("转正") as session:
        members.change(session, ZHANG, {"full_member_on": PartialDate(2002, 11, 24), "seniority_correction": 12})
        members.change(session, LI, {"full_member_on": PartialDate(2002, 11, 23)})
    view = View(TODAY, Period.parse("2026-11"))
    zhang, li, sun, _ = rows(branch, MEMBERS)
    assert [seniority(each, view) for each in (zhang, li, sun)] == [24, 24, None]


def test_one_branch_sees_its_own(branch: Database):
    with branch.writing("加人") as session:
        known = {
            "name": "王五",
            "birth_date": PartialDate(1990),
            "branch": "甲局第二党支部",
            "dues_base": Decimal(3000),
        }
        members.add(session, known)
        months.open_month(session, NOVEMBER, TODAY)
        payments.collect(session, 5, NOVEMBER, CASH)
        branch_id = members.find(session, "王五").branch_id
    for ledger in (MEMBERS, MEMBERS_ROSTER, DUES_REGISTER, DUES_PAYMENTS, DUES_ASSESSMENTS, DUES_NOTICE):
        assert [row.name for row in rows(branch, ledger, "2026", branch_id)] == ["王五"], ledger.name
    assert [row.paid for row in rows(branch, DUES_SUMMARY, "2026-11", branch_id)] == [Decimal("15.00")]
    assert rows(branch, DUES_ARREARS, "2026-11", branch_id) == []
