"""双报到登记表 and 志愿服务台账 (F45): services entered by hand, and beside them those on the record of an activity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, ID_NUMBER, NUMBER, PERSON, TEXT
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.care.pairings import pairing_named
from models.ledgers.life.hours import ZERO
from models.ledgers.life.saving import branch_meant
from models.ledgers.served import SERVICE_HOURS
from models.records.care import volunteering
from models.records.care.pairings import Pairing
from models.records.care.volunteering import REGISTRATION_FIELDS, SERVICE_FIELDS, Registration, ServiceEntry
from models.records.life.activities import HELD, Activity
from models.records.life.attendance import Attendance
from models.records.members.members import Member
from models.records.members.organisation import Organisation, root
from models.records.members.people import People
from models.records.outcomes import Taken, take_each
from models.rules.meetings import PRESENT
from models.rules.periods import Month, Period

ENTERED, FROM_ACTIVITY = "登记", "活动记录"


@dataclass(frozen=True, slots=True)
class RegistrationRow:
    """Where a member registered."""

    id: int
    member_id: int
    name: str
    id_number: str | None
    branch: str
    community: str
    registered_on: date
    skills: str | None
    post: str | None
    ended_on: date | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service; one on the record of an activity has that activity's number, and below nought as its own."""

    id: int
    on: date
    name: str | None
    id_number: str | None
    branch: str
    people: int
    content: str
    hours: Decimal | None
    total: Decimal
    community: str | None
    pairing: str | None
    confirmed_by: str | None
    registered_at: str | None
    registered_on: date | None
    skills: str | None
    post: str | None
    source: str
    remark: str | None
    activity_id: int | None = None


def registration_rows(session: Session, view: View) -> list[RegistrationRow]:
    """Every registration that reaches into the view's period, by branch and in order of its day."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = (
        select(Registration, Member, Organisation.name)
        .join(Member, Member.id == Registration.member_id)
        .join(Organisation, Organisation.id == Member.branch_id)
        .where(Registration.registered_on <= last, or_(Registration.ended_on.is_(None), Registration.ended_on >= first))
        .order_by(Organisation.id, Registration.registered_on, Registration.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    return [
        RegistrationRow(
            id=each.id,
            member_id=member.id,
            name=member.name,
            id_number=member.id_number,
            branch=branch,
            **{key: getattr(each, key) for key in REGISTRATION_FIELDS},
        )
        for each, member, branch in session.execute(chosen)
    ]


def service_rows(session: Session, view: View) -> list[ServiceRow]:
    """The services of the period by day: those entered, and those of activities, each counted once."""
    rows = [*_entered(session, view), *_of_activities(session, view)]
    return sorted(rows, key=lambda row: (row.on, row.id))


def _entered(session: Session, view: View) -> list[ServiceRow]:
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = (
        select(ServiceEntry, Member.name, Member.id_number, Organisation.name, Pairing.partner)
        .outerjoin(Member, Member.id == ServiceEntry.member_id)
        .outerjoin(Organisation, Organisation.id == func.coalesce(Member.branch_id, ServiceEntry.branch_id))
        .outerjoin(Pairing, Pairing.id == ServiceEntry.pairing_id)
        .where(ServiceEntry.on.between(first, last))
        .order_by(ServiceEntry.on, ServiceEntry.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(func.coalesce(Member.branch_id, ServiceEntry.branch_id) == view.branch_id)
    above, known = root(session).name, _registered(session)
    found = []
    for each, name, number, branch, partner in session.execute(chosen):
        at = next((r for r in known.get(each.member_id, ()) if r.ended_on is None or r.ended_on >= each.on), None)
        found.append(
            ServiceRow(
                each.id, each.on, name, number, branch or above, each.people, each.content, each.hours,
                each.hours * each.people, each.community, partner, each.confirmed_by,
                at.community if at else None, at.registered_on if at else None, at.skills if at else None,
                at.post if at else None, ENTERED, each.remark,
            )
        )  # fmt: skip
    return found


def _registered(session: Session) -> Mapping[int | None, Sequence[Registration]]:
    """Every member's registrations, the newest first."""
    found: dict[int | None, list[Registration]] = {}
    for each in session.scalars(select(Registration).order_by(Registration.registered_on.desc())):
        found.setdefault(each.member_id, []).append(each)
    return found


