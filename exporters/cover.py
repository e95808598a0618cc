"""The cover of a workbook that goes up the chain: whose it is, of which period, who made it when, and what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from exporters.text import check_length, columns_of, holdable, spelled

TAB = "目录"
_TITLE, _HEAD = Font(name="黑体", size=20), Font(name="黑体", size=10.5)
_BODY, _SMALL = Font(name="宋体", size=11), Font(name="宋体", size=9, color="808080")
_LINK = Font(name="宋体", size=11, color="0563C1", underline="single")
_SIDE = Side(style="thin")
_GRID = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_WIDTHS = (6.0, 44.0, 10.0, 34.0)
_HEADINGS = ("序号", "名称", "行数", "说明")
_LINE = 16.0  # points that a line of text is high


@dataclass(frozen=True)
class Entry:
    """A line of the contents; it leads to `file` beside the workbook, or where there is none to the tab in its place.

    `rows` None is left blank, as for a paper that has no rows.
    """

    title: str
    rows: int | None = None
    said: str = ""
    file: str = ""


@dataclass(frozen=True)
class Cover:
    """The heading, lines of (name, text) under it, the contents, and a word at the foot."""

    heading: str
    lines: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    foot: str = "内部资料"


def draw(page: Worksheet, cover: Cover, tabs: Sequence[str]) -> None:
    """Draws the cover on an empty sheet; `tabs` are the sheets that follow it, in the order of the entries."""
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    _put(page, 1, 1, cover.heading, _TITLE, "center", over=4)
    page.row_dimensions[1].height = 54
    row = 2
    for name, text in cover.lines:
        _put(page, row, 1, f"{name}：{text}", _BODY, "left", over=4)
        page.row_dimensions[row].height = 22
        row += 1
    page.row_dimensions[row].height = 8
    row += 1
    for place, title in enumerate(_HEADINGS, start=1):
        _put(page, row, place, title, _HEAD, "center").border = _GRID
    page.row_dimensions[row].height = 24
    first = row
    for number, entry in enumerate(cover.entries, start=1):
        row += 1
        _draw_entry(page, row, number, entry, tabs)
    _put(page, row + 2, 1, cover.foot, _SMALL, "left", over=4)
    _settle(page, first, row + 2)


def _draw_entry(page: Worksheet, row: int, number: int, entry: Entry, tabs: Sequence[str]) -> None:
    page.cell(row, 1).value = number
    page.cell(row, 3).value = entry.rows
    _put(page, row, 2, entry.title, _LINK, "left")
    _put(page, row, 4, entry.said, _BODY, "left")
    for place in (1, 3):
        page.cell(row, place).font = _BODY
        page.cell(row, place).alignment = Alignment(horizontal="center", vertical="center")
    for place in range(1, 5):
        page.cell(row, place).border = _GRID
    cell = page.cell(row, 2)
    if entry.file:
        cell.hyperlink = entry.file
        cell.font = _LINK
    elif number <= len(tabs):
        quoted = tabs[number - 1].replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1")
    else:
        cell.font = _BODY
    lines = max(-(-columns_of(text) // int(_WIDTHS[place])) for place, text in ((1, entry.title), (3, entry.said)))
    page.row_dimensions[row].height = max(24.0, lines * _LINE + 8)


def _put(page: Worksheet, row: int, place: int, text: str, font: Font, align: str, over: int = 1) -> Cell:
    """Writes a text that stays a text over so many columns; answers its cell."""
    text = spelled(holdable(text))
    check_length(text, "目录")
    cell = page.cell(row, place)
    cell.value = text
    cell.data_type = "s"
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True)
    if over > 1:
        page.merge_cells(start_row=row, end_row=row, start_column=place, end_column=place + over - 1)
    return cell


def _settle(page: Worksheet, first: int, last: int) -> None:
    page.print_title_rows = f"{first}:{first}"
    page.print_area = f"A1:D{last}"
    page.page_setup.orientation = "portrait"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.sheet_view.showGridLines = False
    page.oddFooter.right.text = "第 &P 页　共 &N 页"
