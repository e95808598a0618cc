"""The records behind 走访记录表: a sheet for each visit of the period."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.care.visits import VisitRow, visit_rows
from models.records.care.visits import CareVisitText


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """走访记录表: one visit; None where it is to be written by hand."""

    unit: str | None = None
    name: str | None = None
    occasion: str | None = None
    on: date | None = None
    visitors: str | None = None
    situation: str | None = None
    needs: str | None = None
    promises: str | None = None
    followup: str | None = None
    followup_on: date | None = None
    result: str | None = None
    done_on: date | None = None


def visit_sheets(session: Session, view: View) -> Sequence[tuple[int, Any]]:
    """A sheet for each visit of the period, with its number; the paper is kept by the branch and is never posted."""
    first = view.period.first.first_day
    rows = [row for row in visit_rows(session, view) if row.on >= first]
    chosen = select(CareVisitText.visit_id, CareVisitText.situation)
    chosen = chosen.where(CareVisitText.visit_id.in_([row.id for row in rows]))
    found = {each.visit_id: each.situation for each in session.execute(chosen)}
    return [(row.id, _sheet(row, found.get(row.id))) for row in rows]


def _sheet(row: VisitRow, situation: str | None) -> VisitRecord:
    return VisitRecord(
        unit=row.branch,
        name=row.name,
        occasion=row.occasion,
        on=row.on,
        visitors=row.visitors,
        situation=situation,
        needs=row.needs,
        promises=row.promises,
        followup=row.followup,
        followup_on=row.followup_on,
        result=row.result,
        done_on=row.done_on,
    )


VISIT_PAPERS: Mapping[str, Callable[[Session, View], Sequence[tuple[int, Any]]]] = {"care_visit_sheet": visit_sheets}
