"""What needs attention: arrears, members without an assessment, probations that end, records that are not whole."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models import settings
from models.kinds import Tone
from models.ledger import View
from models.ledgers.dues.owed import OwedMonth, run
from models.ledgers.phrases import listed, long
from models.records.dues import months
from models.records.members.committee import ending
from models.records.members.members import PROBATIONARY, Member
from models.rules.arrears import SIX_MONTHS, warning

_NOTICED_BEFORE = timedelta(days=60)


@dataclass(frozen=True)
class Notice:
    """Something that needs attention, about a member (`member_id`) or several (None).

    `key` says where it is dealt with, `target` what of that place is meant where that is no member.
    """

    mark: tuple[str, Tone]
    who: str
    text: str
    key: str
    member_id: int | None = None
    target: Any = None


def notices(
    session: Session,
    view: View,
    present: Sequence[Member],
    owed: Mapping[int, Sequence[OwedMonth]],
    unassessed: Sequence[tuple[Member, str]],
) -> Iterator[Notice]:
    """The most urgent first: arrears by length, the unassessed, probation, records that are not whole."""
    opened = months.opened(session)
    late = [(run(owed[m.id], opened, view.month), len(owed[m.id]), m) for m in present if len(owed.get(m.id, ())) > 1]
    for length, count, member in sorted(late, key=lambda each: (-each[0], -each[1], each[2].id)):
        tone: Tone = "bad" if length >= 3 else "warn"
        yield Notice((f"欠交 {count} 个月", tone), member.name, _stage(length), "collect", member.id)
    for member, why in unassessed:
        yield Notice(("未核定", "bad"), member.name, why, "assess", member.id)
    yield from _probation(present, view.today)
    yield from _terms(session, view)
    for year in months.years_without_rest_days(settings.read(session), view.today):
        words = "放假安排还没有，请在设置里添加；否则收缴日只会避开周末"
        yield Notice(("节假日", "warn"), f"{year}年", words, "holidays")
    yield from _gaps(present)


def _stage(length: int) -> str:
    if length == SIX_MONTHS - 1:
        return "下月满六个月，请支部研究"
    return warning(length) or "往月没有交清"


def _probation(present: Sequence[Member], today: date) -> Iterator[Notice]:
    found = []
    for member in present:
        end = probation_end(member) if member.category == PROBATIONARY else None
        if end is not None and end - today <= _NOTICED_BEFORE:
            found.append((end, member))
    for end, member in sorted(found, key=lambda each: each[0]):
        over = end < today
        words = f"{long(end)}{'已满，请支部大会讨论转正' if over else '期满'}"
        yield Notice(
            ("预备期满" if over else "预备期将满", "bad" if over else "warn"), member.name, words, "member", member.id
        )


def _terms(session: Session, view: View) -> Iterator[Notice]:
    """Committees whose term ends within the months of the rule, or is over."""
    for term in ending(session, view.today, view.branch_id):
        over = term.due_on <= view.today
        words = f"{long(term.due_on)}{'任期已满，请换届或报批延期' if over else '任期届满，请准备换届'}"
        yield Notice(("已届满" if over else "将届满", "bad" if over else "warn"), term.name, words, "term")


def probation_end(member: Member) -> date | None:
    """The last day of a probation of one year from the day of admission, or the day to which it was extended.

    Source: 党章第七条; a meeting of 10 November 2026 gives 9 November 2027. None where the day is not known.
    """
    if member.probation_until is not None:
        return member.probation_until.latest
    start = member.joined_on.full if member.joined_on is not None else None
    if start is None:
        return None
    last_february = start.month == 2 and start.day == 29
    return date(start.year + 1, start.month, 28 if last_february else start.day) - timedelta(days=not last_february)


_GAPS: tuple[tuple[str, Callable[[Member], bool]], ...] = (
    ("身份证号", lambda member: not member.id_number),
    ("入党时间", lambda member: member.joined_on is None),
    ("联系电话", lambda member: not member.phone),
)


def _gaps(present: Sequence[Member]) -> Iterator[Notice]:
    for name, lacks in _GAPS:
        found = [member for member in present if lacks(member)]
        if found:
            who = found[0].name if len(found) == 1 else f"{len(found)} 人"
            text = f"缺{name}，请补填" if len(found) == 1 else f"缺{name}：{listed([m.name for m in found], 3)}"
            yield Notice(("资料不全", "quiet"), who, text, "member", found[0].id)
