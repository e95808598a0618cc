"""Assessments: what a member's due rests on from a month on — category and base, or a sum set by decision."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.errors import FieldError, UserError
from models.records.dues import rulebook
from models.records.members.members import Member
from models.records.members.people import People
from models.records.outcomes import Outcome, Values, take_each
from models.rules.dues import AssessedDue, DuesRules, assess, fixed_due, rules_for
from models.rules.periods import Month
from models.rules.worksheet import Worksheet

RETIRED, SALARIED = "离退休", "在职"
YEARLY, HARDSHIP = "年度核定", "困难减免"
YEARLY_UNTIL = 3  # the month of the year up to which an assessment may still be the yearly one
_BY_APPLICATION = "这一条来自少交（免交）审批，请在“党费少交（免交）台账”里修改或删除那份申请。"
_SUBSTANCE = ("dues_category", "dues_base", "amount", "worksheet")  # without one of these a row assesses nothing
FIELDS = ("dues_category", "dues_base", "amount", "from_month", "to_month", "reason", "decided_on", "approved_on",
          "approval_no", "worksheet")  # fmt: skip


class Assessment(Record):
    """One assessment; without `from_month` it counts from the first month, without `to_month` until a later one.

    `amount` is the monthly due itself when it was set by decision: 0.00 exempts. `worksheet` is the F02 from which the
    base was worked out (`Worksheet.text`), None where the base was entered directly; `reduction_id` the application
    F07 that this is the outcome of, and by which alone it is changed.
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
    worksheet: Mapped[str | None]
    reduction_id: Mapped[int | None] = mapped_column(ForeignKey("reductions.id"), unique=True)


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


def category_of(member: Member, stated: str | None, base: Decimal | None) -> str | None:
    """The category stated, else the member's own; where only a base is known, a pension for the retired, else pay."""
    if stated or member.dues_category or not base:
        return stated or member.dues_category
    return RETIRED if "退休" in (member.post or "") or "离休" in (member.post or "") else SALARIED


def covering(assessments: Iterable[Assessment], month: Month) -> Assessment | None:
    """The assessment that counts in `month`: a decision for a span of months first, else the one that began last."""
    found = [
        each
        for each in assessments
        if (each.from_month is None or each.from_month <= month) and (each.to_month is None or month <= each.to_month)
    ]
    return max(found, key=_weight, default=None)


def counting_from(assessments: Collection[Assessment], first: Month) -> list[Assessment]:
    """Those that count in `first` or in any later month; one that another follows before it is left out."""
    turns = {first}
    turns |= {each.from_month for each in assessments if each.from_month is not None and each.from_month > first}
    turns |= {each.to_month + 1 for each in assessments if each.to_month is not None and each.to_month >= first}
    counting = [covering(assessments, month) for month in turns]
    return [each for each in assessments if each in counting]


def _weight(assessment: Assessment) -> tuple[bool, str, int]:
    passing = assessment.amount is not None and assessment.to_month is not None
    return passing, str(assessment.from_month or ""), assessment.id


def ground_of(member: Member, assessments: Iterable[Assessment], month: Month) -> Ground:
    """What the member's due of `month` rests on: the assessment in force, else category and base of the roster."""
    found = covering(assessments, month)
    if found is None:
        return Ground(category_of(member, None, member.dues_base), member.dues_base)
    category = category_of(member, found.dues_category, found.dues_base)
    return Ground(category, found.dues_base, found.amount, found.reason)


