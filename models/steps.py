"""What was done step by step: which steps are in force, and which were taken back and may be done again."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from models.audit import Change, Operation
from models.errors import UserError
from models.holders import KeyHolder
from models.records.care.rounds import CareExport
from models.records.life.talks import Disclosure
from models.records.private_exports import PrivateExport

UNDO, REDO = "撤销", "重做"
PASSED_OVER = tuple(record.__tablename__ for record in (Disclosure, CareExport, PrivateExport, KeyHolder))


@dataclass(frozen=True)
class Step:
    """Something that was done: the operation that did it first, the one that did or took it back last, its title.

    `actor` is who did it first.
    """

    root: int
    last: int
    title: str
    actor: str


@dataclass(frozen=True)
class Chains:
    """Operations that took others back: done, taken back, done again, and so on, each the turn of the one before.

    `roots` leads from every later operation of a chain to its first, `turns` to which turn it was, from one; `lasts`
    leads from the first to the last.
    """

    roots: Mapping[int, int]
    lasts: Mapping[int, int]
    turns: Mapping[int, int]

    def root(self, number: int) -> int:
        """The operation that did first what this one took back or did again; itself where it is that one."""
        return self.roots.get(number, number)

    def last(self, root: int) -> int:
        """The operation that did or took back a step last."""
        return self.lasts.get(root, root)

    def in_force(self, root: int) -> bool:
        """Whether the step is done, and not taken back."""
        return self.turns.get(self.last(root), 0) % 2 == 0

    def word(self, number: int) -> str:
        """What an operation did to another: 撤销 or 重做; "" where it took none back."""
        if number not in self.turns:
            return ""
        return UNDO if self.turns[number] % 2 else REDO


def chains(session: Session) -> Chains:
    """Every chain of the trail that has more than its first operation."""
    roots: dict[int, int] = {}
    lasts: dict[int, int] = {}
    turns: dict[int, int] = {}
    for number, taken in takings(session):
        root = roots.get(taken, taken)
        roots[number], lasts[root], turns[number] = root, number, turns.get(taken, 0) + 1
    return Chains(roots, lasts, turns)


def takings(session: Session) -> list[tuple[int, int]]:
    """The operations that took another back, or did it again, each with the one it took back, in order."""
    takes = select(Operation.id, Operation.undoes_id).where(Operation.undoes_id.is_not(None)).order_by(Operation.id)
    return [(number, taken) for number, taken in session.execute(takes) if taken is not None]


def done(session: Session) -> list[Step]:
    """The steps that are in force, the one done last first; what was done again counts from then."""
    known = chains(session)
    own = [root for root in _own(session) if known.in_force(root)]
    return _told(session, {root: known.last(root) for root in own})


def taken_back(session: Session) -> list[Step]:
    """The steps that may be done again, the one to begin with first: nothing else was done since they were undone."""
    known = chains(session)
    newest = max(_own(session), default=0)
    return _told(
        session,
        {root: last for root, last in known.lasts.items() if not known.in_force(root) and last > newest},
    )


def current(session: Session, number: int) -> Operation:
    """The operation through which the step of this number is in force; UserError where it was taken back."""
    known = chains(session)
    root = known.root(number)
    if not known.in_force(root):
        raise UserError(f"“{session.get_one(Operation, root).title}”已经撤销过了。")
    return session.get_one(Operation, known.last(root))


def _own(session: Session) -> list[int]:
    """The operations that did something themselves, but for the first, which made the file.

    That something private was exported or looked at is, by itself, no step to be taken back; nor is who may open the
    file: the slots in it would not follow, and a clerk would let in again whom the owner took out.
    """
    first = select(func.min(Operation.id)).scalar_subquery()
    noted = select(Change.operation_id).where(Change.table_name.in_(PASSED_OVER))
    more = exists().where(Change.operation_id == Operation.id, Change.table_name.not_in(PASSED_OVER))
    wanted = select(Operation.id).where(Operation.undoes_id.is_(None), Operation.id != first)
    return list(session.scalars(wanted.where(Operation.id.not_in(noted) | more).order_by(Operation.id)))


def _told(session: Session, lasts: Mapping[int, int]) -> list[Step]:
    wanted = select(Operation.id, Operation.title, Operation.actor)
    if len(lasts) < 2:
        wanted = wanted.where(Operation.id.in_(lasts))
    steps = [Step(root, lasts[root], title, actor) for root, title, actor in session.execute(wanted) if root in lasts]
    return sorted(steps, key=lambda step: step.last, reverse=True)
