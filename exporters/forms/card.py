"""F09, a member's card of a year of dues: four to a sheet of A4, cut apart by hand."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.paper import A4, MM, Paper
from models.ledgers.dues.money_papers import CardMonth, CardRecord

TITLE = "党费交纳卡"
_ACROSS, _DOWN = 2, 2
_PAD = 9 * MM
_ROW, _HEAD = 7.2 * MM, 8.2 * MM
_BLANK = tuple(CardMonth(number) for number in range(1, 13))


def draw(records: Sequence[CardRecord], path: Path) -> frozenset[str]:
    """Writes the cards, a sheet of blank ones for the blank record; answers the characters that no font has."""
    held = _ACROSS * _DOWN
    if list(records) == [CardRecord()]:
        records = [CardRecord()] * held
    paper = Paper(A4, TITLE)
    wide, tall = paper.width / _ACROSS, paper.height / _DOWN
    for start in range(0, len(records), held):
        for place, record in enumerate(records[start : start + held]):
            row, column = divmod(place, _ACROSS)
            _draw_card(paper, column * wide + _PAD, row * tall, wide - 2 * _PAD, record)
        paper.dashes(wide, 6 * MM, wide, paper.height - 6 * MM)
        paper.dashes(6 * MM, tall, paper.width - 6 * MM, tall)
        paper.end_page()
    return paper.save(path)


def _draw_card(paper: Paper, x: float, top: float, width: float, record: CardRecord) -> None:
    year = f"{record.year}年" if record.year else "　　　　年"
    paper.text(x + width / 2, top + 13 * MM, f"{year}{TITLE}", 14, "serif bold", "centre")
    y = top + 17 * MM
    y = draw_row(paper, x, y, width, _HEAD, [
        label(2.4, "姓名"), name(4, words.said(record.name), 11),
        label(2.4, "月应交"), Box(3.2, _money(record.monthly)),
    ])  # fmt: skip
    y = draw_row(paper, x, y, width, _HEAD, [label(2.4, "党支部"), Box(9.6, words.said(record.unit), size=10)])
    y = draw_row(paper, x, y, width, _HEAD, [
        label(1.8, "月份"), label(2.6, "核定金额"), label(2.6, "交纳金额"), label(2.6, "日期"), label(2.4, "收款人"),
    ])  # fmt: skip
    for month in record.months or _BLANK:
        paid_on = f"{month.paid_on.month}月{month.paid_on.day}日" if month.paid_on else ""
        y = draw_row(paper, x, y, width, _ROW, [
            Box(1.8, f"{month.number}月", size=9.5), Box(2.6, _money(month.due), size=9.5),
            Box(2.6, _money(month.paid), size=9.5), Box(2.6, paid_on, size=9.5), Box(2.4, ""),
        ])  # fmt: skip
    total = f"{record.paid:,.2f}" if record.months else ""
    draw_row(
        paper, x, y, width, _ROW, [Box(1.8, "全年", size=9.5), Box(2.6, ""), Box(2.6, total, size=9.5), Box(5, "")]
    )


def _money(amount: object) -> str:
    return "" if amount is None else f"{amount:,.2f}"
