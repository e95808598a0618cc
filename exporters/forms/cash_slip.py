"""The slip of a hand-over of cash: two like copies on A4, one for each who signs, cut apart."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.halves import draw_halves
from exporters.paper import MM, Paper
from models.ledgers.dues.money_papers import HandoverRecord

TITLE = "党费现金交接单"
_COPIES = ("第一联　交出人留存", "第二联　接收人留存")
_SIDE = 22 * MM
_ROW = 9.4 * MM
_DENOMINATIONS = tuple(Decimal(value) for value in ("100", "50", "20", "10", "5", "1", "0.5", "0.1"))


def draw(records: Sequence[HandoverRecord], path: Path) -> frozenset[str]:
    """Writes a page for each hand-over; answers the characters that no font has."""
    return draw_halves(records, path, TITLE, _COPIES, _draw_copy)


def _draw_copy(paper: Paper, top: float, copy: str, record: HandoverRecord) -> None:
    width, right = paper.width - 2 * _SIDE, paper.width - _SIDE
    paper.text(paper.width / 2, top + 15 * MM, TITLE, 16, "serif bold", "centre", spread=0.2)
    paper.text(_SIDE, top + 22 * MM, copy, 9.5)
    paper.text(right, top + 22 * MM, f"编号：{record.number or '　　　　　　'}", 9.5, align="right")
    y = top + 24 * MM
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "单位"), Box(8, words.said(record.unit)), label(3, "收缴日"), Box(6, words.day(record.collected_on)),
    ])  # fmt: skip
    y = draw_row(paper, _SIDE, y, width, _ROW, [label(4, "面额"), label(2.5, "张数"), label(3.5, "金额（元）")] * 2)
    pieces = dict(record.pieces)
    for first, second in zip(_DENOMINATIONS[:4], _DENOMINATIONS[4:], strict=True):
        y = draw_row(paper, _SIDE, y, width, _ROW, [*_denomination(pieces, first), *_denomination(pieces, second)])
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "合计大写"), Box(11, words.in_capitals(record.amount), "left"),
        Box(6, words.yuan(record.amount), "centre" if record.amount is not None else "left"),
    ])  # fmt: skip
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "账面现金"), Box(4, words.yuan(record.booked)),
        label(3, "差额原因"), Box(10, _difference(record), "left"),
    ])  # fmt: skip
    y = draw_row(paper, _SIDE, y, width, 15 * MM, [
        label(3, "交出人签字"), name(4, ""), label(3, "接收人签字"), name(4, ""), label(2.5, "监交人"), name(3.5, ""),
    ])  # fmt: skip
    paper.text(_SIDE, y + 6 * MM, f"交出人：{words.said(record.giver)}　　接收人：{words.said(record.receiver)}", 9.5)
    paper.text(right, y + 6 * MM, f"交接日期：{words.day(record.handed_on)}", 9.5, align="right")
    remark = f"　备注：{record.remark}" if record.remark else ""
    paper.text(_SIDE, y + 12 * MM, f"双方当面点清，签字后各执一联。{remark}", 8.5)


def _denomination(pieces: dict[Decimal, int], value: Decimal) -> list[Box]:
    number = pieces.get(value, 0)
    said = f"{value:f} 元" if value >= 1 else f"{value * 10:.0f} 角"
    return [Box(4, said), Box(2.5, str(number) if number else ""), Box(3.5, f"{value * number:,.2f}" if number else "")]


def _difference(record: HandoverRecord) -> str:
    if record.amount is None or record.booked is None:
        return ""
    difference = record.amount - record.booked
    if not difference:
        return "与账面相符"
    return f"{'多' if difference > 0 else '少'} {abs(difference):,.2f} 元：{words.said(record.explained)}"
