"""The pictures that belong to a ledger: dues by month, arrears by stage, the make-up of the roster, counts, care."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Protocol

from models.ledgers.dues.ladder import rungs
from models.records.dues.standing import ZERO
from models.rules.care import CLOSED, TAKEN_IN

Figure = Decimal | int
_MONTHS = tuple(f"month_{number}" for number in range(1, 13))  # the columns of the register
_OF_MONTHS = tuple(f"{number}月" for number in range(1, 13))
_STANDS = "有效"  # the state of a donation that was not reversed
_MOST_LABELS = 8  # names of kinds that have room beside one another
_OF_CARE = (
    ("慰问、走访和服务", "人次", ("gifts", "visits", "donations", "helped", "services_people")),
    ("慰问金和捐款", "元", ("gifts_money", "donations_money", "handovers_money")),
    ("困难帮扶", "名", ("cases_entered", "cases_left", "cases_standing")),
    ("急难愁盼和结对任务", "件", ("concerns", "concerns_closed", "pairing_tasks")),
    ("志愿服务（登记）", "小时", ("services_hours",)),
)  # charts of care: title, unit, the measures that stand beside one another
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
    """Bars over labels; the values are people or yuan, as `unit` says.

    Of two series the first stands pale behind the second, to be compared with it; where they are of different things
    they stand `apart`, each with its figures.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    apart: bool = False


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
    return [Chart("各月应交和实交", "元", _OF_MONTHS, (Series("应交", due), Series("实交", paid)))]


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


def _beside(title: str, unit: str, rows: Sequence[Any], labels: tuple[str, ...] = ()) -> Chart:
    """The figures of a period beside those of the year before, under the kinds that they are of or other labels."""
    labels = labels or tuple(row.kind for row in rows)
    before, now = (tuple(getattr(row, key) or 0 for row in rows) for key in ("before", "now"))
    return Chart(title, unit, labels, (Series("上年同期", before), Series("本期", now)))


def _life_by_month(rows: Sequence[Any]) -> list[Chart]:
    """Of each month of the year how often, how many and for how long, beside the same month of the year before."""
    series = {"上年": [f"l{number}" for number in range(1, 13)], "本年": [f"m{number}" for number in range(1, 13)]}
    return _whole(rows, _OF_MONTHS, series)


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


def _gifts(rows: Sequence[Any]) -> list[Chart]:
    """The money of a year's rounds by its source, and by round where there were several."""
    sources = {name: sum((row.by_source[name] for row in rows), ZERO) for name in rows[0].by_source}
    rounds = {name: sum((row.amount for row in rows if row.round == name), ZERO) for name in _once(rows, "round")}
    charts = [_of_sums("慰问金：按资金来源", "慰问金", {name: money for name, money in sources.items() if money})]
    return [chart for chart in (*charts, _of_sums("慰问金：按慰问批次", "慰问金", rounds)) if chart.labels]


def _of_sums(title: str, name: str, sums: Mapping[str, Figure]) -> Chart:
    return Chart(title, "元", tuple(sums), (Series(name, tuple(sums.values())),))


def _once(rows: Sequence[Any], key: str) -> list[str]:
    return list(dict.fromkeys(getattr(row, key) for row in rows))


def _cases(rows: Sequence[Any]) -> list[Chart]:
    """How many came on the list and left it in each quarter; in each year where the rows are of several."""
    years = sorted({row.on.year for row in rows})
    quarterly = len(years) == 1
    parts = range(1, 5) if quarterly else range(years[0], years[-1] + 1)
    labels = tuple(f"{part}季度" if quarterly else f"{part}年" for part in parts)
    met = [(row.kind, (row.on.month + 2) // 3 if quarterly else row.on.year) for row in rows]
    series = (Series(kind, tuple(met.count((kind, part)) for part in parts)) for kind in (TAKEN_IN, CLOSED))
    return [Chart("纳入和退出", "名", labels, tuple(series), apart=True)]


def _services(rows: Sequence[Any]) -> list[Chart]:
    """Hours and people of each month's services."""
    return [_monthly("志愿服务时长", "小时", rows, "total"), _monthly("志愿服务人次", "人次", rows, "people")]


def _donations(rows: Sequence[Any]) -> list[Chart]:
    """The money given in each month, what was reversed left out."""
    standing = [row for row in rows if row.state == _STANDS and row.amount]
    return [_monthly("每月捐款", "元", standing, "amount")] if standing else []


def _monthly(title: str, unit: str, rows: Sequence[Any], key: str) -> Chart:
    sums = (sum((getattr(row, key) or 0 for row in rows if row.on.month == month), ZERO) for month in range(1, 13))
    return Chart(title, unit, _OF_MONTHS, (Series(title, tuple(sums)),))


def _care(rows: Sequence[Any]) -> list[Chart]:
    """People, yuan, hours and matters of a period beside the year before; of several years those of each."""
    years = [key for key in rows[0].figures if key.startswith("y")]
    found = {row.key: row for row in rows if any(row.figures.values())}
    charts = []
    for title, unit, keys in _OF_CARE:
        own = [found[key] for key in keys if key in found]
        if years:
            labels = tuple(f"{key[1:]}年" for key in years)
            sums = ((row.title, tuple(row.figures[key] or 0 for key in years)) for row in own)
            charts += [Chart(name, unit, labels, (Series(name, values),)) for name, values in sums]
        elif own:
            charts.append(_beside(title, unit, own, tuple(row.title for row in own)))
    return charts


_DRAWN: dict[str, Callable[[Sequence[Any]], list[Chart]]] = {
    "dues_register": _by_month,
    "dues_arrears": _by_stage,
    "members_statistics": _make_up,
    "life_statistics": _of_life,
    "life_statistics_months": _life_by_month,
    "care_totals": _gifts,
    "care_changes": _cases,
    "care_service": _services,
    "care_donations": _donations,
    "care_statistics": _care,
}
CHARTED = frozenset(_DRAWN)
