"""What is handed up and put up: F04 the summary for the higher committee, F06 the public notice, the arrears."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import CODE, MONEY, MONTH, NUMBER, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.dues.handed import Handed, handed_by_branch
from models.ledgers.dues.register import paid_until
from models.records.dues.payments import Allotment, Payment
from models.records.dues.remittances import Remittance, Voucher
from models.records.dues.standing import ZERO, Books
from models.records.members.members import FULL, IN_THE_BRANCH, PROBATIONARY
from models.records.members.organisation import branches
from models.rules.periods import Month

PAID, NOT_PAID = "已交", "未交"
NOTICE_STATE = Choice((PAID, NOT_PAID), tones={PAID: "good", NOT_PAID: "warn"})


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One branch in F04; people are counted, money in yuan and by the day it was paid."""

    branch: str
    full: int
    probationary: int
    due: Decimal
    payers: int
    current: Decimal
    back: Decimal
    advance: Decimal
    paid: Decimal
    reduced: int
    remitted: Decimal
    voucher: str
    remark: str


def summary_rows(session: Session, view: View) -> list[SummaryRow]:
    """One row a branch: members, what was due in the period's months, what was paid on its days."""
    books = Books(session)
    days = Payment.paid_on.between(view.period.first.first_day, view.period.last.last_day)
    parts = session.execute(
        select(Payment.branch_id, Payment.member_id, Payment.paid_on, Allotment.month, Allotment.amount)
        .join(Allotment, Allotment.payment_id == Payment.id)
        .where(days)
    ).all()
    handed, vouchers = handed_by_branch(session, view.period), _voucher_numbers(session, view)
    rows = []
    for branch in branches(session):
        if view.branch_id not in (None, branch.id):
            continue
        present = [m for m in books.members if m.branch_id == branch.id and m.status == IN_THE_BRANCH]
        dues = [due for due in books.dues.values() if due.branch_id == branch.id and due.month in view.period]
        sums: defaultdict[str, Decimal] = defaultdict(Decimal)
        payers: defaultdict[int, Decimal] = defaultdict(Decimal)
        for branch_id, member_id, paid_on, month, amount in parts:
            if branch_id == branch.id:
                own = Month.of(paid_on)
                sums["back" if month < own else "advance" if month > own else "current"] += amount
                payers[member_id] += amount
        rows.append(
            SummaryRow(
                branch=branch.name,
                full=sum(m.category == FULL for m in present),
                probationary=sum(m.category == PROBATIONARY for m in present),
                due=sum((due.amount for due in dues), ZERO),
                payers=sum(paid > 0 for paid in payers.values()),
                current=sums["current"],
                back=sums["back"],
                advance=sums["advance"],
                paid=sums["current"] + sums["back"] + sums["advance"],
                reduced=len({due.member_id for due in dues if due.amount == 0 or due.working.startswith("核定")}),
                remitted=handed.get(branch.id, Handed()).up,
                voucher="、".join(dict.fromkeys(vouchers.get(branch.id, []) + vouchers.get(None, []))),
                remark="",
            )
        )
    return rows


def _voucher_numbers(session: Session, view: View) -> dict[int | None, list[str]]:
    """The numbers of the vouchers for what was handed up on the days of the period, by branch."""
    days = Remittance.remitted_on.between(view.period.first.first_day, view.period.last.last_day)
    numbers: defaultdict[int | None, list[str]] = defaultdict(list)
    named = select(Remittance.branch_id, Voucher.number).join(Voucher, Voucher.remittance_id == Remittance.id)
    for owner, number in session.execute(named.where(days).order_by(Voucher.id)):
        numbers[owner].append(number)
    return dict(numbers)


DUES_SUMMARY = Ledger(
    name="dues_summary",
    title="党费上缴汇总表",
    columns=(
        Column("branch", "党支部名称", TEXT, 18),
        Column("full", "正式党员", NUMBER, 8, band="党员数", totalled=True),
        Column("probationary", "预备党员", NUMBER, 8, band="党员数", totalled=True),
        Column("due", "应交", MONEY, 11, totalled=True),
        Column("payers", "交费人数", NUMBER, 8, totalled=True),
        Column("current", "交当月", MONEY, 11, band="实交", totalled=True),
        Column("back", "补交往月", MONEY, 11, band="实交", totalled=True),
        Column("advance", "预交以后", MONEY, 11, band="实交", totalled=True),
        Column("paid", "合计", MONEY, 11, band="实交", totalled=True),
        Column("reduced", "少交免交人数", NUMBER, 8, totalled=True),
        Column("remitted", "已上缴", MONEY, 11, totalled=True),
        Column("voucher", "缴款单号", CODE, 16),
        Column("remark", "备注", TEXT, 10),
    ),
    rows=summary_rows,
    capitals_of="paid",
    signatures=("支部书记：", "报送人：{maker}", "接收人：", "报送日期：{date}"),
    empty="还没有支部可以汇总。",
)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One name on the public notice: paid or not, and up to which month; no pay, base, due or number."""

    name: str
    state: str
    paid_until: Month | None


def notice_rows(session: Session, view: View) -> list[NoticeRow]:
    """Who owed something in the opened months of the period, and whether all of it is paid; the exempt stay out."""
    books = Books(session, view.branch_id)
    rows = []
    for member in books.members:
        standings = [books.standing(member, month) for month in books.opened if month in view.period]
        owing = [each for each in standings if each.due]
        if owing:
            state = PAID if all(each.owed == 0 for each in owing) else NOT_PAID
            rows.append(NoticeRow(member.name, state, paid_until(books, member)))
    return rows


def _notice_note(rows: Sequence[NoticeRow]) -> str:
    paid = sum(row.state == PAID for row in rows)
    return f"应交 {len(rows)} 人，已交 {paid} 人，未交 {len(rows) - paid} 人。本表不公布收入、基数和金额。"


DUES_NOTICE = Ledger(
    name="dues_notice",
    title="党费收缴情况公示",
    columns=(
        Column("name", "姓名", PERSON, 14),
        Column("state", "交纳情况", NOTICE_STATE, 12),
        Column("paid_until", "交至年月", MONTH, 12),
    ),
    rows=notice_rows,
    lines=("公示单位（盖章）：{unit}", "", "公示时间：{notice_from}至{notice_to}"),
    signatures=("监督电话：{telephone}", "日期：{date}"),
    note_of=_notice_note,
    orientation="portrait",
    public=True,
    empty="这个月还没有开账。",
)
