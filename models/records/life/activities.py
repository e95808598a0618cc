"""Activities of organisation life: planned, held and recorded, filed; and the text of their minutes."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.life import attendance
from models.records.life.activity_kinds import Kind, kind_of
from models.records.life.entitlement import branch_of
from models.records.members.facts import require_past
from models.records.members.organisation import GROUP, Organisation
from models.rules.meetings import clock_time
from models.rules.periods import Month

PLANNED, RECORDING, FILED, DROPPED = "计划", "记录中", "已定稿", "未开展"
STATES = (PLANNED, RECORDING, FILED, DROPPED)
HELD = (RECORDING, FILED)
PLAN_FIELDS = ("title", "theme", "form", "responsible", "planned_month", "planned_on", "place")
MINUTE_FIELDS = (
    "title", "theme", "form", "responsible", "begins", "minutes", "place", "chair", "recorder", "guests", "tags",
    "lecturer", "lecturer_post", "hours", "is_online", "works", "product", "eligible", "people", "extras",
    "uploaded_on",
)  # fmt: skip
TEXT_FIELDS = ("text", "resolution")
LONGEST_DAY = 24 * 60


class Activity(Record):
    """One activity of an organisation: a plan until it is held, then its record.

    `kind` is the key of a kind of activity; `branch_id` the branch that it belongs to, None above branches.
    `planned_month` is the month it was planned for, `planned_on` the day, `held_on` the day it was held; `begins` is
    HH:MM, `minutes` its length, `hours` the hours of study it counts for. `guests` are those who sat in without being
    members of the file, `people` how many took part where no names are kept, `eligible` how many could have. `extras`
    is JSON of the fields that the branch added to the kind. `reason` says why it was not held, or why it was opened
    again; `entered_on` is the day on which its record was begun.
    """

    __tablename__ = "activities"
    __table_args__ = (
        Index("ix_activities_held_on_kind", "held_on", "kind"),
        Index("ix_activities_planned_month", "planned_month"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[str]
    state: Mapped[str]
    title: Mapped[str | None]
    theme: Mapped[str | None]
    form: Mapped[str | None]
    responsible: Mapped[str | None]
    planned_month: Mapped[Month | None]
    planned_on: Mapped[date | None]
    held_on: Mapped[date | None]
    begins: Mapped[str | None]
    minutes: Mapped[int | None]
    place: Mapped[str | None]
    chair: Mapped[str | None]
    recorder: Mapped[str | None]
    guests: Mapped[str | None]
    tags: Mapped[str | None]
    lecturer: Mapped[str | None]
    lecturer_post: Mapped[str | None]
    hours: Mapped[Decimal | None]
    is_online: Mapped[bool | None]
    works: Mapped[str | None]
    product: Mapped[str | None]
    eligible: Mapped[int | None]
    people: Mapped[int | None]
    extras: Mapped[str | None]
    reason: Mapped[str | None]
    uploaded_on: Mapped[date | None]
    filed_on: Mapped[date | None]
    entered_on: Mapped[date | None]

    @property
    def free(self) -> dict[str, str]:
        """The values of the fields that the branch added, by title."""
        loaded: dict[str, str] = json.loads(self.extras or "{}")
        return loaded


class Minutes(Record):
    """The text of an activity's record, apart from the rest so that lists need not read it.

    The long text is kept last: what stands before it is read without it.
    """

    __tablename__ = "minutes"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), unique=True)
    resolution: Mapped[str | None]
    text: Mapped[str | None]


def find(session: Session, activity_id: int) -> Activity:
    """The activity of this number; UserError when there is none."""
    return numbered(session, Activity, activity_id, "活动")


def minutes_of(session: Session, activity_id: int) -> Minutes | None:
    """The text of an activity's record, None while nothing is written."""
    return session.scalars(select(Minutes).where(Minutes.activity_id == activity_id)).first()


def plan(session: Session, organisation_id: int, kind: str, values: Mapping[str, Any]) -> Activity:
    """Plans an activity for a day or at least a month; FieldError where neither is given or they disagree."""
    added = _new(session, organisation_id, kind, PLANNED)
    _assign(added, {key: values.get(key) for key in PLAN_FIELDS})
    _place_in_month(added)
    session.add(added)
    session.flush()
    return added


