"""整改台账 and 三张清单: what is to be put right, by whom, by when, and on which day it was closed (销号)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, TEXT, Choice
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.ledgers.life.saving import Listed, saved
from models.records.life import problems
from models.records.life.problems import FIELDS, LISTS, RECTIFICATION, Problem
from models.records.members.organisation import Organisation, root
from models.rules.deadlines import DONE, NEAR, OVERDUE, standing

CLOSED, AT_WORK, SOON, LATE = "已销号", "整改中", "快到期", "已逾期"
STATES = {DONE: CLOSED, NEAR: SOON, OVERDUE: LATE}
STATE = Choice((AT_WORK, SOON, LATE, CLOSED), tones={AT_WORK: "warn", SOON: "warn", LATE: "bad", CLOSED: "good"})
LIST_NAMES = Choice(LISTS, open=True)


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """An entry of a list and how it stands on the view's day."""

    id: int
    branch: str
    list_name: str
    problem: str
    evidence: str | None
    measures: str | None
    owner: str | None
    found_on: date
    due_on: date | None
    progress: str | None
    closed_on: date | None
    state: str
    remark: str | None


def problem_rows(session: Session, view: View, other_lists: bool = False) -> list[ProblemRow]:
    """The entries found by the end of the view's period and not closed before it, by list and in order of entry.

    Those of 整改台账, or with `other_lists` those of all lists beside it.
    """
    named = Problem.list_name != RECTIFICATION if other_lists else Problem.list_name == RECTIFICATION
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = (
        select(Problem, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Problem.branch_id)
        .where(named, Problem.found_on <= last, or_(Problem.closed_on.is_(None), Problem.closed_on >= first))
        .order_by(Problem.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Problem.branch_id == view.branch_id)
    above = root(session).name
    rows = [
        ProblemRow(
            id=each.id,
            branch=branch or above,
            found_on=each.found_on,
            state=STATES.get(standing(each.due_on, each.closed_on, view.today), AT_WORK),
            **{key: getattr(each, key) for key in FIELDS},
        )
        for each, branch in session.execute(chosen)
    ]
    order = {name: place for place, name in enumerate(LISTS)}
    return sorted(rows, key=lambda row: (order.get(row.list_name, len(order)), row.list_name, row.found_on, row.id))


def _like(session: Session, values: Values, branch_id: int | None) -> Problem | None:
    chosen = select(Problem).where(
        Problem.problem == values.get("problem"),
        Problem.list_name == (values.get("list_name") or RECTIFICATION),
        Problem.branch_id == branch_id,
    )
    return session.scalars(chosen.order_by(Problem.id)).first()


def _listed(other_lists: bool) -> Listed:
    return Listed(
        Problem,
        (*FIELDS, "found_on"),
        "problem",
        _like,
        lambda session, values, branch_id, view: problems.add(session, values, view.today, branch_id=branch_id),
        lambda session, number, values, view: problems.change(session, number, values, view.today),
        lambda each: (each.list_name != RECTIFICATION) == other_lists,
    )


def _save(session: Session, rows: Sequence[Values], view: View, other_lists: bool = False) -> list[Outcome]:
    named = {} if other_lists else {"list_name": RECTIFICATION}
    return saved(session, [{**row, **named} for row in rows], view, _listed(other_lists))


def _note(session: Session, view: View, other_lists: bool = False) -> str:
    rows = problem_rows(session, view, other_lists)
    closed, late = (sum(row.state == state for row in rows) for state in (CLOSED, LATE))
    return f"共 {len(rows)} 条，已销号 {closed} 条，未销号 {len(rows) - closed} 条，其中逾期 {late} 条。"


_COLUMNS = (
    Column("problem", "问题", TEXT, 26, required=True, synonyms=("存在问题", "问题事项")),
    Column("evidence", "表现", TEXT, 22, synonyms=("具体表现",)),
    Column("measures", "整改措施", TEXT, 26, synonyms=("措施",)),
    Column("owner", "责任人", TEXT, 9),
    Column("due_on", "整改时限", DAY, 11, synonyms=("完成时限",)),
    Column("state", "状态", STATE, 8, entered=False),
    Column("progress", "进展", TEXT, 22, synonyms=("整改进展", "整改情况")),
    Column("closed_on", "销号日期", DAY, 11),
    Column("found_on", "列入日期", DAY, 11),
    Column("branch", "党支部", TEXT, 14),
    Column("remark", "备注", TEXT, 12),
    Column("id", "编号", CODE, 6, entered=False),
)
_SIGNED = ("支部书记：", "纪检委员：", "填表人：{maker}", "填表日期：{date}")
LIFE_PROBLEMS = Ledger(
    name="life_problems",
    title="整改台账",
    columns=_COLUMNS,
    rows=problem_rows,
    save=_save,
    span="year",
    lines=LINES_OF_A_DAY,
    signatures=_SIGNED,
    note=_note,
    empty="这段时间没有要整改的问题。组织生活会、巡察等查出的问题，按 Ctrl+N 列入。",
)
LIFE_LISTS = Ledger(
    name="life_lists",
    title="三张清单",
    columns=(Column("list_name", "清单", LIST_NAMES, 12, required=True), *_COLUMNS),
    rows=partial(problem_rows, other_lists=True),
    save=partial(_save, other_lists=True),
    span="year",
    lines=LINES_OF_A_DAY,
    signatures=_SIGNED,
    note=partial(_note, other_lists=True),
    empty="这里还没有清单。问题清单、任务清单、责任清单或支部自己起名的清单，按 Ctrl+N 列入。",
)
PROBLEM_COLUMNS = tuple(column for column in _COLUMNS if column.key in FIELDS or column.key == "found_on")
