"""A year of organisation life beside its duties: what was held and planned, and how far each duty is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models import settings
from models.records.life import activity_kinds
from models.records.life.activities import DROPPED, HELD, PLANNED, Activity
from models.records.life.obligations import SLIP, Obligation, excuses, obligations
from models.records.life.owing import Node, Owing
from models.records.life.reminder_slips import ReminderSlip
from models.records.life.talks import Talk
from models.rules.obligations import Standing, State, Stretch, Tally, fulfils, judge, stretches, tally, worst
from models.rules.periods import Month, Period

TALK = "talk"
Source = Literal["activity", "slip", "talk"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something held or planned: `day` is when it was or is to be, None where only the month was planned.

    `held` says that it counts for a duty; one planned and neither held nor given up by the end of its month is `late`.
    `reason` says why one that was planned was given up.
    """

    id: int
    source: Source
    organisation_id: int
    kind: str
    name: str
    state: str
    held: bool
    month: Month
    day: date | None
    said: str
    reason: str | None = None

    def is_late(self, today: date) -> bool:
        """Whether it was planned, is not held, and its day or month is over."""
        return self.is_open and (self.day or self.month.last_day) < today

    @property
    def is_open(self) -> bool:
        """Whether it is still only planned."""
        return self.state == PLANNED

    def lies_in(self, stretch: Stretch) -> bool:
        """Whether its day is within the stretch, or where only its month is known, that."""
        return self.day in stretch if self.day is not None else self.month in stretch.months


@dataclass(frozen=True)
class Line:
    """A duty (None: a kind that no duty asks for) of one organisation or several, over a year.

    `parts` are the standings by organisation, `standings` the same added up by stretch.
    """

    name: str
    obligation: Obligation | None
    kind: str
    nodes: tuple[Node, ...]
    parts: Mapping[int, tuple[Standing, ...]]
    standings: tuple[Standing, ...]
    entries: tuple[Entry, ...]

    @property
    def tally(self) -> Tally:
        """What was required of all organisations together, and what became of it."""
        return tally([each for part in self.parts.values() for each in part])

    def in_month(self, month: Month) -> list[Standing]:
        """The standings of the stretches that the month is part of: of weeks several, else one at most."""
        return [each for each in self.standings if month in each.stretch.months]


@dataclass(frozen=True)
class Calendar:
    """The lines of a year, those of duties first."""

    period: Period
    today: date
    nodes: Mapping[int, Node]
    lines: tuple[Line, ...]


def begun(session: Session, today: date) -> date:
    """The day from which duties are judged: as set, else the first of the month of the first activity kept."""
    chosen = settings.read(session).life_since
    if chosen:
        return Month.parse(chosen).first_day
    held, planned = session.execute(select(func.min(Activity.held_on), func.min(Activity.planned_month))).one()
    days = [day for day in (held, planned.first_day if planned else None) if day is not None]
    return min([*days, today]).replace(day=1)


def calendar(session: Session, year: int, today: date, scope: int | None = None) -> Calendar:
    """The year of one organisation (a branch with its groups), or of all (None)."""
    return Reckoning(session, Period.of_year(year), today).calendar(scope)