def _of_activities(session: Session, view: View) -> list[ServiceRow]:
    """The activities of service; people are those on the roll who came, unless a number was written."""
    came = (
        select(func.count())
        .where(Attendance.activity_id == Activity.id, Attendance.state == PRESENT)
        .correlate(Activity)
        .scalar_subquery()
    )
    chosen = (
        select(Activity, Organisation.name, came)
        .join(Organisation, Organisation.id == func.coalesce(Activity.branch_id, Activity.organisation_id))
        .where(
            Activity.held_on.between(view.period.first.first_day, view.period.last.last_day),
            Activity.state.in_(HELD),
            Activity.kind.in_(volunteering.service_kinds(session)),
        )
    )
    if view.branch_id is not None:
        chosen = chosen.where(Activity.branch_id == view.branch_id)
    found = []
    for each, branch, present in session.execute(chosen):
        assert each.held_on is not None
        people = present if each.people is None else each.people
        found.append(
            ServiceRow(
                -each.id, each.held_on, None, None, branch, people, each.title or each.theme or "志愿服务", each.hours,
                (each.hours or ZERO) * people, each.place, None, None, None, None, None, None, FROM_ACTIVITY, None,
                each.id,
            )
        )  # fmt: skip
    return found


def _save_registrations(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Adds or changes a registration a row: that of its number if the name agrees, else one of the same place."""
    people, taken = People(session, view.branch_id), Taken()
    return take_each(session, rows, lambda values: _take(session, people.named(values), values, view, taken))


def _take(session: Session, member: Member, values: Values, view: View, taken: Taken) -> Outcome:
    own = session.scalars(select(Registration).where(Registration.member_id == member.id)).all()
    known = next((each for each in own if str(each.id) == str(values.get("id"))), None) or next(
        (each for each in own if all(getattr(each, key) == values.get(key) for key in ("community", "registered_on"))),
        None,
    )
    stated = {key: values[key] for key in REGISTRATION_FIELDS if values.get(key) is not None}
    if known is None:
        added = volunteering.register(session, member.id, stated, view.today)
        taken.note(added.id)
        return Outcome("added", added.id)
    changes = any(getattr(known, key) != value for key, value in stated.items())
    if changes:
        taken.require_new(known.id, member.name)
        volunteering.change_registration(session, known.id, stated, view.today)
    taken.note(known.id)
    return Outcome("updated" if changes else "unchanged", known.id)


def _save_services(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Adds or changes a service a row; rows that come from activities are only recognised again."""
    people, taken = People(session, view.branch_id), Taken()
    days = [values["on"] for values in rows if values.get("on") is not None]
    span = Period(Month.of(min(days)), Month.of(max(days))) if days else view.period
    held = {row.id: row for row in _of_activities(session, replace(view, period=span))}
    return take_each(session, rows, lambda values: _take_service(session, values, view, people, taken, held))


def _take_service(
    session: Session,
    values: Values,
    view: View,
    people: People,
    taken: Taken,
    held: Mapping[int, ServiceRow],
) -> Outcome:
    number = _number(values.get("id"))
    activity = held.get(number)
    if activity is not None and (activity.on, activity.content) == (values.get("on"), values.get("content")):
        _require_same(activity, values)
        return Outcome("unchanged", number)
    member = people.named(values) if values.get("name") or values.get("id_number") else None
    branch_id = member.branch_id if member is not None else branch_meant(session, values, view)
    stated = {key: values[key] for key in SERVICE_FIELDS if values.get(key) is not None}
    if values.get("pairing"):
        stated["pairing_id"] = pairing_named(session, values["pairing"], branch_id, "pairing").id
    known = _known(session, number, member, branch_id, stated)
    if known is None:
        added = volunteering.serve(session, member.id if member else None, branch_id, stated, view.today)
        taken.note(added.id)
        return Outcome("added", added.id)
    changes = any(getattr(known, key) != value for key, value in stated.items())
    if changes:
        taken.require_new(known.id, member.name if member else "服务")
        volunteering.change_service(session, known.id, stated, view.today)
    taken.note(known.id)
    return Outcome("updated" if changes else "unchanged", known.id)


def _number(said: Any) -> int:
    text = str(said or "")
    return int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) < 10 else 0


