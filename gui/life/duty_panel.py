"""What the panel beside the year of duties tells: what was held, planned and is missing in a month, or in the year."""

from collections.abc import Callable, Sequence
from datetime import date

from gui.life.duty_cells import Cell, total_words
from gui.parts.side_panel import Content, Deed
from models.kinds import Tone
from models.ledgers.phrases import short
from models.records.life.duty_calendar import Entry, Line
from models.records.life.owing import Node
from models.rules.obligations import Standing, State, Stretch

_TONES: dict[State, Tone] = {State.HELD: "good", State.DUE: "warn", State.LATE: "bad"}
_MOST = 5
_USUAL = "条例写“一般”，这里只作提醒。"
_ORDER = (State.LATE, State.DUE, State.EXCUSED, State.OWED, State.HELD)
Title = Callable[[int], str]


def pressing(cell: Cell) -> Standing | None:
    """Of the stretches in a month the one that most needs a look, the first of several; None without any."""
    return min(cell.standings, key=lambda each: _ORDER.index(each.state), default=None)


def lacking(line: Line, standing: Standing | None) -> list[Node]:
    """Who still owes something in a stretch."""
    if standing is None:
        return []
    return [
        node
        for node in line.nodes
        for each in line.parts[node.id]
        if each.stretch == standing.stretch and each.missing and each.state is not State.EXCUSED
    ]


def of_month(line: Line, cell: Cell, title: Title, today: date, deeds: Sequence[Deed]) -> Content:
    """A month of a line."""
    standing = pressing(cell)
    grounds = []
    if standing is not None and standing.reason:
        grounds.append(f"原因：{standing.reason}")
    if len(line.nodes) > 1 and (names := [title(node.id) for node in lacking(line, standing)]):
        grounds.append(f"还没有：{'、'.join(names)}")
    steps = [(when(each), _titled(line, each, title, today)) for each in (*cell.held, *cell.plans)]
    more = [("", f"还有 {len(steps) - _MOST} 项")] if len(steps) > _MOST else []
    return Content(
        title=f"{line.name}　{cell.month.number}月",
        figures=_figures(cell),
        grounds=tuple(grounds),
        steps=(*steps[:_MOST], *more),
        note=_source(line) if standing is not None else "没有规定次数，有记录就列在这里。",
        deeds=tuple(deeds),
    )


def of_year(line: Line) -> Content:
    """The whole year of a line."""
    total = line.tally
    figures: tuple[tuple[str, str, Tone], ...] = (("全年", total_words(line)[0], "plain"),)
    if line.obligation is not None:
        named: tuple[tuple[str, int, Tone], ...] = (
            ("已开展", total.held, "good"),
            ("逾期", total.late, "bad"),
            ("已说明", total.excused, "quiet"),
            ("未到期", total.ahead, "quiet"),
        )
        figures += tuple((name, f"{number} 次", tone) for name, number, tone in named if number)
    rhythm = (line.obligation.rhythm.chinese,) if line.obligation is not None else ()
    return Content(title=line.name, figures=figures, grounds=rhythm, note=_source(line))


def when(entry: Entry) -> str:
    """The day of an entry, or its month."""
    return short(entry.day) if entry.day is not None else f"{entry.month.number}月"


def named(stretch: Stretch, year: int) -> str:
    """A stretch within a year that is known: 第四季度, 11月, 全年."""
    said = stretch.chinese
    return "全年" if said == f"{year}年度" else said.removeprefix(f"{year}年")


def _figures(cell: Cell) -> tuple[tuple[str, str, Tone], ...]:
    """The stretches of a month with what was done in them, the last ones of many."""
    found = []
    for each in cell.standings[-_MOST:]:
        tone = _TONES.get(each.state, "quiet")
        counted = f"{each.done}/{each.required}　" if each.required > 1 else ""
        found.append((named(each.stretch, cell.month.year), f"{counted}{each.state.value}", tone))
    return tuple(found)


def _titled(line: Line, entry: Entry, title: Title, today: date) -> str:
    whose = f"{title(entry.organisation_id)}：" if len(line.nodes) > 1 else ""
    state = "" if entry.held else "（逾期未开展）" if entry.is_late(today) else "（计划）"
    return f"{whose}{entry.name}{state}"


def _source(line: Line) -> str:
    duty = line.obligation
    if duty is None or not duty.source:
        return ""
    return f"依据：{duty.source}。{'' if duty.firm or duty.confidence == 'L' else _USUAL}"
