"""What an operation of the trail did to each record in the end."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import audit, trail
from models.audit import ADD, REMOVE, Change, Operation
from models.base import Record


@dataclass
class Effect:
    """What an operation did to one record, all its lines together: the columns it touched, before and after."""

    record_type: type[Record]
    record_id: int
    added: bool
    removed: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def effects(session: Session, operation: Operation) -> list[Effect]:
    """What the operation did to each record that it changed in the end, all its lines of one record together."""
    types = trail.record_types()
    found: dict[tuple[str, int], Effect] = {}
    lines = select(Change).where(Change.operation_id == operation.id).order_by(Change.id)
    for line in session.scalars(lines):
        type_ = types[line.table_name]
        key = (line.table_name, line.record_id)
        effect = found.setdefault(key, Effect(type_, line.record_id, added=line.verb == ADD))
        effect.removed = line.verb == REMOVE
        old, new = audit.unpacked(type_, line.old), audit.unpacked(type_, line.new)
        effect.before = old | effect.before
        effect.after = effect.after | new
    return [effect for effect in found.values() if not (effect.added and effect.removed)]
