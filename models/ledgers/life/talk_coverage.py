"""谈心谈话覆盖: with whom the committee has talked in the year, and with whom not yet.

By 支部工作条例 art. 19 members of a committee talk with each other and with every member generally once a year.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import DAY, NUMBER, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.members.roster import members_on
from models.records.life.entitlement import NO_SEAT, committee_on
from models.records.life.talks import TALKER, Talk, TalkPerson
from models.records.members.organisation import root

NO_HEART_TO_HEART = (
    "约谈提醒（个别）",
    "约谈提醒（集体）",
    "任前廉政谈话",
)  # of duty: they do not count as the yearly talk
TALKED, NOT_YET, PARTLY = "已谈", "还没有谈", "班子之间未谈遍"
STATE = Choice((NOT_YET, PARTLY, TALKED), tones={NOT_YET: "bad", PARTLY: "warn", TALKED: "good"})
_Met = Mapping[int, Mapping[int, date]]  # with whom each has talked, and the last day


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A member and the talks of the year; `missing` names those of the committee not talked with by one of it."""

    member_id: int
    name: str
    branch: str
    post: str | None
    talks: int
    with_committee: int
    last_on: date | None
    missing: str | None
    state: str


def coverage_rows(session: Session, view: View) -> list[CoverageRow]:
    """Every member in the branch, those not talked with first; a branch without a committee has its secretary."""
    members = members_on(session, view)
    day = min(view.today, view.period.last.last_day)
    seats = {each: _seated(session, each, members, day) for each in {member.branch_id for member in members}}
    above = set(committee_on(session, root(session).id, day))
    names = {member.id: member.name for member in members}
    met, counts = _met(session, view)
    found = []
    for member in members:
        own = met.get(member.id, {})
        committee = [each for each in seats[member.branch_id] if each != member.id]
        reached = [each for each in own if each in committee or (each in above and each != member.id)]
        missing = [names[each] for each in committee if each not in own and each in names]
        seated = member.id in seats[member.branch_id]
        state = NOT_YET if not reached and (committee or not seated) else TALKED
        if seated and reached and missing:
            state = PARTLY
        found.append(
            CoverageRow(
                member_id=member.id,
                name=member.name,
                branch=member.branch,
                post=member.party_post,
                talks=counts.get(member.id, 0),
                with_committee=len(reached),
                last_on=max(own.values(), default=None),
                missing="、".join(missing) if seated and missing else None,
                state=state,
            )
        )
    return sorted(found, key=lambda row: STATE.options.index(row.state))


def _seated(session: Session, branch_id: int, members: Sequence[Any], day: date) -> Sequence[int]:
    """The committee of a branch on the day, or where none was entered those who have a post in the roster."""
    return committee_on(session, branch_id, day) or [
        member.id for member in members if member.branch_id == branch_id and member.party_post not in NO_SEAT
    ]


def _met(session: Session, view: View) -> tuple[_Met, Mapping[int, int]]:
    """Who talked with whom in the period, both ways, and in how many talks each was."""
    chosen = (
        select(Talk.id, Talk.on, TalkPerson.member_id, TalkPerson.role)
        .join(TalkPerson, TalkPerson.talk_id == Talk.id)
        .where(
            Talk.on.between(view.period.first.first_day, view.period.last.last_day),
            Talk.sort.not_in(NO_HEART_TO_HEART),
            TalkPerson.member_id.is_not(None),
        )
        .order_by(Talk.on, Talk.id)
    )
    sides: defaultdict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    days: dict[int, date] = {}
    for talk_id, on, member_id, role in session.execute(chosen):
        days[talk_id] = on
        sides[talk_id][0 if role == TALKER else 1].add(member_id or 0)
    met: defaultdict[int, dict[int, date]] = defaultdict(dict)
    counts: defaultdict[int, int] = defaultdict(int)
    for talk_id, (talkers, talked) in sides.items():
        for one, other in product(talkers, talked):
            met[one][other] = met[other][one] = days[talk_id]
        for each in talkers | talked:
            counts[each] += 1
    return met, counts


def _note(rows: Sequence[CoverageRow]) -> str:
    open_ = sum(row.state == NOT_YET for row in rows)
    return (
        f"共 {len(rows)} 人，班子还没有谈过 {open_} 人。支部委员之间、支部委员和党员之间每年一般谈心谈话不少于 1 次；"
        "约谈提醒、任前廉政谈话不计在内。"
    )


LIFE_TALK_COVERAGE = Ledger(
    name="life_talk_coverage",
    title="谈心谈话覆盖情况",
    columns=(
        Column("name", "姓名", PERSON, 10, entered=False),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("post", "党内职务", TEXT, 10, entered=False),
        Column("talks", "谈话次数", NUMBER, 8, entered=False),
        Column("with_committee", "谈过的班子成员", NUMBER, 10, entered=False),
        Column("last_on", "最近一次", DAY, 11, entered=False),
        Column("missing", "班子之间还没有谈的", TEXT, 24, entered=False),
        Column("state", "情况", STATE, 12, entered=False),
    ),
    rows=coverage_rows,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "截至{date}"),
    note_of=_note,
    empty="名册里还没有党员。",
)
