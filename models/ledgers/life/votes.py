"""会议表决台账: what meetings decided, with the count and what it came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, NAME, NUMBER, TEXT, Choice
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.life.saving import branch_meant
from models.records.life import attendance, decisions
from models.records.life.activities import HELD, Activity
from models.records.life.activity_kinds import by_key, named
from models.records.life.decisions import FIELDS, VOTES, WAYS, Decision
from models.records.members.organisation import Organisation, root
from models.records.outcomes import Taken, meant, take_each
from models.rules.meetings import Count
from models.rules.votes import NOT_PASSED, PASSED, RULES, VOID

OUTCOME = Choice((PASSED, NOT_PASSED, VOID), tones={PASSED: "good", NOT_PASSED: "bad", VOID: "bad"})
RULE = Choice(tuple(RULES))
WAY = Choice(WAYS)


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One vote with its verdict; `reason` says it in words."""

    id: int
    activity_id: int
    held_on: date
    kind: str
    branch: str
    text: str
    rule: str
    way: str
    subject: str | None
    entitled: int
    present: int
    favour: int
    against: int
    abstained: int
    written_favour: int
    written_against: int
    outcome: str
    reason: str
    performance: str | None
    adopted_on: date | None
    remark: str | None


def vote_rows(session: Session, view: View) -> list[VoteRow]:
    """The votes of the view's period, in order of their days."""
    return _votes(session, of_period(with_meeting(Decision), view))


def votes_of(session: Session, activity_id: int) -> list[VoteRow]:
    """The votes of one activity, in order of entry."""
    return _votes(session, with_meeting(Decision).where(Activity.id == activity_id).order_by(Decision.id))


def with_meeting(record_type: Any) -> Select[Any]:
    """The records of a type with their activity and the name of its branch."""
    joined = select(record_type, Activity, Organisation.name).join(Activity, Activity.id == record_type.activity_id)
    return joined.outerjoin(Organisation, Organisation.id == Activity.branch_id)


def of_period(chosen: Select[Any], view: View) -> Select[Any]:
    """What was chosen, of the view's period and branch alone, in order of its days."""
    within = Activity.held_on.between(view.period.first.first_day, view.period.last.last_day)
    if view.branch_id is not None:
        chosen = chosen.where(Activity.branch_id == view.branch_id)
    return chosen.where(within).order_by(Activity.held_on, Activity.id, chosen.column_descriptions[0]["entity"].id)


def _votes(session: Session, chosen: Select[Any]) -> list[VoteRow]:
    found = session.execute(chosen).all()
    kinds, above = by_key(session), root(session).name
    counts = attendance.counts(session, [*{activity.id for _, activity, _ in found}])
    rows = []
    for each, activity, branch in found:
        count = counts.get(activity.id, Count())
        verdict = decisions.verdict(each, count.present - count.voting_present)
        rows.append(
            VoteRow(
                id=each.id,
                activity_id=activity.id,
                held_on=activity.held_on,
                kind=kinds[activity.kind].name if activity.kind in kinds else activity.kind,
                branch=branch or above,
                entitled=each.entitled,
                present=each.present,
                outcome=verdict.outcome,
                reason=verdict.reason,
                **{key: getattr(each, key) for key in FIELDS},
            )
        )
    return rows


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Adds or changes a vote a row, in the record of the meeting that the row names by day, kind and branch."""
    taken = Taken()
    return take_each(session, rows, lambda values: _take(session, values, view, taken))


def _take(session: Session, values: Values, view: View, taken: Taken) -> Outcome:
    activity = _meeting(session, values, view)
    known = meant(decisions.of(session, activity.id), values, ("text",))
    keys = (*FIELDS, "entitled", "present")
    stated = {key: values[key] for key in keys if values.get(key) is not None}
    if known is None:
        added = decisions.decide(session, activity.id, stated)
        taken.note(added.id)
        return Outcome("added", added.id)
    changes = any(getattr(known, key) != value for key, value in stated.items())
    if changes:
        if known.id in taken:
            raise FieldError("text", "同一项表决在文件中出现两次而内容不同，前一行已取用，请核对这一行。")
        decisions.change(session, known.id, stated)
    taken.note(known.id)
    return Outcome("updated" if changes else "unchanged", known.id)


def _meeting(session: Session, values: Values, view: View) -> Activity:
    """The record of the meeting that a row means; FieldError where there is none or several."""
    held_on, said = values.get("held_on"), values.get("kind")
    if held_on is None or not said:
        raise FieldError("held_on" if held_on is None else "kind", "请填写会议日期和会议种类。")
    branch_id, kind = branch_meant(session, values, view), named(session, said)
    chosen = select(Activity).where(
        Activity.held_on == held_on,
        Activity.kind == kind.key,
        Activity.branch_id == branch_id,
        Activity.state.in_(HELD),
    )
    found = session.scalars(chosen).all()
    if len(found) != 1:
        many = "没有" if not found else f"有 {len(found)} 份"
        raise FieldError("held_on", f"{held_on} {many}“{kind.name}”的记录，请先登记会议，再导入表决。")
    return found[0]


def _vote_note(rows: Sequence[VoteRow]) -> str:
    passed = sum(row.outcome == PASSED for row in rows)
    return f"共表决 {len(rows)} 项，通过 {passed} 项，未通过或无效 {len(rows) - passed} 项。"


LINES = ("填报单位（盖章）：{unit}", "", "{date}")
_COUNTS = {
    "favour": "赞成",
    "against": "反对",
    "abstained": "弃权",
    "written_favour": "书面赞成",
    "written_against": "书面反对",
}
LIFE_VOTES = Ledger(
    name="life_votes",
    title="会议表决台账",
    columns=(
        Column("held_on", "会议日期", DAY, 11, required=True, synonyms=("日期", "时间")),
        Column("kind", "会议", TEXT, 13, required=True, synonyms=("会议类型", "会议名称")),
        Column("branch", "党支部", TEXT, 13),
        Column("text", "决议事项", TEXT, 44, required=True, synonyms=("决议", "表决事项")),
        Column("outcome", "结果", OUTCOME, 8, entered=False),
        Column("rule", "表决规则", RULE, 11),
        Column("way", "表决方式", WAY, 11),
        Column("subject", "接收、转正的是谁", NAME, 9, synonyms=("姓名",)),
        Column("entitled", "应到", NUMBER, 6, band="有表决权"),
        Column("present", "实到", NUMBER, 6, band="有表决权"),
        *(Column(key, _COUNTS[key], NUMBER, 6 if "_" not in key else 9) for key in VOTES),
        Column("adopted_on", "通过日期", DAY, 11),
        Column("performance", "主要表现", TEXT, 18),
        Column("remark", "备注", TEXT, 10),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=vote_rows,
    save=_save,
    span="year",
    lines=LINES,
    note_of=_vote_note,
    empty="这段时间没有表决。在会议记录的“表决”里登记。",
)
VOTE_COLUMNS = tuple(column for column in LIFE_VOTES.columns if column.key in FIELDS)
