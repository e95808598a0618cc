"""The pictures that belong to a ledger: dues by month, arrears by stage, the make-up of the roster, counts of life."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol

from models.ledgers.ladder import rungs
from models.records.standing import ZERO

Figure = Decimal | int
_MONTHS = tuple(f"month_{number}" for number in range(1, 13))  # the columns of the register
_MOST_LABELS = 8  # names of kinds that have room beside one another
_WHOLE = {
    "times": ("组织生活次数", "次"),
    "people": ("参加人次", "人次"),
    "rate": ("出勤率", "%"),
    "hours": ("学时", "学时"),
}  # the sorts of figures of organisation life as a whole


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


def _of_life(rows: Sequence[Any]) -> list[Chart]:
    """Of a period how often each kind was held, how many came and for how long, beside the year before; or by year."""
    years = [key for key in rows[0].figures if key.startswith("y")]
    if years:
        labels = tuple(f"{key[1:]}年" for key in years)
        return _whole(rows, labels, {"": years})
    charts = []
    for part in _in_parts([row for row in rows if row.sort == "kind_times"]):
        groups = "、".join(dict.fromkeys(row.group for row in part))
        charts.append(_beside(f"{groups}次数", "次", part))
    for sort, title, unit in (
        ("kind_people", "参加人次", "人次"),
        ("kind_rate", "出勤率", "%"),
        ("kind_hours", "学时", "学时"),
    ):
        charts += [_beside(title, unit, part) for part in _in_parts([row for row in rows if row.sort == sort])]
    return _told_apart(charts)


def _told_apart(charts: Sequence[Chart]) -> list[Chart]:
    """The charts, those that go on with an earlier one named so."""
    numbers = [sum(earlier.title == each.title for earlier in charts[:place]) for place, each in enumerate(charts)]
    return [
        replace(each, title=f"{each.title}（续{number if number > 1 else ''}）") if number else each
        for each, number in zip(charts, numbers, strict=True)
    ]


def _in_parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Rows that are something, as many as have room beside one another, those of a group together where that goes."""
    parts: list[list[Any]] = [[]]
    shown = [row for row in rows if row.now or row.before]
    for group in dict.fromkeys(row.group for row in shown):
        own = [row for row in shown if row.group == group]
        if len(parts[-1]) + len(own) > _MOST_LABELS:
            parts.append([])
        parts[-1] += own
    for part in parts:
        share = -(-len(part) // -(-len(part) // _MOST_LABELS)) if part else 1
        yield from (part[start : start + share] for start in range(0, len(part), share))


def _beside(title: str, unit: str, rows: Sequence[Any]) -> Chart:
    labels = tuple(row.kind for row in rows)
    before, now = (tuple(getattr(row, key) or 0 for row in rows) for key in ("before", "now"))
    return Chart(title, unit, labels, (Series("上年同期", before), Series("本期", now)))


def _life_by_month(rows: Sequence[Any]) -> list[Chart]:
    """Of each month of the year how often, how many and for how long, beside the same month of the year before."""
    labels = tuple(f"{number}月" for number in range(1, 13))
    series = {"上年": [f"l{number}" for number in range(1, 13)], "本年": [f"m{number}" for number in range(1, 13)]}
    return _whole(rows, labels, series)


def _whole(rows: Sequence[Any], labels: tuple[str, ...], series: Mapping[str, Sequence[str]]) -> list[Chart]:
    """A chart for each figure of organisation life as a whole."""
    found = {row.sort: row for row in rows if row.sort in _WHOLE}
    charts = []
    for sort, (title, unit) in _WHOLE.items():
        if sort in found:
            drawn = (
                Series(name or title, tuple(getattr(found[sort], key) or 0 for key in keys))
                for name, keys in series.items()
            )
            charts.append(Chart(title, unit, labels, tuple(drawn)))
    return charts


_DRAWN: dict[str, Callable[[Sequence[Any]], list[Chart]]] = {
    "dues_register": _by_month,
    "dues_arrears": _by_stage,
    "members_statistics": _make_up,
    "life_statistics": _of_life,
    "life_statistics_months": _life_by_month,
}
CHARTED = frozenset(_DRAWN)
