"""What the papers of planning say: F28, a plan of the year for each branch, and F27, the reminder slips."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.life.plans import PlanRow, plan_rows
from models.ledgers.life.reminder_slips import slips
from models.ledgers.sheets import furniture
from models.records.life.owing import Owing
from models.rules.periods import Period

Numbered = Sequence[tuple[int, Any]]


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """A line of the plan; `month` is its number in the year."""

    month: int
    what: str | None = None
    theme: str | None = None
    form: str | None = None
    responsible: str | None = None
    done: str | None = None


@dataclass(frozen=True, slots=True)
class YearPlanRecord:
    """F28: the plan of one organisation for a year; all None, it is the blank to fill in by hand."""

    year: int | None = None
    unit: str | None = None
    maker: str | None = None
    made_on: date | None = None
    items: tuple[PlannedItem, ...] = ()


def year_plans(session: Session, view: View) -> Numbered:
    """F28: a plan for each branch with its groups, and for the organisation above, as far as they planned anything."""
    whole = replace(view, period=Period.of_year(view.period.year))
    owing, words = Owing(session), furniture(session, view)
    of = {node.id: node.branch_id if node.branch_id is not None else node.id for node in owing.nodes}
    planned: defaultdict[int, list[PlanRow]] = defaultdict(list)
    for row in plan_rows(session, whole):
        planned[of[row.organisation_id]].append(row)
    return [
        (
            node.id,
            YearPlanRecord(
                year=whole.period.year,
                unit=node.name,
                maker=words.maker or None,
                made_on=view.today,
                items=tuple(_item(row, node.id) for row in planned[node.id]),
            ),
        )
        for node in owing.nodes
        if planned.get(node.id)
    ]


def _item(row: PlanRow, unit: int) -> PlannedItem:
    """A line; one of a group says which."""
    what = row.kind if row.organisation_id == unit else f"{row.organisation}：{row.kind}"
    return PlannedItem(row.planned_month.number, what, row.theme, row.form, row.responsible, row.done[0])


PLAN_PAPERS: Mapping[str, Callable[[Session, View], Numbered]] = {
    "life_plan": year_plans,
    "life_reminders": slips,
}
