"""Who is not counted among those who should come to the votes of an activity."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import PERSON, TEXT
from models.ledger import Column
from models.records.life.exclusions import Exclusion
from models.records.members.members import Member


@dataclass(frozen=True, slots=True)
class ExcludedRow:
    """A member who is not counted, why, and who approved it."""

    id: int
    name: str
    reason: str
    approved_by: str


EXCLUDED_COLUMNS = (
    Column("name", "姓名", PERSON, 10),
    Column("reason", "原因", TEXT, 30),
    Column("approved_by", "批准", TEXT, 24),
)


def excluded_rows(session: Session, activity_id: int) -> list[ExcludedRow]:
    """Those of one activity, in order of entry."""
    chosen = select(Exclusion, Member.name).join(Member, Member.id == Exclusion.member_id)
    own = chosen.where(Exclusion.activity_id == activity_id).order_by(Exclusion.id)
    return [ExcludedRow(each.id, name, each.reason, each.approved_by) for each, name in session.execute(own)]
