"""The history of one person who is looked after: everything that is known of it by day, each with where it stands."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models import festivals
from models.ledgers.care.gift_rows import said_sources
from models.ledgers.care.papers import said_goods
from models.ledgers.care.visits import NOTHING, visits_to
from models.records.care import cases as care_cases
from models.records.care import donations
from models.records.care.cases import CareCase
from models.records.care.concerns import CareConcern
from models.records.care.donation_drives import DonationDrive
from models.records.care.donations import Handover
from models.records.care.funds import CareFund
from models.records.care.helped import Helped
from models.records.care.rounds import CareGift, CareHandout, CarePart, CareRound
from models.records.dues import reductions
from models.records.dues.reductions import Reduction
from models.records.members.members import find_by_id

Place = tuple[str, Any]
"""A page and what is shown in it."""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history: the day, what it was, what is said of it, and where it leads to."""

    on: date
    kind: str
    detail: str
    place: Place | None = None


def timeline(session: Session, case_id: int) -> list[Event]:
    """Everything that is known of a case from all SOURCES, the latest first; of one day what was entered last."""
    case = care_cases.find(session, case_id)
    found = [event for source in SOURCES for event in source(session, case)]
    return sorted(found, key=lambda event: event.on)[::-1]


def _said(*parts: object) -> str:
    return "　".join(str(part) for part in parts if part)


def _of_steps(session: Session, case: CareCase) -> Iterator[Event]:
    """The steps of the case; one that a meeting discussed leads to its minutes."""
    for step in care_cases.steps_of(session, case.id):
        days = care_cases.posted_days(session, step)
        posted = f"至 {step.until}，{days} 个工作日" if days is not None else ""
        place = ("life", ("records", step.activity_id)) if step.activity_id is not None else None
        yield Event(step.on, step.kind, _said(posted, step.degree, step.reason), place)


def _of_reductions(session: Session, case: CareCase) -> Iterator[Event]:
    """Reduced dues and exemptions of the member, with how far each is."""
    if case.member_id is None:
        return
    member = find_by_id(session, case.member_id)
    for each in session.scalars(select(Reduction).where(Reduction.member_id == member.id)):
        months = f"{each.from_month.chinese}至{each.to_month.chinese}"
        amount = f"每月 {each.amount:.2f} 元" if each.amount else "免交"
        category = reductions.ground_without(session, member, each.from_month).category
        place = ("dues", ("dues_reductions", member.id, each.from_month.year))
        said = _said(f"{months}，{amount}", reductions.state(each, category))
        yield Event(each.applied_on or each.from_month.first_day, "党费减免", said, place)


def _of_visits(session: Session, case: CareCase) -> Iterator[Event]:
    """The visits to the person, how what follows from them stands, and the round that brought a visit about."""
    rounds = _rounds_of(session, case)
    for row in visits_to(session, date.max, case.member_id, case.id):
        follow = f"后续：{row.followup}（{'已办' if row.done_on else '未办'}）" if row.state != NOTHING else ""
        asked = f"需求：{row.needs}" if row.needs else ""
        with_round = next((f"（{each.name}）" for each in rounds if _belongs(row.occasion, row.on, each)), "")
        place = ("care", ("ledgers", ("care_visits", row.id, row.on.year)))
        yield Event(row.on, f"走访（{row.occasion}）", _said(f"{row.visitors}{with_round}", asked, follow), place)


def _rounds_of(session: Session, case: CareCase) -> list[CareRound]:
    """The rounds on whose lists the person is."""
    numbers = select(CareGift.round_id).where(_gifts_to(case))
    return list(session.scalars(select(CareRound).where(CareRound.id.in_(numbers)).order_by(CareRound.id)))


def _belongs(occasion: str, on: date, each: CareRound) -> bool:
    """Whether a visit was made for a round: its occasion is the festival, its day lies within or shortly before it."""
    if each.first_on is not None and each.last_on is not None:
        return occasion == each.festival and each.first_on <= on <= each.last_on
    if occasion != each.festival or each.festival not in festivals.NAMED:
        return False
    return 0 <= (festivals.NAMED[each.festival](each.year) - on).days <= festivals.ROUND_DAYS


