"""The records behind F41 困难党员申请审批表: a paper for each application of the period's year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.care import aid as care_aid
from models.ledgers.care.cases import CaseRow, case_rows
from models.records.care import cases as care_cases
from models.records.care.cases import CareStep
from models.records.life import activity_kinds
from models.records.life.activities import Activity
from models.rules import care
from models.rules.periods import PartialDate

_TIMES_TOLD = 5
OF_MEMBERS, OF_OTHERS = "困难党员申请审批表", "困难群众帮扶申请审批表"


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One of the household with what comes in for them a month, in yuan."""

    relation: str
    name: str
    age: int | None = None
    unit: str | None = None
    income: Decimal | None = None
    health: str | None = None


@dataclass(frozen=True, slots=True)
class ApplicationRecord:
    """F41: one application; None where it is to be written by hand.

    `months` are those over which income is counted, `total` and `per_head` are yuan a month. `discussed` and `approved`
    are what the case says of these steps. Identity number and telephone the person writes on it with the signature.
    """

    title: str = OF_MEMBERS
    unit: str | None = None
    applied_on: date | None = None
    name: str | None = None
    sex: str | None = None
    birth_date: PartialDate | None = None
    ethnicity: str | None = None
    joined_on: PartialDate | None = None
    person_kind: str | None = None
    health: str | None = None
    post: str | None = None
    address: str | None = None
    sort: str | None = None
    cause: str | None = None
    certificates: str | None = None
    low_income: bool | None = None
    honoured: bool | None = None
    veteran: bool | None = None
    household: tuple[HomeLine, ...] = ()
    people: int | None = None
    months: str | None = None
    total: Decimal | None = None
    per_head: Decimal | None = None
    detail: str | None = None
    aid: str | None = None
    asked: Decimal | None = None
    discussed: str | None = None
    approved: str | None = None


_OF_THE_ROW = (
    "applied_on", "name", "sex", "birth_date", "ethnicity", "joined_on", "person_kind", "health", "post", "address",
    "sort", "cause", "certificates", "low_income", "honoured", "veteran", "people", "per_head", "detail", "asked",
)  # fmt: skip


def applications(session: Session, view: View) -> Sequence[tuple[int, Any]]:
    """A paper for each case applied for in the period's year, with the number of the case."""
    rows = [row for row in case_rows(session, view) if row.applied_on.year == view.period.year]
    return [(row.id, _record(session, row)) for row in rows]


def _record(session: Session, row: CaseRow) -> ApplicationRecord:
    first, last = care.months_before(row.applied_on)
    case = care_cases.find(session, row.id)
    given = care_aid.handed_out(session, row.applied_on, case).of(case.id, case.member_id, case.aid)
    steps = {step.kind: step for step in reversed(care_cases.steps_of(session, row.id))}
    return ApplicationRecord(
        title=OF_OTHERS if row.member_id is None else OF_MEMBERS,
        unit=row.branch,
        household=_household(session, row),
        months=f"{first.chinese}至{last.chinese}",
        total=_total(session, row),
        aid=_lately(given.words),
        discussed=_discussed(session, steps),
        approved=_approved(steps.get(care.APPROVED)),
        **{key: getattr(row, key) for key in _OF_THE_ROW},
    )


def _total(session: Session, row: CaseRow) -> Decimal | None:
    """What the household has a month: from its incomes, else from what is stated a head."""
    incomes = care_cases.incomes(session, row.id)
    if incomes:
        return care.monthly(sum((each.amount for each in incomes), Decimal(0)))
    return row.per_head * row.people if row.per_head is not None and row.people is not None else None


def _household(session: Session, row: CaseRow) -> tuple[HomeLine, ...]:
    """The person and the household; income that is nobody's own stands with the person."""
    sums: dict[str | None, Decimal] = {}
    for each in care_cases.incomes(session, row.id):
        sums[each.whose] = sums.get(each.whose, Decimal(0)) + each.amount
    year = row.applied_on.year
    people = care_cases.relatives(session, row.id)
    if not people and not sums:
        return ()
    born = row.birth_date.year if row.birth_date is not None else None
    own = HomeLine("本人", row.name, _age(born, year), row.post, _monthly(sums.get(None)), row.health)
    return (
        own,
        *(
            HomeLine(each.relation, each.name, _age(each.birth_year, year), each.unit,
                     _monthly(sums.get(each.name)), each.health)
            for each in people
        ),
    )  # fmt: skip


def _age(born: int | None, year: int) -> int | None:
    return None if born is None else year - born


def _monthly(yearly: Decimal | None) -> Decimal | None:
    return None if yearly is None else care.monthly(yearly)


def _lately(aid: str | None) -> str | None:
    """The last times that help was received; a long list would not be readable on the form."""
    times = (aid or "").split(care_aid.BETWEEN)
    left_out = len(times) - _TIMES_TOLD
    told = care_aid.BETWEEN.join(times[-_TIMES_TOLD:])
    return f"（以前 {left_out} 次略）{told}" if left_out > 0 else told or None


def _discussed(session: Session, steps: dict[str, CareStep]) -> str | None:
    """When and where the branch discussed it, what it found, and how long that was posted."""
    found, posted = steps.get(care.DISCUSSED), steps.get(care.POSTED)
    said = ""
    if found is not None:
        meeting = session.get(Activity, found.activity_id) if found.activity_id is not None else None
        at = activity_kinds.kind_of(session, meeting.kind).name if meeting is not None else "支部"
        verdict = f"，认定为{found.degree}" if found.degree else ""
        said = f"经{_day(found.on)}{at}评议{verdict}。"
    if posted is not None and posted.until is not None:
        days = care_cases.posted_days(session, posted)
        said += f"自{_day(posted.on)}至{_day(posted.until)}公示 {days} 个工作日。"
    return said or None


def _approved(step: CareStep | None) -> str | None:
    if step is None:
        return None
    return f"{_day(step.on)}审核。" + (f"{step.reason}" if step.reason else "")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


APPLICATION_PAPERS = {"care_application": applications}
