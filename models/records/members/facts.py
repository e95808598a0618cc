"""Members over time: what was so from when to when, and why it changed.

A fact is written when something changes, never before: what has never changed stands in the member's record alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.errors import FieldError, UserError
from models.rules.periods import PartialDate
from models.rules.presence import Span

TITLES: Mapping[str, str] = {
    "party_post": "党内职务",
    "post": "工作单位及职务",
    "rank": "职级",
    "branch_id": "所在党支部",
    "group_id": "所在党小组",
    "category": "人员类别",
    "party_status": "党籍状态",
    "status": "在册情况",
    "name": "姓名",
    "id_number": "公民身份号码",
    "phone": "联系电话",
}
GAPS_ARE_EMPTY = frozenset({"party_post", "post", "rank"})  # between two known posts there may have been none
Snapshot = Mapping[str, str | None]


class MemberFact(Record):
    """What a field of a member was from `since` until the day before `until`; None: since ever, or still.

    `field` is a key of TITLES, `value` its text (a branch or group by its number); the open fact of a field, where
    there is one, always says what the member's record says.
    """

    __tablename__ = "member_facts"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    field: Mapped[str]
    value: Mapped[str | None]
    since: Mapped[date | None]
    until: Mapped[date | None]
    reason: Mapped[str | None]


class Merger(Record):
    """That a member entered twice was made one: the number that was kept, the one that went, and its name."""

    __tablename__ = "mergers"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    gone_id: Mapped[int]
    gone_name: Mapped[str]
    on: Mapped[date]


@dataclass(frozen=True)
class Turn:
    """A change as it happened: its day, its reason, and the fields that were only typed wrongly before.

    A field that was empty is taken to be filled in later, not changed, unless it is among `begun`. A day that is not
    `exact` gives way to that of a later change.
    """

    on: date
    reason: str | None = None
    corrections: frozenset[str] = frozenset()
    begun: frozenset[str] = frozenset()
    exact: bool = True


def require_past(field: str, on: date, today: date) -> None:
    """FieldError for a change that is still to come: what is not so yet is not entered."""
    if on > today:
        raise FieldError(field, f"{on} 还没有到，请到那一天再登记。")


def require_happened(values: Mapping[str, Any], fields: Iterable[str], today: date) -> None:
    """FieldError for the first of these days, known wholly or in part, that is still to come; empty ones are none."""
    for field in fields:
        on = values.get(field)
        if on is not None:
            require_past(field, on.earliest if isinstance(on, PartialDate) else on, today)


def snapshot(member: Any) -> Snapshot:
    """What a member's record says now of the fields that are followed over time."""
    values = {field: getattr(member, field) for field in TITLES}
    return {field: None if value is None else str(value) for field, value in values.items()}


class OpenFacts:
    """The facts that still hold, and when the last one of a field ended, of one member or of all."""

    def __init__(self, session: Session, member_id: int | None = None) -> None:
        self._session = session
        self._facts: defaultdict[tuple[int, str], list[MemberFact]] = defaultdict(list)
        chosen = select(MemberFact).order_by(MemberFact.since.nulls_first(), MemberFact.id)
        if member_id is not None:
            chosen = chosen.where(MemberFact.member_id == member_id)
        for fact in session.scalars(chosen):
            self._facts[fact.member_id, fact.field].append(fact)

    def note(self, member_id: int, before: Snapshot, after: Snapshot, turn: Turn | None) -> None:
        """Writes down what changed; without a turn, or for a typing error, facts that hold are set right instead."""
        for field, old in before.items():
            new = after[field]
            if old == new:
                continue
            filled = old is None and turn is not None and field not in turn.begun
            if turn is None or field in turn.corrections or filled:
                self._correct(member_id, field, new)
            else:
                self._turn(member_id, field, old, new, turn)

    def _turn(self, member_id: int, field: str, old: str | None, new: str | None, turn: Turn) -> None:
        own = self._facts[member_id, field]
        last = own[-1] if own else None
        begun = last.until or last.since if last is not None else None
        on = turn.on
        if begun is not None and begun > on:
            if turn.exact:
                raise FieldError("on", f"{TITLES[field]}在 {begun} 已有变动，新的日期不能早于这一天。")
            on = begun
        if last is not None and last.until is None and last.since == on:
            last.value, last.reason = new, turn.reason
            self._settle(own)
            return
        if last is not None and last.until is None:
            last.until = on
        elif begun != on:
            own.append(self._added(MemberFact(member_id=member_id, field=field, value=old, since=begun, until=on)))
        fact = MemberFact(member_id=member_id, field=field, value=new, since=on, reason=turn.reason)
        own.append(self._added(fact))

    def _correct(self, member_id: int, field: str, new: str | None) -> None:
        own = self._facts[member_id, field]
        if own and own[-1].until is None:
            own[-1].value = new
            self._settle(own)

    def _settle(self, own: list[MemberFact]) -> None:
        """Takes away a change that turned out to be none: the fact before says the same and goes on."""
        if len(own) < 2 or own[-2].value != own[-1].value or own[-2].until != own[-1].since:
            return
        self._session.delete(own.pop())
        own[-1].until = None
        if len(own) == 1 and own[0].since is None:
            self._session.delete(own.pop())

    def _added(self, fact: MemberFact) -> MemberFact:
        self._session.add(fact)
        return fact


