"""F06, the public notice of a collection: names, and paid or not paid, and nothing that tells a member's pay."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.paper import A4, MM, Paper
from models.ledgers.dues.papers import NoticeRecord

TITLE = "党费收缴情况公示"
_LEFT, _RIGHT = 28 * MM, 26 * MM
_TITLE_BASE, _TEXT_TOP, _LATER_TOP = 46 * MM, 56 * MM, 30 * MM
_HEADING, _BODY, _LEADING = 22.0, 15.0, 1.8
_ROW, _LOWEST_ROW = 8 * MM, 6.2 * MM
_CLOSING = 54 * MM
_FOOT = 25 * MM
_BLANK_NAMES = 30
_KEPT = 2
_SLACK = 1e-6
_PAID = {True: "已交", False: "未交"}

Name = tuple[str, str]


def draw(records: Sequence[NoticeRecord], path: Path) -> frozenset[str]:
    """Writes the notices, each on as many pages as its names take; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_notice(paper, record)
    return paper.save(path)


def _draw_notice(paper: Paper, record: NoticeRecord) -> None:
    width = paper.width - _LEFT - _RIGHT
    heading = f"{words.said(record.unit)}{TITLE}"
    if record.unit and paper.lettering("serif bold").width(heading, _HEADING) > width:
        heading = f"{record.unit}\n{TITLE}"
    paper.box(_LEFT, _TITLE_BASE - 40, width, 64, heading, _HEADING, "serif bold", pad=0)
    y = paper.paragraph(_LEFT, _TEXT_TOP, width, _opening(record), _BODY, leading=_LEADING, indent=2) + 4 * MM
    names = [(who, _PAID[paid]) for who, paid in record.names] or [("", "")] * _BLANK_NAMES
    room = paper.height - _FOOT - y
    height = _row_height(len(names), room)
    pages = _by_page(names, height, room, paper.height - _FOOT - _LATER_TOP)
    counted = 0
    for number, page in enumerate(pages, start=1):
        y = _draw_names(paper, y, width, height, page, counted if record.names else None)
        counted += len(page)
        if number == len(pages):
            _draw_closing(paper, y + 6 * MM, width, record)
        paper.foot("公示", number, len(pages), _LEFT, paper.height - 15 * MM)
        paper.end_page()
        y = _LATER_TOP


def _opening(record: NoticeRecord) -> str:
    period = record.period or "　　　　年　　月"
    paid = sum(each for _, each in record.names)
    due = len(record.names)
    figures = (due, paid, due - paid) if record.names else ("　　",) * 3
    return (
        f"按照党费收缴管理的有关规定，现将{period}党费收缴情况予以公示：应交党费{figures[0]}人，"
        f"已交{figures[1]}人，未交{figures[2]}人。"
    )


def _row_height(names: int, room: float) -> float:
    """Somewhat lower rows where that keeps the notice on one page."""
    fitting = (room - _CLOSING) / (-(-names // 2) + 1)
    return min(fitting, _ROW) if fitting >= _LOWEST_ROW else _ROW


def _by_page(names: Sequence[Name], height: float, first: float, later: float) -> list[Sequence[Name]]:
    """The names of each page, two side by side, so that some of them stand with the closing words."""
    pages: list[Sequence[Name]] = []
    room = first
    while len(names) > 2 * int((room - _CLOSING) / height + _SLACK - 1):
        held = min(2 * int(room / height - 1), len(names) - _KEPT)
        pages.append(names[:held])
        names, room = names[held:], later
    return [*pages, names]


def _draw_names(
    paper: Paper, y: float, width: float, height: float, names: Sequence[Name], counted: int | None
) -> float:
    """A table of names running down its left half, then its right; numbered on from `counted`, or not at all."""
    y = draw_row(paper, _LEFT, y, width, height, [label(2, "序号"), label(5, "姓名"), label(4, "交纳情况")] * 2)
    half = -(-len(names) // 2)
    for row in range(half):
        boxes = []
        for place in (row, row + half):
            who, state = names[place] if place < len(names) else ("", "")
            number = str(counted + place + 1) if who and counted is not None else ""
            boxes += [Box(2, number, size=12), name(5, who, size=12), Box(4, state, size=12)]
        y = draw_row(paper, _LEFT, y, width, height, boxes)
    return y


def _draw_closing(paper: Paper, y: float, width: float, record: NoticeRecord) -> None:
    said = (
        f"公示时间：{words.day(record.shown_from)}至{words.day(record.shown_until)}。\n"
        f"监督电话：{words.said(record.telephone)}"
    )
    y = paper.paragraph(_LEFT, y, width, said, 12, leading=_LEADING)
    right = paper.width - _RIGHT - 4 * _BODY
    paper.text(right, y + 34, f"{words.said(record.unit)}（章）", 12, align="right")
    paper.text(right, y + 58, words.day(record.posted_on), 12, align="right")
