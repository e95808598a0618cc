"""What the page of one person who is looked after shows: the household, and the way of the case as a timeline."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledgers import care_aid
from models.ledgers.care_visits import NOTHING, visits_to
from models.records import care_cases
from models.records.activities import HELD, Activity
from models.records.care_cases import CareCase, HouseholdIncome, HouseholdMember
from models.records.organisation import Organisation
from models.records.reductions import Reduction
from models.rules import care

_MEETINGS = ("committee_meeting", "general_meeting")
_OFFERED = 30


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline: the day, what it was, what is said of it; `activity_id` is the meeting it leads to."""

    on: date
    kind: str
    detail: str
    activity_id: int | None = None


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


def timeline(session: Session, case_id: int) -> list[Event]:
    """Everything that is known of a case from all SOURCES, the latest first."""
    case = care_cases.find(session, case_id)
    found = [event for source in SOURCES for event in source(session, case)]
    return sorted(found, key=lambda event: event.on, reverse=True)


def can_be_taken_back(session: Session, case_id: int) -> bool:
    """Whether a step follows the application, which could be taken back."""
    return len(care_cases.steps_of(session, case_id)) > 1


def next_steps(session: Session, case_id: int) -> tuple[str, ...]:
    """What can come next in a case, the usual first."""
    return care.next_steps([step.kind for step in care_cases.steps_of(session, case_id)])


def meetings_before(session: Session, day: date) -> dict[str, int]:
    """The last meetings held until `day` that may have discussed a case, by the words that tell them apart."""
    chosen = (
        select(Activity.id, Activity.held_on, Activity.title, Organisation.name)
        .join(Organisation, Organisation.id == Activity.organisation_id)
        .where(Activity.kind.in_(_MEETINGS), Activity.state.in_(HELD), Activity.held_on <= day)
        .order_by(Activity.held_on.desc(), Activity.id.desc())
        .limit(_OFFERED)
    )
    return {f"{on} {name} {title or ''}（{number}）": number for number, on, title, name in session.execute(chosen)}


def _of_steps(session: Session, case: CareCase) -> list[Event]:
    found = []
    for step in care_cases.steps_of(session, case.id):
        days = care_cases.posted_days(session, step)
        words = [
            f"至 {step.until}，{days} 个工作日" if days is not None else "",
            step.degree or "",
            step.reason or "",
        ]
        found.append(Event(step.on, step.kind, "　".join(word for word in words if word), step.activity_id))
    return found


def _of_reductions(session: Session, case: CareCase) -> list[Event]:
    """Reduced dues and exemptions of the member."""
    if case.member_id is None:
        return []
    chosen = select(Reduction).where(Reduction.member_id == case.member_id)
    return [
        Event(
            each.from_month.first_day, "党费减免",
            f"{each.from_month.chinese}至{each.to_month.chinese}，每月 {each.amount:.2f} 元",
        )
        for each in session.scalars(chosen)
    ]  # fmt: skip


def _of_visits(session: Session, case: CareCase) -> list[Event]:
    """The visits to the person, and how what follows from them stands."""
    found = []
    for row in visits_to(session, date.max, case.member_id, case.id):
        follow = f"后续：{row.followup}（{'已办' if row.done_on else '未办'}）" if row.state != NOTHING else ""
        asked = f"需求：{row.needs}" if row.needs else ""
        found.append(Event(row.on, f"走访（{row.occasion}）", _said(row.visitors, asked, follow)))
    return found


def _of_gifts(session: Session, case: CareCase) -> list[Event]:
    """What rounds handed out to the person."""
    given = care_aid.handed_out(session, date.max, case).of(case.id, case.member_id)
    return [Event(on, "慰问", said) for on, said in given]


SOURCES: Sequence[Callable[[Session, CareCase], list[Event]]] = (_of_steps, _of_reductions, _of_visits, _of_gifts)
