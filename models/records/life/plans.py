"""Making plans: by the duties of a year, after the plan of the year before, on the fixed days of a branch."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import settings
from models.errors import UserError
from models.records.dues import months
from models.records.life import activities, activity_kinds
from models.records.life.activities import Activity
from models.records.life.activity_kinds import Kind
from models.records.life.duty_calendar import Line, Reckoning
from models.records.life.obligations import Obligation
from models.rules.obligations import WEEK, YEAR, Standing, State, Stretch
from models.rules.periods import Month, Period

THEME_DAY = "theme_day"
STUDIES = frozenset({"group_study", "first_topic", "seminar", "special_study", "theory_test"})
"""The kinds for which the fixed study day is proposed."""
_YEARLY_MONTHS = {"life_meeting": 12, "appraisal": 12, "duty_report": 12}
_YEARLY_MONTH = 11  # of a duty owed once a year: before the year is out


@dataclass(frozen=True)
class Asked:
    """Something a month still asks of an organisation: the duty, what is missing, and the last day for it."""

    obligation: Obligation
    organisation_id: int
    standing: Standing


def fixed_day(session: Session, kind: str, month: Month) -> date | None:
    """The fixed day of a kind in a month, moved off days of rest as the collection day is; None where none is set."""
    chosen = settings.read(session)
    day = chosen.theme_day if kind == THEME_DAY else chosen.study_day if kind in STUDIES else 0
    if not day:
        return None
    return months.collection_day(replace(chosen, collection_day=day), month)


def generate(session: Session, year: int, today: date, scope: int | None = None) -> int:
    """Plans what the duties of the year still ask and nobody has planned; answers how many plans it made.

    Weeks are not planned one by one, nor what has a ledger of its own or can be fulfilled by any activity.
    """
    reckoning = Reckoning(session, Period.of_year(year), today)
    made = 0
    for line in reckoning.calendar(scope).lines:
        if line.obligation is None or line.obligation.every == WEEK or not _is_activity(reckoning.kinds, line):
            continue
        word = line.obligation.word
        theme = None if word is None else line.name if word in line.name else word
        for node, standing in _open(line):
            for _ in range(standing.missing - _planned(line, node, standing.stretch)):
                month = _month_for(line.obligation, standing.stretch, today)
                values = {"planned_month": month, "planned_on": fixed_day(session, line.kind, month), "theme": theme}
                activities.plan(session, node, line.kind, values)
                made += 1
    return made


def copy_year(session: Session, year: int, organisation_ids: Collection[int]) -> int:
    """Plans in a year what was planned in the one before, theme and all, where the month has no such plan yet.

    Days are not taken over but proposed anew where they are fixed. UserError when there is nothing to copy.
    """
    before, now = _plans(session, year - 1, organisation_ids), _plans(session, year, organisation_ids)
    if not before:
        raise UserError(f"{year - 1}年没有计划可以照着拟；可以按规定动作生成。")
    known = activity_kinds.by_key(session)
    have = [(each.organisation_id, each.kind, _month_of(each).number) for each in now]
    made = 0
    for each in before:
        month = _month_of(each) + 12
        place = (each.organisation_id, each.kind, month.number)
        if place in have or each.kind not in known or not known[each.kind].active:
            continue
        day = fixed_day(session, each.kind, month)
        values = {key: getattr(each, key) for key in ("title", "theme", "form", "responsible", "place")}
        activities.plan(session, each.organisation_id, each.kind, values | {"planned_month": month, "planned_on": day})
        made += 1
    return made


def asked(session: Session, month: Month, today: date, scope: int | None = None) -> list[Asked]:
    """What the stretches that end in a month, or press in it, still ask of each organisation."""
    reckoning = Reckoning(session, Period.of_year(month.year), today)
    found = []
    for line in reckoning.calendar(scope).lines:
        if line.obligation is None:
            continue
        for node_id, standings in line.parts.items():
            pressing = [each for each in standings if month in each.stretch.months and _presses(each, month)]
            found += [Asked(line.obligation, node_id, each) for each in pressing]
    return found


def proposed(session: Session, month: Month, today: date, branch_id: int) -> list[Mapping[str, Any]]:
    """The tasks that a reminder slip may name for a branch: its duties of the month, its dues and its plans."""
    tasks: list[Mapping[str, Any]] = []
    for each in asked(session, month, today, branch_id):
        duty = each.obligation
        words = f"{duty.rhythm.chinese}{'' if duty.firm else '（一般）'}，{_still(each)}"
        due = min(each.standing.stretch.last, month.last_day)
        if duty.key not in [task["obligation"] for task in tasks]:
            tasks.append({"obligation": duty.key, "task": f"开展{duty.name}", "requirement": words, "due_on": due})
    chosen = settings.read(session)
    day = months.collection_day(chosen, month)
    dues = f"{day.month}月{day.day}日为党费日，按核定足额收缴并上缴"
    return [*tasks, {"obligation": None, "task": "收缴党费", "requirement": dues, "due_on": day}]


def _still(each: Asked) -> str:
    if each.standing.state is State.LATE:
        return f"{each.standing.stretch.chinese}已逾期，请补开或说明原因"
    return f"本期还差 {each.standing.missing} 次" if each.standing.held else "本期尚未开展"


def _presses(standing: Standing, month: Month) -> bool:
    """Whether something is missing that is to be done in the month."""
    if standing.state in (State.HELD, State.EXCUSED):
        return False
    return standing.stretch.month == month or standing.state is State.DUE


def _open(line: Line) -> Iterator[tuple[int, Standing]]:
    """What is still missing and can be done in time, by organisation."""
    for node, standings in line.parts.items():
        for each in standings:
            if each.state in (State.OWED, State.DUE):
                yield node, each


def _planned(line: Line, node: int, stretch: Stretch) -> int:
    """How many plans of an organisation lie in a stretch already."""
    return sum(each.organisation_id == node and each.is_open and each.lies_in(stretch) for each in line.entries)


def _month_for(obligation: Obligation, stretch: Stretch, today: date) -> Month:
    """The month in which a duty is usually done: the last of its stretch, of a year's by its kind."""
    if obligation.every != YEAR:
        return stretch.month
    number = next((_YEARLY_MONTHS[kind] for kind in obligation.kinds if kind in _YEARLY_MONTHS), _YEARLY_MONTH)
    return max(Month(stretch.month.year, number), min(Month.of(today), stretch.month))


def _is_activity(kinds: Mapping[str, Kind], line: Line) -> bool:
    return line.kind in kinds and kinds[line.kind].kept_in == "activities" and kinds[line.kind].active


def _plans(session: Session, year: int, organisation_ids: Collection[int]) -> Sequence[Activity]:
    whole = Period.of_year(year)
    chosen = select(Activity).where(
        Activity.planned_month.between(whole.first, whole.last), Activity.organisation_id.in_(organisation_ids)
    )
    return session.scalars(chosen.order_by(Activity.planned_month, Activity.planned_on, Activity.id)).all()


def _month_of(activity: Activity) -> Month:
    assert activity.planned_month is not None
    return activity.planned_month
