"""The yearly assessment: last year's beside this year's for each member, with the difference and who is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import codes
from models.kinds import MONEY, MONTH, NAME, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.records.dues import assessments, months, rulebook, yearly
from models.records.dues.assessments import Assessment, Ground
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.members.organisation import branches
from models.rules.dues import DuesRules, rules_for
from models.rules.periods import Month

DONE, WAITING, NOTHING = "已核定", "待核定", "没有基数"
STATE = Choice((DONE, WAITING, NOTHING), tones={DONE: "good", WAITING: "warn", NOTHING: "bad"})
LAST, THIS, CHANGE = "上一年", "本年", "增减"


@dataclass(frozen=True, slots=True)
class YearlyRow:
    """One member: what the due rested on at the end of last year and in this, in yuan; `id` is the member's number.

    `dues_category` and `dues_base` are None while the member is not assessed for the year.
    """

    id: int
    name: str
    branch: str
    last_category: str | None
    last_base: Decimal | None
    last_due: Decimal | None
    dues_category: str | None
    dues_base: Decimal | None
    monthly: Decimal | None
    base_change: Decimal | None
    due_change: Decimal | None
    from_month: Month | None
    state: str
    has_items: bool = False
    initials: str = ""


def yearly_rows(session: Session, view: View) -> list[YearlyRow]:
    """Everybody in the branch who pays dues in the view's year."""
    year = view.period.year
    rules = rules_for(Month(year, 12), rulebook.read(session))
    before = rules_for(Month(year, 1) + -1, rulebook.read(session))
    chosen = select(Member).where(Member.status == IN_THE_BRANCH).order_by(Member.branch_id, Member.id)
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    known = assessments.by_member(session)
    names = {branch.id: branch.name for branch in branches(session)}
    return [
        _row(member, known.get(member.id, ()), year, names.get(member.branch_id, ""), (before, rules))
        for member in session.scalars(chosen)
        if months.owes(member, Month(year, 12))
    ]


def _row(
    member: Member, own: Sequence[Assessment], year: int, branch: str, rules: tuple[DuesRules, DuesRules]
) -> YearlyRow:
    last, found = yearly.before(member, own, year), yearly.assessed_in(own, year)
    last_due = _due(rules[0], last)
    this = assessments.ground_of(member, [found], found.from_month or Month(year, 12)) if found is not None else None
    monthly = _due(rules[1], this) if this is not None else None
    return YearlyRow(
        id=member.id,
        name=member.name,
        branch=branch,
        last_category=last.category,
        last_base=last.base,
        last_due=last_due,
        dues_category=this.category if this is not None else None,
        dues_base=this.base if this is not None else None,
        monthly=monthly,
        base_change=_less(this.base if this is not None else None, last.base),
        due_change=_less(monthly, last_due),
        from_month=found.from_month if found is not None else None,
        state=DONE if found is not None else WAITING if last_due is not None else NOTHING,
        has_items=bool(found is not None and found.worksheet),
        initials=member.initials,
    )


def _due(rules: DuesRules, ground: Ground) -> Decimal | None:
    try:
        return assessments.worked_out(rules, ground).amount
    except ValueError:
        return None


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return one - other if one is not None and other is not None else None


DUES_YEARLY = Ledger(
    name="dues_yearly",
    title="党费年度核定对照表",
    columns=(
        Column("name", "姓名", NAME, 10, entered=False),
        Column("last_category", "类别", codes.DUES_CATEGORY, 8, band=LAST, entered=False),
        Column("last_base", "基数", MONEY, 10, band=LAST, entered=False),
        Column("last_due", "应交", MONEY, 8, band=LAST, entered=False, totalled=True),
        Column("dues_category", "类别", codes.DUES_CATEGORY, 8, band=THIS, entered=False),
        Column("dues_base", "基数", MONEY, 10, band=THIS, entered=False),
        Column("monthly", "应交", MONEY, 8, band=THIS, entered=False, totalled=True),
        Column("base_change", "基数", MONEY, 10, band=CHANGE, entered=False),
        Column("due_change", "应交", MONEY, 8, band=CHANGE, entered=False, totalled=True),
        Column("from_month", "起始月", MONTH, 8, entered=False),
        Column("state", "状态", STATE, 8, entered=False),
        Column("branch", "党支部", TEXT, 14, entered=False),
    ),
    rows=yearly_rows,
    span="year",
    empty="还没有党员可以核定，请先导入名册。",
)
