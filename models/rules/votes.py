"""Quorums and majorities: how many must come, how many must agree, and what a vote came to, in words.

Sources: 中国共产党支部工作条例（试行） art. 11 and 12; 发展党员工作细则. Elections stand in models.rules.elections.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Outcome = Literal["通过", "未通过", "无效"]
PASSED: Outcome = "通过"
NOT_PASSED: Outcome = "未通过"
VOID: Outcome = "无效"
THIRD = Fraction(1, 3)


@dataclass(frozen=True)
class VoteRule:
    """A sort of vote: where it is ruled, what its voters are called, and what is peculiar to it.

    `exceeds` says that those present must exceed half of those entitled instead of reaching it; `written` that opinions
    sent in writing beforehand count; `secret` that the vote is by ballot without names.
    """

    name: str
    source: str
    voters: str = "有表决权的党员"
    exceeds: bool = False
    written: bool = False
    secret: bool = False


ORDINARY = VoteRule("一般决议", "支部工作条例第十一条：半数以上到会，赞成超过应到半数")
ADMISSION = VoteRule(
    "接收、转正", "发展党员工作细则：超过半数到会，赞成超过应到半数", exceeds=True, written=True, secret=True
)
COMMITTEE = VoteRule("支委会决定", "支部工作条例第十二条：半数以上委员到会，赞成超过委员半数", voters="委员")
RULES = {rule.name: rule for rule in (ORDINARY, ADMISSION, COMMITTEE)}


@dataclass(frozen=True)
class Tally:
    """The count of one vote: people with a vote who should and did come, and votes by hand or ballot.

    `written_favour` and `written_against` are opinions that absent voters sent in writing before the meeting; they are
    not in the other numbers.
    """

    entitled: int
    present: int
    favour: int
    against: int = 0
    abstained: int = 0
    written_favour: int = 0
    written_against: int = 0

    @property
    def agreed(self) -> int:
        return self.favour + self.written_favour


@dataclass(frozen=True)
class Verdict:
    """What a vote came to, and why, in words."""

    outcome: Outcome
    reason: str

    @property
    def passed(self) -> bool:
        return self.outcome == PASSED


@dataclass(frozen=True)
class Fault:
    """A number that cannot be: the field it stands in and a sentence."""

    field: str
    sentence: str


def at_least_half(people: int) -> int:
    """The smallest number that reaches half."""
    return -(-people // 2)


def more_than_half(people: int) -> int:
    """The smallest number that exceeds half."""
    return people // 2 + 1


def quorum(entitled: int) -> int:
    """Voters who must be present for a vote of a general meeting or a committee (支部工作条例 art. 11 and 12)."""
    return at_least_half(entitled)


def quorum_to_admit(entitled: int) -> int:
    """Voters who must be present to decide on admission or on full membership (发展党员工作细则)."""
    return more_than_half(entitled)


def votes_to_pass(entitled: int) -> int:
    """Votes in favour that carry a resolution, out of all who are entitled (支部工作条例 art. 11)."""
    return more_than_half(entitled)


def excellent_cap(members: int, share: Fraction = THIRD) -> int:
    """How many of the members graded may be 优秀 at most: generally a third; local rules may say less."""
    return int(members * share)


def needed(rule: VoteRule, entitled: int) -> int:
    """Voters who must be present under a rule."""
    return quorum_to_admit(entitled) if rule.exceeds else quorum(entitled)


def fault_in(rule: VoteRule, tally: Tally) -> Fault | None:
    """The first number of a tally that cannot be, None when all can."""
    for field in ("entitled", "present", "favour", "against", "abstained", "written_favour", "written_against"):
        if getattr(tally, field) < 0:
            return Fault(field, "人数和票数不能是负数。")
    if tally.present > tally.entitled:
        return Fault("present", f"实到 {tally.present} 人，比应到 {tally.entitled} 人还多，请核对点名。")
    cast = tally.favour + tally.against + tally.abstained
    if cast > tally.present:
        last = "abstained" if tally.abstained else "against" if tally.against else "favour"
        return Fault(last, f"赞成、反对、弃权合计 {cast} 票，比到会有表决权的 {tally.present} 人还多。")
    written = tally.written_favour + tally.written_against
    if not written:
        return None
    last = "written_against" if tally.written_against else "written_favour"
    if not rule.written:
        return Fault(last, "只有接收预备党员和预备党员转正，会前的书面意见才计入票数。")
    if written > tally.entitled - tally.present:
        absent = tally.entitled - tally.present
        return Fault(last, f"会前书面意见 {written} 份，比没有到会的 {absent} 人还多。")
    return None


def verdict(rule: VoteRule, tally: Tally, guests: int = 0) -> Verdict:
    """What the vote came to; `guests` are probationary members who discussed without a vote.

    ValueError for a tally that cannot be.
    """
    fault = fault_in(rule, tally)
    if fault is not None:
        raise ValueError(fault.sentence)
    enough, wanted = needed(rule, tally.entitled), votes_to_pass(tally.entitled)
    came = f"到会 {tally.present} 人"
    if tally.entitled == 0 or tally.present < enough:
        least = f"须有 {enough} 名以上{rule.voters}到会才能表决" if tally.entitled else f"没有{rule.voters}"
        return Verdict(VOID, f"{came}，应到 {tally.entitled} 人，{least}，表决无效。")
    half = "超过" if tally.present >= more_than_half(tally.entitled) else "达到"
    written = f"（其中会前书面意见 {tally.written_favour} 票）" if tally.written_favour else ""
    agreed = f"赞成 {tally.agreed} 票{written}，须 {wanted} 票以上"
    passed = tally.agreed >= wanted
    silent = tally.present - tally.favour - tally.against - tally.abstained
    sentences = [
        f"{came}，{half}应到 {tally.entitled} 人的半数；{agreed}{'' if passed else '，未通过'}。",
        f"另有 {silent} 人没有表决。" if silent else "",
        "预备党员参加讨论，没有表决权。" if guests else "",
    ]
    return Verdict(PASSED if passed else NOT_PASSED, "".join(sentences))
