"""The papers of meetings: F20 minutes, F21 a lecture, F22 a theme day, each as it is printed and written to Word."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models import attachments, settings
from models.attachments import Attachment
from models.ledger import View
from models.ledgers.life import meeting_outcomes as outcomes
from models.records.life import activities, attendance
from models.records.life.activities import HELD, Activity, Minutes
from models.records.life.activity_files import PHOTO, ActivityFile
from models.records.life.activity_kinds import EXTRA_FIELDS, Kind, by_key
from models.records.life.attendance import Attendance
from models.records.members.members import Member
from models.records.members.organisation import GROUP, Organisation
from models.rules.meetings import ABSENT, PRESENT, Count

Numbered = Sequence[tuple[int, Any]]
LECTURE, THEME_DAY = "F21", "F22"
_TITLES = {
    "committee_meeting": "支部委员会会议记录",
    "party_lecture": "党课记录",
    "theme_day": "主题党日活动记录表",
}
_OWN_ROWS = ("lecturer", "lecturer_post", "hours")  # what F21 has a place of its own for
_AT_ONCE = 500
_AS_KEPT = (
    "held_on", "begins", "minutes", "place", "chair", "recorder", "lecturer", "lecturer_post",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who was called and did not come, and why."""

    name: str
    state: str
    reason: str | None = None

    def __str__(self) -> str:
        said = [each for each in (self.reason, self.state) if each]
        return f"{self.name}（{'，'.join(dict.fromkeys(said))}）"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph of an activity; `read` answers the content of its file, or raises UserError."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class MinutesRecord:
    """The record of one activity; all None, it is the blank to be filled in by hand.

    `form` is F20, F21 or F22. Those `away` were called and did not come. `more` are further fields with their titles,
    `votes` and `follow_ups` sentences. `entered_on` is given where the record was entered long after the day.
    """

    title: str | None = None
    form: str = "F20"
    unit: str | None = None
    name: str | None = None
    kind: str | None = None
    held_on: date | None = None
    begins: str | None = None
    minutes: int | None = None
    place: str | None = None
    chair: str | None = None
    recorder: str | None = None
    theme: str | None = None
    lecturer: str | None = None
    lecturer_post: str | None = None
    hours: str | None = None
    entitled: int | None = None
    present: int | None = None
    voting: int | None = None
    voting_present: int | None = None
    away: tuple[Away, ...] = ()
    guests: str | None = None
    more: tuple[tuple[str, str], ...] = ()
    text: str | None = None
    votes: tuple[str, ...] = ()
    resolution: str | None = None
    follow_ups: tuple[str, ...] = ()
    entered_on: date | None = None
    photos: tuple[Photo, ...] = ()


def title_of(kind: Kind) -> str:
    """What the paper of a kind of activity is called."""
    return _TITLES.get(kind.key, f"{kind.name}记录")


def one(session: Session, activity_id: int) -> MinutesRecord:
    """The record of one activity; UserError when there is none."""
    return _recorded(session, [activities.find(session, activity_id)])[0][1]


def held(session: Session, view: View, kinds: Collection[str] = ()) -> Numbered:
    """The records of what was held in the view's period and branch, of these kinds or of all, in order of the day."""
    chosen = select(Activity).where(
        Activity.held_on.between(view.period.first.first_day, view.period.last.last_day), Activity.state.in_(HELD)
    )
    if kinds:
        chosen = chosen.where(Activity.kind.in_(kinds))
    if view.branch_id is not None:
        chosen = chosen.where(Activity.branch_id == view.branch_id)
    ordered = chosen.order_by(Activity.held_on, Activity.begins, Activity.id)
    return _recorded(session, session.scalars(ordered).all())


def _recorded(session: Session, found: Sequence[Activity]) -> list[tuple[int, MinutesRecord]]:
    """The records of these activities, whatever belongs to them read in one go."""
    records: list[tuple[int, MinutesRecord]] = []
    for start in range(0, len(found), _AT_ONCE):
        part = found[start : start + _AT_ONCE]
        known = _Known(session, part)
        records += [(each.id, known.record(each)) for each in part]
    return records


