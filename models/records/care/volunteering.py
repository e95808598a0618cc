"""双报到 and 志愿服务: where members registered, and the services that no activity of the branch has on its record."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError
from models.kinds import tidy
from models.records.life import activity_kinds
from models.records.life.activities import HELD, Activity
from models.records.life.attendance import Attendance
from models.records.members.facts import require_past
from models.records.members.members import find_by_id
from models.rules.meetings import PRESENT

REGISTRATION_FIELDS = ("community", "registered_on", "skills", "post", "ended_on", "remark")
SERVICE_FIELDS = ("on", "people", "content", "hours", "community", "confirmed_by", "pairing_id", "remark")
MOST_HOURS = Decimal(24)
MOST_PEOPLE = 9999
_TEXTS = frozenset({"community", "skills", "post", "content", "confirmed_by", "remark"})


class Registration(Record):
    """That a member registered at a community (报到), with the post taken on there, until `ended_on`."""

    __tablename__ = "registrations"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    community: Mapped[str]
    registered_on: Mapped[date]
    skills: Mapped[str | None]
    post: Mapped[str | None]
    ended_on: Mapped[date | None]
    remark: Mapped[str | None]


class ServiceEntry(Record):
    """A service of one member, or of `people` of a branch whose names are not kept; `hours` are those of each.

    `confirmed_by` is who of the community confirmed it; `branch_id` is None above branches.
    """

    __tablename__ = "service_entries"
    __table_args__ = (Index("ix_service_entries_on", "on"),)

    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    pairing_id: Mapped[int | None] = mapped_column(ForeignKey("pairings.id"), index=True)
    on: Mapped[date]
    people: Mapped[int]
    content: Mapped[str]
    hours: Mapped[Decimal]
    community: Mapped[str | None]
    confirmed_by: Mapped[str | None]
    remark: Mapped[str | None]


def register(session: Session, member_id: int, values: Mapping[str, Any], today: date) -> Registration:
    """Registers a member at a community; FieldError without community or day, and where the member is there already."""
    member = find_by_id(session, member_id)
    given = _registration({key: values.get(key) for key in REGISTRATION_FIELDS}, today)
    standing = select(Registration.registered_on).where(
        Registration.member_id == member.id,
        Registration.community == given["community"],
        or_(Registration.ended_on.is_(None), Registration.ended_on >= given["registered_on"]),
    )
    known = session.scalars(standing).first()
    if known is not None:
        raise FieldError("community", f"{member.name}已在 {known} 到这个社区报到，请修改那一条。")
    added = Registration(member_id=member.id, **given)
    session.add(added)
    session.flush()
    return added


def change_registration(session: Session, registration_id: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is given of a registration; FieldError without community or day."""
    found = numbered(session, Registration, registration_id, "报到记录")
    given = {key: values.get(key, getattr(found, key)) for key in REGISTRATION_FIELDS}
    assign(found, _registration(given, today))
    session.flush()


def remove_registration(session: Session, registration_id: int) -> None:
    """Removes a registration entered by mistake."""
    session.delete(numbered(session, Registration, registration_id, "报到记录"))
    session.flush()


def serve(
    session: Session, member_id: int | None, branch_id: int | None, values: Mapping[str, Any], today: date
) -> ServiceEntry:
    """Enters a service of a member, or without one of `people` of a branch.

    FieldError where it says too little, for a day to come, and for a member whose attendance at a service of that day
    is on the branch's record, unless a remark says that it is another one: no hour counts twice.
    """
    given = {key: values.get(key) for key in SERVICE_FIELDS}
    if member_id is not None:
        member = find_by_id(session, member_id)
        branch_id, given["people"] = member.branch_id, given["people"] or 1
    added = ServiceEntry(member_id=member_id, branch_id=branch_id, **_service(session, given, member_id, today))
    session.add(added)
    session.flush()
    return added


def change_service(session: Session, entry_id: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is given of a service; FieldError as for a new one."""
    found = numbered(session, ServiceEntry, entry_id, "服务记录")
    given = {key: values.get(key, getattr(found, key)) for key in SERVICE_FIELDS}
    assign(found, _service(session, given, found.member_id, today))
    session.flush()


def remove_service(session: Session, entry_id: int) -> None:
    """Removes a service entered by mistake."""
    session.delete(numbered(session, ServiceEntry, entry_id, "服务记录"))
    session.flush()


def services_of(session: Session, pairing_id: int) -> Sequence[ServiceEntry]:
    """The services entered for a pairing by day."""
    chosen = select(ServiceEntry).where(ServiceEntry.pairing_id == pairing_id)
    return session.scalars(chosen.order_by(ServiceEntry.on, ServiceEntry.id)).all()


def service_kinds(session: Session) -> tuple[str, ...]:
    """The keys of the kinds of activity whose hours are hours of service."""
    known = activity_kinds.by_key(session)
    return tuple(key for key, kind in known.items() if "service_hours" in kind.counts)


def _registration(given: dict[str, Any], today: date) -> dict[str, Any]:
    given |= {key: tidy(given[key]) or None for key in given if key in _TEXTS}
    if not given["community"]:
        raise FieldError("community", "请填写报到社区。")
    if given["registered_on"] is None:
        raise FieldError("registered_on", "请填写报到日期。")
    require_past("registered_on", given["registered_on"], today)
    if given["ended_on"] is not None and given["ended_on"] < given["registered_on"]:
        raise FieldError("ended_on", f"结束日期 {given['ended_on']} 早于报到日期 {given['registered_on']}。")
    return given


def _service(session: Session, given: dict[str, Any], member_id: int | None, today: date) -> dict[str, Any]:
    given |= {key: tidy(given[key]) or None for key in given if key in _TEXTS}
    if given["on"] is None:
        raise FieldError("on", "请填写服务日期。")
    require_past("on", given["on"], today)
    if not given["content"]:
        raise FieldError("content", "请填写服务内容。")
    if given["hours"] is None or not 0 < given["hours"] <= MOST_HOURS:
        raise FieldError("hours", f"请填写每人的服务时长，应大于 0，不超过 {MOST_HOURS} 小时。")
    if not given["people"] or not 0 < given["people"] <= MOST_PEOPLE:
        raise FieldError("people", "请填写姓名，或者填写人数。")
    if member_id is not None and given["people"] != 1:
        raise FieldError("people", "写了姓名的一行是一个人；几个人一起的，请每人一行，或者只写人数。")
    if member_id is not None and not given["remark"] and _is_on_record(session, member_id, given["on"]):
        said = "这天的志愿服务活动已经记有本人出席，时长从活动得出，不用再登记；确是另一次的，请在备注写明。"
        raise FieldError("on", said)
    return given


def _is_on_record(session: Session, member_id: int, on: date) -> bool:
    """Whether the member's attendance at a service of the day stands in the record of an activity."""
    chosen = (
        select(Attendance.id)
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(
            Attendance.member_id == member_id,
            Attendance.state == PRESENT,
            Activity.held_on == on,
            Activity.state.in_(HELD),
            Activity.kind.in_(service_kinds(session)),
        )
    )
    return session.scalars(chosen).first() is not None
