"""How far cases have come by a day, read for all of them at once: a line a case."""

from datetime import date
from typing import Any

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import Session

from models.records.care.cases import CareStep
from models.rules import care

LOOKED = (care.TAKEN_IN, care.CHANGED, care.REVIEWED)


def ways(day: date, *which: Any) -> Subquery:
    """By `case_id`: the days `applied_on`, `taken_in_on`, `left_on` and last `looked_at`, and `place`, how far it came.

    `which` are conditions on the steps.
    """
    place = case({kind: number for number, kind in enumerate(care.WAY)}, value=CareStep.kind)
    return (
        select(
            CareStep.case_id,
            func.min(CareStep.on).label("applied_on"),
            func.max(place).label("place"),
            func.min(_on(care.TAKEN_IN)).label("taken_in_on"),
            func.min(_on(care.CLOSED)).label("left_on"),
            func.max(_on(*LOOKED)).label("looked_at"),
        )
        .where(CareStep.on <= day, *which)
        .group_by(CareStep.case_id)
        .subquery()
    )


def _on(*kinds: str) -> Any:
    return case((CareStep.kind.in_(kinds), CareStep.on))


def state_of(place: int, has_left: bool) -> str:
    """How a case stands that came so far."""
    return care.LEFT if has_left else care.STATES[place]


def degrees(session: Session, day: date) -> dict[int, str | None]:
    """The degree of each case by its number: what the last step that sets one gives."""
    chosen = select(CareStep.case_id, CareStep.degree).where(CareStep.degree.is_not(None), CareStep.on <= day)
    return dict(session.execute(chosen.order_by(CareStep.on, CareStep.id)).all())


def reasons(session: Session, day: date) -> dict[int, str | None]:
    """Why each case that has ended did, by its number."""
    chosen = select(CareStep.case_id, CareStep.reason).where(CareStep.kind == care.CLOSED, CareStep.on <= day)
    backwards = chosen.order_by(CareStep.on.desc(), CareStep.id.desc())
    return dict(session.execute(backwards).all())
