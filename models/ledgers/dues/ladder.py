"""The ladder of arrears: who owes since when and at which stage, and what was done and said about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import DAY, MONEY, NUMBER, PERSON, PHONE, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.records.dues import reminders
from models.records.dues.reminders import ACCEPTED, TALK, Reminder
from models.records.dues.standing import ZERO, Books
from models.records.members.members import Member
from models.records.members.organisation import branches
from models.rules.arrears import warning
from models.rules.periods import show_months

EARLIER, EXCUSED = "往月未清", "原因已认可"
STAGES = tuple(dict.fromkeys(warning(run) for run in range(1, 7)))
STAGE = Choice(
    (*STAGES, EARLIER, EXCUSED),
    tones={"未交": "warn", "催交": "warn", "批评教育": "bad", "红色预警": "bad", "达到六个月，请支部研究": "bad",
           EARLIER: "warn", EXCUSED: "quiet"},
)  # fmt: skip
_TALKS = (TALK, "批评教育")


@dataclass(frozen=True, slots=True)
class ArrearsRow:
    """A member who owes opened months: which, how much in yuan, how long the run is, what was last done."""

    id: int
    name: str
    branch: str
    phone: str | None
    months: str
    count: int
    owed: Decimal
    run: int
    stage: str
    talks: int
    deadline: date | None
    reminded_on: date | None
    reminder: str | None
    initials: str = ""


def arrears_rows(session: Session, view: View) -> list[ArrearsRow]:
    """The members who owe opened months up to the view's, the longest run first."""
    books = Books(session, view.branch_id)
    names = {branch.id: branch.name for branch in branches(session)}
    noted = reminders.by_member(session)
    rows = []
    for member in books.members:
        owed = books.unpaid_months(member, view.month)
        if not owed:
            continue
        notes = noted.get(member.id, ())
        last = min(view.month, max(books.opened))
        run = books.run(member, last)
        excused = books.excuses.cover(member.id, owed[-1][0])
        rows.append(
            ArrearsRow(
                id=member.id,
                name=member.name,
                branch=names[member.branch_id],
                phone=member.phone,
                months=show_months([month for month, _ in owed]),
                count=len(owed),
                owed=sum((amount for _, amount in owed), ZERO),
                run=run,
                stage=warning(run) or (EXCUSED if excused else EARLIER),
                talks=sum(each.kind in _TALKS for each in notes),
                deadline=max((each.deadline for each in notes if each.deadline), default=None),
                reminded_on=notes[-1].on if notes else None,
                reminder=said(notes[-1]) if notes else None,
                initials=member.initials,
            )
        )
    return sorted(rows, key=lambda row: (-row.run, -row.count, row.id))


def said(note: Reminder) -> str:
    """A note in one line: 谈话（王建国）：答应月底交，限 2026-11-30 前交清."""
    who = f"（{note.by}）" if note.by else ""
    until = f"，限 {note.deadline} 前交清" if note.deadline else ""
    return f"{note.kind}{who}：{note.text}{until}{_covered(note)}"


def _covered(note: Reminder) -> str:
    if note.kind != ACCEPTED or note.from_month is None:
        return ""
    return f"，自{note.from_month.chinese}起" + (f"至{note.to_month.chinese}" if note.to_month else "")


@dataclass(frozen=True, slots=True)
class Rung:
    """A stage of the ladder: how many members stand on it, and what they owe in yuan."""

    stage: str
    people: int
    owed: Decimal


def rungs(rows: Sequence[ArrearsRow]) -> list[Rung]:
    """Every stage in order, also those on which nobody stands; the two beside the ladder only with somebody there."""
    found = []
    for stage in (*STAGES, EARLIER, EXCUSED):
        own = [row for row in rows if row.stage == stage]
        if own or stage in STAGES:
            found.append(Rung(stage, len(own), sum((row.owed for row in own), ZERO)))
    return found


DUES_ARREARS = Ledger(
    name="dues_arrears",
    title="党费欠交情况表",
    columns=(
        Column("name", "姓名", PERSON, 10),
        Column("branch", "所在党支部", TEXT, 16),
        Column("phone", "联系电话", PHONE, 14),
        Column("months", "欠交月份", TEXT, 22),
        Column("count", "月数", NUMBER, 6, totalled=True),
        Column("owed", "欠交金额", MONEY, 11, totalled=True),
        Column("run", "连续月数", NUMBER, 8),
        Column("stage", "提示", STAGE, 18),
        Column("talks", "谈话", NUMBER, 6),
        Column("deadline", "限期", DAY, 11),
        Column("reminded_on", "最近处理", DAY, 11),
        Column("reminder", "处理情况", TEXT, 20),
    ),
    rows=arrears_rows,
    heading="截至{period}{title}",
    empty="没有人欠交党费。",
)


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note about a member's arrears."""

    id: int
    member_id: int
    on: date
    name: str
    branch: str
    kind: str
    by: str | None
    text: str
    deadline: date | None
    covered: str
    initials: str = ""


def note_rows(session: Session, view: View) -> list[NoteRow]:
    """The notes of a year, in the order of their days."""
    names = {branch.id: branch.name for branch in branches(session)}
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = select(Reminder, Member.name, Member.branch_id, Member.initials).join(
        Member, Member.id == Reminder.member_id
    )
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    found = session.execute(chosen.where(Reminder.on.between(first, last)).order_by(Reminder.on, Reminder.id))
    return [
        NoteRow(
            id=note.id,
            member_id=note.member_id,
            on=note.on,
            name=name,
            branch=names[branch_id],
            kind=note.kind,
            by=note.by,
            text=note.text,
            deadline=note.deadline,
            covered=_covered(note).lstrip("，"),
            initials=initials,
        )
        for note, name, branch_id, initials in found
    ]


DUES_REMINDERS = Ledger(
    name="dues_reminders",
    title="党费催交谈话记录",
    columns=(
        Column("on", "日期", DAY, 11, entered=False),
        Column("name", "姓名", PERSON, 10, entered=False),
        Column("branch", "所在党支部", TEXT, 16, entered=False),
        Column("kind", "种类", TEXT, 10, entered=False),
        Column("by", "经办人", TEXT, 10, entered=False),
        Column("text", "情况", TEXT, 40, entered=False),
        Column("deadline", "限期", DAY, 11, entered=False),
        Column("covered", "认可的月份", TEXT, 22, entered=False),
    ),
    rows=note_rows,
    span="year",
    empty="这一年还没有催交和谈话的记录。",
)