def begin(
    session: Session,
    organisation_id: int,
    kind: str,
    held_on: date,
    today: date,
    values: Mapping[str, Any] | None = None,
) -> Activity:
    """Begins the record of an activity that was not planned, and calls its roll; FieldError for a day to come."""
    added = _new(session, organisation_id, kind, RECORDING)
    session.add(added)
    return _held(session, added, held_on, today, values or {})


def hold(
    session: Session, activity_id: int, held_on: date, today: date, values: Mapping[str, Any] | None = None
) -> Activity:
    """Begins the record of a planned activity, and calls its roll; FieldError for a day to come."""
    found = find(session, activity_id)
    if found.state not in (PLANNED, DROPPED):
        raise UserError("这项活动已经开始记录，请直接打开它的记录。")
    found.state, found.reason = RECORDING, None
    return _held(session, found, held_on, today, values or {})


def _held(session: Session, activity: Activity, held_on: date, today: date, values: Mapping[str, Any]) -> Activity:
    require_past("held_on", held_on, today)
    activity.held_on, activity.entered_on = held_on, today
    _assign(activity, _verified({key: values[key] for key in MINUTE_FIELDS if key in values}))
    session.flush()
    attendance.call_roll(session, activity.id, kind_of(session, activity.kind), activity.organisation_id, held_on)
    return activity


def enter(
    session: Session, organisation_id: int, kind: str, held_on: date, today: date, values: Mapping[str, Any]
) -> Activity:
    """Enters the filed record of long ago from a list: numbers of people as they were written down, and no roll.

    FieldError for a day to come.
    """
    require_past("held_on", held_on, today)
    added = _new(session, organisation_id, kind, FILED)
    added.held_on, added.entered_on, added.filed_on = held_on, today, today
    _assign(added, _verified({key: values[key] for key in MINUTE_FIELDS if key in values}))
    session.add(added)
    session.flush()
    _write(session, added.id, {key: values[key] for key in TEXT_FIELDS if key in values})
    session.flush()
    return added


def change(session: Session, activity_id: int, values: Mapping[str, Any], today: date) -> Activity:
    """Changes what is given of an activity, of a plan its plan, of a record its record; FieldError for what cannot be.

    With another `held_on` the roll is called anew: see attendance.call_roll.
    """
    found = find(session, activity_id)
    require_open(found)
    known = PLAN_FIELDS if found.state in (PLANNED, DROPPED) else MINUTE_FIELDS
    _assign(found, _verified({key: values[key] for key in known if key in values}))
    if found.state in (PLANNED, DROPPED):
        _place_in_month(found)
    if any(key in values for key in TEXT_FIELDS):
        _write(session, found.id, {key: values[key] for key in TEXT_FIELDS if key in values})
    held_on = values.get("held_on", found.held_on)
    if found.state == RECORDING and held_on != found.held_on:
        if held_on is None:
            raise FieldError("held_on", "请填写活动日期。")
        require_past("held_on", held_on, today)
        found.held_on = held_on
        session.flush()
        attendance.call_roll(session, found.id, kind_of(session, found.kind), found.organisation_id, held_on)
    session.flush()
    return found


def drop(session: Session, activity_id: int, reason: str) -> None:
    """Says that a planned activity was not held, and why."""
    found = find(session, activity_id)
    if found.state != PLANNED:
        raise UserError("只有计划中的活动能登记为未开展。")
    if not tidy(reason):
        raise FieldError("reason", "请写明没有开展的原因。")
    found.state, found.reason = DROPPED, tidy(reason)
    session.flush()


def replan(session: Session, activity_id: int) -> None:
    """Takes back that a planned activity was not held."""
    found = find(session, activity_id)
    if found.state != DROPPED:
        raise UserError("这项活动没有登记为未开展。")
    found.state, found.reason = PLANNED, None
    session.flush()


def file(session: Session, activity_id: int, today: date) -> None:
    """Files a record: from now on it only reads. What a record must have is checked before (records.filing)."""
    found = find(session, activity_id)
    if found.state != RECORDING:
        raise UserError("只有记录中的活动能定稿。")
    found.state, found.filed_on = FILED, today
    session.flush()


