"""What the receiver of donations signs for: everything passed on to one in a drive on a day."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label
from exporters.forms.listing import draw_list
from exporters.paper import A4, MM, Paper
from models.ledgers.care.donation_papers import AcknowledgementRecord
from models.ledgers.care.donations import HandoverRow
from models.rules import stock

TITLE = "捐赠款物接收单"
_SIDE, _TOP, _ROW = 20 * MM, 54 * MM, 9.5 * MM
_CLOSING = 78 * MM
_BLANK_LINES = 8
_HEADS = ((1.4, "序号"), (6, "物品名称"), (3, "数量"), (2, "单位"), (4, "金额（元）"), (5, "备注"))


def draw(records: Sequence[AcknowledgementRecord], path: Path) -> frozenset[str]:
    """Writes a sheet on as many pages as its lines take; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_sheet(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: AcknowledgementRecord) -> None:
    width, right = paper.width - 2 * _SIDE, paper.width - _SIDE
    paper.text(paper.width / 2, 24 * MM, TITLE, 20, "serif bold", "centre", spread=0.1)
    paper.text(_SIDE, 36 * MM, f"转交单位（盖章）：{words.said(record.unit)}", 10.5)
    paper.text(right, 36 * MM, f"转交日期：{words.day(record.on)}", 10.5, align="right")
    paper.text(_SIDE, 43 * MM, f"捐赠活动：{words.said(record.drive)}", 10.5)
    paper.text(right, 43 * MM, f"凭据号：{record.number or '　　　　　　'}", 10.5, align="right")
    paper.text(_SIDE, 50 * MM, f"接收单位（受助人）：{words.said(record.receiver)}", 10.5)
    lines = record.lines or (None,) * _BLANK_LINES
    own = record.number is None
    y = draw_list(paper, _TOP, _SIDE, _HEADS, [_boxes(*each, own) for each in enumerate(lines, 1)], _ROW, _CLOSING)
    has_money = record.total is None or bool(record.total)
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "金额合计"), Box(5, words.yuan(record.total) if has_money else "／", style="serif bold"),
        label(2.4, "大写"), Box(11, words.in_capitals(record.total) if has_money else "／", "left"),
    ])  # fmt: skip
    y = draw_row(paper, _SIDE, y, width, 2 * _ROW, [label(3, "物品合计"), Box(18.4, words.said(record.goods), "left")])
    paper.text(_SIDE, y + 9 * MM, "上列款物已当面点清，如数收到。", 10.5)
    paper.apart(y + 20 * MM, _SIDE, right, ("接收单位（签章）：", "接收人签字：", "日期：　　　　年　月　日"), 10.5)
    handed = f"经办人：{words.said(record.handler)}"
    paper.apart(y + 32 * MM, _SIDE, right, (handed, "证明人：", "负责人：　　　　　"), 10.5)
    paper.text(_SIDE, y + 42 * MM, "一式两份，接收方、转交方各存一份；转交方凭此登记接收凭据。", 9)


def _boxes(number: int, line: HandoverRow | None, with_receipt: bool) -> list[Box]:
    """A line; `with_receipt` it says its own receipt."""
    if line is None:
        return [Box(share, str(number) if title == "序号" else "") for share, title in _HEADS]
    said = (
        str(number),
        line.item or "捐款",
        stock.said(line.quantity) if line.quantity is not None else "",
        words.said(line.unit),
        f"{line.amount:,.2f}" if line.amount is not None else "",
        "　".join(filter(None, (line.receipt_no if with_receipt else None, line.remark))),
    )
    return [Box(share, text, size=10, pad=3) for (share, _), text in zip(_HEADS, said, strict=True)]
