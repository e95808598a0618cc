"""Who is called to an activity on a day, and who of them has a vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import UserError
from models.records.life.activity_kinds import Kind
from models.records.members.committee import PLAIN_MEMBER, Seat, Term
from models.records.members.members import PROBATIONARY, Member
from models.records.members.organisation import BRANCH, GROUP, Organisation
from models.records.members.timeline import Timeline
from models.rules.presence import Span

NORMAL_STATUS = "正常"
NO_SEAT = frozenset({None, PLAIN_MEMBER, "党小组长"})


@dataclass(frozen=True)
class Entitled:
    """A member who is called to an activity; `voting` has a vote, `post` is the post in the Party on that day."""

    member_id: int
    name: str
    initials: str
    probationary: bool
    voting: bool
    post: str | None


def entitled(session: Session, kind: Kind, organisation_id: int, day: date) -> list[Entitled]:
    """Those who are called on the day by the kind's rule, in order of branch and entry; nobody for one that is named.

    Only full members of undisturbed membership have a vote (支部工作条例; 基层组织选举工作条例 art. 5); whoever is not
    known to be probationary is taken to be full. A committee that was never entered is told by the posts of the roster.
    """
    if kind.entitled == "named":
        return []
    node = session.get_one(Organisation, organisation_id)
    if kind.entitled == "group" and node.kind != GROUP:
        raise UserError(f"“{kind.name}”由党小组召开，请选择党小组。")
    known = Timeline(session)
    branch_id = branch_of(node)
    present = list(known.members(day, branch_id))
    if node.kind == GROUP:
        present = [member for member in present if _at(known, member, "group_id", day) == node.id]
    if kind.entitled == "committee":
        seated = committee_on(session, node.id, day)
        in_file = present if node.kind == BRANCH else list(known.members(day))
        if seated:
            present = sorted((each for each in in_file if each.id in seated), key=lambda each: seated.index(each.id))
        else:
            present = [each for each in present if _at(known, each, "party_post", day) not in NO_SEAT]
    return [_called(known, member, day) for member in present]


def branch_of(node: Organisation) -> int | None:
    """The branch that a node is or belongs to, None for one above branches."""
    return node.id if node.kind == BRANCH else node.parent_id if node.kind == GROUP else None


def committee_on(session: Session, organisation_id: int, day: date) -> Sequence[int]:
    """The members who sat in the committee of an organisation on the day, in order of entry."""
    rows = session.execute(
        select(Seat.member_id, Seat.since, Seat.until, Term.appointed_on, Term.renewed_on)
        .join(Term, Term.id == Seat.term_id)
        .where(Term.organisation_id == organisation_id, Seat.member_id.is_not(None))
        .order_by(Seat.id)
    )
    seated: dict[int, None] = {}
    for member_id, since, until, appointed_on, renewed_on in rows:
        if member_id is not None and Span(since, until).holds(day) and Span(appointed_on, renewed_on).holds(day):
            seated[member_id] = None
    return list(seated)


def _called(known: Timeline, member: Member, day: date) -> Entitled:
    probationary = known.category(member, day) == PROBATIONARY
    status = _at(known, member, "party_status", day)
    post = _at(known, member, "party_post", day)
    return Entitled(
        member_id=member.id,
        name=member.name,
        initials=member.initials,
        probationary=probationary,
        voting=not probationary and status in (None, NORMAL_STATUS),
        post=None if post is None else str(post),
    )


def _at(known: Timeline, member: Member, field: str, day: date) -> str | int | None:
    """A field of the member as it was on the day."""
    then = known.values(member, day)
    found: str | int | None = then[field] if field in then else getattr(member, field)
    return found
