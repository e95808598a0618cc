"""The ledger of what was agreed with single members about when, where and through whom they pay."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.kinds import DAY, MONTH, NAME, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.records.dues.arrangements import FIELDS, Arrangement
from models.records.members.members import Member
from models.records.members.organisation import branches
from models.rules.arrangements import ARRANGEMENTS
from models.rules.periods import Month

KIND = Choice(ARRANGEMENTS)


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """One arrangement with one member; `to_month` None while it lasts."""

    id: int
    member_id: int
    name: str
    branch: str
    kind: str
    from_month: Month
    to_month: Month | None
    agreed_on: date | None
    proxy: str | None
    place: str | None
    remark: str | None
    initials: str = ""


def arrangement_rows(session: Session, view: View) -> list[ArrangementRow]:
    """The arrangements that count in months of the view's period."""
    lasting = or_(Arrangement.to_month.is_(None), Arrangement.to_month >= view.period.first)
    chosen = (
        select(Arrangement, Member)
        .join(Member, Member.id == Arrangement.member_id)
        .where(Arrangement.from_month <= view.period.last, lasting)
        .order_by(Member.branch_id, Member.id, Arrangement.from_month)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    names = {branch.id: branch.name for branch in branches(session)}
    return [
        ArrangementRow(
            id=each.id,
            member_id=member.id,
            name=member.name,
            branch=names.get(member.branch_id, ""),
            **{key: getattr(each, key) for key in FIELDS},
            initials=member.initials,
        )
        for each, member in session.execute(chosen)
    ]


DUES_ARRANGEMENTS = Ledger(
    name="dues_arrangements",
    title="党费交纳约定台账",
    columns=(
        Column("name", "姓名", NAME, 10, entered=False),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("kind", "约定", KIND, 16, entered=False),
        Column("from_month", "起始月", MONTH, 9, entered=False),
        Column("to_month", "终止月", MONTH, 9, entered=False),
        Column("agreed_on", "支部同意日期", DAY, 11, entered=False),
        Column("proxy", "代交人", TEXT, 12, entered=False),
        Column("place", "流入地党组织或所在国家", TEXT, 20, entered=False),
        Column("remark", "备注", TEXT, 14, entered=False),
    ),
    rows=arrangement_rows,
    span="year",
    empty="没有按季交纳、代交、流动或出国的约定。点右边“新增约定…”登记。",
)
