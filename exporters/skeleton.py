"""A workbook without its rows of data: heading, furniture, styles and page settings, written by openpyxl."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from itertools import islice

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter as letter_of
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from exporters import cover, layout
from exporters.book import Book, Look, Marks
from exporters.layout import Span
from exporters.text import check_length, columns_of, holdable, spelled
from models.kinds import NUMBER, Choice, Kind
from models.ledger import Column, Sheet
from models.rules import capitals

ROW_HEIGHT, LINE_HEIGHT, TALLEST = 20.0, 14.0, 409.0
_BODY = Font(name="宋体", size=10.5)
_BOLD = Font(name="宋体", size=10.5, bold=True)
_HEAD = Font(name="黑体", size=10.5)
_TITLE = Font(name="黑体", size=18)
_QUIET = Font(name="宋体", size=9, color="808080")
_GONE = Font(name="宋体", size=10.5, color="808080", strike=True)
_THIN = Side(style="thin")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_A3, _A4 = 8, 9
_MANY_COLUMNS = 8
# How many half ems of 10.5 points go on A4 at three quarters of that size, and how many at the least that can be read.
_PAGE = {"landscape": 190.0, "portrait": 130.0}
_FULL_PAGE = {"landscape": 250.0, "portrait": 170.0}
_FILLED, _MOST_STRETCH = {"landscape": 120.0, "portrait": 80.0}, 1.8
_SAMPLE = 200
_LONGEST_CHOICE = 255
_LOOKS: Mapping[Look, str] = {"changed": "FFF2CC", "added": "E2F0D9", "removed": "E7E6E6"}
_PADDING = 1.5
_LINES, _LEAST_TEXT, _SHORT_TEXT, _USUAL, _SHRINK = 2, 6.0, 10, 0.9, 0.75
_WIDEST, _TEXT_EASE = 24, 1.4
_FORMULA = tuple("=+-@")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_EXCEL_ALIGN = {"left": "left", "centre": "center", "right": "right"}


@dataclass(frozen=True)
class Field:
    """One column of cells: the attribute it shows ("" for the running number) and how a cell of it is written.

    `number_style` and `text_style` are numbers of styles of the workbook; `width` counts half ems. A text
    too long for it takes several lines where `wrap` says so, else smaller type. `looks` are the other looks of the
    column, in a sheet that has marks.
    """

    key: str
    title: str
    kind: Kind
    letter: str
    width: float
    wrap: bool
    number_style: int
    text_style: int
    looks: Mapping[Look, "Field"] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """Where the data of a sheet go: rows `first` to `last`, the row of totals (0 where there is none), and marks."""

    sheet: Sheet
    fields: tuple[Field, ...]
    first: int
    last: int
    totals_row: int
    marks: Marks = field(default_factory=dict)


@dataclass(frozen=True)
class _Place:
    """A column before its styles are known."""

    key: str
    title: str
    band: str
    kind: Kind
    align: str
    width: float
    wrap: bool = False
    font: Font = _BODY


def build(book: Book) -> tuple[bytes, list[Grid | None]]:
    """The workbook as bytes, in which each sheet has one empty styled row in the place of its rows of data.

    A grid for each tab, None for a cover, which has no data.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.calculation.fullCalcOnLoad = False  # the totals carry their values
    first = workbook.create_sheet(cover.TAB) if book.cover is not None else None
    grids: list[Grid | None] = [] if first is None else [None]
    tabs = []
    marks = [*book.marks, *({} for _ in book.sheets[len(book.marks) :])]
    for title, sheet, marked in zip(_titles(book.sheets), book.sheets, marks, strict=True):
        page = workbook.create_sheet(title)
        tabs.append(page.title)
        grids.append(_Skeleton(page, sheet, marked).draw())
    if first is not None and book.cover is not None:
        cover.draw(first, book.cover, tabs)
    file = io.BytesIO()
    _InMemory(workbook, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)).save()
    return file.getvalue(), grids


class _InMemory(ExcelWriter):
    """openpyxl's writer without its temporary files: no name is to lie, even for a moment, where others may read it."""

    def write_worksheet(self, page: Worksheet) -> None:
        writer = WorksheetWriter(page, io.BytesIO())
        writer.write()
        page._rels = writer._rels
        self._archive.writestr(page.path[1:], writer.read())
        self.manifest.append(page)


