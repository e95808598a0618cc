"""What becomes of the care for a member who leaves or dies: the open case, and gifts of rounds not yet handed out."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import tidy
from models.records.care import cases as care_cases
from models.records.care import rounds as care_rounds
from models.records.care.cases import CareCase, CareStep
from models.records.care.rounds import CareGift, CareHandout, CareRound
from models.records.members.members import find_by_id
from models.rules import care
from models.rules.care import Step

DIED = "去世"
FAMILY_SORT = "因公牺牲或去世党员家庭"
_STAYS = ("helper", "helper_phone", "paired_on", "measures", "low_income", "honoured")


@dataclass(frozen=True)
class Matters:
    """What is open for a member: the case by number, who of the household could take it on, the rounds that wait."""

    case_id: int | None
    relatives: tuple[str, ...]
    gifts: tuple[int, ...]
    rounds: tuple[str, ...]


def open_matters(session: Session, member_id: int) -> Matters:
    """What is open for a member in care."""
    case = care_cases.open_of(session, member_id)
    relatives = care_cases.relatives(session, case.id) if case is not None else ()
    ever = select(CareHandout.gift_id)
    chosen = (
        select(CareGift.id, CareRound.name)
        .join(CareRound, CareRound.id == CareGift.round_id)
        .where(CareGift.member_id == member_id, CareRound.closed_on.is_(None), CareGift.id.not_in(ever))
        .order_by(CareGift.id)
    )
    waiting = session.execute(chosen).all()
    names = tuple(dict.fromkeys(each.name for each in relatives))
    return Matters(
        case.id if case is not None else None,
        names,
        tuple(number for number, _ in waiting),
        tuple(dict.fromkeys(name for _, name in waiting)),
    )


def end_case(session: Session, case_id: int, reason: str, on: date, today: date) -> CareStep:
    """Ends the case of one who left for `reason`, on the day or that of its last step if that was later."""
    last = care_cases.steps_of(session, case_id)[-1].on
    said = reason if reason in care.OUT else care.OUT[-1]
    return care_cases.take_step(session, case_id, care.CLOSED, min(max(on, last), today), {"reason": said}, today)


def hand_to_family(session: Session, case_id: int, name: str | None, on: date, today: date) -> CareCase:
    """Ends the case of a member who died, and begins one of the family under the name of who now stands for it.

    The family is on the list as the member was, with helper and measures; illness and incomes are not taken over.
    FieldError without a name.
    """
    family = tidy(name)
    if not family:
        raise FieldError("family", "请填写由谁代表家庭继续受帮扶。")
    old = care_cases.find(session, case_id)
    assert old.member_id is not None
    member = find_by_id(session, old.member_id)
    steps = [Step(step.kind, step.on, step.degree) for step in care_cases.steps_of(session, case_id)]
    relatives = care_cases.relatives(session, case_id)
    ended = end_case(session, case_id, DIED, on, today)
    values = {key: getattr(old, key) for key in _STAYS}
    values |= {"name": family, "sort": FAMILY_SORT, "branch_id": member.branch_id, "address": member.address}
    values["remark"] = f"{member.name}去世后由家属继续受帮扶"
    made = care_cases.apply(session, values, ended.on, today)
    for each in relatives:
        if each.name != family:
            own = {key: getattr(each, key) for key in care_cases.RELATIVE_FIELDS}
            care_cases.add_relative(session, made.id, own)
    if care.TAKEN_IN in [step.kind for step in steps]:
        degree = care.degree_on(steps, ended.on)
        care_cases.bring_forward(session, made.id, care.TAKEN_IN, ended.on, degree, "由去世党员的帮扶转来", today)
    return made


def drop_gifts(session: Session, gift_ids: tuple[int, ...]) -> None:
    """Takes gifts that were never handed out off the lists of their rounds."""
    for number in gift_ids:
        care_rounds.strike(session, number)
