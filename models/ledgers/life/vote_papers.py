"""The papers of votes and elections: F33 ballot, count sheet, nominations, votes on admissions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.life.election_page import CandidateLine, ElectionPage, election_page
from models.ledgers.life.votes import VoteRow, vote_rows
from models.records.life import elections
from models.records.life.activities import Activity
from models.records.life.elections import Election
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.rules.votes import ADMISSION

Numbered = Sequence[tuple[int, Any]]


@dataclass(frozen=True, slots=True)
class BallotRecord:
    """F33, the ballot: candidates in order; `copies` of it are printed, two on a page."""

    unit: str | None = None
    body: str | None = None
    held_on: date | None = None
    seats: int | None = None
    way: str | None = None
    names: tuple[str, ...] = ()
    copies: int = 2


@dataclass(frozen=True, slots=True)
class CountRecord:
    """F33, the report of the count: people, ballots, votes of each candidate, who is elected and why."""

    unit: str | None = None
    body: str | None = None
    held_on: date | None = None
    place: str | None = None
    seats: int | None = None
    way: str | None = None
    entitled: int | None = None
    present: int | None = None
    issued: int | None = None
    returned: int | None = None
    spoilt: int | None = None
    lines: tuple[CandidateLine, ...] = ()
    reason: str | None = None
    teller: str | None = None
    counters: str | None = None


@dataclass(frozen=True, slots=True)
class Nominee:
    """A candidate as the roster describes that person."""

    name: str
    sex: str | None = None
    ethnicity: str | None = None
    native_place: str | None = None
    education: str | None = None
    title: str | None = None
    born: str | None = None
    joined: str | None = None
    worked: str | None = None
    post: str | None = None
    opinion: str | None = None


@dataclass(frozen=True, slots=True)
class NominationRecord:
    """F33, the summary of nominations."""

    unit: str | None = None
    body: str | None = None
    secretary: str | None = None
    made_on: date | None = None
    nominees: tuple[Nominee, ...] = ()


@dataclass(frozen=True, slots=True)
class VoteSheetRecord:
    """F33, the summary of votes on admissions and full membership at one meeting."""

    unit: str | None = None
    held_on: date | None = None
    place: str | None = None
    rows: tuple[VoteRow, ...] = ()


def election_record(session: Session, name: str, election_id: int) -> Any:
    """The record of one of the papers of an election, by the name of the paper."""
    shown = election_page(session, election_id)
    activity = session.get_one(Activity, shown.activity_id)
    unit = unit_of(session, activity)
    return {"life_ballot": _ballot, "life_count_sheet": _count, "life_nominations": _nominations}[name](
        session, shown, activity, unit
    )


def unit_of(session: Session, activity: Activity) -> str:
    """The organisation whose activity it is."""
    return session.get_one(Organisation, activity.organisation_id).name


def _listed(shown: ElectionPage) -> tuple[str, ...]:
    return tuple(line.name for line in shown.lines if line.listed)


def _ballot(session: Session, shown: ElectionPage, activity: Activity, unit: str) -> BallotRecord:
    values = shown.values
    copies = max(values["present"], 1)
    return BallotRecord(unit, values["body"], activity.held_on, values["seats"], values["way"], _listed(shown), copies)


def _count(session: Session, shown: ElectionPage, activity: Activity, unit: str) -> CountRecord:
    keys = ("body", "seats", "way", "entitled", "present", "teller", "counters")
    ballots = {key: shown.values[key] if shown.counted else None for key in ("issued", "returned", "spoilt")}
    return CountRecord(
        unit=unit,
        held_on=activity.held_on,
        place=activity.place,
        lines=shown.lines,
        reason=shown.reason if shown.counted else None,
        **{key: shown.values[key] for key in keys},
        **ballots,
    )


def _nominations(session: Session, shown: ElectionPage, activity: Activity, unit: str) -> NominationRecord:
    node = session.get_one(Organisation, activity.organisation_id)
    found = tuple(_nominee(each, member) for each, member in elections.nominees(session, shown.id))
    return NominationRecord(unit, shown.values["body"], node.secretary, activity.held_on, found)


def _nominee(candidate: elections.Candidate, member: Member | None) -> Nominee:
    if member is None:
        return Nominee(candidate.name, opinion=candidate.opinion)
    return Nominee(
        name=candidate.name,
        sex=member.sex,
        ethnicity=member.ethnicity,
        native_place=member.native_place,
        education="/".join(filter(None, (member.education, member.degree))) or None,
        title=member.technical_post,
        born=str(member.birth_date or "") or None,
        joined=str(member.joined_on or "") or None,
        worked=str(member.work_started_on or "") or None,
        post=member.post,
        opinion=candidate.opinion,
    )


def _elections(name: str) -> Callable[[Session, View], Numbered]:
    def records(session: Session, view: View) -> Numbered:
        chosen = select(Election.id).join(Activity, Activity.id == Election.activity_id)
        within = Activity.held_on.between(view.period.first.first_day, view.period.last.last_day)
        if view.branch_id is not None:
            chosen = chosen.where(Activity.branch_id == view.branch_id)
        ids = session.scalars(chosen.where(within).order_by(Activity.held_on, Election.id))
        return [(number, election_record(session, name, number)) for number in ids.all()]

    return records


def vote_sheets(session: Session, view: View) -> Numbered:
    """F33: a sheet for each meeting that voted on admissions, numbered by the meeting."""
    by_meeting: dict[int, list[VoteRow]] = {}
    for row in vote_rows(session, view):
        if row.rule == ADMISSION.name:
            by_meeting.setdefault(row.activity_id, []).append(row)
    found = []
    for number, rows in by_meeting.items():
        activity = session.get_one(Activity, number)
        found.append(
            (number, VoteSheetRecord(unit_of(session, activity), activity.held_on, activity.place, tuple(rows)))
        )
    return found


VOTE_PAPERS = {
    **{name: _elections(name) for name in ("life_ballot", "life_count_sheet", "life_nominations")},
    "life_vote_sheet": vote_sheets,
}