def of_member(session: Session, member_id: int) -> Sequence[MemberFact]:
    """What is known of a member over time, the newest first, what still holds before what has ended."""
    found = session.scalars(select(MemberFact).where(MemberFact.member_id == member_id)).all()
    return sorted(found, key=lambda each: (each.until or date.max, each.since or date.min, each.id), reverse=True)


def add_past(session: Session, member_id: int, field: str, value: str, span: Span, reason: str | None = None) -> None:
    """Enters what was so in the past, as a post held before; FieldError where the days run backwards or are taken."""
    if field not in TITLES:
        raise FieldError("field", f"项目应为{'、'.join(TITLES.values())}。")
    if not value:
        raise FieldError("value", "请填写内容。")
    if span.end is None:
        raise FieldError("until", "请填写到哪一天为止；现在的情况请在党员信息里修改。")
    if span.start is not None and span.start >= span.end:
        raise FieldError("until", "结束日期应晚于开始日期。")
    own = select(MemberFact).where(MemberFact.member_id == member_id, MemberFact.field == field)
    for fact in session.scalars(own):
        if Span(fact.since, fact.until).meets(span) is None:
            continue
        if fact.since is None and fact.value == value and fact.until == span.end:
            fact.since, fact.reason = span.start, reason or fact.reason  # the same, with its beginning
            session.flush()
            return
        if fact.since is None and fact.until is not None and fact.until >= span.end and fact.value != value:
            fact.since = span.end  # what came after it is now known to have a beginning
            continue
        raise FieldError("since", f"{TITLES[field]}在这段时间已有记录（{spell(fact)}），请核对日期。")
    session.add(
        MemberFact(
            member_id=member_id, field=field, value=value, since=span.start, until=span.end, reason=reason
        )
    )  # fmt: skip
    session.flush()


def redate(session: Session, fact_id: int, since: date, reason: str | None) -> None:
    """Sets right the day and the reason of a change; the fact before ends that day. FieldError where it cannot."""
    fact = session.get(MemberFact, fact_id)
    if fact is None:
        raise UserError("这条变动记录已经不在了。")
    if fact.until is not None and since >= fact.until:
        raise FieldError("since", f"应早于这一项结束的日期 {fact.until}。")
    before = select(MemberFact).where(
        MemberFact.member_id == fact.member_id, MemberFact.field == fact.field, MemberFact.until == fact.since
    )
    earlier = session.scalars(before).first() if fact.since is not None else None
    if earlier is not None:
        if earlier.since is not None and since <= earlier.since:
            raise FieldError("since", f"应晚于前一项开始的日期 {earlier.since}。")
        earlier.until = since
    fact.since, fact.reason = since, reason
    session.flush()


def remove_past(session: Session, fact_id: int) -> None:
    """Removes something of the past that was entered by mistake; what still holds is changed in the member's record."""
    fact = session.get(MemberFact, fact_id)
    if fact is None:
        raise UserError("这条变动记录已经不在了。")
    if fact.until is None:
        raise UserError("这是现在的情况，请在党员信息里修改，选“更正差错”。")
    session.delete(fact)
    session.flush()


def spell(fact: MemberFact) -> str:
    """From when to when: 2024-03-01 至 2026-05-10, 至 2026-05-10, 2026-05-10 起."""
    if fact.since is None:
        return f"至 {fact.until}" if fact.until is not None else "一直"
    return f"{fact.since} 至 {fact.until}" if fact.until is not None else f"{fact.since} 起"


class History:
    """What was so of every member on any day."""

    def __init__(self, session: Session) -> None:
        chosen = select(MemberFact.member_id, MemberFact.field, MemberFact.value, MemberFact.since, MemberFact.until,
                        MemberFact.reason).order_by(MemberFact.since.nulls_first(), MemberFact.id)  # fmt: skip
        self._facts: defaultdict[int, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for fact in session.execute(chosen):
            self._facts[fact.member_id][fact.field].append(fact)

    def touched(self, member_id: int) -> bool:
        """Whether anything of the member is known to have changed."""
        return member_id in self._facts

    def facts(self, member_id: int, field: str) -> Sequence[Any]:
        """The facts of a field, the oldest first, each with value, since, until and reason."""
        return self._facts[member_id][field] if member_id in self._facts else ()

    def value(self, member_id: int, field: str, now: str | None, day: date) -> str | None:
        """What the field was on the day; `now` is what the record says."""
        known = self.facts(member_id, field)
        for fact in known:
            if Span(fact.since, fact.until).holds(day):
                value: str | None = fact.value
                return value
        later = [fact for fact in known if fact.since is not None and fact.since > day]
        if not later:
            return now
        return None if field in GAPS_ARE_EMPTY else later[0].value
