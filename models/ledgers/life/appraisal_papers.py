"""The papers of the appraisal: ballots F31, the sheet F32 a member, ballots F34 on reports, the sheet of points F35."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.life.appraisals import appraisal_rows
from models.ledgers.life.points import points_rows
from models.ledgers.sheets import furniture
from models.records.life import appraisals, points
from models.records.life.appraisals import Appraisal
from models.records.members.members import PROBATIONARY, Member
from models.records.members.organisation import Organisation, branches
from models.records.members.timeline import Timeline
from models.rules import votes
from models.rules.appraisal import THIRD, share_of

Numbered = Sequence[tuple[int, Any]]


@dataclass(frozen=True, slots=True)
class AppraisalBallotRecord:
    """F31: the names that are voted on, in order; `cap` is how many of them may be 优秀."""

    unit: str | None = None
    year: int | None = None
    names: tuple[str, ...] = ()
    share: str | None = None
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class AppraisalSheetRecord:
    """F32: one member's sheet of a year, which goes into the file."""

    unit: str | None = None
    year: int | None = None
    name: str | None = None
    sex: str | None = None
    born: str | None = None
    joined: str | None = None
    became_full: str | None = None
    post: str | None = None
    opinion: str | None = None
    grade: str | None = None
    disposition: str | None = None
    probationary: bool = False
    held_on: date | None = None


@dataclass(frozen=True, slots=True)
class DutyBallotRecord:
    """F34: who reported on the year's duties, with the branch."""

    unit: str | None = None
    year: int | None = None
    reports: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PointLine:
    """An item of a sheet of points: full marks, and what member, group and branch gave."""

    item: str
    standard: Decimal
    own: Decimal | None = None
    by_group: Decimal | None = None
    by_branch: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PointsSheetRecord:
    """F35: one member's points of a year; `events` are day, points and reason; `rank` of how many in the branch."""

    unit: str | None = None
    year: int | None = None
    name: str | None = None
    lines: tuple[PointLine, ...] = ()
    events: tuple[tuple[date, Decimal, str], ...] = ()
    total: Decimal | None = None
    rank: int | None = None


def ballots(session: Session, view: View) -> Numbered:
    """F31: a ballot for the branch looked at, or for each; numbered by the branch.

    Its names are the full members on the list of the year's appraisal, or of the roster while there is none.
    """
    year, found = view.period.year, []
    for branch in _branches(session, view):
        held = appraisals.of_year(session, branch.id, year)
        names = tuple(_listed(session, held) if held is not None else _full_members(session, branch.id, view.today))
        share = held.share if held is not None else THIRD
        if names:
            cap = votes.excellent_cap(len(names), share_of(share))
            found.append((branch.id, AppraisalBallotRecord(branch.name, year, names, share, cap)))
    return found


def _branches(session: Session, view: View) -> list[Organisation]:
    return [branch for branch in branches(session) if view.branch_id in (None, branch.id)]


def _listed(session: Session, held: Appraisal) -> Iterator[str]:
    for row in appraisals.results(session, held.id):
        if not row.probationary:
            yield session.get_one(Member, row.member_id).name


def _full_members(session: Session, branch_id: int, day: date) -> Iterator[str]:
    timeline = Timeline(session)
    for member in timeline.members(day, branch_id):
        if timeline.category(member, day) != PROBATIONARY:
            yield member.name


def sheets(session: Session, view: View) -> Numbered:
    """F32: a sheet for each member in the appraisals of the year, numbered by the result."""
    rows = appraisal_rows(session, view)
    people = {each.id: each for each in session.scalars(select(Member))}
    held = dict(session.execute(select(Appraisal.id, Appraisal.held_on)).all())
    found = []
    for row in rows:
        member = people[row.member_id]
        record = AppraisalSheetRecord(
            unit=row.branch,
            year=row.year,
            name=row.name,
            sex=member.sex,
            born=member.birth_date.chinese if member.birth_date is not None else None,
            joined=member.joined_on.chinese if member.joined_on is not None else None,
            became_full=member.full_member_on.chinese if member.full_member_on is not None else None,
            post=member.post,
            opinion=row.opinion,
            grade=row.grade,
            disposition=row.disposition,
            probationary=row.category == PROBATIONARY,
            held_on=held[row.appraisal_id],
        )
        found.append((row.id, record))
    return found


def duty_ballots(session: Session, view: View) -> Numbered:
    """F34: one ballot with the secretaries of the branches looked at."""
    reports = tuple((branch.secretary, branch.name) for branch in _branches(session, view) if branch.secretary)
    unit = furniture(session, view).unit
    return [(view.branch_id or 0, DutyBallotRecord(unit, view.period.year, reports))] if reports else []


def points_sheets(session: Session, view: View) -> Numbered:
    """F35: a sheet for each member of the view, numbered by the member."""
    year = view.period.year
    items = [(each.item, each.standard) for each in points.offered(session, year)]
    events: dict[int, list[tuple[date, Decimal, str]]] = {}
    for event in points.events(session, year):
        events.setdefault(event.member_id, []).append((event.on, event.points, event.reason))
    return [
        (
            row.member_id,
            PointsSheetRecord(
                unit=row.branch,
                year=year,
                name=row.name,
                lines=tuple(_line(item, standard, row.scores) for item, standard in items),
                events=tuple(events.get(row.member_id, ())),
                total=row.total,
                rank=row.rank,
            ),
        )
        for row in points_rows(session, view)
    ]


def _line(item: str, standard: Decimal, scores: Mapping[str, Decimal]) -> PointLine:
    own, by_group, by_branch = (scores.get(f"{kind}_{item}") for kind in points.SCORES)
    return PointLine(item, standard, own, by_group, by_branch)


APPRAISAL_PAPERS = {
    "life_appraisal_ballot": ballots,
    "life_appraisal_simple_ballot": ballots,
    "life_appraisal_sheet": sheets,
    "life_duty_ballot": duty_ballots,
    "life_points_sheet": points_sheets,
}
