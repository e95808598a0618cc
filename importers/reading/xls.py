"""Old OLE workbooks (.xls, .et): values by xlrd, which knows formats and errors; calamine where it fails."""

from datetime import datetime
from io import StringIO
from typing import Any

import xlrd
from xlrd.xldate import XLDateError, xldate_as_datetime

from importers.reading import by_calamine
from importers.reading.locked import LockedError
from importers.reading.markup import NEVER_CALCULATED
from importers.reading.sheet import (
    Findings,
    Sheet,
    UnreadableError,
    as_displayed,
    clean,
    differing,
    trimmed,
    without_tail,
)


def read(data: bytes, careful: bool) -> Findings:
    """All sheets of an old workbook; `careful` reads by calamine alone.

    LockedError when a password is needed, UnreadableError when no parser can make sense of the file.
    """
    if careful:
        return Findings(list(by_calamine.read(data).values()))
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())
        sheets = [_sheet(book, book.sheet_by_index(index)) for index in range(book.nsheets)]
    except Exception as error:  # xlrd raises whatever it trips over in a damaged or unusual file
        if "encrypted" in str(error):
            raise LockedError from error
        return read(data, careful=True)
    return _compared(Findings(sheets, from_1904=book.datemode == 1), data)


def _sheet(book: xlrd.Book, found: Any) -> Sheet:
    rows: list[tuple[Any, ...]] = []
    faults = {}
    for number in range(found.nrows):
        cells = found.row(number)
        rows.append(trimmed([_value(book, cell) for cell in cells]))
        for column, cell in enumerate(cells):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                error = xlrd.error_text_from_code.get(cell.value, "#?")
                faults[number, column] = f"单元格是错误值 {error}，请改正后再导入。"
            elif cell.ctype == xlrd.XL_CELL_TEXT and cell.value == "":
                faults[number, column] = NEVER_CALCULATED  # a blank cell has a type of its own
    sheet = Sheet(found.name, without_tail(rows), hidden=found.visibility != 0)
    sheet.faults = faults
    sheet.merges = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in found.merged_cells]
    return sheet


def _value(book: xlrd.Book, cell: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value or None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(book, cell)
    return None


def _date(book: xlrd.Book, cell: Any) -> Any:
    try:
        moment = xldate_as_datetime(cell.value, book.datemode)
    except (XLDateError, ValueError, OverflowError):
        return cell.value
    if cell.value < 1:
        return clean(moment.time())
    value = moment if moment != datetime(moment.year, moment.month, moment.day) else moment.date()
    return as_displayed(value, book.format_map[book.xf_list[cell.xf_index].format_key].format_str)


def _compared(findings: Findings, data: bytes) -> Findings:
    """The findings, each sheet by whichever parser found more; a difference is told."""
    try:
        others = by_calamine.read(data)
    except UnreadableError:
        return findings
    for index, sheet in enumerate(findings.sheets):
        other = others.get(sheet.name, sheet)
        gained = other.filled - sheet.filled
        if gained > 0:
            other.faults = {place: why for place, why in sheet.faults.items() if other.at(*place) is None}
            findings.sheets[index] = other
            findings.notices.append(differing(sheet.name, gained))
    return findings
