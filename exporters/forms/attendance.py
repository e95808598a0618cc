"""F23 考勤表: a year of meetings across, the members down, on as many wide pages as the meetings take."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, name
from exporters.paper import A4_LANDSCAPE, MM, Paper
from models.ledgers.life.attendance_sheet import AttendanceRecord, Line, Meeting

TITLE = "党员考勤表"
_SIDE = 12 * MM
_TOP, _BOTTOM = 33 * MM, 188 * MM
_HEAD, _ROW, _LOWEST_ROW = 21 * MM, 7 * MM, 5.8 * MM
_SIGN, _WIDEST_SIGN, _FEWEST = 7 * MM, 12.5 * MM, 14
_NUMBER, _NAME = 8 * MM, 19 * MM
_TOTALS = (("应到", 9 * MM), ("实到", 9 * MM), ("请假", 9 * MM), ("缺席", 9 * MM), ("出勤率", 13 * MM),
           ("补学", 9 * MM), ("备注", 20 * MM))  # fmt: skip
_BLANK_ROWS = 18
Each = TypeVar("Each")
_KEY = "√出席　△请假　○公出　×缺席　补：已补学。请假栏含公出；缺席三次以上的在备注里写明。"


def draw(records: Sequence[AttendanceRecord], path: Path) -> frozenset[str]:
    """Writes the sheet of each branch; answers the characters that no font has."""
    paper = Paper(A4_LANDSCAPE, TITLE)
    for record in records:
        draw_on(paper, record)
    return paper.save(path)


def draw_on(paper: Paper, record: AttendanceRecord) -> None:
    """Draws one sheet on pages of its own: the meetings in groups, the totals behind the last of them."""
    paper.turn(A4_LANDSCAPE)
    members = _parted(record.lines or [None] * _BLANK_ROWS, int(_room() / _LOWEST_ROW))
    meetings = _by_page(paper, record.meetings)
    count = len(members) * len(meetings)
    before = number = 0
    for people in members:
        for part, held in enumerate(meetings, start=1):
            number += 1
            _draw_page(paper, record, held, people, before, with_totals=part == len(meetings))
            if number == count:
                signed = ("支部书记：　　　　", "组织委员：　　　　", f"填表人：{words.said(record.maker)}",
                          f"填表日期：{words.day(record.made_on)}")  # fmt: skip
                paper.apart(_BOTTOM + 8 * MM, _SIDE, paper.width - _SIDE, signed, 10)
            paper.foot("内部资料", number, count, _SIDE, paper.height - 8 * MM)
            paper.end_page()
        before += len(people)


def _room() -> float:
    return _BOTTOM - _TOP - _HEAD


def _parted(found: Sequence[Each], most: int) -> list[Sequence[Each]]:
    """So few parts that none has more than `most`, and each has about as many."""
    parts = max(1, -(-len(found) // most))
    edges = [round(len(found) * part / parts) for part in range(parts + 1)]
    return [found[start:stop] for start, stop in pairwise(edges)]


def _by_page(paper: Paper, meetings: Sequence[Meeting]) -> list[Sequence[Meeting | None]]:
    """The meetings of each page, as many on each so that the last has room for the totals; blank ones where few."""
    room = paper.width - 2 * _SIDE - _NUMBER - _NAME - _totals_width()
    shown: list[Meeting | None] = [*meetings, *[None] * (_FEWEST - len(meetings))]
    return _parted(shown, int(room / _SIGN))


def _totals_width() -> float:
    return sum(width for _, width in _TOTALS)


def _draw_page(
    paper: Paper,
    record: AttendanceRecord,
    meetings: Sequence[Meeting | None],
    people: Sequence[Line | None],
    before: int,
    with_totals: bool,
) -> None:
    year = f"{record.year}年" if record.year else "　　　　年"
    paper.text(paper.width / 2, 20 * MM, f"{year}{TITLE}", 18, "serif bold", "centre", 0.1)
    paper.text(_SIDE, 30 * MM, f"党组织：{words.said(record.unit)}", 10)
    paper.text(paper.width - _SIDE, 30 * MM, _KEY, 8.5, align="right")
    totals = _TOTALS if with_totals else ()
    room = paper.width - 2 * _SIDE - _NUMBER - _NAME - (_totals_width() if with_totals else 0)
    wide = min(room / len(meetings), _WIDEST_SIGN)
    heads = [Box(_NUMBER, "序号", size=9, pad=1), Box(_NAME, "姓名", size=10)]
    heads += [Box(wide, _heading(each), size=8, pad=0.5) for each in meetings]
    heads += [Box(width, title, size=9, pad=1) for title, width in totals]
    width = sum(box.share for box in heads)
    y = draw_row(paper, _SIDE, _TOP, width, _HEAD, heads)
    height = min(_ROW, _room() / len(people))
    for place, line in enumerate(people, start=before + 1):
        boxes = [Box(_NUMBER, str(place), size=9, pad=1), name(_NAME, line.name if line else "", 10)]
        boxes += [Box(wide, _sign(line, each), size=9, pad=0.5) for each in meetings]
        if with_totals:
            texts = zip(_summed(line), _TOTALS, strict=True)
            boxes += [Box(width, text, size=9, pad=1) for text, (_, width) in texts]
        y = draw_row(paper, _SIDE, y, width, height, boxes)


def _heading(meeting: Meeting | None) -> str:
    """The day over the name, one character under the other."""
    if meeting is None:
        return ""
    return "\n".join((f"{meeting.day.month}.{meeting.day.day}", *meeting.short))


def _sign(line: Line | None, meeting: Meeting | None) -> str:
    return line.signs.get(meeting.id, "") if line is not None and meeting is not None else ""


def _summed(line: Line | None) -> list[str]:
    if line is None:
        return [""] * len(_TOTALS)
    rate = f"{line.rate * 100:.1f}%" if line.rate is not None else ""
    numbers = (line.entitled, line.present, line.leave, line.absent)
    return [*map(str, numbers), rate, str(line.made_up or ""), words.said(line.remark)]
