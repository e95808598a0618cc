"""结对共建台账 and 结对共建任务台账 (F46): with whom, until when, and what of it is done."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, MONEY, NUMBER, PERSON, PHONE, TEXT, Choice
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.ledgers.life.saving import Listed, branch_meant, saved
from models.ledgers.served import SERVICE_HOURS
from models.records.care import pairings
from models.records.care.pairings import FIELDS, PARTNER_KINDS, SORTS, TASK_FIELDS, Pairing, PairingTask
from models.records.care.volunteering import ServiceEntry
from models.records.members.organisation import Organisation, root
from models.records.outcomes import Taken, take_each
from models.rules.deadlines import DONE, NEAR, OVERDUE, standing
from models.rules.stock import ZERO

RUNNING, ENDING, RUN_OUT, ENDED = "结对中", "快到期", "已到期", "已结束"
AT_WORK, SOON, LATE, CLOSED = "办理中", "快到期", "已逾期", "已销号"
REMINDED_DAYS = 30  # before an agreement runs out, so that it can be renewed
STATE = Choice((RUNNING, ENDING, RUN_OUT, ENDED), tones={RUNNING: "good", ENDING: "warn", RUN_OUT: "bad"})
TASK_STATE = Choice((AT_WORK, SOON, LATE, CLOSED), tones={SOON: "warn", LATE: "bad", CLOSED: "good"})
SORT, PARTNER_KIND = Choice(SORTS, open=True), Choice(PARTNER_KINDS, open=True)
_STATES = {DONE: ENDED, NEAR: ENDING, OVERDUE: RUN_OUT}
_TASK_STATES = {DONE: CLOSED, NEAR: SOON, OVERDUE: LATE}
_SIGNED = ("支部书记：", "填表人：{maker}", "填表日期：{date}")


@dataclass(frozen=True, slots=True)
class PairingRow:
    """A pairing, how it stands on the view's day, its tasks with what was spent, and services of the view's period.

    `people` are people-times, `hours` those of all of them together.
    """

    id: int
    branch: str
    partner: str
    partner_kind: str | None
    sort: str
    agreed_on: date | None
    number: str | None
    since: date
    until: date | None
    contact: str | None
    phone: str | None
    own_contact: str | None
    own_phone: str | None
    responsible: str | None
    content: str | None
    ended_on: date | None
    tasks: int
    done: int
    spent: Decimal
    people: int
    hours: Decimal
    state: str
    remark: str | None


@dataclass(frozen=True, slots=True)
class PairingTaskRow:
    """A task of a pairing and how it stands on the view's day."""

    id: int
    pairing_id: int
    branch: str
    partner: str
    task: str
    due_on: date | None
    owner: str | None
    planned: Decimal | None
    spent: Decimal | None
    progress: str | None
    result: str | None
    done_on: date | None
    state: str
    remark: str | None