def _titles(sheets: Sequence[Sheet]) -> list[str]:
    """Names for the tabs: the headings without what Excel forbids, cut to its 31 characters, none twice."""
    titles: list[str] = []
    for sheet in sheets:
        plain = _FORBIDDEN.sub(" ", holdable(sheet.heading)).strip("' ") or "台账"
        title, again = plain[:31], 2
        while title.casefold() in (taken.casefold() for taken in titles):
            title = f"{plain[:27]}({again})"
            again += 1
        titles.append(title)
    return titles


class _Skeleton:
    """One sheet while it is drawn from the top down."""

    def __init__(self, page: Worksheet, sheet: Sheet, marks: Marks) -> None:
        self.page = page
        self.sheet = sheet
        self.marks = marks
        self.places = _places(sheet)
        self.printed = len(self.places) - layout.returns(sheet)
        self.widths = [place.width for place in self.places[: self.printed]]
        self.bands = layout.bands([place.band for place in self.places])

    def draw(self) -> Grid:
        self._merged(1, Span(0, self.printed - 1), self.sheet.heading, _TITLE, "center", height=36)
        self._parts(2, self.sheet.lines, ("left", "center", "right"), height=20)
        first = self._headings(3) + 1
        last = first + (len(self.sheet.rows) or layout.BLANK_ROWS) - 1
        fields = tuple(self._field(place, number, first) for number, place in enumerate(self.places, start=1))
        totals_row = last + 1 if any(place.key in self.sheet.totals for place in self.places) else 0
        row = self._totals(fields, first, last) if totals_row else last
        if self.sheet.capitals is not None:
            row += 1
            self._capitals(row)
        self._foot(row + 1)
        self._settings(first)
        self._choices(first, last)
        return Grid(self.sheet, fields, first, last, totals_row, self.marks)

    def _put(self, row: int, place: int, text: str, font: Font, align: str, wrap: bool = False) -> None:
        """Writes a text that stays a text, whatever it begins with."""
        text = spelled(holdable(text))
        check_length(text, f"“{self.sheet.heading}”的表头或表尾")
        cell = self.page.cell(row, place + 1)
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(_FORMULA)
        cell.font = font
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wrap)

    def _merged(
        self, row: int, span: Span, text: str, font: Font, align: str, *, height: float = 0, boxed: bool = False
    ) -> None:
        """Writes a text over a span of columns, wrapped; `height` in points, 0 leaves the row's as it is."""
        self._put(row, span.first, text, font, align, wrap=True)
        if span.last > span.first:
            self.page.merge_cells(start_row=row, end_row=row, start_column=span.first + 1, end_column=span.last + 1)
        if boxed:
            self._box(row, span)
        if height:
            self.page.row_dimensions[row].height = height

    def _box(self, row: int, span: Span) -> None:
        for place in range(span.first, span.last + 1):
            self.page.cell(row, place + 1).border = _GRID

    def _parts(self, row: int, texts: Sequence[str], aligns: Sequence[str], height: float) -> None:
        """Several texts side by side in one row, each over the columns it needs; all in one where columns are few."""
        said = [(text, align) for text, align in zip(texts, aligns, strict=True) if text]
        spans = layout.segments(self.widths, [columns_of(text) + 4 for text, _ in said])
        if not spans:
            said, spans = [("　　".join(text for text, _ in said), "left")], [Span(0, self.printed - 1)]
        for span, (text, align) in zip(spans, said, strict=True):
            room = int(sum(self.widths[span.first : span.last + 1]) - _PADDING)
            height = max(height, -(-columns_of(text) // max(1, room)) * LINE_HEIGHT + 6)
            self._merged(row, span, text, _BODY, align)
        self.page.row_dimensions[row].height = height

    def _headings(self, row: int) -> int:
        """One row of titles, or two where there are bands; answers the last of them."""
        last = row + bool(self.bands)
        banded = {place for span, _ in self.bands for place in range(span.first, span.last + 1)}
        highest, deepest = 1, 1
        for span, band in self.bands:
            text = _in_lines(band, sum(self.widths[span.first : span.last + 1]))
            highest = max(highest, text.count("\n") + 1)
            self._merged(row, span, text, _HEAD, "center", height=highest * LINE_HEIGHT + 8, boxed=True)
        for number, place in enumerate(self.places):
            top = last if number in banded else row
            title = _in_lines(place.title, place.width)
            self._put(top, number, title, place.font if place.font is _QUIET else _HEAD, "center", wrap=True)
            if top < last:
                self.page.merge_cells(start_row=top, end_row=last, start_column=number + 1, end_column=number + 1)
            deepest = max(deepest, title.count("\n") + 1)
            self.page.column_dimensions[letter_of(number + 1)].width = place.width
        for each in range(row, last + 1):
            self._box(each, Span(0, len(self.places) - 1))
        self.page.row_dimensions[last].height = max(24, deepest * LINE_HEIGHT + 8)
        return last

    def _field(self, place: _Place, number: int, row: int) -> Field:
        """Styles the sample cell of a column for texts and notes the style, then for its numbers or days."""
        cell = self.page.cell(row, number)
        cell.font = place.font
        cell.border = _GRID
        cell.alignment = Alignment(
            horizontal=_EXCEL_ALIGN[place.align], vertical="center", wrap_text=place.wrap, shrink_to_fit=not place.wrap
        )
        number_style, text_style = self._styles(cell, place.kind)
        plain = Field(
            place.key, place.title, place.kind, letter_of(number), place.width, place.wrap, number_style, text_style
        )
        looks: dict[Look, Field] = {}
        for look, colour in _LOOKS.items() if self.marks else ():
            cell.fill = PatternFill("solid", fgColor=colour)
            cell.font = _GONE if look == "removed" else place.font
            number_style, text_style = self._styles(cell, place.kind)
            looks[look] = replace(plain, number_style=number_style, text_style=text_style)
        return replace(plain, looks=looks)

    @staticmethod
    def _styles(cell: Cell, kind: Kind) -> tuple[int, int]:
        """The numbers of the cell's style for numbers or days, and for texts."""
        styles = []
        for number_format in (kind.excel_format, "@"):
            cell._style = copy(cell._style)  # the workbook keeps the very style of a cell, and would see it change
            cell.number_format = number_format
            styles.append(cell.style_id)
        cell._style = copy(cell._style)
        return styles[0], styles[1]

    def _label(self) -> Span:
        """The columns that the words 合计 and 大写 stand under: the running number and the one after it."""
        totalled = [number for number, place in enumerate(self.places) if place.key in self.sheet.totals]
        return Span(0, max(0, min([1, self.printed - 2, *(number - 1 for number in totalled)])))

    def _totals(self, fields: Sequence[Field], first: int, last: int) -> int:
        row = last + 1
        label = self._label()
        for number, each in enumerate(fields[: self.printed]):
            if each.key in self.sheet.totals:
                cell = self.page.cell(row, number + 1)
                cell.value = f"=SUM({each.letter}{first}:{each.letter}{last})"
                cell.font = _BOLD
                cell.number_format = each.kind.excel_format
                cell.alignment = Alignment(horizontal="right", vertical="center", shrink_to_fit=True)
        if fields[label.first].key not in self.sheet.totals:
            self._merged(row, label, "合　计", _BOLD, "center")
        self._box(row, Span(0, self.printed - 1))
        self.page.row_dimensions[row].height = 22
        return row

    def _capitals(self, row: int) -> None:
        label = self._label()
        # A blank form is filled in by hand, and words do not follow figures as a sum does.
        words = capitals.amount(self.sheet.capitals) if self.sheet.capitals is not None and self.sheet.rows else ""
        self._merged(row, label, "大　写", _BOLD, "center", boxed=True)
        self._merged(row, Span(label.last + 1, self.printed - 1), f"　{words}", _BODY, "left", height=22, boxed=True)

    def _foot(self, row: int) -> None:
        """A small gap, by which a reader knows that the data have ended, the signatures and the note."""
        self.page.row_dimensions[row].height = 8
        row += 1
        if self.sheet.signatures:
            first = ["left"] * (len(self.sheet.signatures) - 1)
            self._parts(row, self.sheet.signatures, [*first, "right"] if first else ["left"], height=30)
            row += 1
        if self.sheet.note:
            lines = -(-columns_of(self.sheet.note) // int(sum(self.widths)))
            self._merged(row, Span(0, self.printed - 1), self.sheet.note, _BODY, "left", height=lines * LINE_HEIGHT + 6)

    def _settings(self, first: int) -> None:
        page = self.page
        last_letter = letter_of(self.printed)
        page.freeze_panes = page.cell(first, 3 if self.printed > _MANY_COLUMNS else 1)
        page.print_title_rows = f"3:{first - 1}"
        page.print_area = f"A1:{last_letter}{page.max_row}"
        page.page_setup.orientation = self.sheet.orientation
        page.page_setup.paperSize = _A4 if sum(self.widths) <= _FULL_PAGE[self.sheet.orientation] else _A3
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.print_options.horizontalCentered = True
        margins = page.page_margins
        margins.left = margins.right = 0.6
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.7, 0.3, 0.35
        page.oddFooter.left.text = layout.marks(self.sheet)
        page.oddFooter.right.text = "第 &P 页　共 &N 页"

    def _choices(self, first: int, last: int) -> None:
        """Lists to pick from, in a sheet that will come back, for columns that take nothing else."""
        if not self.sheet.importable:
            return
        for number, place in enumerate(self.places, start=1):
            listed = ",".join(place.kind.options) if isinstance(place.kind, Choice) and not place.kind.open else ""
            if 0 < len(listed) <= _LONGEST_CHOICE:
                rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
                rule.add(f"{letter_of(number)}{first}:{letter_of(number)}{last}")
                self.page.add_data_validation(rule)


def _places(sheet: Sheet) -> list[_Place]:
    """The running number, the sheet's columns and, where rows may come back, the number of their record."""
    places = []
    if layout.is_numbered(sheet):
        places.append(_Place("", layout.NUMBER_TITLE, "", NUMBER, "centre", 5))
    columns = layout.printed_columns(sheet)
    for column, width in zip(columns, _widths(sheet, columns), strict=True):
        wrap = layout.is_free_text(column.kind)
        align = layout.alignment(column)
        places.append(_Place(column.key, column.title, column.band, column.kind, align, width, wrap))
    if layout.returns(sheet):
        places.append(_Place(layout.RECORD_KEY, layout.RECORD_TITLE, "", NUMBER, "centre", 8, font=_QUIET))
    return places


def _widths(sheet: Sheet, columns: Sequence[Column]) -> list[float]:
    """The widths of the columns in half ems: roomy ones, or as much less as makes the print legible."""
    said = [_lengths(sheet, column) for column in columns]
    roomy = [_roomy(column, lengths) for column, lengths in zip(columns, said, strict=True)]
    least = [min(wide, _least(column, lengths)) for wide, column, lengths in zip(roomy, columns, said, strict=True)]
    over = sum(roomy) - _PAGE[sheet.orientation]
    if over <= 0:
        filling = min(_MOST_STRETCH, _FILLED[sheet.orientation] / sum(roomy))
        return [width * max(1.0, filling) for width in roomy]
    if not sheet.rows:
        return roomy
    spare = sum(roomy) - sum(least)
    kept = max(0.0, 1 - over / spare) if spare else 0.0
    return [narrow + (wide - narrow) * kept for wide, narrow in zip(roomy, least, strict=True)]


def _roomy(column: Column, lengths: Sequence[int]) -> float:
    most = column.width * _TEXT_EASE if layout.is_free_text(column.kind) else _WIDEST
    return max(column.width, min(most, lengths[-1])) + _PADDING


def _least(column: Column, lengths: Sequence[int]) -> float:
    """The width at which texts and titles take two lines and most words one; the others are printed smaller."""
    title = columns_of(column.title) / _LINES if len(column.title) > _LINES else columns_of(column.title)
    usual, longest = lengths[int(len(lengths) * _USUAL)], lengths[-1]
    if layout.is_free_text(column.kind):
        return max(_LEAST_TEXT, longest if longest <= _SHORT_TEXT else longest / _LINES + 2, title) + _PADDING
    return max(usual, longest * _SHRINK, title) + _PADDING


def _lengths(sheet: Sheet, column: Column) -> list[int]:
    """The lengths in half ems of what the first rows and the total say, from the shortest."""
    said = [column.kind.show(getattr(row, column.key)) for row in islice(sheet.rows, _SAMPLE)]
    if column.key in sheet.totals:
        said.append(column.total_text(sheet.totals[column.key]))
    return sorted(columns_of(text) for text in said if text) or [0]


def _in_lines(title: str, width: float) -> str:
    """A title in as few lines as the width takes, none much longer than another."""
    lines = -(-columns_of(title) // max(1, int(width - _PADDING + 0.5)))
    pitch = -(-len(title) // lines) if title else 1
    parts = (title[start : start + pitch] for start in range(0, len(title), pitch))
    return "\n".join(parts).replace("（\n", "\n（")  # a bracket opens where its words begin
