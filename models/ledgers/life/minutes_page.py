"""What the page of minutes shows: the activities of a year, and one of them with its fields, text, roll and draft."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import DAY, NUMBER, PERSON, TEXT, Kind, Raw, tidy
from models.ledger import Column
from models.records.life import activity_files, activity_kinds, drafts
from models.records.life.activities import MINUTE_FIELDS, Activity, find, is_back_entered, minutes_of
from models.records.life.activity_kinds import EXTRA_FIELDS
from models.records.life.attendance import Attendance
from models.records.life.recording import FREE
from models.records.members.members import PROBATIONARY, Member
from models.records.members.organisation import BRANCH, GROUP, Organisation
from models.records.members.timeline import Timeline
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, PRESENT, Count, clock_time
from models.rules.periods import Month


class Clock(Kind):
    """A time of day as HH:MM, read as people write it."""

    def read(self, raw: Raw) -> str | None:
        text = tidy(raw)
        try:
            return clock_time(text) if text else None
        except FieldError as refusal:
            raise ValueError(str(refusal)) from None


HEAD = (
    Column("held_on", "日期", DAY, 10, required=True),
    Column("begins", "时间", Clock(), 6),
    Column("minutes", "分钟", NUMBER, 5),
    Column("place", "地点", TEXT, 16),
    Column("chair", "主持", PERSON, 10),
    Column("recorder", "记录", PERSON, 10),
    Column("theme", "议题", TEXT, 20),
)
"""The fields that every record has, as they stand above its text."""
GUESTS = Column("guests", "列席", TEXT, 20)
_NARROW = frozenset({"hours", "is_online", "eligible", "people"})


@dataclass(frozen=True)
class Entry:
    """A line of the list: an activity held, or planned for a day or only a month.

    `group` is the group that met, `owner` the organisation where more than one is shown; `has_draft` says that
    something was typed and never saved.
    """

    id: int
    kind: str
    group: str
    owner: str
    day: date | None
    month: Month | None
    state: str
    theme: str | None
    has_draft: bool = False

    @property
    def title(self) -> str:
        """The kind, for a group's meeting with the group."""
        return f"{self.kind}（{self.group}）" if self.group else self.kind


@dataclass(frozen=True)
class RollLine:
    """One member on the list of an activity, and what is said of the member."""

    member_id: int
    name: str
    initials: str
    id_number: str | None
    probationary: bool
    entitled: bool
    voting: bool
    dual: bool
    state: str | None
    reason: str | None


@dataclass(frozen=True)
class MinutesPage:
    """One activity as the page shows it; `values` by field, those that the branch added under FREE and their title."""

    id: int
    kind: str
    title: str
    organisation: str
    organisation_id: int
    branch_id: int | None
    state: str
    entitled: str
    values: dict[str, Any]
    extra: tuple[Column, ...]
    planned: tuple[date | None, Month | None]
    roll: tuple[RollLine, ...]
    files: int
    draft: drafts.Kept | None
    reason: str | None
    filed_on: date | None
    uploaded_on: date | None
    entered_late_on: date | None
    plan: dict[str, Any] = field(default_factory=dict)

    @property
    def count(self) -> Count:
        return counted(self.roll)


def counted(roll: Sequence[RollLine]) -> Count:
    """How the lines of a list add up."""
    called = [each for each in roll if each.entitled]
    return Count(
        entitled=len(called),
        present=sum(each.state == PRESENT for each in called),
        leave=sum(each.state in (LEAVE, ON_DUTY) for each in called),
        absent=sum(each.state == ABSENT for each in called),
        voting=sum(each.voting for each in roll),
        voting_present=sum(each.voting and each.state == PRESENT for each in roll),
        visitors=len(roll) - len(called),
    )


def years(session: Session, today: date) -> list[int]:
    """The years in which anything was held or planned, the newest first; this one always."""
    first, last = session.execute(select(func.min(Activity.held_on), func.max(Activity.held_on))).one()
    planned = session.execute(select(func.min(Activity.planned_month), func.max(Activity.planned_month))).one()
    known = {today.year, *(each.year for each in (first, last, *planned) if each is not None)}
    return list(range(max(known), min(known) - 1, -1))


