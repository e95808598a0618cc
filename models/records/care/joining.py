"""Joining what is kept of the need of a person who was entered twice: two open cases become one, no gift is lost."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import UserError
from models.records.care import cases as care_cases
from models.records.care.cases import CareCase, CareStep, HouseholdIncome, HouseholdMember
from models.records.care.rounds import CareGift
from models.records.care.volunteering import REGISTRATION_FIELDS, SERVICE_FIELDS, Registration, ServiceEntry
from models.records.references import naming, of_record

TWICE = "合并重复登记"
_OWN = frozenset({"id", "version", "member_id", "branch_id", "sort"})
_ONCE = frozenset({"helper_phone", *care_cases.OWN_FIELDS})  # texts of which two do not make one
_STEP = ("kind", "on", "until", "degree", "reason", "activity_id")
_RELATIVE = ("birth_year", "unit", "health")


def open_pair(session: Session, kept_id: int, gone_id: int) -> tuple[CareCase, CareCase] | None:
    """The cases of both members, where neither has ended."""
    kept, gone = care_cases.open_of(session, kept_id), care_cases.open_of(session, gone_id)
    return None if kept is None or gone is None else (kept, gone)


def join(session: Session, kept_id: int, gone_id: int) -> None:
    """Makes one open case of two, and gives whoever is twice in a round the word for it.

    Steps, household, visits and gifts of both stay; what both say the same stands once, texts that differ stand one
    after the other. UserError where the incomes of both contradict each other: counted twice they would be wrong.
    """
    pair = open_pair(session, kept_id, gone_id)
    if pair is not None:
        _join_cases(session, *pair)
    listed = set(session.scalars(select(CareGift.round_id).where(CareGift.member_id == kept_id)))
    for gift in session.scalars(select(CareGift).where(CareGift.member_id == gone_id)):
        if gift.round_id in listed and gift.again is None:
            gift.again = TWICE
    session.flush()
    _join_services(session, kept_id, gone_id)


def _join_cases(session: Session, kept: CareCase, gone: CareCase) -> None:
    _join_incomes(session, kept, gone)
    _join_household(session, kept, gone)
    _drop_repeated_steps(session, kept, gone)
    for record_type, column in naming(CareCase):
        for record in of_record(session, record_type, column, gone.id):
            setattr(record, column, kept.id)
    for key in (column.name for column in CareCase.__table__.columns):
        mine, theirs = getattr(kept, key), getattr(gone, key)
        if key in _OWN or not theirs:
            continue
        both = isinstance(mine, str) and mine != theirs and key not in _ONCE
        setattr(kept, key, f"{mine}；{theirs}" if both else mine or theirs)
    session.flush()
    session.delete(gone)
    session.flush()


def _join_incomes(session: Session, kept: CareCase, gone: CareCase) -> None:
    known = {_of(each): each for each in care_cases.incomes(session, kept.id)}
    for each in care_cases.incomes(session, gone.id):
        same = known.get(_of(each))
        if same is not None and same.amount != each.amount:
            said = f"（{each.source} {same.amount:,.2f} 元和 {each.amount:,.2f} 元）"
            raise UserError(f"两条记录都有帮扶记录，登记的家庭收入不同{said}，请先改成一样，再合并。")
        if same is not None:
            session.delete(each)


def _of(income: HouseholdIncome) -> tuple[object, ...]:
    """Which income it is, whatever its amount."""
    return tuple(getattr(income, key) for key in care_cases.INCOME_FIELDS if key != "amount")


def _join_household(session: Session, kept: CareCase, gone: CareCase) -> None:
    known = {(each.relation, each.name): each for each in care_cases.relatives(session, kept.id)}
    for each in care_cases.relatives(session, gone.id):
        same = known.get((each.relation, each.name))
        if same is None or not _agree(same, each):
            continue
        for key in _RELATIVE:
            setattr(same, key, getattr(same, key) or getattr(each, key))
        session.delete(each)
    session.flush()


def _agree(one: HouseholdMember, other: HouseholdMember) -> bool:
    pairs = [(getattr(one, key), getattr(other, key)) for key in _RELATIVE]
    return all(mine == theirs or not mine or not theirs for mine, theirs in pairs)


def _drop_repeated_steps(session: Session, kept: CareCase, gone: CareCase) -> None:
    known = {_said(step) for step in care_cases.steps_of(session, kept.id)}
    for step in care_cases.steps_of(session, gone.id):
        if _said(step) in known:
            session.delete(step)
    session.flush()


def _join_services(session: Session, kept_id: int, gone_id: int) -> None:
    """A service entered for both counts once, and one registration is left at a community where both stand."""
    own_services = of_record(session, ServiceEntry, "member_id", kept_id)
    known = [tuple(getattr(each, key) for key in SERVICE_FIELDS) for each in own_services]
    for service in of_record(session, ServiceEntry, "member_id", gone_id):
        if tuple(getattr(service, key) for key in SERVICE_FIELDS) in known:
            session.delete(service)
    standing = {
        each.community: each
        for each in session.scalars(select(Registration).where(Registration.member_id == kept_id))
        if each.ended_on is None
    }
    for other in session.scalars(select(Registration).where(Registration.member_id == gone_id)):
        mine = standing.get(other.community)
        if mine is None or other.ended_on is not None:
            continue
        for key in REGISTRATION_FIELDS:
            setattr(mine, key, getattr(mine, key) or getattr(other, key))
        mine.registered_on = min(mine.registered_on, other.registered_on)
        session.delete(other)
    session.flush()


def _said(step: CareStep) -> tuple[object, ...]:
    return tuple(getattr(step, key) for key in _STEP)
