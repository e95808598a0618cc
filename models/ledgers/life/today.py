"""What a month asks of organisation life, for the Today page: what is late, to be done now, planned and done."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.dues.duties import DONE, NOT_YET, Duty, Mark
from models.ledgers.phrases import listed, short
from models.records.life.duty_calendar import Line, Reckoning
from models.records.life.owing import Owing
from models.rules.obligations import Standing, State
from models.rules.periods import Period

LIFE = "life"
_ORDER = ("bad", "warn", "quiet", "good")


def life_duties(session: Session, view: View) -> list[Duty]:
    """The duties that the view's month is part of, the most urgent first; a year's only once they press."""
    reckoning = Reckoning(session, Period.of_year(view.month.year), view.today)
    found = [
        duty
        for line in reckoning.calendar(view.branch_id).lines
        if line.obligation is not None
        for duty in _told(line, view, reckoning.owing)
    ]
    return sorted(found, key=lambda duty: _ORDER.index(duty.mark[1]))


def _told(line: Line, view: View, owing: Owing) -> Iterator[Duty]:
    assert line.obligation is not None
    need = line.obligation.rhythm.chinese
    target = ("year", (line.name, view.branch_id))
    late = [each for each in line.standings if each.state is State.LATE]
    if late:
        times = sum(each.missing for each in late)
        mark: Mark = (f"逾期 {times} 次", "bad")
        yield Duty(LIFE, line.name, need, _late_words(line, late[-1], owing), mark, target)
    now = [each for each in line.in_month(view.month) if view.today in each.stretch]
    standing = now[0] if now else None
    if standing is None or standing.state is State.LATE:
        return
    long = len(standing.stretch.months) > 3
    if long and standing.state is not State.DUE:
        return
    words, mark = _now_words(line, standing, view.today)
    yield Duty(LIFE, line.name, need, words, mark, target)


def _late_words(line: Line, standing: Standing, owing: Owing) -> str:
    """Who did not do it, and when."""
    names = [
        owing.title(node.id)
        for node in line.nodes
        for each in line.parts[node.id]
        if each.stretch == standing.stretch and each.state is State.LATE
    ]
    when = standing.stretch.chinese.partition("年")[2] or standing.stretch.chinese
    return f"{when}{listed(names, 2, '个组织') if len(line.nodes) > 1 else ''}没有开展"


def _now_words(line: Line, standing: Standing, today: date) -> tuple[str, Mark]:
    """How far the stretch is that holds today: who has done it, or what is planned."""
    held = [each for each in line.entries if each.held and each.day is not None and each.day in standing.stretch]
    plans = [each for each in line.entries if each.is_open and each.lies_in(standing.stretch)]
    if standing.state is State.EXCUSED:
        return standing.reason or "", ("已说明", "quiet")
    if standing.state is State.HELD:
        last = held[-1].day if held else None
        return (f"{short(last)}已开展" if last is not None and len(line.nodes) == 1 else _counted(standing)), DONE
    planned = min((each.day for each in plans if each.day is not None), default=None)
    words = _counted(standing) if standing.required > 1 else "还没有开展"
    if planned is not None and planned >= today:
        return f"{words}，安排在{short(planned)}", ("今天", "warn") if planned == today else ("已安排", "quiet")
    return words, ("待开展", "warn") if standing.state is State.DUE else NOT_YET


def _counted(standing: Standing) -> str:
    return f"已开展 {standing.done} / {standing.required} 次"
