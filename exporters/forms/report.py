"""F04 for a month, a quarter or a year: one copy upright, or two like copies side by side over a seam."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label
from exporters.forms.remittance import draw_seam
from exporters.paper import A4, A4_LANDSCAPE, MM, Paper
from models.ledgers.dues.money_papers import Heads, ReportRecord

TITLE = "党费收缴情况报表"
_COPIES = ("第一联　留存", "第二联　上报")
_OUTER, _INNER = 14 * MM, 11 * MM
_SIDE = 24 * MM
_ROW = 10.5 * MM


def draw_two(records: Sequence[ReportRecord], path: Path) -> frozenset[str]:
    """Writes a page with two copies for each report; answers the characters that no font has."""
    paper = Paper(A4_LANDSCAPE, TITLE)
    middle = paper.width / 2
    width = middle - _OUTER - _INNER
    for record in records:
        for left, copy in zip((_OUTER, middle + _INNER), _COPIES, strict=True):
            _draw_copy(paper, left, 22 * MM, width, copy, record)
        draw_seam(paper, middle)
        paper.end_page()
    return paper.save(path)


def draw_one(records: Sequence[ReportRecord], path: Path) -> frozenset[str]:
    """Writes a page with one copy for each report; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_copy(paper, _SIDE, 38 * MM, paper.width - 2 * _SIDE, "", record)
        paper.end_page()
    return paper.save(path)


def _draw_copy(paper: Paper, x: float, top: float, width: float, copy: str, record: ReportRecord) -> None:
    right = x + width
    paper.text(x + width / 2, top, TITLE, 18, "serif bold", "centre", spread=0.2)
    paper.text(x, top + 9 * MM, f"填报单位：{words.said(record.unit)}", 9.5)
    paper.text(right, top + 9 * MM, words.said(record.period), 9.5, align="right")
    y = top + 12 * MM
    heads = ("项目", "合计", "在职", "离退休", "学生", "其他")
    y = draw_row(paper, x, y, width, _ROW, [label(5 if not place else 2, text) for place, text in enumerate(heads)])
    for title, counted in (
        ("实有党员人数", record.members),
        ("按时交纳人数", record.in_time),
        ("延迟（未）交纳人数", record.late),
        ("补交往月人数", record.back_payers),
    ):
        y = draw_row(paper, x, y, width, _ROW, [label(5, title), *_heads(counted)])
    for boxes in _money(record):
        y = draw_row(paper, x, y, width, _ROW, boxes)
    half = width / 2
    for row, (first, second) in enumerate((
        ("报送单位（公章）", "接收单位（公章）"),
        (f"报送人签字：{words.said(record.maker)}", "接收人签字："),
        (f"报送日期：{words.day(record.reported_on)}", "接收日期：　　　　年　　月　　日"),
    )):  # fmt: skip
        line = y + 4 * MM + row * 8 * MM + (9 * MM if row else 0)
        paper.box(x, line, half, 20, first, 10, align="left", pad=0)
        paper.box(x + half, line, half, 20, second, 10, align="left", pad=0)
    paper.text(x, paper.height - 10 * MM, f"内部资料　单位：元　人　　{copy}", 8)


def _heads(counted: Heads | None) -> list[Box]:
    if counted is None:
        return [Box(2, "")] * 5
    numbers = (counted.total, counted.working, counted.retired, counted.students, counted.others)
    return [Box(2, str(number)) for number in numbers]


def _money(record: ReportRecord) -> list[list[Box]]:
    def pair(first: str, said: str, second: str, answered: str) -> list[Box]:
        return [label(3, first), Box(4.5, said), label(3, second), Box(4.5, answered)]

    return [
        pair("应交", words.yuan(record.due), "交本期", words.yuan(record.current)),
        pair("补交往月", words.yuan(record.back), "预交以后", words.yuan(record.advance)),
        pair("实交合计", words.yuan(record.paid), "已上缴", words.yuan(record.handed_up)),
        pair("留存", words.yuan(record.kept), "凭证号", words.said(record.voucher)),
        [label(3, "实交大写"), Box(12, words.in_capitals(record.paid), "left")],
    ]
