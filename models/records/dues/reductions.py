"""Reduced dues and exemptions F07: the application, who decided and approved it, and the assessment it becomes."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError
from models.kinds import tidy
from models.records.dues import assessments, rulebook
from models.records.dues.assessments import HARDSHIP, Assessment, Ground
from models.records.members.members import Member, find_by_id
from models.records.members.people import People
from models.records.outcomes import Outcome, Taken, Values, take_each
from models.rules.dues import rules_for
from models.rules.periods import Month
from models.rules.reductions import State, state_of

FIELDS = ("amount", "from_month", "to_month", "cause", "applicant", "applied_on", "decided_on", "approver",
          "approval_no", "approved_on", "refused_on")  # fmt: skip
SELF = "本人"
_TEXTS = ("cause", "applicant", "approver", "approval_no")


class Reduction(Record):
    """One application; `amount` is what the member asks to pay each month from `from_month` to `to_month`, 0.00 none.

    `full` is what the member owed by the scale when it was entered, in yuan.
    """

    __tablename__ = "reductions"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    amount: Mapped[Decimal]
    full: Mapped[Decimal | None]
    from_month: Mapped[Month]
    to_month: Mapped[Month]
    cause: Mapped[str]
    applicant: Mapped[str]
    applied_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    approver: Mapped[str | None]
    approval_no: Mapped[str | None]
    approved_on: Mapped[date | None]
    refused_on: Mapped[date | None]


def ground_without(session: Session, member: Member, month: Month) -> Ground:
    """What the member's due of a month rests on when no decision reduces it."""
    own = session.scalars(select(Assessment).where(Assessment.member_id == member.id)).all()
    return assessments.ground_of(member, assessments.scaled(own), month)


def state(reduction: Reduction, category: str | None) -> State:
    """How far the application of a member of this category of dues is."""
    return state_of(category, reduction.decided_on, reduction.approved_on, reduction.refused_on)


def save_one(session: Session, member_id: int, values: Values, reduction_id: int | None = None) -> Reduction:
    """Adds an application or changes the one numbered; once valid it becomes an assessment, else it is none.

    FieldError where it says too little, contradicts itself, or another of the member covers the same months. Months
    that have their due keep it.
    """
    member = find_by_id(session, member_id)
    known = session.scalars(select(Reduction).where(Reduction.member_id == member_id)).all()
    found = next((each for each in known if each.id == reduction_id), None)
    if reduction_id is not None and found is None:
        raise FieldError("from_month", f"没有编号为 {reduction_id} 的少交（免交）申请。")
    wanted = {key: values[key] if key in values else getattr(found, key, None) for key in FIELDS}
    wanted |= {key: tidy(wanted[key]) or None for key in _TEXTS}
    wanted["applicant"] = wanted["applicant"] or SELF
    start = _verify(wanted)
    _require_free(wanted, [each for each in known if each is not found])
    ground = ground_without(session, member, start)
    wanted["full"] = _full(session, ground, wanted)
    if found is None:
        found = Reduction(member_id=member_id, **wanted)
        session.add(found)
    else:
        assign(found, wanted)
    session.flush()
    _take_effect(session, found, ground)
    return found


def _verify(wanted: Mapping[str, Any]) -> Month:
    """The first month; FieldError where the values say too little or contradict each other."""
    if wanted["amount"] is None:
        raise FieldError("amount", "请填写减免后每月应交多少元，免交填 0。")
    if wanted["amount"] < 0:
        raise FieldError("amount", "减免后每月应交不能是负数。")
    for key, words in (("from_month", "从哪个月起"), ("to_month", "到哪个月止")):
        if wanted[key] is None:
            raise FieldError(key, f"请填写{words}。")
    if wanted["to_month"] < wanted["from_month"]:
        raise FieldError("to_month", f"终止月 {wanted['to_month']} 早于起始月 {wanted['from_month']}。")
    if not wanted["cause"]:
        raise FieldError("cause", "请写明少交、免交的理由。")
    applied, decided, approved = wanted["applied_on"], wanted["decided_on"], wanted["approved_on"]
    if applied and decided and decided < applied:
        raise FieldError("decided_on", "支部研究日期早于申请日期，请核对。")
    if approved and decided and approved < decided:
        raise FieldError("approved_on", "上级批准日期早于支部研究日期，请核对。")
    if approved and wanted["refused_on"]:
        raise FieldError("refused_on", "已经填了批准日期，不能同时是不同意。")
    first: Month = wanted["from_month"]
    return first


