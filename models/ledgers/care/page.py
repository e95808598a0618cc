"""What the page of one person who is looked after shows beside the history: the household, and what can come next."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.care import cases as care_cases
from models.records.care.cases import HouseholdIncome, HouseholdMember
from models.records.life.activities import HELD, Activity
from models.records.life.activity_kinds import kind_of
from models.records.members.organisation import Organisation
from models.rules import care

_MEETINGS = ("committee_meeting", "general_meeting")
_OFFERED = 30


@dataclass(frozen=True, slots=True)
class HomeLine:
    """One of the household, or an income: its number, what it is known by, and its words cell by cell."""

    id: int
    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """The household beside the person, and its incomes over twelve months; `per_head` is yuan a month.

    `people` counts the person too. `stated` is what an earlier ledger says where it says otherwise.
    """

    relatives: tuple[HomeLine, ...]
    incomes: tuple[HomeLine, ...]
    people: int | None
    per_head: Decimal | None
    stated: str


def home(session: Session, case_id: int) -> Home:
    """The household of a case."""
    case = care_cases.find(session, case_id)
    relatives, incomes = care_cases.relatives(session, case_id), care_cases.incomes(session, case_id)
    known = care.Household(len(relatives), case.stated_people, case.stated_income)
    per_head = known.per_head([each.amount for each in incomes] if incomes else None)
    differing = [
        *([f"{case.stated_people} 人"] if case.stated_people not in (None, known.size) else []),
        *([f"人均月收入 {case.stated_income:,.2f} 元"] if case.stated_income not in (None, per_head) else []),
    ]
    return Home(
        tuple(HomeLine(each.id, each.name, _of_relative(each)) for each in relatives),
        tuple(HomeLine(each.id, each.source, _of_income(each)) for each in incomes),
        known.size,
        per_head,
        "，".join(differing),
    )


def _of_relative(each: HouseholdMember) -> tuple[str, ...]:
    born = f"{each.birth_year} 年生" if each.birth_year is not None else ""
    return each.relation, each.name, born, each.unit or "", each.health or ""


def _of_income(each: HouseholdIncome) -> tuple[str, ...]:
    return each.source, each.whose or "本人或全家", f"{each.amount:,.2f}", f"每月 {care.monthly(each.amount):,.2f}", ""


def _said(*parts: object) -> str:
    return "　".join(str(part) for part in parts if part)


def can_be_taken_back(session: Session, case_id: int) -> bool:
    """Whether a step follows the application, which could be taken back."""
    return len(care_cases.steps_of(session, case_id)) > 1


def next_steps(session: Session, case_id: int) -> tuple[str, ...]:
    """What can come next in a case, the usual first."""
    return care.next_steps([step.kind for step in care_cases.steps_of(session, case_id)])


def meetings_before(session: Session, day: date) -> dict[str, int]:
    """The last meetings held until `day` that may have discussed a case, by the words that tell them apart."""
    chosen = (
        select(Activity.id, Activity.held_on, Activity.title, Activity.kind, Organisation.name)
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .where(Activity.kind.in_(_MEETINGS), Activity.state.in_(HELD), Activity.held_on <= day)
        .order_by(Activity.held_on.desc(), Activity.id.desc())
        .limit(_OFFERED)
    )
    return {
        f"{on} {name} {title or kind_of(session, kind).name}（{number}）": number
        for number, on, title, kind, name in session.execute(chosen)
    }
