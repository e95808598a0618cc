"""Keeping the record of an activity: begun from its template, saved with its text, its roll called anew."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import UserError
from models.records.life import (
    activities,
    activity_files,
    agenda,
    appraisals,
    attendance,
    decisions,
    drafts,
    elections,
    exclusions,
    followups,
    phrases,
    problems,
)
from models.records.life.activities import FILED, HELD, Activity, find, minutes_of
from models.records.life.activity_kinds import kind_of
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.rules import templates, votes
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, Count

FREE = "free:"
"""Before the title of a field that the branch added, among the values of a record."""
_HANDED_ON = ("begins", "place", "chair", "recorder")


@dataclass(frozen=True)
class Called:
    """What calling the roll anew has changed: who came on it, who went off it, who is marked and stays as a guest."""

    come: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What is to be said of it, empty where nothing changed."""
        parts = (
            f"增加应到：{'、'.join(self.come)}" if self.come else "",
            f"{'、'.join(self.gone)}那一天不在应到之列，已从名单去掉" if self.gone else "",
            f"{'、'.join(self.guests)}那一天不在应到之列，已点过名，改为列席" if self.guests else "",
        )
        return "；".join(filter(None, parts)) + "。" if any(parts) else ""


def begin(
    session: Session, organisation_id: int, kind: str, held_on: date, today: date, values: Mapping[str, Any]
) -> Activity:
    """Begins a record that was not planned, with what the last one of its kind hands on and its template."""
    usual = _usual(session, organisation_id, kind) | {key: value for key, value in values.items() if value is not None}
    added = activities.begin(session, organisation_id, kind, held_on, today, usual)
    _write_template(session, added, today)
    return added


def hold(session: Session, activity_id: int, held_on: date, today: date) -> Activity:
    """Begins the record of a planned activity in the same way; what the plan says stays."""
    planned = find(session, activity_id)
    usual = _usual(session, planned.organisation_id, planned.kind)
    given = {key: value for key, value in usual.items() if getattr(planned, key) is None}
    if planned.responsible and planned.chair is None:
        given["chair"] = planned.responsible
    held = activities.hold(session, activity_id, held_on, today, given)
    _write_template(session, held, today)
    return held


def save(session: Session, activity_id: int, values: Mapping[str, Any], today: date) -> Called:
    """Saves what was typed of a record, fields that the branch added under FREE and their title; its draft goes.

    With another day the roll is called anew, and what that changed is answered.
    """
    known = find(session, activity_id)
    before, day = _roll(session, activity_id), known.held_on
    given = {key: value for key, value in values.items() if not key.startswith(FREE)}
    free = {key.removeprefix(FREE): value for key, value in values.items() if key.startswith(FREE)}
    if free:
        kept = {title: value for title, value in (known.free | free).items() if value}
        given["extras"] = json.dumps(kept, ensure_ascii=False) if kept else None
    changed = activities.change(session, activity_id, given, today)
    drafts.drop(session, activity_id)
    return _difference(before, _roll(session, activity_id)) if changed.held_on != day else Called()


def recall(session: Session, activity_id: int) -> Called:
    """Calls the roll anew for the day that stands, after the roster was set right."""
    known = find(session, activity_id)
    if known.held_on is None:
        return Called()
    before = _roll(session, activity_id)
    kind = kind_of(session, known.kind)
    attendance.call_roll(session, activity_id, kind, known.organisation_id, known.held_on)
    return _difference(before, _roll(session, activity_id))


def unhold(session: Session, activity_id: int) -> None:
    """Makes a record that was begun by mistake a plan again; UserError while votes or follow-ups are in it."""
    _require_bare(session, activity_id)
    written = minutes_of(session, activity_id)
    if written is not None:
        session.delete(written)
    _let_go(session, activity_id)
    activities.unhold(session, activity_id)


def remove(session: Session, activity_id: int) -> None:
    """Removes a plan or a record entered by mistake with what belongs to it alone; UserError as for `unhold`."""
    _require_bare(session, activity_id)
    _let_go(session, activity_id)
    activities.remove(session, activity_id)


