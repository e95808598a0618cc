"""Cases of hardship: whose they are, how the household lives, and the steps from the application to the end."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import settings
from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.dues import months
from models.records.life.activities import Activity
from models.records.members.facts import require_past
from models.records.members.members import Member, find_by_id
from models.rules import care, identity
from models.rules.periods import PartialDate

MEMBER_SORTS = ("困难党员", "老党员", "老干部")
HOUSE_SORTS = (
    "因公牺牲或去世党员家庭", "脱贫不稳定户", "边缘易致贫户", "突发严重困难户", "困难学生", "困难群众",
)  # fmt: skip
SORTS = (*MEMBER_SORTS, *HOUSE_SORTS)
DEGREES = ("特别困难", "比较困难", "一般困难")
OWN_FIELDS = ("name", "sex", "birth_date", "id_number", "phone", "address")
CASE_FIELDS = (
    "sort", "cause", "detail", "health", "certificates", "low_income", "honoured", "veteran", "helper", "helper_phone",
    "paired_on", "measures", "asked", "aid", "recognised", "remark",
)  # fmt: skip
STEP_FIELDS = ("degree", "reason", "until", "activity_id")
RELATIVE_FIELDS = ("relation", "name", "birth_year", "unit", "health")
INCOME_FIELDS = ("whose", "source", "amount")
STATED = ("stated_people", "stated_income")
_TEXTS = (
    "cause", "detail", "health", "certificates", "helper", "helper_phone", "measures", "aid", "recognised", "remark",
    "address",
)  # fmt: skip
_HELPER = re.compile(r"(\D+?)[\s/、，,；;（(]*(1?\d[\d-]{5,})[)）]?")  # a name and a telephone number in one


class CareCase(Record):
    """One case: of a member, whose person stands in the roster, or of a household or resident with an own name.

    `low_income` is 低保, `honoured` 优抚, `veteran` one who joined before 1949; `helper` is who looks after the person.
    `asked` is the sum applied for, `aid` the help received of which no round knows, `recognised` who recognised the
    case. `stated_people` and `stated_income` (a head and month) are what an earlier ledger says of the household, and
    count while the household is not entered. Sums are yuan.
    """

    __tablename__ = "care_cases"

    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str | None]
    sex: Mapped[str | None]
    birth_date: Mapped[PartialDate | None]
    id_number: Mapped[str | None]
    phone: Mapped[str | None]
    address: Mapped[str | None]
    sort: Mapped[str] = mapped_column(index=True)
    cause: Mapped[str | None]
    detail: Mapped[str | None]
    health: Mapped[str | None]
    certificates: Mapped[str | None]
    low_income: Mapped[bool | None]
    honoured: Mapped[bool | None]
    veteran: Mapped[bool | None]
    helper: Mapped[str | None]
    helper_phone: Mapped[str | None]
    paired_on: Mapped[date | None]
    measures: Mapped[str | None]
    asked: Mapped[Decimal | None]
    aid: Mapped[str | None]
    recognised: Mapped[str | None]
    stated_people: Mapped[int | None]
    stated_income: Mapped[Decimal | None]
    remark: Mapped[str | None]


class CareStep(Record):
    """One step of a case; `until` is the last day of a posting, `activity_id` the meeting that discussed it."""

    __tablename__ = "care_steps"

    case_id: Mapped[int] = mapped_column(ForeignKey("care_cases.id"), index=True)
    kind: Mapped[str]
    on: Mapped[date] = mapped_column(index=True)
    until: Mapped[date | None]
    degree: Mapped[str | None]
    reason: Mapped[str | None]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)


class HouseholdMember(Record):
    """One of the household beside the person of the case."""

    __tablename__ = "household_members"

    case_id: Mapped[int] = mapped_column(ForeignKey("care_cases.id"), index=True)
    relation: Mapped[str]
    name: Mapped[str]
    birth_year: Mapped[int | None]
    unit: Mapped[str | None]
    health: Mapped[str | None]


class HouseholdIncome(Record):
    """What one source brought the household over the twelve months before the application, in yuan.

    `whose` is the name of the one of the household who has it, None for the person of the case or for all of them.
    """

    __tablename__ = "household_incomes"

    case_id: Mapped[int] = mapped_column(ForeignKey("care_cases.id"), index=True)
    whose: Mapped[str | None]
    source: Mapped[str]
    amount: Mapped[Decimal]


def find(session: Session, case_id: int) -> CareCase:
    """The case of a number; UserError when there is none."""
    return numbered(session, CareCase, case_id, "帮扶对象")


def steps_of(session: Session, case_id: int) -> Sequence[CareStep]:
    """The steps of a case, the earliest first."""
    chosen = select(CareStep).where(CareStep.case_id == case_id)
    return session.scalars(chosen.order_by(CareStep.on, CareStep.id)).all()


def open_of(session: Session, member_id: int) -> CareCase | None:
    """The case of a member that has not ended."""
    ended = select(CareStep.case_id).where(CareStep.kind == care.CLOSED)
    return session.scalars(select(CareCase).where(CareCase.member_id == member_id, CareCase.id.not_in(ended))).first()


def apply(session: Session, values: Mapping[str, Any], on: date, today: date, member_id: int | None = None) -> CareCase:
    """Enters an application of `on`, of a member or of somebody with a name of their own.

    FieldError for a second open case of one person, a day to come, or a value that is unsound.
    """
    require_past("applied_on", on, today)
    added = CareCase(member_id=member_id, branch_id=values.get("branch_id"))
    _assign(session, added, values)
    _require_only(session, added)
    session.add(added)
    session.flush()
    session.add(CareStep(case_id=added.id, kind=care.APPLIED, on=on, degree=values.get("degree")))
    session.flush()
    return added


def change(session: Session, case_id: int, values: Mapping[str, Any]) -> CareCase:
    """Changes what is given of a case; what was done in its steps stays."""
    found = find(session, case_id)
    _assign(session, found, values)
    _require_only(session, found)
    session.flush()
    return found


def take_step(session: Session, case_id: int, kind: str, on: date, values: Mapping[str, Any], today: date) -> CareStep:
    """Enters the next step of a case; FieldError where it is not the turn of `kind`, or the day is before the last."""
    find(session, case_id)
    require_past("on", on, today)
    known = steps_of(session, case_id)
    possible = care.next_steps([step.kind for step in known])
    if kind not in possible:
        said = f"下一步是{'、'.join(possible)}" if possible else "已经退出，不再办理"
        raise FieldError("kind", f"还不能登记“{kind}”：{said}。")
    if on < known[-1].on:
        raise FieldError("on", f"{kind}日期 {on} 早于{known[-1].kind}日期 {known[-1].on}，请核对。")
    given = {key: values.get(key) for key in STEP_FIELDS}
    _verify_step(session, kind, on, given, known[-1])
    added = CareStep(case_id=case_id, kind=kind, on=on, **given)
    session.add(added)
    session.flush()
    return added


def bring_forward(
    session: Session, case_id: int, kind: str, on: date, degree: str | None, reason: str | None, today: date
) -> CareStep:
    """Enters a step that an earlier ledger knew of, without those before it; FieldError for days that run backwards."""
    require_past("on", on, today)
    last = steps_of(session, case_id)[-1]
    if on < last.on:
        raise FieldError("on", f"{kind}日期 {on} 早于{last.kind}日期 {last.on}，请核对。")
    added = CareStep(case_id=case_id, kind=kind, on=on, degree=degree, reason=reason)
    session.add(added)
    session.flush()
    return added


def take_back_step(session: Session, case_id: int) -> str:
    """Removes the last step, entered by mistake, and answers what it was; the application itself stays."""
    known = steps_of(session, case_id)
    if len(known) < 2:
        raise UserError("只有申请这一步，不能退回；登记错了请删除这个帮扶对象。")
    kind = known[-1].kind
    session.delete(known[-1])
    session.flush()
    return kind


def remove(session: Session, case_id: int) -> None:
    """Removes a case entered by mistake; one that was taken in stays and ends by 退出."""
    found = find(session, case_id)
    if care.TAKEN_IN in [step.kind for step in steps_of(session, case_id)]:
        raise UserError("已经纳入的不能删除；不再帮扶的请登记“退出”。")
    for table in (CareStep, HouseholdMember, HouseholdIncome):
        for each in session.scalars(select(table).where(table.case_id == case_id)).all():
            session.delete(each)
    session.flush()
    session.delete(found)
    session.flush()


def relatives(session: Session, case_id: int) -> Sequence[HouseholdMember]:
    """The household beside the person, in order of entry."""
    chosen = select(HouseholdMember).where(HouseholdMember.case_id == case_id)
    return session.scalars(chosen.order_by(HouseholdMember.id)).all()


def incomes(session: Session, case_id: int) -> Sequence[HouseholdIncome]:
    """What came in over the twelve months before the application, in order of entry."""
    chosen = select(HouseholdIncome).where(HouseholdIncome.case_id == case_id)
    return session.scalars(chosen.order_by(HouseholdIncome.id)).all()


def add_relative(session: Session, case_id: int, values: Mapping[str, Any]) -> HouseholdMember:
    """Adds one of the household; FieldError without a name or how they are related."""
    given = {key: values.get(key) for key in RELATIVE_FIELDS}
    for key, title in (("relation", "称谓"), ("name", "姓名")):
        if not tidy(given[key]):
            raise FieldError(key, f"请填写{title}。")
    added = HouseholdMember(case_id=find(session, case_id).id, **given)
    session.add(added)
    session.flush()
    return added


def add_income(session: Session, case_id: int, values: Mapping[str, Any]) -> HouseholdIncome:
    """Adds what one source brought over the twelve months, in yuan; FieldError without source or for less than none."""
    given = {key: values.get(key) for key in INCOME_FIELDS}
    if not tidy(given["source"]):
        raise FieldError("source", "请填写收入来源。")
    if given["amount"] is None or given["amount"] < 0:
        raise FieldError("amount", "请填写十二个月合计多少元，没有填 0。")
    names = [each.name for each in relatives(session, case_id)]
    if given["whose"] is not None and given["whose"] not in names:
        raise FieldError("whose", f"家庭成员里没有“{given['whose']}”，请先登记家庭成员。")
    added = HouseholdIncome(case_id=find(session, case_id).id, **given)
    session.add(added)
    session.flush()
    return added


def remove_from_household(session: Session, record: type[HouseholdMember | HouseholdIncome], number: int) -> None:
    """Removes one of the household, or an income, entered by mistake; UserError for one whose income is entered."""
    found = numbered(session, record, number, "家庭情况")
    if isinstance(found, HouseholdMember):
        alike = [each for each in relatives(session, found.case_id) if each.name == found.name]
        if len(alike) == 1 and any(each.whose == found.name for each in incomes(session, found.case_id)):
            raise UserError(f"{found.name}还登记着收入，请先删除那笔收入。")
    session.delete(found)
    session.flush()


def income_per_head(session: Session, case_id: int) -> Decimal | None:
    """The average monthly income per head in yuan; None while neither income is entered nor anything stated."""
    found, entered = find(session, case_id), incomes(session, case_id)
    known = care.Household(len(relatives(session, case_id)), found.stated_people, found.stated_income)
    return known.per_head([each.amount for each in entered] if entered else None)


def state_household(session: Session, case_id: int, people: int | None, per_head: Decimal | None) -> None:
    """Keeps how many a household is and what it has a head and month (yuan), as an earlier ledger says it.

    FieldError where the household is entered one by one and gives another figure.
    """
    found = find(session, case_id)
    for key, title, value, is_entered in (
        ("people", "家庭人口", people, relatives(session, case_id)),
        ("per_head", "人均月收入", per_head, incomes(session, case_id)),
    ):
        if value is not None and is_entered:
            raise FieldError(key, f"{title}由已登记的家庭成员和收入得出，不能用导入改，请在“困难对象”里登记。")
    if people is not None and people < 1:
        raise FieldError("people", "家庭人口至少是 1 人。")
    if per_head is not None and per_head < 0:
        raise FieldError("per_head", "人均月收入不能是负数。")
    found.stated_people = found.stated_people if people is None else people
    found.stated_income = found.stated_income if per_head is None else per_head
    session.flush()


def posted_days(session: Session, step: CareStep) -> int | None:
    """How many working days a posting hung; None for another step."""
    if step.kind != care.POSTED or step.until is None:
        return None
    return care.working_days(step.on, step.until, *_rest_days(session))


def posting_ends(session: Session, on: date) -> date:
    """Until when a posting that begins on a day hangs, by the branch's own number of working days."""
    return care.posting_ends(on, settings.read(session).notice_days, *_rest_days(session))