def _require_same(activity: ServiceRow, values: Values) -> None:
    for key in ("people", "hours"):
        if values.get(key) is not None and values[key] != getattr(activity, key):
            raise FieldError(key, "这一行来自活动记录，人数和时长请在那次活动里修改。")


def _known(
    session: Session, number: int, member: Member | None, branch_id: int | None, stated: Mapping[str, Any]
) -> ServiceEntry | None:
    member_id = member.id if member is not None else None
    found = session.get(ServiceEntry, number) if number > 0 else None
    if found is not None and (found.member_id, found.on) == (member_id, stated.get("on")):
        return found
    chosen = select(ServiceEntry).where(
        ServiceEntry.member_id == member_id,
        ServiceEntry.branch_id == branch_id,
        ServiceEntry.on == stated.get("on"),
        ServiceEntry.content == stated.get("content"),
    )
    return session.scalars(chosen.order_by(ServiceEntry.id)).first()


def _service_note(rows: Sequence[ServiceRow]) -> str:
    held = [row for row in rows if row.activity_id is not None]
    lacking = sum(row.hours is None for row in held)
    times, total = sum(row.people for row in rows), sum((row.total for row in rows), ZERO)
    said = f"共 {len(rows)} 次、{times} 人次、{SERVICE_HOURS.show(total)} 小时，其中 {len(held)} 次来自活动记录。"
    return said + (f"有 {lacking} 次活动没有填时长，没有计入小时。" if lacking else "")


CARE_REGISTRATIONS = Ledger(
    name="care_registrations",
    title="在职党员双报到登记表",
    columns=(
        Column("name", "姓名", PERSON, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("community", "报到社区", TEXT, 18, required=True, synonyms=("社区",)),
        Column("registered_on", "报到日期", DAY, 11, required=True, synonyms=("报到时间",)),
        Column("skills", "特长", TEXT, 16),
        Column("post", "认领岗位", TEXT, 16, synonyms=("岗位",)),
        Column("ended_on", "结束日期", DAY, 11),
        Column("remark", "备注", TEXT, 12),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=registration_rows,
    save=_save_registrations,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "截至{date}"),
    empty="还没有人登记到社区报到。按 Ctrl+N 登记。",
)
CARE_SERVICE = Ledger(
    name="care_service",
    title="双报到与志愿服务台账",
    columns=(
        Column("name", "姓名", PERSON, 9),
        Column("branch", "党支部", TEXT, 13),
        Column("registered_at", "报到社区", TEXT, 13, entered=False),
        Column("registered_on", "报到日期", DAY, 11, entered=False),
        Column("skills", "特长", TEXT, 10, entered=False),
        Column("post", "认领岗位", TEXT, 10, entered=False),
        Column("on", "服务日期", DAY, 11, required=True, synonyms=("日期", "时间")),
        Column("content", "内容", TEXT, 22, required=True, synonyms=("服务内容", "活动内容")),
        Column("people", "人数", NUMBER, 6, totalled=True, synonyms=("人次",)),
        Column("hours", "时长（小时）", SERVICE_HOURS, 8, synonyms=("时长", "服务时长", "时长(小时)", "小时")),
        Column("total", "合计小时", SERVICE_HOURS, 8, entered=False, totalled=True),
        Column("community", "服务地点", TEXT, 13, synonyms=("服务社区", "地点")),
        Column("pairing", "结对对象", TEXT, 12),
        Column("confirmed_by", "社区确认", TEXT, 9, synonyms=("社区确认（章）", "确认人")),
        Column("source", "来源", TEXT, 8, entered=False),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("remark", "备注", TEXT, 10),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=service_rows,
    save=_save_services,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", ""),
    note_of=_service_note,
    empty="这一年还没有志愿服务。活动记录里的志愿服务会自动列出；零散的按 Ctrl+N 登记。",
)
REGISTRATION_COLUMNS = tuple(column for column in CARE_REGISTRATIONS.columns if column.key in REGISTRATION_FIELDS)
SERVICE_COLUMNS = tuple(column for column in CARE_SERVICE.columns if column.key in SERVICE_FIELDS)
