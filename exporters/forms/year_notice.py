"""F06 for a year: the sums of what was collected, handed up and used, put up for the members to see."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label
from exporters.paper import A4, MM, Paper
from models.ledgers.dues.money_papers import YearNoticeRecord

TITLE = "党费收缴使用情况公示"
_LEFT, _RIGHT = 28 * MM, 26 * MM
_ROW = 10 * MM
_LEADING = 1.8
_CLOSING = 66 * MM
_BLANK_LINES = 3


def draw(records: Sequence[YearNoticeRecord], path: Path) -> frozenset[str]:
    """Writes a page for each notice; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_notice(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_notice(paper: Paper, record: YearNoticeRecord) -> None:
    width = paper.width - _LEFT - _RIGHT
    paper.box(_LEFT, 34 * MM, width, 60, f"{words.said(record.unit)}\n{TITLE}", 22, "serif bold", pad=0)
    year = f"{record.year}年度" if record.year else "　　　　年度"
    opening = f"按照党费收缴、使用和管理的有关规定，现将{year}党费收缴、上缴和使用情况向全体党员公布："
    y = paper.paragraph(_LEFT, 60 * MM, width, opening, 14, leading=_LEADING, indent=2) + 4 * MM
    lines = _lines(record)
    height = min(_ROW, (paper.height - _CLOSING - y) / (len(lines) + 1))
    y = draw_row(paper, _LEFT, y, width, height, [label(3, "项目"), label(9, "内容"), label(5, "金额（元）")])
    for sort, said, amount in lines:
        boxes = [label(3, sort), Box(9, said, size=12), Box(5, _money(amount), "right", size=12)]
        y = draw_row(paper, _LEFT, y, width, height, boxes)
    said = (
        f"公示时间：{words.day(record.shown_from)}至{words.day(record.shown_until)}。\n"
        f"监督电话：{words.said(record.telephone)}"
    )
    y = paper.paragraph(_LEFT, y + 6 * MM, width, said, 12, leading=_LEADING)
    right = paper.width - _RIGHT - 30
    paper.text(right, y + 34, f"{words.said(record.unit)}（章）", 12, align="right")
    paper.text(right, y + 58, words.day(record.posted_on), 12, align="right")


def _lines(record: YearNoticeRecord) -> list[tuple[str, str, Decimal | None]]:
    blank = (("", None),) * _BLANK_LINES
    members = f"应交党费 {record.members} 人" if record.members is not None else "应交党费　　　人"
    incomes: Sequence[tuple[str, Decimal | None]] = record.incomes or (blank if record.year is None else ())
    uses: Sequence[tuple[str, Decimal | None]] = record.uses or (blank if record.year is None else ())
    lines: list[tuple[str, str, Decimal | None]] = [
        ("收缴", members, record.due),
        ("收缴", "实交（含补交、预交）", record.paid),
        ("上缴", "上缴上级党组织", record.handed_up),
    ]
    if record.kept:
        lines.append(("留存", "按比例留存", record.kept))
    if record.large is not None:
        number, amount = record.large
        lines.append(("大额党费", f"{number} 笔，全额转交中央", amount))
    lines.append(("上年结转", "可使用党费上年结余", record.carried))
    lines += [("收入", kind, amount) for kind, amount in incomes]
    lines += [("使用", kind, amount) for kind, amount in uses] or [("使用", "本年没有使用", Decimal(0))]
    return [*lines, ("结余", "年末可使用党费结余", record.balance)]


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"
