"""F07, reduced dues and exemptions: the ledger of applications, and the records behind their paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import DAY, MONEY, MONTH, NAME, TEXT, Choice
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.care.standing import CaseStanding, standings
from models.ledgers.dues.papers import ReductionRecord
from models.ledgers.members.roster import RECORD_NUMBER
from models.ledgers.sheets import furniture
from models.records.dues import assessments, reductions
from models.records.dues.assessments import Assessment
from models.records.dues.reductions import Reduction
from models.records.members.members import Member
from models.records.members.organisation import branches
from models.rules.periods import Month, PartialDate

STATE = Choice(
    ("申请中", "待上级批准", "已生效", "不同意"),
    tones={"申请中": "warn", "待上级批准": "warn", "已生效": "good", "不同意": "quiet"},
)


@dataclass(frozen=True, slots=True)
class ReductionRow:
    """One application; `full` and `amount` are the due by the scale and the one asked for, in yuan a month."""

    id: int
    member_id: int
    name: str
    branch: str
    category: str | None
    full: Decimal | None
    amount: Decimal
    from_month: Month
    to_month: Month
    cause: str
    applicant: str
    applied_on: date | None
    decided_on: date | None
    approver: str | None
    approval_no: str | None
    approved_on: date | None
    refused_on: date | None
    state: str
    initials: str = ""
    case: str | None = None
    case_id: int | None = None


def reduction_rows(session: Session, view: View) -> list[ReductionRow]:
    """The applications for months of the view's period, the latest first."""
    first, last = view.period.first, view.period.last
    chosen = (
        select(Reduction, Member)
        .join(Member, Member.id == Reduction.member_id)
        .where(Reduction.from_month <= last, Reduction.to_month >= first)
        .order_by(Reduction.from_month.desc(), Reduction.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    names = {branch.id: branch.name for branch in branches(session)}
    known = assessments.by_member(session)
    cases = standings(session, view.today, select(Reduction.member_id))
    return [
        _row(each, member, known.get(member.id, ()), names.get(member.branch_id, ""), cases.get(member.id))
        for each, member in session.execute(chosen)
    ]


def _row(
    each: Reduction, member: Member, own: Sequence[Assessment], branch: str, case: CaseStanding | None
) -> ReductionRow:
    category = assessments.ground_of(member, assessments.scaled(own), each.from_month).category
    return ReductionRow(
        id=each.id,
        member_id=member.id,
        name=member.name,
        branch=branch,
        category=category,
        full=each.full,
        **{key: getattr(each, key) for key in reductions.FIELDS},
        state=reductions.state(each, category),
        initials=member.initials,
        case=case.state if case is not None else None,
        case_id=case.case_id if case is not None else None,
    )


def reduction_sheets(session: Session, view: View) -> Sequence[tuple[int, Any]]:
    """F07 for each application of the period, with what the roster and the scale say of the member."""
    unit = furniture(session, view).unit
    rows, known = reduction_rows(session, view), assessments.by_member(session)
    people = session.scalars(select(Member).where(Member.id.in_({row.member_id for row in rows})))
    members = {member.id: member for member in people}
    found = []
    for row in rows:
        member = members[row.member_id]
        ground = assessments.ground_of(member, assessments.scaled(known.get(member.id, ())), row.from_month)
        record = ReductionRecord(
            unit=row.branch or unit,
            name=row.name,
            sex=member.sex,
            joined_on=_in_chinese(member.joined_on),
            category=row.category,
            base=ground.base,
            **{key: getattr(row, key) for key in _ON_PAPER},
        )
        found.append((row.id, record))
    return found


def _in_chinese(day: PartialDate | None) -> str | None:
    """A date as far as it is known: 1999年4月25日, 1999年4月, 1999年."""
    if day is None:
        return None
    parts = ((day.year, "年"), (day.month, "月"), (day.day, "日"))
    return "".join(f"{number}{unit}" for number, unit in parts if number)


_ON_PAPER = ("full", "amount", "from_month", "to_month", "cause", "applicant", "applied_on", "decided_on", "approver",
             "approval_no", "approved_on")  # fmt: skip


def _save(session: Session, rows: Sequence[Values], view: View) -> Sequence[Outcome]:
    return reductions.save(session, rows, view.branch_id)


DUES_REDUCTIONS = Ledger(
    name="dues_reductions",
    title="党费少交（免交）台账",
    columns=(
        Column("name", "姓名", NAME, 10, required=True),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("category", "党费类别", TEXT, 8, entered=False),
        Column("full", "原应交", MONEY, 9, entered=False),
        Column("amount", "减免后应交", MONEY, 9, required=True, synonyms=("减免后每月应交", "少交后金额")),
        Column("from_month", "起始月", MONTH, 9, required=True),
        Column("to_month", "终止月", MONTH, 9, required=True),
        Column("cause", "理由", TEXT, 22, required=True, synonyms=("少交（免交）理由", "困难情况")),
        Column("applicant", "申请人", TEXT, 9),
        Column("applied_on", "申请日期", DAY, 11),
        Column("decided_on", "支部研究日期", DAY, 11),
        Column("approver", "批准党组织", TEXT, 14),
        Column("approval_no", "批准文号", TEXT, 16),
        Column("approved_on", "上级批准日期", DAY, 11),
        Column("refused_on", "不同意日期", DAY, 11),
        Column("state", "状态", STATE, 9, entered=False),
        Column("case", "困难帮扶", TEXT, 8, entered=False),
        RECORD_NUMBER,
    ),
    rows=reduction_rows,
    save=_save,
    span="year",
    note="在职党员少交、免交须经上级党委批准；离退休党员由支部研究决定。本表含个人情况，不张贴、不公示。",
    empty="这一年还没有少交、免交党费的申请。点右边“新增申请…”登记。",
)
