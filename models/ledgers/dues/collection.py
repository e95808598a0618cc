"""The collection day: one line a member with what is owed, what was paid, and what pressing Enter would collect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from models import settings
from models.kinds import PERSON, TEXT, Money, Tone
from models.ledger import Column, Sheet, View
from models.ledgers.dues.collected import CollectionTotals, Taken, recorded_at, taken_by_member, totals
from models.ledgers.dues.owed import ZERO, OwedMonth, owed_months
from models.ledgers.marks import MARK
from models.ledgers.members.namesakes import distinct_names
from models.records.dues import assessments, months, rulebook
from models.records.dues.arrangements import Arranged
from models.records.dues.assessments import Assessment
from models.records.dues.months import Due
from models.records.dues.payments import Allotment
from models.records.members.members import IN_THE_BRANCH, PROBATIONARY, Member
from models.records.members.organisation import Organisation
from models.rules.dues import ROUNDINGS, DuesRules, rules_for
from models.rules.periods import Month

LineState = Literal["owing", "unassessed", "paid", "ahead", "waiting", "exempt", "left"]
_ORDER: Mapping[LineState, int] = {
    "owing": 0, "unassessed": 0, "paid": 1, "ahead": 2, "waiting": 2, "exempt": 2, "left": 3,
}  # fmt: skip
_NEEDED = (
    Member.name, Member.initials, Member.id_number, Member.branch_id, Member.status, Member.category, Member.post,
    Member.dues_category, Member.dues_base, Member.dues_from, Member.dues_until, Member.joined_on,
    Member.transferred_in_on,
)  # fmt: skip
_ROUNDED = frozenset(words for _, _, words in ROUNDINGS.values())


@dataclass(frozen=True, slots=True)
class CollectionLine:
    """One member; amounts in yuan.

    `due` is that of the month, `owed` what is still owed of opened months, the oldest first. `taken` is what this
    collection brought, by `method`, for `months` (before it brought anything, what the month has from elsewhere);
    `at` is when (UTC) the last of it was recorded.
    """

    id: int
    name: str
    initials: str
    id_number: str | None
    branch: str
    category: str
    working: str
    due: Decimal | None
    owed: tuple[OwedMonth, ...]
    taken: Decimal
    method: str
    months: tuple[Month, ...]
    state: LineState
    mark: tuple[str, Tone]
    payment_ids: tuple[int, ...] = ()
    at: datetime | None = None

    @property
    def covers(self) -> str:
        """The months paid for, or those that would be, without their years."""
        return brief_months(self.proposed_months if self.owed else self.months)

    @property
    def proposed(self) -> Decimal:
        """All that is still owed: what pressing Enter collects."""
        return sum((each.rest for each in self.owed), ZERO)

    @property
    def proposed_months(self) -> tuple[Month, ...]:
        return tuple(each.month for each in self.owed)


@dataclass(frozen=True)
class CollectionDay:
    """A month on its collection day; before its dues are fixed it is not `opened` and has no lines.

    `members` counts those in the branches that are looked at.
    """

    month: Month
    day: date
    opened: bool
    closed_on: date | None
    lines: tuple[CollectionLine, ...]
    totals: CollectionTotals
    members: int

    def in_state(self, state: LineState) -> list[CollectionLine]:
        return [line for line in self.lines if line.state == state]


def collection_day(session: Session, view: View) -> CollectionDay:
    """The collection of the view's month: those who owe first, below them those who paid, the latest before others."""
    month = view.month
    opened = months.find(session, month)
    if opened is None:
        day = months.collection_day(settings.read(session), month)
        return CollectionDay(month, day, False, None, (), CollectionTotals(), _members(session, view))
    known = _Known(session, view)
    lines = sorted((known.line(member) for member in known.concerned()), key=_place)
    return CollectionDay(
        month,
        opened.collection_day,
        True,
        opened.closed_on,
        tuple(lines),
        totals(session, view),
        _members(session, view),
    )


