"""The few figures that the frame of the window always shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import settings
from models.records.dues.months import Due
from models.records.dues.payments import Allotment
from models.records.members import members
from models.records.members.members import IN_THE_BRANCH, PROBATIONARY, Member
from models.records.members.organisation import Organisation
from models.rules.periods import Month


@dataclass(frozen=True)
class FrameFacts:
    """Name of the organisation, the working month, the members, how many are probationary, how many have not paid."""

    organisation: str
    month: Month
    members: int
    probationary: int
    unpaid: int
    sample: bool


def frame_facts(session: Session) -> FrameFacts:
    """The figures as they stand now; `unpaid` counts members with something still owed for the working month."""
    chosen = settings.read(session)
    month = chosen.month
    by_category = select(Member.category, func.count()).where(Member.status == IN_THE_BRANCH).group_by(Member.category)
    counts = dict(session.execute(by_category).all())
    paid = (
        select(Allotment.member_id, func.sum(Allotment.amount).label("amount"))
        .where(Allotment.month == month)
        .group_by(Allotment.member_id)
        .subquery()
    )
    unpaid = (
        select(func.count())
        .select_from(Due)
        .join(paid, paid.c.member_id == Due.member_id, isouter=True)
        .where(Due.month == month, Due.amount > func.coalesce(paid.c.amount, 0))
    )
    return FrameFacts(
        organisation=chosen.unit,
        month=month,
        members=sum(counts.values()),
        probationary=counts.get(PROBATIONARY, 0),
        unpaid=session.scalar(unpaid) or 0,
        sample=chosen.sample,
    )


@dataclass(frozen=True)
class Hit:
    """A member found by the search box, with what tells one from another of the same name."""

    id: int
    name: str
    detail: str


def search(session: Session, text: str) -> Sequence[Hit]:
    """Members found by name, initials or the last digits of the identity number, those in the branch first."""
    found = members.search(session, text)
    names = {each.id: each.name for each in session.scalars(select(Organisation))} if found else {}
    return [Hit(member.id, member.name, _told_apart(member, names[member.branch_id])) for member in found]


def _told_apart(member: Member, branch: str) -> str:
    """What tells a member from another of the same name: branch, post, end of the identity number or the birth date."""
    tail = f"尾号 {member.id_number[-4:]}" if member.id_number else str(member.birth_date or "")
    gone = "" if member.status == IN_THE_BRANCH else member.status
    return "　".join(part for part in (branch, member.post or "", tail, gone) if part)
