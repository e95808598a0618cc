"""F28, the plan of a year and the arrangement of a month: what is planned, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, MONTH, TEXT, Choice
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.dues.duties import Mark
from models.ledgers.marks import MARK
from models.ledgers.phrases import short
from models.records.life import activities, activity_kinds
from models.records.life.activities import DROPPED, HELD, PLAN_FIELDS, Activity
from models.records.life.owing import Owing
from models.records.outcomes import Taken, take_each
from models.rules.periods import Month

KIND_FORMS = Choice(
    ("集中开展", "集体学习", "专题研讨", "现场教学", "参观见学", "志愿服务", "座谈交流", "线上线下结合"), open=True
)
_FIELDS = tuple(key for key in PLAN_FIELDS if key != "title")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An activity as it was planned, and how far it is."""

    id: int
    planned_month: Month
    planned_on: date | None
    organisation: str
    organisation_id: int
    kind: str
    key: str
    theme: str | None
    form: str | None
    responsible: str | None
    place: str | None
    done: Mark
    held_on: date | None
    reason: str | None
    state: str


def plan_rows(session: Session, view: View) -> list[PlanRow]:
    """What was planned for the view's period, held or not, in order of month and day."""
    owing = Owing(session)
    kinds = activity_kinds.by_key(session)
    chosen = select(Activity).where(Activity.planned_month.between(view.period.first, view.period.last))
    if view.branch_id is not None:
        chosen = chosen.where(Activity.branch_id == view.branch_id)
    found = []
    for each in session.scalars(chosen):
        assert each.planned_month is not None
        found.append(
            PlanRow(
                id=each.id,
                planned_month=each.planned_month,
                planned_on=each.planned_on,
                organisation=owing.title(each.organisation_id),
                organisation_id=each.organisation_id,
                kind=kinds[each.kind].name if each.kind in kinds else each.kind,
                key=each.kind,
                theme=each.theme or each.title,
                form=each.form,
                responsible=each.responsible,
                place=each.place,
                done=done(each, view.today),
                held_on=each.held_on,
                reason=each.reason if each.state == DROPPED else None,
                state=each.state,
            )
        )
    return sorted(found, key=lambda row: (row.planned_month, row.planned_on or row.planned_month.last_day, row.id))


def done(activity: Activity, today: date) -> Mark:
    """What became of a plan, in words."""
    if activity.state in HELD and activity.held_on is not None:
        moved = activity.planned_month != Month.of(activity.held_on)
        return (f"{short(activity.held_on)}已开展", "warn" if moved else "good")
    if activity.state == DROPPED:
        return ("未开展", "quiet")
    due = activity.planned_on or (activity.planned_month.last_day if activity.planned_month else today)
    return ("逾期未开展", "bad") if due < today else ("计划中", "plain")


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Plans an activity a row, or changes the plan of its number, else the one of the same place, month and kind."""
    owing, taken = Owing(session), Taken()
    return take_each(session, rows, lambda values: _take(session, owing, values, view, taken))


def _take(session: Session, owing: Owing, values: Values, view: View, taken: Taken) -> Outcome:
    kind = activity_kinds.named(session, values.get("kind") or "")
    node = owing.titled(values.get("organisation"))
    stated = {key: values[key] for key in _FIELDS if values.get(key) is not None}
    day = stated.get("planned_on")
    if "planned_month" not in stated:
        stated["planned_month"] = Month.of(day) if day is not None else _month_of(view)
    own = session.scalars(select(Activity).where(Activity.organisation_id == node.id, Activity.kind == kind.key)).all()
    known = _meant(own, values, stated)
    if known is None:
        added = activities.plan(session, node.id, kind.key, stated)
        taken.note(added.id)
        return Outcome("added", added.id)
    changed = {key: value for key, value in stated.items() if _now(known, key) != value}
    if changed:
        taken.require_new(known.id, kind.name)
        _require_plan(known, changed)
        activities.change(session, known.id, changed, view.today)
    taken.note(known.id)
    return Outcome("updated" if changed else "unchanged", known.id)


def _month_of(view: View) -> Month:
    """The month that rows without one mean: that of the view; FieldError for a whole year."""
    if view.period.first != view.period.last:
        raise FieldError("planned_month", "没有写明月份。")
    return view.month


def _meant(own: Sequence[Activity], values: Values, stated: dict[str, Any]) -> Activity | None:
    by_number = [each for each in own if str(each.id) == str(values.get("id"))]
    like = [
        each
        for each in own
        if each.planned_month == stated["planned_month"] and _now(each, "theme") == values.get("theme")
    ]
    return next(iter(by_number or like), None)


def _now(activity: Activity, key: str) -> Any:
    found = getattr(activity, key)
    return found or activity.title if key == "theme" else found


def _require_plan(known: Activity, changed: dict[str, Any]) -> None:
    for key in ("planned_month", "planned_on"):
        if key in changed and known.state in HELD:
            raise FieldError(key, "这项活动已经开展，计划的时间不能再改。")


_ORGANISATION = Column("organisation", "党组织", TEXT, 16, synonyms=("党支部", "所在党支部", "支部"))
_WHAT = Column(
    "kind", "会议（活动）", TEXT, 14, required=True, synonyms=("会议/活动", "活动种类", "活动类型", "会议类型")
)
_THEME = Column("theme", "主题", TEXT, 28, synonyms=("议题", "主题（议题）"))
_FORM = Column("form", "形式", KIND_FORMS, 12)
_RESPONSIBLE = Column("responsible", "责任人", TEXT, 10, synonyms=("负责人",))
_DAY = Column("planned_on", "计划日期", DAY, 11, synonyms=("日期", "时间", "计划时间"))
_DONE = Column("done", "完成情况", MARK, 12, entered=False)
_REASON = Column("reason", "未开展原因", TEXT, 14, entered=False)
_NUMBER = Column("id", "编号", CODE, 6, entered=False)
PLAN_COLUMNS = (
    _WHAT,
    _ORGANISATION,
    Column("planned_month", "月份", MONTH, 8),
    _DAY,
    _THEME,
    _FORM,
    _RESPONSIBLE,
    Column("place", "地点", TEXT, 12),
)
LIFE_PLAN = Ledger(
    name="life_plan",
    title="组织生活年度计划",
    columns=(
        Column("planned_month", "月份", MONTH, 8, synonyms=("计划月份",)),
        _ORGANISATION, _WHAT, _THEME, _FORM, _RESPONSIBLE, _DAY, _DONE, _REASON, _NUMBER,
    ),
    rows=plan_rows,
    save=_save,
    span="year",
    lines=("制定单位（盖章）：{unit}", "", "截至{date}"),
    signatures=("支部书记：", "填表人：{maker}", "填表日期：{date}"),
    empty="这一年还没有计划。可以按规定动作生成，或照上一年的计划拟一份。",
)  # fmt: skip
LIFE_MONTH_PLAN = Ledger(
    name="life_month_plan",
    title="组织生活月度安排表",
    columns=(
        _DAY, _ORGANISATION, _WHAT, _THEME, _FORM,
        Column("place", "地点", TEXT, 12), _RESPONSIBLE, _DONE, _REASON, _NUMBER,
    ),
    rows=plan_rows,
    save=_save,
    lines=("制定单位（盖章）：{unit}", "", "截至{date}"),
    signatures=("支部书记：", "填表人：{maker}", "填表日期：{date}"),
    empty="这个月还没有安排。",
)  # fmt: skip