def pairing_rows(session: Session, view: View) -> list[PairingRow]:
    """Every pairing that reaches into the view's period, in order of its beginning."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = _of_branch(
        select(Pairing, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Pairing.branch_id)
        .where(Pairing.since <= last, or_(Pairing.ended_on.is_(None), Pairing.ended_on >= first))
        .order_by(Pairing.since, Pairing.id),
        view,
    )
    above = root(session).name
    tasks, services = _tasks(session), _services(session, first, last)
    return [
        PairingRow(
            id=each.id,
            branch=branch or above,
            state=_STATES.get(standing(each.until, each.ended_on, view.today, REMINDED_DAYS), RUNNING),
            **_worked(tasks.get(each.id, ()), services.get(each.id, ())),
            **{key: getattr(each, key) for key in FIELDS},
        )
        for each, branch in session.execute(chosen)
    ]


def _worked(tasks: Sequence[PairingTask], services: Sequence[ServiceEntry]) -> dict[str, Any]:
    """What was done of tasks and services, and their money in yuan."""
    return {
        "tasks": len(tasks),
        "done": sum(each.done_on is not None for each in tasks),
        "spent": sum((each.spent for each in tasks if each.spent is not None), ZERO),
        "people": sum(each.people for each in services),
        "hours": sum((each.hours * each.people for each in services), ZERO),
    }


def _tasks(session: Session) -> dict[int, list[PairingTask]]:
    found: defaultdict[int, list[PairingTask]] = defaultdict(list)
    for task in session.scalars(select(PairingTask)):
        found[task.pairing_id].append(task)
    return found


def _services(session: Session, first: date, last: date) -> dict[int, list[ServiceEntry]]:
    found: defaultdict[int, list[ServiceEntry]] = defaultdict(list)
    for each in session.scalars(select(ServiceEntry).where(ServiceEntry.on.between(first, last))):
        if each.pairing_id is not None:
            found[each.pairing_id].append(each)
    return found


def task_rows(session: Session, view: View) -> list[PairingTaskRow]:
    """The tasks of the pairings of the period that were not closed before it, by partner and in order of entry."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = _of_branch(
        select(PairingTask, Pairing, Organisation.name)
        .join(Pairing, Pairing.id == PairingTask.pairing_id)
        .outerjoin(Organisation, Organisation.id == Pairing.branch_id)
        .where(Pairing.since <= last, or_(PairingTask.done_on.is_(None), PairingTask.done_on >= first))
        .order_by(Pairing.since, Pairing.id, PairingTask.id),
        view,
    )
    above = root(session).name
    return [
        PairingTaskRow(
            id=task.id,
            pairing_id=pairing.id,
            branch=branch or above,
            partner=pairing.partner,
            state=_TASK_STATES.get(standing(task.due_on, task.done_on, view.today), AT_WORK),
            **{key: getattr(task, key) for key in TASK_FIELDS},
        )
        for task, pairing, branch in session.execute(chosen)
    ]


def _of_branch(chosen: Any, view: View) -> Any:
    return chosen if view.branch_id is None else chosen.where(Pairing.branch_id == view.branch_id)


def pairing_named(session: Session, partner: str | None, branch_id: int | None, field: str = "partner") -> Pairing:
    """The pairing of a branch, or of the organisation above, with a partner, the newest; FieldError for none."""
    chosen = select(Pairing).where(Pairing.partner == partner, Pairing.branch_id == branch_id)
    found = session.scalars(chosen.order_by(Pairing.since.desc(), Pairing.id.desc())).first()
    if found is None:
        raise FieldError(field, f"没有和“{partner or ''}”结对的记录，请先登记结对。")
    return found


def _like(session: Session, values: Values, branch_id: int | None) -> Pairing | None:
    chosen = select(Pairing).where(Pairing.partner == values.get("partner"), Pairing.branch_id == branch_id)
    if values.get("since") is not None:
        chosen = chosen.where(Pairing.since == values["since"])
    return session.scalars(chosen.order_by(Pairing.id.desc())).first()


_PAIRINGS = Listed(
    Pairing,
    FIELDS,
    "partner",
    _like,
    lambda session, values, branch_id, view: pairings.pair(session, branch_id, values, view.today),
    lambda session, number, values, view: pairings.change(session, number, values, view.today),
)


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    return saved(session, rows, view, _PAIRINGS)


