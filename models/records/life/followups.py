"""What follows from a meeting (后续事项): an issue, who sees to it, by when, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError
from models.kinds import tidy
from models.records.life import activities

FIELDS = ("issue", "owner", "due_on", "done_on", "result")


class FollowUp(Record):
    """One task, of a meeting or of a branch by itself; it is open until `done_on`."""

    __tablename__ = "follow_ups"

    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    issue: Mapped[str]
    owner: Mapped[str | None]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None] = mapped_column(index=True)
    result: Mapped[str | None]


def add(
    session: Session,
    values: Mapping[str, Any],
    today: date,
    activity_id: int | None = None,
    branch_id: int | None = None,
) -> FollowUp:
    """Enters a task; that of an activity belongs to its branch. FieldError where it says too little."""
    if activity_id is not None:
        branch_id = activities.find(session, activity_id).branch_id
    added = FollowUp(activity_id=activity_id, branch_id=branch_id, **_verified(values, today))
    session.add(added)
    session.flush()
    return added


def change(session: Session, followup_id: int, values: Mapping[str, Any], today: date) -> FollowUp:
    """Changes what is given of a task, as the day on which it was done; filed records do not hinder it."""
    found = numbered(session, FollowUp, followup_id, "后续事项")
    given = {key: getattr(found, key) for key in FIELDS} | {key: values[key] for key in FIELDS if key in values}
    assign(found, _verified(given, today))
    session.flush()
    return found


def remove(session: Session, followup_id: int) -> None:
    """Removes a task entered by mistake."""
    session.delete(numbered(session, FollowUp, followup_id, "后续事项"))
    session.flush()


def of(session: Session, activity_id: int) -> Sequence[FollowUp]:
    """The tasks that follow from an activity, in order of entry."""
    chosen = select(FollowUp).where(FollowUp.activity_id == activity_id)
    return session.scalars(chosen.order_by(FollowUp.id)).all()


def _verified(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    given = {key: values.get(key) for key in FIELDS}
    given |= {key: tidy(given[key]) or None for key in ("issue", "owner", "result")}
    if not given["issue"]:
        raise FieldError("issue", "请填写要办的事项。")
    if given["done_on"] is not None and given["done_on"] > today:
        raise FieldError("done_on", f"{given['done_on']} 还没有到，办结后再登记。")
    return given
