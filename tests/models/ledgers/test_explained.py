"""Why a due is what it is, what became of a month, and what stands between a month and its closing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from models import attachments
from models.database import Database
from models.ledger import View
from models.ledgers.dues.closing import Closing, closing
from models.ledgers.dues.explained import Explained, Preview, explained, preview
from models.ledgers.dues.paid import paid_by
from models.ledgers.dues.vouchers import vouchers_of
from models.records.dues import assessments, cash, months, payments, reminders, remittances
from models.records.dues.payments import Collection
from models.records.members import members
from models.rules.periods import Month, PartialDate, Period

TODAY = date(2026, 11, 24)
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
VIEW = View(TODAY, Period(NOVEMBER, NOVEMBER))
CASH = Collection(date(2026, 11, 23))


@pytest.fixture
def branch(database: Database) -> Database:
    """Wu on pay, who owes October and November; Qian retired, with a reduction for November; Sun without a ground."""
    with database.writing("新增党员") as session:
        for name in ("吴国强", "钱永年", "孙志强"):
            members.add(session, {"name": name, "birth_date": PartialDate(1960)})
        ground = {"dues_category": "在职", "dues_base": Decimal("6843.00"), "from_month": Month(2026, 1)}
        assessments.save_one(session, 1, ground)
        assessments.save_one(session, 2, {"dues_category": "离退休", "dues_base": Decimal("5000.00")})
        reduced = {"amount": Decimal("10.00"), "from_month": NOVEMBER, "to_month": NOVEMBER, "reason": "困难减免"}
        assessments.save_one(
            session, 2, reduced | {"decided_on": date(2026, 10, 30), "approval_no": "示机党〔2026〕7号"}
        )
    with database.writing("开账") as session:
        months.open_month(session, OCTOBER, date(2026, 10, 1))
        months.open_month(session, NOVEMBER, date(2026, 11, 1))
        payments.collect(session, 2, OCTOBER, Collection(date(2026, 10, 23)))
        reminders.remind(session, 1, date(2026, 10, 26), "提醒", "电话提醒")
    return database


def told(database: Database, member_id: int, month: Month = NOVEMBER) -> Explained:
    with database.reading() as session:
        return explained(session, member_id, replace(VIEW, period=Period(month, month)))


def steps(found: Explained) -> list[str]:
    return [f"{step.on:%m-%d} {step.what}" for step in found.course]


def test_the_working_stands_with_band_rule_and_rounding(branch: Database) -> None:
    found = told(branch, 1)
    assert found.standing.working == "6843.00 × 1.5% = 102.645，四舍五入到角 102.60"
    assert found.grounds == (
        "5000 元以上至 10000 元（含），1.5%",
        "中组发〔2008〕3号第二条",
        "自2026年1月起核定，四舍五入到角",
    )


def test_a_sum_set_by_decision_names_the_decision(branch: Database) -> None:
    found = told(branch, 2)
    assert found.standing.working == "核定 10.00（困难减免）"
    assert found.grounds[-1] == "核定于 2026-10-30，批准文号 示机党〔2026〕7号"


def test_the_course_of_an_unpaid_month_leads_to_today(branch: Database) -> None:
    assert steps(told(branch, 1, OCTOBER)) == ["10-23 到期未交", "10-26 提醒：电话提醒"]
    assert steps(told(branch, 1)) == ["11-23 到期未交", "11-24 连续 2 个月，催交"]
    assert told(branch, 1).owed == (OCTOBER, NOVEMBER)


def test_payments_and_their_cancelling_stand_in_the_course(branch: Database) -> None:
    with branch.writing("收缴") as session:
        number = payments.collect(session, 1, NOVEMBER, CASH).payment_id
        payments.reverse(session, number, "记错人", TODAY)
    assert steps(told(branch, 1))[0] == "11-23 交 102.60（现金）"
    assert "11-24 退 102.60（现金），冲销：记错人" in steps(told(branch, 1))


def test_a_month_not_opened_has_no_grounds(branch: Database) -> None:
    found = told(branch, 1, Month(2026, 12))
    assert (found.opened, found.grounds, found.course) == (False, (), ())


def test_who_is_not_assessed_is_told_so(branch: Database) -> None:
    assert told(branch, 3).standing.state == "unassessed"


def seen(database: Database, **values: Any) -> Preview:
    with database.reading() as session:
        return preview(session, 1, values, NOVEMBER)


def test_an_assessment_is_worked_out_while_it_is_typed(branch: Database) -> None:
    found = seen(branch, dues_category="在职", dues_base=Decimal("10000.01"))
    assert found.amount == Decimal("200.00")
    assert found.words[1] == "10000 元以上，2%"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "没有党费类别。"),
        ({"dues_category": "在职"}, "“在职”按基数计算党费，缴费基数还没有填写或为零。"),
        ({"dues_category": "农民", "amount": Decimal("2.00")}, "“农民”每月党费应在 0.20 元至 1.00 元之间。"),
    ],
)
def test_what_gives_no_due_says_why(branch: Database, values: dict[str, Any], words: str) -> None:
    assert seen(branch, **values) == Preview(None, (words,))


def state(database: Database) -> Closing:
    with database.reading() as session:
        return closing(session, VIEW)


def test_the_way_to_the_closing(branch: Database) -> None:
    found = state(branch)
    assert (found.missing, found.to_hand_up) == (("吴国强", "钱永年"), Decimal("25.00"))
    with branch.writing("收缴") as session:
        payments.collect(session, 1, NOVEMBER, CASH, None, [OCTOBER, NOVEMBER, Month(2026, 12)])
    found = state(branch)
    assert [(str(month), amount) for month, amount in found.waiting] == [
        ("2026-10", Decimal("127.60")),
        ("2026-11", Decimal("102.60")),
        ("2026-12", Decimal("102.60")),
    ]
    assert (found.drawer.booked, found.drawer.difference) == (Decimal("307.80"), None)
    with branch.writing("点钞") as session:
        cash.count_cash(session, date(2026, 11, 23), {Decimal(100): 3}, found.drawer.booked)
    assert state(branch).drawer.difference == Decimal("-7.80")


def test_what_is_handed_up_in_advance_waits_for_its_voucher_too(branch: Database) -> None:
    with branch.writing("收缴、上缴") as session:
        payments.collect(session, 1, NOVEMBER, CASH, None, [NOVEMBER, Month(2026, 12)])
        for month in (NOVEMBER, Month(2026, 12)):
            remittances.remit(session, month, TODAY)
    found = state(branch)
    assert [(str(each.month), each.missing) for each in found.unvouched] == [
        ("2026-11", Decimal("102.60")),
        ("2026-12", Decimal("102.60")),
    ]


def test_what_was_reversed_after_it_was_handed_up_is_told(branch: Database) -> None:
    with branch.writing("上缴后冲销") as session:
        number = payments.collect(session, 1, NOVEMBER, CASH).payment_id
        remittances.remit(session, NOVEMBER, TODAY, "1")
        payments.reverse(session, number, "记错人", TODAY)
    found = state(branch)
    assert (found.reversed_after, found.agreement.agrees) == (Decimal("102.60"), False)


def test_a_members_payments_that_stand_are_told_with_their_months(branch: Database) -> None:
    with branch.writing("收缴") as session:
        wrong = payments.collect(session, 1, NOVEMBER, CASH, Decimal("5.00")).payment_id
        payments.reverse(session, wrong, "记错人", TODAY)
        payments.collect(session, 1, NOVEMBER, Collection(TODAY, "转账"), None, [OCTOBER, NOVEMBER])
        assert [each.said for each in paid_by(session, 1, OCTOBER)] == ["2026-11-24 转账 205.20 元（2026年10月、11月）"]
        assert paid_by(session, 1, Month(2026, 9)) == []


def test_vouchers_stand_with_their_scans(branch: Database, tmp_path: Path) -> None:
    with branch.writing("上缴") as session:
        handed = remittances.remit(session, OCTOBER, TODAY)
        scan = attachments.add(session, "缴款单.pdf", b"%PDF-1.4")
        remittances.add_voucher(session, handed.id, "1", TODAY, Decimal("20.00"), scan.id)
        remittances.add_voucher(session, handed.id, "2", TODAY, Decimal("5.00"))
        found = vouchers_of(session, handed.id)
    assert [(each.number, each.scan_name, each.scan_id is None) for each in found] == [
        ("1", "缴款单.pdf", False),
        ("2", "", True),
    ]