def _members(session: Session, view: View) -> int:
    present = select(func.count()).select_from(Member).where(Member.status == IN_THE_BRANCH)
    if view.branch_id is not None:
        present = present.where(Member.branch_id == view.branch_id)
    return session.scalar(present) or 0


def _place(line: CollectionLine) -> tuple[int, int]:
    return _ORDER[line.state], -max(line.payment_ids, default=0)


class _Known:
    """What is read once for all lines of a collection."""

    def __init__(self, session: Session, view: View) -> None:
        self.view, self.month = view, view.month
        chosen = select(Member).options(load_only(*_NEEDED)).order_by(Member.branch_id, Member.id)
        if view.branch_id is not None:
            chosen = chosen.where(Member.branch_id == view.branch_id)
        self.members = session.scalars(chosen).all()
        self.branches = {each.id: each.name for each in session.scalars(select(Organisation))}
        self.names = distinct_names(self.members, self.branches)
        dues = select(Due.member_id, Due.category, Due.amount, Due.working).where(Due.month == self.month)
        self.dues: dict[int, Any] = {due.member_id: due for due in session.execute(dues)}
        self.owed = owed_months(session, self.month)
        self.arranged = Arranged(session)
        self.taken = taken_by_member(session, self.month)
        self.recorded = recorded_at(session, self.month)
        own = select(Allotment.member_id, func.sum(Allotment.amount)).where(Allotment.month == self.month)
        self.booked = dict(session.execute(own.group_by(Allotment.member_id)).all())
        self._session = session

    def concerned(self) -> list[Member]:
        """Those in the branch or with a due, with something owed or taken, and those whose dues just stopped."""
        return [
            member
            for member in self.members
            if (member.status == IN_THE_BRANCH and (self._owes(member) or member.id in self.dues))
            or any(member.id in known for known in (self.dues, self.owed, self.taken))
            or (member.dues_until is not None and 0 < self.month - member.dues_until <= 1)
        ]

    def _owes(self, member: Member) -> bool:
        """Whether the month is to be paid here, and not where the member is on the move."""
        return months.owes(member, self.month) and not self.arranged.elsewhere(member.id, self.month)

    def line(self, member: Member) -> CollectionLine:
        due, owed, taken = self.dues.get(member.id), self.owed.get(member.id, ()), self.taken.get(member.id)
        state = self._state(member, due, owed, taken)
        at = self.recorded.get(taken.payment_ids[-1]) if taken else None
        booked = self.booked.get(member.id, ZERO)
        return CollectionLine(
            id=member.id,
            name=self.names.get(member.id, member.name),
            initials=member.initials,
            id_number=member.id_number,
            branch=self.branches[member.branch_id],
            category=_category(member, due),
            working=self._working(member, due, state),
            due=due.amount if due else None,
            owed=owed,
            taken=taken.amount if taken else booked,
            method=taken.method if taken else "",
            months=taken.months if taken else (self.month,) if booked else (),
            state=state,
            mark=_mark(state, self.view, owed, taken, at),
            payment_ids=taken.payment_ids if taken else (),
            at=at,
        )

    def _state(self, member: Member, due: Any, owed: Sequence[OwedMonth], taken: Taken | None) -> LineState:
        if owed:
            return "owing"
        if due is None and self._owes(member):
            return "unassessed"
        if taken is not None:
            return "paid"
        if due is None:
            return "left"
        if due.amount > self.booked.get(member.id, ZERO):
            return "waiting"
        return "exempt" if due.amount == 0 else "ahead"

    @cached_property
    def _grounds(self) -> tuple[DuesRules, Mapping[int, list[Assessment]]]:
        """The rules and all assessments: needed only where somebody has no due."""
        rules = rules_for(self.month, rulebook.read(self._session))
        return rules, assessments.by_member(self._session)

    def _working(self, member: Member, due: Any, state: LineState) -> str:
        if due is not None:
            return brief_working(due.working)
        if state != "unassessed":
            return f"党费交至 {member.dues_until.number} 月" if member.dues_until else ""
        rules, assessed = self._grounds
        ground = assessments.ground_of(member, assessed.get(member.id, ()), self.month)
        try:
            return f"{brief_working(assessments.worked_out(rules, ground).working)}，尚未入账"
        except ValueError as error:
            return str(error)