def entries(session: Session, year: int, branch_id: int | None = None, kind: str | None = None) -> list[Entry]:
    """The activities of a year, the newest first; what is planned stands where it is to be."""
    held = Activity.held_on.between(date(year, 1, 1), date(year, 12, 31))
    planned = Activity.held_on.is_(None) & Activity.planned_month.between(Month(year, 1), Month(year, 12))
    chosen = select(
        Activity.id,
        Activity.kind,
        Activity.organisation_id,
        Activity.branch_id,
        Activity.held_on,
        Activity.planned_on,
        Activity.planned_month,
        Activity.state,
        Activity.theme,
    ).where(or_(held, planned))
    if branch_id is not None:
        chosen = chosen.where(Activity.branch_id == branch_id)
    if kind is not None:
        chosen = chosen.where(Activity.kind == kind)
    names = {each.key: each.name for each in activity_kinds.kinds(session, idle=True)}
    nodes = {each.id: each for each in session.scalars(select(Organisation))}
    several = branch_id is None and sum(each.kind == BRANCH for each in nodes.values()) > 1
    typed = drafts.waiting(session)
    found = []
    for number, key, node_id, own_branch_id, held_on, planned_on, month, state, theme in session.execute(chosen):
        node = nodes[node_id]
        group = node.name if node.kind == GROUP else ""
        owner = "" if own_branch_id and not several else nodes[own_branch_id or node_id].name
        day, name = held_on or planned_on, names.get(key, key)
        found.append(Entry(number, name, group, owner, day, month, state, theme, number in typed))
    return sorted(found, key=_newest, reverse=True)


def holders(session: Session) -> dict[str, int]:
    """Who may hold an activity, by name: branches, groups (of several branches with their branch), what is above."""
    nodes = session.scalars(select(Organisation).order_by(Organisation.id)).all()
    names = {each.id: each.name for each in nodes}
    groups = [each for each in nodes if each.kind == GROUP]
    several = len({each.parent_id for each in groups}) > 1
    found = {each.name: each.id for each in nodes if each.kind == BRANCH}
    found |= {
        f"{names[each.parent_id]} {each.name}" if several and each.parent_id else each.name: each.id for each in groups
    }
    return found | {each.name: each.id for each in nodes if each.kind not in (BRANCH, GROUP)}


def of_plan(session: Session, organisation_id: int, kind: str, month: Month) -> int | None:
    """The number of what was planned of this kind for the month and is not begun, None where nothing is."""
    return session.scalar(
        select(Activity.id)
        .where(
            Activity.organisation_id == organisation_id,
            Activity.kind == kind,
            Activity.planned_month == month,
            Activity.held_on.is_(None),
        )
        .order_by(Activity.planned_on, Activity.id)
        .limit(1)
    )


def minutes_page(session: Session, activity_id: int) -> MinutesPage:
    """One activity with all that its page shows; UserError where there is none."""
    found, text = find(session, activity_id), minutes_of(session, activity_id)
    kind = activity_kinds.kind_of(session, found.kind)
    node = session.get_one(Organisation, found.organisation_id)
    values: dict[str, Any] = {key: getattr(found, key) for key in MINUTE_FIELDS} | {"held_on": found.held_on}
    values |= {f"{FREE}{title}": value for title, value in found.free.items()}
    values |= {"text": text.text if text else None, "resolution": text.resolution if text else None}
    return MinutesPage(
        id=found.id,
        kind=kind.key,
        title=kind.name,
        organisation=node.name,
        organisation_id=node.id,
        branch_id=found.branch_id,
        state=found.state,
        entitled=kind.entitled,
        values=values,
        extra=_extra(kind, found.free),
        planned=(found.planned_on, found.planned_month),
        roll=_roll(session, found),
        files=activity_files.counts(session, [found.id]).get(found.id, 0),
        draft=drafts.find(session, found.id),
        reason=found.reason,
        filed_on=found.filed_on,
        uploaded_on=found.uploaded_on,
        entered_late_on=found.entered_on if is_back_entered(found) else None,
        plan={"theme": found.theme, "form": found.form, "responsible": found.responsible},
    )


def _extra(kind: activity_kinds.Kind, kept: dict[str, str]) -> tuple[Column, ...]:
    """The fields that the kind asks for beyond the common ones, and those that an earlier form of it asked for."""
    own = [Column(key, EXTRA_FIELDS[key][0], EXTRA_FIELDS[key][1], 8 if key in _NARROW else 16) for key in kind.fields]
    free = dict.fromkeys((*kind.free, *kept))
    return (*own, *(Column(f"{FREE}{title}", title, TEXT, 16) for title in free))


def _roll(session: Session, activity: Activity) -> tuple[RollLine, ...]:
    rows = session.execute(
        select(Member, Attendance)
        .join(Attendance, Attendance.member_id == Member.id)
        .where(Attendance.activity_id == activity.id)
        .order_by(Attendance.entitled.desc(), Attendance.id)
    ).all()
    if not rows:
        return ()
    known, day = Timeline(session), activity.held_on or date.max
    return tuple(
        RollLine(
            member.id,
            member.name,
            member.initials,
            member.id_number,
            known.category(member, day) == PROBATIONARY,
            each.entitled,
            each.voting,
            each.dual,
            each.state,
            each.reason,
        )
        for member, each in rows
    )


def _newest(entry: Entry) -> tuple[date, int]:
    """What is only planned for a month stands at its end."""
    if entry.day is not None:
        return entry.day, entry.id
    assert entry.month is not None
    return entry.month.last_day, entry.id
