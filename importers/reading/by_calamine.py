"""The first reader of .xlsx, the second of .xls: fast, but silent about errors, formulas and formats."""

from datetime import date, datetime
from io import BytesIO

import python_calamine

from importers.reading.sheet import Sheet, UnreadableError, clean, trimmed, without_tail

_WIDEST_GRID = 20_000_000  # a grid is held whole, however empty
_USUAL = frozenset({str, float, int, bool, date, datetime})


def read(data: bytes) -> dict[str, Sheet]:
    """The sheets of a workbook by name; UnreadableError where it cannot be read, or not within the memory."""
    try:
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return {metadata.name: _sheet(book, metadata) for metadata in book.sheets_metadata}
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the parser is no Exception
        raise UnreadableError(type(error).__name__) from error


def _sheet(book: python_calamine.CalamineWorkbook, metadata: python_calamine.SheetMetadata) -> Sheet:
    hidden = metadata.visible != python_calamine.SheetVisibleEnum.Visible
    if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return Sheet(metadata.name, [], hidden)
    found = book.get_sheet_by_name(metadata.name)
    if found.total_height * found.total_width > _WIDEST_GRID:
        raise UnreadableError(metadata.name)
    rows = [
        trimmed([None if value == "" else value if value.__class__ in _USUAL else clean(value) for value in cells])
        for cells in found.to_python(skip_empty_area=False)
    ]
    sheet = Sheet(metadata.name, without_tail(rows), hidden)
    sheet.merges = [(top, left, bottom, right) for (top, left), (bottom, right) in found.merged_cell_ranges or ()]
    return sheet
