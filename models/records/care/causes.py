"""The causes of hardship to choose from: those that come with the program until the branch changes the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import settings
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.care.cases import CareCase

SUPPLIED = (
    "本人重大疾病", "家属重大疾病", "伤残", "自然灾害", "意外事故", "子女上学", "低收入", "年老丧失劳动能力", "失独",
    "其他",
)  # fmt: skip
LONGEST = 20


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause of hardship; one that is not `active` is offered no more. `used` is how many cases have it."""

    name: str
    active: bool
    used: int


def causes(session: Session) -> list[Cause]:
    """Every cause in the order in which it is offered, those too that are offered no more.

    What cases have beside the list, as an earlier ledger wrote it, follows.
    """
    names, idle, used = _names(session), settings.read(session).care_causes_idle, _used(session)
    return [Cause(name, name not in idle, used.get(name, 0)) for name in names]


def offered(session: Session, beside: str | None = None) -> tuple[str, ...]:
    """The causes to choose from, and the one that a case has `beside` them."""
    found = tuple(each.name for each in causes(session) if each.active)
    return found if beside is None or beside in found else (*found, beside)


def add(session: Session, name: str | None) -> str:
    """Adds a cause at the end; FieldError for one without a name or that is there."""
    wanted = _verified(session, name)
    _keep(session, [*_names(session), wanted])
    return wanted


def rename(session: Session, old: str, new: str | None) -> str:
    """Gives a cause another name, in the cases that have it too."""
    names = _names(session)
    place = _place(names, old)
    if tidy(new) == old:
        return old
    wanted = _verified(session, new)
    names[place] = wanted
    idle = [wanted if each == old else each for each in settings.read(session).care_causes_idle]
    _keep(session, names, idle)
    for case in session.scalars(select(CareCase).where(CareCase.cause == old)):
        case.cause = wanted
    session.flush()
    return wanted


def move(session: Session, name: str, step: int) -> None:
    """Moves a cause up (−1) or down (1); nothing happens at either end."""
    names = _names(session)
    place = _place(names, name)
    if 0 <= place + step < len(names):
        names[place], names[place + step] = names[place + step], names[place]
        _keep(session, names)


def switch(session: Session, name: str, active: bool) -> None:
    """Stops offering a cause, or offers it again; cases that have it keep it."""
    _place(_names(session), name)
    idle = [each for each in settings.read(session).care_causes_idle if each != name]
    _keep(session, _names(session), idle if active else [*idle, name])


def remove(session: Session, name: str) -> None:
    """Takes a cause off the list; UserError while a case has it, and for the last one."""
    names = _names(session)
    place, used = _place(names, name), _used(session).get(name, 0)
    if used:
        raise UserError(f"“{name}”有 {used} 份帮扶记录在用，不能删除；不再用它，可以停用。")
    if len(names) == 1:
        raise UserError("至少要留下一种困难类型。")
    del names[place]
    _keep(session, names, [each for each in settings.read(session).care_causes_idle if each != name])


def _names(session: Session) -> list[str]:
    listed = settings.read(session).care_causes or SUPPLIED
    return [*listed, *sorted(_used(session).keys() - set(listed))]


def _used(session: Session) -> dict[str, int]:
    """How many cases have each cause."""
    chosen = select(CareCase.cause, func.count()).where(CareCase.cause.is_not(None)).group_by(CareCase.cause)
    return {cause: number for cause, number in session.execute(chosen) if cause is not None}


def _place(names: Sequence[str], name: str) -> int:
    if name not in names:
        raise UserError(f"困难类型里已经没有“{name}”，请重新选择。")
    return names.index(name)


def _keep(session: Session, names: Sequence[str], idle: Sequence[str] | None = None) -> None:
    changed = {"care_causes": tuple(names)} | ({} if idle is None else {"care_causes_idle": tuple(idle)})
    settings.change(session, **changed)


def _verified(session: Session, name: str | None) -> str:
    wanted = tidy(name)
    if not wanted:
        raise FieldError("name", "请填写困难类型的名称。")
    if len(wanted) > LONGEST:
        raise FieldError("name", f"名称有 {len(wanted)} 个字，请不要超过 {LONGEST} 个。")
    if wanted in _names(session):
        raise FieldError("name", f"“{wanted}”已经有了，请换一个名称。")
    return wanted
