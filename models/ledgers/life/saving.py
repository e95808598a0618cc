"""How rows of the lists of organisation life are saved: an entry of its number, else the like one, else a new one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from models.base import Record
from models.errors import FieldError, UserError
from models.ledger import Outcome, Values, View
from models.records.members.organisation import branch_named, branches, plain, root
from models.records.outcomes import Taken, take_each


@dataclass(frozen=True)
class Listed:
    """A list: its records, the fields that rows bring, how a row without a number is known again, and its verbs.

    `like` answers the record that says the same under another number, None for none.
    """

    record_type: type[Record]
    fields: tuple[str, ...]
    title: str
    like: Callable[[Session, Values, int | None], Any]
    add: Callable[[Session, Mapping[str, Any], int | None, View], Record]
    change: Callable[[Session, int, Mapping[str, Any], View], object]
    belongs: Callable[[Any], bool] = lambda _record: True


def saved(session: Session, rows: Sequence[Values], view: View, listed: Listed) -> list[Outcome]:
    """Adds or changes an entry a row."""
    taken = Taken()
    return take_each(session, rows, lambda values: _take(session, values, view, listed, taken))


def branch_meant(session: Session, values: Values, view: View) -> int | None:
    """Number of the branch that a row names, None for what belongs to the organisation above its branches.

    Without a name it is the branch looked at, or the only one; FieldError where several could be meant.
    """
    name = values.get("branch")
    if not name:
        known = branches(session)
        if view.branch_id is not None or len(known) == 1:
            return view.branch_id or known[0].id
        raise FieldError("branch", "请填写党支部。")
    above = root(session)
    if plain(name) == plain(above.name) and all(each.id != above.id for each in branches(session)):
        return None
    try:
        return branch_named(session, name).id
    except UserError as refusal:
        raise FieldError("branch", str(refusal)) from None


def _take(session: Session, values: Values, view: View, listed: Listed, taken: Taken) -> Outcome:
    known = _numbered(session, values, listed)
    branch_id = branch_meant(session, values, view) if known is None else None
    if known is None:
        known = listed.like(session, values, branch_id)
    stated = {key: values[key] for key in listed.fields if values.get(key) is not None}
    if known is None:
        added = listed.add(session, stated, branch_id, view)
        taken.note(added.id)
        return Outcome("added", added.id)
    changes = {key: value for key, value in stated.items() if getattr(known, key) != value}
    if changes:
        if known.id in taken:
            raise FieldError(listed.title, "同一条记录在文件中出现两次而内容不同，前一行已取用，请核对这一行。")
        listed.change(session, known.id, changes, view)
    taken.note(known.id)
    return Outcome("updated" if changes else "unchanged", known.id)


def _numbered(session: Session, values: Values, listed: Listed) -> Any:
    """The record of the row's number, if it says the same in its title; another file may have other numbers."""
    number = str(values.get("id") or "")
    found = session.get(listed.record_type, int(number)) if number.isascii() and number.isdigit() else None
    if found is None or not listed.belongs(found):
        return None
    said = values.get(listed.title)
    return found if said is None or said == getattr(found, listed.title) else None
