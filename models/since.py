"""What was done in a data file after a backup of it, by table: what going back to the backup would lose."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import trail
from models.audit import ADD, CHANGE, REMOVE, Anchor, Change
from models.base import Base
from models.ledgers.wording import TABLES

_TOLD = 6  # tables in a sentence


@dataclass(frozen=True)
class Later:
    """What was done to the records of one table after a backup: how many were added, changed and removed since."""

    title: str
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def words(self) -> str:
        """What going back to the backup would do, from the table's own side."""
        parts = ((self.added, "会少 {} 条"), (self.changed, "{} 条回到改动以前"), (self.removed, "{} 条删除的会回来"))
        return "，".join(words.format(count) for count, words in parts if count)


def counts(session: Session) -> Mapping[str, int]:
    """How many records each table that has words for it holds."""
    tables = Base.metadata.tables
    return {
        name: session.scalar(select(func.count()).select_from(tables[name])) or 0 for name in TABLES if name in tables
    }


def later(session: Session, anchored: Anchor) -> Mapping[str, Later] | None:
    """What was done by table after the trail stood at `anchored`; None where it no longer leads back to that."""
    if not trail.holds(session, anchored):
        return None
    lines = select(Change.table_name, Change.verb, Change.record_id).order_by(Change.id)
    verbs: dict[tuple[str, int], set[str]] = {}
    for table, verb, record_id in session.execute(lines.offset(anchored.length)):
        verbs.setdefault((table, record_id), set()).add(verb)
    found: dict[str, Later] = {}
    for table in {table for table, _number in verbs}:
        done = [of for (each, _number), of in verbs.items() if each == table]
        found[table] = Later(
            TABLES.get(table, table),
            added=sum(ADD in of and REMOVE not in of for of in done),
            changed=sum(of == {CHANGE} for of in done),
            removed=sum(REMOVE in of and ADD not in of for of in done),
        )
    return found


def told(found: Mapping[str, Later]) -> str:
    """新增交纳 12、修改党员 3 and so on, what is most first; empty when nothing was done."""
    done = [
        (count, f"{verb}{each.title} {count}")
        for each in found.values()
        for verb, count in (("新增", each.added), ("修改", each.changed), ("删除", each.removed))
        if count
    ]
    done.sort(key=lambda part: -part[0])
    return "、".join(words for _count, words in done[:_TOLD]) + ("等" if len(done) > _TOLD else "")
