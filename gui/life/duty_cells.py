"""What a cell of the year of duties shows: a month of a duty, with what was held in it and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.ledgers.phrases import short
from models.records.life.duty_calendar import Calendar, Entry, Line
from models.rules.obligations import Standing, State, worst
from models.rules.periods import Month

MARKS = {State.LATE: "缺", State.DUE: "待开", State.EXCUSED: "说明", State.OWED: ""}
LEGEND = (
    ("已开展", State.HELD),
    ("待开展", State.DUE),
    ("逾期", State.LATE),
    ("已说明原因", State.EXCUSED),
    ("未到期", State.OWED),
)


@dataclass(frozen=True)
class Cell:
    """A month of a line: `first` and `last` say whether the stretch that it is part of begins and ends in it."""

    month: Month
    state: State | None
    first: bool
    last: bool
    text: str
    ticked: bool
    planned: str
    held: tuple[Entry, ...]
    plans: tuple[Entry, ...]
    standings: tuple[Standing, ...]

    @property
    def said(self) -> str:
        """The cell in words, for who does not see it."""
        parts = [f"{each.stretch.chinese}{each.state.value} {each.done}/{each.required}" for each in self.standings]
        parts += [f"{short(each.day)}{each.name}" for each in self.held if each.day is not None]
        parts += [f"计划{self.month.number}月" for _ in self.plans]
        return "，".join(parts) or "没有要求，也没有活动"


def cell_of(line: Line, month: Month) -> Cell:
    """The cell of a line in a month of its year."""
    standings = tuple(line.in_month(month))
    held = tuple(each for each in line.entries if each.held and each.month == month)
    plans = tuple(each for each in line.entries if each.is_open and each.month == month)
    state = worst([each.state for each in standings]) if standings else None
    months = standings[0].stretch.months if standings else (month,)
    first, last = months[0] == month, months[-1] == month
    text, ticked = _words(line, standings, held, state, last)
    planned = "" if not plans else f"{plans[0].day.day}日" if plans[0].day is not None else "计划"
    return Cell(month, state, first, last, text, ticked, planned, held, plans, standings)


def _words(
    line: Line, standings: Sequence[Standing], held: Sequence[Entry], state: State | None, last: bool
) -> tuple[str, bool]:
    """What stands in the cell, and whether a tick stands before it."""
    if state is None:
        return (str(len(held)) if held else ""), False
    required = sum(each.required for each in standings)
    if required > 1 and (len(line.nodes) > 1 or len(standings) > 1):
        done = sum(each.done for each in standings)
        if last and (state is not State.OWED or done > 0):
            return f"{done}/{required}", False
        return (str(len(held)) if len(held) > 1 else ""), bool(held)
    if held:
        return (str(len(held)) if len(held) > 1 else ""), True
    return (MARKS.get(state, "") if last else ""), False


def total_words(line: Line) -> tuple[str, State | None]:
    """How often a duty was done of how often it is owed in the year, and the state to colour it by."""
    total = line.tally
    if line.obligation is None:
        return f"{sum(each.held for each in line.entries)} 次", None
    state = State.LATE if total.late else State.HELD if total.held == total.required else None
    return f"{total.held}/{total.required}", state


def whole_words(calendar: Calendar) -> str:
    """The year in a sentence."""
    tallies = [line.tally for line in calendar.lines if line.obligation is not None]
    held, late = sum(each.held for each in tallies), sum(each.late for each in tallies)
    excused = sum(each.excused for each in tallies)
    if not held + late:
        return "还没有到期的规定动作"
    words = f"到期应开展 {held + late} 次，已开展 {held} 次"
    words += f"，逾期 {late} 次" if late else "，没有逾期"
    return words + (f"，已说明 {excused} 次" if excused else "")
