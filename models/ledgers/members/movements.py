"""F19: who came and went in a period, and the balance: at the beginning, plus in, minus out, is at the end."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import DAY, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.records.members.members import FULL, IN_THE_BRANCH, PROBATIONARY, Member
from models.records.members.organisation import Organisation
from models.records.members.timeline import Timeline, entry
from models.rules.presence import Turn, present, turns

CAME, WENT = "增加", "减少"
ADMITTED, TRANSFERRED, RESTORED, MOVED = "发展", "转入", "恢复党籍", "支部间调整"
WAYS_IN = (ADMITTED, TRANSFERRED, RESTORED, MOVED)
WAYS_OUT = ("转出", "出党", "去世", "停止党籍", MOVED)
EXPELLED = frozenset({"除名", "开除"})


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One coming or going: `kind` as the form counts it, `reason` as it was entered, `place` whence or whither."""

    member_id: int
    on: date
    name: str
    sex: str | None
    direction: str
    kind: str
    reason: str
    place: str | None
    category: str | None
    branch: str


@dataclass(frozen=True)
class Balance:
    """The form's figures; came and went by kind."""

    first: date
    last: date
    before: int
    came: Counter[str]
    went: Counter[str]
    after: int
    full: int
    probationary: int

    @property
    def holds(self) -> bool:
        return self.before + self.came.total() - self.went.total() == self.after

    @property
    def chinese(self) -> str:
        """期初 46 人，增加 2 人（发展 1、转入 1），减少 1 人（转出 1），期末 47 人（正式 46，预备 1）。"""
        return (
            f"期初 {self.before} 人，增加 {_split(self.came)}，减少 {_split(self.went)}，"
            f"期末 {self.after} 人（正式 {self.full}，预备 {self.probationary}）"
        )


def _split(counts: Counter[str]) -> str:
    kinds = "、".join(f"{kind} {number}" for kind, number in counts.items())
    return f"{counts.total()} 人（{kinds}）" if kinds else "0 人"


@dataclass(frozen=True)
class Movements:
    """All that the form says of a period."""

    rows: tuple[MovementRow, ...]
    balance: Balance


def movements(session: Session, view: View) -> Movements:
    """Who came and went in the view's period, in the whole file or in one branch."""
    first, last = view.period.first.first_day, view.period.last.last_day
    known = Timeline(session)
    names = {each.id: each.name for each in session.scalars(select(Organisation))}
    rows, before, after, full, probationary = [], 0, 0, 0, 0
    for member in session.scalars(select(Member).order_by(Member.id)):
        spans = known.spans(member, view.branch_id)
        before += present(spans, first - timedelta(days=1))
        if present(spans, last):
            after += 1
            category = known.category(member, last)
            full, probationary = full + (category == FULL), probationary + (category == PROBATIONARY)
        rows += [_row(known, names, member, turn) for turn in turns(spans, first, last)]
    rows.sort(key=lambda row: (row.on, row.direction, row.member_id))
    came, went = (Counter(row.kind for row in rows if row.direction == way) for way in (CAME, WENT))
    return Movements(tuple(rows), Balance(first, last, before, came, went, after, full, probationary))


def _row(known: Timeline, names: dict[int, str], member: Member, turn: Turn) -> MovementRow:
    came = turn.kind == "in"
    kind, reason, place = (_came if came else _went)(known, names, member, turn.day)
    then = known.values(member, turn.day if came else turn.day - timedelta(days=1))
    branch_id = then.get("branch_id", member.branch_id)
    return MovementRow(
        member_id=member.id,
        on=turn.day,
        name=member.name,
        sex=member.sex,
        direction=CAME if came else WENT,
        kind=kind,
        reason=reason,
        place=place,
        category=known.category(member, turn.day),
        branch=names.get(int(branch_id), "") if branch_id is not None else "",
    )


def _came(known: Timeline, names: dict[int, str], member: Member, day: date) -> tuple[str, str, str | None]:
    back = [each for each in known.history.facts(member.id, "status") if each.since == day and each.value]
    if back and back[0].value == IN_THE_BRANCH:
        how = back[0].reason or TRANSFERRED
        return (how if how in WAYS_IN else TRANSFERRED), how, None
    moved = [each for each in known.history.facts(member.id, "branch_id") if each.since == day]
    if moved and entry(member) != day:
        earlier = known.history.value(member.id, "branch_id", None, day - timedelta(days=1))
        return MOVED, moved[0].reason or MOVED, names.get(int(earlier)) if earlier else None
    if member.transferred_in_on is not None:
        return TRANSFERRED, TRANSFERRED, None
    return ADMITTED, ADMITTED, None


def _went(known: Timeline, names: dict[int, str], member: Member, day: date) -> tuple[str, str, str | None]:
    gone = [each for each in known.history.facts(member.id, "status") if each.since == day and each.value]
    if gone and gone[0].value != IN_THE_BRANCH:
        reason = gone[0].value
        return ("出党" if reason in EXPELLED else reason), reason, gone[0].reason
    moved = [each for each in known.history.facts(member.id, "branch_id") if each.since == day]
    if moved:
        return MOVED, moved[0].reason or MOVED, names.get(int(moved[0].value))
    return ("出党" if member.status in EXPELLED else member.status), member.status, member.left_to


def movement_rows(session: Session, view: View) -> Sequence[MovementRow]:
    """The name list of the form."""
    return movements(session, view).rows


def _note(session: Session, view: View) -> str:
    return movements(session, view).balance.chinese + "。没有登记转入时间的，从入党时间起计算。"


DIRECTION = Choice((CAME, WENT), tones={CAME: "good", WENT: "quiet"})
MEMBERS_CHANGES = Ledger(
    name="members_changes",
    title="党员增减变动表",
    columns=(
        Column("on", "日期", DAY, 11),
        Column("name", "姓名", PERSON, 10),
        Column("sex", "性别", TEXT, 6),
        Column("category", "人员类别", TEXT, 10),
        Column("direction", "增减", DIRECTION, 7),
        Column("kind", "类别", TEXT, 10),
        Column("reason", "原因", TEXT, 12),
        Column("place", "来源或去向", TEXT, 22),
        Column("branch", "所在党支部", TEXT, 14),
    ),
    rows=movement_rows,
    lines=("填报单位（盖章）：{unit}", "", "单位：人"),
    note=_note,
    empty="这段时间没有党员增减。",
)
