"""F42, the sheet on which the money and goods of a festival round are signed for, across A4."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.listing import draw_list
from exporters.paper import A4, MM, Paper
from models.kinds import DAY
from models.ledgers.care.papers import SigningLine, SigningRecord

TITLE = "慰问金（品）发放签领表"
_SIDE = 12 * MM
_ROW, _TOP = 9.5 * MM, 36 * MM
_CLOSING = 34 * MM
_BLANK_LINES = 10
_MONEY = "慰问金额"  # the unit stands above the table
_HEADS = (
    (1.3, "序号"),
    (2.8, "姓名"),
    (3.8, "所在支部"),
    (2.8, "慰问类别"),
    (3, _MONEY),
    (4.8, "慰问品及折款"),
    (3.8, "领取人签字"),
    (3.8, "代领人及关系"),
    (3, "领取日期"),
    (3, "备注"),
)
_PRIVATE = (
    (1.1, "序号"),
    (2.3, "姓名"),
    (4.6, "身份证号"),
    (3, "所在支部"),
    (2.3, "慰问类别"),
    (2.5, _MONEY),
    (3.4, "慰问品及折款"),
    (3, "开户银行"),
    (4.4, "银行账号"),
    (3, "联系电话"),
    (3, "领取人签字"),
    (3, "代领人及关系"),
    (2.6, "领取日期"),
)


def draw(records: Sequence[SigningRecord], path: Path) -> frozenset[str]:
    """Writes each sheet on as many pages as its people take; answers the characters that no font has."""
    paper = Paper((A4[1], A4[0]), TITLE)
    for record in records:
        _draw_sheet(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: SigningRecord) -> None:
    width = paper.width - 2 * _SIDE
    paper.text(paper.width / 2, 22 * MM, f"{_round(record)}{TITLE}", 18, "serif bold", "centre")
    paper.text(_SIDE, 32 * MM, f"填报单位（盖章）：{words.said(record.unit)}", 10.5)
    paper.text(paper.width - _SIDE, 32 * MM, "单位：元", 10.5, align="right")
    heads = _PRIVATE if record.private else _HEADS
    lines = record.lines or (None,) * _BLANK_LINES
    rows = [_boxes(number, line, record.private) for number, line in enumerate(lines, 1)]
    closing = _CLOSING + _ROW * len(record.reversals)

    def sums(first: int, after: int) -> list[Box]:
        return _page_sum(heads, record.lines[first:after])

    y = draw_list(paper, _TOP, _SIDE, heads, rows, _ROW, closing, sums=sums)
    count = f"{len(record.lines)} 人" if record.lines else "　　人"
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "合计"), Box(2.4, count), Box(5.6, _figure(record), style="serif bold", size=11),
        label(2.6, "大写"), Box(13.4, words.in_capitals(record.total), "left", size=11),
    ])  # fmt: skip
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "资金来源"), Box(24, words.said(record.sources), "left", size=10),
    ])  # fmt: skip
    for each in record.reversals:
        y = draw_row(paper, _SIDE, y, width, _ROW, [label(3, "冲销"), Box(24, each, "left", size=10)])
    handler = f"经办人：{words.said(record.handler)}"
    signed = ("支部书记：", "组织委员：", handler, "证明人：", "日期：　　　　年　月　日")
    paper.apart(y + 8 * MM, _SIDE, paper.width - _SIDE, signed, 10.5)


def _round(record: SigningRecord) -> str:
    title = words.said(record.title)
    return title.removesuffix("慰问").removesuffix("走访")


def _figure(record: SigningRecord) -> str:
    return words.yuan(record.total) if record.total is not None else "￥"


def _page_sum(heads: Sequence[tuple[float, str]], lines: Sequence[SigningLine]) -> list[Box]:
    """What stands under the people of one page: how many they are, and their money."""
    money = sum((line.amount for line in lines if line.amount is not None), Decimal(0))
    at = next(place for place, (_, title) in enumerate(heads) if title == _MONEY)
    before, after = sum(share for share, _ in heads[:at]), sum(share for share, _ in heads[at + 1 :])
    return [
        Box(before, f"本页小计　{len(lines)} 人", style="sans", size=10),
        Box(heads[at][0], f"{money:,.2f}", style="serif bold", size=10, pad=3),
        Box(after, ""),
    ]


def _boxes(number: int, line: SigningLine | None, private: bool) -> list[Box]:
    heads = _PRIVATE if private else _HEADS
    if line is None:
        return [Box(heads[0][0], str(number)), *(Box(share, "") for share, _ in heads[1:])]
    known = {
        "序号": str(number),
        "姓名": line.name,
        "身份证号": words.said(line.id_number),
        "所在支部": line.branch,
        "慰问类别": line.category,
        _MONEY: f"{line.amount:,.2f}" if line.amount is not None else "",
        "慰问品及折款": words.said(line.goods),
        "开户银行": words.said(line.bank),
        "银行账号": words.said(line.account),
        "联系电话": words.said(line.phone),
        "领取人签字": "",
        "代领人及关系": words.said(line.proxy),
        "领取日期": DAY.paper(line.handed_on),
        "备注": words.said(line.remark),
    }
    size = 9 if private else 10
    return [
        name(share, known[title], size) if title == "姓名" else Box(share, known[title], size=size, pad=3)
        for share, title in heads
    ]
