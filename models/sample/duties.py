"""The duties of the invented branches: what they switched on, what they excused, and the slips of the last months."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from models import settings
from models.records.life import obligations, reminder_slips
from models.records.life.reminder_slips import DONE, OPEN, UNDER_WAY
from models.records.members import organisation
from models.rules.obligations import MONTH, stretch_of
from models.rules.periods import Month

Doing = Callable[[str, Callable[[Session], Any]], None]
_SIGNER = "张红卫"
_DROPPED = -3  # months from now: the theme day that the second branch put off
_WHY = "当周局里统一安排全员值守，经总支同意并入下月主题党日"
_THIS_YEAR = ("six_contest", "six_life_meeting", "six_duty_report", "six_pledge", "party_lecture")
_FROM_NEXT_MONTH = ("six_micro_lecture", "six_study")
_STANDING = (
    ("收缴党费", "23 日党费日，按核定足额收缴，当日登记", 23, "组织委员"),
    ("召开支部委员会", "研究支部工作，记录要有发言要点和议定事项", 15, "支部书记"),
    ("开展主题党日", "按年度计划确定的主题，会后三日内上传平台", 25, "支部书记"),
)
# By months from now: what the month asked besides.
_OF_THE_MONTH: Mapping[int, tuple[tuple[str, str, int, str], ...]] = {
    -2: (("召开第三季度支部党员大会", "通报上半年整改事项完成情况", 28, "支部书记"),),
    -1: (("核对党员名册", "核对联系电话、党内职务，有变动的报总支", 20, "组织委员"),),
    0: (
        ("筹备组织生活会", "征求意见，列出问题清单，12 月中旬前报方案", 28, "支部书记"),
        ("签订党建工作责任书", "支部书记签字后报总支存档", 30, "支部书记"),
    ),
}
_ANSWERS = {
    "收缴党费": "当日收缴，未交的已逐人提醒",
    "召开支部委员会": "已召开，记录已定稿",
    "开展主题党日": "已开展，照片和记录已上传",
    "召开第三季度支部党员大会": "已召开，整改事项已通报",
    "核对党员名册": "已核对，更正电话 3 处",
}


def add(doing: Doing, today: date) -> None:
    """Adds duties, an excuse and three months of slips to the sample."""
    doing("核对规定动作", lambda session: _switch(session, today))
    doing("说明没有开展的原因", lambda session: _excuse(session, today))
    for back in (-2, -1, 0):
        doing("印发提醒单", partial(_issue, today=today, back=back))


def _switch(session: Session, today: date) -> None:
    first = Month(today.year, 1).first_day
    settings.change(session, theme_day=16, study_day=10, life_since=str(Month.of(today) + -11))
    for key in _THIS_YEAR:
        obligations.save(session, key, {"on": True, "since": first})
    for key in _FROM_NEXT_MONTH:
        obligations.save(session, key, {"on": True, "since": (Month.of(today) + 1).first_day})
    obligations.save(session, "study_day", {"on": True, "since": first, "owed_by": "root"})
    obligations.save(session, "reminder_slip", {"on": True, "since": (Month.of(today) + -2).first_day})


def _excuse(session: Session, today: date) -> None:
    second = organisation.branches(session)[1]
    stretch = stretch_of(MONTH, (Month.of(today) + _DROPPED).first_day)
    obligations.excuse(session, "theme_day", second.id, stretch, _WHY, today)


def _issue(session: Session, today: date, back: int) -> None:
    month = Month.of(today) + back
    for place, branch in enumerate(organisation.branches(session)):
        tasks = [_task(month, each, place, today) for each in (*_STANDING, *_OF_THE_MONTH[back])]
        head = {"issued_on": min(month.first_day.replace(day=2), today), "signer": _SIGNER}
        reminder_slips.issue(session, month, branch.id, head, tasks)


def _task(month: Month, asked: tuple[str, str, int, str], place: int, today: date) -> Mapping[str, Any]:
    """A task with its answer: what was due by now is done, but for one thing that the third branch left undone."""
    task, requirement, day, responsible = asked
    due_on = month.first_day.replace(day=min(day, month.last_day.day))
    values = {"task": task, "requirement": requirement, "due_on": due_on, "responsible": responsible}
    if due_on > today:
        state = UNDER_WAY if task.startswith(("收缴", "筹备")) and place < 2 else OPEN
        return values | {"state": state}
    if place == 2 and task == "开展主题党日" and month == Month.of(today) + -1:
        return values | {"state": OPEN}
    return values | {"state": DONE, "feedback": _ANSWERS.get(task), "done_on": due_on}
