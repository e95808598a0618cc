"""F35, the points of members in a year (党员积分、先锋指数): scores by item, what adds or takes away, and the total."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, ID_NUMBER, NUMBER, PERSON, TEXT
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.ledgers.dues.past_registers import YEAR
from models.ledgers.short_numbers import SHORT
from models.ledgers.sparing import sparing
from models.records.life import points
from models.records.life.points import EVENT_FIELDS, SCORE_TITLES, SCORES, PointEvent, PointItem, PointScore
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.members.organisation import branches
from models.records.members.people import People
from models.records.outcomes import Taken, meant, settled, take_each
from models.rules.appraisal import ranks

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PointsRow:
    """A member's points of a year; `scores` are those given, by key as own_理想信念, each an attribute too.

    `total` is what the branch gave and what was added or taken away, None while there is nothing of either; `rank` is
    the place in the member's branch.
    """

    id: int
    member_id: int
    year: int
    name: str
    id_number: str | None
    branch: str
    scores: Mapping[str, Decimal]
    added: Decimal | None
    deducted: Decimal | None
    total: Decimal | None
    rank: int | None
    initials: str = ""

    def __getattr__(self, key: str) -> Decimal | None:
        """The score of a column; one that was not given is empty."""
        if not key.startswith(_PREFIXES):
            raise AttributeError(key)
        return self.scores.get(key)


_PREFIXES = tuple(f"{kind}_" for kind in SCORES)


def points_rows(session: Session, view: View) -> list[PointsRow]:
    """Members in the branch, and others who have points of the year, in order of entry."""
    year = view.period.year
    scores, events = _scores(session, year), _events(session, year)
    members = [
        member
        for member in session.scalars(select(Member).order_by(Member.branch_id, Member.id))
        if view.branch_id in (None, member.branch_id)
        and (member.status == IN_THE_BRANCH or member.id in scores or member.id in events)
    ]
    names = {branch.id: branch.name for branch in branches(session)}
    totals = {member.id: _total(scores.get(member.id, {}), events.get(member.id, [])) for member in members}
    places = _places(members, totals)
    return [
        PointsRow(
            id=member.id,
            member_id=member.id,
            year=year,
            name=member.name,
            id_number=member.id_number,
            branch=names.get(member.branch_id, ""),
            scores=scores.get(member.id, {}),
            added=_sum(value for value in events.get(member.id, ()) if value > 0),
            deducted=_sum(value for value in events.get(member.id, ()) if value < 0),
            total=totals[member.id],
            rank=places[member.id],
            initials=member.initials,
        )
        for member in members
    ]


def _scores(session: Session, year: int) -> dict[int, dict[str, Decimal]]:
    """The scores of a year by member and key."""
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    chosen = select(PointScore, PointItem.item).join(PointItem, PointItem.id == PointScore.item_id)
    for score, item in session.execute(chosen.where(PointItem.year == year)):
        for kind in SCORES:
            value = getattr(score, kind)
            if value is not None:
                found[score.member_id][f"{kind}_{item}"] = value
    return found


def _events(session: Session, year: int) -> dict[int, list[Decimal]]:
    found: defaultdict[int, list[Decimal]] = defaultdict(list)
    for event in points.events(session, year):
        found[event.member_id].append(event.points)
    return found


def _sum(values: Iterable[Decimal]) -> Decimal | None:
    return sum(values, ZERO) or None


def _total(scores: Mapping[str, Decimal], events: Sequence[Decimal]) -> Decimal | None:
    given = [value for key, value in scores.items() if key.startswith("by_branch_")]
    return sum((*given, *events), ZERO) if given or events else None


def _places(members: Sequence[Member], totals: Mapping[int, Decimal | None]) -> dict[int, int | None]:
    """The place of each member in the member's branch."""
    by_branch: defaultdict[int, list[int]] = defaultdict(list)
    for member in members:
        by_branch[member.branch_id].append(member.id)
    found: dict[int, int | None] = {}
    for ids in by_branch.values():
        found |= dict(zip(ids, ranks([totals[each] for each in ids]), strict=True))
    return found


@dataclass
class _Saving:
    """What saving rows looks up again and again: the people, and the items of each year."""

    session: Session
    view: View
    people: People
    taken: Taken


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    saving = _Saving(session, view, People(session, view.branch_id), Taken())
    return take_each(session, rows, lambda values: _take(saving, values))


def _take(saving: _Saving, values: Values) -> Outcome:
    """Gives a member the scores of a row; a cell that is empty leaves the score that stands."""
    session, member = saving.session, saving.people.named(values)
    year = values.get("year") or saving.view.period.year
    given = {key: value for key, value in values.items() if key.startswith(_PREFIXES) and value is not None}
    if not given:
        return Outcome("unchanged", member.id)
    items = {item.item: item for item in points.scheme(session, year)}
    changed = False
    for key, value in given.items():
        kind, item = _parted(key)
        if item not in items:
            raise FieldError(key, f"{year}年的积分项目里没有“{item}”，请先在“积分项目”里加上。")
        known = points.score_of(session, member.id, items[item].id)
        if getattr(known, kind, None) != value:
            if not changed:
                saving.taken.require_new((member.id, year), member.name)
            changed = points.score(session, member.id, items[item], {kind: value}) or changed
    saving.taken.note((member.id, year))
    return Outcome("updated" if changed else "unchanged", member.id)


