"""The agenda of a meeting: its items with tags, and who said what to them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError
from models.kinds import tidy
from models.records.life.voters import open_activity

TAGS = ("三重一大", "发展党员", "党费", "困难帮扶", "选举", "党风廉政", "学习教育", "民主评议", "意识形态", "保密")


class AgendaItem(Record):
    """One item in its place; `tags` are words parted by 、."""

    __tablename__ = "agenda_items"

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    place: Mapped[int]
    title: Mapped[str]
    tags: Mapped[str | None]


class Contribution(Record):
    """What somebody said to an item."""

    __tablename__ = "contributions"

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"), index=True)
    speaker: Mapped[str]
    text: Mapped[str]


def put(session: Session, activity_id: int, values: Mapping[str, Any]) -> AgendaItem:
    """Puts an item at the end of the agenda; FieldError without a title."""
    open_activity(session, activity_id)
    last = max((each.place for each in items(session, activity_id)), default=0)
    added = AgendaItem(activity_id=activity_id, place=last + 1, **_verified(values))
    session.add(added)
    session.flush()
    return added


def change(session: Session, item_id: int, values: Mapping[str, Any]) -> AgendaItem:
    """Changes what is given of an item."""
    found = _item(session, item_id)
    given = {"title": found.title, "tags": found.tags} | {k: values[k] for k in ("title", "tags") if k in values}
    assign(found, _verified(given))
    session.flush()
    return found


def remove(session: Session, item_id: int) -> None:
    """Removes an item with what was said to it."""
    found = _item(session, item_id)
    for each in contributions(session, found.activity_id):
        if each.agenda_item_id == found.id:
            session.delete(each)
    session.flush()
    session.delete(found)
    session.flush()


def say(session: Session, item_id: int, speaker: str, text: str) -> Contribution:
    """Notes what somebody said to an item; FieldError without a name or words."""
    found = _item(session, item_id)
    if not tidy(speaker):
        raise FieldError("speaker", "请填写发言人。")
    if not tidy(text):
        raise FieldError("text", "请填写发言要点。")
    added = Contribution(agenda_item_id=found.id, speaker=tidy(speaker), text=text.strip())
    session.add(added)
    session.flush()
    return added


def unsay(session: Session, contribution_id: int) -> None:
    """Removes what was noted by mistake."""
    found = numbered(session, Contribution, contribution_id, "发言")
    _item(session, found.agenda_item_id)
    session.delete(found)
    session.flush()


def items(session: Session, activity_id: int) -> Sequence[AgendaItem]:
    """The agenda of an activity, in order."""
    chosen = select(AgendaItem).where(AgendaItem.activity_id == activity_id)
    return session.scalars(chosen.order_by(AgendaItem.place, AgendaItem.id)).all()


def contributions(session: Session, activity_id: int) -> Sequence[Contribution]:
    """What was said at an activity, item by item."""
    chosen = select(Contribution).join(AgendaItem, AgendaItem.id == Contribution.agenda_item_id)
    own = chosen.where(AgendaItem.activity_id == activity_id)
    return session.scalars(own.order_by(AgendaItem.place, AgendaItem.id, Contribution.id)).all()


def _verified(values: Mapping[str, Any]) -> dict[str, Any]:
    title, tags = tidy(values.get("title")), tidy(values.get("tags"))
    if not title:
        raise FieldError("title", "请填写议题。")
    words = dict.fromkeys(word for word in tags.replace("，", "、").replace(",", "、").split("、") if word.strip())
    return {"title": title, "tags": "、".join(words) or None}


def _item(session: Session, item_id: int) -> AgendaItem:
    found = numbered(session, AgendaItem, item_id, "议题")
    open_activity(session, found.activity_id)
    return found
