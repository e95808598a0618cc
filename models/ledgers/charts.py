"""The pictures that belong to a ledger: dues by month, arrears by stage, the make-up of the roster."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from models.ledgers.ladder import rungs
from models.records.standing import ZERO

Figure = Decimal | int
_MONTHS = tuple(f"month_{number}" for number in range(1, 13))  # the columns of the register


@dataclass(frozen=True)
class Series:
    """One colour of bars: a value for each label."""

    name: str
    values: tuple[Figure, ...]


@dataclass(frozen=True)
class Chart:
    """Bars over labels; the values are people or yuan, as `unit` says."""

    title: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]


class Filled(Protocol):
    """As much of a sheet as a chart looks at."""

    @property
    def name(self) -> str: ...

    @property
    def rows(self) -> Sequence[Any]: ...


def charts_of(sheet: Filled) -> tuple[Chart, ...]:
    """The charts of a filled ledger; none where it has no rows, or nothing to be drawn."""
    draw = _DRAWN.get(sheet.name)
    return tuple(draw(sheet.rows)) if draw is not None and sheet.rows else ()


def _by_month(rows: Sequence[Any]) -> list[Chart]:
    """What was due for each month of the year and what was paid for it, in yuan."""
    standings = [[getattr(row, key).standing for row in rows] for key in _MONTHS]
    due = tuple(sum((each.due or ZERO for each in month), ZERO) for month in standings)
    paid = tuple(sum((each.paid for each in month), ZERO) for month in standings)
    labels = tuple(f"{number}月" for number in range(1, 13))
    return [Chart("各月应交和实交", "元", labels, (Series("应交", due), Series("实交", paid)))]


def _by_stage(rows: Sequence[Any]) -> list[Chart]:
    """How many members stand on each rung of the ladder, and what they owe."""
    found = rungs(rows)
    labels = tuple(each.stage.partition("，")[0] for each in found)
    return [
        Chart("欠交人数（按阶段）", "人", labels, (Series("人数", tuple(each.people for each in found)),)),
        Chart("欠交金额（按阶段）", "元", labels, (Series("欠交金额", tuple(each.owed for each in found)),)),
    ]


def _make_up(rows: Sequence[Any]) -> list[Chart]:
    """A chart for each grouping of the roster."""
    charts = []
    for grouping in dict.fromkeys(row.grouping for row in rows):
        own = [row for row in rows if row.grouping == grouping]
        labels, people = tuple(row.name for row in own), tuple(row.people for row in own)
        charts.append(Chart(f"党员{grouping}", "人", labels, (Series("人数", people),)))
    return charts


_DRAWN: dict[str, Callable[[Sequence[Any]], list[Chart]]] = {
    "dues_register": _by_month,
    "dues_arrears": _by_stage,
    "members_statistics": _make_up,
}
CHARTED = frozenset(_DRAWN)
