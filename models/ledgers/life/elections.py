"""选举台账: who stood in the elections of a period, the count, and who is elected."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import DAY, NUMBER, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.life.votes import LINES, of_period, with_meeting
from models.records.life.activities import Activity
from models.records.life.elections import VOTES, Candidate, Election, is_counted
from models.records.members.organisation import root
from models.rules import elections

WON, LOST, AGAIN, UNCOUNTED = "当选", "未当选", "再次投票", "未计票"
RESULT = Choice((WON, LOST, AGAIN, UNCOUNTED), tones={WON: "good", AGAIN: "warn", UNCOUNTED: "quiet"})
_OF_ELECTION = ("body", "way", "seats", "entitled", "present", "issued", "returned")


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Somebody who stood in an election, the count, and whether that is elected."""

    id: int
    election_id: int
    activity_id: int
    held_on: date
    branch: str
    body: str
    way: str
    seats: int
    entitled: int
    present: int
    issued: int
    returned: int
    valid: int
    place: int | None
    name: str
    favour: int
    against: int
    abstained: int
    invalid: int
    result: str


def candidate_rows(session: Session, view: View) -> list[CandidateRow]:
    """Everybody who stood in an election of the view's period, election by election in the order of the ballot."""
    found = session.execute(of_period(with_meeting(Election), view)).all()
    stood: defaultdict[int, list[Candidate]] = defaultdict(list)
    ids = [each.id for each, *_ in found]
    chosen = select(Candidate).where(Candidate.election_id.in_(ids))
    for each in session.scalars(chosen.order_by(Candidate.listed.desc(), Candidate.place, Candidate.id)):
        stood[each.election_id].append(each)
    above = root(session).name
    return [
        row
        for election, activity, branch in found
        for row in _stood(election, activity, branch or above, stood[election.id])
    ]


def _stood(election: Election, activity: Activity, branch: str, standing: Sequence[Candidate]) -> list[CandidateRow]:
    result = elections.elected(election.poll, [each.standing for each in standing]) if is_counted(election) else None
    assert activity.held_on is not None
    return [
        CandidateRow(
            id=each.id,
            election_id=election.id,
            activity_id=activity.id,
            held_on=activity.held_on,
            branch=branch,
            place=each.place if each.listed else None,
            valid=election.poll.valid,
            result=result_of(each.name, result),
            **{key: getattr(election, key) for key in _OF_ELECTION},
            **{key: getattr(each, key) for key in ("name", *VOTES)},
        )
        for each in standing
    ]


def result_of(name: str, result: elections.Elected | None) -> str:
    """What came of a candidate; None before the ballots are counted."""
    if result is None:
        return UNCOUNTED
    return WON if name in result.names else AGAIN if name in result.tied else LOST


LIFE_ELECTIONS = Ledger(
    name="life_elections",
    title="选举台账",
    columns=(
        Column("held_on", "会议日期", DAY, 11, entered=False),
        Column("branch", "党支部", TEXT, 13, entered=False),
        Column("body", "选举", TEXT, 22, entered=False),
        Column("way", "方式", TEXT, 9, entered=False),
        Column("seats", "应选", NUMBER, 5, entered=False),
        Column("entitled", "应到", NUMBER, 6, band="有选举权", entered=False),
        Column("present", "实到", NUMBER, 6, band="有选举权", entered=False),
        Column("issued", "发出", NUMBER, 6, band="选票", entered=False),
        Column("returned", "收回", NUMBER, 6, band="选票", entered=False),
        Column("valid", "有效", NUMBER, 6, band="选票", entered=False),
        Column("place", "次序", NUMBER, 5, entered=False),
        Column("name", "候选人", PERSON, 10, entered=False),
        Column("favour", "赞成", NUMBER, 6, band="得票", entered=False),
        Column("against", "不赞成", NUMBER, 7, band="得票", entered=False),
        Column("abstained", "弃权", NUMBER, 6, band="得票", entered=False),
        Column("invalid", "部分无效", NUMBER, 8, band="得票", entered=False),
        Column("result", "结果", RESULT, 9, entered=False),
    ),
    rows=candidate_rows,
    span="year",
    lines=LINES,
    signatures=("总监票人：", "计票人：", "填表人：{maker}", "填表日期：{date}"),
    empty="这段时间没有选举。在会议记录的“表决”里按“选举”登记。",
)