def _rest_days(session: Session) -> tuple[frozenset[date], frozenset[date]]:
    """The days of rest and the days of work that are known, supplied and the branch's own."""
    supplied, chosen = months.rest_days(), settings.read(session)
    own = (frozenset(map(date.fromisoformat, days)) for days in (chosen.holidays, chosen.workdays))
    holidays, workdays = (known | mine for known, mine in zip(supplied, own, strict=True))
    return holidays, workdays


def _verify_step(session: Session, kind: str, on: date, given: dict[str, Any], last: CareStep) -> None:
    if kind == care.POSTED:
        if given["until"] is None or given["until"] < on:
            raise FieldError("until", "请填写公示到哪一天止，不能早于开始的那天。")
    else:
        given["until"] = None
    if last.kind == care.POSTED and last.until is not None and on < last.until and kind != care.CLOSED:
        raise FieldError("on", f"公示到 {last.until} 才结束，请在公示结束以后再办下一步。")
    if kind in (care.TAKEN_IN, care.CHANGED) and not given["degree"]:
        raise FieldError("degree", "请选择困难程度。")
    if kind == care.CLOSED and not tidy(given["reason"]):
        raise FieldError("reason", f"请填写退出原因：{'、'.join(care.OUT)}。")
    if given["activity_id"] is not None:
        meeting = numbered(session, Activity, given["activity_id"], "会议记录")
        if meeting.held_on is None or meeting.held_on > on:
            raise FieldError("activity_id", "这次会议在这一步之后才开，请核对。")


