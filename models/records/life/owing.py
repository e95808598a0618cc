"""Which organisations owe a duty on a day: branches, those with a committee, groups, the file's own organisation."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.records.life.obligations import OwedBy
from models.records.members.committee import Term
from models.records.members.facts import MemberFact
from models.records.members.members import FULL, IN_THE_BRANCH, Member
from models.records.members.organisation import BRANCH, GROUP, Organisation, plain
from models.records.members.timeline import Timeline
from models.rules.presence import Span

FOR_A_COMMITTEE = 7  # full members from whom on a branch elects one (支部工作条例 art. 21)


@dataclass(frozen=True, order=True)
class Node:
    """An organisation as a duty sees it; `branch_id` is the branch that it is or belongs to, None above branches."""

    id: int
    name: str
    kind: str
    branch_id: int | None


class Owing:
    """The organisations of a file, read once for questions about many duties and days."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._committees: defaultdict[int, list[Span]] = defaultdict(list)
        self._full: dict[date, Counter[int]] = {}
        self._grouped: dict[date, set[str | int | None]] = {}
        self._known: Timeline | None = None
        groups = select(Member.group_id).distinct()
        before = select(MemberFact.value).where(MemberFact.field == "group_id").distinct()
        self._manned = set(session.scalars(groups.where(Member.status == IN_THE_BRANCH)))
        self._joined = {*session.scalars(groups), *(int(each) for each in session.scalars(before) if each)}
        rows = session.execute(
            select(Organisation.id, Organisation.name, Organisation.kind, Organisation.parent_id).order_by(
                Organisation.id
            )
        ).all()
        self.root = next(_node(*row) for row in rows if row.parent_id is None)
        self.branches = [_node(*row) for row in rows if row.kind == BRANCH]
        self.groups = [_node(*row) for row in rows if row.kind == GROUP]
        for organisation_id, appointed_on, renewed_on in session.execute(
            select(Term.organisation_id, Term.appointed_on, Term.renewed_on)
        ):
            self._committees[organisation_id].append(Span(appointed_on, renewed_on))

    @property
    def nodes(self) -> Sequence[Node]:
        """The file's own organisation, then each branch with its groups."""
        above = [] if self.root.kind == BRANCH else [self.root]
        below = [
            (branch, *(group for group in self.groups if group.branch_id == branch.id)) for branch in self.branches
        ]
        return [*above, *(node for family in below for node in family)]

    def title(self, number: int) -> str:
        """The name of an organisation among all of the file: a group with that of its branch where it has several."""
        node = next((each for each in self.nodes if each.id == number), self.root)
        branch = next((each for each in self.branches if each.id == node.branch_id), None)
        if node.kind == GROUP and branch is not None and len(self.branches) > 1:
            return f"{branch.name}{node.name}"
        return node.name

    def titled(self, title: str | None) -> Node:
        """The organisation of this name, however formally it is written; FieldError when none or several have it.

        Without a name the file's own organisation where there is no other.
        """
        if not title and len(self.nodes) == 1:
            return self.nodes[0]
        wanted = plain(title or "")
        found = [each for each in self.nodes if wanted in (plain(each.name), plain(self.title(each.id)))]
        if len(found) != 1:
            why = "没有写明是哪个组织" if not title else f"{'没有' if not found else '不止一个'}名为“{title}”的组织"
            raise FieldError("organisation", f"{why}；已登记的有：{'、'.join(self.title(e.id) for e in self.nodes)}。")
        return found[0]

    def owers(self, owed_by: OwedBy, day: date) -> Sequence[Node]:
        """Who owes a duty on the day; a branch has a committee while a term runs, or with seven full members."""
        match owed_by:
            case "branch":
                return self.branches
            case "committee":
                return [branch for branch in self.branches if self.has_committee(branch.id, day)]
            case "group":
                return [group for group in self.groups if self.has_people(group.id, day)]
            case "root" | "leaders":
                return [self.root]

    def has_committee(self, branch_id: int, day: date) -> bool:
        """Whether the branch had a committee on the day, or members enough to have one."""
        if any(span.holds(day) for span in self._committees.get(branch_id, ())):
            return True
        return self._full_members(day)[branch_id] >= FOR_A_COMMITTEE

    def has_people(self, group_id: int, day: date) -> bool:
        """Whether anybody belonged to the group on the day; one that nobody ever joined was only just made."""
        if group_id in self._manned or group_id not in self._joined:
            return True
        if day not in self._grouped:
            known = self._timeline
            present = ((member, known.values(member, day)) for member in known.members(day))
            self._grouped[day] = {then.get("group_id", member.group_id) for member, then in present}
        return group_id in self._grouped[day]

    @property
    def _timeline(self) -> Timeline:
        if self._known is None:
            self._known = Timeline(self._session)
        return self._known

    def _full_members(self, day: date) -> Counter[int]:
        """How many full members each branch had on the day."""
        if day not in self._full:
            known, counted = self._timeline, Counter[int]()
            for branch in self.branches:
                present = known.members(day, branch.id)
                counted[branch.id] = sum(known.category(member, day) == FULL for member in present)
            self._full[day] = counted
        return self._full[day]


def _node(number: int, name: str, kind: str, parent_id: int | None) -> Node:
    return Node(number, name, kind, number if kind == BRANCH else parent_id if kind == GROUP else None)
