"""后续事项: what follows from meetings, who sees to it, and whether it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, TEXT, Choice
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.ledgers.life.saving import Listed, saved
from models.records.life import followups
from models.records.life.activities import Activity
from models.records.life.activity_kinds import by_key
from models.records.life.followups import FIELDS, FollowUp
from models.records.members.organisation import Organisation, root
from models.rules.deadlines import DONE, NEAR, OPEN, OVERDUE, STANDINGS, standing

STATE = Choice(STANDINGS, tones={OPEN: "warn", NEAR: "warn", OVERDUE: "bad", DONE: "good"})
_ORDER: dict[str, int] = {OVERDUE: 0, NEAR: 1, OPEN: 2, DONE: 3}


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A task, where it came from, and how it stands on the view's day."""

    id: int
    activity_id: int | None
    branch: str
    origin: str | None
    issue: str
    owner: str | None
    due_on: date | None
    done_on: date | None
    result: str | None
    state: str


def followup_rows(session: Session, view: View) -> list[FollowUpRow]:
    """The tasks of the view's period and those still open from before: overdue ones first, then by the day due."""
    first, last = view.period.first.first_day, view.period.last.last_day
    begun = func.coalesce(Activity.held_on, FollowUp.due_on, FollowUp.done_on, first)
    reaches = or_(FollowUp.done_on.is_(None), FollowUp.done_on >= first)
    chosen = _chosen().where(begun <= last, reaches)
    if view.branch_id is not None:
        chosen = chosen.where(FollowUp.branch_id == view.branch_id)
    rows = _rows(session, chosen, view.today)
    return sorted(rows, key=lambda row: (_ORDER[row.state], row.due_on or date.max, row.id))


def followups_of(session: Session, activity_id: int, today: date) -> list[FollowUpRow]:
    """The tasks of one activity, in order of entry."""
    chosen = _chosen().where(FollowUp.activity_id == activity_id).order_by(FollowUp.id)
    return _rows(session, chosen, today)


def _chosen() -> Any:
    joined: Any = select(FollowUp, Activity.held_on, Activity.kind, Organisation.name)
    joined = joined.outerjoin(Activity, Activity.id == FollowUp.activity_id)
    return joined.outerjoin(Organisation, Organisation.id == FollowUp.branch_id)


def _rows(session: Session, chosen: Any, today: date) -> list[FollowUpRow]:
    kinds, above = by_key(session), root(session).name
    return [
        FollowUpRow(
            id=each.id,
            activity_id=each.activity_id,
            branch=branch or above,
            origin=f"{held_on or ''} {kinds[kind].name}".strip() if kind in kinds else None,
            state=standing(each.due_on, each.done_on, today),
            **{key: getattr(each, key) for key in FIELDS},
        )
        for each, held_on, kind, branch in session.execute(chosen)
    ]


def _like(session: Session, values: Values, branch_id: int | None) -> FollowUp | None:
    chosen = select(FollowUp).where(
        FollowUp.issue == values.get("issue"), FollowUp.due_on.is_(values.get("due_on"))
        if values.get("due_on") is None else FollowUp.due_on == values["due_on"], FollowUp.branch_id == branch_id,
    )  # fmt: skip
    return session.scalars(chosen.order_by(FollowUp.id)).first()


_LISTED = Listed(
    FollowUp,
    FIELDS,
    "issue",
    _like,
    lambda session, values, branch_id, view: followups.add(session, values, view.today, branch_id=branch_id),
    lambda session, number, values, view: followups.change(session, number, values, view.today),
)


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    return saved(session, rows, view, _LISTED)


def _note(rows: Sequence[FollowUpRow]) -> str:
    done, late = (sum(row.state == state for row in rows) for state in (DONE, OVERDUE))
    return f"共 {len(rows)} 项，已办 {done} 项，未办 {len(rows) - done} 项，其中逾期 {late} 项。"


LIFE_FOLLOWUPS = Ledger(
    name="life_followups",
    title="后续事项台账",
    columns=(
        Column("issue", "事项", TEXT, 30, required=True, synonyms=("后续事项", "议定事项")),
        Column("owner", "责任人", TEXT, 10),
        Column("due_on", "完成时限", DAY, 11, synonyms=("时限", "期限")),
        Column("state", "状态", STATE, 8, entered=False),
        Column("done_on", "办结日期", DAY, 11),
        Column("result", "办理结果", TEXT, 24),
        Column("branch", "党支部", TEXT, 14),
        Column("origin", "来自哪次会议", TEXT, 22, entered=False),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=followup_rows,
    save=_save,
    span="year",
    lines=LINES_OF_A_DAY,
    note_of=_note,
    empty="这段时间没有后续事项。在会议记录里写下，或按 Ctrl+N 新增。",
)
FOLLOWUP_COLUMNS = tuple(column for column in LIFE_FOLLOWUPS.columns if column.key in FIELDS)
