"""F27, the monthly reminder slips (党建工作提醒单) for the branches of an organisation, and what came of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.members.organisation import BRANCH, Organisation, root
from models.rules.periods import Month

OPEN, UNDER_WAY, DONE = "未落实", "正在落实", "已落实"
STATES = (OPEN, UNDER_WAY, DONE)
SLIP_FIELDS = ("number", "issued_on", "signer", "remark")
LINE_FIELDS = ("task", "requirement", "due_on", "responsible", "state", "feedback", "done_on")


class ReminderSlip(Record):
    """One slip for a month: from `issuer_id` to the branch `branch_id`; `number` as it stands on the paper."""

    __tablename__ = "reminder_slips"
    __table_args__ = (Index("uq_reminder_slips_month", "month", "branch_id", unique=True),)

    issuer_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    branch_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    month: Mapped[Month]
    number: Mapped[str]
    issued_on: Mapped[date]
    signer: Mapped[str | None]
    remark: Mapped[str | None]


class ReminderLine(Record):
    """A task of a slip and what the branch answered; `obligation` is the duty it comes from, None for a free line."""

    __tablename__ = "reminder_lines"

    slip_id: Mapped[int] = mapped_column(ForeignKey("reminder_slips.id"), index=True)
    place: Mapped[int]
    obligation: Mapped[str | None]
    task: Mapped[str]
    requirement: Mapped[str | None]
    due_on: Mapped[date | None]
    responsible: Mapped[str | None]
    state: Mapped[str]
    feedback: Mapped[str | None]
    done_on: Mapped[date | None]


def slip_of(session: Session, month: Month, branch_id: int) -> ReminderSlip | None:
    """The slip of a branch for a month, None where there is none."""
    chosen = select(ReminderSlip).where(ReminderSlip.month == month, ReminderSlip.branch_id == branch_id)
    return session.scalars(chosen).first()


def lines(session: Session, slip_id: int) -> Sequence[ReminderLine]:
    """The tasks of a slip in order."""
    chosen = select(ReminderLine).where(ReminderLine.slip_id == slip_id)
    return session.scalars(chosen.order_by(ReminderLine.place, ReminderLine.id)).all()


def usual_number(session: Session, month: Month) -> str:
    """The number behind the highest of a month: 2026-11-02 for the second slip of November."""
    known = session.scalars(select(ReminderSlip.number).where(ReminderSlip.month == month))
    endings = [number.removeprefix(f"{month}-") for number in known]
    return f"{month}-{max((int(each) for each in endings if each.isdecimal()), default=0) + 1:02d}"


def issue(
    session: Session, month: Month, branch_id: int, values: Mapping[str, Any], tasks: Sequence[Mapping[str, Any]]
) -> ReminderSlip:
    """Makes the slip of a branch for a month with its tasks; FieldError where there is one, or nothing is asked."""
    branch = numbered(session, Organisation, branch_id, "党支部")
    issuer = root(session)
    if branch.kind != BRANCH or branch.id == issuer.id:
        raise FieldError("branch", "提醒单发给下级党支部；只有一个支部的数据文件不需要印发。")
    if slip_of(session, month, branch.id) is not None:
        raise FieldError("branch", f"{branch.name}{month.chinese}的提醒单已经有了，请直接修改。")
    given = {key: values.get(key) for key in SLIP_FIELDS}
    given["number"] = tidy(given["number"]) or usual_number(session, month)
    if given["issued_on"] is None:
        raise FieldError("issued_on", "请填写印发日期。")
    if not tasks:
        raise FieldError("task", "请至少写一项任务。")
    added = ReminderSlip(issuer_id=issuer.id, branch_id=branch.id, month=month, **given)
    session.add(added)
    session.flush()
    for each in tasks:
        add_line(session, added.id, each)
    return added


def change(session: Session, slip_id: int, values: Mapping[str, Any]) -> None:
    """Changes number, day, signer or remark of a slip."""
    found = numbered(session, ReminderSlip, slip_id, "提醒单")
    given = {key: values.get(key, getattr(found, key)) for key in SLIP_FIELDS}
    if not tidy(given["number"]):
        raise FieldError("number", "请填写提醒单编号。")
    if given["issued_on"] is None:
        raise FieldError("issued_on", "请填写印发日期。")
    for key, value in given.items():
        setattr(found, key, value)
    session.flush()


def add_line(session: Session, slip_id: int, values: Mapping[str, Any]) -> ReminderLine:
    """Adds a task at the end of a slip; FieldError without words or with a state that is none."""
    slip = numbered(session, ReminderSlip, slip_id, "提醒单")
    given = {key: values.get(key) for key in LINE_FIELDS}
    given["state"] = given["state"] or OPEN
    _check(given)
    last = session.scalar(select(func.max(ReminderLine.place)).where(ReminderLine.slip_id == slip.id)) or 0
    added = ReminderLine(slip_id=slip.id, place=last + 1, obligation=values.get("obligation"), **given)
    session.add(added)
    session.flush()
    return added


def change_line(session: Session, line_id: int, values: Mapping[str, Any]) -> None:
    """Changes what is given of a task, as the branch's answer; FieldError for what cannot be."""
    found = numbered(session, ReminderLine, line_id, "提醒事项")
    given = {key: values.get(key, getattr(found, key)) for key in LINE_FIELDS}
    _check(given)
    assign(found, given)
    session.flush()


def remove_line(session: Session, line_id: int) -> None:
    """Removes a task; UserError for the last of a slip, which is removed as a whole."""
    found = numbered(session, ReminderLine, line_id, "提醒事项")
    if len(lines(session, found.slip_id)) == 1:
        raise UserError("这是提醒单上最后一项；不要这张提醒单，请删除整张。")
    session.delete(found)
    session.flush()


def remove(session: Session, slip_id: int) -> None:
    """Removes a slip with its tasks."""
    found = numbered(session, ReminderSlip, slip_id, "提醒单")
    for each in lines(session, found.id):
        session.delete(each)
    session.flush()
    session.delete(found)
    session.flush()


def _check(given: dict[str, Any]) -> None:
    if not tidy(given["task"]):
        raise FieldError("task", "请填写重点任务。")
    if given["state"] not in STATES:
        raise FieldError("state", f"落实情况应为{'、'.join(STATES)}。")
    if given["state"] == DONE and not tidy(given["feedback"]) and given["done_on"] is None:
        raise FieldError("feedback", "已经落实的，请写明怎样落实，或写明落实日期。")
