"""What became of the rows that were handed in to be saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, TypeVar

from sqlalchemy.orm import Session

from models.base import Record
from models.errors import FieldError, UserError

Values = Mapping[str, Any]
Known = TypeVar("Known", bound=Record)


@dataclass(frozen=True)
class Outcome:
    """One row was added, updated, left unchanged, or refused for a reason (a Chinese sentence, with its field)."""

    kind: Literal["added", "updated", "unchanged", "refused"]
    record_id: int | None = None
    field: str | None = None
    why: str | None = None


def take_each(session: Session, rows: Sequence[Values], take: Callable[[Values], Outcome]) -> list[Outcome]:
    """Hands every row to `take`, each whole or not at all: what a UserError refuses leaves nothing behind.

    A row that others must come before, as one that takes months which another row frees, waits for them wherever it
    stands.
    """
    outcomes: dict[int, Outcome] = {}
    waiting = list(range(len(rows)))
    while waiting:
        outcomes |= {place: _tried(session, take, rows[place]) for place in waiting}
        refused = [place for place in waiting if outcomes[place].kind == "refused"]
        waiting = refused if len(refused) < len(waiting) else []
    return [outcomes[place] for place in range(len(rows))]


def _tried(session: Session, take: Callable[[Values], Outcome], values: Values) -> Outcome:
    try:
        with session.begin_nested():
            return take(values)
    except UserError as error:
        return Outcome("refused", field=error.field if isinstance(error, FieldError) else None, why=str(error))


class Taken:
    """The records that rows of one file have met, so that no row writes over what another row of it says."""

    def __init__(self) -> None:
        self._met: set[Any] = set()

    def __contains__(self, record: object) -> bool:
        return record in self._met

    def require_new(self, record: object, name: str) -> None:
        """FieldError when a row has met the record that another is about to change; `name` says whose it is."""
        if record in self._met:
            raise FieldError("name", f"{name}的同一条记录在文件中出现两次而内容不同，前一行已取用，请核对这一行。")

    def note(self, record: object) -> None:
        """Notes a record that a row has added, changed or repeated."""
        self._met.add(record)


def meant(own: Sequence[Known], values: Values, keys: Sequence[str]) -> Known | None:
    """The record that a row means: of those it may mean the one of its number, else the one alike in `keys`."""
    numbered = (each for each in own if str(each.id) == str(values.get("id")))
    alike = (each for each in own if all(getattr(each, key) == values.get(key) for key in keys))
    return next(chain(numbered, alike), None)


def settled(
    known: Record | None,
    stated: Values,
    taken: Taken,
    name: str,
    add: Callable[[Values], Record],
    change: Callable[[int, Values], object],
) -> Outcome:
    """Adds what a row states where it means no record, and changes the one it means where that says otherwise.

    FieldError when a row before has taken the record (Taken); `name` says whose it is.
    """
    if known is None:
        added = add(stated)
        taken.note(added.id)
        return Outcome("added", added.id)
    changes = any(getattr(known, key) != value for key, value in stated.items())
    if changes:
        taken.require_new(known.id, name)
        change(known.id, stated)
    taken.note(known.id)
    return Outcome("updated" if changes else "unchanged", known.id)
