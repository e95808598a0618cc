"""Elections: who may stand, when a ballot counts, who is elected. Source: 中国共产党基层组织选举工作条例 (2020)."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.votes import NOT_PASSED, PASSED, VOID, Fault, Outcome, more_than_half

COMPETED, UNCONTESTED, RUN_OFF = "差额选举", "等额选举", "再次投票"
WAYS = (COMPETED, UNCONTESTED, RUN_OFF)
"""A run-off is held among those whose votes were equal: whoever has more is elected, and there is no least number."""


@dataclass(frozen=True)
class Standing:
    """Somebody on the ballot or written on it, with the votes counted; `listed` is False for one written in.

    `spoilt` are marks for this name that do not count on ballots that do (部分无效票).
    """

    name: str
    favour: int = 0
    against: int = 0
    abstained: int = 0
    spoilt: int = 0
    listed: bool = True

    @property
    def cast(self) -> int:
        return self.favour + self.against + self.abstained + self.spoilt


@dataclass(frozen=True)
class Poll:
    """An election as it was held: people entitled to vote who should and did come, seats, and ballots by number.

    `spoilt` ballots were returned and do not count.
    """

    entitled: int
    present: int
    seats: int
    way: str = COMPETED
    issued: int = 0
    returned: int = 0
    spoilt: int = 0

    @property
    def valid(self) -> int:
        return self.returned - self.spoilt


@dataclass(frozen=True)
class Elected:
    """What an election came to; `names` are elected, those `tied` for the last seats are voted on again.

    `vacant` seats nobody won, the tied ones among them.
    """

    outcome: Outcome
    reason: str
    names: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    vacant: int = 0


def quorum_to_elect(entitled: int) -> int:
    """Voters who must be present: at least four fifths of those entitled."""
    return -(-4 * entitled // 5)


def candidates_needed(seats: int) -> int:
    """Candidates for so many seats of a committee: at least a fifth more than there are seats."""
    return seats - (-seats // 5)


def votes_to_be_elected(present: int) -> int:
    """Votes that elect: more than half of the voters present, whatever became of their ballots."""
    return more_than_half(present)


def fault_in(poll: Poll, standings: Sequence[Standing]) -> Fault | None:
    """The first number that cannot be, with the field it stands in; None when all can."""
    for field in ("entitled", "present", "seats", "issued", "returned", "spoilt"):
        if getattr(poll, field) < 0:
            return Fault(field, "人数和票数不能是负数。")
    if poll.seats == 0:
        return Fault("seats", "请填写应选几名。")
    if poll.present > poll.entitled:
        return Fault("present", f"实到 {poll.present} 人，比应到 {poll.entitled} 人还多，请核对点名。")
    if poll.issued > poll.present:
        return Fault("issued", f"发出选票 {poll.issued} 张，比到会有选举权的 {poll.present} 人还多。")
    if poll.spoilt > poll.returned:
        return Fault("spoilt", f"无效票 {poll.spoilt} 张，比收回的 {poll.returned} 张还多。")
    return _fault_in_field(poll, standings) or _fault_in_votes(poll, standings)


def _fault_in_field(poll: Poll, standings: Sequence[Standing]) -> Fault | None:
    """What is wrong with who stands: too few to choose from, or not as many as an uncontested election has."""
    listed = sum(each.listed for each in standings)
    if not listed or poll.way == RUN_OFF:
        return None
    least = candidates_needed(poll.seats) if poll.way == COMPETED else poll.seats
    if listed < least:
        more = "候选人应比应选名额多百分之二十以上，" if poll.way == COMPETED else ""
        return Fault("candidates", f"应选 {poll.seats} 名，{more}至少要有 {least} 名候选人，现在是 {listed} 名。")
    if poll.way == UNCONTESTED and listed > poll.seats:
        return Fault("candidates", f"等额选举的候选人应与应选名额相同，是 {poll.seats} 名，现在是 {listed} 名。")
    return None


def _fault_in_votes(poll: Poll, standings: Sequence[Standing]) -> Fault | None:
    for each in standings:
        if min(each.favour, each.against, each.abstained, each.spoilt) < 0:
            return Fault("votes", f"{each.name}的票数不能是负数。")
        if each.cast > poll.valid:
            return Fault("votes", f"{each.name}的各种票合计 {each.cast} 票，比有效票 {poll.valid} 张还多。")
    given = sum(each.favour for each in standings)
    if given > poll.valid * poll.seats:
        most = poll.valid * poll.seats
        return Fault(
            "votes", f"赞成票合计 {given} 票，有效票 {poll.valid} 张、每张最多选 {poll.seats} 名，最多 {most} 票。"
        )
    return None


def elected(poll: Poll, standings: Sequence[Standing]) -> Elected:
    """Who is elected; ValueError for numbers that cannot be.

    Those with the most votes are, of those with more than half of the voters present (in a run-off of all); where the
    last seats are tied, nobody of the tied is until they are voted on again.
    """
    fault = fault_in(poll, standings)
    if fault is not None:
        raise ValueError(fault.sentence)
    enough = quorum_to_elect(poll.entitled)
    came = f"有选举权的应到 {poll.entitled} 人，到会 {poll.present} 人"
    if poll.entitled == 0 or poll.present < enough:
        return Elected(VOID, f"{came}，不足五分之四（须 {enough} 人以上），不能选举。", vacant=poll.seats)
    ballots = f"发出选票 {poll.issued} 张，收回 {poll.returned} 张"
    if poll.returned > poll.issued:
        return Elected(VOID, f"{ballots}，收回的多于发出的，选举无效，应重新选举。", vacant=poll.seats)
    wanted = 1 if poll.way == RUN_OFF else votes_to_be_elected(poll.present)
    least = "得票多的当选" if poll.way == RUN_OFF else f"赞成票超过到会人数的一半（{wanted} 票以上）才能当选"
    names, tied = _first(poll.seats, [each for each in standings if each.favour >= wanted])
    vacant = poll.seats - len(names)
    sentences = (
        f"{came}，达到五分之四；{ballots}，有效；{least}。",
        f"应选 {poll.seats} 名，当选 {len(names)} 名{'：' if names else ''}{'、'.join(names)}。",
        _remainder(vacant, tied),
    )
    return Elected(NOT_PASSED if vacant else PASSED, "".join(sentences), names, tied, vacant)


def _first(seats: int, winners: Sequence[Standing]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of those who take the seats, and of those who are equal where the seats run out."""
    ordered = sorted(winners, key=lambda each: -each.favour)
    if len(ordered) <= seats:
        return tuple(each.name for each in ordered), ()
    last = ordered[seats - 1].favour
    if ordered[seats].favour != last:
        return tuple(each.name for each in ordered[:seats]), ()
    sure = tuple(each.name for each in ordered if each.favour > last)
    return sure, tuple(each.name for each in ordered if each.favour == last)


def _remainder(vacant: int, tied: Sequence[str]) -> str:
    if not vacant:
        return ""
    if tied:
        return f"{'、'.join(tied)}票数相等，应就票数相等的再次投票，得票多的当选 {vacant} 名。"
    return f"还差 {vacant} 名，对不足的名额另行选举；接近应选名额的，经半数以上选举人同意也可以减少名额。"
