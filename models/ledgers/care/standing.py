"""How a member's case of hardship stands, in one word, and what is still open when a case ends."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.care import cases as care_cases
from models.records.care import leaving as care_leaving
from models.records.care.cases import CareCase, CareStep
from models.records.dues import reductions
from models.records.dues.reductions import Reduction
from models.records.members.members import find_by_id
from models.rules import care
from models.rules.care import Step
from models.rules.periods import Month

VALID = "已生效"


@dataclass(frozen=True)
class CaseStanding:
    """The number of a case and its state, e.g. 在册; nothing else of it."""

    case_id: int
    state: str

    @property
    def is_open(self) -> bool:
        """Whether the case has not ended."""
        return self.state != care.LEFT


def standings(session: Session, today: date, of_members: Any) -> dict[int, CaseStanding]:
    """How the latest case of each of the members stands on a day; `of_members` are numbers, or a select of them."""
    chosen = (
        select(CareCase.member_id, CareStep.case_id, CareStep.kind, CareStep.on)
        .join(CareStep, CareStep.case_id == CareCase.id)
        .where(CareCase.member_id.in_(of_members))
        .order_by(CareStep.case_id, CareStep.on, CareStep.id)
    )
    steps: defaultdict[tuple[int, int], list[Step]] = defaultdict(list)
    for member_id, case_id, kind, on in session.execute(chosen):
        if member_id is not None:
            steps[member_id, case_id].append(Step(kind, on))
    states = {whose: care.state_on(own, today) for whose, own in steps.items()}
    return {member: CaseStanding(case, state) for (member, case), state in states.items() if state is not None}


def still_running(session: Session, case_id: int, today: date) -> str:
    """What goes on although the case ended, in sentences: a reduction of dues, a gift not handed out; else nothing."""
    member_id = care_cases.find(session, case_id).member_id
    if member_id is None:
        return ""
    said = [
        f"党费减免还执行到{each.to_month.chinese}，不再减免的请到“党费台账”修改终止月。"
        for each in running(session, member_id, today)
    ]
    rounds = care_leaving.open_matters(session, member_id).rounds
    return "".join((*said, *(f"还在{name}的名单里，没有发放。" for name in rounds)))


def running(session: Session, member_id: int, today: date) -> list[Reduction]:
    """The reductions of a member that are valid and not over."""
    member = find_by_id(session, member_id)
    own = session.scalars(select(Reduction).where(Reduction.member_id == member_id).order_by(Reduction.from_month))
    return [
        each
        for each in own
        if each.to_month >= Month.of(today)
        and reductions.state(each, reductions.ground_without(session, member, each.from_month).category) == VALID
    ]
