"""Visits (走访): to whom, by whom, what was asked and promised, and what is to follow by which day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError, UserError
from models.kinds import NAME, tidy
from models.records.care import cases as care_cases
from models.records.care.cases import CareCase
from models.records.members import members
from models.records.members.facts import require_past
from models.records.members.members import Member

DAILY = "日常"
OCCASIONS = ("春节", "七一", "住院", "灾害", "去世", "生日", DAILY)
FIELDS = (
    "on", "occasion", "visitors", "needs", "promises", "followup", "followup_on", "done_on", "result", "remark",
)  # fmt: skip
SITUATION = "situation"
_TEXTS = ("occasion", "visitors", "needs", "promises", "followup", "result", "remark")


class CareVisit(Record):
    """One visit: to a member, to the person of a case, or to a resident by name alone.

    `name` is the person as visited; `branch_id` is None for a visit of the organisation above its branches.
    """

    __tablename__ = "care_visits"

    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("care_cases.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    name: Mapped[str]
    on: Mapped[date] = mapped_column(index=True)
    occasion: Mapped[str]
    visitors: Mapped[str]
    needs: Mapped[str | None]
    promises: Mapped[str | None]
    followup: Mapped[str | None]
    followup_on: Mapped[date | None]
    done_on: Mapped[date | None]
    result: Mapped[str | None]
    remark: Mapped[str | None]


class CareVisitText(Record):
    """How the household and its health were found, apart from the rest: no list and no line of the trail tells it."""

    __tablename__ = "care_visit_texts"

    visit_id: Mapped[int] = mapped_column(ForeignKey("care_visits.id"), unique=True)
    situation: Mapped[str]


def find(session: Session, visit_id: int) -> CareVisit:
    """The visit of this number; UserError when there is none."""
    return numbered(session, CareVisit, visit_id, "走访记录")


def occasions(session: Session) -> tuple[str, ...]:
    """The occasions to choose from: those that come with the program, and those the branch wrote itself."""
    used = session.scalars(select(CareVisit.occasion).distinct().order_by(CareVisit.occasion))
    return (*OCCASIONS, *(each for each in used if each not in OCCASIONS))


def enter(
    session: Session,
    values: Mapping[str, Any],
    today: date,
    branch_id: int | None = None,
    case_id: int | None = None,
) -> CareVisit:
    """Enters a visit to the person of a case, or to the one named: a member or a case where just one is so called.

    A member's visit belongs to the member's branch, another to `branch_id`. FieldError for one without day, person or
    visitors, for a name that several bear, and for days that cannot be.
    """
    name, member_id, case_id = _visited(session, values.get("name"), case_id)
    given = _verified({key: values.get(key) for key in FIELDS}, today)
    if member_id is not None:
        branch_id = session.get_one(Member, member_id).branch_id
    added = CareVisit(branch_id=branch_id, case_id=case_id, member_id=member_id, name=name, **given)
    session.add(added)
    session.flush()
    _write(session, added.id, values.get(SITUATION))
    return added


def change(session: Session, visit_id: int, values: Mapping[str, Any], today: date) -> CareVisit:
    """Changes what is given of a visit, as the day on which its follow-up was done; whom it was to stays."""
    found = find(session, visit_id)
    given = _verified({key: values.get(key, getattr(found, key)) for key in FIELDS}, today)
    assign(found, given)
    if SITUATION in values:
        _write(session, visit_id, values[SITUATION])
    session.flush()
    return found


def remove(session: Session, visit_id: int) -> None:
    """Removes a visit entered by mistake, with what was written of it."""
    found = find(session, visit_id)
    _write(session, visit_id, None)
    session.delete(found)
    session.flush()


def situation_of(session: Session, visit_id: int) -> str | None:
    """How the household and its health were found."""
    return session.scalar(select(CareVisitText.situation).where(CareVisitText.visit_id == visit_id))


def _visited(session: Session, text: str | None, case_id: int | None) -> tuple[str, int | None, int | None]:
    """Name, number of the member and of the case that are meant."""
    if case_id is not None:
        case = care_cases.find(session, case_id)
        return care_cases.name_of(session, case), case.member_id, case.id
    bare, marks = members.split_marks(tidy(text))
    try:
        name = NAME.read(bare)
    except ValueError as error:
        raise FieldError("name", str(error)) from None
    if name is None:
        raise FieldError("name", "请填写走访对象的姓名。")
    if marks or session.scalars(select(Member.id).where(Member.name == name)).first() is not None:
        try:
            member = members.find(session, tidy(text) if marks else name)
        except UserError as error:
            raise FieldError("name", str(error)) from None
        case_found = care_cases.open_of(session, member.id)
        return member.name, member.id, case_found.id if case_found is not None else None
    cases = session.scalars(select(CareCase.id).where(CareCase.name == name)).all()
    return name, None, cases[0] if len(cases) == 1 else None


def _write(session: Session, visit_id: int, situation: str | None) -> None:
    known = session.scalars(select(CareVisitText).where(CareVisitText.visit_id == visit_id)).first()
    text = tidy(situation)
    if known is None and text:
        session.add(CareVisitText(visit_id=visit_id, situation=text))
    elif known is not None and not text:
        session.delete(known)
    elif known is not None and known.situation != text:
        known.situation = text
    session.flush()


def _verified(given: dict[str, Any], today: date) -> dict[str, Any]:
    given |= {key: tidy(given[key]) or None for key in _TEXTS}
    if given["on"] is None:
        raise FieldError("on", "请填写走访日期。")
    require_past("on", given["on"], today)
    if not given["visitors"]:
        raise FieldError("visitors", "请填写走访人。")
    done_on = given["done_on"]
    if given["followup"] is None and (given["followup_on"] is not None or done_on is not None):
        raise FieldError("followup", "请填写后续要办的事。")
    if done_on is not None:
        require_past("done_on", done_on, today)
        if done_on < given["on"]:
            raise FieldError("done_on", f"办结日期 {done_on} 早于走访日期 {given['on']}。")
    if given["followup_on"] is not None and given["followup_on"] < given["on"]:
        raise FieldError("followup_on", f"办理时限 {given['followup_on']} 早于走访日期 {given['on']}。")
    return given | {"occasion": given["occasion"] or DAILY}
