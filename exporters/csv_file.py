"""Writing a sheet as comma-separated text: its heading and rows, without furniture, for programs rather than people."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from exporters import layout, verify
from exporters.files import Progress, none_wanted, replacing
from exporters.text import holdable
from models.kinds import NUMBER, Cell
from models.ledger import Column, Sheet

_CHUNK = 500
# What a spreadsheet takes for a formula, behind whatever it does not see, and behind apostrophes of an earlier round.
_FORMULA = re.compile(r"'*[ \u3000\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠\t\r\n]")


def write(sheet: Sheet, path: Path, progress: Progress = none_wanted) -> None:
    """Writes UTF-8 with a byte order mark and CR LF, as Excel and WPS take it; rows that may come back end in 编号.

    A text that a spreadsheet would take for a formula has a ' before it, which the import takes away again.
    `progress` is told rows done and in all, and may raise to stop; then, as after any error, an old file stands.
    """
    columns = layout.printed_columns(sheet)
    titles = [_title(column, columns) for column in columns]
    keys = [column.key for column in columns]
    kinds = [column.kind for column in columns]
    if layout.returns(sheet):
        titles.append(layout.RECORD_TITLE)
        keys.append(layout.RECORD_KEY)
        kinds.append(NUMBER)
    values_of = layout.values_of(keys)
    with replacing(path, verify.lines(len(sheet.rows) + 1)) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        try:
            writer = csv.writer(text)
            writer.writerow(map(safe, titles))
            for number, row in enumerate(sheet.rows, start=1):
                writer.writerow([_said(kind.cell(value)) for kind, value in zip(kinds, values_of(row), strict=True)])
                if number % _CHUNK == 0:
                    progress(number, len(sheet.rows))
        finally:
            text.detach()
    progress(len(sheet.rows), len(sheet.rows))


def _title(column: Column, columns: list[Column]) -> str:
    """The title, with its band before it where another column has the same title."""
    same = sum(other.title == column.title for other in columns)
    return column.band + column.title if same > 1 else column.title


def _said(cell: Cell) -> str:
    if isinstance(cell, str):
        return safe(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)


def safe(text: str) -> str:
    """The text with a ' before it if a spreadsheet would take it for a formula."""
    text = holdable(text)
    return f"'{text}" if _FORMULA.match(text) else text
