"""The trail of what was done, one line an operation, for the settings page and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audit import Change, Operation
from models.kinds import NUMBER, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.wording import Names, about, differences, verb

STATE = Choice(("", "已撤销", "撤销"), tones={"已撤销": "quiet", "撤销": "quiet"})
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
    counts = dict(session.execute(select(Change.operation_id, func.count()).group_by(Change.operation_id)).all())
    found = session.scalars(select(Operation).order_by(Operation.id.desc())).all()
    undone = {operation.undoes_id for operation in found}
    return [
        OperationRow(
            id=each.id,
            at=local(each.at),
            actor=each.actor,
            title=each.title,
            changes=counts.get(each.id, 0),
            state="撤销" if each.undoes_id else "已撤销" if each.id in undone else "",
        )
        for each in found
    ]


def local(moment: str) -> str:
    """A moment of the trail (UTC, ISO) as the clock on the wall showed it: 2026-11-20 14:02."""
    return f"{datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"


def lines_of(session: Session, operation_id: int) -> Sequence[str]:
    """What an operation did in words, one record a line, identity and telephone numbers masked.

    Past two hundred lines it says how many more there are.
    """
    names = Names(session)
    found = session.scalars(select(Change).where(Change.operation_id == operation_id).order_by(Change.id)).all()
    counted: dict[str, int] = {}
    for change in found[:LONGEST]:
        details = "，".join(each.sentence for each in differences(change, names))
        line = f"{verb(change)}{about(change, names)}" + (f"：{details}" if details else "")
        counted[line] = counted.get(line, 0) + 1
    said = [line if times == 1 else f"{line}（{times} 条）" for line, times in counted.items()]
    return [*said, f"……另有 {len(found) - LONGEST} 条"] if len(found) > LONGEST else said


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
