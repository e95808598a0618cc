"""The values of columns that a branch added: read with a ledger's rows, saved with them or by themselves."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, fields, make_dataclass, replace
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from models.ledger import Ledger, Outcome, RowsSaver, Values, View
from models.records import variants
from models.records.local_forms import Extra


def widened(rows: Sequence[Any], extras: Sequence[Extra], session: Session, view: View) -> list[Any]:
    """The rows with an attribute more for each added column, and an `id` in any case."""
    if not rows:
        return []
    kept = variants.values(session, extras, periods(extras, view))
    keys = tuple(each.key for each in extras)
    numbered = hasattr(rows[0], "id")
    wide = _wide_type(type(rows[0]), keys if numbered else ("id", *keys))
    read = attrgetter(*(each.name for each in fields(rows[0])))
    if not numbered:
        return [wide(*read(row)) for row in rows]
    return [wide(*read(row), *(kept.get((row.id, key)) for key in keys)) for row in rows]


def _wide_type(row_type: type, keys: Sequence[str]) -> Callable[..., Any]:
    more = [(key, Any, field(default=None)) for key in keys]
    return make_dataclass("LocalRow", more, bases=(row_type,), frozen=True, slots=True)


def periods(extras: Sequence[Extra], view: View) -> Mapping[str, str]:
    """By key, for which period each column holds the value that is looked at."""
    words = {"once": "", "year": str(view.period.last.year), "month": str(view.month)}
    return {each.key: words[each.every] for each in extras}


def saver(ledger: Ledger, extras: Sequence[Extra]) -> RowsSaver:
    """The ledger's own saving, and after it what the rows hold for the added columns."""
    assert ledger.save is not None
    save = ledger.save
    keys = {each.key for each in extras}

    def save_all(session: Session, rows: Sequence[Values], view: View) -> Sequence[Outcome]:
        plain = [{key: value for key, value in row.items() if key not in keys} for row in rows]
        return _filled(session, extras, rows, save(session, plain, view), ledger.seen(view))

    return save_all


def filler(ledger: Ledger, name: str, extras: Sequence[Extra]) -> RowsSaver:
    """Saving of nothing but the added columns: each row is found by the number of its record, else by its name."""

    def save_added(session: Session, rows: Sequence[Values], view: View) -> Sequence[Outcome]:
        seen = ledger.seen(view)
        known = _Known(ledger.rows(session, seen), name)
        return _filled(session, extras, rows, [known.outcome(row) for row in rows], seen)

    return save_added


class _Known:
    """The rows of a ledger by number and by name."""

    def __init__(self, rows: Sequence[Any], name: str) -> None:
        self._name = name
        self._by_number = {str(row.id): row for row in rows if getattr(row, "id", None) is not None}
        self._by_name: defaultdict[str, list[Any]] = defaultdict(list)
        for row in self._by_number.values():
            self._by_name[str(getattr(row, name))].append(row)

    def outcome(self, values: Values) -> Outcome:
        """The row that is meant, taken to be unchanged as yet; refused where none or several are."""
        said = values.get(self._name)
        found = self._by_number.get(str(values.get("id") or ""))
        if found is not None and said in (None, getattr(found, self._name)):
            return Outcome("unchanged", found.id)
        named = self._by_name[said] if said else []
        if len(named) == 1:
            return Outcome("unchanged", named[0].id)
        why = (
            f"有 {len(named)} 行都是“{said}”，请保留“编号”那一列。"
            if named
            else f"表里没有“{said or '（空）'}”这一行。"
        )
        return Outcome("refused", field=self._name, why=why)


def _filled(
    session: Session, extras: Sequence[Extra], rows: Sequence[Values], outcomes: Sequence[Outcome], view: View
) -> Sequence[Outcome]:
    """Keeps what the rows hold for the added columns, and tells which of them were changed by that."""
    touched = variants.fill(session, extras, periods(extras, view), dict(_given(extras, rows, outcomes)))
    return [
        replace(each, kind="updated") if each.kind == "unchanged" and each.record_id in touched else each
        for each in outcomes
    ]


def _given(
    extras: Sequence[Extra], rows: Sequence[Values], outcomes: Sequence[Outcome]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for row, outcome in zip(rows, outcomes, strict=True):
        if outcome.record_id is not None and outcome.kind != "refused":
            yield outcome.record_id, {each.key: row[each.key] for each in extras if each.key in row}
