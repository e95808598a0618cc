"""Polls (民主测评): how many could take part, how many did, and what was counted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError
from models.records.members.facts import require_past
from models.records.members.organisation import Organisation
from models.rules import appraisal as rules

FIELDS = ("title", "held_on", "eligible", "took_part", "counts", "remark")


class Poll(Record):
    """One poll of an organisation; `counts` are the votes by subject and answer as rules.appraisal writes them."""

    __tablename__ = "polls"
    __table_args__ = (Index("ix_polls_held_on", "held_on"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str]
    held_on: Mapped[date]
    eligible: Mapped[int | None]
    took_part: Mapped[int | None]
    counts: Mapped[str | None]
    remark: Mapped[str | None]


def add(session: Session, organisation_id: int, values: Mapping[str, Any], today: date) -> Poll:
    """Enters a poll; FieldError without a name or day, and where more votes were counted than people took part."""
    node = session.get_one(Organisation, organisation_id)
    given = {key: values.get(key) for key in FIELDS}
    _check(given, today)
    added = Poll(organisation_id=node.id, **given)
    session.add(added)
    session.flush()
    return added


def change(session: Session, poll_id: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is given of a poll."""
    found = numbered(session, Poll, poll_id, "民主测评")
    given = {key: values.get(key, getattr(found, key)) for key in FIELDS}
    _check(given, today)
    for key, value in given.items():
        setattr(found, key, value)
    session.flush()


def remove(session: Session, poll_id: int) -> None:
    """Removes a poll entered by mistake."""
    session.delete(numbered(session, Poll, poll_id, "民主测评"))
    session.flush()


def _check(given: Mapping[str, Any], today: date) -> None:
    if not given["title"]:
        raise FieldError("title", "请填写测评名称。")
    if given["held_on"] is None:
        raise FieldError("held_on", "请填写测评日期。")
    require_past("held_on", given["held_on"], today)
    eligible, took_part = given["eligible"], given["took_part"]
    for key, number in (("eligible", eligible), ("took_part", took_part)):
        if number is not None and number < 0:
            raise FieldError(key, "人数不能是负数。")
    if eligible is not None and took_part is not None and took_part > eligible:
        raise FieldError("took_part", f"实参评 {took_part} 人多于应参评 {eligible} 人，请核对。")
    if given["counts"]:
        _check_counts(given["counts"], took_part)


def _check_counts(text: str, took_part: int | None) -> None:
    try:
        counts = rules.counts_of(text)
    except ValueError as problem:
        raise FieldError("counts", str(problem)) from None
    for subject, answers in counts:
        total = sum(number for _, number in answers)
        if took_part is not None and total > took_part:
            named = f"“{subject}”" if subject else ""
            raise FieldError("counts", f"{named}共 {total} 票，多于实参评 {took_part} 人，请核对。")
