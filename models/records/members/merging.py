"""Joining a member entered twice into one: nothing paid, assessed or noted is lost, and what contradicts is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, UniqueConstraint, func, select
from sqlalchemy.orm import Session

from models import initials
from models.base import Record
from models.errors import FieldError, UserError
from models.records import variants
from models.records.care import joining as care_joining
from models.records.chapters import CHAPTERS
from models.records.dues import payments
from models.records.dues.assessments import Assessment
from models.records.dues.months import Due
from models.records.dues.payments import Allotment, Payment
from models.records.life import attendance
from models.records.members import facts, members
from models.records.members.facts import MemberFact, Merger
from models.records.members.members import IN_THE_BRANCH, Member, find_by_id
from models.records.references import naming, of_record
from models.rules.identity import in_eighteen
from models.rules.periods import Month, PartialDate, show_months
from models.rules.presence import Span

KNOWN = CHAPTERS  # importing them makes every table known
OWN = frozenset({"id", "version", "initials", "branch_id", "group_id", "status", "left_on", "left_to", "dues_until"})


@dataclass(frozen=True)
class Clash:
    """A field in which both records say something, and not the same."""

    key: str
    kept: Any
    other: Any


@dataclass(frozen=True)
class DuePair:
    """A month for which both owe, in yuan."""

    month: Month
    kept: Decimal
    other: Decimal


@dataclass(frozen=True)
class AssessmentPair:
    """Assessments of both for the same months that are not the same; each in words."""

    other_id: int
    months: str
    kept: str
    other: str


@dataclass(frozen=True)
class Plan:
    """What joining two records would do.

    `moves` counts what goes over, by table; `fills` are fields known only, or more exactly, of the record that goes;
    `clashes`, `assessments`, `dues` and `paid` are what the person at the screen decides: which value, which assessment
    and which due holds, and whether the money of the months in `paid` was handed over twice. `joins_cases` says that
    both have an open case of hardship, of which one is made. Amounts are yuan.
    """

    kept_id: int
    gone_id: int
    name: str
    gone_name: str
    moves: Mapping[str, int]
    fills: Mapping[str, Any]
    clashes: tuple[Clash, ...]
    assessments: tuple[AssessmentPair, ...]
    dues: tuple[DuePair, ...]
    paid: tuple[tuple[Month, Decimal, Decimal], ...]
    joins_cases: bool


@dataclass(frozen=True)
class Choices:
    """What was decided: in which fields, assessments (by number) and months the record that goes is right.

    `both_paid` says that payments of both for one month are real.
    """

    fields: frozenset[str] = frozenset()
    assessments: frozenset[int] = frozenset()
    dues: frozenset[Month] = frozenset()
    both_paid: bool = False


def alike(session: Session, member_id: int) -> Sequence[Member]:
    """Others who may be the same person entered twice: of the same name or identity number."""
    member = find_by_id(session, member_id)
    number = in_eighteen(member.id_number) if member.id_number else None
    everyone = session.scalars(select(Member).where(Member.id != member.id).order_by(Member.id))
    return [
        each
        for each in everyone
        if each.name == member.name or (number and each.id_number and in_eighteen(each.id_number) == number)
    ]


def _says_more(one: Any, other: Any) -> bool:
    """Whether two values are dates that agree, the first known more exactly."""
    both = isinstance(one, PartialDate) and isinstance(other, PartialDate)
    return both and one.agrees_with(other) and len(str(one)) > len(str(other))


def plan(session: Session, kept_id: int, gone_id: int) -> Plan:
    """What joining would do; UserError where the two records cannot be the same person."""
    kept, gone = _pair(session, kept_id, gone_id)
    fills, clashes = {}, []
    for column in Member.__table__.columns:
        key = column.name
        mine, other = getattr(kept, key), getattr(gone, key)
        if key in OWN or other is None or mine == other:
            continue
        if mine is None or _says_more(other, mine):
            fills[key] = other
        elif not _says_more(mine, other):
            clashes.append(Clash(key, mine, other))
    moves = {
        record_type.__tablename__: len(found)
        for record_type, column in naming(Member)
        if (found := of_record(session, record_type, column, gone.id))
    }
    mine_paid, other_paid = _paid(session, kept.id), _paid(session, gone.id)
    return Plan(
        kept_id=kept.id,
        gone_id=gone.id,
        name=kept.name,
        gone_name=gone.name,
        moves=moves,
        fills=fills,
        clashes=tuple(clashes),
        assessments=tuple(
            AssessmentPair(other.id, _span(other), _told(mine), _told(other))
            for mine, other in _same_months(session, kept.id, gone.id)
            if not _alike(mine, other)
        ),
        dues=tuple(_both_due(session, kept.id, gone.id)),
        paid=tuple((month, mine_paid[month], other_paid[month]) for month in sorted(mine_paid) if month in other_paid),
        joins_cases=care_joining.open_pair(session, kept.id, gone.id) is not None,
    )


def merge(session: Session, kept_id: int, gone_id: int, choices: Choices, today: date) -> Merger:
    """Joins the record `gone_id` into `kept_id` and removes it; all its records go over under the kept number.

    Payments of both for one month stay both, the sum in that month, when they are said to be real; else FieldError
    tells the months: what was entered twice is to be reversed first by `reverse_repeated`.
    """
    kept, gone = _pair(session, kept_id, gone_id)
    planned = plan(session, kept_id, gone_id)
    if planned.paid and not choices.both_paid:
        told = show_months([month for month, _, _ in planned.paid])
        raise FieldError("paid", f"{told}两条记录都交了党费，请选择是交了两次，还是登记重复。")
    _settle_assessments(session, kept.id, gone.id, choices)
    _settle_dues(session, planned, choices)
    _settle_facts(session, kept, gone)
    attendance.join(session, kept.id, gone.id)
    care_joining.join(session, kept.id, gone.id)
    _move(session, kept, gone)
    variants.hand_over(session, gone.id, kept.id)
    before = facts.snapshot(kept)
    taken = {clash.key: clash.other for clash in planned.clashes if clash.key in choices.fields}
    session.delete(gone)
    session.flush()
    for key, value in (dict(planned.fills) | taken).items():
        setattr(kept, key, value)
    kept.initials = initials.of(kept.name)
    members.note(session, kept, before, None)
    merger = Merger(member_id=kept.id, gone_id=gone_id, gone_name=planned.gone_name, on=today)
    session.add(merger)
    session.flush()
    return merger


def reverse_repeated(session: Session, kept_id: int, gone_id: int, today: date) -> None:
    """Reverses what the record that goes paid for months that both paid, by counter-entries; nothing is deleted.

    UserError where such a payment covers other months too: nobody but a person can say what it was for.
    """
    _pair(session, kept_id, gone_id)
    months = set(_paid(session, kept_id)) & set(_paid(session, gone_id))
    reversed_ids = set(session.scalars(select(Payment.reverses_id).where(Payment.reverses_id.is_not(None))))
    own = select(Payment).where(Payment.member_id == gone_id, Payment.reverses_id.is_(None)).order_by(Payment.id)
    for payment in session.scalars(own).all():
        booked = set(session.scalars(select(Allotment.month).where(Allotment.payment_id == payment.id)))
        if payment.id in reversed_ids or not booked & months:
            continue
        if not booked <= months:
            told = show_months(sorted(booked))
            raise UserError(f"重复登记的那笔党费还交了别的月份（{told}），请先在收缴日冲销它，再合并。")
        payments.reverse(session, payment.id, "重复登记", today)


def _pair(session: Session, kept_id: int, gone_id: int) -> tuple[Member, Member]:
    """Both records; UserError where they cannot be one person."""
    if kept_id == gone_id:
        raise UserError("请选择另一条要合并的记录。")
    kept, gone = find_by_id(session, kept_id), find_by_id(session, gone_id)
    same_number = bool(kept.id_number and gone.id_number) and in_eighteen(kept.id_number or "") == in_eighteen(
        gone.id_number or ""
    )
    if kept.id_number and gone.id_number and not same_number:
        raise UserError("两条记录的身份证号不同，不是同一个人，不能合并；如果是其中一个填错了，请先改正。")
    if kept.name != gone.name and not same_number:
        raise UserError(f"“{kept.name}”和“{gone.name}”姓名不同，身份证号也对不上，不能合并。")
    if kept.sex and gone.sex and kept.sex != gone.sex:
        raise UserError("两条记录的性别不同，不是同一个人，不能合并。")
    if kept.birth_date and gone.birth_date and not kept.birth_date.agrees_with(gone.birth_date):
        raise UserError(f"两条记录的出生日期不同（{kept.birth_date}、{gone.birth_date}），不能合并。")
    if kept.status != IN_THE_BRANCH and gone.status == IN_THE_BRANCH:
        raise UserError("要保留的记录已经离开，另一条在册，请反过来合并：保留在册的那一条。")
    return kept, gone


def _paid(session: Session, member_id: int) -> dict[Month, Decimal]:
    """What a member paid for each month, in yuan, where it is not nothing."""
    sums = (
        select(Allotment.month, func.sum(Allotment.amount))
        .where(Allotment.member_id == member_id)
        .group_by(Allotment.month)
    )
    return {month: amount for month, amount in session.execute(sums) if amount}


def _dues(session: Session, member_id: int) -> dict[Month, Due]:
    return {due.month: due for due in session.scalars(select(Due).where(Due.member_id == member_id))}


def _both_due(session: Session, kept_id: int, gone_id: int) -> list[DuePair]:
    mine, others = _dues(session, kept_id), _dues(session, gone_id)
    return [DuePair(month, mine[month].amount, others[month].amount) for month in sorted(mine) if month in others]


def _same_months(session: Session, kept_id: int, gone_id: int) -> list[tuple[Assessment, Assessment]]:
    """The assessments of both that begin and end with the same months."""
    own = select(Assessment).order_by(Assessment.id)
    mine = {(each.from_month, each.to_month): each for each in session.scalars(own.where(_of(kept_id)))}
    others = session.scalars(own.where(_of(gone_id))).all()
    pairs = [(mine.get((other.from_month, other.to_month)), other) for other in others]
    return [(known, other) for known, other in pairs if known is not None]


def _of(member_id: int) -> ColumnElement[bool]:
    return Assessment.member_id == member_id


def _alike(mine: Assessment, other: Assessment) -> bool:
    return all(getattr(mine, key) == getattr(other, key) for key in ("dues_category", "dues_base", "amount"))


def _span(assessment: Assessment) -> str:
    """2026年1月起, 2026年3月至2026年8月."""
    start = assessment.from_month.chinese if assessment.from_month is not None else "最初"
    return f"{start}起" if assessment.to_month is None else f"{start}至{assessment.to_month.chinese}"


def _told(assessment: Assessment) -> str:
    """在职，基数 5000.00; 困难减免，每月 20.00."""
    words = (
        assessment.dues_category,
        f"基数 {assessment.dues_base:.2f}" if assessment.dues_base is not None else "",
        f"每月 {assessment.amount:.2f}" if assessment.amount is not None else "",
    )
    return "，".join(word for word in words if word) or "没有写明"


def _settle_assessments(session: Session, kept_id: int, gone_id: int, choices: Choices) -> None:
    """One assessment is left of two for the same months: that of the kept record, or the one that was chosen."""
    for mine, other in _same_months(session, kept_id, gone_id):
        session.delete(mine if other.id in choices.assessments else other)
    session.flush()


def _settle_dues(session: Session, planned: Plan, choices: Choices) -> None:
    """One due a month is left: that of the record that was chosen for the month."""
    mine, others = _dues(session, planned.kept_id), _dues(session, planned.gone_id)
    for pair in planned.dues:
        session.delete((mine if pair.month in choices.dues else others)[pair.month])
    session.flush()


def _settle_facts(session: Session, kept: Member, gone: Member) -> None:
    """Over time, what the kept record knows of a field holds; what it does not know goes over."""
    known = {fact.field for fact in facts.of_member(session, kept.id)}
    for fact in facts.of_member(session, gone.id):
        same = getattr(kept, fact.field) == getattr(gone, fact.field)
        if fact.field in known:
            own = select(MemberFact).where(MemberFact.member_id == kept.id, MemberFact.field == fact.field)
            span = Span(fact.since, fact.until)
            taken = any(Span(each.since, each.until).meets(span) for each in session.scalars(own))
        else:
            taken = not same and fact.until is None
        if taken:
            session.delete(fact)
    session.flush()


def _move(session: Session, kept: Member, gone: Member) -> None:
    """Puts everything of one member under the other; UserError where both have the only one of a kind."""
    for record_type, column in naming(Member):
        for record in of_record(session, record_type, column, gone.id):
            _require_room(session, record, column, kept.id)
            setattr(record, column, kept.id)
    session.flush()


def _require_room(session: Session, record: Record, column: str, kept_id: int) -> None:
    table = record.metadata.tables[record.__tablename__]
    groups = [[each.name for each in rule.columns] for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    for names in groups:
        values = {name: kept_id if name == column else getattr(record, name) for name in names}
        if column not in names or None in values.values():  # what is not known is not the same
            continue
        same = [table.c[name] == value for name, value in values.items()]
        if session.execute(select(table.c.id).where(*same)).first() is not None:
            raise UserError("两条记录在同一时期各有一份相同的登记，请先删去其中一份，再合并。")