class Reckoning:
    """What is known for judging the duties of a period, read once in a handful of questions."""

    def __init__(self, session: Session, period: Period, today: date) -> None:
        self.period, self.today = period, today
        self.owing = Owing(session)
        self.kinds = activity_kinds.by_key(session)
        self.obligations = obligations(session)
        self._begun = begun(session, today)
        spans = [each for every in _rhythms(self.obligations) for each in stretches(every, period)]
        first = min([each.first for each in spans] + [period.first.first_day])
        last = max([each.last for each in spans] + [period.last.last_day])
        self._excuses = excuses(session, first, last)
        self._entries = entries(session, first, last, {key: kind.name for key, kind in self.kinds.items()})

    def calendar(self, scope: int | None = None) -> Calendar:
        """The lines of an organisation and what is below it, or of all."""
        wanted = self._within(scope)
        lines = [line for each in self.obligations if (line := self.line(each, wanted)) is not None]
        nodes = {node.id: node for node in self.owing.nodes}
        return Calendar(self.period, self.today, nodes, (*lines, *self._other_kinds(wanted)))

    def line(self, obligation: Obligation, wanted: Callable[[Node], bool]) -> Line | None:
        """The duty of those wanted who owe it, None where nobody does in the whole period."""
        rhythm = obligation.rhythm
        since = max(each for each in (rhythm.since, self._begun) if each is not None)
        judged = replace(rhythm, since=since)
        counting = [each for each in self._entries if fulfils(obligation.kinds, obligation.word, each.kind, each.said)]
        by_node: defaultdict[int, list[Entry]] = defaultdict(list)
        for each in counting:
            by_node[each.organisation_id].append(each)
        parts: defaultdict[int, list[Standing]] = defaultdict(list)
        nodes: dict[int, Node] = {}
        for stretch in stretches(rhythm.every, self.period):
            if not judged.in_force(stretch):
                continue
            for node in self.owing.owers(obligation.owed_by, min(stretch.last, max(self.today, stretch.first))):
                if not wanted(node):
                    continue
                nodes[node.id] = node
                own = counting if obligation.owed_by == "leaders" else by_node[node.id]
                held = sum(each.held and each.day is not None and each.day in stretch for each in own)
                reason = self._excuses.get((obligation.key, node.id, stretch.first)) or _given_up(own, stretch)
                parts[node.id].append(judge(judged, stretch, held, self.today, reason))
        if not nodes:
            return None
        shown = counting if obligation.owed_by == "leaders" else [e for e in counting if e.organisation_id in nodes]
        return Line(
            name=obligation.name,
            obligation=obligation,
            kind=obligation.kinds[0] if obligation.kinds else "",
            nodes=tuple(nodes.values()),
            parts={number: tuple(found) for number, found in parts.items()},
            standings=_together(parts.values()),
            entries=tuple(each for each in shown if each.month in self.period),
        )

    def _within(self, scope: int | None) -> Callable[[Node], bool]:
        """Which organisations are looked at."""
        node = next((each for each in self.owing.nodes if each.id == scope), None)
        if node is None:
            return lambda _node: True
        if node.id == node.branch_id:
            return lambda each: each.branch_id == node.id
        return lambda each: each.id == node.id

    def _other_kinds(self, wanted: Callable[[Node], bool]) -> list[Line]:
        """A line for each kind of which something was held or planned that counts for no duty."""
        nodes = {node.id: node for node in self.owing.nodes if wanted(node)}
        asked = {kind for each in self.obligations for kind in each.kinds if each.word is None}
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for each in self._entries:
            if each.kind not in asked and each.organisation_id in nodes and each.month in self.period:
                found[each.kind].append(each)
        order = sorted((kind for kind in self.kinds.values() if kind.key in found), key=lambda kind: kind.place)
        return [self._plain_line(kind.name, kind.key, found[kind.key], nodes) for kind in order]

    def _plain_line(self, name: str, kind: str, own: Sequence[Entry], nodes: Mapping[int, Node]) -> Line:
        """The line of a kind with no duty, for those who held or planned something."""
        whose = {each.organisation_id for each in own}
        return Line(
            name, None, kind, tuple(node for number, node in nodes.items() if number in whose), {}, (), tuple(own)
        )


def entries(session: Session, first: date, last: date, names: Mapping[str, str]) -> list[Entry]:
    """All that was held from `first` to `last` or planned for those months, in order of its day."""
    columns = (
        Activity.id, Activity.organisation_id, Activity.kind, Activity.state, Activity.title, Activity.theme,
        Activity.tags, Activity.lecturer_post, Activity.planned_month, Activity.planned_on, Activity.held_on,
        Activity.reason,
    )  # fmt: skip
    within = or_(
        Activity.held_on.between(first, last),
        Activity.held_on.is_(None) & Activity.planned_month.between(Month.of(first), Month.of(last)),
    )
    found = []
    for number, node, kind, state, *words, month, planned_on, held_on, why in session.execute(
        select(*columns).where(within)
    ):
        title, theme = words[:2]
        day = held_on or planned_on
        at = Month.of(day) if day is not None else month
        said = "、".join(each for each in words if each)
        name = theme or title or names.get(kind, "活动")
        reason = why if state == DROPPED else None
        found.append(Entry(number, "activity", node, kind, name, state, state in HELD, at, day, said, reason))
    slips = select(ReminderSlip.id, ReminderSlip.issuer_id, ReminderSlip.number, ReminderSlip.issued_on)
    for number, issuer, title, issued_on in session.execute(slips.where(ReminderSlip.issued_on.between(first, last))):
        month = Month.of(issued_on)
        found.append(Entry(number, "slip", issuer, SLIP, f"提醒单 {title}", "已印发", True, month, issued_on, ""))
    talks = select(Talk.id, Talk.organisation_id, Talk.sort, Talk.on).where(Talk.on.between(first, last))
    for number, node, sort, on in session.execute(talks):  # whom with is nobody's business here
        found.append(Entry(number, "talk", node, TALK, sort, "已谈", True, Month.of(on), on, sort))
    return sorted(found, key=lambda each: (each.day or each.month.last_day, each.id))


def _given_up(own: Iterable[Entry], stretch: Stretch) -> str | None:
    """Why something that was planned for a stretch was given up: that excuses the duty as well."""
    for each in own:
        if each.reason and each.lies_in(stretch):
            return each.reason
    return None


def _rhythms(known: Iterable[Obligation]) -> list[str]:
    return list(dict.fromkeys(each.every for each in known))


def _together(parts: Iterable[Sequence[Standing]]) -> tuple[Standing, ...]:
    """The standings of several organisations added up by stretch."""
    by_stretch: defaultdict[Stretch, list[Standing]] = defaultdict(list)
    for part in parts:
        for each in part:
            by_stretch[each.stretch].append(each)
    found = []
    for stretch, several in sorted(by_stretch.items()):
        state = worst([each.state for each in several])
        reasons = [each.reason for each in several if each.reason] if state is State.EXCUSED else []
        required, done = sum(each.required for each in several), sum(each.done for each in several)
        held = sum(each.held for each in several) if len(several) == 1 else done
        found.append(Standing(stretch, required, held, state, "；".join(reasons) or None))
    return tuple(found)
