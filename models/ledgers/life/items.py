"""What organisation life leaves behind to be counted: each record with its day, its branch and what it adds up to."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from models.records.life.activities import DROPPED, HELD, STATES, Activity
from models.records.life.activity_kinds import Kind, by_key
from models.records.life.attendance import Attendance
from models.records.members.organisation import GROUP, Organisation
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, PRESENT
from models.rules.periods import Month

Amount = Decimal | int
Words = Mapping[str, tuple[str, ...]]
LECTURER, TAG = "lecturer", "tag"
_PARTS = re.compile(r"[、，,;；\n]+")
_NOBODY = (0,) * 8
_NO_WORDS: Words = MappingProxyType({})


@dataclass(frozen=True)
class Span:
    """The days that are counted, both included, in the whole file or in one branch, and the day on which they are."""

    first: date
    last: date
    today: date
    branch_id: int | None = None


class Item(NamedTuple):
    """A record that is counted: `source` and `id` say which; `amounts` what it adds by name, `words` what it names."""

    source: str
    id: int
    on: date
    kind: str
    kind_name: str
    name: str
    branch: str
    amounts: Mapping[str, Amount]
    words: Words = _NO_WORDS


@dataclass(frozen=True)
class Source:
    """A table that is counted: its name, and how its records are read; `since_ever` from the first of them all.

    `summed` reads what they come to day by day, where there are many of them.
    """

    name: str
    read: Callable[[Session, Span], list[Item]]
    since_ever: bool = False
    summed: Callable[[Session, Span], list[Item]] | None = None


def parts(text: str | None) -> tuple[str, ...]:
    """What a field names one behind the other, each once: 党风廉政、全面从严治党 are two."""
    return tuple(dict.fromkeys(part for each in _PARTS.split(text or "") if (part := each.strip())))


def held(session: Session, span: Span) -> list[Item]:
    """Every activity that was held, with those who came to it."""
    chosen = _held_in(span)
    known, names = by_key(session), full_names(session)
    came = _came(session, chosen)
    rows: Iterable[Any] = session.execute(
        select(
            Activity.id, Activity.kind, Activity.held_on, Activity.organisation_id,
            func.coalesce(Activity.title, Activity.theme, ""), Activity.lecturer, Activity.tags, Activity.people,
            Activity.eligible, Activity.is_online, Activity.hours, Activity.product, Activity.uploaded_on,
        ).where(chosen).order_by(Activity.held_on, Activity.id)
    )  # fmt: skip
    words: dict[tuple[str | None, str | None], Words] = {}
    found = []
    for number, key, on, organisation_id, name, lecturer, tags, *figures in rows:
        kind = known.get(key)
        said = lecturer, tags
        if said not in words:
            words[said] = {LECTURER: parts(lecturer), TAG: parts(tags)}
        amounts = _amounts(kind, came.get(number, _NOBODY), *figures)
        kind_name = kind.name if kind is not None else key
        found.append(Item("activities", number, on, key, kind_name, name, names[organisation_id], amounts, words[said]))
    return found


def _held_in(span: Span) -> ColumnElement[bool]:
    chosen = and_(Activity.held_on.between(span.first, span.last), Activity.state.in_(HELD))
    return chosen if span.branch_id is None else and_(chosen, Activity.branch_id == span.branch_id)


def _came(session: Session, chosen: ColumnElement[bool]) -> dict[int, Sequence[int]]:
    """Those called to each activity and those who came, in one question, in the order of _amounts."""
    called, present = Attendance.entitled.is_(True), Attendance.state == PRESENT
    met = (
        called, called & present, called & Attendance.state.in_((LEAVE, ON_DUTY)),
        called & (Attendance.state == ABSENT), present, Attendance.dual.is_(True), Attendance.dual.is_(True) & present,
        Attendance.made_up_on.is_not(None),
    )  # fmt: skip
    sums = (func.sum(case((each, 1), else_=0)) for each in met)
    rows = session.execute(
        select(Attendance.activity_id, *sums)
        .where(Attendance.activity_id.in_(select(Activity.id).where(chosen)))
        .group_by(Attendance.activity_id)
    )
    return {row[0]: row[1:] for row in rows}


def _amounts(
    kind: Kind | None,
    called: Sequence[int],
    people: int | None,
    eligible: int | None,
    is_online: bool | None,
    hours: Decimal | None,
    product: str | None,
    uploaded_on: date | None,
) -> dict[str, Amount]:
    """What an activity adds, by name: of those called to it, of those who took part, of its own fields."""
    entitled, present, leave, absent, came, dual, dual_came, made_up = called
    took_part = came if people is None else people
    online = _is_online(is_online, kind)
    return {
        "times": 1,
        "entitled": entitled,
        "present": present,
        "leave": leave,
        "absent": absent,
        "dual": dual,
        "dual_came": dual_came,
        "made_up": made_up,
        "people": took_part,
        "eligible": eligible or 0,
        "taking_part": min(took_part, eligible or 0),
        "online": int(online),
        "offline": int(not online),
        "hours": hours or 0,
        "service_hours": hours * took_part if hours else 0,
        "products": len(parts(product)) if product else 0,
        "uploaded": int(uploaded_on is not None),
    }


def _is_online(said: bool | None, kind: Kind | None) -> bool:
    return said if said is not None else kind is not None and kind.online


def planned(session: Session, span: Span) -> list[Item]:
    """Every activity by the month it was planned for: whether it was held, dropped, or is still to come."""
    known, names = by_key(session), full_names(session)
    chosen: ColumnElement[bool] = Activity.planned_month.between(Month.of(span.first), Month.of(span.last))
    if span.branch_id is not None:
        chosen = and_(chosen, Activity.branch_id == span.branch_id)
    rows: Iterable[Any] = session.execute(
        select(
            Activity.id, Activity.kind, Activity.planned_month, Activity.planned_on, Activity.organisation_id,
            Activity.title, Activity.theme, Activity.state,
        ).where(chosen).order_by(Activity.planned_month, Activity.id)
    )  # fmt: skip
    ways: Mapping[str, Mapping[str, Amount]] = {
        state: {"planned": 1, "kept": int(state in HELD), "dropped": int(state == DROPPED)} for state in STATES
    }
    return [
        Item(
            "plans", number, day or month.first_day, kind, known[kind].name if kind in known else kind,
            title or theme or "", names.get(organisation_id, ""), ways[state],
        )
        for number, kind, month, day, organisation_id, title, theme, state in rows
    ]  # fmt: skip


def full_names(session: Session) -> dict[int, str]:
    """What each organisation is called; a group is called with its branch."""
    known = {
        row.id: row
        for row in session.execute(
            select(Organisation.id, Organisation.parent_id, Organisation.kind, Organisation.name)
        )
    }
    return {
        number: known[row.parent_id].name + row.name if row.kind == GROUP else row.name for number, row in known.items()
    }


SOURCES = (Source("activities", held), Source("plans", planned))
