"""Filing a record: what stops it and what its keeper is reminded of, and the filing itself."""

import re
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.errors import UserError
from models.records.life import activities, attendance, decisions
from models.records.life.activities import HELD, Activity, find, is_back_entered, minutes_of
from models.records.life.activity_kinds import Kind, kind_of
from models.records.life.attendance import Attendance
from models.records.life.entitlement import entitled
from models.records.members.members import Member
from models.records.members.timeline import Timeline
from models.rules import minutes
from models.rules.meetings import ABSENT, LEAVE, Count
from models.rules.minutes import Finding, Written
from models.rules.votes import ADMISSION

GENERAL_MEETING, COMMITTEE_MEETING = "general_meeting", "committee_meeting"
EXAMINED_WITHIN = timedelta(days=60)
"""How long before a general meeting that decides on an admission its committee may have met to examine it."""
_ADMITS = re.compile(r"转正|(接收|吸收|发展).{0,12}预备党员")


def findings(session: Session, activity_id: int, today: date) -> list[Finding]:
    """What stops the filing of a record, then what is only to be known; UserError for one that is not begun."""
    found = find(session, activity_id)
    if found.state not in HELD:
        raise UserError("这项活动还没有开始记录，请先开始记录。")
    of_votes = [Finding(sentence, "votes") for sentence in decisions.lacking(session, activity_id)]
    return sorted([*of_votes, *minutes.findings(_written(session, found, today))], key=lambda each: not each.stops)


def file(session: Session, activity_id: int, today: date) -> None:
    """Files a record; UserError with the first thing that stops it."""
    stops = [each for each in findings(session, activity_id, today) if each.stops]
    if stops:
        raise UserError(stops[0].sentence)
    activities.file(session, activity_id, today)


def _written(session: Session, activity: Activity, today: date) -> Written:
    kind, text = kind_of(session, activity.kind), minutes_of(session, activity.id)
    admits = _admits(session, activity, text.resolution if text is not None else None)
    return Written(
        held_on=activity.held_on,
        today=today,
        count=attendance.counts(session, [activity.id]).get(activity.id) or Count(),
        has_roll=kind.entitled != "named",
        asks_quorum=kind.quorum == "half",
        voters="委员" if kind.entitled == "committee" else Written.voters,
        chair=activity.chair,
        recorder=activity.recorder,
        text=text.text if text is not None else None,
        people=activity.people,
        strangers=_strangers(session, activity),
        missing=_missing(session, activity, kind),
        unexplained=_unexplained(session, activity.id),
        admits=admits,
        committee_met_on=_committee_met_on(session, activity) if admits else None,
        entered_late_on=activity.entered_on if is_back_entered(activity) else None,
    )


def _strangers(session: Session, activity: Activity) -> tuple[str, ...]:
    """Who stands on the roll as called and was in no branch of the file on the day."""
    if activity.held_on is None:
        return ()
    known = Timeline(session)
    called = (
        select(Member)
        .join(Attendance, Attendance.member_id == Member.id)
        .where(Attendance.activity_id == activity.id, Attendance.entitled.is_(True))
        .order_by(Attendance.id)
    )
    day = activity.held_on
    return tuple(each.name for each in session.scalars(called) if not known.present(each, day, activity.branch_id))


def _missing(session: Session, activity: Activity, kind: Kind) -> tuple[str, ...]:
    """Who is called by the kind's rule on the day and does not stand on the list."""
    if activity.held_on is None:
        return ()
    listed = set(session.scalars(select(Attendance.member_id).where(Attendance.activity_id == activity.id)))
    called = entitled(session, kind, activity.organisation_id, activity.held_on)
    return tuple(each.name for each in called if each.member_id not in listed)


def _unexplained(session: Session, activity_id: int) -> tuple[str, ...]:
    """Who was called, is absent or on leave, and of whom no reason is given."""
    away = (
        select(Member.name)
        .join(Attendance, Attendance.member_id == Member.id)
        .where(
            Attendance.activity_id == activity_id,
            Attendance.entitled.is_(True),
            Attendance.state.in_((LEAVE, ABSENT)),
            Attendance.reason.is_(None),
        )
        .order_by(Attendance.id)
    )
    return tuple(session.scalars(away))


def _admits(session: Session, activity: Activity, resolution: str | None) -> bool:
    """Whether a general meeting decides on an admission or on full membership, by its votes, theme and resolution."""
    if activity.kind != GENERAL_MEETING:
        return False
    said = (activity.theme, activity.title, resolution)
    voted = any(each.rule == ADMISSION.name for each in decisions.of(session, activity.id))
    return voted or any(_ADMITS.search(each) for each in said if each)


def _committee_met_on(session: Session, activity: Activity) -> date | None:
    """The last day on which the committee of its organisation met, of the sixty days up to that of the meeting."""
    if activity.held_on is None:
        return None
    met = select(func.max(Activity.held_on)).where(
        Activity.kind == COMMITTEE_MEETING,
        Activity.organisation_id == activity.organisation_id,
        Activity.state.in_(HELD),
        Activity.held_on.between(activity.held_on - EXAMINED_WITHIN, activity.held_on),
    )
    return session.scalar(met)
