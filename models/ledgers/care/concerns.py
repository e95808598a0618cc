"""急难愁盼事项清单: what people need done, by whom, by when, how many days it is open, and when it was closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, NUMBER, TEXT, Choice
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.ledgers.life.saving import Listed, saved
from models.records.care import concerns as care_concerns
from models.records.care.concerns import FIELDS, KINDS, OTHER, CareConcern
from models.records.members.organisation import Organisation, root
from models.rules.deadlines import DONE, NEAR, OPEN, OVERDUE, standing

CLOSED, AT_WORK, SOON, LATE = "已销号", "办理中", "快到期", "已逾期"
_STATES: dict[str, str] = {DONE: CLOSED, NEAR: SOON, OVERDUE: LATE, OPEN: AT_WORK}
STATE = Choice((AT_WORK, SOON, LATE, CLOSED), tones={AT_WORK: "warn", SOON: "warn", LATE: "bad", CLOSED: "good"})
KIND = Choice((*KINDS, OTHER), open=True)
_ORDER = {LATE: 0, SOON: 1, AT_WORK: 2, CLOSED: 3}


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """A matter and how it stands on the view's day; `days` is how long it is or was open."""

    id: int
    branch: str
    raised_on: date
    raised_by: str | None
    matter: str
    kind: str
    owner: str | None
    due_on: date | None
    measures: str | None
    progress: str | None
    closed_on: date | None
    days: int
    state: str
    remark: str | None


def concern_rows(session: Session, view: View) -> list[ConcernRow]:
    """The matters raised by the end of the view's period and not closed before it: overdue ones first, then by day."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = (
        select(CareConcern, Organisation.name)
        .outerjoin(Organisation, Organisation.id == CareConcern.branch_id)
        .where(CareConcern.raised_on <= last, or_(CareConcern.closed_on.is_(None), CareConcern.closed_on >= first))
        .order_by(CareConcern.raised_on, CareConcern.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(CareConcern.branch_id == view.branch_id)
    above = root(session).name
    rows = [
        ConcernRow(
            id=each.id,
            branch=branch or above,
            days=((each.closed_on or max(view.today, each.raised_on)) - each.raised_on).days,
            state=_STATES[standing(each.due_on, each.closed_on, view.today)],
            **{key: getattr(each, key) for key in FIELDS},
        )
        for each, branch in session.execute(chosen)
    ]
    return sorted(rows, key=lambda row: _ORDER[row.state])


def _like(session: Session, values: Values, branch_id: int | None) -> CareConcern | None:
    """The same matter of the same person or household in the same branch."""
    chosen = select(CareConcern).where(
        CareConcern.matter == values.get("matter"),
        CareConcern.raised_by.is_not_distinct_from(values.get("raised_by")),
        CareConcern.branch_id == branch_id,
    )
    return session.scalars(chosen.order_by(CareConcern.id)).first()


_LISTED = Listed(
    CareConcern,
    FIELDS,
    "matter",
    _like,
    lambda session, values, branch_id, view: care_concerns.add(session, values, view.today, branch_id),
    lambda session, number, values, view: care_concerns.change(session, number, values, view.today),
)


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    return saved(session, rows, view, _LISTED)


def _note(rows: Sequence[ConcernRow]) -> str:
    closed = [row for row in rows if row.state == CLOSED]
    late = sum(row.state == LATE for row in rows)
    took = f"，平均 {round(sum(row.days for row in closed) / len(closed))} 天办好" if closed else ""
    return (
        f"共 {len(rows)} 件，已销号 {len(closed)} 件{took}；未销号 {len(rows) - len(closed)} 件，其中逾期 {late} 件。"
    )


CARE_CONCERNS = Ledger(
    name="care_concerns",
    title="急难愁盼事项清单",
    columns=(
        Column("raised_on", "反映日期", DAY, 11, synonyms=("日期", "收集日期", "收集时间")),
        Column("raised_by", "反映人（户、社区）", TEXT, 14, synonyms=("反映人", "涉及群众", "户、社区")),
        Column("matter", "事项", TEXT, 28, required=True, synonyms=("问题", "急难愁盼事项", "诉求")),
        Column("days", "天数", NUMBER, 6, entered=False),
        Column("state", "状态", STATE, 8, entered=False),
        Column("kind", "类别", KIND, 10, synonyms=("事项类别", "类型")),
        Column("owner", "责任人", TEXT, 9),
        Column("due_on", "办理时限", DAY, 11, synonyms=("时限", "完成时限")),
        Column("measures", "办理措施", TEXT, 22, synonyms=("措施",)),
        Column("progress", "进展和结果", TEXT, 22, synonyms=("进展", "办理情况", "办理结果")),
        Column("closed_on", "销号日期", DAY, 11, synonyms=("办结日期",)),
        Column("branch", "党支部", TEXT, 13),
        Column("remark", "备注", TEXT, 10),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=concern_rows,
    save=_save,
    span="year",
    lines=LINES_OF_A_DAY,
    signatures=("支部书记：", "填表人：{maker}", "填表日期：{date}"),
    note_of=_note,
    empty="这段时间没有登记急难愁盼事项。按 Ctrl+N 登记一件。",
)
CONCERN_COLUMNS = tuple(column for column in CARE_CONCERNS.columns if column.key in FIELDS)