def reopen(session: Session, activity_id: int, reason: str) -> None:
    """Opens a filed record again, with the reason; FieldError without one."""
    found = find(session, activity_id)
    if found.state != FILED:
        raise UserError("这份记录没有定稿，可以直接修改。")
    if not tidy(reason):
        raise FieldError("reason", "请写明为什么重新打开。")
    found.state, found.filed_on, found.reason = RECORDING, None, tidy(reason)
    session.flush()


def upload(session: Session, activity_id: int, on: date | None) -> None:
    """Notes on which day a record was put on the platform above, filed or not; None takes the note back."""
    find(session, activity_id).uploaded_on = on
    session.flush()


def unhold(session: Session, activity_id: int) -> None:
    """Makes a record that was begun by mistake a plan again, or removes one that never was a plan."""
    found = find(session, activity_id)
    require_open(found)
    if found.planned_month is None:
        remove(session, activity_id)
        return
    attendance.clear(session, activity_id)
    found.state, found.reason = PLANNED, None
    found.held_on = found.entered_on = found.uploaded_on = None
    session.flush()


def remove(session: Session, activity_id: int) -> None:
    """Removes a plan or a record entered by mistake, with its roll and text; UserError while it is filed.

    What else hangs on it (files, decisions, follow-ups) must be removed before.
    """
    found = find(session, activity_id)
    require_open(found)
    attendance.clear(session, activity_id)
    written = minutes_of(session, activity_id)
    if written is not None:
        session.delete(written)
    session.flush()
    session.delete(found)
    session.flush()


def used(session: Session, kind: str) -> int:
    """How many activities, planned and held, are of a kind."""
    return session.scalar(select(func.count()).select_from(Activity).where(Activity.kind == kind)) or 0


def is_back_entered(activity: Activity, days: int = 7) -> bool:
    """Whether the record was begun later than `days` after the day the activity was held."""
    if activity.entered_on is None or activity.held_on is None:
        return False
    return (activity.entered_on - activity.held_on).days > days


def _new(session: Session, organisation_id: int, kind: str, state: str) -> Activity:
    known: Kind = kind_of(session, kind)
    node = numbered(session, Organisation, organisation_id, "组织")
    if known.kept_in != "activities":
        raise FieldError("kind", f"“{known.name}”另有自己的台账，请在那里登记。")
    if known.entitled == "group" and node.kind != GROUP:
        raise FieldError("organisation_id", f"“{known.name}”由党小组召开，请选择党小组。")
    return Activity(organisation_id=node.id, branch_id=branch_of(node), kind=known.key, state=state)


def _place_in_month(activity: Activity) -> None:
    if activity.planned_on is not None:
        month = Month.of(activity.planned_on)
        if activity.planned_month not in (None, month):
            raise FieldError("planned_on", f"计划日期 {activity.planned_on} 不在 {activity.planned_month}。")
        activity.planned_month = month
    if activity.planned_month is None:
        raise FieldError("planned_month", "请填写计划的月份或日期。")


def require_open(activity: Activity) -> None:
    """UserError for a record that is filed."""
    if activity.state == FILED:
        raise UserError("这份记录已经定稿，请先重新打开再修改。")


def _verified(values: dict[str, Any]) -> dict[str, Any]:
    """The values of a record; FieldError for what cannot be."""
    if values.get("begins"):
        try:
            values["begins"] = clock_time(values["begins"])
        except ValueError as error:
            raise FieldError("begins", str(error)) from None
    for key, most in (("minutes", LONGEST_DAY), ("eligible", 1_000_000), ("people", 1_000_000), ("hours", 1_000)):
        amount = values.get(key)
        if amount is not None and not 0 <= amount <= most:
            raise FieldError(key, f"“{amount}”应在 0 至 {most} 之间。")
    return values


def _assign(activity: Activity, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        plain = tidy(value) or None if isinstance(value, str) else value
        if getattr(activity, key) != plain:
            setattr(activity, key, plain)


def _write(session: Session, activity_id: int, values: Mapping[str, Any]) -> None:
    """Keeps the text; nothing is written down where nothing was and nothing is."""
    written = minutes_of(session, activity_id)
    if written is None:
        if not any(values.values()):
            return
        written = Minutes(activity_id=activity_id)
        session.add(written)
    assign(written, values)
