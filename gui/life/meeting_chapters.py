"""What the ledgers of meetings show, and what can be done in them: open a record, print it, bind a year."""

from collections.abc import Sequence
from typing import Any

from gui.ledgers.chapter_page import Chapter, RowDeed
from gui.life.minutes_papers import preview_work_book
from gui.page import Page
from gui.papers.paper_files import preview_paper
from models.ledgers.life.attendance_sheet import LIFE_ATTENDANCE
from models.ledgers.life.meetings import (
    LIFE_COMMITTEE_MEETINGS,
    LIFE_GENERAL_MEETINGS,
    LIFE_GROUP_MEETINGS,
    LIFE_LECTURES,
    LIFE_LIFE_MEETINGS,
    LIFE_MEETINGS,
    LIFE_THEME_DAYS,
)

_MINUTES = "life_minutes"


def _open(page: Page, row: Any) -> None:
    page.go("life", ("records", row.id))


def _print(page: Page, rows: Sequence[Any]) -> None:
    """The records that are chosen, each on its paper."""
    preview_paper(page, _MINUTES, page.view_shown(), {row.id for row in rows})


def _bind(page: Page, _rows: Sequence[Any]) -> None:
    """The work book of the year and the branch that are looked at."""
    preview_work_book(page, page.view_shown())


_OPEN = ("打开记录", _open)
_DEEDS = (RowDeed("打印选中的", _print, needs_rows=True),)
_BIND = RowDeed("工作手册", _bind)
MEETINGS = (
    Chapter(
        LIFE_MEETINGS.name, "会议台账", "F20　各种会议、活动，可导入", LIFE_MEETINGS,
        change=_OPEN, more=(*_DEEDS, _BIND),
    ),
    Chapter(
        LIFE_GENERAL_MEETINGS.name, "支部党员大会", "F20　打印就是每次的记录", LIFE_GENERAL_MEETINGS,
        change=_OPEN, more=_DEEDS,
    ),
    Chapter(
        LIFE_COMMITTEE_MEETINGS.name, "支部委员会", "F20　打印就是每次的记录", LIFE_COMMITTEE_MEETINGS,
        change=_OPEN, more=_DEEDS,
    ),
    Chapter(
        LIFE_GROUP_MEETINGS.name, "党小组会", "F20　打印就是每次的记录", LIFE_GROUP_MEETINGS,
        change=_OPEN, more=_DEEDS,
    ),
    Chapter(
        LIFE_LECTURES.name, "党课", "F21　授课人、课题、学时", LIFE_LECTURES, change=_OPEN, more=_DEEDS,
    ),
    Chapter(
        LIFE_THEME_DAYS.name, "主题党日", "F22　照片附在后面", LIFE_THEME_DAYS, change=_OPEN, more=_DEEDS,
    ),
    Chapter(
        LIFE_LIFE_MEETINGS.name, "组织生活会", "F20　打印就是每次的记录", LIFE_LIFE_MEETINGS,
        change=_OPEN, more=_DEEDS,
    ),
    Chapter(
        LIFE_ATTENDANCE.name, "考勤", "F23　全年出席、请假、缺席", LIFE_ATTENDANCE, more=(_BIND,),
    ),
)  # fmt: skip