class _Known:
    """All that belongs to some activities, by their numbers."""

    def __init__(self, session: Session, found: Sequence[Activity]) -> None:
        ids = [each.id for each in found]
        self.kinds = by_key(session)
        self.nodes = {node.id: node for node in session.scalars(select(Organisation))}
        self.unit = settings.read(session).unit
        self.counts = attendance.counts(session, ids)
        self.texts = {each.activity_id: each for each in session.scalars(_of(Minutes, ids))}
        self.away = _away(session, ids)
        self.guests = _names(session, ids, Attendance.entitled.is_(False))
        self.dual = _names(session, ids, Attendance.dual.is_(True))
        self.photos = _photos(session, ids)
        self.agendas, self.said = outcomes.agendas(session, ids)
        self.votes = outcomes.votes(session, ids, self.counts)
        self.follow_ups = outcomes.follow_ups(session, ids)

    def record(self, activity: Activity) -> MinutesRecord:
        kind = self.kinds[activity.kind]
        written = self.texts.get(activity.id)
        count = self.counts.get(activity.id)
        votes = self.votes.get(activity.id, [])
        with_votes = bool(votes) or kind.quorum == "half"
        guests = [activity.guests, "、".join(self.guests.get(activity.id, ()))]
        return MinutesRecord(
            title=title_of(kind),
            form=kind.form,
            unit=self.unit_of(activity),
            name=activity.title or self._usual_name(activity, kind),
            kind=kind.name,
            **{key: getattr(activity, key) for key in _AS_KEPT},
            hours=shown("hours", activity.hours),
            entitled=count.entitled if count else activity.eligible,
            present=count.present if count else activity.people,
            voting=count.voting if count and with_votes else None,
            voting_present=count.voting_present if count and with_votes else None,
            away=tuple(self.away.get(activity.id, ())),
            guests="　".join(filter(None, guests)) or None,
            more=tuple(self._more(activity, kind, count)),
            theme=activity.theme or "；".join(self.agendas.get(activity.id, ())) or None,
            text=self._text(activity, written),
            votes=tuple(votes),
            follow_ups=tuple(self.follow_ups.get(activity.id, ())),
            resolution=written.resolution if written else None,
            entered_on=activity.entered_on if activities.is_back_entered(activity) else None,
            photos=tuple(self.photos.get(activity.id, ())),
        )

    def _text(self, activity: Activity, written: Minutes | None) -> str | None:
        """What was written, and behind it who said what to the agenda."""
        parts = [written.text.rstrip() if written and written.text else "", *self.said.get(activity.id, ())]
        return "\n".join(filter(None, parts)) or None

    def unit_of(self, activity: Activity) -> str:
        """Whose activity it was: a group is named with its branch."""
        node = self.nodes[activity.organisation_id]
        if node.kind == GROUP and node.parent_id is not None:
            return f"{self.nodes[node.parent_id].name}{node.name}"
        return self.unit if node.parent_id is None else node.name

    def _usual_name(self, activity: Activity, kind: Kind) -> str:
        day = activity.held_on or activity.planned_on
        said = f"{day.year}年{day.month}月{day.day}日" if day else ""
        return f"{self.unit_of(activity)}{said}{kind.name}"

    def _more(self, activity: Activity, kind: Kind, count: Count | None) -> Iterable[tuple[str, str]]:
        """What the kind asks for beyond the grid, as far as something was entered."""
        for key, (title, _) in EXTRA_FIELDS.items():
            placed = kind.form == LECTURE and key in _OWN_ROWS
            counted = count is None and key in ("eligible", "people")
            text = shown(key, getattr(activity, key))
            if text and not placed and not counted:
                yield title, text
        yield from ((title, text) for title, text in activity.free.items() if text)
        if self.dual.get(activity.id):
            yield "双重组织\n生活", "、".join(self.dual[activity.id])
        if activity.form:
            yield "活动形式", activity.form


def shown(key: str, value: Any) -> str:
    """A field of an activity as paper says it: hours without idle zeros, yes or no in words."""
    kind = EXTRA_FIELDS[key][1]
    return f"{value.normalize():f}" if isinstance(value, Decimal) else kind.show(value)


def _of(record_type: Any, ids: Sequence[int]) -> Any:
    return select(record_type).where(record_type.activity_id.in_(ids)).order_by(record_type.id)


def _away(session: Session, ids: Sequence[int]) -> Mapping[int, list[Away]]:
    """Those who were called and did not come, absentees without leave last."""
    chosen = (
        select(Attendance.activity_id, Member.name, Attendance.state, Attendance.reason)
        .join(Member, Member.id == Attendance.member_id)
        .where(Attendance.activity_id.in_(ids), Attendance.entitled.is_(True), Attendance.state.is_not(None))
        .where(Attendance.state != PRESENT)
        .order_by(Attendance.id)
    )
    found: defaultdict[int, list[Away]] = defaultdict(list)
    for activity_id, name, state, reason in session.execute(chosen):
        assert state is not None
        found[activity_id].append(Away(name, state, reason))
    return {number: sorted(away, key=lambda each: each.state == ABSENT) for number, away in found.items()}


def _names(session: Session, ids: Sequence[int], which: ColumnElement[bool]) -> Mapping[int, list[str]]:
    chosen = select(Attendance.activity_id, Member.name).join(Member, Member.id == Attendance.member_id)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for activity_id, name in session.execute(
        chosen.where(Attendance.activity_id.in_(ids), which).order_by(Attendance.id)
    ):
        found[activity_id].append(name)
    return found


def _photos(session: Session, ids: Sequence[int]) -> Mapping[int, list[Photo]]:
    """The photographs of each activity, to be read when they are drawn."""
    chosen = (
        select(ActivityFile.activity_id, Attachment)
        .join(Attachment, Attachment.id == ActivityFile.attachment_id)
        .where(ActivityFile.activity_id.in_(ids), ActivityFile.kind == PHOTO)
        .where(Attachment.media_type.startswith("image/"))
        .order_by(ActivityFile.id)
    )
    found: defaultdict[int, list[Photo]] = defaultdict(list)
    folder: Path | None = None
    for activity_id, kept in session.execute(chosen):
        folder = folder or attachments.folder_of(session.info["home"].path)
        copy = Attachment(name=kept.name, stored=kept.stored, key=kept.key, sha256=kept.sha256)  # outlives the session
        found[activity_id].append(Photo(kept.name, partial(attachments.content_of, copy, folder)))
    return found
