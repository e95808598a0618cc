"""Pairings (结对共建、联系点、师徒帮带……): with whom, agreed for how long, and their tasks until they are closed."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.care.volunteering import services_of

JOINT = "结对共建"
SORTS = (JOINT, "联建联帮", "领导联系点", "双报到社区", "包联帮扶", "师徒帮带", "其他")
PARTNER_KINDS = ("村", "社区", "企业", "机关支部", "学校", "个人")
FIELDS = (
    "partner", "partner_kind", "sort", "agreed_on", "number", "since", "until", "contact", "phone", "own_contact",
    "own_phone", "responsible", "content", "ended_on", "remark",
)  # fmt: skip
TASK_FIELDS = ("task", "due_on", "owner", "planned", "spent", "progress", "result", "done_on", "remark")
_DAYS = ("agreed_on", "since", "until", "ended_on")
_TASK_VALUES = ("due_on", "planned", "spent", "done_on")
_NOTHING = Decimal(0)


class Pairing(Record):
    """A pairing of a branch, or of the organisation above it (`branch_id` is None then), with a partner.

    `number` is that of the agreement signed on `agreed_on`, which runs from `since` to `until`; `ended_on` says that
    it ended, by its end or before. `contact` and `phone` are the partner's.
    """

    __tablename__ = "pairings"

    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    partner: Mapped[str]
    partner_kind: Mapped[str | None]
    sort: Mapped[str]
    agreed_on: Mapped[date | None]
    number: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(index=True)
    contact: Mapped[str | None]
    phone: Mapped[str | None]
    own_contact: Mapped[str | None]
    own_phone: Mapped[str | None]
    responsible: Mapped[str | None]
    content: Mapped[str | None]
    ended_on: Mapped[date | None]
    remark: Mapped[str | None]


class PairingTask(Record):
    """A task or project of a pairing; `planned` and `spent` are its money, which is none of the dues."""

    __tablename__ = "pairing_tasks"

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairings.id"), index=True)
    task: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(index=True)
    owner: Mapped[str | None]
    planned: Mapped[Decimal | None]
    spent: Mapped[Decimal | None]
    progress: Mapped[str | None]
    result: Mapped[str | None]
    done_on: Mapped[date | None] = mapped_column(index=True)
    remark: Mapped[str | None]


def find(session: Session, pairing_id: int) -> Pairing:
    """The pairing of this number; UserError when there is none."""
    return numbered(session, Pairing, pairing_id, "结对记录")


def sorts(session: Session) -> tuple[str, ...]:
    """The sorts to choose from: those that come with the program, and those the branch wrote itself."""
    used = session.scalars(select(Pairing.sort).distinct().order_by(Pairing.sort))
    return (*SORTS, *(each for each in used if each not in SORTS))


def running(session: Session) -> Sequence[Pairing]:
    """The pairings that have not ended, in order of their beginning."""
    chosen = select(Pairing).where(Pairing.ended_on.is_(None))
    return session.scalars(chosen.order_by(Pairing.since, Pairing.id)).all()


def pair(session: Session, branch_id: int | None, values: Mapping[str, Any], today: date) -> Pairing:
    """Enters a pairing; FieldError without partner or beginning, and for days that run backwards."""
    added = Pairing(branch_id=branch_id, **_verified({key: values.get(key) for key in FIELDS}, today))
    session.add(added)
    session.flush()
    return added


def change(session: Session, pairing_id: int, values: Mapping[str, Any], today: date) -> Pairing:
    """Changes what is given of a pairing; FieldError as for a new one."""
    found = find(session, pairing_id)
    assign(found, _verified({key: values.get(key, getattr(found, key)) for key in FIELDS}, today))
    session.flush()
    return found


def end(session: Session, pairing_id: int, on: date | None, today: date) -> int:
    """Ends a pairing; answers how many of its tasks are not closed. UserError for one that has ended."""
    found = find(session, pairing_id)
    if found.ended_on is not None:
        raise UserError(f"与“{found.partner}”的结对已经在 {found.ended_on} 结束。")
    if on is None:
        raise FieldError("ended_on", "请填写结束日期。")
    change(session, pairing_id, {"ended_on": on}, today)
    return sum(each.done_on is None for each in tasks_of(session, pairing_id))


def remove(session: Session, pairing_id: int) -> None:
    """Removes a pairing entered by mistake; UserError while it has tasks or services are entered for it."""
    found = find(session, pairing_id)
    if tasks_of(session, found.id) or services_of(session, found.id):
        raise UserError(f"与“{found.partner}”的结对已有任务或服务记录，请填写结束日期，不要删除。")
    session.delete(found)
    session.flush()


def tasks_of(session: Session, pairing_id: int) -> Sequence[PairingTask]:
    """The tasks of a pairing in order of entry."""
    chosen = select(PairingTask).where(PairingTask.pairing_id == pairing_id)
    return session.scalars(chosen.order_by(PairingTask.id)).all()


def add_task(session: Session, pairing_id: int, values: Mapping[str, Any], today: date) -> PairingTask:
    """Gives a pairing a task; FieldError where it says too little or is closed without a result."""
    pairing = find(session, pairing_id)
    given = {key: values.get(key) for key in TASK_FIELDS}
    added = PairingTask(pairing_id=pairing.id, **_verified_task(given, pairing, today))
    session.add(added)
    session.flush()
    return added


def change_task(session: Session, task_id: int, values: Mapping[str, Any], today: date) -> PairingTask:
    """Changes what is given of a task, as the day on which it was closed; FieldError as for a new one."""
    found = numbered(session, PairingTask, task_id, "结对任务")
    given = {key: values.get(key, getattr(found, key)) for key in TASK_FIELDS}
    assign(found, _verified_task(given, find(session, found.pairing_id), today))
    session.flush()
    return found


def close_task(session: Session, task_id: int, values: Mapping[str, Any], today: date) -> PairingTask:
    """Closes a task (销号) with its result and day; UserError for one that is closed."""
    found = numbered(session, PairingTask, task_id, "结对任务")
    if found.done_on is not None:
        raise UserError(f"这项任务已经在 {found.done_on} 销号。")
    return change_task(session, task_id, values, today)


def remove_task(session: Session, task_id: int) -> None:
    """Removes a task entered by mistake."""
    session.delete(numbered(session, PairingTask, task_id, "结对任务"))
    session.flush()


def _verified(given: dict[str, Any], today: date) -> dict[str, Any]:
    given |= {key: tidy(given[key]) or None for key in given if key not in _DAYS}
    if not given["partner"]:
        raise FieldError("partner", "请填写结对对象。")
    given["since"] = given["since"] or given["agreed_on"]
    if given["since"] is None:
        raise FieldError("since", "请填写结对开始的日期。")
    for key, what in (("until", "到期"), ("ended_on", "结束")):
        if given[key] is not None and given[key] < given["since"]:
            raise FieldError(key, f"{what}日期 {given[key]} 早于开始日期 {given['since']}。")
    for key, what in (("agreed_on", "签订"), ("ended_on", "结束")):
        if given[key] is not None and given[key] > today:
            raise FieldError(key, f"{what}日期 {given[key]} 还没有到，请到那一天再登记。")
    return given | {"sort": given["sort"] or JOINT}


def _verified_task(given: dict[str, Any], pairing: Pairing, today: date) -> dict[str, Any]:
    given |= {key: tidy(given[key]) or None for key in given if key not in _TASK_VALUES}
    if not given["task"]:
        raise FieldError("task", "请填写任务。")
    for key in ("planned", "spent"):
        if given[key] is not None and given[key] < _NOTHING:
            raise FieldError(key, "金额不能小于 0。")
    done_on = given["done_on"]
    if done_on is None:
        return given
    if done_on > today:
        raise FieldError("done_on", f"{done_on} 还没有到，办完再销号。")
    if done_on < pairing.since:
        raise FieldError("done_on", f"销号日期 {done_on} 早于结对开始日期 {pairing.since}。")
    if not given["result"]:
        raise FieldError("result", "销号以前请写明成效。")
    return given
