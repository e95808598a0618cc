"""The Today page: what is owed this month, what needs attention, whose political birthday it is, a year of dues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import settings
from models.ledger import View
from models.ledgers.dues.duties import Duty, duties
from models.ledgers.dues.owed import ZERO, owed_months
from models.ledgers.dues.progress import DuesSums, dues_sums, handing_up
from models.ledgers.notices import Notice, notices
from models.records.dues import months
from models.records.dues.arrangements import Arranged
from models.records.dues.months import Due
from models.records.dues.payments import Allotment
from models.records.members.members import IN_THE_BRANCH, Member
from models.rules.periods import Month, PartialDate, months_between

_YEAR_BEGINS_UNTIL = 3  # March: as late as this a year's assessment may begin


@dataclass(frozen=True)
class Birthday:
    """A member who joined in this month of an earlier year; `day` as exactly as it is known."""

    member_id: int
    name: str
    day: str
    years: int


@dataclass(frozen=True)
class MonthSums:
    """A month's dues and what was paid for it, in yuan."""

    month: Month
    due: Decimal
    paid: Decimal


@dataclass(frozen=True)
class Overview:
    """All that the Today page shows but the year of dues; `unpaid` are names, `late` how many owe several months."""

    month: Month
    day: date
    opened: bool
    sums: DuesSums
    unpaid: tuple[str, ...]
    late: int
    members: int
    duties: tuple[Duty, ...]
    notices: tuple[Notice, ...]
    birthdays: tuple[Birthday, ...]


def overview(session: Session, view: View) -> Overview:
    """The state of the view's month on the view's day."""
    month = view.month
    opened = months.find(session, month)
    present = _present(session, view)
    owed = owed_months(session, month)
    unassessed = list(_unassessed(session, present, month))
    chosen = settings.read(session)
    day = opened.collection_day if opened else months.collection_day(chosen, month)
    sums = dues_sums(session, month, view.branch_id)
    state = handing_up(session, month) if opened else None
    names = {member.id: member.name for member in present}
    unpaid = tuple(names[who] for who, parts in owed.items() if who in names and parts[-1].month == month)
    return Overview(
        month=month,
        day=day,
        opened=opened is not None,
        sums=sums,
        unpaid=unpaid,
        late=sum(len(parts) > 1 for who, parts in owed.items() if who in names),
        members=len(present),
        duties=tuple(
            duties(chosen, view, opened, day, state, sums, unassessed, len(present), _carried(session, present, month))
        ),
        notices=tuple(notices(session, view, present, owed, unassessed)),
        birthdays=tuple(_birthdays(present, month)),
    )


def year_of_dues(session: Session, view: View) -> list[MonthSums]:
    """The twelve months that end with the view's: dues fixed and sums booked, of one branch or all."""
    first = view.month + -11
    dues = select(Due.month, func.sum(Due.amount)).where(Due.month.between(first, view.month))
    paid = select(Allotment.month, func.sum(Allotment.amount)).where(Allotment.month.between(first, view.month))
    if view.branch_id is not None:
        own = select(Member.id).where(Member.branch_id == view.branch_id)
        dues, paid = dues.where(Due.branch_id == view.branch_id), paid.where(Allotment.member_id.in_(own))
    due_by = dict(session.execute(dues.group_by(Due.month)).all())
    paid_by = dict(session.execute(paid.group_by(Allotment.month)).all())
    return [
        MonthSums(month, due_by.get(month, ZERO), paid_by.get(month, ZERO))
        for month in months_between(first, view.month)
    ]


def _present(session: Session, view: View) -> Sequence[Member]:
    chosen = select(Member).where(Member.status == IN_THE_BRANCH).order_by(Member.branch_id, Member.id)
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    return session.scalars(chosen).all()


def _unassessed(session: Session, present: Sequence[Member], month: Month) -> Iterator[tuple[Member, str]]:
    """Those who owe the month, have no due for it, and could not be given one; and why."""
    have = set(session.scalars(select(Due.member_id).where(Due.month == month)))
    without = [member for member in present if member.id not in have and months.owes(member, month)]
    if not without:
        return
    # Here alone: the window starts with this page, and mostly everybody has a due.
    from models.records.dues import assessments, rulebook
    from models.rules.dues import rules_for

    known, arranged = assessments.by_member(session), Arranged(session)
    rules = rules_for(month, rulebook.read(session))
    for member in without:
        if arranged.elsewhere(member.id, month):
            continue
        try:
            assessments.worked_out(rules, assessments.ground_of(member, known.get(member.id, ()), month))
        except ValueError as error:
            yield member, str(error)


def _carried(session: Session, present: Sequence[Member], month: Month) -> int:
    """How many are not assessed for the year that has just begun; 0 later in a year."""
    if month.number > _YEAR_BEGINS_UNTIL:
        return 0
    from models.records.dues.assessments import Assessment  # not at every start of the window

    in_year = Assessment.from_month.between(Month(month.year, 1), Month(month.year, 12))
    done = set(session.scalars(select(Assessment.member_id).where(in_year, Assessment.amount.is_(None))))
    return sum(member.id not in done and months.owes(member, month) for member in present)


def _birthdays(present: Sequence[Member], month: Month) -> Iterator[Birthday]:
    found = []
    for member in present:
        joined = member.joined_on
        if joined is not None and joined.month == month.number and joined.year < month.year:
            found.append((joined.day or 0, member, joined))
    for day, member, joined in sorted(found, key=lambda each: (each[0], each[1].id)):
        yield Birthday(member.id, member.name, _day_words(joined, day), month.year - joined.year)


def _day_words(joined: PartialDate, day: int) -> str:
    return f"{joined.month}月{day}日" if day else f"{joined.month}月"
