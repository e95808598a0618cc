"""The receipt of a donation: two like copies on A4, one for the giver and one that is kept, cut apart."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.halves import draw_halves
from exporters.paper import MM, Paper
from models.ledgers.care.donation_papers import ReceiptRecord

TITLE = "捐赠收据"
_COPIES = ("存根联　支部留存", "收据联　交捐赠人")
_NO_INVOICE = "本收据由党支部自行开具，证明收到捐赠，不是公益事业捐赠票据，不用于报销和抵税。"
_SIDE = 22 * MM
_ROW = 12 * MM


def draw(records: Sequence[ReceiptRecord], path: Path) -> frozenset[str]:
    """Writes a page for each receipt; answers the characters that no font has."""
    return draw_halves(records, path, TITLE, _COPIES, _draw_copy)


def _draw_copy(paper: Paper, top: float, copy: str, record: ReceiptRecord) -> None:
    width, right = paper.width - 2 * _SIDE, paper.width - _SIDE
    paper.text(paper.width / 2, top + 19 * MM, TITLE, 18, "serif bold", "centre", spread=0.3)
    paper.text(_SIDE, top + 29 * MM, copy, 9.5)
    paper.text(right, top + 29 * MM, f"收据号：{record.number or '　　　　　　'}", 10.5, align="right")
    y = top + 32 * MM
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "捐赠人"), name(9, words.said(record.giver)), label(3, "日期"), Box(6, words.day(record.on)),
    ])  # fmt: skip
    y = draw_row(paper, _SIDE, y, width, _ROW, [label(3, "捐赠活动"), Box(18, words.said(record.drive), "left")])
    is_goods_alone = record.amount is None and record.goods is not None
    figure, capitals = ("／", "／") if is_goods_alone else (words.yuan(record.amount), words.in_capitals(record.amount))
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "捐款金额"), Box(12, capitals, "left"), Box(6, figure, style="serif bold"),
    ])  # fmt: skip
    goods = "／" if record.amount is not None and record.goods is None else words.said(record.goods)
    y = draw_row(paper, _SIDE, y, width, 2 * _ROW, [label(3, "捐物"), Box(18, goods, "left")])
    signed = ("收款（收物）单位（章）：", f"经办人：{words.said(record.handler)}", "捐赠人签字：　　　　　")
    paper.text(_SIDE, y + 9 * MM, f"今收到上列捐赠。单位：{words.said(record.unit)}", 10.5)
    paper.apart(y + 19 * MM, _SIDE, right, signed, 10.5)
    paper.text(_SIDE, y + 29 * MM, _NO_INVOICE, 8.5)
