"""Zip workbooks (.xlsx, .xlsm, .xlsb, new .et): values by calamine, what it leaves out from the markup."""

import re
from typing import Any

from importers.reading import by_calamine, by_openpyxl
from importers.reading.markup import Markup
from importers.reading.package import Package
from importers.reading.sheet import Findings, Sheet, UnreadableError, as_displayed, differing

_SHARED = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?=[/>])")
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>[^<]")


def read(data: bytes, careful: bool) -> Findings:
    """All sheets of a workbook that the guard has passed; `careful` reads by openpyxl alone.

    Raises whatever the parsers raise for a damaged file.
    """
    package = Package(data)
    if package.binary:
        return Findings(list(by_calamine.read(data).values()))
    reading = _Reading(data, package, {} if careful else _by_calamine(data))
    sheets = [reading.sheet(*entry) for entry in package.sheets]
    return Findings([sheet for sheet in sheets if sheet], reading.notices, package.from_1904)


def _by_calamine(data: bytes) -> dict[str, Sheet]:
    try:
        return by_calamine.read(data)
    except UnreadableError:
        return {}


class _Reading:
    """One workbook on its way to Findings."""

    def __init__(self, data: bytes, package: Package, fast: dict[str, Sheet]) -> None:
        self.notices: list[str] = []
        self._data = data
        self._package = package
        self._fast = fast

    def sheet(self, name: str, hidden: bool, part_name: str) -> Sheet | None:
        """One sheet whole, or None for what is no grid (a chart on a sheet of its own)."""
        part = self._package.part(part_name)
        if part is None:
            raise UnreadableError(name)
        if b"sheetData" not in part:
            return None
        markup = Markup(part)
        faults = markup.faults()
        # In UTF-16 calamine finds nothing and does not say so; without places the markup cannot be compared.
        usable = markup.has_places and self._package.is_utf8(part_name)
        sheet = self._fast.get(name) if usable else None
        if sheet is None:
            sheet = self._slow(name)
        elif self._lacks_values(sheet, markup, len(faults)):
            sheet = self._fuller(sheet)
        sheet.hidden = hidden
        sheet.faults = {place: why for place, why in faults.items() if sheet.at(*place) is None}
        sheet.merges = markup.merges()
        _show_months(sheet, markup, self._package.months)
        return sheet

    def _lacks_values(self, sheet: Sheet, markup: Markup, faults: int) -> bool:
        missing = markup.values - sheet.filled - faults
        return missing > 0 and missing > markup.empty_values(self._empty_texts())

    def _slow(self, name: str) -> Sheet:
        return Sheet(name, by_openpyxl.read(self._data, name))

    def _fuller(self, sheet: Sheet) -> Sheet:
        """Whichever of the two readers found more; a difference is told."""
        other = self._slow(sheet.name)
        gained = other.filled - sheet.filled
        if gained <= 0:
            return sheet
        self.notices.append(differing(sheet.name, gained))
        return other

    def _empty_texts(self) -> list[int]:
        """The shared strings that are empty, by index."""
        shared = self._package.part("xl/sharedStrings.xml") or b""
        items = _SHARED.split(shared)[1:]
        return [index for index, item in enumerate(items) if not _TEXT.search(item)]


def _show_months(sheet: Sheet, markup: Markup, months: dict[int, str]) -> None:
    """Puts months in the place of dates that are shown as months."""
    changed: dict[int, list[Any]] = {}
    for (row, column), code in markup.styled(months) if months else ():
        value = sheet.at(row, column)
        shown = as_displayed(value, code)
        if shown is not value:
            changed.setdefault(row, list(sheet.rows[row]))[column] = shown
    for row, cells in changed.items():
        sheet.rows[row] = tuple(cells)
