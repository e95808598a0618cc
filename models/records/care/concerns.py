"""急难愁盼: what people need done, from the day it was raised to the day it was closed (销号)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError
from models.kinds import tidy

KINDS = ("就医", "就学", "就业", "住房", "出行", "养老托幼", "物业和环境", "办事难", "邻里纠纷")
OTHER = "其他"
FIELDS = (
    "raised_on", "raised_by", "matter", "kind", "owner", "due_on", "measures", "progress", "closed_on", "remark",
)  # fmt: skip
_TEXTS = tuple(key for key in FIELDS if not key.endswith("_on"))


class CareConcern(Record):
    """One matter; `raised_by` is who raised it, or the household or community it is about."""

    __tablename__ = "care_concerns"

    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    raised_on: Mapped[date] = mapped_column(index=True)
    raised_by: Mapped[str | None]
    matter: Mapped[str]
    kind: Mapped[str]
    owner: Mapped[str | None]
    due_on: Mapped[date | None]
    measures: Mapped[str | None]
    progress: Mapped[str | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    remark: Mapped[str | None]


def kinds(session: Session) -> tuple[str, ...]:
    """The kinds to choose from: those that come with the program, and those the branch wrote itself."""
    used = session.scalars(select(CareConcern.kind).distinct().order_by(CareConcern.kind))
    return (*KINDS, OTHER, *(each for each in used if each not in (*KINDS, OTHER)))


def add(session: Session, values: Mapping[str, Any], today: date, branch_id: int | None = None) -> CareConcern:
    """Puts a matter on the list, raised today where no day is said.

    FieldError without the matter, for a day to come, or where it is closed before it was raised or without a result.
    """
    added = CareConcern(branch_id=branch_id, **_verified({key: values.get(key) for key in FIELDS}, today))
    session.add(added)
    session.flush()
    return added


def change(session: Session, concern_id: int, values: Mapping[str, Any], today: date) -> CareConcern:
    """Changes what is given of a matter, as the day on which it was closed; FieldError as for a new one."""
    found = numbered(session, CareConcern, concern_id, "清单事项")
    assign(found, _verified({key: values.get(key, getattr(found, key)) for key in FIELDS}, today))
    session.flush()
    return found


def remove(session: Session, concern_id: int) -> None:
    """Removes a matter entered by mistake."""
    session.delete(numbered(session, CareConcern, concern_id, "清单事项"))
    session.flush()


def _verified(given: dict[str, Any], today: date) -> dict[str, Any]:
    given |= {key: tidy(given[key]) or None for key in _TEXTS}
    given |= {"raised_on": given["raised_on"] or today, "kind": given["kind"] or OTHER}
    raised_on, closed_on = given["raised_on"], given["closed_on"]
    if not given["matter"]:
        raise FieldError("matter", "请填写事项。")
    if raised_on > today:
        raise FieldError("raised_on", f"{raised_on} 还没有到，请核对反映日期。")
    if closed_on is None:
        return given
    if closed_on > today:
        raise FieldError("closed_on", f"{closed_on} 还没有到，办好以后再销号。")
    if closed_on < raised_on:
        raise FieldError("closed_on", f"销号日期 {closed_on} 早于反映日期 {raised_on}。")
    if not given["progress"]:
        raise FieldError("progress", "销号以前请写明办理结果。")
    return given
