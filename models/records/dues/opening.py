"""The dues of a month that is opened: what members alike owe is worked out once, and all are added together."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import audit
from models.bulk import Columns
from models.records.dues import assessments
from models.records.dues.arrangements import Arranged
from models.records.dues.assessments import Assessment
from models.records.dues.dues import Due, Unassessed, owes
from models.records.members.members import Member
from models.rules.dues import DuesRules
from models.rules.periods import Month

# Whatever else is known of a member has no part in whether and what is owed.
_WHETHER = ("status", "dues_until", "dues_from", "transferred_in_on", "joined_on")
_WHAT = ("dues_category", "dues_base", "post")
_STATED = ("dues_category", "dues_base", "amount", "from_month", "to_month", "reason")
_WORKED = ("category", "base", "rate", "amount", "working", "source")
_NAMES = ("id", "version", "month", "member_id", "branch_id", *_WORKED)
_FIRST_OF_WHAT = 3 + len(_WHETHER)
_BRANCH, _MEMBER = '"branch_id":-1', '"member_id":-1'
Stated = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class _Worth:
    """What members alike owe: the values of their dues, and as the file keeps them; the trail's text in its parts."""

    values: tuple[Any, ...]
    kept: tuple[Any, ...]
    before: str
    between: str
    after: str


# A member's number, the branch and what is owed there: a plain tuple, since there may be a hundred thousand.
_Owing = tuple[int, int, _Worth]


def add_dues(
    session: Session, month: Month, rules: DuesRules, only: Collection[int] | None = None
) -> tuple[int, list[Unassessed]]:
    """Adds a due for everybody (or of `only`) who owes the month and has none; answers how many, and who could not.

    Those whose assessment gives no sound due are answered by name, with the reason.
    """
    session.flush()
    have = set(session.scalars(select(Due.member_id).where(Due.month == month)))
    reckoning, arranged = _Reckoning(session, month, rules), Arranged(session)
    owing, worths, stated = reckoning.owing, reckoning.worths, reckoning.stated
    found: list[_Owing] = []
    unassessed = []
    for row in reckoning.members(only):
        member_id = row[0]
        if member_id in have or not owing[row[3:_FIRST_OF_WHAT]] or arranged.elsewhere(member_id, month):
            continue
        worth = worths[row[_FIRST_OF_WHAT:], stated.get(member_id, ())]
        if isinstance(worth, _Worth):
            found.append((member_id, row[1], worth))
        else:
            unassessed.append(Unassessed(member_id, row[2], worth))
    if found:
        _add(session, month, found)
    return len(found), unassessed


class _Known(dict[Any, Any]):
    """What was worked out before, and is worked out at the first question."""

    def __init__(self, work_out: Callable[[Any], Any]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: Any) -> Any:
        found = self[key] = self._work_out(key)
        return found


class _Reckoning:
    """Works out whether and what members owe for a month, once for all of whom the same is known."""

    def __init__(self, session: Session, month: Month, rules: DuesRules) -> None:
        self._session, self._month, self._rules = session, month, rules
        self._whether, self._what = Columns(session, Member, _WHETHER), Columns(session, Member, _WHAT)
        # Of two assessments that begin together the later counts: each has its place in the order as its number.
        self._assessments = Columns(session, Assessment, ("id", *_STATED))
        self._dues = Columns(session, Due, _WORKED)
        self.owing = _Known(lambda stored: owes(self._whether.loaded(stored), month))
        self.worths = _Known(lambda known: self._worked_out(*known))
        stated: defaultdict[int, Stated] = defaultdict(tuple)
        told = Columns(session, Assessment, _STATED).reading(Assessment.member_id)
        for row in session.execute(told.order_by(Assessment.id)):
            stated[row[0]] += (row[1:],)
        self.stated = dict(stated)

    def members(self, only: Collection[int] | None) -> Iterable[Sequence[Any]]:
        """Number, branch and name of each member, and as the file keeps it what decides whether and what is owed."""
        chosen = Columns(self._session, Member, _WHETHER + _WHAT).reading(Member.id, Member.branch_id, Member.name)
        if only is not None and len(only) == 1:
            chosen = chosen.where(Member.id == next(iter(only)))
        rows = self._session.execute(chosen.order_by(Member.branch_id, Member.id))
        return rows if only is None else (row for row in rows if row[0] in only)

    def _worked_out(self, what: tuple[Any, ...], stated: Stated) -> _Worth | str:
        """What is owed where this is known, or why that cannot be told."""
        own = [self._assessments.loaded((number, *row)) for number, row in enumerate(stated)]
        ground = assessments.ground_of(self._what.loaded(what), own, self._month)
        try:
            due = assessments.worked_out(self._rules, ground)
        except ValueError as error:
            return str(error)
        rate = str(due.rate) if due.rate is not None else None
        values = (ground.category, ground.base, rate, due.amount, due.working, due.source)
        said = {name: value for name, value in zip(_WORKED, values, strict=True) if value is not None}
        text = audit.packed(Due, said | {"month": self._month, "member_id": -1, "branch_id": -1})
        before, _, rest = text.partition(_BRANCH)
        between, _, after = rest.partition(_MEMBER)
        return _Worth(values, self._dues.stored(values), f'{before}"branch_id":', f'{between}"member_id":', after)


def _add(session: Session, month: Month, found: Sequence[_Owing]) -> None:
    """Adds the dues; the first takes the number that the database gives it, the rest are numbered after it."""
    member_id, branch_id, worth = found[0]
    values = dict(zip(_WORKED, worth.values, strict=True))
    begun = Due(month=month, member_id=member_id, branch_id=branch_id, **values)
    session.add(begun)
    session.flush()
    if len(found) == 1:
        return
    (kept,) = Columns(session, Due, ["month"]).stored([month])
    numbers = range(begun.id + 1, begun.id + len(found))
    others = found[1:]
    Columns(session, Due, _NAMES).add(
        (number, 1, kept, who, where, *what.kept) for number, (who, where, what) in zip(numbers, others, strict=True)
    )
    texts = (f"{what.before}{where}{what.between}{who}{what.after}" for who, where, what in others)
    audit.note_lines(session, Due, numbers, texts)
