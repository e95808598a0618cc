"""A year of organisation life of the invented branches: planned, held, recorded and filed, with what goes wrong."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.life import activities, attendance
from models.records.life.activities import Activity
from models.records.life.attendance import Mark
from models.records.members.members import Member
from models.records.members.organisation import GROUP, Organisation
from models.records.members.service import Secondment
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, PRESENT
from models.rules.periods import Month
from models.rules.presence import Span
from models.sample import appraisal as sample_appraisal
from models.sample import care as sample_care
from models.sample import donations as sample_donations
from models.sample import election as sample_election
from models.sample import pairings as sample_pairings
from models.sample import rounds as sample_rounds
from models.sample import study as sample_study
from models.sample import visits as sample_visits
from models.sample import votes as sample_votes
from models.sample.programme import BRANCHES, ROOT, Occasion, programme, texts

Doing = Callable[[str, Callable[[Session], Any]], None]
_PLANNED = frozenset(
    {"general_meeting", "committee_meeting", "theme_day", "party_lecture", "life_meeting", "appraisal", "seminar"}
)
_FORGOTTEN = (10, "theme_day", BRANCHES[2])  # the month among the twelve, the kind, whose
_DROPPED = (8, "theme_day", BRANCHES[1])
_ENTERED_LATE = (6, "group_study", ROOT)
_WHY_DROPPED = "当周局里统一安排全员值守，经总支同意并入下月主题党日"
_LATE = timedelta(days=19)
_FILED_AFTER = timedelta(days=2)
_UPLOADED_AFTER = timedelta(days=3)
_LEAVES = ("年休", "值班", "本人生病", "照顾住院家人", "年休", "值班")
_DUTIES = ("出差", "出差", "下沉社区", "外出培训")
_ILL = {"钱永年": (8, "住院"), "姜秀兰": (4, "住院治疗")}  # since which month among the twelve
_OLD = frozenset({"施蘅", "喻璟"})
_MISSED = ("刘洋", "theme_day", 10)  # without a word: who, what, in which month of the calendar
_CHAPTERS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("后续事项和清单", sample_votes.add),
    ("学时、测试和谈话", sample_study.add),
    ("民主评议、积分和表彰", sample_appraisal.add),
    ("困难帮扶", sample_care.add),
    ("捐款捐物", sample_donations.add),
    ("结对共建和志愿服务", sample_pairings.add),
    ("走访和急难愁盼", sample_visits.add),
)
"""What else is kept beside the activities, when all of them stand: title, and `add(session, today=...)`."""
_LEADING = ("郑卫东",)  # leads the office, and attends in his branch as an ordinary member


@dataclass(frozen=True)
class _Scene:
    """The month that is lived: its place among the twelve, the numbers of organisations and members by name."""

    session: Session
    today: date
    position: int
    nodes: Mapping[tuple[str, str | None], int]
    names: Mapping[int, str]
    away: Mapping[int, Collection[Span]]


def live(doing: Doing, today: date, month: Month, position: int) -> None:
    """The organisation life of the month, the `position`th of the twelve: until `today` in the last of them."""
    last = Month.of(today) == month
    held = [each for each in programme(month) if each.day <= today]
    election = sample_election.occasion(today)
    if Month.of(election.day) == month:
        held.append(election)
    doing(f"{month.chinese}组织生活", lambda session: _live(_scene(session, today, position), held))
    if last:
        to_come = [each for each in programme(month) if each.day > today] + programme(month + 1)
        doing(f"{(month + 1).chinese}计划", lambda session: _plan(_scene(session, today, position), to_come))
        doing("党员大会记录", lambda session: _record_today(_scene(session, today, position)))
        for title, add in _CHAPTERS:
            doing(title, partial(add, today=today))
            if add is sample_care.add:
                sample_rounds.add(doing, today)  # when those who are visited have their cases


def _scene(session: Session, today: date, position: int) -> _Scene:
    found = session.scalars(select(Organisation)).all()
    named = {node.id: node.name for node in found}
    nodes: dict[tuple[str, str | None], int] = {}
    for node in found:
        if node.kind == GROUP and node.parent_id is not None:
            nodes[named[node.parent_id], node.name] = node.id
        else:
            nodes[ROOT if node.parent_id is None else node.name, None] = node.id
    away: dict[int, list[Span]] = {}
    for each in session.scalars(select(Secondment)):
        away.setdefault(each.member_id, []).append(Span(each.since, each.until))
    names = {member.id: member.name for member in session.scalars(select(Member))}
    return _Scene(session, today, position, nodes, names, away)


def _live(scene: _Scene, held: Collection[Occasion]) -> None:
    for each in held:
        node = scene.nodes[each.branch, each.group]
        mark = (scene.position, each.kind, each.branch)
        planned = _planned(scene, each) if each.kind in _PLANNED else None
        if planned is not None and mark == _FORGOTTEN:
            continue
        if planned is not None and mark == _DROPPED:
            activities.drop(scene.session, planned.id, _WHY_DROPPED)
            continue
        entered = each.day + (_LATE if mark == _ENTERED_LATE else timedelta())
        if planned is not None:
            done = activities.hold(scene.session, planned.id, each.day, entered, each.values)
        else:
            done = activities.begin(scene.session, node, each.kind, each.day, entered, each.values)
        _record(scene, each, done)
        sample_votes.record(scene.session, done)
        sample_election.elect(scene.session, done)
        activities.file(scene.session, done.id, min(entered + _FILED_AFTER, scene.today))
        uploaded = entered + _UPLOADED_AFTER
        if uploaded <= scene.today and done.id % 9:
            activities.upload(scene.session, done.id, uploaded)


def _planned(scene: _Scene, each: Occasion) -> Activity:
    plan = {key: each.values.get(key) for key in activities.PLAN_FIELDS}
    node = scene.nodes[each.branch, each.group]
    return activities.plan(scene.session, node, each.kind, plan | {"planned_on": each.day})


def _plan(scene: _Scene, to_come: Collection[Occasion]) -> None:
    for each in to_come:
        if each.kind in _PLANNED:
            _planned(scene, each)


def _record(scene: _Scene, each: Occasion, done: Activity) -> None:
    """Marks who came, and writes the minutes with their number."""
    told = "".join((each.text, *(value for value in each.values.values() if isinstance(value, str))))
    marks = _marks(scene, done, told)
    counted = attendance.counts(scene.session, [done.id]).get(done.id)
    text = each.text.replace("{chair}", str(each.values["chair"]))
    if counted is not None:
        text = text.replace("{entitled}", str(counted.entitled)).replace("{present}", str(counted.present))
    written = {"text": text, "resolution": each.resolution}
    activities.change(scene.session, done.id, written, scene.today)
    if each.branch == BRANCHES[0] and each.kind in ("theme_day", "group_meeting", "general_meeting"):
        for member_id, mark in marks.items():
            if scene.names[member_id] in _LEADING and mark.state == PRESENT:
                attendance.set_dual(scene.session, done.id, member_id, True)


def _marks(scene: _Scene, done: Activity, told: str) -> Mapping[int, Mark]:
    """Marks everybody on the roll: whoever is named in what was told was there."""
    pick = Random(f"{done.kind}{done.organisation_id}{done.held_on}")
    marks = {}
    for each in attendance.roll(scene.session, done.id):
        day = done.held_on or scene.today
        said = _mark(scene, pick, each.member_id, day, told)
        missed = (scene.names[each.member_id], done.kind, day.month) == _MISSED
        marks[each.member_id] = Mark(ABSENT) if missed else said
    attendance.mark(scene.session, done.id, marks)
    return marks


def _mark(scene: _Scene, pick: Random, member_id: int, day: date, told: str) -> Mark:
    name, chance, which = scene.names[member_id], pick.random(), pick.random()
    if name in told:
        return Mark(PRESENT)
    if any(span.holds(day) for span in scene.away.get(member_id, ())):
        return Mark(ON_DUTY, "抽调专班")
    since, illness = _ILL.get(name, (99, ""))
    if scene.position >= since and chance < 0.7:
        return Mark(LEAVE, illness)
    if name in _OLD and chance < 0.25:
        return Mark(LEAVE, "行动不便")
    if chance < 0.05:
        return Mark(LEAVE, _LEAVES[int(which * len(_LEAVES))])
    if chance < 0.085:
        return Mark(ON_DUTY, _DUTIES[int(which * len(_DUTIES))])
    return Mark(ABSENT) if chance > 0.993 else Mark(PRESENT)


def _record_today(scene: _Scene) -> None:
    """The general meeting of the first branch that is being recorded: marked and written, not filed."""
    known = dict(texts("general_meetings")["today"])
    text = known.pop("text")
    branch = scene.nodes[BRANCHES[0], None]
    done = activities.begin(scene.session, branch, "general_meeting", scene.today, scene.today, known)
    _marks(scene, done, text)
    counted = attendance.counts(scene.session, [done.id])[done.id]
    activities.change(scene.session, done.id, {"text": text.format(**vars(counted))}, scene.today)
