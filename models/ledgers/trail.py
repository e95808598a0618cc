"""The trail of what was done, one line an operation, for the settings page and for paper."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import steps
from models.audit import Change, Operation
from models.kinds import NUMBER, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.trail_search import MOST, Wanted, matching
from models.ledgers.wording import TABLES, Names, about, differences, verb
from models.records.local_forms import as_template
from models.records.members.members import Member
from models.steps import Chains

STATE = Choice(
    ("", "已撤销", "撤销", "重做", "重做过"), tones=dict.fromkeys(("已撤销", "撤销", "重做", "重做过"), "quiet")
)
LONGEST = 200  # lines of one operation that are put into words; an import has thousands


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation: `at` is the local time, `changes` how many records it touched, `state` whether it was undone."""

    id: int
    at: str
    actor: str
    title: str
    changes: int
    state: str


def operation_rows(session: Session, view: View) -> list[OperationRow]:
    """Everything that was done, the newest first."""
    return _rows(session, None)


def _rows(session: Session, wanted: Collection[int] | None) -> list[OperationRow]:
    """The operations of these numbers, None for all, the newest first."""
    counts = dict(session.execute(select(Change.operation_id, func.count()).group_by(Change.operation_id)).all())
    known = steps.chains(session)
    told = select(Operation.id, Operation.at, Operation.actor, Operation.title)
    return [
        OperationRow(number, local(at), actor, title, counts.get(number, 0), _state(known, number))
        for number, at, actor, title in session.execute(told.order_by(Operation.id.desc()))
        if wanted is None or number in wanted
    ]


def _state(known: Chains, number: int) -> str:
    word = known.word(number)
    if not word and known.in_force(number):
        return "重做过" if number in known.lasts else ""
    return word or "已撤销"


def searched(session: Session, wanted: Wanted) -> Ledger:
    """The trail of what is looked for, which its paper says."""
    if not wanted:
        return TRAIL
    found = matching(session, wanted)
    member = session.get(Member, wanted.member_id) if wanted.member_id is not None else None
    asked = (
        f"含“{wanted.words.strip()}”" if wanted.words.strip() else "",
        f"操作人{wanted.actor}" if wanted.actor else "",
        f"{member.name}的记录" if member is not None else "",
        f"{wanted.first or '开始'} 至 {wanted.last or '现在'}" if wanted.first or wanted.last else "",
    )
    most = f"，最近的 {MOST} 步" if wanted.words.strip() and len(found) >= MOST else ""
    note = f"只列：{'、'.join(filter(None, asked))}{most}。"
    return replace(TRAIL, rows=lambda session, _view: _rows(session, found), note=note, empty="没有符合的操作。")


def actors(session: Session) -> list[str]:
    """Everybody who did something, by name."""
    return [actor for actor in session.scalars(select(Operation.actor).distinct().order_by(Operation.actor)) if actor]


def local(moment: str) -> str:
    """A moment of the trail (UTC, ISO) as the clock on the wall showed it: 2026-11-20 14:02."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"


@dataclass(frozen=True, slots=True)
class LineRow:
    """What an operation did to records alike, in words; `table` and `record_id` are those of the first of them."""

    id: int
    table: str
    record_id: int
    about: str
    verb: str
    said: str
    times: int

    @property
    def sentence(self) -> str:
        """修改党员 张红卫：备注：（空） → 新的."""
        words = f"{self.verb}{self.about}" + (f"：{self.said}" if self.said else "")
        return words if self.times == 1 else f"{words}（{self.times} 条）"


def line_rows(session: Session, operation_id: int) -> tuple[list[LineRow], int]:
    """What an operation did, identity and telephone numbers masked, and how many lines more it has than two hundred."""
    names = Names(session)
    found = session.scalars(select(Change).where(Change.operation_id == operation_id).order_by(Change.id)).all()
    rows: dict[tuple[str, str, str], LineRow] = {}
    for change in found[:LONGEST]:
        details = "，".join(each.sentence for each in differences(change, names))
        key = (verb(change), about(change, names), details)
        known = rows.get(key)
        rows[key] = (
            LineRow(change.id, change.table_name, change.record_id, key[1], key[0], details, 1)
            if known is None
            else replace(known, times=known.times + 1)
        )
    return list(rows.values()), max(len(found) - LONGEST, 0)


def lines_of(session: Session, operation_id: int) -> Sequence[str]:
    """What an operation did in words, one record a line; past two hundred lines it says how many more there are."""
    rows, more = line_rows(session, operation_id)
    said = [row.sentence for row in rows]
    return [*said, f"……另有 {more} 条"] if more else said


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One change of a record: when, who, what was being done, and what it changed."""

    id: int
    at: str
    actor: str
    title: str
    verb: str
    said: str


def record_history(session: Session, table: str, record_id: int) -> Ledger:
    """Everything that the trail tells of one record, from its beginning, as a ledger for screen and paper."""
    told = select(Change, Operation).join(Operation, Operation.id == Change.operation_id)
    told = told.where(Change.table_name == table, Change.record_id == record_id).order_by(Change.id)
    names = Names(session)
    found = session.execute(told).all()
    rows = [
        RecordRow(
            change.id, local(operation.at), operation.actor, operation.title, verb(change),
            "；".join(each.sentence for each in differences(change, names)),
        )
        for change, operation in found
    ]  # fmt: skip
    whose = about(found[0][0], names) if found else TABLES.get(table, table)
    left, _, right = HISTORY.lines  # whose it is stands under the title: the window that shows the paper bears no name
    return replace(HISTORY, lines=(left, as_template(whose), right), rows=lambda _session, _view: rows)


HISTORY = Ledger(
    name="record_history",
    title="历次改动",
    columns=(
        Column("at", "时间", TEXT, 16, entered=False),
        Column("actor", "操作人", TEXT, 9, entered=False),
        Column("title", "做了什么", TEXT, 22, entered=False),
        Column("verb", "改动", TEXT, 6, entered=False),
        Column("said", "内容", TEXT, 46, entered=False),
    ),
    rows=lambda _session, _view: [],
    span="none",
    heading="{title}",
    lines=("填报单位：{unit}", "", "截至{date}"),
    signatures=("支部书记：", "填表人：{maker}", "填表日期：{date}"),
    empty="还没有改动。",
)
TRAIL = Ledger(
    name="trail",
    title="操作记录",
    columns=(
        Column("at", "时间", TEXT, 16, entered=False),
        Column("actor", "操作人", TEXT, 10, entered=False),
        Column("title", "做了什么", TEXT, 34, entered=False),
        Column("changes", "涉及记录", NUMBER, 9, entered=False),
        Column("state", "说明", STATE, 8, entered=False),
    ),
    rows=operation_rows,
    span="none",
    heading="{title}",
    lines=("填报单位：{unit}", "", "截至{date}"),
    signatures=("支部书记：", "填表人：{maker}", "填表日期：{date}"),
    orientation="portrait",
    empty="还没有操作记录。",
)
