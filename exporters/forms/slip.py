"""F05, the internal slip for dues received: four to a sheet of A4, cut apart by hand."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.paper import A4, HAIR, MM, Paper
from models.ledgers.papers import SlipRecord

TITLE = "党费交纳凭条"
_TO_A_PAGE = 4
_SIDE = 20 * MM
_TOP = 9 * MM
_ROW = 10 * MM
_ADVICE = "本凭条供支部内部核对使用，不是正式收据；正式收据由上级党组织开具。"


def draw(records: Sequence[SlipRecord], path: Path) -> frozenset[str]:
    """Writes the slips, a sheet of blank ones for the blank record; answers the characters that no font has."""
    if list(records) == [SlipRecord()]:
        records = [SlipRecord()] * _TO_A_PAGE
    paper = Paper(A4, TITLE)
    height = paper.height / _TO_A_PAGE
    for start in range(0, len(records), _TO_A_PAGE):
        for place, record in enumerate(records[start : start + _TO_A_PAGE]):
            _draw_slip(paper, place * height, record)
        for cut in range(1, _TO_A_PAGE):
            paper.dashes(8 * MM, cut * height, paper.width - 8 * MM, cut * height)
        paper.end_page()
    return paper.save(path)


def _draw_slip(paper: Paper, top: float, record: SlipRecord) -> None:
    width = paper.width - 2 * _SIDE
    right = paper.width - _SIDE
    y = top + _TOP
    paper.frame(_SIDE, y, 52, 17, HAIR)
    paper.box(_SIDE, y, 52, 17, "内部凭条", 9, "sans", pad=2)
    paper.text(paper.width / 2, y + 17, TITLE, 16, "serif bold", "centre", spread=0.25)
    paper.text(right, y + 14, f"编号：{record.number or '　　　　　　'}", 10, align="right")
    y += 12 * MM
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "交款人"), name(7, words.said(record.payer)),
        label(3, "所属期"), Box(7, words.said(record.covers)),
    ])  # fmt: skip
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "金额（大写）"), Box(11.5, words.in_capitals(record.amount), "left"),
        Box(5.5, words.yuan(record.amount), "centre" if record.amount is not None else "left"),
    ])  # fmt: skip
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "交纳方式"), Box(7, words.said(record.method)),
        label(3, "交款日期"), Box(7, words.day(record.paid_on)),
    ])  # fmt: skip
    paper.box(_SIDE, y + 4, width - 66 * MM, 22, f"收款单位（章）：{words.said(record.unit)}", 10, align="left", pad=0)
    paper.box(right - 64 * MM, y + 4, 36 * MM, 22, f"收款人：{words.said(record.receiver)}", 10, align="left", pad=0)
    paper.box(right - 28 * MM, y + 4, 28 * MM, 22, "交款人：", 10, align="left", pad=0)
    paper.text(_SIDE, y + 40, _ADVICE, 8)
