"""F27, the reminder slips as a ledger of their lines, and as papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, MONTH, NUMBER, TEXT, Choice
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.sheets import furniture
from models.records.life import reminder_slips
from models.records.life.reminder_slips import DONE, LINE_FIELDS, OPEN, STATES, UNDER_WAY, ReminderLine, ReminderSlip
from models.records.members.organisation import Organisation, branch_named
from models.records.outcomes import Taken, meant, settled, take_each
from models.rules.periods import Month

STATE = Choice(STATES, tones={DONE: "good", UNDER_WAY: "warn", OPEN: "bad"})


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A task of a slip with what the branch answered."""

    id: int
    slip_id: int
    number: str
    month: Month
    branch: str
    place: int
    task: str
    requirement: str | None
    due_on: date | None
    responsible: str | None
    state: str
    feedback: str | None
    done_on: date | None
    issued_on: date

    @property
    def name(self) -> str:
        """What a question about the row calls it."""
        return self.task


@dataclass(frozen=True, slots=True)
class ReminderTask:
    """A line of the paper."""

    task: str
    requirement: str | None = None
    due_on: date | None = None
    responsible: str | None = None
    state: str | None = None
    feedback: str | None = None


@dataclass(frozen=True, slots=True)
class ReminderSlipRecord:
    """F27: one slip; all None, it is the blank to fill in by hand."""

    number: str | None = None
    month: Month | None = None
    addressee: str | None = None
    issuer: str | None = None
    signer: str | None = None
    issued_on: date | None = None
    tasks: tuple[ReminderTask, ...] = ()


def reminder_rows(session: Session, view: View) -> list[ReminderRow]:
    """The tasks of the slips of the view's months, slip by slip."""
    chosen = (
        select(ReminderLine, ReminderSlip, Organisation.name)
        .join(ReminderSlip, ReminderSlip.id == ReminderLine.slip_id)
        .join(Organisation, Organisation.id == ReminderSlip.branch_id)
        .where(ReminderSlip.month.between(view.period.first, view.period.last))
        .order_by(ReminderSlip.month, ReminderSlip.branch_id, ReminderLine.place, ReminderLine.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(ReminderSlip.branch_id == view.branch_id)
    return [
        ReminderRow(
            id=line.id,
            slip_id=slip.id,
            number=slip.number,
            month=slip.month,
            branch=branch,
            place=line.place,
            issued_on=slip.issued_on,
            **{key: getattr(line, key) for key in LINE_FIELDS},
        )
        for line, slip, branch in session.execute(chosen)
    ]


def slips(session: Session, view: View) -> Sequence[tuple[int, ReminderSlipRecord]]:
    """F27: a paper for each slip of the view's months."""
    chosen = select(ReminderSlip).where(ReminderSlip.month.between(view.period.first, view.period.last))
    if view.branch_id is not None:
        chosen = chosen.where(ReminderSlip.branch_id == view.branch_id)
    unit = furniture(session, View(view.today, view.period)).unit
    names = {node.id: node.name for node in session.scalars(select(Organisation))}
    found = []
    for slip in session.scalars(chosen.order_by(ReminderSlip.month, ReminderSlip.branch_id)):
        tasks = tuple(
            ReminderTask(each.task, each.requirement, each.due_on, each.responsible, each.state, each.feedback)
            for each in reminder_slips.lines(session, slip.id)
        )
        record = ReminderSlipRecord(
            slip.number, slip.month, names[slip.branch_id], unit, slip.signer, slip.issued_on, tasks
        )
        found.append((slip.id, record))
    return found


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Changes the task of a row's number or of its words; a new one goes onto its branch's slip, made where needed."""
    taken = Taken()
    return take_each(session, rows, lambda values: _take(session, values, view, taken))


def _take(session: Session, values: Values, view: View, taken: Taken) -> Outcome:
    if not values.get("branch"):
        raise FieldError("branch", "没有写明受文支部。")
    branch = branch_named(session, values["branch"])
    month = values.get("month") or view.month
    slip = reminder_slips.slip_of(session, month, branch.id)
    stated = {key: values[key] for key in LINE_FIELDS if values.get(key) is not None}
    if slip is None:
        head = {"number": values.get("number"), "issued_on": values.get("issued_on") or view.today}
        made = reminder_slips.issue(session, month, branch.id, head, [stated])
        added = reminder_slips.lines(session, made.id)[0]
        taken.note(added.id)
        return Outcome("added", added.id)
    slip_id = slip.id
    return settled(
        meant(reminder_slips.lines(session, slip_id), values, ("task",)),
        stated,
        taken,
        branch.name,
        add=lambda given: reminder_slips.add_line(session, slip_id, given),
        change=lambda number, given: reminder_slips.change_line(session, number, given),
    )


def _note(rows: Sequence[ReminderRow]) -> str:
    states = [row.state for row in rows]
    counted = "，".join(f"{state} {states.count(state)} 项" for state in reversed(STATES))
    return f"说明：共 {len(states)} 项，其中{counted}。"


LIFE_REMINDERS = Ledger(
    name="life_reminders",
    title="党建工作提醒单",
    columns=(
        Column("month", "月份", MONTH, 8),
        Column("number", "提醒单编号", TEXT, 12),
        Column("branch", "受文支部", TEXT, 14, required=True, synonyms=("党支部", "所在党支部", "支部")),
        Column("place", "序号", NUMBER, 5, entered=False),
        Column("task", "重点任务", TEXT, 22, required=True, synonyms=("任务",)),
        Column("requirement", "具体要求", TEXT, 24),
        Column("due_on", "完成时限", DAY, 11),
        Column("responsible", "责任人", TEXT, 10),
        Column("state", "落实情况", STATE, 9),
        Column("feedback", "支部反馈", TEXT, 24),
        Column("done_on", "落实日期", DAY, 11),
        Column("issued_on", "印发日期", DAY, 11),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=reminder_rows,
    save=_save,
    lines=("印发单位：{unit}", "", ""),
    note_of=_note,
    empty="这段时间没有印发提醒单。",
)
LINE_COLUMNS = tuple(
    column for column in LIFE_REMINDERS.columns if column.key in ("task", "requirement", "due_on", "responsible")
)
FEEDBACK_COLUMNS = tuple(column for column in LIFE_REMINDERS.columns if column.key in ("state", "feedback", "done_on"))