def scaled(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Those by which the due follows the scale, without the decisions that set an amount."""
    return [each for each in assessments if each.amount is None]


def by_member(session: Session) -> Mapping[int, list[Assessment]]:
    """All assessments, grouped by member."""
    grouped: defaultdict[int, list[Assessment]] = defaultdict(list)
    for assessment in session.scalars(select(Assessment).order_by(Assessment.id)):
        grouped[assessment.member_id].append(assessment)
    return grouped


def save_one(session: Session, member_id: int, values: Values, assessment_id: int | None = None) -> Assessment:
    """Adds an assessment, or changes the one named; FieldError where it would give no sound due."""
    member = session.get_one(Member, member_id)
    own = session.scalars(select(Assessment).where(Assessment.member_id == member_id)).all()
    assessment = next((each for each in own if each.id == assessment_id), None)
    if assessment_id is not None and assessment is None:
        raise FieldError("id", f"没有编号为 {assessment_id} 的{member.name}的核定记录。")
    wanted = {key: values[key] if key in values else getattr(assessment, key, None) for key in FIELDS}
    others = [each for each in own if each is not assessment]
    settle_base(wanted, values)
    wanted["dues_category"] = verify(rulebook.read(session), member, wanted, others)
    if assessment is None:
        assessment = Assessment(member_id=member_id)
        session.add(assessment)
    _assign(assessment, wanted)
    session.flush()
    return assessment


def remove(session: Session, assessment_id: int) -> None:
    """Removes an assessment; dues of months already opened stay as they are. UserError for the outcome of an F07."""
    assessment = session.get_one(Assessment, assessment_id)
    if assessment.reduction_id is not None:
        raise UserError(_BY_APPLICATION)
    session.delete(assessment)
    session.flush()


def _assign(assessment: Assessment, wanted: Mapping[str, Any]) -> bool:
    """Gives the record its values; whether that changed any. FieldError where it is the outcome of an F07."""
    changed = {key: value for key, value in wanted.items() if getattr(assessment, key) != value}
    if changed and assessment.reduction_id is not None:
        raise FieldError("amount", _BY_APPLICATION)
    for key, value in changed.items():
        setattr(assessment, key, value)
    return bool(changed)


def settle_base(wanted: dict[str, Any], values: Values) -> None:
    """Takes the base from the worksheet that the values bring; a base entered directly does away with an older one.

    FieldError where the values bring both and they differ.
    """
    if not wanted["worksheet"]:
        return
    base = Worksheet.parse(wanted["worksheet"]).base
    if values.get("worksheet"):
        stated = values.get("dues_base")
        if stated is not None and stated != base:
            raise FieldError("dues_base", f"缴费基数 {stated:.2f} 与工资项目算出的 {base:.2f} 不符，请核对。")
        wanted["dues_base"] = base
    elif wanted["dues_base"] != base:
        wanted["worksheet"] = None


def verify(
    rules: Sequence[DuesRules], member: Member, wanted: Mapping[str, Any], others: Sequence[Assessment] = ()
) -> str | None:
    """The category under which the values count; FieldError unless they give a sound due, decided by whoever must.

    `others` are the member's other assessments. A due set below the scale needs the approval of the higher committee
    (中组发〔2008〕3号 art. 7); for the retired the branch's own decision is enough (组电明字〔2017〕5号).
    """
    start, end = wanted["from_month"], wanted["to_month"]
    if start and end and end < start:
        raise FieldError("to_month", f"终止月 {end} 早于起始月 {start}。")
    _require_reason(wanted, others)
    undecided = _undecided(rules, member, wanted, others)
    ground = Ground(undecided.category, wanted["dues_base"], wanted["amount"], wanted["reason"])
    try:
        in_force = rules_for(start or max(rule.from_month for rule in rules), rules)
        due = worked_out(in_force, ground).amount
    except ValueError as error:
        field = "amount" if ground.amount is not None else "dues_category" if not ground.category else "dues_base"
        raise FieldError(field, f"{member.name}：{error}") from None
    if ground.amount is not None and (ground.reason == HARDSHIP or _is_reduced(in_force, undecided, due)):
        _require_decision(ground.category, wanted, member.name)
    return ground.category


def _require_reason(wanted: Mapping[str, Any], others: Sequence[Assessment]) -> None:
    """FieldError where a due that was assessed for this year changes within it and nothing is said of the reason.

    Sources: 组电明字〔2017〕5号 (assessed once a year); the month in which a year's assessment begins differs locally,
    and may be as late as March. A rise of pay is none of the reasons: it waits for the next year.
    """
    start = wanted["from_month"]
    if start is None or start.number == 1 or wanted["amount"] is not None or wanted["reason"] not in (None, YEARLY):
        return
    assessed = covering(scaled(others), start + -1)
    if assessed is None or _states_the_same(wanted, assessed):
        return
    begun = assessed.from_month is not None and assessed.from_month.year == start.year
    if begun or start.number > YEARLY_UNTIL:
        raise FieldError(
            "reason",
            f"{start.year}年的党费已经核定，年内一般不变；确需从{start.chinese}起调整的，请选择原因"
            "（退休、就业、失业、转入、新党员、更正等）。工资变动一般从下一年起。",
        )


def _states_the_same(wanted: Mapping[str, Any], assessed: Assessment) -> bool:
    return wanted["dues_base"] == assessed.dues_base and wanted["dues_category"] in (None, assessed.dues_category)


def _undecided(
    rules: Sequence[DuesRules], member: Member, wanted: Mapping[str, Any], others: Sequence[Assessment]
) -> Ground:
    """Category and base that the values state, each filled in from what is otherwise in force for the member."""
    latest = max([rule.from_month for rule in rules] + [each.from_month for each in others if each.from_month])
    under = ground_of(member, scaled(others), wanted["from_month"] or latest)
    category = wanted["dues_category"] or category_of(member, under.category, wanted["dues_base"])
    return Ground(category, wanted["dues_base"] or under.base)


def _is_reduced(rules: DuesRules, undecided: Ground, due: Decimal) -> bool:
    """Whether a due set by decision lies below what the scale asks, as far as the member's base is known."""
    rule = rules.categories.get(undecided.category or "")
    if due == 0 or rule is None or rule.least is not None:
        return due == 0
    try:
        return due < assess(rules, undecided.category, undecided.base).amount
    except ValueError:
        return False


def _require_decision(category: str | None, wanted: Mapping[str, Any], name: str) -> None:
    if category == RETIRED:
        if not wanted["decided_on"] and not wanted["approved_on"]:
            raise FieldError("decided_on", f"{name}少交或免交党费，需填写支部研究日期。")
    elif not wanted["approved_on"]:
        raise FieldError("approved_on", f"{name}少交或免交党费须经上级党委批准，请填写上级批准日期。")


@dataclass
class _Batch:
    """What is known while rows of assessments come in; `touched` holds the records that earlier rows have met.

    `repeated` holds, by member, the rows that only repeat the roster: read again, they would mean the lasting
    assessment that a later row brings.
    """

    session: Session
    rules: Sequence[DuesRules]
    people: People
    known: Mapping[int, list[Assessment]]
    touched: set[int] = field(default_factory=set)
    repeated: defaultdict[int, list[Values]] = field(default_factory=lambda: defaultdict(list))


def save(session: Session, rows: Sequence[Values], branch_id: int | None = None) -> list[Outcome]:
    """Saves one assessment a row, each for a member named by identity number or by an unambiguous name.

    A row means the record it numbers, else the member's assessment of the same first and last month, the lasting one
    where it names neither. An empty cell clears a value only in a row that numbers its record. A row that others must
    come before, as a reduction before the category that it reduces, waits for them wherever it stands.
    """
    batch = _Batch(session, rulebook.read(session), People(session, branch_id), by_member(session))
    return take_each(session, rows, lambda values: _take(batch, values))


def _take(batch: _Batch, values: Values) -> Outcome:
    member = batch.people.named(values)
    own = batch.known.get(member.id, [])
    numbered = _numbered(own, values)
    target = meant(own, values)
    if target is None and _says_nothing_new(member, values):
        batch.repeated[member.id].append(values)
        return Outcome("unchanged")
    if target is None and all(values.get(key) is None for key in _SUBSTANCE):
        raise FieldError("dues_category", f"{member.name}：没有党费类别、缴费基数，也没有核定金额。")
    wanted = {
        key: values[key] if values.get(key) is not None or (key in values and numbered) else getattr(target, key, None)
        for key in FIELDS
    }
    settle_base(wanted, values)
    if target is not None and all(getattr(target, key) == wanted[key] for key in FIELDS):
        batch.touched.add(target.id)
        return Outcome("unchanged", target.id)
    if target is not None and target.id in batch.touched:
        raise _contradiction(member.name)
    wanted["dues_category"] = verify(batch.rules, member, wanted, [each for each in own if each is not target])
    if target is not None:
        batch.touched.add(target.id)
        return Outcome("updated" if _assign(target, wanted) else "unchanged", target.id)
    added = Assessment(member_id=member.id, **wanted)
    if added.to_month is None and not all(_repeats(added, earlier) for earlier in batch.repeated[member.id]):
        raise _contradiction(member.name)
    batch.session.add(added)
    batch.session.flush()
    batch.touched.add(added.id)
    batch.known[member.id].append(added)
    return Outcome("added", added.id)


def _contradiction(name: str) -> FieldError:
    return FieldError("name", f"{name}的同一份核定在文件中出现两次而内容不同，前一行已取用，请核对这一行。")


def meant(own: Sequence[Assessment], values: Values) -> Assessment | None:
    """The one of a member's assessments that a row means; None where it brings a new one."""
    return _numbered(own, values) or _of_months(own, values)


def _numbered(own: Sequence[Assessment], values: Values) -> Assessment | None:
    """The member's record of the number in the row; a number of another file or member names none here."""
    return next((each for each in own if str(each.id) == str(values.get("id"))), None)


def _of_months(own: Sequence[Assessment], values: Values) -> Assessment | None:
    """The record a row without a number means: that of the same months, or where it names none the lasting one.

    Of several the one that the row repeats is meant, so that a list read again changes nothing.
    """
    start, end = values.get("from_month"), values.get("to_month")
    alike = [each for each in own if each.to_month == end and (each.from_month == start or start is end is None)]
    return max(alike, key=lambda each: (_repeats(each, values), _weight(each)), default=None)


def _repeats(assessment: Assessment, values: Values) -> bool:
    """Whether a row states only what the record says already."""
    return all(values[key] == getattr(assessment, key) for key in FIELDS if values.get(key) is not None)


def _says_nothing_new(member: Member, values: Values) -> bool:
    """Whether a row only repeats what the roster itself says of category and base, or says nothing at all."""
    stated = {key: values[key] for key in FIELDS if values.get(key) is not None}
    in_roster = {"dues_category": category_of(member, None, member.dues_base), "dues_base": member.dues_base}
    return stated.items() <= {key: value for key, value in in_roster.items() if value is not None}.items()
