"""Where the rows of a roster put their people: branches and groups are found by name, and made when a row is taken."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from models.errors import UserError
from models.records.members.organisation import (
    BRANCH,
    Organisation,
    branch_for,
    branches,
    find_branch,
    find_group,
    group_for,
    plain,
    root,
    unclear_branch,
)
from models.records.outcomes import Values

MOST_AT_ONCE = 1_000  # branches, and groups of one branch; more are a wrong column, and take minutes to tell apart


@dataclass(frozen=True)
class Place:
    """A branch and perhaps a group of it, each by its number, or by its name where there is none of that name yet."""

    branch: int | str
    group: int | str | None


def require_few(rows: Sequence[Values]) -> None:
    """UserError when rows name more branches, or groups of one branch, than any organisation has."""
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for values in rows:
        groups[values.get("branch") or ""].add(values.get("group") or "")
    for title, count in (("所在党支部", len(groups)), ("所在党小组", max(map(len, groups.values()), default=0))):
        if count > MOST_AT_ONCE:
            raise UserError(
                f"“{title}”一列里有 {count:,} 个不同的名称，最多 {MOST_AT_ONCE:,} 个，没有导入。请核对是不是读错了列。"
            )


class Places:
    """The branches and groups that rows name; asking makes none, so that a row refused leaves nothing behind.

    People of whom no branch is said go to `branch_id`, else to the branch that the data file was made for, else to the
    only one that it and the rows know: never to the first of several, whatever the order of the rows. `names` are the
    branches named in all the rows.
    """

    def __init__(self, session: Session, branch_id: int | None, names: Iterable[str | None]) -> None:
        self._session = session
        self._above = root(session)
        self._whole = "" if self._above.kind == BRANCH else plain(self._above.name)
        self._branches: dict[str, int] = {}
        self._groups: dict[tuple[int, str], int] = {}
        if branch_id is None and self._above.kind == BRANCH:
            branch_id = self._above.id
        self._otherwise = [branch_id] if branch_id is not None else self._possible(names)

    def _possible(self, names: Iterable[str | None]) -> list[int | str]:
        """Every branch that somebody without one might belong to."""
        known: dict[str, int | str] = {plain(branch.name): branch.id for branch in branches(self._session)}
        for name in names:
            if name and plain(name) != self._whole:
                known.setdefault(plain(name), name)
        return list(known.values())

    def branch(self, name: str | None) -> int | str | None:
        """The branch a row names; None where it names none, or only the general branch that the file is of."""
        if not name or plain(name) == self._whole:
            return None
        if name not in self._branches:
            found = find_branch(self._session, name)
            if found is None:
                return name
            self._branches[name] = found.id
        return self._branches[name]

    def group(self, branch: int | str, name: str) -> int | str:
        """The group of this name in a branch."""
        if isinstance(branch, str):
            return name
        if (branch, name) not in self._groups:
            found = find_group(self._session, branch, name)
            if found is None:
                return name
            self._groups[branch, name] = found.id
        return self._groups[branch, name]

    def of(self, branch: str | None, group: str | None) -> Place:
        """Where somebody new goes; FieldError when no branch is named and it is not clear which is meant."""
        found = self.branch(branch)
        if found is None:
            if len(self._otherwise) != 1:
                raise unclear_branch(self._above, bool(self._otherwise))
            (found,) = self._otherwise
            found = self.branch(found) or found if isinstance(found, str) else found
        return Place(found, self.group(found, group) if group else None)

    def made(self, place: Place) -> tuple[int, int | None]:
        """The numbers of the branch and the group of a place, which are made where there are none yet."""
        branch, group = place.branch, place.group
        if isinstance(branch, str):
            branch = branch_for(self._session, branch).id
        if isinstance(group, str):
            group = group_for(self._session, self._session.get_one(Organisation, branch), group).id
        return branch, group
