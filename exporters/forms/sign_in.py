"""F23 签到表: two blocks of names side by side, to be signed at the door."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.paper import A4, MM, Paper
from models.ledgers.life.sign_in import SignInRecord

TITLE = "签到表"
_SIDE = 20 * MM
_TITLE_BASE, _TOP, _LATER_TOP, _BOTTOM = 28 * MM, 38 * MM, 22 * MM, 272 * MM
_ROW, _HEAD, _LOWEST_ROW = 10 * MM, 9.5 * MM, 7 * MM
_SHARES = (1.3, 3, 4.4, 2)
_HEADS = ("序号", "姓名", "签名", "备注")
_FEWEST = 10  # lines, so that there is room for those who come uncalled


def draw(records: Sequence[SignInRecord], path: Path) -> frozenset[str]:
    """Writes each sheet on as many pages as its names take; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_sheet(paper, record)
    return paper.save(path)


def _draw_sheet(paper: Paper, record: SignInRecord) -> None:
    width = paper.width - 2 * _SIDE
    heading = f"{words.said(record.kind)}{TITLE}"
    paper.text(paper.width / 2, _TITLE_BASE, heading, 20, "serif bold", "centre", 0.2)
    y = _TOP
    for boxes in _head(record):
        y = draw_row(paper, _SIDE, y, width, _ROW, boxes)
    y += 3 * MM
    left = list(enumerate(record.names, start=1))
    pages, row = _by_page(len(left), y)
    for number, rows in enumerate(pages, start=1):
        held, left = left[: 2 * rows], left[2 * rows :]
        y = _draw_names(paper, y, width, row, rows, held)
        paper.foot("内部资料", number, len(pages), _SIDE, _BOTTOM + 5 * MM)
        paper.end_page()
        y = _LATER_TOP


def _head(record: SignInRecord) -> list[list[Box]]:
    day = words.day(record.day) if record.day else "　　　　年　　月　　日　　时"
    time = f"{day} {record.begins}" if record.begins else day
    called = f"{len(record.names)}人" if record.names else ""
    return [
        [label(2, "党组织"), Box(6, words.said(record.unit)), label(2, "应到"), Box(3, called)],
        [label(2, "时间"), Box(4.5, time), label(1.5, "地点"), Box(5, words.said(record.place))],
        [label(2, "主题"), Box(11, words.said(record.theme or record.name), "left")],
    ]


def _by_page(names: int, top: float) -> tuple[list[int], float]:
    """How many lines each page has, and how high they are: somewhat lower where that saves a page."""
    wanted = max(_FEWEST, -(-names // 2) + 1)
    room = _BOTTOM - top - _HEAD
    row = min(_ROW, max(_LOWEST_ROW, room / wanted))
    first, later = int(room / row), int((_BOTTOM - _LATER_TOP - _HEAD) / row)
    pages = [wanted if names and wanted < first else first]
    left = wanted - first
    while left > 0:
        pages.append(min(left, later))
        left -= later
    return pages, row


def _draw_names(
    paper: Paper, y: float, width: float, height: float, rows: int, names: Sequence[tuple[int, str]]
) -> float:
    """The names down the left block, then down the right; answers where the table ends."""
    heads = [label(share, text) for share, text in zip(_SHARES, _HEADS, strict=True)]
    y = draw_row(paper, _SIDE, y, width, _HEAD, heads * 2)
    half = min(rows, -(-len(names) // 2))
    for line in range(rows):
        boxes: list[Box] = []
        for place in (line, line + half):
            mine = line < half and place < len(names)
            number, who = names[place] if mine else (None, "")
            boxes += [
                Box(_SHARES[0], str(number or "")),
                name(_SHARES[1], who, 12),
                Box(_SHARES[2], ""),
                Box(_SHARES[3], ""),
            ]
        y = draw_row(paper, _SIDE, y, width, height, boxes)
    return y
