"""Lists of problems to be put right (整改台账、问题清单……): each is closed (销号) on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError
from models.kinds import tidy
from models.records.life import activities

RECTIFICATION = "整改台账"
LISTS = ("问题清单", "任务清单", "责任清单")
FIELDS = ("list_name", "problem", "evidence", "measures", "owner", "due_on", "progress", "closed_on", "remark")
_TEXTS = tuple(key for key in FIELDS if not key.endswith("_on"))


class Problem(Record):
    """One entry of a list; `evidence` says how the problem shows (表现)."""

    __tablename__ = "problems"

    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    list_name: Mapped[str] = mapped_column(index=True)
    problem: Mapped[str]
    evidence: Mapped[str | None]
    measures: Mapped[str | None]
    owner: Mapped[str | None]
    found_on: Mapped[date]
    due_on: Mapped[date | None]
    progress: Mapped[str | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    remark: Mapped[str | None]


def add(
    session: Session,
    values: Mapping[str, Any],
    today: date,
    activity_id: int | None = None,
    branch_id: int | None = None,
) -> Problem:
    """Puts a problem on a list; one of an activity belongs to its branch and was found on its day.

    FieldError where it says too little, or is closed before it was found.
    """
    found_on = values.get("found_on") or today
    if activity_id is not None:
        activity = activities.find(session, activity_id)
        branch_id, found_on = activity.branch_id, activity.held_on or found_on
    added = Problem(
        activity_id=activity_id, branch_id=branch_id, found_on=found_on, **_verified(values, found_on, today)
    )
    session.add(added)
    session.flush()
    return added


def change(session: Session, problem_id: int, values: Mapping[str, Any], today: date) -> Problem:
    """Changes what is given of an entry, as the day on which it was closed."""
    found = numbered(session, Problem, problem_id, "清单条目")
    found_on = values.get("found_on") or found.found_on
    given = {key: getattr(found, key) for key in FIELDS} | {key: values[key] for key in FIELDS if key in values}
    assign(found, _verified(given, found_on, today) | {"found_on": found_on})
    session.flush()
    return found


def close(session: Session, problem_id: int, day: date, today: date) -> Problem:
    """Closes an entry (销号); FieldError where nothing is said of how it was put right."""
    found = numbered(session, Problem, problem_id, "清单条目")
    if found.closed_on is not None:
        raise FieldError("closed_on", f"这一条已经在 {found.closed_on} 销号。")
    return change(session, problem_id, {"closed_on": day}, today)


def remove(session: Session, problem_id: int) -> None:
    """Removes an entry made by mistake."""
    session.delete(numbered(session, Problem, problem_id, "清单条目"))
    session.flush()


def of(session: Session, activity_id: int) -> Sequence[Problem]:
    """The entries that came from an activity, in order of entry."""
    chosen = select(Problem).where(Problem.activity_id == activity_id)
    return session.scalars(chosen.order_by(Problem.id)).all()


def _verified(values: Mapping[str, Any], found_on: date, today: date) -> dict[str, Any]:
    given = {key: values.get(key) for key in FIELDS}
    given |= {key: tidy(given[key]) or None for key in _TEXTS}
    given["list_name"] = given["list_name"] or RECTIFICATION
    if not given["problem"]:
        raise FieldError("problem", "请填写问题。")
    closed_on = given["closed_on"]
    if closed_on is None:
        return given
    if closed_on > today:
        raise FieldError("closed_on", f"{closed_on} 还没有到，整改到位后再销号。")
    if closed_on < found_on:
        raise FieldError("closed_on", f"销号日期 {closed_on} 早于列入日期 {found_on}。")
    if not given["progress"]:
        raise FieldError("progress", "销号以前请写明整改进展或结果。")
    return given
