"""The tree of organisations: committee, general branch, branch and group."""

import re
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import ColumnElement, ForeignKey, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.errors import FieldError, UserError
from models.kinds import tidy

COMMITTEE, GENERAL_BRANCH, BRANCH, GROUP = "党委", "党总支", "党支部", "党小组"
KINDS = (BRANCH, GENERAL_BRANCH, COMMITTEE)
_PREFIX = re.compile("^(中国共产党|中共)")
_ENDINGS = (
    (re.compile("党?总支(部)?(委员会)?$"), GENERAL_BRANCH),
    (re.compile("党?支部(委员会)?$"), BRANCH),
    (re.compile("(党的?)?委员会$"), COMMITTEE),
)


class Organisation(Record):
    """One node of the tree; `kind` is 党委, 党总支, 党支部 or 党小组; a node without parent is a root."""

    __tablename__ = "organisations"

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str]
    name: Mapped[str]
    secretary: Mapped[str | None]
    telephone: Mapped[str | None]


def branches(session: Session) -> Sequence[Organisation]:
    """All branches in the order they were made."""
    return session.scalars(select(Organisation).where(Organisation.kind == BRANCH).order_by(Organisation.id)).all()


def root(session: Session) -> Organisation:
    """The organisation the file was made for."""
    roots = select(Organisation).where(Organisation.parent_id.is_(None)).order_by(Organisation.id)
    return session.scalars(roots).first() or _missing()


def _missing() -> Organisation:
    raise UserError("数据文件里还没有登记组织，请先填写组织名称。")


def add(session: Session, kind: str, name: str, parent: Organisation | None = None) -> Organisation:
    """Adds a node; FieldError when the name is empty or stands already beside it, or the place in the tree is wrong."""
    name = tidy(name)
    if not name:
        raise FieldError("name", "请填写组织名称。")
    order = (COMMITTEE, GENERAL_BRANCH, BRANCH, GROUP)
    if kind not in order:
        raise FieldError("kind", f"没有“{kind}”这种组织。")
    if parent is not None and order.index(parent.kind) >= order.index(kind):
        raise FieldError("kind", f"{kind}不能设在{parent.kind}“{parent.name}”之下。")
    parent_id = parent.id if parent else None
    _require_new(session, name, kind, parent_id)
    added = Organisation(parent_id=parent_id, kind=kind, name=name)
    session.add(added)
    session.flush()
    return added


def rename(session: Session, organisation_id: int, name: str) -> None:
    """Gives a node another name; FieldError when it is empty or stands already beside it."""
    name = tidy(name)
    if not name:
        raise FieldError("name", "请填写组织名称。")
    node = session.get_one(Organisation, organisation_id)
    _require_new(session, name, node.kind, node.parent_id, node.id)
    node.name = name


def describe(session: Session, organisation_id: int, secretary: str | None, telephone: str | None) -> None:
    """Says who the secretary of a node is and its telephone number."""
    node = session.get_one(Organisation, organisation_id)
    node.secretary, node.telephone = secretary, telephone


def remove(session: Session, organisation_id: int) -> None:
    """Removes a node that was made by mistake; UserError when anything belongs to it."""
    node = session.get_one(Organisation, organisation_id)
    if node.parent_id is None:
        raise UserError(f"“{node.name}”是这个数据文件的组织，不能删除。")
    name = node.name
    session.delete(node)
    try:
        session.flush()
    except IntegrityError as error:
        raise UserError(f"“{name}”还有党员、党小组或党费记录，不能删除。") from error


def _require_new(session: Session, name: str, kind: str, parent_id: int | None, own_id: int = 0) -> None:
    same_place = Organisation.parent_id == parent_id, Organisation.kind == kind, Organisation.id != own_id
    if any(plain(other) == plain(name) for other in session.scalars(select(Organisation.name).where(*same_place))):
        raise FieldError("name", f"“{name}”已经登记过了。")


@lru_cache(maxsize=4096)  # an import compares hundreds with hundreds
def plain(name: str) -> str:
    """A name for comparing: without 中共, spaces and the formal ending (中共甲局第一支部委员会 is 甲局第一党支部)."""
    text = _PREFIX.sub("", re.sub(r"\s", "", name))
    for ending, short in _ENDINGS:
        text = ending.sub(short, text)
    return text


def branch_named(session: Session, name: str) -> Organisation:
    """The branch of this name, however formally it is written; UserError when there is none or more than one."""
    everyone = branches(session)
    found = [branch for branch in everyone if branch.name == name] or [
        branch for branch in everyone if plain(branch.name) == plain(name)
    ]
    if len(found) != 1:
        listed = "、".join(branch.name for branch in everyone)
        raise UserError(f"{'没有' if not found else '不止一个'}名为“{name}”的支部；已登记的支部：{listed or '无'}。")
    return found[0]


def find_branch(session: Session, name: str) -> Organisation | None:
    """The branch of this name, however formally it is written; the first of several."""
    return _named(session, name, Organisation.kind == BRANCH)


def branch_for(session: Session, name: str) -> Organisation:
    """The branch of this name, added under the file's organisation when it is new."""
    found = find_branch(session, name)
    if found is not None:
        return found
    above = root(session)
    return add(session, BRANCH, name, None if above.kind == BRANCH else above)


def own_branch(session: Session) -> Organisation:
    """Where members go of whom no branch is said: the branch the file was made for, or the only one it has.

    FieldError when that is not clear.
    """
    above, known = root(session), branches(session)
    if above.kind == BRANCH:
        return above
    if len(known) == 1:
        return known[0]
    raise unclear_branch(above, bool(known))


def unclear_branch(above: Organisation, any_known: bool) -> FieldError:
    """The refusal of somebody whose branch is not said in a file of several, or of none yet."""
    if any_known:
        return FieldError("branch", "没有写明所在党支部，请填写，或在导入时选定支部。")
    how = "请在表里加“所在党支部”一列逐人写明，导入时会按它建立支部"
    return FieldError("branch", f"没有写明所在党支部，“{above.name}”里也还没有支部：{how}。")


def find_group(session: Session, branch_id: int, name: str) -> Organisation | None:
    """The group of this name in a branch, whatever spaces it is written with."""
    return _named(session, name, Organisation.parent_id == branch_id, Organisation.kind == GROUP)


def _named(session: Session, name: str, *where: ColumnElement[bool]) -> Organisation | None:
    """The first of this name among some: all their names are compared, one record is fetched."""
    known = session.execute(select(Organisation.id, Organisation.name).where(*where).order_by(Organisation.id))
    number = next((number for number, other in known if plain(other) == plain(name)), None)
    return None if number is None else session.get_one(Organisation, number)


def group_for(session: Session, branch: Organisation, name: str) -> Organisation:
    """The group of this name in a branch, added when it is new."""
    return find_group(session, branch.id, name) or add(session, GROUP, name, branch)
