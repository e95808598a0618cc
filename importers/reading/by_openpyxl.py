"""The second reader of .xlsx, slower and more forgiving, where the first fails or leaves something out."""

import os
import re
from io import BytesIO
from typing import Any

from importers.reading.sheet import MOST_CELLS, TOO_MUCH, clean, trimmed, without_tail
from models.errors import UserError

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
Rows = list[tuple[Any, ...]]


def read(data: bytes, name: str) -> Rows:
    """The values of the sheet of this name; raises whatever openpyxl raises."""
    os.environ["OPENPYXL_LXML"] = "False"  # defusedxml guards only the parser of the standard library
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    return _rows(book[name])


def _rows(sheet: Any) -> Rows:
    if not hasattr(sheet, "reset_dimensions"):  # a chart on a sheet of its own
        return []
    sheet.reset_dimensions()  # what a file says of its own extent may be a lie
    rows: Rows = []
    cells = 0
    for row in sheet.iter_rows():
        rows.append(trimmed([None if cell.data_type == "e" else clean(_unescaped(cell.value)) for cell in row]))
        cells += len(rows[-1])
        if cells > MOST_CELLS:
            raise UserError(TOO_MUCH)
    return without_tail(rows)


def _unescaped(value: Any) -> Any:
    """Text as it was typed: a workbook writes a character that XML cannot hold as _x000D_."""
    if isinstance(value, str) and "_x" in value:
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return value
