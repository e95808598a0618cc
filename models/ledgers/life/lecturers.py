"""党课授课统计: who gave how many party lectures, and who of the committees gave none."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import DAY, NUMBER, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.life.hours import HOURS, ZERO
from models.ledgers.members.roster import members_on
from models.records.life import activity_kinds, attendance
from models.records.life.activities import HELD, Activity
from models.records.life.entitlement import NO_SEAT
from models.records.members.committee import Seat, Term
from models.records.members.organisation import Organisation
from models.rules.presence import Span

LECTURE, MICRO = "party_lecture", "micro_lecture"
GAVE, NONE = "已讲", "还没有讲"
STATE = Choice((NONE, GAVE), tones={NONE: "warn", GAVE: "good"})
_BETWEEN = re.compile(r"[、，,；;\s]+")
_MOST_TOPICS = 6


@dataclass(frozen=True, slots=True)
class LecturerRow:
    """One lecturer; `seat` is the post in a committee, `listeners` counts everybody who came each time."""

    name: str
    post: str | None
    seat: str | None
    branch: str | None
    lectures: int
    micro: int
    others: int
    total: int
    hours: Decimal
    listeners: int
    last_on: date | None
    topics: str
    state: str


@dataclass(frozen=True)
class _Given:
    """One lecture given by one lecturer."""

    kind: str
    on: date
    post: str | None
    topic: str
    hours: Decimal
    listeners: int


def lecturer_rows(session: Session, view: View) -> list[LecturerRow]:
    """Everybody in a committee and whoever else gave a lecture in the period; those of the committees first."""
    given, seats = _lectures(session, view), _seats(session, view)
    names = [*seats, *(name for name in given if name not in seats)]
    return [_row(name, given.get(name, []), *seats.get(name, (None, None))) for name in names]


def _row(name: str, given: Sequence[_Given], seat: str | None, branch: str | None) -> LecturerRow:
    lectures, micro = (sum(each.kind == kind for each in given) for kind in (LECTURE, MICRO))
    topics = list(dict.fromkeys(each.topic for each in given if each.topic))
    more = f"等 {len(topics)} 题" if len(topics) > _MOST_TOPICS else ""
    return LecturerRow(
        name=name,
        post=next((each.post for each in reversed(given) if each.post), None),
        seat=seat,
        branch=branch,
        lectures=lectures,
        micro=micro,
        others=len(given) - lectures - micro,
        total=len(given),
        hours=sum((each.hours for each in given), ZERO),
        listeners=sum(each.listeners for each in given),
        last_on=max((each.on for each in given), default=None),
        topics="；".join(topics[:_MOST_TOPICS]) + more,
        state=GAVE if given else NONE,
    )


def _lectures(session: Session, view: View) -> dict[str, list[_Given]]:
    """What each lecturer gave, in order of the day; several who gave one together have it each."""
    kinds = [key for key, kind in activity_kinds.by_key(session).items() if "lecturer" in kind.fields]
    chosen = select(Activity).where(
        Activity.held_on.between(view.period.first.first_day, view.period.last.last_day),
        Activity.kind.in_(kinds),
        Activity.state.in_(HELD),
        Activity.lecturer.is_not(None),
    )
    if view.branch_id is not None:
        chosen = chosen.where(Activity.branch_id == view.branch_id)
    held = session.scalars(chosen.order_by(Activity.held_on, Activity.id)).all()
    counts = attendance.counts(session, [each.id for each in held])
    found: defaultdict[str, list[_Given]] = defaultdict(list)
    for each in held:
        assert each.held_on is not None
        count = counts.get(each.id)
        listeners = count.present + count.visitors if count is not None else each.people or 0
        topic = each.title or each.theme or ""
        for name in dict.fromkeys(_BETWEEN.split((each.lecturer or "").strip())):
            found[name].append(
                _Given(each.kind, each.held_on, each.lecturer_post, topic, each.hours or ZERO, listeners)
            )
    return dict(found)


def _seats(session: Session, view: View) -> dict[str, tuple[str, str]]:
    """The post and the organisation of everybody in a committee on the last day looked at, by name.

    A branch whose committee was never entered has those who have a post in the roster.
    """
    day = min(view.today, view.period.last.last_day)
    chosen = (
        select(Seat.name, Seat.post, Seat.since, Seat.until, Term.appointed_on, Term.renewed_on, Organisation)
        .join(Term, Term.id == Seat.term_id)
        .join(Organisation, Organisation.id == Term.organisation_id)
        .order_by(Organisation.id, Seat.id)
    )
    found: dict[str, tuple[str, str]] = {}
    entered = set()
    for name, post, since, until, appointed_on, renewed_on, node in session.execute(chosen):
        if view.branch_id is not None and node.id != view.branch_id:
            continue
        if Span(since, until).holds(day) and Span(appointed_on, renewed_on).holds(day):
            entered.add(node.id)
            found.setdefault(name, (post, node.name))
    for member in members_on(session, view):
        if member.branch_id not in entered and member.party_post not in NO_SEAT:
            found.setdefault(member.name, (member.party_post, member.branch))
    return found


def _note(rows: Sequence[LecturerRow]) -> str:
    seated = [row for row in rows if row.seat is not None]
    given = sum(row.total for row in seated)
    silent = "、".join(row.name for row in seated if not row.total)
    return f"班子成员讲课 {given} 次" + (
        f"；还没有讲过的：{silent}。" if silent else "，人人讲过。" if seated else "。"
    )


LIFE_LECTURERS = Ledger(
    name="life_lecturers",
    title="党课授课统计",
    columns=(
        Column("name", "授课人", PERSON, 10, entered=False),
        Column("seat", "班子职务", TEXT, 10, entered=False),
        Column("branch", "党组织", TEXT, 14, entered=False),
        Column("post", "授课时职务", TEXT, 14, entered=False),
        Column("lectures", "党课", NUMBER, 6, entered=False, totalled=True),
        Column("micro", "微党课", NUMBER, 7, entered=False, totalled=True),
        Column("others", "其他授课", NUMBER, 8, entered=False, totalled=True),
        Column("total", "合计次数", NUMBER, 8, entered=False, totalled=True),
        Column("hours", "学时", HOURS, 6, entered=False),
        Column("listeners", "听课人次", NUMBER, 8, entered=False, totalled=True),
        Column("last_on", "最近一次", DAY, 11, entered=False),
        Column("state", "情况", STATE, 9, entered=False),
        Column("topics", "课题", TEXT, 30, entered=False),
    ),
    rows=lecturer_rows,
    lines=("填报单位（盖章）：{unit}", "", "截至{date}"),
    note_of=_note,
    empty="这段时间还没有党课。",
)
