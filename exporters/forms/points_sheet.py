"""F35, a member's sheet of points (党员积分、先锋指数): scores by item, what adds or takes away, and the total."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.paper import A4, MM, Paper
from models.ledgers.life.appraisal_papers import PointLine, PointsSheetRecord
from models.ledgers.short_numbers import SHORT

TITLE = "党员积分（先锋指数）考评表"
_SIDE = 22 * MM
_ROW, _EVENT = 10 * MM, 9 * MM
_BLANK_LINES, _BLANK_EVENTS = 8, 4
_MOST_EVENTS = 9  # more stand in the ledger, and here their sum
_SHARES = (6, 3, 3, 3, 3)


def draw(records: Sequence[PointsSheetRecord], path: Path) -> frozenset[str]:
    """Writes a page for each member; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_sheet(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: PointsSheetRecord) -> None:
    width = paper.width - 2 * _SIDE
    year = f"{record.year}年度" if record.year else "　　　　年度"
    paper.text(paper.width / 2, 30 * MM, f"{year}{TITLE}", 18, "serif bold", "centre")
    y = 40 * MM
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "姓名"), name(6, words.said(record.name), 12), label(3, "党支部"), Box(6, words.said(record.unit)),
    ])  # fmt: skip
    y = draw_row(paper, _SIDE, y, width, _ROW, _heads("项目", "标准分", "自评", "小组评", "支部评"))
    for line in record.lines or (None,) * _BLANK_LINES:
        y = draw_row(paper, _SIDE, y, width, _ROW, _scores(line))
    y = draw_row(paper, _SIDE, y, width, _ROW, _sums(record.lines))
    y = _draw_events(paper, y, width, record)
    rank = f"第 {record.rank} 名" if record.rank else ""
    y = draw_row(paper, _SIDE, y, width, _ROW, [
        label(3, "总分"), Box(6, _figure(record.total), style="serif bold", size=13),
        label(3, "支部内名次"), Box(6, rank, size=12),
    ])  # fmt: skip
    signed = ("本人签字：", "党小组组长：", "支部书记：", words.day(None))
    paper.apart(y + 12 * MM, _SIDE, paper.width - _SIDE, signed, 10.5)
    said = "总分＝支部评各项之和＋加减分。加分、减分须写明日期和原因，由支部委员会（支部党员大会）审定。"
    paper.paragraph(_SIDE, y + 17 * MM, width, f"说明：{said}", 9)


def _draw_events(paper: Paper, y: float, width: float, record: PointsSheetRecord) -> float:
    shown, rest = record.events[:_MOST_EVENTS], record.events[_MOST_EVENTS:]
    heads = [Box(share, text, style="sans") for share, text in ((4, "日期"), (11, "加分、减分的原因"), (3, "加减分"))]
    y = draw_row(paper, _SIDE, y, width, _EVENT, heads)
    lines = [(words.day(on), reason, _signed(points)) for on, points, reason in shown]
    if rest:
        lines.append(("", f"另有 {len(rest)} 条，见积分加减台账", _signed(sum((each[1] for each in rest), Decimal(0)))))
    lines += [("", "", "")] * (_BLANK_EVENTS - len(lines))
    for day, reason, points in lines:
        y = draw_row(paper, _SIDE, y, width, _EVENT, [Box(4, day, size=10), Box(11, reason, "left"), Box(3, points)])
    return y


def _heads(*titles: str) -> list[Box]:
    return [Box(share, title, style="sans") for share, title in zip(_SHARES, titles, strict=True)]


def _scores(line: PointLine | None) -> list[Box]:
    if line is None:
        return [Box(share, "") for share in _SHARES]
    figures = (line.standard, line.own, line.by_group, line.by_branch)
    return [Box(_SHARES[0], line.item), *(Box(3, _figure(each), size=12) for each in figures)]


def _sums(lines: Sequence[PointLine]) -> list[Box]:
    columns = [[line.standard for line in lines], *([getattr(line, key) for line in lines] for key in _KEYS)]
    return [Box(_SHARES[0], "合计", style="sans"), *(Box(3, _figure(_sum(each)), size=12) for each in columns)]


_KEYS = ("own", "by_group", "by_branch")


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _figure(value: Decimal | None) -> str:
    return SHORT.show(value)


def _signed(value: Decimal) -> str:
    return f"+{SHORT.show(value)}" if value > 0 else SHORT.show(value)
