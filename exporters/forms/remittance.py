"""F04 for one remittance: two like copies side by side on A4, the seal set across the seam between them."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label
from exporters.paper import A4_LANDSCAPE, MM, Paper
from models.ledgers.dues.papers import RemittanceRecord

TITLE = "党费上缴单"
_COPIES = ("第一联　留存", "第二联　上报")
_SEAM = "骑缝章"
_OUTER, _INNER = 14 * MM, 11 * MM
_ROW = 12.5 * MM


def draw(records: Sequence[RemittanceRecord], path: Path) -> frozenset[str]:
    """Writes a page for each remittance; answers the characters that no font has."""
    paper = Paper(A4_LANDSCAPE, TITLE)
    middle = paper.width / 2
    for record in records:
        width = middle - _OUTER - _INNER
        for left, copy in zip((_OUTER, middle + _INNER), _COPIES, strict=True):
            _draw_copy(paper, left, width, copy, record)
        draw_seam(paper, middle)
        paper.end_page()
    return paper.save(path)


def draw_seam(paper: Paper, x: float) -> None:
    """A dashed line with its word in it, where the copies are torn apart."""
    centre, half = paper.height / 2, 34.0
    paper.dashes(x, 8 * MM, x, centre - half)
    paper.dashes(x, centre + half, x, paper.height - 8 * MM)
    for number, character in enumerate(_SEAM):
        paper.text(x, centre - 16 + 20 * number, character, 10, align="centre")


def _draw_copy(paper: Paper, x: float, width: float, copy: str, record: RemittanceRecord) -> None:
    right = x + width
    paper.text(x + width / 2, 22 * MM, TITLE, 20, "serif bold", "centre", spread=0.3)
    paper.text(x, 31 * MM, copy, 9.5)
    paper.text(right, 31 * MM, f"编号：{record.number or '　　　　　'}", 9.5, align="right")
    y = 34 * MM
    for boxes in _rows(record):
        y = draw_row(paper, x, y, width, _ROW, boxes)
    half = width / 2
    for row, (first, second) in enumerate((
        ("上缴单位（章）", "接收单位（章）"),
        ("支部书记：", "接收人："),
        (f"经办人：{words.said(record.handler)}", "接收日期：　　　　年　　月　　日"),
    )):  # fmt: skip
        top = y + 5 * MM + row * 10 * MM + (14 * MM if row else 0)
        paper.box(x, top, half, 20, first, 10.5, align="left", pad=0)
        paper.box(x + half, top, half, 20, second, 10.5, align="left", pad=0)
    paper.text(x, paper.height - 10 * MM, "内部资料　单位：元", 8)


def _settled(record: RemittanceRecord) -> Decimal | None:
    """What went up and what was kept, together, in yuan."""
    return None if record.amount is None else record.amount + (record.kept or 0)


def _rows(record: RemittanceRecord) -> list[list[Box]]:
    def pair(first: str, said: str, second: str, answered: str) -> list[Box]:
        return [label(3, first), Box(5, said), label(3, second), Box(5, answered)]

    return [
        [label(3, "上缴单位"), Box(13, words.said(record.unit))],
        pair("所属期", words.said(record.period), "上缴日期", words.day(record.remitted_on)),
        pair("党员人数", words.count(record.members), "交费人数", words.count(record.payers)),
        pair("交当月", words.yuan(record.current), "补交往月", words.yuan(record.back)),
        pair("预交以后", words.yuan(record.advance), "合计", words.yuan(_settled(record))),
        *([pair("按比例留存", words.yuan(record.kept), "上缴", words.yuan(record.amount))] if record.kept else []),
        [label(3, "上缴大写" if record.kept else "合计大写"), Box(13, words.in_capitals(record.amount), "left")],
        pair("凭证号", words.said(record.voucher), "凭证日期", words.day(record.voucher_dated)),
        [label(3, "备注"), Box(13, words.said(record.remark), "left")],
    ]
