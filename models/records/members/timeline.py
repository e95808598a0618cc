"""The members as they were on a day: who was in the branch, in which one, with what name and post."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.members.facts import TITLES, History
from models.records.members.members import FULL, IN_THE_BRANCH, PROBATIONARY, Member
from models.rules.presence import Span, both, joined, present

_NUMBERS = frozenset({"branch_id", "group_id"})


class Timeline:
    """What is known of all members over time, read once for questions about many of them and many days."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._everyone: Sequence[Member] | None = None
        self._spans: dict[tuple[int, int | None], list[Span]] = {}
        self.history = History(session)

    def spans(self, member: Member, branch_id: int | None = None) -> list[Span]:
        """When the member was in the file's branches, or in one of them; a day not known is the first that it may be.

        A member comes in with the day of transfer or of admission, since ever where neither is known.
        """
        known = self.history.facts(member.id, "status")
        if known:
            spans = [Span(fact.since, fact.until) for fact in known if fact.value == IN_THE_BRANCH]
        else:
            spans = [Span(None, None if member.status == IN_THE_BRANCH else member.left_on)]
        spans = both(spans, [Span(entry(member))])
        if branch_id is None:
            return spans
        moves = self.history.facts(member.id, "branch_id")
        if not moves:
            return spans if member.branch_id == branch_id else []
        return both(spans, joined(Span(each.since, each.until) for each in moves if each.value == str(branch_id)))

    def present(self, member: Member, day: date, branch_id: int | None = None) -> bool:
        """Whether the member was in the branch (None: in any) on the day."""
        return present(self.spans(member, branch_id), day)

    def members(self, day: date, branch_id: int | None = None) -> Iterator[Member]:
        """Those who were in the branch on the day, in order of entry."""
        if self._everyone is None:
            self._everyone = self._session.scalars(select(Member).order_by(Member.branch_id, Member.id)).all()
        for member in self._everyone:
            if (member.id, branch_id) not in self._spans:  # the same for every day that is asked about
                self._spans[member.id, branch_id] = self.spans(member, branch_id)
            if present(self._spans[member.id, branch_id], day):
                yield member

    def values(self, member: Member, day: date) -> dict[str, str | int | None]:
        """What was otherwise on the day than the member's record says now."""
        then: dict[str, str | int | None] = {}
        if self.history.touched(member.id):
            for field in TITLES:
                now = getattr(member, field)
                text = self.history.value(member.id, field, None if now is None else str(now), day)
                value = int(text) if text is not None and field in _NUMBERS else text
                if value != now:
                    then[field] = value
        category = self.category(member, day)
        if category != member.category:
            then["category"] = category
        return then

    def category(self, member: Member, day: date) -> str | None:
        """Full or probationary on the day: before the day of full membership, where it is known, probationary."""
        if member.category == FULL and member.full_member_on is not None and day < member.full_member_on.earliest:
            return PROBATIONARY
        return self.history.value(member.id, "category", member.category, day)


def entry(member: Member) -> date | None:
    """The day on which the member came into the branch, None where it is not known."""
    since = member.transferred_in_on or member.joined_on
    return since.earliest if since is not None else None
