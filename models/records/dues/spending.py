"""F08, requests to use dues: what for, how much, when the committee decided and who approved."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.kinds import tidy


class SpendingRequest(Record):
    """One request; `budget` in yuan, `decided_on` the day of the collective decision (中组发〔2008〕3号 art. 20)."""

    __tablename__ = "spending_requests"

    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    asked_on: Mapped[date]
    activity: Mapped[str]
    kind: Mapped[str]
    held_on: Mapped[date | None]
    place: Mapped[str | None]
    people: Mapped[int | None]
    purpose: Mapped[str | None]
    budget: Mapped[Decimal]
    decided_on: Mapped[date | None]
    approver: Mapped[str | None]
    approved_on: Mapped[date | None]
    handler: Mapped[str | None]
    remark: Mapped[str | None]


_KEYS = (
    "asked_on", "activity", "kind", "held_on", "place", "people", "purpose", "budget", "decided_on", "approver",
    "approved_on", "handler", "remark",
)  # fmt: skip


def save(
    session: Session, values: Mapping[str, Any], branch_id: int | None = None, number: int | None = None
) -> SpendingRequest:
    """Adds a request, or changes the one numbered; FieldError for what cannot be."""
    if not tidy(values.get("activity") or ""):
        raise FieldError("activity", "请填写活动名称。")
    if values.get("budget") is None or values["budget"] <= 0:
        raise FieldError("budget", "预算金额应大于零。")
    if values.get("people") is not None and values["people"] < 0:
        raise FieldError("people", "人数不能是负数。")
    decided_on, approved_on = values.get("decided_on"), values.get("approved_on")
    if approved_on is not None and (decided_on is None or approved_on < decided_on):
        raise FieldError("approved_on", "应先由支委会（党员大会）研究，再报批：批准日期不能早于研究日期。")
    request = (
        numbered(session, SpendingRequest, number, "使用申请")
        if number is not None
        else SpendingRequest(branch_id=branch_id)
    )
    for key in _KEYS:
        setattr(request, key, values.get(key))
    session.add(request)
    session.flush()
    return request


def remove(session: Session, number: int, has_entries: bool) -> None:
    """Removes a request entered by mistake; UserError when money was spent under it (`has_entries`)."""
    if has_entries:
        raise UserError("这份申请已经有支出，不能删除；如有差错请先在收支台账里冲销。")
    session.delete(numbered(session, SpendingRequest, number, "使用申请"))
    session.flush()
