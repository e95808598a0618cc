"""Hours of study as a kind of value, and who has how many: the lines of F29 that the ledgers of study share."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.kinds import TEXT, Raw
from models.ledger import View
from models.ledgers.short_numbers import ShortNumber
from models.records.life import activity_kinds, study
from models.records.life.activities import HELD, Activity
from models.records.life.activity_kinds import Kind
from models.records.life.attendance import Attendance
from models.records.life.study import StudyEntry
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.rules.meetings import PRESENT
from models.rules.study_hours import StudyRule, hours_of, read_hours, rule_on

ZERO = Decimal(0)


class Hours(ShortNumber):
    """Hours of study; read as a number or as 半天, 1天, 2小时, 90分钟."""

    def read(self, raw: Raw) -> Decimal | None:
        text = TEXT.read(raw)
        return None if text is None else read_hours(text, study.newest_supplied())


HOURS = Hours()


@dataclass(frozen=True, slots=True)
class Studied:
    """What one member studied once: at an activity that was attended or made up, or by an entry of its own."""

    member_id: int
    name: str
    branch_id: int
    branch: str
    on: date
    content: str
    form: str
    hours: Decimal
    is_central: bool = False
    attendance_id: int | None = None
    activity_id: int | None = None
    entry_id: int | None = None


@dataclass(frozen=True)
class Counted:
    """An activity that gives hours to those who came; `hours` is None where neither hours nor length are known."""

    activity_id: int
    on: date
    content: str
    form: str
    hours: Decimal | None


def counted_activities(session: Session, view: View) -> dict[int, Counted]:
    """The activities of the view's period that are of a kind of study, by number, of all branches.

    Their hours are those noted with them, else what their length counts for.
    """
    known = study_kinds(session)
    rules = study.rules(session)
    chosen = select(
        Activity.id, Activity.held_on, Activity.kind, Activity.title, Activity.theme, Activity.hours, Activity.minutes
    ).where(
        Activity.held_on.between(view.period.first.first_day, view.period.last.last_day),
        Activity.kind.in_(known),
        Activity.state.in_(HELD),
    )
    found = {}
    for number, on, kind, title, theme, hours, minutes in session.execute(chosen):
        assert on is not None
        content = title or theme or known[kind].name
        found[number] = Counted(number, on, content, known[kind].name, _hours(hours, minutes, rule_on(rules, on)))
    return found


def study_kinds(session: Session) -> dict[str, Kind]:
    """The kinds of activity that give hours of study, by key."""
    return {key: kind for key, kind in activity_kinds.by_key(session).items() if kind.study}


def _hours(hours: Decimal | None, minutes: int | None, rule: StudyRule) -> Decimal | None:
    if hours is not None:
        return hours
    return hours_of(minutes, rule) if minutes is not None else None


def studied(session: Session, view: View) -> list[Studied]:
    """Everything that gave hours to members of the view's branch in its period, by member in order of entry, by day."""
    found = [*_attended(session, view), *_entered(session, view)]
    return sorted(found, key=lambda each: (each.branch_id, each.member_id, each.on, each.entry_id or 0))


def by_member(lines: Sequence[Studied]) -> Mapping[int, list[Studied]]:
    """The lines of each member."""
    found: defaultdict[int, list[Studied]] = defaultdict(list)
    for line in lines:
        found[line.member_id].append(line)
    return found


def total_hours(session: Session, view: View) -> Decimal:
    """The hours of everybody together, as the lines of `studied` add up, without reading each of them."""
    came = _came(view, Attendance.activity_id, func.count()).group_by(Attendance.activity_id)
    activities = counted_activities(session, view)
    total = ZERO
    for activity_id, people in session.execute(came):
        if activity_id in activities:
            total += (activities[activity_id].hours or ZERO) * people
    within = StudyEntry.on.between(view.period.first.first_day, view.period.last.last_day)
    entered = select(func.sum(StudyEntry.hours)).join(Member, Member.id == StudyEntry.member_id).where(within)
    if view.branch_id is not None:
        entered = entered.where(Member.branch_id == view.branch_id)
    return total + (session.scalar(entered) or ZERO)


def _came(view: View, *columns: Any) -> Any:
    """Those who were at the activities of the period or made up for them, of whatever kind they were."""
    chosen = (
        select(*columns)
        .join(Activity, Activity.id == Attendance.activity_id)
        .join(Member, Member.id == Attendance.member_id)
        .where(
            Activity.held_on.between(view.period.first.first_day, view.period.last.last_day),
            Activity.state.in_(HELD),
            or_(Attendance.state == PRESENT, Attendance.made_up_on.is_not(None)),
        )
    )
    return chosen if view.branch_id is None else chosen.where(Member.branch_id == view.branch_id)


def _attended(session: Session, view: View) -> Iterator[Studied]:
    activities = counted_activities(session, view)
    people = {row[0]: row for row in session.execute(_people(view))}
    came = _came(view, Attendance.id, Attendance.member_id, Attendance.activity_id, Attendance.made_up_on)
    for number, member_id, activity_id, made_up_on in session.execute(
        came.where(Activity.kind.in_(study_kinds(session)))
    ):
        activity = activities[activity_id]
        if not activity.hours:
            continue
        _, name, branch_id, branch = people[member_id]
        form = activity.form if made_up_on is None else f"{activity.form}（{made_up_on} 补学）"
        yield Studied(
            member_id, name, branch_id, branch, activity.on, activity.content, form, activity.hours,
            attendance_id=number, activity_id=activity_id,
        )  # fmt: skip


def _entered(session: Session, view: View) -> Iterator[Studied]:
    within = StudyEntry.on.between(view.period.first.first_day, view.period.last.last_day)
    people = {row[0]: row for row in session.execute(_people(view))}
    for entry in session.scalars(select(StudyEntry).where(within)):
        if entry.member_id in people:
            _, name, branch_id, branch = people[entry.member_id]
            yield Studied(
                entry.member_id, name, branch_id, branch, entry.on, entry.content, entry.form or "", entry.hours,
                is_central=entry.is_central, entry_id=entry.id,
            )  # fmt: skip


def _people(view: View) -> Any:
    chosen = select(Member.id, Member.name, Member.branch_id, Organisation.name)
    chosen = chosen.join(Organisation, Organisation.id == Member.branch_id)
    return chosen if view.branch_id is None else chosen.where(Member.branch_id == view.branch_id)
