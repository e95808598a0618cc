"""F27, the monthly reminder slip (党建工作提醒单), upright: the tasks, and what the branch answers."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, name
from exporters.paper import A4, MM, Paper
from models.ledgers.life.reminder_slips import ReminderSlipRecord, ReminderTask
from models.records.life.reminder_slips import OPEN, STATES

TITLE = "党建工作提醒单"
_LEFT, _RIGHT = 22 * MM, 20 * MM
_HEAD, _ROW = 10 * MM, 21 * MM
_BLANK_ROWS, _A_PAGE = 8, 8
_COLUMNS = (
    (1.1, "序号"),
    (3.2, "重点任务"),
    (5, "具体要求"),
    (2.4, "完成时限"),
    (2, "责任人"),
    (4.3, "落实情况\n（支部反馈）"),
)
_ASKED = "　　请对照落实，逐项填写落实情况，于月底前由支部书记签字后报回。"


def draw(records: Sequence[ReminderSlipRecord], path: Path) -> frozenset[str]:
    """Writes each slip on as many pages as its tasks take; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_slip(paper, record)
    return paper.save(path)


def _draw_slip(paper: Paper, record: ReminderSlipRecord) -> None:
    tasks: Sequence[ReminderTask | None] = record.tasks or (None,) * _BLANK_ROWS
    parts = [tasks[start : start + _A_PAGE] for start in range(0, len(tasks), _A_PAGE)]
    for number, part in enumerate(parts, start=1):
        y = _draw_head(paper, record)
        y = _draw_tasks(paper, y, part, (number - 1) * _A_PAGE)
        if number == len(parts):
            _draw_foot(paper, y, record)
        paper.foot(words.said(record.issuer), number, len(parts), _LEFT, paper.height - 10 * MM)
        paper.end_page()


def _draw_head(paper: Paper, record: ReminderSlipRecord) -> float:
    right = paper.width - _RIGHT
    paper.text(paper.width / 2, 30 * MM, TITLE, 22, "serif bold", "centre", spread=0.15)
    month = record.month.chinese if record.month is not None else "　　　年　　月"
    paper.text(paper.width / 2, 38.5 * MM, f"（{month}）", 12, align="centre")
    paper.text(right, 47 * MM, f"编号：{record.number or '　　　　　　　'}", 10.5, align="right")
    paper.text(_LEFT, 47 * MM, f"{record.addressee or '　　　　　　　　　　'}：", 12)
    paper.text(_LEFT, 55 * MM, _ASKED, 11)
    return 59 * MM


def _draw_tasks(paper: Paper, y: float, tasks: Sequence[ReminderTask | None], before: int) -> float:
    width = paper.width - _LEFT - _RIGHT
    heading = [Box(share, title, style="sans", size=10.5) for share, title in _COLUMNS]
    y = draw_row(paper, _LEFT, y, width, _HEAD, heading)
    for number, task in enumerate(tasks, start=before + 1):
        y = draw_row(paper, _LEFT, y, width, _ROW, _boxes(number, task))
    return y


def _boxes(number: int, task: ReminderTask | None) -> list[Box]:
    shares = [share for share, _ in _COLUMNS]
    if task is None:
        said = (str(number), "", "", "", "", _answer(None))
    else:
        said = (
            str(number),
            task.task,
            words.said(task.requirement),
            _day(task.due_on),
            words.said(task.responsible),
            _answer(task),
        )
    boxes = [
        Box(share, text, "left" if place in (1, 2, 5) else "centre", size=10)
        for place, (share, text) in enumerate(zip(shares, said, strict=True))
    ]
    boxes[4] = name(shares[4], said[4], 10)
    return boxes


def _answer(task: ReminderTask | None) -> str:
    """The three states to tick, ticked and told where the branch has answered."""
    state = task.state if task is not None and (task.feedback or task.state != OPEN) else None
    marks = "　".join(f"{'☑' if each == state else '□'}{each}" for each in reversed(STATES))
    return f"{marks}\n{task.feedback}" if task is not None and task.feedback else marks


def _day(value: date | None) -> str:
    return f"{value.month}月{value.day}日" if value is not None else ""


def _draw_foot(paper: Paper, y: float, record: ReminderSlipRecord) -> None:
    right = paper.width - _RIGHT
    signer = f"签发人：{record.signer or '　　　　　　'}"
    paper.apart(y + 11 * MM, _LEFT, right, (signer, "支部书记（签字）：　　　　　　"), 11)
    issuer = f"{record.issuer}（章）" if record.issuer else "　　　　　　党总支（章）"
    paper.text(right - 8 * MM, y + 22 * MM, issuer, 11, align="right")
    paper.text(right - 8 * MM, y + 29 * MM, words.day(record.issued_on), 11, align="right")
