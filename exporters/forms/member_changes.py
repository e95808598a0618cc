"""F19, the changes of a period: the balance of the numbers, and under it who came and who went."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, name
from exporters.paper import A4_LANDSCAPE, MM, Paper
from models.ledgers.members.member_papers import ChangesRecord
from models.ledgers.members.movements import WAYS_IN, WAYS_OUT, MovementRow

TITLE = "党员增减变动表"
_SIDE = 16 * MM
_ROW, _HEAD = 9 * MM, 8.5 * MM
_FOOT = 24 * MM
_BLANK_ROWS = 9
_LIST = ((1.2, "序号"), (2.4, "姓名"), (1.2, "性别"), (2.2, "人员类别"), (1.4, "增减"), (2.2, "类别"), (2.6, "日期"),
         (2.6, "原因"), (5, "来源或去向"), (3.4, "所在党支部"))  # fmt: skip


def draw(records: Sequence[ChangesRecord], path: Path) -> frozenset[str]:
    """Writes each record on as many pages as its names take; answers the characters that no font has."""
    paper = Paper(A4_LANDSCAPE, TITLE)
    for record in records:
        _draw_changes(paper, record)
    return paper.save(path)


def _draw_changes(paper: Paper, record: ChangesRecord) -> None:
    width, right = paper.width - 2 * _SIDE, paper.width - _SIDE
    paper.text(paper.width / 2, 24 * MM, f"{record.period or '　　　　年　　月'}{TITLE}", 20, "serif bold", "centre")
    paper.apart(33 * MM, _SIDE, right, (f"填报单位（盖章）：{words.said(record.unit)}", "单位：人"), 10)
    y = _draw_balance(paper, 36 * MM, width, record) + 5 * MM
    rows: Sequence[MovementRow | None] = record.rows or (None,) * (_BLANK_ROWS if record.before is None else 1)
    pages = _by_page(len(rows), int((paper.height - _FOOT - y - _HEAD) / _ROW), paper)
    start = 0
    for number, held in enumerate(pages, start=1):
        y = draw_row(
            paper, _SIDE, y, width, _HEAD, [Box(share, title, style="sans", size=10) for share, title in _LIST]
        )
        for place in range(start, start + held):
            y = draw_row(paper, _SIDE, y, width, _ROW, _line(place + 1, rows[place]))
        start += held
        if number == len(pages):
            made = f"填表日期：{words.day(record.made_on)}"
            signed = (
                f"支部书记：{'' if record.secretary else '　　　　'}",
                "组织委员：",
                f"填表人：{words.said(record.maker)}",
                made,
            )
            paper.apart(paper.height - 15 * MM, _SIDE, right, signed, 10.5)
        paper.foot("内部资料", number, len(pages), _SIDE, paper.height - 8 * MM)
        paper.end_page()
        y = 18 * MM


def _by_page(rows: int, first: int, paper: Paper) -> list[int]:
    """How many rows stand on each page."""
    later = int((paper.height - _FOOT - 18 * MM - _HEAD) / _ROW)
    pages, left = [min(rows, first)], max(rows - first, 0)
    while left:
        pages.append(min(left, later))
        left -= pages[-1]
    return pages


def _draw_balance(paper: Paper, y: float, width: float, record: ChangesRecord) -> float:
    """One line of figures under two of headings; the sums stand beside their parts."""
    sums = [None if None in each else sum(number or 0 for number in each) for each in (record.came, record.went)]
    share = 1.0
    ins, outs = len(WAYS_IN) + 1, len(WAYS_OUT) + 1
    y = draw_row(paper, _SIDE, y, width, _HEAD, [
        Box(share, "期初", style="sans"),
        Box(ins * share, "增加", style="sans"),
        Box(outs * share, "减少", style="sans"),
        Box(3 * share, "期末", style="sans"),
    ])  # fmt: skip
    titles = ("期初数", *WAYS_IN, "小计", *WAYS_OUT, "小计", "期末数", "正式", "预备")
    y = draw_row(paper, _SIDE, y, width, _HEAD, [Box(share, title, style="sans", size=10) for title in titles])
    figures = (
        record.before,
        *record.came,
        sums[0],
        *record.went,
        sums[1],
        record.after,
        record.full,
        record.probationary,
    )
    return draw_row(paper, _SIDE, y, width, _ROW, [Box(share, _figure(each), size=12) for each in figures])


def _figure(value: int | None) -> str:
    return "" if value is None else str(value)


def _line(number: int, row: MovementRow | None) -> list[Box]:
    shares = [share for share, _ in _LIST]
    if row is None:
        return [Box(share, "") for share in shares]
    said = (str(number), row.name, row.sex, row.category, row.direction, row.kind, str(row.on), row.reason, row.place,
            row.branch)  # fmt: skip
    boxes = [Box(share, words.said(text)) for share, text in zip(shares, said, strict=True)]
    boxes[1] = name(shares[1], row.name)
    return boxes
