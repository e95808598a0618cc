"""走访记录: the visits of a year, what was asked and promised, and whether what follows is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, TEXT, Choice
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.ledgers.life.saving import Listed, saved
from models.records.care import visits as care_visits
from models.records.care.visits import FIELDS, OCCASIONS, CareVisit
from models.records.members.members import Member
from models.records.members.organisation import Organisation, root
from models.rules.deadlines import DONE, NEAR, OPEN, OVERDUE, STANDINGS, standing

NOTHING = "无后续"
STATE = Choice((NOTHING, *STANDINGS), tones={OPEN: "warn", NEAR: "warn", OVERDUE: "bad", DONE: "good"})
OCCASION = Choice(OCCASIONS, open=True, synonyms={"七一建党节": "七一", "日常走访": "日常"})


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit and how its follow-up stands on the view's day; how the household was found is not in it."""

    id: int
    member_id: int | None
    case_id: int | None
    branch: str
    name: str
    on: date
    occasion: str
    visitors: str
    needs: str | None
    promises: str | None
    followup: str | None
    followup_on: date | None
    done_on: date | None
    result: str | None
    state: str
    remark: str | None


def visit_rows(session: Session, view: View) -> list[VisitRow]:
    """The visits of the view's period by day, and those before whose follow-up was not done when it began."""
    first, last = view.period.first.first_day, view.period.last.last_day
    waits = CareVisit.followup.is_not(None) & or_(CareVisit.done_on.is_(None), CareVisit.done_on >= first)
    chosen = select(CareVisit, Organisation.name).outerjoin(Organisation, Organisation.id == CareVisit.branch_id)
    chosen = chosen.where(CareVisit.on <= last, or_(CareVisit.on >= first, waits))
    if view.branch_id is not None:
        chosen = chosen.where(CareVisit.branch_id == view.branch_id)
    return _rows(session, chosen.order_by(CareVisit.on, CareVisit.id), view.today)


def visits_to(
    session: Session, today: date, member_id: int | None = None, case_id: int | None = None
) -> list[VisitRow]:
    """All visits to a member or to the person of a case by day, for the history of that person."""
    own = [column == number for column, number in ((CareVisit.member_id, member_id), (CareVisit.case_id, case_id))
           if number is not None]  # fmt: skip
    if not own:
        return []
    chosen = select(CareVisit, Organisation.name).outerjoin(Organisation, Organisation.id == CareVisit.branch_id)
    return _rows(session, chosen.where(or_(*own)).order_by(CareVisit.on, CareVisit.id), today)


def _rows(session: Session, chosen: Any, today: date) -> list[VisitRow]:
    above = root(session).name
    return [
        VisitRow(
            id=each.id,
            member_id=each.member_id,
            case_id=each.case_id,
            branch=branch or above,
            name=each.name,
            state=standing(each.followup_on, each.done_on, today) if each.followup else NOTHING,
            **{key: getattr(each, key) for key in FIELDS},
        )
        for each, branch in session.execute(chosen)
    ]


def _like(session: Session, values: Values, _branch_id: int | None) -> CareVisit | None:
    """A visit to the same person on the same day for the same occasion."""
    occasion = values.get("occasion") or care_visits.DAILY
    chosen = select(CareVisit).where(
        CareVisit.name == values.get("name"), CareVisit.on == values.get("on"), CareVisit.occasion == occasion
    )
    return session.scalars(chosen.order_by(CareVisit.id)).first()


_LISTED = Listed(
    CareVisit,
    ("name", *FIELDS),
    "name",
    _like,
    lambda session, values, branch_id, view: care_visits.enter(session, values, view.today, branch_id),
    lambda session, number, values, view: care_visits.change(session, number, values, view.today),
)


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    return saved(session, [_placed(session, row) for row in rows], view, _LISTED)


def _placed(session: Session, row: Values) -> Values:
    """A row without a branch that names a member is of the member's branch."""
    if row.get("branch"):
        return row
    named = select(Organisation.name).join(Member, Member.branch_id == Organisation.id)
    found = session.scalars(named.where(Member.name == row.get("name"))).all()
    return {**row, "branch": found[0]} if len(found) == 1 else row


def _note(session: Session, view: View) -> str:
    rows = visit_rows(session, view)
    within = [row for row in rows if row.on >= view.period.first.first_day]
    waiting = [row for row in rows if row.state in (OPEN, NEAR, OVERDUE)]
    late = sum(row.state == OVERDUE for row in waiting)
    people = len({(row.name, row.member_id, row.case_id) for row in within})
    return f"共走访 {len(within)} 次，{people} 人；后续未办 {len(waiting)} 件，其中逾期 {late} 件。"


CARE_VISITS = Ledger(
    name="care_visits",
    title="走访记录",
    columns=(
        Column("on", "走访日期", DAY, 11, required=True, synonyms=("日期", "时间", "走访时间", "慰问日期")),
        Column("name", "走访对象", TEXT, 10, required=True, synonyms=("姓名", "被走访人", "被慰问人")),
        Column("occasion", "走访事由", OCCASION, 9, synonyms=("事由", "类型", "慰问原因")),
        Column("state", "状态", STATE, 8, entered=False),
        Column("visitors", "走访人", TEXT, 14, required=True, synonyms=("走访领导", "慰问人")),
        Column("branch", "党支部", TEXT, 13),
        Column("needs", "提出的需求", TEXT, 24, synonyms=("需求", "困难和需求")),
        Column("promises", "答应办的事", TEXT, 22, synonyms=("承诺",)),
        Column("followup", "后续要办", TEXT, 20, synonyms=("后续", "跟进事项")),
        Column("followup_on", "办理时限", DAY, 11, synonyms=("时限", "跟进日期")),
        Column("done_on", "办结日期", DAY, 11),
        Column("result", "办理结果", TEXT, 18),
        Column("remark", "备注", TEXT, 10),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=visit_rows,
    save=_save,
    span="year",
    lines=LINES_OF_A_DAY,
    signatures=("支部书记：", "填表人：{maker}", "填表日期：{date}"),
    note=_note,
    empty="这段时间还没有登记走访。按 Ctrl+N 登记一次走访。",
)
VISIT_COLUMNS = tuple(column for column in CARE_VISITS.columns if column.key in FIELDS)
