"""Writing sheets as a workbook: openpyxl draws the skeleton, the rows of data are streamed into it as XML.

A workbook written so costs a sixth of openpyxl's own way, in little memory, and its totals carry their values.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from exporters import layout, verify
from exporters.book import Book, Mark
from exporters.files import Progress, none_wanted, replacing
from exporters.skeleton import LINE_HEIGHT, ROW_HEIGHT, TALLEST, Field, Grid, build
from exporters.text import check_length, columns_of, holdable, spelled
from models.kinds import Cell
from models.ledger import Sheet

_CHUNK = 500
_LEVEL = 6
_EPOCH = date(1899, 12, 30).toordinal()
_FIRST_SERIAL = date(1900, 3, 1)  # before it a serial means one day to Excel and another to everybody else
_MOST_DIGITS = 15
_PART = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_PROPERTIES = "docProps/core.xml"
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>支部台账</dc:creator></cp:coreProperties>'
)


def write(sheet: Sheet, path: Path, password: str | None = None, progress: Progress = none_wanted) -> None:
    """Writes one sheet as a workbook; see `write_all`."""
    write_all([sheet], path, password, progress)


def write_all(
    sheets: Sequence[Sheet], path: Path, password: str | None = None, progress: Progress = none_wanted
) -> None:
    """Writes a workbook with a tab for each sheet, encrypted when there is a password; equal sheets give equal bytes.

    `progress` is told rows done and rows in all, and may raise to stop; then, as after any error, an old file stands.
    UserError when a text is longer than a cell holds, or the file cannot be written.
    """
    write_book(Book(sheets), path, password, progress)


def write_book(book: Book, path: Path, password: str | None = None, progress: Progress = none_wanted) -> None:
    """Writes a workbook with its cover and marks; all else is as `write_all` says."""
    skeleton, grids = build(book)
    sound = verify.workbook(_expected_rows(skeleton, grids), password)
    if password is None:
        with replacing(path, sound) as file:
            _fill(file, skeleton, grids, progress)
        return
    plain = io.BytesIO()  # in memory only: nothing that is to be locked may lie open on the disk
    _fill(plain, skeleton, grids, progress)
    with replacing(path, sound) as file:
        _encrypt(plain, password, file)


def _expected_rows(skeleton: bytes, grids: Sequence[Grid | None]) -> list[int]:
    """How many rows each sheet will have once its data stand in the place of the sample row."""
    with zipfile.ZipFile(io.BytesIO(skeleton)) as source:
        parts = [source.read(f"xl/worksheets/sheet{number}.xml") for number in range(1, len(grids) + 1)]
    return [
        xml.count(b"<row ") + (grid.last - grid.first if grid is not None else 0)
        for xml, grid in zip(parts, grids, strict=True)
    ]


def _encrypt(plain: IO[bytes], password: str, file: IO[bytes]) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain.seek(0)
    OOXMLFile(plain).encrypt(password, file)


def _fill(file: IO[bytes], skeleton: bytes, grids: Sequence[Grid | None], progress: Progress) -> None:
    """Copies the skeleton into `file` with the rows put in."""
    counted = _Counted(progress, sum(len(grid.sheet.rows) for grid in grids if grid is not None))
    # Entries opened by name bear the first day a zip can, so that equal sheets give equal bytes.
    with (
        zipfile.ZipFile(io.BytesIO(skeleton)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
    ):
        for name in source.namelist():
            number = _PART.fullmatch(name)
            grid = grids[int(number[1]) - 1] if number else None
            with archive.open(name, "w", force_zip64=bool(number)) as part:
                if grid is not None:
                    _splice(part, source.read(name).decode(), grid, counted)
                else:
                    part.write(_CORE.encode() if name == _PROPERTIES else source.read(name))


class _Counted:
    """Rows done over all the sheets of a workbook."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress = progress
        self.total = total
        self.done = 0

    def add(self, rows: int) -> None:
        self.done += rows
        self.progress(self.done, self.total)


