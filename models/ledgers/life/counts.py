"""Counts of everything in organisation life: by kind and period beside the year before, by month, by year of a span."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from models.kinds import TEXT, Cell, Kind, Tone
from models.ledger import Column, Ledger, View
from models.ledgers.life.care import SOURCES as CARE_SOURCES
from models.ledgers.life.items import SOURCES, Amount, Item, Source, Span
from models.ledgers.life.measures import LEDGERS, OF_CARE, Measure, Pool, measures
from models.ledgers.life.others import SOURCES as OTHER_SOURCES
from models.records.life import activity_kinds
from models.rules.periods import Month, Period

NOW, BEFORE, CHANGE, ALL = "now", "before", "change", "all"
_YEAR, _MONTH, _LAST_YEAR = "y", "m", "l"  # begin the keys of a year, of a month, and of that month a year before
_NUMBERS = range(1, 13)
EVERY = (*SOURCES, *OTHER_SOURCES, *CARE_SOURCES)
_ON = attrgetter("on")


class Figure(Kind):
    """A figure as it is said: whole ones without decimals, others with as many as they need."""

    align = "right"
    excel_format = "General"

    def show(self, value: Any) -> str:
        return "" if value is None else f"{_plain(value):,}"

    def cell(self, value: Any) -> Cell:
        return None if value is None else _plain(value)

    def tone(self, value: Any) -> Tone:
        return "plain" if value else "quiet"


class Difference(Figure):
    """How much more or less than the year before."""

    def show(self, value: Any) -> str:
        return "" if value is None else f"{_plain(value):+,}" if value else "0"


def _plain(value: Amount) -> Amount:
    """Without the zeros behind the point."""
    return int(value) if value == int(value) else Decimal(value).normalize()


FIGURE, DIFFERENCE = Figure(), Difference()


@dataclass(frozen=True, slots=True)
class CountRow:
    """One measure: its figures by column, each an attribute; `key` is that of the measure, `kind` is what it is of."""

    key: str
    group: str
    kind: str
    title: str
    unit: str
    source: str
    sort: str
    figures: Mapping[str, Amount | None]

    def __getattr__(self, key: str) -> Amount | None:
        if key not in self.figures:
            raise AttributeError(key)
        return self.figures[key]


@dataclass(frozen=True)
class Part:
    """A column of figures: those of the records between two days."""

    key: str
    first: date
    last: date


def statistic_rows(session: Session, view: View) -> list[CountRow]:
    """Every measure in the period beside the same months a year before; in several years, each year and all of them."""
    return _rows(session, view, _parts(view.period, view.today))


def care_rows(session: Session, view: View) -> list[CountRow]:
    """The same of care alone: cases, gifts, visits, concerns, donations, pairings and services."""
    rows = _rows(session, view, _parts(view.period, view.today), CARE_SOURCES)
    return [row for row in rows if row.group in OF_CARE]


def month_rows(session: Session, view: View) -> list[CountRow]:
    """Every measure in each month of the year and in all of it; for charts, in the months of the year before too."""
    return _rows(session, view, _parts_by_month(view.period.year))


def _parts(period: Period, today: date) -> list[Part]:
    if _is_span(period):
        years = [_between(f"{_YEAR}{year}", each) for year, each in _years(period)]
        return [*years, _between(ALL, period)]
    return [_between(NOW, period), _between(BEFORE, _year_before(period, today))]


def _year_before(period: Period, today: date) -> Period:
    """The same months a year before, those of a period that is not over only as far as it has come."""
    here = Month.of(today)
    last = here if here in period else period.last
    return Period(period.first + -12, last + -12)


def _parts_by_month(year: int) -> list[Part]:
    months = [(number, Month(year, number)) for number in _NUMBERS]
    now = [_between(f"{_MONTH}{number}", Period(month, month)) for number, month in months]
    before = [_between(f"{_LAST_YEAR}{number}", Period(month + -12, month + -12)) for number, month in months]
    return [*now, _between(ALL, Period.of_year(year)), *before]


def _between(key: str, period: Period) -> Part:
    return Part(key, period.first.first_day, period.last.last_day)


def _is_span(period: Period) -> bool:
    """Whether the period is of several years, for which the year before says nothing."""
    return period.last - period.first >= 12


def _years(period: Period) -> list[tuple[int, Period]]:
    """The years of a span, the first and the last as far as they belong to it."""
    return [
        (year, Period(max(period.first, Month(year, 1)), min(period.last, Month(year, 12))))
        for year in range(period.first.year, period.last.year + 1)
    ]


def _rows(session: Session, view: View, wanted: Sequence[Part], sources: Sequence[Source] = EVERY) -> list[CountRow]:
    summed = [each if each.summed is None else replace(each, read=each.summed) for each in sources]
    pool = Pool(read(session, wanted, view, summed))
    rows = []
    for each in measures(activity_kinds.kinds(session, idle=True), pool):
        figures = _figures(each, pool.counted(each), wanted, view.today)
        if each.always or _says_something(each, figures):
            rows.append(_row(each, LEDGERS[each.source][1], figures))
    return rows


def _says_something(measure: Measure, figures: Mapping[str, Amount | None]) -> bool:
    """Whether one of the figures that stand in the ledger is more than nothing; a share of 0 % is."""
    shown = (figure for key, figure in figures.items() if not key.startswith(_LAST_YEAR))
    return any(figure or (measure.of and figure is not None) for figure in shown)


def _row(measure: Measure, source: str, figures: Mapping[str, Amount | None]) -> CountRow:
    return CountRow(
        measure.key, measure.group, measure.kind_name, measure.title, measure.unit, source, measure.sort, figures
    )


def part_of(view: View, column: str) -> Part | None:
    """The column of this key of either ledger, None for one without figures."""
    every = [*_parts(view.period, view.today), *_parts_by_month(view.period.year)]
    return next((part for part in every if part.key == column), None)


def read(session: Session, wanted: Sequence[Part], view: View, sources: Sequence[Source] = EVERY) -> list[Item]:
    """Every record that may count in these columns, in order of the day."""
    first, last = min(part.first for part in wanted), max(part.last for part in wanted)
    found: list[Item] = []
    for source in sources:
        begin = date.min if source.since_ever else first
        found += source.read(session, Span(begin, last, view.today, view.branch_id))
    return sorted(found, key=_ON)


def _figures(
    measure: Measure, counted: Sequence[Item], wanted: Sequence[Part], today: date
) -> dict[str, Amount | None]:
    """The figure of each column; how many there are says nothing of days to come."""
    figures: dict[str, Amount | None] = {}
    days, (added, whole) = [item.on for item in counted], measure.amounts(counted)
    for part in wanted:
        own = slice(0 if measure.standing else bisect_left(days, part.first), bisect_right(days, part.last))
        is_known = not (measure.standing and part.first > today)
        figures[part.key] = measure.worked_out(sum(added[own]), sum(whole[own])) if is_known else None
    if BEFORE in figures:
        now, before = figures[NOW], figures[BEFORE]
        figures[CHANGE] = now - before if now is not None and before is not None else None
    return figures


def fitted(_session: Session, ledger: Ledger, view: View | None) -> Ledger:
    """The ledger with a column a year, on a page laid across, where it shows several."""
    if view is None or not _is_span(view.period):
        return ledger
    years = (Column(f"{_YEAR}{year}", f"{year}年", FIGURE, 8) for year, _ in _years(view.period))
    columns = (*_NAMES, *years, Column(ALL, "合计", FIGURE, 9), _SOURCE)
    return replace(ledger, columns=columns, orientation="landscape")


def _note(_session: Session, view: View) -> str:
    if _is_span(view.period):
        return _RATES
    return f"上年同期指{_year_before(view.period, view.today).chinese}。{_RATES}"


def _care_note(_session: Session, view: View) -> str:
    before = "" if _is_span(view.period) else f"上年同期指{_year_before(view.period, view.today).chinese}。"
    return f"{before}捐物按单位分别计数，折款不计入捐款；慰问品不折成慰问金；期末在册、期末结对是这段时间最后一天的数。"


_RATES = "百分比的增减为百分点；出勤率按应到、实到计算，列席和不按名单召集的活动不计入。"
_NAMES = (
    Column("group", "分类", TEXT, 10),
    Column("title", "指标", TEXT, 24),
    Column("unit", "单位", TEXT, 6),
)
_SOURCE = Column("source", "来源", TEXT, 14)
LIFE_STATISTICS = Ledger(
    name="life_statistics",
    title="组织生活统计表",
    columns=(
        *_NAMES,
        Column(NOW, "本期", FIGURE, 10),
        Column(BEFORE, "上年同期", FIGURE, 10),
        Column(CHANGE, "增减", DIFFERENCE, 9),
        _SOURCE,
    ),
    rows=statistic_rows,
    span="any",
    lines=("填报单位（盖章）：{unit}", "", ""),
    note=_note,
    orientation="portrait",
    empty="这段时间没有组织生活的记录。",
    fitted=fitted,
)
CARE_STATISTICS = replace(
    LIFE_STATISTICS,
    name="care_statistics",
    title="困难帮扶统计表",
    rows=care_rows,
    note=_care_note,
    empty="这段时间没有困难帮扶的记录。",
)
LIFE_STATISTICS_MONTHS = Ledger(
    name="life_statistics_months",
    title="组织生活分月统计表",
    columns=(
        *_NAMES,
        *(Column(f"{_MONTH}{number}", f"{number}月", FIGURE, 6) for number in _NUMBERS),
        Column(ALL, "全年", FIGURE, 8),
    ),
    rows=month_rows,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", ""),
    note=_RATES,
    empty="这一年没有组织生活的记录。",
)
