"""F28, the plan of a year by months (组织生活年度计划), upright: what, theme, form, who, what became of it."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row
from exporters.paper import A4, MM, Paper
from models.ledgers.life.plan_papers import PlannedItem, YearPlanRecord

TITLE = "组织生活年度计划"
_LEFT, _RIGHT = 18 * MM, 16 * MM
_HEAD, _ROW = 9 * MM, 8.8 * MM
_TOP, _FOOT = 45 * MM, 28 * MM
_MONTH = 1.3
_COLUMNS = ((2.9, "会议（活动）"), (5.6, "主题"), (2.2, "形式"), (2, "责任人"), (3, "完成情况"))
_BLANK = tuple(PlannedItem(month) for month in range(1, 13) for _ in range(2))
_SIZE = 9.5


def draw(records: Sequence[YearPlanRecord], path: Path) -> frozenset[str]:
    """Writes each plan on as many pages as it takes; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_plan(paper, record)
    return paper.save(path)


def _draw_plan(paper: Paper, record: YearPlanRecord) -> None:
    held = int((paper.height - _TOP - _FOOT - _HEAD) / _ROW)
    items = record.items or _BLANK
    parts = [items[start : start + held] for start in range(0, len(items), held)]
    width, right = paper.width - _LEFT - _RIGHT, paper.width - _RIGHT
    for number, part in enumerate(parts, start=1):
        year = f"{record.year}年" if record.year is not None else "　　　　年"
        paper.text(paper.width / 2, 29 * MM, f"{year}{TITLE}", 20, "serif bold", "centre", spread=0.05)
        day = f"{'制定' if record.made_on is None else '截至'}日期：{words.day(record.made_on)}"
        paper.apart(41 * MM, _LEFT, right, (f"制定单位（盖章）：{words.said(record.unit)}", day), 10)
        y = draw_row(paper, _LEFT, _TOP - 2 * MM, width, _HEAD, _heading())
        for _, months in groupby(part, lambda item: item.month):
            y = _draw_month(paper, y, width, list(months))
        if number == len(parts):
            paper.apart(
                y + 11 * MM, _LEFT, right, ("支部书记：　　　　", f"填表人：{words.said(record.maker)}", ""), 10.5
            )
        paper.foot(words.said(record.unit), number, len(parts), _LEFT, paper.height - 10 * MM)
        paper.end_page()


def _heading() -> list[Box]:
    return [Box(share, title, style="sans", size=10) for share, title in ((_MONTH, "月份"), *_COLUMNS)]


def _draw_month(paper: Paper, y: float, width: float, items: Sequence[PlannedItem]) -> float:
    """The items of a month beside one tall box with its name; answers where they end."""
    whole = _MONTH + sum(share for share, _ in _COLUMNS)
    first = width * _MONTH / whole
    draw_row(paper, _LEFT, y, first, _ROW * len(items), [Box(1, f"{items[0].month}月", size=10.5)])
    shares = [share for share, _ in _COLUMNS]
    for item in items:
        said = (item.what, item.theme, item.form, item.responsible, item.done)
        boxes = [Box(share, words.said(text), size=_SIZE) for share, text in zip(shares, said, strict=True)]
        boxes[1] = Box(shares[1], words.said(item.theme), "left", size=_SIZE)
        y = draw_row(paper, _LEFT + first, y, width - first, _ROW, boxes)
    return y
