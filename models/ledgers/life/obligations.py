"""Duties of organisation life as ledgers: what was done of them in a period, and the list of duties itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.kinds import DAY, NUMBER, TEXT, Choice, Rate
from models.ledger import Column, Ledger, View
from models.ledgers.dues.duties import Mark
from models.ledgers.marks import MARK
from models.records.life import activity_kinds, obligations
from models.records.life.duty_calendar import Line, Reckoning
from models.records.life.obligations import OTHER_RECORDS, OWED_BY, Obligation
from models.rules.obligations import State, Tally, tally

USUAL, FIRM = "一般", "必须"
ON: Mark = ("启用", "good")
OFF: Mark = ("停用", "quiet")
CONFIDENCE = {"V": "原文核对", "M+": "转述", "M": "转述", "M?": "待核对", "L": "地方做法"}


class Completion(Rate):
    """The share done, in per cent with one decimal; nothing where nothing was due yet."""

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value * 100:.1f}%"


SHARE = Completion()


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty of one organisation over a period: so many times required, held, late, excused, still ahead."""

    duty: str
    organisation: str
    rhythm: str
    required: int
    held: int
    rate: Decimal | None
    late: int
    excused: int
    ahead: int
    late_in: str
    reason: str | None
    firm: str
    source: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """A duty as it stands in the list."""

    id: str
    name: str
    rhythm: str
    owed_by: str
    done_by: str
    firm: str
    since: date | None
    until: date | None
    mark: Mark
    source: str
    confidence: str


def duty_rows(session: Session, view: View) -> list[DutyRow]:
    """The duties of the view's period by organisation; those of long stretches that end in it."""
    reckoning = Reckoning(session, view.period, view.today)
    found = reckoning.calendar(view.branch_id).lines
    return [row for line in found if line.obligation is not None for row in _rows(line, line.obligation, reckoning)]


def _rows(line: Line, obligation: Obligation, reckoning: Reckoning) -> Iterator[DutyRow]:
    for node in line.nodes:
        standings = line.parts[node.id]
        total = tally(standings)
        late = [each.stretch for each in standings if each.state is State.LATE]
        reasons = [f"{each.stretch.chinese}：{each.reason}" for each in standings if each.reason]
        yield DutyRow(
            duty=line.name,
            organisation=reckoning.owing.title(node.id),
            rhythm=obligation.rhythm.chinese,
            required=total.required,
            held=total.held,
            rate=share(total.held, total.held + total.late),
            late=total.late,
            excused=total.excused,
            ahead=total.ahead,
            late_in="、".join(each.chinese for each in late[:3]) + ("等" if len(late) > 3 else ""),
            reason="；".join(reasons) or None,
            firm=FIRM if obligation.firm else USUAL,
            source=obligation.source,
            mark=mark_of(total, obligation.firm),
        )


def share(part: int, whole: int) -> Decimal | None:
    """A share as a fraction of three decimals, None of nothing."""
    return (Decimal(part) / whole).quantize(Decimal("0.001")) if whole else None


def mark_of(total: Tally, firm: bool) -> Mark:
    """A tally in a word; what a rule asks only generally is a reminder, not an error."""
    if total.late:
        return (f"缺 {total.late} 次", "bad" if firm else "warn")
    if total.held == total.required:
        return ("已完成", "good")
    return ("已说明", "quiet") if total.excused and not total.ahead else ("未到期", "quiet")


def _note(rows: Sequence[DutyRow]) -> str:
    asked = [each for each in rows if each.held or each.late]
    held, late = sum(each.held for each in asked), sum(each.late for each in asked)
    whole = f"到期应开展 {held + late} 次，已开展 {held} 次，完成率 {held / (held + late):.1%}。" if asked else ""
    return f"{whole}完成率＝已开展÷（已开展＋逾期）；未到期和已说明原因的不计入。条例写“一般”的是提醒，不算差错。"


def obligation_rows(session: Session, view: View) -> list[ObligationRow]:
    """Every duty of the list, those switched off too."""
    names = {key: kind.name for key, kind in activity_kinds.by_key(session).items()} | dict(OTHER_RECORDS)
    found = []
    for each in obligations.obligations(session, idle=True):
        done_by = "、".join(names.get(kind, kind) for kind in each.kinds) or "任何活动"
        found.append(
            ObligationRow(
                id=each.key,
                name=each.name,
                rhythm=each.rhythm.chinese,
                owed_by=OWED_BY[each.owed_by],
                done_by=f"{done_by}，写有“{each.word}”" if each.word else done_by,
                firm=FIRM if each.firm else USUAL,
                since=each.since,
                until=each.until,
                mark=ON if each.on else OFF,
                source=each.source,
                confidence=CONFIDENCE.get(each.confidence, each.confidence),
            )
        )
    return found


LIFE_DUTIES = Ledger(
    name="life_duties",
    title="规定动作完成情况",
    columns=(
        Column("duty", "规定动作", TEXT, 18),
        Column("organisation", "党组织", TEXT, 16),
        Column("rhythm", "要求", TEXT, 11),
        Column("required", "应开展", NUMBER, 7, totalled=True),
        Column("held", "已开展", NUMBER, 7, totalled=True),
        Column("late", "逾期", NUMBER, 6, totalled=True),
        Column("excused", "已说明", NUMBER, 7, totalled=True),
        Column("ahead", "未到期", NUMBER, 7, totalled=True),
        Column("rate", "完成率", SHARE, 8),
        Column("mark", "状态", MARK, 9),
        Column("late_in", "逾期在", TEXT, 20),
        Column("reason", "原因", TEXT, 20),
        Column("firm", "性质", Choice((USUAL, FIRM)), 6),
        Column("source", "依据", TEXT, 24),
    ),
    rows=duty_rows,
    lines=("填报单位（盖章）：{unit}", "", "单位：次"),
    note_of=_note,
    empty="这段时间没有要核对的规定动作。从哪个月起核对、核对哪些，在“设置—组织生活”里。",
)
OBLIGATIONS = Ledger(
    name="life_obligations",
    title="规定动作清单",
    columns=(
        Column("mark", "", MARK, 6),
        Column("name", "规定动作", TEXT, 18),
        Column("rhythm", "要求", TEXT, 10),
        Column("owed_by", "由谁开展", TEXT, 14),
        Column("done_by", "开展什么算完成", TEXT, 22),
        Column("firm", "性质", TEXT, 6),
        Column("since", "从", DAY, 10),
        Column("until", "到", DAY, 10),
        Column("source", "依据", TEXT, 24),
        Column("confidence", "可信度", TEXT, 9),
    ),
    rows=obligation_rows,
    span="none",
    lines=("填报单位：{unit}", "", "截至{date}"),
    empty="没有规定动作。",
)
