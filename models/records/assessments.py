"""Assessments: what a member's due rests on from a month on — category and base, or a sum set by decision."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.errors import FieldError
from models.records import rulebook
from models.records.members import Member
from models.records.outcomes import Outcome, Values
from models.rules.dues import AssessedDue, DuesRules, assess, fixed_due, rules_for
from models.rules.periods import Month

RETIRED, SALARIED = "离退休", "在职"
FIELDS = ("dues_category", "dues_base", "amount", "from_month", "to_month", "reason", "decided_on", "approved_on",
          "approval_no")  # fmt: skip


class Assessment(Record):
    """One assessment; without `from_month` it counts from the first month, without `to_month` until a later one.

    `amount` is the monthly due itself when it was set by decision: 0.00 exempts.
    """

    __tablename__ = "assessments"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    dues_category: Mapped[str | None]
    dues_base: Mapped[Decimal | None]
    amount: Mapped[Decimal | None]
    from_month: Mapped[Month | None]
    to_month: Mapped[Month | None]
    reason: Mapped[str | None]
    decided_on: Mapped[date | None]
    approved_on: Mapped[date | None]
    approval_no: Mapped[str | None]


@dataclass(frozen=True)
class Ground:
    """What a due is worked out from: category, base in yuan, the sum set by decision if any, its reason."""

    category: str | None
    base: Decimal | None
    amount: Decimal | None = None
    reason: str | None = None


def worked_out(rules: DuesRules, ground: Ground) -> AssessedDue:
    """The monthly due on this ground; ValueError with a sentence when it gives none."""
    if ground.amount is not None:
        return fixed_due(rules, ground.category, ground.amount, ground.reason)
    return assess(rules, ground.category, ground.base)


def default_category(member: Member) -> str | None:
    """The member's category of dues; where only a base is known, that of a pension for the retired, else of pay."""
    if member.dues_category or not member.dues_base:
        return member.dues_category
    return RETIRED if "退休" in (member.post or "") or "离休" in (member.post or "") else SALARIED


def covering(assessments: Iterable[Assessment], month: Month) -> Assessment | None:
    """The assessment that counts in `month`: a decision for a span of months first, else the one that began last."""
    found = [
        each
        for each in assessments
        if (each.from_month is None or each.from_month <= month) and (each.to_month is None or month <= each.to_month)
    ]
    return max(found, key=_weight, default=None)


def _weight(assessment: Assessment) -> tuple[bool, str, int]:
    passing = assessment.amount is not None and assessment.to_month is not None
    return passing, str(assessment.from_month or ""), assessment.id


def ground_of(member: Member, assessments: Iterable[Assessment], month: Month) -> Ground:
    """What the member's due of `month` rests on: the assessment in force, else category and base of the roster."""
    found = covering(assessments, month)
    if found is None:
        return Ground(default_category(member), member.dues_base)
    return Ground(found.dues_category or default_category(member), found.dues_base, found.amount, found.reason)


def by_member(session: Session) -> Mapping[int, list[Assessment]]:
    """All assessments, grouped by member."""
    grouped: defaultdict[int, list[Assessment]] = defaultdict(list)
    for assessment in session.scalars(select(Assessment).order_by(Assessment.id)):
        grouped[assessment.member_id].append(assessment)
    return grouped


def save_one(session: Session, member_id: int, values: Values, assessment_id: int | None = None) -> Assessment:
    """Adds an assessment, or changes the one named; FieldError where it would give no sound due."""
    member = session.get_one(Member, member_id)
    assessment = session.get(Assessment, assessment_id) if assessment_id else Assessment(member_id=member_id)
    if assessment is None or assessment.member_id != member_id:
        raise FieldError("id", f"没有编号为 {assessment_id} 的{member.name}的核定记录。")
    wanted = {key: values[key] if key in values else getattr(assessment, key) for key in FIELDS}
    _inherit(wanted, by_member(session).get(member_id, ()))
    verify(rulebook.read(session), member, wanted)
    for key, value in wanted.items():
        if getattr(assessment, key) != value:
            setattr(assessment, key, value)
    session.add(assessment)
    session.flush()
    return assessment


def remove(session: Session, assessment_id: int) -> None:
    """Removes an assessment; dues of months already opened stay as they are."""
    session.delete(session.get_one(Assessment, assessment_id))
    session.flush()


def _inherit(wanted: dict[str, Any], own: Sequence[Assessment]) -> None:
    """Gives a sum set by decision the category and base of the assessment that it stands in for."""
    if wanted["amount"] is None or not own:
        return
    lasting = [each for each in own if each.amount is None]
    start = wanted["from_month"]
    before = covering(lasting, start) if start else max(lasting, key=_weight, default=None)
    if before is not None:
        wanted["dues_category"] = wanted["dues_category"] or before.dues_category
        if wanted["dues_base"] is None:
            wanted["dues_base"] = before.dues_base


