"""The yearly assessment: one for each member at the start of a year, carried over from the last or entered anew."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.errors import FieldError, UserError
from models.records.dues import assessments, months, rulebook
from models.records.dues.assessments import YEARLY, Assessment, Ground
from models.records.dues.months import Due
from models.records.members.members import IN_THE_BRANCH, Member, find_by_id
from models.rules.dues import rules_for
from models.rules.periods import Month


@dataclass(frozen=True)
class Carried:
    """What carrying over did: who was assessed (by number), and the names of those who had nothing sound to carry."""

    done: tuple[int, ...]
    without: tuple[str, ...]


def assessed_in(own: Sequence[Assessment], year: int) -> Assessment | None:
    """The assessment of a member that was made for the year: the last lasting one that begins in it."""
    return assessments.covering([each for each in assessments.scaled(own) if _begins_in(each, year)], Month(year, 12))


def before(member: Member, own: Sequence[Assessment], year: int) -> Ground:
    """What the member's due rested on when the year before ended."""
    return assessments.ground_of(member, _earlier(own, year), Month(year, 1) + -1)


def _earlier(own: Sequence[Assessment], year: int) -> list[Assessment]:
    return [each for each in assessments.scaled(own) if each.from_month is None or each.from_month.year < year]


def _begins_in(assessment: Assessment, year: int) -> bool:
    return assessment.from_month is not None and assessment.from_month.year == year


def assess(
    session: Session,
    member_id: int,
    year: int,
    category: str | None,
    base: Decimal | None,
    reason: str | None = None,
    worksheet: str | None = None,
) -> Assessment:
    """Assesses a member for a year, from the first month of it that has no due yet; months that have one stay.

    An assessment of the year on which no due rests yet is changed. FieldError where the values give no sound due, or
    where the year's is changed within it without a reason; UserError where every month of the year has its due.
    """
    if base is not None and base <= 0:
        raise FieldError("dues_base", "缴费基数应大于零；没有基数的请选类别（学生、低保等）。")
    member = find_by_id(session, member_id)
    own = session.scalars(select(Assessment).where(Assessment.member_id == member_id)).all()
    start = _first_free(session, member, year)
    known = assessed_in(own, year)
    if known is not None and known.from_month is not None and known.from_month < start:
        known = None
    values = {
        "dues_category": category,
        "dues_base": base,
        "from_month": known.from_month if known is not None else start,
        "reason": reason or (known.reason if known is not None else None) or YEARLY,
        "worksheet": worksheet,
    }
    return assessments.save_one(session, member_id, values, known.id if known is not None else None)


def _first_free(session: Session, member: Member, year: int) -> Month:
    """The first month of the year after those in which the member has a due."""
    of_year = Due.month.between(Month(year, 1), Month(year, 12))
    last: Month | None = session.scalar(select(func.max(Due.month)).where(Due.member_id == member.id, of_year))
    if last is not None and last.number == 12:
        raise UserError(f"{member.name}{year}年各月的应交都已入账，不能再改；请核定{year + 1}年。")
    return last + 1 if last is not None else Month(year, 1)


def carry_over(session: Session, year: int, branch_id: int | None = None) -> Carried:
    """Assesses everybody who has no assessment for the year yet as for the year before."""
    chosen = select(Member).where(Member.status == IN_THE_BRANCH).order_by(Member.branch_id, Member.id)
    if branch_id is not None:
        chosen = chosen.where(Member.branch_id == branch_id)
    known = assessments.by_member(session)
    done, without = [], []
    for member in session.scalars(chosen).all():
        own = known.get(member.id, ())
        if not months.owes(member, Month(year, 12)) or assessed_in(own, year) is not None:
            continue
        try:
            done.append(_carry(session, member, own, year).member_id)
        except UserError:
            without.append(member.name)
    return Carried(tuple(done), tuple(without))


def carry_one(session: Session, member_id: int, year: int) -> Assessment:
    """Assesses one member for the year as for the year before; FieldError where that gives no sound due."""
    own = session.scalars(select(Assessment).where(Assessment.member_id == member_id)).all()
    return _carry(session, find_by_id(session, member_id), own, year)


def _carry(session: Session, member: Member, own: Sequence[Assessment], year: int) -> Assessment:
    last = assessments.covering(_earlier(own, year), Month(year, 1) + -1)
    ground = before(member, own, year)
    return assess(session, member.id, year, ground.category, ground.base, worksheet=last.worksheet if last else None)


def needs_base(session: Session, category: str, year: int) -> bool:
    """Whether a category pays by a base, and not a fixed sum, at the end of the year."""
    rule = rules_for(Month(year, 12), rulebook.read(session)).categories.get(category)
    return rule is None or rule.needs_base


def enter_waiting(session: Session, member_ids: Collection[int], year: int, today: date) -> int:
    """Enters the dues that waited for the assessment of these members, in the months of the year and later ones.

    Answers how many; dues that stand are not touched.
    """
    waiting = [month for month in months.opened(session) if month.year >= year]
    return sum(months.open_month(session, month, today, member_ids).added for month in waiting)
