"""How rows of the ledgers of hardship are saved: a case of its number, else the person's open one, else a new one."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from models.errors import FieldError
from models.ledger import Outcome, Values, View
from models.ledgers.life_saving import branch_meant
from models.records import care_cases
from models.records.care_cases import CASE_FIELDS, MEMBER_SORTS, OWN_FIELDS
from models.records.members import Member
from models.records.outcomes import Taken, take_each
from models.records.people import People
from models.rules import care

_BY_STEPS = {
    "degree": "调整", "applied_on": "申请", "taken_in_on": "纳入", "left_on": "退出", "left_reason": "退出",
}  # fmt: skip


def save(
    session: Session, rows: Sequence[Values], view: View, known: Mapping[int, Any], of_members: bool
) -> list[Outcome]:
    """Adds a case a row with what the row knows of its steps, or changes one; `known` are the rows by number."""
    people = People(session, view.branch_id) if of_members else None
    taken = Taken()
    return take_each(session, rows, lambda values: _take(session, values, view, known, people, taken))


def _take(
    session: Session, values: Values, view: View, known: Mapping[int, Any], people: People | None, taken: Taken
) -> Outcome:
    member = people.named(values) if people is not None else None
    found = _found(values, known, member)
    if found is None:
        added = _add(session, values, view, member)
        taken.note(added)
        return Outcome("added", added)
    fields = CASE_FIELDS if member is not None else (*CASE_FIELDS, *OWN_FIELDS)
    changes = {key: values[key] for key in fields if values.get(key) is not None and getattr(found, key) != values[key]}
    for key, step in _BY_STEPS.items():
        if values.get(key) is not None and values[key] != getattr(found, key):
            raise FieldError(key, f"已有的帮扶对象不能用导入改这一项，请打开这个人登记“{step}”。")
    if changes:
        taken.require_new(found.id, found.name)
        care_cases.change(session, found.id, changes)
    taken.note(found.id)
    return Outcome("updated" if changes else "unchanged", found.id)


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
    taken_in, left = values.get("taken_in_on"), values.get("left_on")
    applied_on = values.get("applied_on") or taken_in or left or view.today
    usual = MEMBER_SORTS[0] if member is not None else care_cases.HOUSE_SORTS[-1]
    given = dict(values) | {"sort": values.get("sort") or usual}
    given["branch_id"] = branch_meant(session, values, view) if member is None else None
    added = care_cases.apply(session, given, applied_on, view.today, member.id if member is not None else None)
    if taken_in is not None:
        care_cases.bring_forward(session, added.id, care.TAKEN_IN, taken_in, values.get("degree"), None, view.today)
    if left is not None:
        why = values.get("left_reason") or care.OUT[-1]
        care_cases.bring_forward(session, added.id, care.CLOSED, left, None, why, view.today)
    return added.id
