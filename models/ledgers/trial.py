"""What a trial transaction has changed so far, in words: the preview of an import."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.audit import ADD, CHANGE, AuditedSession, Line
from models.ledgers.wording import Difference, Names, differences
from models.records.members.organisation import GROUP, Organisation
from models.records.variants import ExtraColumn, ExtraValue


@dataclass(frozen=True)
class Trial:
    """Branches and groups that would be made, and by record number what would become of each record of one table."""

    branches: tuple[str, ...]
    groups: tuple[str, ...]
    changes: Mapping[int, Sequence[Difference]]


def trial(session: Session, table: str) -> Trial:
    """What the session would save to `table`, with identity and telephone numbers in full, since they are checked."""
    assert isinstance(session, AuditedSession)
    session.flush()
    names = Names(session, private=True)
    changes: dict[int, list[Difference]] = {}
    made: list[Organisation] = []
    for line in session.lines:
        if line.table == table and line.verb == CHANGE:
            changes.setdefault(line.record_id, []).extend(differences(line, names))
        elif line.table == ExtraValue.__tablename__:
            record_id, difference = _filled_in(session, line)
            changes.setdefault(record_id, []).append(difference)
        elif line.table == Organisation.__tablename__ and line.verb == ADD:
            made.append(session.get_one(Organisation, line.record_id))
    groups = [f"{names.organisations[each.parent_id or 0]}　{each.name}" for each in made if each.kind == GROUP]
    branches = [each.name for each in made if each.kind != GROUP]
    return Trial(tuple(branches), tuple(groups), changes)


def _filled_in(session: Session, line: Line) -> tuple[int, Difference]:
    """Whose value in an added column a line is about, and the value before and after."""
    old, new = json.loads(line.old or "{}"), json.loads(line.new or "{}")
    kept = session.get(ExtraValue, line.record_id)
    column_id = kept.column_id if kept is not None else old["column_id"]
    record_id: int = kept.record_id if kept is not None else old["record_id"]
    title = session.get_one(ExtraColumn, column_id).title
    return record_id, Difference(title, old.get("value", ""), new.get("value", ""), True)
