"""Points of members (党员积分、先锋指数): the items of a year, the scores for each, and what adds or takes away."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.codes import RESOURCES
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.members.facts import require_past
from models.records.members.members import find_by_id

SCORES = ("own", "by_group", "by_branch")
SCORE_TITLES: Mapping[str, str] = {"own": "自评", "by_group": "小组评", "by_branch": "支部评"}
EVENT_FIELDS = ("on", "points", "reason")
HIGHEST = Decimal(1000)


class PointItem(Record):
    """An item of a year's scheme and the points that are full marks; `place` is its order."""

    __tablename__ = "point_items"
    year: Mapped[int] = mapped_column(index=True)
    item: Mapped[str]
    standard: Mapped[Decimal]
    place: Mapped[int]


class PointScore(Record):
    """What a member got for an item: from the member, the group and the branch; only the last one counts."""

    __tablename__ = "point_scores"
    __table_args__ = (UniqueConstraint("item_id", "member_id"),)

    item_id: Mapped[int] = mapped_column(ForeignKey("point_items.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    own: Mapped[Decimal | None]
    by_group: Mapped[Decimal | None]
    by_branch: Mapped[Decimal | None]


class PointEvent(Record):
    """Points added to a member's, or below zero taken away, on a day and for a reason."""

    __tablename__ = "point_events"
    __table_args__ = (Index("ix_point_events_on", "on"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    on: Mapped[date]
    points: Mapped[Decimal]
    reason: Mapped[str]


@dataclass(frozen=True)
class Item:
    """An item as it is kept or is to be kept; `id` is None for a new one."""

    item: str
    standard: Decimal
    id: int | None = None


@cache
def supplied() -> tuple[Item, ...]:
    """The scheme that comes with the program, for a file that has none."""
    loaded = json.loads((RESOURCES / "scales" / "points.json").read_text(encoding="utf-8"))
    return tuple(Item(each["item"], Decimal(each["standard"])) for each in loaded)


def items(session: Session, year: int) -> Sequence[PointItem]:
    """The items of a year's scheme in order; none while it has no scheme."""
    return session.scalars(
        select(PointItem).where(PointItem.year == year).order_by(PointItem.place, PointItem.id)
    ).all()


def offered(session: Session, year: int) -> Sequence[Item]:
    """The scheme of a year, or what it would begin with: that of the last year before it, else the supplied one."""
    own = items(session, year)
    if own:
        return [Item(each.item, each.standard, each.id) for each in own]
    last = session.scalar(select(func.max(PointItem.year)).where(PointItem.year < year))
    if last is None:
        return supplied()
    return [Item(each.item, each.standard) for each in items(session, last)]


def scheme(session: Session, year: int) -> Sequence[PointItem]:
    """The items of a year's scheme, begun from the year before or from what is supplied where it has none."""
    if not items(session, year):
        set_scheme(session, year, offered(session, year))
    return items(session, year)


def set_scheme(session: Session, year: int, wanted: Sequence[Item]) -> None:
    """Makes these the items of a year, in this order.

    FieldError for a name that is empty or stands twice and for full marks below a score that was given; UserError for
    taking away an item that has scores.
    """
    known = {each.id: each for each in items(session, year)}
    _check_scheme(wanted)
    for item_id, gone in known.items():
        if item_id not in {each.id for each in wanted}:
            if _best(session, item_id) is not None:
                raise UserError(f"“{gone.item}”已经有评分，不能从这一年的项目里去掉。")
            session.delete(gone)
    session.flush()
    for place, each in enumerate(wanted, 1):
        found = known.get(each.id) if each.id is not None else None
        if found is None:
            session.add(PointItem(year=year, item=tidy(each.item), standard=each.standard, place=place))
            continue
        best = _best(session, found.id)
        if best is not None and best > each.standard:
            raise FieldError("standard", f"“{each.item}”已有 {best.normalize():f} 分的评分，标准分不能低于它。")
        found.item, found.standard, found.place = tidy(each.item), each.standard, place
    session.flush()


def score(session: Session, member_id: int, item: PointItem, values: Mapping[str, Decimal | None]) -> bool:
    """Gives a member the scores that are stated for an item; answers whether anything changed.

    FieldError below zero and above the item's full marks. A member left without any score has no record.
    """
    member = find_by_id(session, member_id)
    known = score_of(session, member.id, item.id)
    given = {key: values.get(key, getattr(known, key, None)) for key in SCORES}
    for key, value in given.items():
        if value is not None and not 0 <= value <= item.standard:
            said = f"{item.item}{SCORE_TITLES[key]}应在 0 至 {item.standard.normalize():f} 分之间。"
            raise FieldError(f"{key}_{item.item}", said)
    if known is None:
        if all(value is None for value in given.values()):
            return False
        session.add(PointScore(item_id=item.id, member_id=member.id, **given))
    elif all(getattr(known, key) == value for key, value in given.items()):
        return False
    elif all(value is None for value in given.values()):
        session.delete(known)
    else:
        for key, value in given.items():
            setattr(known, key, value)
    session.flush()
    return True


def score_of(session: Session, member_id: int, item_id: int) -> PointScore | None:
    """What a member got for an item."""
    chosen = select(PointScore).where(PointScore.item_id == item_id, PointScore.member_id == member_id)
    return session.scalars(chosen).first()


def add_event(session: Session, member_id: int, values: Mapping[str, Any], today: date) -> PointEvent:
    """Adds points or takes some away; FieldError without day, points or reason."""
    member = find_by_id(session, member_id)
    given = {key: values.get(key) for key in EVENT_FIELDS}
    _check_event(given, today)
    added = PointEvent(member_id=member.id, **given)
    session.add(added)
    session.flush()
    return added


def change_event(session: Session, event_id: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is given of an addition or deduction."""
    found = numbered(session, PointEvent, event_id, "加减分记录")
    given = {key: values.get(key, getattr(found, key)) for key in EVENT_FIELDS}
    _check_event(given, today)
    for key, value in given.items():
        setattr(found, key, value)
    session.flush()


def remove_event(session: Session, event_id: int) -> None:
    """Removes an addition or deduction entered by mistake."""
    session.delete(numbered(session, PointEvent, event_id, "加减分记录"))
    session.flush()


def events(session: Session, year: int) -> Sequence[PointEvent]:
    """The additions and deductions of a year, in order of their days."""
    within = PointEvent.on.between(date(year, 1, 1), date(year, 12, 31))
    return session.scalars(select(PointEvent).where(within).order_by(PointEvent.on, PointEvent.id)).all()


def _best(session: Session, item_id: int) -> Decimal | None:
    """The highest score that anybody has for an item, None where nobody has one."""
    found = session.scalars(select(PointScore).where(PointScore.item_id == item_id))
    given = [getattr(each, key) for each in found for key in SCORES]
    return max((value for value in given if value is not None), default=None)


def _check_scheme(wanted: Sequence[Item]) -> None:
    if not wanted:
        raise UserError("积分项目至少要有一项。")
    names = [tidy(each.item) for each in wanted]
    for name, each in zip(names, wanted, strict=True):
        if not name:
            raise FieldError("item", "积分项目的名称不能空着。")
        if names.count(name) > 1:
            raise FieldError("item", f"“{name}”写了两次，请合在一起。")
        if not 0 < each.standard <= HIGHEST:
            raise FieldError("standard", f"“{name}”的标准分应大于 0，不超过 {HIGHEST}。")


def _check_event(given: Mapping[str, Any], today: date) -> None:
    if given["on"] is None:
        raise FieldError("on", "请填写加减分的日期。")
    require_past("on", given["on"], today)
    if not given["points"]:
        raise FieldError("points", "请填写分值，减分写成负数。")
    if abs(given["points"]) > HIGHEST:
        raise FieldError("points", f"分值不应超过 {HIGHEST}。")
    if not given["reason"]:
        raise FieldError("reason", "请填写加分或减分的原因。")
