"""F02, the assessments: category, base and due of each member, imported and exported."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import codes
from models.kinds import DAY, ID_NUMBER, MONEY, MONTH, NAME, TEXT
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.dues.cells import DUES_RATE
from models.ledgers.members.roster import RECORD_NUMBER
from models.records.dues import assessments, rulebook
from models.records.dues.assessments import Assessment, Ground
from models.records.dues.standing import ZERO
from models.records.members.members import IN_THE_BRANCH, Member
from models.rules.dues import DuesRules, rules_for
from models.rules.periods import Month


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One assessment with the due it gives in the month looked at; `id` None for the ground in the roster itself."""

    id: int | None
    member_id: int
    name: str
    id_number: str | None
    dues_category: str | None
    dues_base: Decimal | None
    rate: Decimal | None
    monthly: Decimal | None
    working: str
    from_month: Month | None
    to_month: Month | None
    amount: Decimal | None
    reason: str | None
    decided_on: date | None
    approved_on: date | None
    approval_no: str | None
    initials: str = ""


def assessment_rows(session: Session, view: View) -> list[AssessmentRow]:
    """The assessments that count in the view's period or later; who has none stands with what the roster says."""
    rules = rules_for(view.month, rulebook.read(session))
    known = assessments.by_member(session)
    rows = []
    for member in present(session, view):
        own = assessments.counting_from(known.get(member.id, ()), view.period.first)
        if own:
            rows += [_row(member, each, each.from_month or each.to_month or view.month, rules) for each in own]
        else:
            rows.append(_row(member, None, view.month, rules))
    return rows


def present(session: Session, view: View) -> Iterable[Member]:
    """The members in the branch, or in all branches of the file, in their order."""
    chosen = select(Member).where(Member.status == IN_THE_BRANCH).order_by(Member.branch_id, Member.id)
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    return session.scalars(chosen)


@dataclass(frozen=True)
class Figures:
    """What a ground comes to: the due in yuan, its rate, and the arithmetic or why there is none."""

    monthly: Decimal | None
    rate: Decimal | None
    working: str

    @classmethod
    def of(cls, rules: DuesRules, ground: Ground) -> "Figures":
        try:
            due = assessments.worked_out(rules, ground)
        except ValueError as error:
            return cls(None, None, str(error))
        return cls(due.amount, due.rate if due.rate is not None else ZERO, due.working)


def _row(member: Member, assessment: Assessment | None, month: Month, rules: DuesRules) -> AssessmentRow:
    """One assessment, or the ground in the roster, with the due it gives in a month in which it counts."""
    ground = assessments.ground_of(member, [assessment] if assessment is not None else [], month)
    figures = Figures.of(rules, ground)
    return AssessmentRow(
        id=assessment.id if assessment is not None else None,
        member_id=member.id,
        name=member.name,
        id_number=member.id_number,
        dues_category=assessment.dues_category if assessment is not None else ground.category,
        dues_base=ground.base,
        rate=figures.rate,
        monthly=figures.monthly,
        working=figures.working,
        initials=member.initials,
        **{key: getattr(assessment, key, None) for key in _DATES},
    )


_DATES = ("from_month", "to_month", "amount", "reason", "decided_on", "approved_on", "approval_no")


def _save(session: Session, rows: Sequence[Values], view: View) -> Sequence[Outcome]:
    return assessments.save(session, rows, view.branch_id)


DUES_ASSESSMENTS = Ledger(
    name="dues_assessments",
    title="党费核定表",
    columns=(
        Column("name", "姓名", NAME, 10),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("dues_category", "党费类别", codes.DUES_CATEGORY, 10),
        Column("dues_base", "缴费基数", MONEY, 12),
        Column("rate", "比例", DUES_RATE, 7, entered=False),
        Column("monthly", "每月应交", MONEY, 10, entered=False),
        Column("from_month", "起始月", MONTH, 9),
        Column("to_month", "终止月", MONTH, 9),
        Column("amount", "核定金额", MONEY, 10),
        Column("reason", "调整原因", codes.ASSESSMENT_REASON, 11),
        Column("decided_on", "支部研究日期", DAY, 12),
        Column("approved_on", "上级批准日期", DAY, 12),
        Column("approval_no", "批准文号", TEXT, 16),
        RECORD_NUMBER,
    ),
    rows=assessment_rows,
    save=_save,
    span="year",
    empty="还没有党员可以核定，请先导入名册。",
)