def places(session: Session, activity_id: int) -> dict[str, str]:
    """What is known of the places in a template (rules.templates); numbers of who came only once all are called."""
    known = find(session, activity_id)
    node = session.get_one(Organisation, known.organisation_id)
    count = attendance.counts(session, [activity_id]).get(activity_id)
    found = {
        "日期": f"{known.held_on.year}年{known.held_on.month}月{known.held_on.day}日" if known.held_on else "",
        "时间": known.begins or "",
        "地点": known.place or "",
        "组织": node.name,
        "主持人": known.chair or "",
        "记录人": known.recorder or "",
        "议题": known.theme or "",
        "授课人": known.lecturer or "",
        "学时": f"{known.hours:f}" if known.hours is not None else "",
        "列席人员": known.guests or "",
    }
    if count is not None and count.entitled:
        found |= {"应到": str(count.entitled), "有表决权应到": str(count.voting)}
    if count is None or count.unmarked or not count.entitled:
        return found
    away = _away(session, activity_id)
    return found | {
        "实到": str(count.present),
        "请假": str(count.leave),
        "缺席": str(count.absent),
        "有表决权实到": str(count.voting_present),
        "是否符合规定": _quorum(known, count),
        "请假人员": "、".join([*away.get(LEAVE, []), *away.get(ON_DUTY, [])]) or "无",
        "缺席人员": "、".join(away.get(ABSENT, [])) or "无",
    }


def _let_go(session: Session, activity_id: int) -> None:
    """Of a record that goes, the files; its draft goes with it, an appraisal held there stays."""
    if find(session, activity_id).state != FILED:
        activity_files.clear(session, activity_id)
    appraisals.let_go(session, activity_id)
    drafts.drop(session, activity_id)
    session.flush()


def _require_bare(session: Session, activity_id: int) -> None:
    """UserError while something else is entered in the record: it must be removed there, where it is seen."""
    kept = (
        (agenda.items, "议程"), (decisions.of, "表决"), (elections.of, "选举"), (exclusions.of, "不计入应到的人"),
        (followups.of, "后续事项"), (problems.of, "整改问题"),
    )  # fmt: skip
    found = [name for of, name in kept if of(session, activity_id)]
    if found:
        raise UserError(f"这份记录里还登记着{'、'.join(found)}，请先在记录里把它们删除。")


def _write_template(session: Session, activity: Activity, today: date) -> None:
    if minutes_of(session, activity.id) is not None:
        return
    text = templates.fill(phrases.template(session, activity.kind), places(session, activity.id))
    activities.change(session, activity.id, {"text": text}, today)


def _usual(session: Session, organisation_id: int, kind: str) -> dict[str, Any]:
    """What the last record of this kind hands on; for the first one the secretary chairs."""
    last = session.scalars(
        select(Activity)
        .where(Activity.organisation_id == organisation_id, Activity.kind == kind, Activity.state.in_(HELD))
        .order_by(Activity.held_on.desc(), Activity.id.desc())
        .limit(1)
    ).first()
    if last is not None:
        return {key: getattr(last, key) for key in _HANDED_ON}
    return {"chair": session.get_one(Organisation, organisation_id).secretary}


def _roll(session: Session, activity_id: int) -> dict[str, bool]:
    """Whether each on the list is called, by name."""
    found = (
        select(Member.id, Member.name, attendance.Attendance.entitled)
        .join(Member, Member.id == attendance.Attendance.member_id)
        .where(attendance.Attendance.activity_id == activity_id)
        .order_by(attendance.Attendance.id)
    )
    return {f"{number}\0{name}": called for number, name, called in session.execute(found)}


def _difference(before: Mapping[str, bool], after: Mapping[str, bool]) -> Called:
    come = [each for each, called in after.items() if called and not before.get(each)]
    gone = [each for each, called in before.items() if called and each not in after]
    guests = [each for each, called in before.items() if called and after.get(each) is False]
    return Called(*(tuple(each.partition("\0")[2] for each in names) for names in (come, gone, guests)))


def _quorum(activity: Activity, count: Count) -> str:
    """Whether enough of those with a vote came for what the theme says is decided, in words."""
    if not count.voting:
        return ""
    enough = votes.needed(decisions.usual_rule(activity.kind, activity.theme or ""), count.voting)
    return "符合规定" if count.voting_present >= enough else "不够规定的人数，不能表决"


def _away(session: Session, activity_id: int) -> dict[str, list[str]]:
    """Who was called and did not come, by state, with the reason."""
    found: dict[str, list[str]] = {}
    rows = session.execute(
        select(Member.name, attendance.Attendance.state, attendance.Attendance.reason)
        .join(Member, Member.id == attendance.Attendance.member_id)
        .where(attendance.Attendance.activity_id == activity_id, attendance.Attendance.entitled.is_(True))
        .order_by(attendance.Attendance.id)
    )
    for name, state, reason in rows:
        if state is not None:
            found.setdefault(state, []).append(f"{name}（{reason or state}）" if reason or state == ON_DUTY else name)
    return found
