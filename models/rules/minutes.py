"""What a record of an activity must have before it is filed, and what its keeper is only reminded of.

Sources: 支部工作条例（试行） art. 11, 12; 发展党员工作细则 art. 19 (the committee examines before the meeting decides).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from models.rules import templates, votes
from models.rules.meetings import Count

_LISTED = 5  # names told one by one


@dataclass(frozen=True)
class Written:
    """A record as the checks look at it.

    `has_roll`: the kind calls people by its rule, not by name. `strangers` are marked as called but were no members on
    the day, `missing` were members and stand on no list, `unexplained` are absent without a reason. `admits`: it
    decides on an admission; `committee_met_on` is then the last day before on which the committee met.
    """

    held_on: date | None
    today: date
    count: Count = field(default_factory=Count)
    has_roll: bool = True
    asks_quorum: bool = False
    voters: str = "有表决权的党员"
    chair: str | None = None
    recorder: str | None = None
    text: str | None = None
    people: int | None = None
    strangers: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    admits: bool = False
    committee_met_on: date | None = None
    entered_late_on: date | None = None


@dataclass(frozen=True)
class Finding:
    """One thing found: a sentence, the field it is mended in, and whether it stops the filing."""

    sentence: str
    field: str
    stops: bool = True


def findings(written: Written) -> list[Finding]:
    """What stops the filing, then what is only to be known."""
    found = [*_day(written), *_roll(written), *_text(written), *_reminders(written)]
    return sorted(found, key=lambda each: not each.stops)


def _day(written: Written) -> Iterator[Finding]:
    if written.held_on is None:
        yield Finding("没有填日期。", "held_on")
    elif written.held_on > written.today:
        yield Finding(f"{written.held_on} 还没有到，活动结束以后才能定稿。", "held_on")


def _roll(written: Written) -> Iterator[Finding]:
    count = written.count
    if count.unmarked:
        yield Finding(f"还有 {count.unmarked} 人没有点名（应到 = 实到 + 请假 + 缺席）。", "roll")
    if not count.entitled and written.has_roll:
        yield Finding("应到名单是空的，请核对日期和组织，再点“重列应到名单”。", "roll")
    if not count.entitled and not written.has_roll and written.people is None:
        yield Finding("没有登记参加的人，也没有填参加人次。", "roll", stops=False)
    if written.strangers:
        yield Finding(f"{_named(written.strangers)}那一天不在册，不能算应到，请改为列席或去掉。", "roll")
    if written.missing:
        yield Finding(f"{_named(written.missing)}那一天应到而不在名单里，请点“重列应到名单”。", "roll")


def _text(written: Written) -> Iterator[Finding]:
    if not written.chair:
        yield Finding("没有填主持人。", "chair")
    if not written.recorder:
        yield Finding("没有填记录人。", "recorder")
    if not (written.text or "").strip():
        yield Finding("内容是空的。", "text")
    blanks = templates.blanks(written.text or "")
    if blanks:
        yield Finding(f"内容里还有 {len(blanks)} 处没有填：{''.join(blanks[:_LISTED])}。", "text")


def _reminders(written: Written) -> Iterator[Finding]:
    count = written.count
    if written.asks_quorum and count.voting and count.voting_present < votes.quorum(count.voting):
        came = f"{written.voters}应到 {count.voting} 人，实到 {count.voting_present} 人"
        yield Finding(f"{came}，不到半数，这次会议不能作决定。", "roll", stops=False)
    if written.unexplained:
        yield Finding(f"{_named(written.unexplained)}没有到会，没有写原因。", "roll", stops=False)
    if written.admits and written.committee_met_on is None:
        sentence = "支部大会讨论接收预备党员或转正，应先由支部委员会审查；会前没有支部委员会的记录。"
        yield Finding(sentence, "theme", stops=False)
    if written.entered_late_on is not None:
        sentence = f"这份记录是补录的（{written.entered_late_on} 录入），会这样注明。"
        yield Finding(sentence, "held_on", stops=False)


def _named(names: tuple[str, ...]) -> str:
    more = f"等 {len(names)} 人" if len(names) > _LISTED else ""
    return "、".join(names[:_LISTED]) + more
