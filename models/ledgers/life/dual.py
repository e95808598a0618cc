"""双重组织生活: how often leading cadres attended as ordinary members, and how many times they were called."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from models.kinds import DAY, NUMBER, PERSON, RATE, TEXT
from models.ledger import Column, Ledger, View
from models.ledgers.life.scores import share
from models.records.life import activity_kinds
from models.records.life.activities import HELD, Activity
from models.records.life.attendance import Attendance
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, PRESENT

_MEETINGS = "三会一课"


@dataclass(frozen=True, slots=True)
class DualRow:
    """A leading cadre's organisation life in the branch; `meetings` are those present of 三会一课."""

    member_id: int
    name: str
    branch: str
    post: str | None
    rank: str | None
    called: int
    present: int
    meetings: int
    leave: int
    absent: int
    rate: Decimal
    last_on: date | None


def dual_rows(session: Session, view: View) -> list[DualRow]:
    """Everybody who was marked as a leading cadre attending beside others, in order of branch and entry."""
    meetings = [key for key, kind in activity_kinds.by_key(session).items() if kind.group == _MEETINGS]
    came = Attendance.state == PRESENT
    chosen = (
        select(
            Member.id, Member.name, Organisation.name, Member.post, Member.rank,
            func.count(), _number(came), _number(came & Activity.kind.in_(meetings)),
            _number(Attendance.state.in_((LEAVE, ON_DUTY))), _number(Attendance.state == ABSENT),
            func.max(case((came, Activity.held_on))),
        )
        .join(Attendance, Attendance.member_id == Member.id)
        .join(Activity, Activity.id == Attendance.activity_id)
        .join(Organisation, Organisation.id == Member.branch_id)
        .where(
            Attendance.dual,
            Activity.state.in_(HELD),
            Activity.held_on.between(view.period.first.first_day, view.period.last.last_day),
        )
        .group_by(Member.id)
        .order_by(Member.branch_id, Member.id)
    )  # fmt: skip
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    return [
        DualRow(
            number,
            name,
            branch,
            post,
            rank,
            called,
            present,
            meetings_there,
            leave,
            absent,
            share(present, called),
            last,
        )
        for number, name, branch, post, rank, called, present, meetings_there, leave, absent, last in session.execute(
            chosen
        )
    ]


def _number(met: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((met, 1), else_=0))


def _note(rows: Sequence[DualRow]) -> str:
    called, present = sum(row.called for row in rows), sum(row.present for row in rows)
    rate = f"，参与率 {RATE.show(share(present, called))}" if called else ""
    return f"{len(rows)} 名领导干部以普通党员身份参加组织生活 {present} 人次（应参加 {called} 人次{rate}）。"


LIFE_DUAL = Ledger(
    name="life_dual",
    title="双重组织生活台账",
    columns=(
        Column("name", "姓名", PERSON, 10, entered=False),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("post", "工作单位及职务", TEXT, 18, entered=False),
        Column("rank", "职级", TEXT, 12, entered=False),
        Column("called", "应参加", NUMBER, 7, entered=False, totalled=True),
        Column("present", "实参加", NUMBER, 7, entered=False, totalled=True),
        Column("meetings", "其中三会一课", NUMBER, 10, entered=False, totalled=True),
        Column("leave", "请假公出", NUMBER, 8, entered=False, totalled=True),
        Column("absent", "缺席", NUMBER, 6, entered=False, totalled=True),
        Column("rate", "参与率", RATE, 8, entered=False),
        Column("last_on", "最近一次", DAY, 11, entered=False),
    ),
    rows=dual_rows,
    lines=("填报单位（盖章）：{unit}", "", "截至{date}"),
    note_of=_note,
    empty="这段时间还没有领导干部以普通党员身份参加组织生活的记录。在活动记录的名单里勾上“双重组织生活”就会计入。",
)
