"""The tree of organisations as a table: each under the one it belongs to, with its members counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.kinds import NUMBER, TEXT
from models.ledger import Column, Sheet
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.members.organisation import GROUP, Organisation


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation; `shown` is its name set in by its depth in the tree."""

    id: int
    kind: str
    name: str
    shown: str
    secretary: str | None
    telephone: str | None
    members: int


def tree(session: Session) -> Sheet:
    """All organisations, each followed by those under it."""
    everyone = session.scalars(select(Organisation).order_by(Organisation.id)).all()
    present = select(func.count()).where(Member.status == IN_THE_BRANCH)
    counts = _counted(session, present.add_columns(Member.branch_id).group_by(Member.branch_id))
    groups = _counted(session, present.add_columns(Member.group_id).group_by(Member.group_id))

    def below(parent_id: int | None, depth: int) -> Iterator[OrganisationRow]:
        for each in everyone:
            if each.parent_id == parent_id:
                inner = list(below(each.id, depth + 1))
                own = groups.get(each.id, 0) if each.kind == GROUP else counts.get(each.id, 0)
                under = sum(counts.get(row.id, 0) for row in inner if row.kind != GROUP)
                shown = "　　" * depth + each.name
                yield OrganisationRow(each.id, each.kind, each.name, shown, each.secretary, each.telephone, own + under)
                yield from inner

    return Sheet("tree", "组织", COLUMNS, list(below(None, 0)), {}, ("", "", ""), (), "", "portrait")


COLUMNS = (
    Column("shown", "组织", TEXT, 26),
    Column("kind", "类别", TEXT, 8),
    Column("secretary", "书记（组长）", TEXT, 12),
    Column("telephone", "电话", TEXT, 14),
    Column("members", "党员", NUMBER, 6),
)


def _counted(session: Session, counts: Select[Any]) -> dict[int, int]:
    """Numbers by the key that stands beside each."""
    return {key: number for number, key in session.execute(counts) if key is not None}