def _require_free(wanted: Mapping[str, Any], others: Sequence[Reduction]) -> None:
    for each in others:
        apart = wanted["to_month"] < each.from_month or each.to_month < wanted["from_month"]
        if not apart and each.refused_on is None and wanted["refused_on"] is None:
            months = f"{each.from_month.chinese}至{each.to_month.chinese}"
            raise FieldError("from_month", f"这位党员{months}已有一份少交（免交）申请，月份不能重叠。")


def _full(session: Session, ground: Ground, wanted: Mapping[str, Any]) -> Decimal | None:
    """The due by the scale; FieldError where the amount asked for is not below it."""
    try:
        full = assessments.worked_out(rules_for(wanted["from_month"], rulebook.read(session)), ground).amount
    except ValueError:
        return None
    if wanted["amount"] >= full:
        raise FieldError("amount", f"原应交每月 {full:.2f} 元，减免后应比它少。")
    return full


def _take_effect(session: Session, reduction: Reduction, ground: Ground) -> None:
    """Makes, changes or takes away the assessment, as the application is valid or not."""
    made = _assessment_of(session, reduction)
    if state(reduction, ground.category) != "已生效":
        if made is not None:
            session.delete(made)
            session.flush()
        return
    values = {
        key: getattr(reduction, key)
        for key in ("amount", "from_month", "to_month", "decided_on", "approved_on", "approval_no")
    } | {"dues_category": ground.category, "dues_base": ground.base, "reason": HARDSHIP}
    if made is not None:
        made.reduction_id = None
    made = assessments.save_one(session, reduction.member_id, values, made.id if made is not None else None)
    made.reduction_id = reduction.id
    session.flush()


def _assessment_of(session: Session, reduction: Reduction) -> Assessment | None:
    """The assessment that the application became, or one of the same months and sum that was entered by hand."""
    linked = session.scalars(select(Assessment).where(Assessment.reduction_id == reduction.id)).first()
    if linked is not None:
        return linked
    alike = select(Assessment).where(
        Assessment.member_id == reduction.member_id,
        Assessment.reduction_id.is_(None),
        Assessment.amount == reduction.amount,
        Assessment.from_month == reduction.from_month,
        Assessment.to_month == reduction.to_month,
    )
    return session.scalars(alike).first()


def remove(session: Session, reduction_id: int) -> None:
    """Removes an application entered by mistake, with its assessment; dues of months already opened stay."""
    reduction = numbered(session, Reduction, reduction_id, "少交（免交）申请")
    for made in session.scalars(select(Assessment).where(Assessment.reduction_id == reduction_id)).all():
        session.delete(made)
    session.flush()
    session.delete(reduction)
    session.flush()


def save(session: Session, rows: Sequence[Values], branch_id: int | None = None) -> list[Outcome]:
    """Saves one application a row; a row means the one it numbers, else the member's of the same first month."""
    people, taken = People(session, branch_id), Taken()
    return take_each(session, rows, lambda values: _take(session, people.named(values), values, taken))


def _take(session: Session, member: Member, values: Values, taken: Taken) -> Outcome:
    own = session.scalars(select(Reduction).where(Reduction.member_id == member.id)).all()
    numbered = next((each for each in own if str(each.id) == str(values.get("id"))), None)
    known = numbered or next((each for each in own if each.from_month == values.get("from_month")), None)
    given = {key: values[key] for key in FIELDS if values.get(key) is not None or (key in values and numbered)}
    if "applicant" in given:
        given["applicant"] = given["applicant"] or SELF
    if known is not None:
        if all(getattr(known, key) == value for key, value in given.items()):
            taken.note(known.id)
            return Outcome("unchanged", known.id)
        taken.require_new(known.id, member.name)
    made = save_one(session, member.id, given, known.id if known is not None else None)
    taken.note(made.id)
    return Outcome("updated" if known is not None else "added", made.id)