def _assign(session: Session, case: CareCase, values: Mapping[str, Any]) -> None:
    for key in (*CASE_FIELDS, *OWN_FIELDS):
        if key in values:
            setattr(case, key, tidy(values[key]) or None if key in _TEXTS else values[key])
    if case.helper_phone is None:
        case.helper, case.helper_phone = parted_helper(case.helper)
    if case.asked is not None and case.asked <= 0:
        raise FieldError("asked", "申请金额应大于 0，没有提出金额的空着。")
    if "branch_id" in values:
        case.branch_id = values["branch_id"]
    if case.member_id is not None:
        member = find_by_id(session, case.member_id)
        case.branch_id = member.branch_id
        for key in OWN_FIELDS:
            setattr(case, key, None)  # the roster knows the person, and knows it first when it changes
    elif not tidy(case.name):
        raise FieldError("name", "请填写姓名。")
    elif case.id_number:
        _verify_number(case.id_number)
    if not case.sort:
        raise FieldError("sort", "请选择帮扶对象的类别。")
    told = care.tells_private(case.sort) if case.sort not in SORTS else None
    if told is not None:
        raise FieldError("sort", f"类别会写进公示，不能有“{told}”；病情、收入等请写在“困难原因”里。")


def _verify_number(number: str) -> None:
    fault = identity.fault_in(number)
    if fault:
        raise FieldError("id_number", fault)


