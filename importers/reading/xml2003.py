"""Workbooks in the XML of 2003, usually named .xls."""

from datetime import datetime
from typing import Any

from defusedxml import ElementTree

from importers.reading.markup import NEVER_CALCULATED
from importers.reading.sheet import MOST_CELLS, TOO_MUCH, Findings, Sheet, as_displayed, trimmed, without_tail
from models.errors import UserError

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_ROWS = 200_000
_MOST_COLUMNS = 16_384


def read(data: bytes) -> Findings:
    """All sheets of the workbook; raises whatever the parser raises for markup that is not well formed."""
    root = ElementTree.fromstring(data, forbid_dtd=True)
    if root.tag != f"{_SPACE}Workbook":
        raise UserError("不是表格文件，没有可导入的内容。")
    formats = {
        style.get(f"{_SPACE}ID", ""): part.get(f"{_SPACE}Format", "")
        for style in root.iter(f"{_SPACE}Style")
        for part in style.iter(f"{_SPACE}NumberFormat")
    }
    from_1904 = next(root.iter("{urn:schemas-microsoft-com:office:excel}Date1904"), None) is not None
    return Findings([_sheet(found, formats) for found in root.iter(f"{_SPACE}Worksheet")], from_1904=from_1904)


def _sheet(found: Any, formats: dict[str, str]) -> Sheet:
    sheet = Sheet(found.get(f"{_SPACE}Name", ""), [], hidden=_is_hidden(found))
    for row in found.iter(f"{_SPACE}Row"):
        number = int(row.get(f"{_SPACE}Index", len(sheet.rows) + 1)) - 1
        if not len(sheet.rows) <= number < _MOST_ROWS:
            raise UserError(TOO_MUCH)
        sheet.rows.extend([()] * (number - len(sheet.rows)))
        sheet.rows.append(_row(sheet, number, row, formats))
    without_tail(sheet.rows)
    return sheet


def _is_hidden(found: Any) -> bool:
    return any(mark.text != "SheetVisible" for mark in found.iter("{urn:schemas-microsoft-com:office:excel}Visible"))


def _row(sheet: Sheet, number: int, row: Any, formats: dict[str, str]) -> tuple[Any, ...]:
    values: list[Any] = []
    for cell in row.iter(f"{_SPACE}Cell"):
        column = int(cell.get(f"{_SPACE}Index", len(values) + 1)) - 1
        across = int(cell.get(f"{_SPACE}MergeAcross", 0))
        down = int(cell.get(f"{_SPACE}MergeDown", 0))
        if not len(values) <= column <= column + across < _MOST_COLUMNS or len(sheet.merges) * column > MOST_CELLS:
            raise UserError(TOO_MUCH)
        values.extend([None] * (column - len(values)))
        values.extend([_value(sheet, (number, column), cell, formats), *[None] * across])
        if across or down:
            sheet.merges.append((number, column, number + down, column + across))
    return trimmed(values)


def _value(sheet: Sheet, place: tuple[int, int], cell: Any, formats: dict[str, str]) -> Any:
    data = cell.find(f"{_SPACE}Data")
    text = "" if data is None else "".join(data.itertext())
    kind = "" if data is None else data.get(f"{_SPACE}Type")
    if kind == "Error":
        sheet.faults[place] = f"单元格是错误值 {text}，请改正后再导入。"
        return None
    if data is None and cell.get(f"{_SPACE}Formula"):
        sheet.faults[place] = NEVER_CALCULATED
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text == "1"
    if kind == "DateTime":
        moment = datetime.fromisoformat(text)
        value = moment if moment.time().isoformat() != "00:00:00" else moment.date()
        return as_displayed(value, formats.get(cell.get(f"{_SPACE}StyleID", ""), ""))
    return text or None
