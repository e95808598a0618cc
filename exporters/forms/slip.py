"""F05, the internal slip for dues received: four to a sheet of A4, cut apart by hand."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label
from exporters.paper import A4, HAIR, MM, Paper
from models.kinds import Align
from models.ledgers.dues.papers import SlipRecord

TITLE = "党费交纳凭条"
_TO_A_PAGE = 4
_SIDE = 20 * MM
_TOP = 9 * MM
_ROW = 10 * MM
_GRID = 12 * MM  # from the title down
_ADVICE = "本凭条供支部内部核对使用，不是正式收据；正式收据由上级党组织开具。"


def draw(records: Sequence[SlipRecord], path: Path) -> frozenset[str]:
    """Writes the slips, a sheet of blank ones for the blank record; answers the characters that no font has."""
    if list(records) == [SlipRecord()]:
        records = [SlipRecord()] * _TO_A_PAGE
    paper = Paper(A4, TITLE)
    height = paper.height / _TO_A_PAGE
    tops = [place * height for place in range(_TO_A_PAGE)]
    # What is the same on every slip is set once for each place of the sheet.
    frames = [paper.recorded(partial(_draw_frame, paper, top)) for top in tops]
    cuts = paper.recorded(partial(_draw_cuts, paper, tops[1:]))
    for start in range(0, len(records), _TO_A_PAGE):
        for top, frame, record in zip(tops, frames, records[start : start + _TO_A_PAGE], strict=False):
            paper.put(frame)
            _draw_words(paper, top, record)
        paper.put(cuts)
        paper.end_page()
    return paper.save(path)


def _draw_cuts(paper: Paper, tops: Sequence[float]) -> None:
    for top in tops:
        paper.dashes(8 * MM, top, paper.width - 8 * MM, top)


def _draw_frame(paper: Paper, top: float) -> None:
    """The rules and the names of the boxes."""
    width, right = paper.width - 2 * _SIDE, paper.width - _SIDE
    y = top + _TOP
    paper.frame(_SIDE, y, 52, 17, HAIR)
    paper.box(_SIDE, y, 52, 17, "内部凭条", 9, pad=2)
    paper.text(paper.width / 2, y + 17, TITLE, 16, "serif bold", "centre", spread=0.25)
    y += _GRID
    for boxes in (
        [label(3, "交款人"), Box(7, ""), label(3, "所属期"), Box(7, "")],
        [label(3, "金额（大写）"), Box(11.5, ""), Box(5.5, "")],
        [label(3, "交纳方式"), Box(7, ""), label(3, "交款日期"), Box(7, "")],
    ):
        y = draw_row(paper, _SIDE, y, width, _ROW, boxes)
    paper.box(right - 28 * MM, y + 4, 28 * MM, 22, "交款人：", 10, align="left", pad=0)
    paper.text(_SIDE, y + 40, _ADVICE, 8)


def _draw_words(paper: Paper, top: float, record: SlipRecord) -> None:
    """What the slip says, each in its box of the frame."""
    width, right = paper.width - 2 * _SIDE, paper.width - _SIDE
    paper.text(right, top + _TOP + 14, f"编号：{record.number or '　　　　　　'}", 10, align="right")
    unit = width / 20
    first, second, wide = _SIDE + 3 * unit, _SIDE + 13 * unit, 7 * unit
    y = top + _TOP + _GRID
    payer = words.said(record.payer)
    paper.box(first, y, wide, _ROW, payer, 10.5, pad=5, spread=1 if len(payer) == 2 else 0)
    paper.box(second, y, wide, _ROW, words.said(record.covers), 10.5, pad=5)
    y += _ROW
    paper.box(first, y, 11.5 * unit, _ROW, words.in_capitals(record.amount), 10.5, align="left", pad=5)
    align: Align = "centre" if record.amount is not None else "left"
    paper.box(_SIDE + 14.5 * unit, y, 5.5 * unit, _ROW, words.yuan(record.amount), 10.5, align=align, pad=5)
    y += _ROW
    paper.box(first, y, wide, _ROW, words.said(record.method), 10.5, pad=5)
    paper.box(second, y, wide, _ROW, words.day(record.paid_on), 10.5, pad=5)
    y += _ROW + 4
    paper.box(_SIDE, y, width - 66 * MM, 22, f"收款单位（章）：{words.said(record.unit)}", 10, align="left", pad=0)
    paper.box(right - 64 * MM, y, 36 * MM, 22, f"收款人：{words.said(record.receiver)}", 10, align="left", pad=0)