def verify(rules: Sequence[DuesRules], member: Member, wanted: Mapping[str, Any]) -> None:
    """FieldError unless the values give a sound due that was decided by whoever must decide it.

    A due set below the scale needs the approval of the higher committee (中组发〔2008〕3号 art. 7); for the retired the
    branch's own decision is enough (组电明字〔2017〕5号).
    """
    start, end = wanted["from_month"], wanted["to_month"]
    if start and end and end < start:
        raise FieldError("to_month", f"终止月 {end} 早于起始月 {start}。")
    ground = Ground(
        wanted["dues_category"] or default_category(member) or (SALARIED if wanted["dues_base"] else None),
        wanted["dues_base"],
        wanted["amount"],
        wanted["reason"],
    )
    try:
        in_force = rules_for(start or max(rule.from_month for rule in rules), rules)
        due = worked_out(in_force, ground)
    except ValueError as error:
        field = "amount" if ground.amount is not None else "dues_category" if not ground.category else "dues_base"
        raise FieldError(field, f"{member.name}：{error}") from None
    if ground.amount is not None:
        if ground.amount < 0:
            raise FieldError("amount", "核定金额不能是负数。")
        _verify_decision(in_force, ground, due, wanted, member.name)


def _verify_decision(rules: DuesRules, ground: Ground, due: AssessedDue, wanted: Mapping[str, Any], name: str) -> None:
    try:
        full = assess(rules, ground.category, ground.base).amount
    except ValueError:
        full = None
    rule = rules.categories.get(ground.category or "")
    ranged = rule is not None and rule.least is not None
    if ranged or not (due.amount == 0 or (full is not None and due.amount < full)):
        return
    if ground.category == RETIRED:
        if not wanted["decided_on"] and not wanted["approved_on"]:
            raise FieldError("decided_on", f"{name}少交或免交党费，需填写支部研究日期。")
    elif not wanted["approved_on"]:
        raise FieldError("approved_on", f"{name}少交或免交党费须经上级党委批准，请填写上级批准日期。")


def save(session: Session, rows: Sequence[Values], branch_id: int | None = None) -> list[Outcome]:
    """Saves one assessment a row, each for a member named by identity number or by an unambiguous name."""
    rules = rulebook.read(session)
    known = by_member(session)
    people = People(session, branch_id)
    outcomes = []
    for values in rows:
        try:
            outcomes.append(_take(session, rules, people, known, values))
        except FieldError as error:
            outcomes.append(Outcome("refused", field=error.field, why=str(error)))
    session.flush()
    return outcomes


class People:
    """The members of a file by identity number and by name, for rows that name them."""

    def __init__(self, session: Session, branch_id: int | None) -> None:
        chosen = select(Member) if branch_id is None else select(Member).where(Member.branch_id == branch_id)
        self._by_number: dict[str, Member] = {}
        self._by_name: defaultdict[str, list[Member]] = defaultdict(list)
        for member in session.scalars(chosen):
            self._by_name[member.name].append(member)
            if member.id_number:
                self._by_number[member.id_number] = member

    def named(self, values: Values) -> Member:
        """The member a row names; FieldError when nobody or several are meant, or name and number disagree."""
        number, name = values.get("id_number"), values.get("name")
        if number:
            member = self._by_number.get(number)
            if member is None:
                raise FieldError("id_number", "名册中没有这个身份证号的党员。")
            if name and name != member.name:
                raise FieldError("name", f"身份证号登记在{member.name}名下，与“{name}”不符。")
            return member
        if not name:
            raise FieldError("name", "没有姓名，也没有身份证号。")
        found = self._by_name.get(name, [])
        if len(found) != 1:
            why = f"名册中没有党员“{name}”。" if not found else f"名册中有 {len(found)} 位“{name}”，请填写身份证号。"
            raise FieldError("name", why)
        return found[0]


def _take(
    session: Session,
    rules: Sequence[DuesRules],
    people: People,
    known: Mapping[int, list[Assessment]],
    values: Values,
) -> Outcome:
    member = people.named(values)
    own = known.get(member.id, [])
    target = _target(own, values)
    wanted = {key: values[key] if key in values else getattr(target, key, None) for key in FIELDS}
    _inherit(wanted, own)
    verify(rules, member, wanted)
    if target is None:
        target = Assessment(member_id=member.id, **wanted)
        session.add(target)
        session.flush()
        own = known[member.id]
        own.append(target)
        return Outcome("added", target.id)
    changed = {key: value for key, value in wanted.items() if getattr(target, key) != value}
    for key, value in changed.items():
        setattr(target, key, value)
    return Outcome("updated" if changed else "unchanged", target.id)


def _target(own: Sequence[Assessment], values: Values) -> Assessment | None:
    """The assessment a row means: the one it names, the one of the same first month, or without one the latest."""
    if values.get("id"):
        found = [each for each in own if str(each.id) == str(values["id"])]
        if not found:
            raise FieldError("id", f"编号 {values['id']} 不是这位党员的核定记录；新增的请把编号留空。")
        return found[0]
    if values.get("from_month") is None:
        lasting = [each for each in own if each.to_month is None]
        return max(lasting, key=_weight, default=None)
    return next((each for each in own if each.from_month == values["from_month"]), None)
