"""Large voluntary payments on the screen and on paper: apart from dues, with what is said of the member."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, MONEY, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.records.dues import rulebook
from models.records.dues.large_payments import LargePayment
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.rules.dues import DuesRules
from models.rules.periods import Month

TO_DESCRIBE, TO_HAND_ON, HANDED_ON, REVERSED, COUNTER = "待写情况", "待转交", "已转交", "已冲销", "冲销"
LARGE_STATE = Choice(
    (TO_DESCRIBE, TO_HAND_ON, HANDED_ON, REVERSED, COUNTER),
    tones={TO_DESCRIBE: "warn", TO_HAND_ON: "warn", HANDED_ON: "good", REVERSED: "quiet", COUNTER: "quiet"},
)


@dataclass(frozen=True, slots=True)
class LargeRow:
    """One large payment or its counter-entry, in yuan, and how far it is on its way to the centre."""

    id: int
    member_id: int
    name: str
    branch: str
    paid_on: date
    amount: Decimal
    method: str
    description: str | None
    handed_on: date | None
    receipt_no: str | None
    state: str
    remark: str | None
    initials: str = ""


def large_rows(session: Session, view: View) -> list[LargeRow]:
    """The large payments made on the days of a period, counter-entries among them."""
    days = LargePayment.paid_on.between(view.period.first.first_day, view.period.last.last_day)
    chosen = (
        select(LargePayment, Member, Organisation.name)
        .join(Member, Member.id == LargePayment.member_id)
        .join(Organisation, Organisation.id == LargePayment.branch_id)
        .where(days)
        .order_by(LargePayment.paid_on, LargePayment.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(LargePayment.branch_id == view.branch_id)
    undone = set(session.scalars(select(LargePayment.reverses_id).where(LargePayment.reverses_id.is_not(None))))
    return [
        LargeRow(
            id=each.id,
            member_id=member.id,
            name=member.name,
            branch=branch,
            paid_on=each.paid_on,
            amount=each.amount,
            method=each.method,
            description=each.description,
            handed_on=each.handed_on,
            receipt_no=each.receipt_no,
            state=_state(each, each.id in undone),
            remark=each.remark,
            initials=member.initials,
        )
        for each, member, branch in session.execute(chosen)
    ]


def _state(each: LargePayment, undone: bool) -> str:
    if each.reverses_id is not None:
        return COUNTER
    if undone:
        return REVERSED
    if each.handed_on is not None:
        return HANDED_ON
    return TO_HAND_ON if each.description else TO_DESCRIBE


def _note(session: Session, view: View) -> str:
    every = rulebook.read(session)
    rules = max((each for each in every if each.from_month <= view.month), key=_start, default=every[0])
    return f"党员自愿一次多交 {rules.large_extra:.0f} 元及以上的部分，全额上缴中央，不计入本支部党费和上缴基数。"


def _start(rules: DuesRules) -> Month:
    return rules.from_month


DUES_LARGE = Ledger(
    name="dues_large",
    title="大额党费登记表",
    columns=(
        Column("name", "姓名", PERSON, 10, entered=False),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("paid_on", "交纳日期", DAY, 11, entered=False),
        Column("amount", "金额", MONEY, 12, entered=False, totalled=True),
        Column("method", "交纳方式", TEXT, 8, entered=False),
        Column("description", "本人简要情况", TEXT, 30),
        Column("handed_on", "转交日期", DAY, 11),
        Column("receipt_no", "中央组织部收据号", CODE, 16),
        Column("state", "状态", LARGE_STATE, 9, entered=False),
        Column("remark", "备注", TEXT, 14),
    ),
    rows=large_rows,
    span="year",
    note=_note,
    capitals_of="amount",
    empty="这一年没有大额党费。收缴时一次多交的钱达到起点，会自动登记到这里。",
)