def _splice(part: IO[bytes], xml: str, grid: Grid, counted: _Counted) -> None:
    """Writes a sheet's part with the rows in the place of the sample row."""
    sample = re.search(rf'<row r="{grid.first}"[ >].*?</row>', xml, re.DOTALL)
    if not sample:
        raise ValueError("the skeleton has no sample row")
    part.write(xml[: sample.start()].encode())
    rows = _rows(grid) if grid.sheet.rows else _blank_rows(grid)
    while chunk := list(islice(rows, _CHUNK)):
        part.write("".join(chunk).encode())
        counted.add(len(chunk) if grid.sheet.rows else 0)
    tail = _with_totals(xml[sample.end() :], grid)
    part.write(tail.replace("</worksheet>", f"{_texts_that_are_figures(grid)}</worksheet>").encode())


def _with_totals(xml: str, grid: Grid) -> str:
    """Puts the sums behind the formulas, for readers that do not calculate."""
    for field in grid.fields:
        if grid.totals_row and field.key in grid.sheet.totals:
            cell = re.compile(rf'(<c r="{field.letter}{grid.totals_row}"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')
            xml, found = cell.subn(rf"\g<1><v>{grid.sheet.totals[field.key]:f}</v>", xml)
            if found != 1:
                raise ValueError(f"the skeleton has no total for {field.key}")
    return xml


def _texts_that_are_figures(grid: Grid) -> str:
    """Tells Excel that figures kept as text are meant so, or it marks every number of a card with a green corner."""
    area = f"{grid.fields[0].letter}{grid.first}:{grid.fields[-1].letter}{grid.last}"
    return f'<ignoredErrors><ignoredError sqref="{area}" numberStoredAsText="1"/></ignoredErrors>'


def _blank_rows(grid: Grid) -> Iterator[str]:
    for row in range(grid.first, grid.last + 1):
        cells = (f'<c r="{field.letter}{row}" s="{field.number_style}"/>' for field in grid.fields)
        yield f'<row r="{row}" ht="{ROW_HEIGHT:g}" customHeight="1">{"".join(cells)}</row>'


def _rows(grid: Grid) -> Iterator[str]:
    """The data as XML, row by row."""
    numbered = grid.fields[0] if not grid.fields[0].key else None
    fields = grid.fields[1:] if numbered else grid.fields
    values_of = layout.values_of([field.key for field in fields])
    for row, record in enumerate(grid.sheet.rows, start=grid.first):
        height = ROW_HEIGHT
        cells = []
        if numbered:
            cells.append(f'<c r="{numbered.letter}{row}" s="{numbered.number_style}"><v>{row - grid.first + 1}</v></c>')
        shown = fields if not grid.marks else _marked(fields, grid.marks.get(row - grid.first))
        for field, value in zip(shown, values_of(record), strict=True):
            cell = field.kind.cell(value)
            cells.append(_cell(field, cell, row))
            if field.wrap and isinstance(cell, str) and (len(cell) * 2 > field.width or "\n" in cell):
                height = max(height, min(TALLEST, _lines(cell, field.width) * LINE_HEIGHT + 6))
        yield f'<row r="{row}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'


def _marked(fields: Sequence[Field], mark: Mark | None) -> Sequence[Field]:
    """The fields of a row, those that are marked in their other look."""
    if mark is None:
        return fields
    return [field.looks[mark.look] if field.key in mark.keys else field for field in fields]


def _cell(field: Field, value: Cell, row: int) -> str:
    """A cell as XML: figures and days as numbers wherever Excel keeps them whole, else as text, never as a formula."""
    place = f"{field.letter}{row}"
    if value is None or value == "":
        return f'<c r="{place}" s="{field.number_style}"/>'
    if not isinstance(value, str):
        figure = _figure(value)
        if figure:
            return f'<c r="{place}" s="{field.number_style}"><v>{figure}</v></c>'
        value = str(value)
    if not value.isalnum():
        value = _escaped(value)
    check_length(value, f"第{row}行“{field.title}”")
    return f'<c r="{place}" s="{field.text_style}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def _figure(value: int | Decimal | date) -> str:
    """The number that stands for the value in a workbook; "" where Excel would keep less than all of it."""
    if isinstance(value, date):
        return str(value.toordinal() - _EPOCH) if value >= _FIRST_SERIAL else ""
    figure = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return figure if sum(map(str.isdigit, figure)) <= _MOST_DIGITS else ""


def _escaped(text: str) -> str:
    return escape(spelled(holdable(text)), {"\r": "&#13;"})


def _lines(text: str, width: float) -> int:
    """How many lines the text takes in a column so many half ems wide."""
    return sum(max(1, -int(-columns_of(line) // (width - 1))) for line in text.split("\n"))
