"""F44, the list of what was given in a drive, across A4: money in capitals, goods apart, each signed for."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.listing import draw_list
from exporters.paper import A4, MM, Paper
from models.ledgers.care.donation_papers import DonationRecord
from models.ledgers.care.donations import DonationRow
from models.rules import stock

TITLE = "捐款（捐物）登记表"
_SIDE, _TOP, _ROW = 13 * MM, 36 * MM, 10 * MM
_CLOSING = 44 * MM
_BLANK_LINES = 10
_NAMED = 8  # a longer name is of a body, and stands smaller
_HEADS = (
    (1.3, "序号"),
    (4, "姓名（单位）"),
    (3.2, "职务"),
    (3.2, "捐款金额（元）"),
    (4, "物品名称"),
    (2.2, "数量"),
    (1.6, "单位"),
    (2.8, "折款（元）"),
    (3, "签名"),
)


def draw(records: Sequence[DonationRecord], path: Path) -> frozenset[str]:
    """Writes each sheet on as many pages as its lines take; answers the characters that no font has."""
    paper = Paper((A4[1], A4[0]), TITLE)
    for record in records:
        _draw_sheet(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: DonationRecord) -> None:
    width = paper.width - 2 * _SIDE
    paper.text(paper.width / 2, 20 * MM, TITLE, 20, "serif bold", "centre", spread=0.1)
    paper.text(_SIDE, 31 * MM, f"填报单位（盖章）：{words.said(record.unit)}", 10.5)
    paper.text(paper.width - _SIDE, 31 * MM, f"捐赠活动：{words.said(record.drive)}", 10.5, align="right")
    lines = record.lines or (None,) * _BLANK_LINES
    y = draw_list(paper, _TOP, _SIDE, _HEADS, [_boxes(*each) for each in enumerate(lines, 1)], _ROW, _CLOSING)
    figure = words.yuan(record.total) if record.total is not None else "￥"
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "捐款合计"), Box(6, figure, style="serif bold", size=11),
        label(3, "大写"), Box(13.3, words.in_capitals(record.total), "left", size=11),
    ])  # fmt: skip
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "捐物合计"), Box(22.3, words.said(record.goods), "left", size=10),
    ])  # fmt: skip
    signed = ("负责人：", "经办人：", "接收单位（签章）：", "日期：　　　　年　月　日")
    paper.apart(y + 9 * MM, _SIDE, paper.width - _SIDE, signed, 10.5)
    paper.text(_SIDE, y + 17 * MM, "捐物按品名和单位分别合计；折款为自行估价，不计入捐款合计。", 9)


def _boxes(number: int, line: DonationRow | None) -> list[Box]:
    if line is None:
        return [Box(share, str(number) if title == "序号" else "") for share, title in _HEADS]
    said = (
        str(number),
        line.giver,
        words.said(line.post),
        f"{line.amount:,.2f}" if line.amount is not None else "",
        words.said(line.item),
        stock.said(line.quantity) if line.quantity is not None else "",
        words.said(line.unit),
        f"{line.value:,.2f}" if line.value is not None else "",
        "",
    )
    return [
        name(share, text, 10 if len(text) <= _NAMED else 9) if place == 1 else Box(share, text, size=10, pad=3)
        for place, ((share, _), text) in enumerate(zip(_HEADS, said, strict=True))
    ]