def _save_tasks(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Adds or changes a task a row: that of its number, else one of the same words and partner."""
    taken = Taken()
    return take_each(session, rows, lambda values: _take_task(session, values, view, taken))


def _take_task(session: Session, values: Values, view: View, taken: Taken) -> Outcome:
    stated = {key: values[key] for key in TASK_FIELDS if values.get(key) is not None}
    pairing = pairing_named(session, values.get("partner"), branch_meant(session, values, view))
    own = pairings.tasks_of(session, pairing.id)
    known = next((each for each in own if str(each.id) == str(values.get("id"))), None)
    if known is None or known.task != stated.get("task"):
        known = next((each for each in own if each.task == stated.get("task")), None)
    if known is None:
        added = pairings.add_task(session, pairing.id, stated, view.today)
        taken.note(added.id)
        return Outcome("added", added.id)
    changes = any(getattr(known, key) != value for key, value in stated.items())
    if changes:
        taken.require_new(known.id, f"与“{pairing.partner}”结对")
        pairings.change_task(session, known.id, stated, view.today)
    taken.note(known.id)
    return Outcome("updated" if changes else "unchanged", known.id)


def _note(rows: Sequence[PairingRow]) -> str:
    counts = {state: sum(row.state == state for row in rows) for state in (RUNNING, ENDING, RUN_OUT, ENDED)}
    said = "，".join(f"{state} {count} 个" for state, count in counts.items() if count)
    served = "服务是这一年为结对单位登记的志愿服务；资金是各项任务的，不计入党费收支。"
    return f"共 {len(rows)} 个" + (f"：{said}。{served}" if said else "。")


def _task_note(rows: Sequence[PairingTaskRow]) -> str:
    closed, late = (sum(row.state == state for row in rows) for state in (CLOSED, LATE))
    return (
        f"共 {len(rows)} 项，已销号 {closed} 项，未销号 {len(rows) - closed} 项，其中逾期 {late} 项。"
        "项目资金单独登记，不计入党费收支。"
    )


CARE_PAIRINGS = Ledger(
    name="care_pairings",
    title="结对共建台账",
    columns=(
        Column("partner", "结对对象", TEXT, 20, required=True, synonyms=("结对单位", "共建单位", "对方")),
        Column("partner_kind", "对象类别", PARTNER_KIND, 9),
        Column("sort", "结对类型", SORT, 11, synonyms=("类型",)),
        Column("branch", "党支部", TEXT, 14, synonyms=("我方", "本单位")),
        Column("since", "开始日期", DAY, 11, required=True, synonyms=("结对时间", "开始时间")),
        Column("until", "到期日期", DAY, 11, synonyms=("结束时间",)),
        Column("state", "状态", STATE, 8, entered=False),
        Column("tasks", "任务", NUMBER, 5, entered=False, totalled=True),
        Column("done", "已销号", NUMBER, 6, entered=False, totalled=True),
        Column("people", "服务人次", NUMBER, 8, entered=False, totalled=True),
        Column("hours", "服务小时", SERVICE_HOURS, 8, entered=False, totalled=True),
        Column("spent", "已用资金", MONEY, 10, entered=False, totalled=True),
        Column("responsible", "责任人", TEXT, 9),
        Column("content", "共建内容", TEXT, 22),
        Column("agreed_on", "协议签订", DAY, 11, synonyms=("签订日期",)),
        Column("number", "协议编号", CODE, 12),
        Column("contact", "对方联系人", PERSON, 9),
        Column("phone", "对方电话", PHONE, 13),
        Column("own_contact", "我方联系人", PERSON, 9),
        Column("own_phone", "我方电话", PHONE, 13),
        Column("ended_on", "结束日期", DAY, 11),
        Column("remark", "备注", TEXT, 10),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=pairing_rows,
    save=_save,
    span="year",
    lines=LINES_OF_A_DAY,
    signatures=_SIGNED,
    note_of=_note,
    empty="这一年没有结对。和村、社区、企业、支部结对，或者领导联系点，按 Ctrl+N 登记。",
)
CARE_PAIRING_TASKS = Ledger(
    name="care_pairing_tasks",
    title="结对共建任务台账",
    columns=(
        Column("partner", "结对对象", TEXT, 16, required=True, synonyms=("结对双方", "结对单位", "共建单位")),
        Column("branch", "党支部", TEXT, 13, synonyms=("我方",)),
        Column("task", "任务", TEXT, 24, required=True, synonyms=("任务项目", "共建任务", "项目")),
        Column("due_on", "完成时限", DAY, 11, synonyms=("时间", "时限")),
        Column("owner", "责任人", TEXT, 9),
        Column("state", "状态", TASK_STATE, 8, entered=False),
        Column("progress", "进展", TEXT, 20, synonyms=("进展情况",)),
        Column("result", "成效", TEXT, 20, synonyms=("结果", "工作成效")),
        Column("done_on", "销号日期", DAY, 11, synonyms=("销号",)),
        Column("planned", "计划资金", MONEY, 11, totalled=True),
        Column("spent", "已用资金", MONEY, 11, totalled=True),
        Column("remark", "备注", TEXT, 10),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=task_rows,
    save=_save_tasks,
    span="year",
    lines=("填报单位（盖章）：{unit}", "截至{date}", "单位：元"),
    signatures=_SIGNED,
    note_of=_task_note,
    empty="这一年没有结对任务。先登记结对，再按 Ctrl+N 给它列任务。",
)
PAIRING_COLUMNS = tuple(column for column in CARE_PAIRINGS.columns if column.key in FIELDS)
TASK_COLUMNS = tuple(column for column in CARE_PAIRING_TASKS.columns if column.key in TASK_FIELDS)
