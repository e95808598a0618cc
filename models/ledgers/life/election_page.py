"""What the screen of an election shows: the election, its candidates with their strokes, and who is elected."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models import strokes
from models.ledgers.life.elections import result_of
from models.records.life import elections
from models.records.life.elections import VOTES, is_counted
from models.rules.elections import COMPETED, candidates_needed, quorum_to_elect, votes_to_be_elected


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """Somebody on the ballot or written in, with the count and what came of it."""

    id: int
    name: str
    listed: bool
    strokes: int | None
    opinion: str | None
    favour: int
    against: int
    abstained: int
    invalid: int
    result: str


@dataclass(frozen=True, slots=True)
class ElectionPage:
    """An election with everything said of it; `reason` tells in words what it came to or what it needs."""

    id: int
    activity_id: int
    values: dict[str, Any]
    lines: tuple[CandidateLine, ...]
    counted: bool
    reason: str
    outcome: str
    vacant: int
    winners: tuple[tuple[int, str], ...]
    seated: bool


def election_page(session: Session, election_id: int) -> ElectionPage:
    """One election as it stands."""
    found = session.get_one(elections.Election, election_id)
    standing = elections.candidates(session, election_id)
    counted = is_counted(found)
    result = elections.outcome(session, election_id) if counted else None
    keys = ("body", "post", "way", "seats", "entitled", "present", "issued", "returned", "spoilt", "teller", "counters")
    lines = tuple(
        CandidateLine(
            id=each.id,
            name=each.name,
            listed=each.listed,
            strokes=strokes.count(each.name[0]),
            opinion=each.opinion,
            result=result_of(each.name, result),
            **{key: getattr(each, key) for key in VOTES},
        )
        for each in standing
    )
    winners = elections.elected_candidates(session, election_id) if counted else []
    return ElectionPage(
        id=found.id,
        activity_id=found.activity_id,
        values={key: getattr(found, key) for key in (*keys, "remark")},
        lines=lines,
        counted=counted,
        reason=result.reason if result is not None else _needs(found, sum(each.listed for each in standing)),
        outcome=result.outcome if result is not None else "",
        vacant=result.vacant if result is not None else 0,
        winners=tuple((each.id, each.name) for each in winners),
        seated=found.term_id is not None,
    )


def _needs(election: elections.Election, listed: int) -> str:
    """What an election asks for before its ballots are counted."""
    enough = quorum_to_elect(election.entitled)
    came = f"有选举权的应到 {election.entitled} 人，实到 {election.present} 人，须 {enough} 人以上才能选举"
    least = candidates_needed(election.seats) if election.way == COMPETED else election.seats
    stand = f"应选 {election.seats} 名，候选人至少 {least} 名，现有 {listed} 名"
    return f"{came}；{stand}；须得 {votes_to_be_elected(election.present)} 票以上才能当选。"