def _parted(key: str) -> tuple[str, str]:
    """The kind of score and the item of a column's key."""
    kind = next(each for each in SCORES if key.startswith(f"{each}_"))
    return kind, key.removeprefix(f"{kind}_")


def columns(items: Iterable[tuple[str, str]], kinds: Sequence[str]) -> tuple[Column, ...]:
    """The columns for items, each with its full marks in words, and for the kinds of score that were given."""
    return (
        Column("year", "年度", YEAR, 6),
        Column("name", "姓名", PERSON, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("total", "总分", SHORT, 7, entered=False),
        Column("rank", "支部内名次", NUMBER, 8, entered=False),
        *(_column(item, band, kind) for item, band in items for kind in kinds),
        Column("added", "加分", SHORT, 6, entered=False),
        Column("deducted", "减分", SHORT, 6, entered=False),
        Column("id", "编号", CODE, 6, entered=False),
    )


def _column(item: str, band: str, kind: str) -> Column:
    also = (item, f"{item}得分") if kind == "by_branch" else ()
    return Column(f"{kind}_{item}", f"{item}{SCORE_TITLES[kind]}", SHORT, 7, band=band, synonyms=also)


def fitted(session: Session, ledger: Ledger, view: View | None = None) -> Ledger:
    """The ledger with the items of a view's year and the kinds of score given in it, or with all that there are."""
    if view is None:
        everything = session.scalars(select(PointItem.item).order_by(PointItem.year.desc(), PointItem.place))
        names = dict.fromkeys((*everything, *(each.item for each in points.supplied())))
        return replace(ledger, columns=columns(((name, "") for name in names), SCORES))
    year = view.period.year
    items = [(each.item, f"{each.item}（{SHORT.show(each.standard)}分）") for each in points.offered(session, year)]
    counted = session.execute(
        select(*(func.count(getattr(PointScore, kind)) for kind in SCORES))
        .join(PointItem, PointItem.id == PointScore.item_id)
        .where(PointItem.year == year)
    ).one()
    kinds = [kind for kind, number in zip(SCORES, counted, strict=True) if number or kind == "by_branch"]
    return sparing(session, replace(ledger, columns=columns(items, kinds)), view)


def _note(session: Session, view: View) -> str:
    items = points.offered(session, view.period.year)
    marks = SHORT.show(sum((each.standard for each in items), ZERO))
    return f"标准分合计 {marks} 分；总分＝支部评各项之和＋加减分；名次在本支部内排列，同分同名次。"


LIFE_POINTS = Ledger(
    name="life_points",
    title="党员积分表",
    columns=columns([(each.item, "") for each in points.supplied()], ("by_branch",)),
    rows=points_rows,
    save=_save,
    span="year",
    lines=LINES_OF_A_DAY,
    note=_note,
    empty="还没有党员可以评分，请先导入名册。",
    fitted=fitted,
)


@dataclass(frozen=True, slots=True)
class PointEventRow:
    """Points added or taken away, with who it is about."""

    id: int
    member_id: int
    on: date
    name: str
    id_number: str | None
    branch: str
    points: Decimal
    reason: str


def event_rows(session: Session, view: View) -> list[PointEventRow]:
    """What was added and taken away in the view's period, in order of its days."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = (
        select(PointEvent, Member)
        .join(Member, Member.id == PointEvent.member_id)
        .where(PointEvent.on.between(first, last))
        .order_by(PointEvent.on, PointEvent.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    names = {branch.id: branch.name for branch in branches(session)}
    return [
        PointEventRow(
            id=each.id,
            member_id=member.id,
            on=each.on,
            name=member.name,
            id_number=member.id_number,
            branch=names.get(member.branch_id, ""),
            points=each.points,
            reason=each.reason,
        )
        for each, member in session.execute(chosen)
    ]


def _save_events(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    people, taken = People(session, view.branch_id), Taken()
    return take_each(session, rows, lambda values: _take_event(session, people.named(values), values, view, taken))


def _take_event(session: Session, member: Member, values: Values, view: View, taken: Taken) -> Outcome:
    """Adds or changes an event a row: that of its number if the name agrees, else the like one not yet met."""
    own = session.scalars(select(PointEvent).where(PointEvent.member_id == member.id).order_by(PointEvent.id)).all()
    stated = {key: values[key] for key in EVENT_FIELDS if values.get(key) is not None}
    numbered = [each for each in own if str(each.id) == str(values.get("id"))]
    return settled(
        meant(numbered or [each for each in own if each.id not in taken], values, EVENT_FIELDS),
        stated,
        taken,
        member.name,
        add=lambda given: points.add_event(session, member.id, given, view.today),
        change=lambda number, given: points.change_event(session, number, given, view.today),
    )


LIFE_POINT_EVENTS = Ledger(
    name="life_point_events",
    title="积分加减台账",
    columns=(
        Column("on", "日期", DAY, 11, required=True),
        Column("name", "姓名", PERSON, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("points", "分值", SHORT, 7, required=True, synonyms=("加减分", "得分")),
        Column("reason", "原因", TEXT, 34, required=True, synonyms=("加减分原因", "事由")),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=event_rows,
    save=_save_events,
    span="year",
    lines=LINES_OF_A_DAY,
    note="加分写正数，减分写负数。",
    empty="这一年还没有加分、减分。",
    fitted=sparing,
)
EVENT_COLUMNS = tuple(column for column in LIFE_POINT_EVENTS.columns if column.key in EVENT_FIELDS)
