"""What came of meetings in sentences, as their papers say it: the agenda, votes, elections, and what is to be done."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledgers.phrases import short
from models.records.life import decisions
from models.records.life.agenda import AgendaItem, Contribution
from models.records.life.decisions import Decision
from models.records.life.elections import Candidate, Election, is_counted
from models.records.life.followups import FollowUp
from models.rules import elections
from models.rules.meetings import Count

Sentences = Mapping[int, list[str]]
_FIGURES = "一二三四五六七八九十"


def agendas(session: Session, ids: Sequence[int]) -> tuple[Sentences, Sentences]:
    """By activity the titles of its agenda; and, where anything was said to an item, the items with who said what."""
    titles: defaultdict[int, list[str]] = defaultdict(list)
    said: defaultdict[int, list[str]] = defaultdict(list)
    chosen = (
        select(AgendaItem.activity_id, AgendaItem.id, AgendaItem.title, Contribution.speaker, Contribution.text)
        .outerjoin(Contribution, Contribution.agenda_item_id == AgendaItem.id)
        .where(AgendaItem.activity_id.in_(ids))
        .order_by(AgendaItem.place, AgendaItem.id, Contribution.id)
    )
    last: dict[int, int] = {}
    spoken: set[int] = set()
    for activity_id, item_id, title, speaker, text in session.execute(chosen):
        if last.get(activity_id) != item_id:
            last[activity_id] = item_id
            titles[activity_id].append(title)
            said[activity_id].append(f"议题{_numbered(len(titles[activity_id]))}：{title}")
        if speaker is not None:
            spoken.add(activity_id)
            said[activity_id].append(f"{speaker}：{text}")
    return titles, {activity_id: lines for activity_id, lines in said.items() if activity_id in spoken}


def votes(session: Session, ids: Sequence[int], counts: Mapping[int, Count]) -> Sentences:
    """By activity a sentence for each vote and election: how it was held, the numbers, and what it came to."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    chosen = select(Decision).where(Decision.activity_id.in_(ids)).order_by(Decision.id)
    for decision in session.scalars(chosen):
        count = counts.get(decision.activity_id, Count())
        found[decision.activity_id].append(_vote(decision, count.present - count.voting_present))
    held = session.scalars(select(Election).where(Election.activity_id.in_(ids)).order_by(Election.id)).all()
    standing: defaultdict[int, list[Candidate]] = defaultdict(list)
    numbers = [each.id for each in held]
    for candidate in session.scalars(
        select(Candidate)
        .where(Candidate.election_id.in_(numbers))
        .order_by(Candidate.listed.desc(), Candidate.place, Candidate.id)
    ):
        standing[candidate.election_id].append(candidate)
    for election in held:
        found[election.activity_id].append(_election(election, standing[election.id]))
    return found


def follow_ups(session: Session, ids: Sequence[int]) -> Sentences:
    """By activity what follows from it: the issue, who sees to it, and by when or that it is done."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for each in session.scalars(select(FollowUp).where(FollowUp.activity_id.in_(ids)).order_by(FollowUp.id)):
        assert each.activity_id is not None
        day = f"{short(each.done_on)}办结" if each.done_on else f"{short(each.due_on)}前" if each.due_on else None
        said = "，".join(filter(None, (each.owner, day)))
        found[each.activity_id].append(f"{each.issue}（{said}）" if said else each.issue)
    return found


def _vote(decision: Decision, guests: int) -> str:
    verdict = decisions.verdict(decision, max(0, guests))
    cast = f"赞成{decision.favour}票，反对{decision.against}票，弃权{decision.abstained}票"
    if decision.written_favour or decision.written_against:
        cast += f"，会前书面意见赞成{decision.written_favour}票、反对{decision.written_against}票"
    title, performance = (text.rstrip("。") for text in (decision.text, decision.performance or ""))
    performance = f"主要表现：{performance}。" if performance else ""
    return f"{title}。{performance}{decision.way}，{cast}。{verdict.reason}表决结果：{verdict.outcome}。"


def _election(election: Election, standing: Sequence[Candidate]) -> str:
    head = f"选举{election.body}{election.post}：{election.way}，应选{election.seats}名"
    if not is_counted(election):
        return f"{head}，还没有计票。"
    poll = election.poll
    ballots = f"发出选票{poll.issued}张，收回{poll.returned}张，有效{poll.valid}张，无效{poll.spoilt}张"
    each = "；".join(f"{one.name}赞成{one.favour}票、不赞成{one.against}票、弃权{one.abstained}票" for one in standing)
    result = elections.elected(poll, [one.standing for one in standing])
    names = f"当选：{'、'.join(result.names)}。" if result.names else "没有人当选。"
    return f"{head}。{ballots}。{each}。{result.reason}{names}"


def _numbered(number: int) -> str:
    return _FIGURES[number - 1] if number <= len(_FIGURES) else str(number)