def _category(member: Member, due: Any) -> str:
    if due is None and member.status != IN_THE_BRANCH:
        return f"已{member.status}" if member.status in ("转出", "去世") else member.status
    category = (due.category if due else None) or member.dues_category or ""
    return f"{category}（预备）" if member.category == PROBATIONARY else category


def _mark(
    state: LineState,
    view: View,
    owed: Sequence[OwedMonth],
    taken: Taken | None,
    at: datetime | None,
) -> tuple[str, Tone]:
    """The state of a line in words, and its tone."""
    if state == "owing":
        if len(owed) > 1:
            return f"欠 {len(owed)} 个月", "bad"
        if owed[0].month != view.month:
            return f"欠 {owed[0].month.number} 月", "bad"
        return (f"还差 {owed[0].rest:,.2f}" if owed[0].paid else "未交"), "warn"
    if state == "paid" and taken is not None:
        ahead = sum(month > view.month for month in taken.months)
        if ahead:
            return f"预交 {ahead} 个月", "good"
        return f"已交 {_moment(taken, at, view)}", "good"
    words: Mapping[LineState, tuple[str, Tone]] = {
        "unassessed": ("未核定", "bad"),
        "ahead": ("已交", "good"),
        "waiting": ("按约定以后交", "quiet"),
        "exempt": ("免交", "quiet"),
        "left": ("不再收缴", "quiet"),
    }
    return words[state]


def _moment(taken: Taken, at: datetime | None, view: View) -> str:
    """The time of day of a payment of today, else its date."""
    local = at.astimezone() if at is not None else None
    if local is not None and local.date() == view.today == taken.paid_on:
        return f"{local:%H:%M}"
    return f"{taken.paid_on:%m-%d}"


def brief_working(working: str) -> str:
    """The arithmetic of a due for a narrow column: thousands marked, without how it was rounded."""
    parts = [part for part in working.split("，") if not any(part.startswith(words) for words in _ROUNDED)]
    base, times, rest = "，".join(parts).partition(" × ")
    return f"{Decimal(base):,.2f} × {rest}" if times else base


def brief_months(covered: Sequence[Month]) -> str:
    """Months for a narrow column, without their years: 7月—11月, or 9月、11月."""
    runs: list[list[Month]] = []
    for month in sorted(set(covered)):
        if runs and month - runs[-1][-1] == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    parts = [
        f"{run[0].number}月—{run[-1].number}月" if len(run) > 2 else "、".join(f"{m.number}月" for m in run)
        for run in runs
    ]
    return "、".join(parts)


class _Taken(Money):
    """What was paid: nothing where nothing was."""

    def show(self, value: Any) -> str:
        return super().show(value or None)


class _Due(Money):
    """What is due: a dash where nothing can be."""

    def show(self, value: Any) -> str:
        return "—" if value is None else super().show(value)


COLUMNS = (
    Column("name", "姓名", PERSON, 10),
    Column("category", "类别", TEXT, 10),
    Column("working", "本月应交与依据", TEXT, 22),
    Column("due", "应交", _Due(), 9),
    Column("taken", "　　　实交", _Taken(), 10),  # room for the box in which an amount is typed
    Column("method", "方式", TEXT, 6),
    Column("covers", "所属月份", TEXT, 10),
    Column("mark", "状态", MARK, 10),
)


def grid(day: CollectionDay, method: str) -> Sheet:
    """The lines as the grid of the collection page; those who have still to pay stand with the way to be used."""
    rows = [replace(line, method=method) if line.state == "owing" else line for line in day.lines]
    return Sheet("dues_collection", f"{day.month.chinese}收缴", COLUMNS, rows, {}, ("", "", ""), (), "", "landscape")