def _require_only(session: Session, case: CareCase) -> None:
    """One open case a person: FieldError for a second one of a member or of an identity number."""
    ended = select(CareStep.case_id).where(CareStep.kind == care.CLOSED)
    if case.member_id is not None:
        same = CareCase.member_id == case.member_id
    elif case.id_number:
        same = CareCase.id_number == case.id_number
    else:
        return
    with session.no_autoflush:
        others = session.scalars(select(CareCase).where(same, CareCase.id.not_in(ended))).all()
    if case.id not in ended_ids(session) and any(each.id != case.id for each in others):
        raise FieldError("name", "这个人已有一份没有退出的帮扶记录，请在那一份里办理。")


def parted_helper(said: str | None) -> tuple[str | None, str | None]:
    """A helper and the telephone number written behind the name in one cell, None where there is none."""
    both = _HELPER.fullmatch(said or "")
    return (both[1].strip(), both[2]) if both is not None else (said, None)


def sorts(session: Session, of_members: bool | None = None) -> tuple[str, ...]:
    """The sorts to choose from, of cases of members, of others or of all: those known, then those the branch wrote."""
    known = SORTS if of_members is None else MEMBER_SORTS if of_members else HOUSE_SORTS
    chosen = select(CareCase.sort).distinct().order_by(CareCase.sort)
    if of_members is not None:
        chosen = chosen.where(CareCase.member_id.is_not(None) if of_members else CareCase.member_id.is_(None))
    return (*known, *(each for each in session.scalars(chosen) if each not in known))


def ended_ids(session: Session) -> frozenset[int]:
    """The numbers of the cases that have ended."""
    return frozenset(session.scalars(select(CareStep.case_id).where(CareStep.kind == care.CLOSED)))


def name_of(session: Session, case: CareCase) -> str:
    """Whose case it is."""
    return session.get_one(Member, case.member_id).name if case.member_id is not None else case.name or ""
