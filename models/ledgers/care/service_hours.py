"""志愿服务时长汇总: each member's hours of service of a year against the mark, where the branch has set one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import settings
from models.kinds import NUMBER, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.life.hours import ZERO
from models.ledgers.members.roster import members_on
from models.ledgers.served import SERVICE_HOURS
from models.records.care import volunteering
from models.records.care.volunteering import Registration, ServiceEntry
from models.records.life.activities import HELD, Activity
from models.records.life.attendance import Attendance
from models.rules.meetings import PRESENT

MET, SHORT = "已达标", "未达标"
STATE = Choice((SHORT, MET), tones={SHORT: "warn", MET: "good"})


@dataclass(frozen=True, slots=True)
class Served:
    """What one member did once; `confirmed_by` is who of the community confirmed it."""

    on: date
    content: str
    hours: Decimal
    community: str | None
    confirmed_by: str | None
    from_activity: bool


@dataclass(frozen=True, slots=True)
class ServiceHoursRow:
    """One member's year; `wanted` and `state` are None where no mark is set."""

    member_id: int
    name: str
    branch: str
    community: str | None
    times: int
    entered: Decimal
    from_activities: Decimal
    total: Decimal
    wanted: int | None
    state: str | None


def served(session: Session, view: View) -> dict[int, list[Served]]:
    """What each member did in the period by day: own entries, and activities at which the member was present."""
    first, last = view.period.first.first_day, view.period.last.last_day
    found: defaultdict[int, list[Served]] = defaultdict(list)
    own = select(ServiceEntry).where(ServiceEntry.on.between(first, last), ServiceEntry.member_id.is_not(None))
    for each in session.scalars(own):
        assert each.member_id is not None
        found[each.member_id].append(
            Served(each.on, each.content, each.hours, each.community, each.confirmed_by, False)
        )
    came = (
        select(
            Attendance.member_id, Activity.held_on, Activity.title, Activity.theme, Activity.hours, Activity.place
        )
        .join(Activity, Activity.id == Attendance.activity_id)
        .where(
            Activity.held_on.between(first, last),
            Activity.state.in_(HELD),
            Activity.kind.in_(volunteering.service_kinds(session)),
            Attendance.state == PRESENT,
        )
    )  # fmt: skip
    for member_id, on, title, theme, hours, place in session.execute(came):
        assert on is not None
        found[member_id].append(Served(on, title or theme or "志愿服务", hours or ZERO, place, None, True))
    return {member_id: sorted(lines, key=lambda line: line.on) for member_id, lines in found.items()}


def service_hours_rows(session: Session, view: View) -> list[ServiceHoursRow]:
    """Every member of the roster at the end of the period, by branch as in the roster."""
    lines, places, wanted = served(session, view), _places(session, view), settings.read(session).service_hours
    found = []
    for member in members_on(session, view):
        own = lines.get(member.id, [])
        entered, held = (sum((e.hours for e in own if e.from_activity is kind), ZERO) for kind in (False, True))
        met = None if not wanted else MET if entered + held >= wanted else SHORT
        found.append(
            ServiceHoursRow(
                member.id, member.name, member.branch, places.get(member.id), len(own), entered, held, entered + held,
                wanted or None, met,
            )
        )  # fmt: skip
    return found


def _places(session: Session, view: View) -> dict[int, str]:
    """Where each member is registered in the period, the newest where there are several."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = select(Registration.member_id, Registration.community).where(
        Registration.registered_on <= last, or_(Registration.ended_on.is_(None), Registration.ended_on >= first)
    )
    return {row.member_id: row.community for row in session.execute(chosen.order_by(Registration.registered_on))}


def _note(session: Session, view: View) -> str:
    rows: Sequence[ServiceHoursRow] = service_hours_rows(session, view)
    took_part = sum(row.times > 0 for row in rows)
    said = f"{took_part} 名党员参加志愿服务。只写人数、没有点名的服务不计入个人时长。"
    wanted = settings.read(session).service_hours
    met = sum(row.state == MET for row in rows)
    return said + (f"每人全年 {wanted} 小时，{met} 人达标，{len(rows) - met} 人未达标。" if wanted else "")


CARE_SERVICE_HOURS = Ledger(
    name="care_service_hours",
    title="志愿服务时长汇总",
    columns=(
        Column("name", "姓名", PERSON, 10, entered=False),
        Column("branch", "所在党支部", TEXT, 16, entered=False),
        Column("community", "报到社区", TEXT, 18, entered=False),
        Column("times", "次数", NUMBER, 7, entered=False, totalled=True),
        Column("entered", "登记时长", SERVICE_HOURS, 9, entered=False, totalled=True),
        Column("from_activities", "活动时长", SERVICE_HOURS, 9, entered=False, totalled=True),
        Column("total", "合计小时", SERVICE_HOURS, 9, entered=False, totalled=True),
        Column("wanted", "应达小时", NUMBER, 8, entered=False),
        Column("state", "达标情况", STATE, 9, entered=False),
    ),
    rows=service_hours_rows,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", ""),
    note=_note,
    empty="名册里还没有党员。",
)
