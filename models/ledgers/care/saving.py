"""How rows of the ledgers of hardship are saved: a case of its number, else the person's open one, else a new one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.errors import FieldError
from models.ledger import Outcome, Values, View
from models.ledgers.care import aid as care_aid
from models.ledgers.care.aid import Aid
from models.ledgers.life.saving import branch_meant
from models.records.care import cases as care_cases
from models.records.care.cases import CASE_FIELDS, MEMBER_SORTS, OWN_FIELDS
from models.records.members.members import Member
from models.records.members.people import People
from models.records.outcomes import Taken, take_each
from models.rules import care

_BY_STEPS = {
    "degree": "调整", "applied_on": "申请", "taken_in_on": "纳入", "left_on": "退出", "left_reason": "退出",
    "standing": "退出",
}  # fmt: skip
_HOME = ("people", "per_head")


def save(
    session: Session, rows: Sequence[Values], view: View, known: Mapping[int, Any], aid: Aid, of_members: bool
) -> list[Outcome]:
    """Adds a case a row with what the row knows of its steps, or changes one; `known` are the rows by number."""
    people = People(session, view.branch_id) if of_members else None
    taken = Taken()

    def take(values: Values) -> Outcome:
        member = people.named(values) if people is not None else None
        found = _found(values, known, member)
        own = aid.of(found.id, found.member_id) if found is not None else aid.of(0, member.id if member else None)
        given = own.rounds
        stated = _stated(values, given)
        if found is not None:
            return _change(session, found, stated, care_aid.kept_of(found.aid, given), taken)
        added = _add(session, stated, view, member)
        taken.note(added)
        return Outcome("added", added)

    return take_each(session, rows, take)


def _stated(values: Values, given: Sequence[str]) -> dict[str, Any]:
    """What a row states: help that rounds know of is theirs, a number behind the helper's name is the helper's."""
    stated = dict(values) | {"aid": care_aid.kept_of(values.get("aid"), given)}
    if stated.get("helper_phone") is None:
        stated["helper"], stated["helper_phone"] = care_cases.parted_helper(stated.get("helper"))
    return stated


def _change(session: Session, found: Any, stated: Values, kept: str | None, taken: Taken) -> Outcome:
    """Changes a case by what a row says otherwise; `kept` is the part of 历次慰问 that is kept by hand."""
    fields = CASE_FIELDS if found.member_id is not None else (*CASE_FIELDS, *OWN_FIELDS)
    before = {key: getattr(found, key) for key in fields} | {"aid": kept}
    changes = {key: stated[key] for key in fields if stated.get(key) is not None and before[key] != stated[key]}
    for key, step in _BY_STEPS.items():
        if stated.get(key) is not None and stated[key] != getattr(found, key):
            raise FieldError(key, f"已有的帮扶对象不能用导入改这一项，请打开这个人登记“{step}”。")
    household = {key: stated[key] for key in _HOME if stated.get(key) not in (None, getattr(found, key))}
    if changes or household:
        taken.require_new(found.id, found.name)
        care_cases.change(session, found.id, changes)
        care_cases.state_household(session, found.id, household.get("people"), household.get("per_head"))
    taken.note(found.id)
    return Outcome("updated" if changes or household else "unchanged", found.id)


def _found(values: Values, known: Mapping[int, Any], member: Member | None) -> Any:
    """The case a row means: its number with the same name, else the one of the person of the same application."""
    number = str(values.get("id") or "")
    of_number = known.get(int(number)) if number.isascii() and number.isdigit() else None
    if of_number is not None and of_number.name == values.get("name"):
        return of_number
    own = [row for row in known.values() if _is_same(row, values, member)]
    applied_on = values.get("applied_on")
    dated = [row for row in own if applied_on is not None and row.applied_on == applied_on]
    return next((row for row in dated or own if dated or row.state != care.LEFT), None)


def _is_same(row: Any, values: Values, member: Member | None) -> bool:
    if member is not None:
        return bool(row.member_id == member.id)
    if row.name != values.get("name"):
        return False
    return not (row.id_number and values.get("id_number")) or row.id_number == values["id_number"]


def _add(session: Session, values: Values, view: View, member: Member | None) -> int:
    """A case from an existing ledger: what it says of the steps is entered as they were, without those between."""
    taken_in, left, why = _ends(values)
    applied_on = values.get("applied_on") or taken_in or left or view.today
    usual = MEMBER_SORTS[0] if member is not None else care_cases.HOUSE_SORTS[-1]
    given = dict(values) | {"sort": values.get("sort") or usual}
    given["branch_id"] = branch_meant(session, values, view) if member is None else None
    added = care_cases.apply(session, given, applied_on, view.today, member.id if member is not None else None)
    care_cases.state_household(session, added.id, values.get("people"), values.get("per_head"))
    if taken_in is not None:
        care_cases.bring_forward(session, added.id, care.TAKEN_IN, taken_in, values.get("degree"), None, view.today)
    if left is not None:
        care_cases.bring_forward(session, added.id, care.CLOSED, left, None, why, view.today)
    return added.id


def _ends(values: Values) -> tuple[date | None, date | None, str | None]:
    """When a row's case was taken in, when it left and why; FieldError where its standing asks for a day it lacks."""
    taken_in, left, standing = values.get("taken_in_on"), values.get("left_on"), values.get("standing")
    if standing == care.ON_RECORD:
        if left is not None:
            raise FieldError("standing", f"目前状态是在册，又有退出时间 {left}，请核对。")
        taken_in = taken_in or values.get("applied_on")
        if taken_in is None:
            raise FieldError("taken_in_on", "目前状态是在册，请填写纳入时间。")
    elif standing is not None and left is None:
        raise FieldError("left_on", f"目前状态是{standing}，请填写退出时间。")
    return taken_in, left, values.get("left_reason") or standing or care.OUT[-1]