def _of_gifts(session: Session, case: CareCase) -> Iterator[Event]:
    """What rounds handed out to the person, from which sources, what was reversed, and what still waits."""
    sources = _sources(session, case)
    chosen = (
        select(CareGift, CareRound, CareHandout)
        .join(CareRound, CareRound.id == CareGift.round_id)
        .outerjoin(CareHandout, CareHandout.gift_id == CareGift.id)
        .where(_gifts_to(case))
        .order_by(CareHandout.id)
    )
    given: Any
    for given, found, outer in session.execute(chosen):
        handed: CareHandout | None = outer
        parts = sources.get(given.id, {})
        money = f"{sum(parts.values()):,.2f} 元（{said_sources(parts)}）" if parts else ""
        place = ("care", ("rounds", (found.id, given.id)))
        what = _said(found.name, money, said_goods(given))
        if handed is None and found.closed_on is None and found.first_on is not None:
            yield Event(found.first_on, "慰问", f"{what}　待发放", place)
        elif handed is not None and handed.reverses_id is not None:
            yield Event(handed.on, "慰问冲销", _said(found.name, handed.reason), place)
        elif handed is not None:
            proxy = f"由{handed.receiver}（{handed.relation}）代领" if handed.relation else ""
            yield Event(handed.on, "慰问", _said(what, proxy), place)


def _sources(session: Session, case: CareCase) -> dict[int, dict[str, Any]]:
    """What each source gives to each gift, in yuan."""
    chosen = select(CarePart.gift_id, CareFund.name, CarePart.amount).join(CareFund, CareFund.id == CarePart.fund_id)
    numbers = select(CareGift.id).where(_gifts_to(case))
    found: dict[int, dict[str, Any]] = {}
    for gift_id, name, amount in session.execute(chosen.where(CarePart.gift_id.in_(numbers)).order_by(CarePart.id)):
        found.setdefault(gift_id, {})[name] = amount
    return found


def _gifts_to(case: CareCase) -> ColumnElement[bool]:
    own = CareGift.case_id == case.id
    return own if case.member_id is None else or_(own, CareGift.member_id == case.member_id)


def _of_donations(session: Session, case: CareCase) -> Iterator[Event]:
    """What drives gave to the one who bears this name: they know names alone."""
    name = care_cases.name_of(session, case)
    drives = dict(session.execute(select(DonationDrive.id, DonationDrive.name)).all())
    helped = select(Helped).where(Helped.name == name, _of_branch(Helped.branch_id, case))
    for each in session.scalars(helped):
        place = ("care", ("ledgers", ("care_helped", each.id, each.on.year)))
        yield Event(each.on, "受助", _said(each.what, drives.get(each.drive_id or 0)), place)
    undone = donations.reversed_numbers(session, Handover)
    passed = select(Handover).where(Handover.receiver == name, Handover.reverses_id.is_(None))
    for handed in session.scalars(passed.where(Handover.id.not_in(undone))):
        money = f"{handed.amount:,.2f} 元" if handed.amount else ""
        goods = f"{handed.item} {handed.quantity} {handed.unit}" if handed.item else ""
        place = ("care", ("ledgers", ("care_passed_on", handed.id, handed.on.year)))
        yield Event(handed.on, "捐赠转交", _said(money, goods, drives.get(handed.drive_id)), place)


def _of_concerns(session: Session, case: CareCase) -> Iterator[Event]:
    """What the one who bears this name needs done."""
    name = care_cases.name_of(session, case)
    chosen = select(CareConcern).where(CareConcern.raised_by == name, _of_branch(CareConcern.branch_id, case))
    for each in session.scalars(chosen):
        closed = f"{each.closed_on} 销号" if each.closed_on is not None else "还没有销号"
        place = ("care", ("ledgers", ("care_concerns", each.id, each.raised_on.year)))
        yield Event(each.raised_on, "急难愁盼", _said(each.matter, closed), place)


def _of_branch(column: Any, case: CareCase) -> ColumnElement[bool]:
    """Where a record is known by a name alone, it is of the branch of the case or of none."""
    return or_(column.is_(None), column == case.branch_id)


SOURCES: Sequence[Callable[[Session, CareCase], Iterator[Event]]] = (
    _of_steps, _of_reductions, _of_visits, _of_gifts, _of_donations, _of_concerns,
)  # fmt: skip
