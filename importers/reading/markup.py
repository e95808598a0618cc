"""What a fast parser leaves out, taken from a worksheet's markup: errors, formulas without a value, merges, styles."""

import re
from collections.abc import Iterator

from importers.reading.sheet import Cells, Merge

NEVER_CALCULATED = "公式没有结果，请在 Excel 或 WPS 中打开并保存一次，或把公式改成数值。"

_BEGINNING = 2**14  # a program writes the whole part in one style
_PREFIXED_ROOT = re.compile(rb"<[A-Za-z_][\w.\-]*:worksheet\b")
_PREFIXED = re.compile(rb"<(/?)[A-Za-z_][\w.\-]*:")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_EMPTY_FORMULA = re.compile(rb"<c ([^>]*)>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_ERROR = re.compile(rb'<c ([^>]*\bt="e"[^>]*)>\s*(?:<f[^>]*?(?:/>|>[^<]*</f>)\s*)?<v>([^<]*)</v>')
_STYLED = re.compile(rb"<c ([^>]*[^/])>")
_MERGE = re.compile(rb'<mergeCell [^>]*?ref="\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)"')


class Markup:
    """The markup of one worksheet, with plain names and double quotes whatever wrote it."""

    def __init__(self, part: bytes) -> None:
        if _PREFIXED_ROOT.search(part[:_BEGINNING]):
            part = _PREFIXED.sub(rb"<\1", part)
        if b"='" in part[:_BEGINNING]:
            part = part.replace(b"'", b'"')
        self._part = part

    @property
    def has_places(self) -> bool:
        """Whether cells name their place; some writers leave that to counting."""
        first = self._part.find(b"<c ")
        return first < 0 or b' r="' in self._part[first : self._part.find(b">", first)]

    @property
    def values(self) -> int:
        """How many cells hold a value, be it empty, as the file has it."""
        return self._part.count(b"<v>") + self._part.count(b"<is>")

    def empty_values(self, empty_texts: list[int]) -> int:
        """How many of them are empty, or refer to a shared string that is (given by its index)."""
        references = sum(self._part.count(b't="s"><v>%d</v>' % index) for index in empty_texts)
        return references + self._part.count(b"<v></v>")

    def faults(self) -> Cells:
        """Cells that look empty to a parser and are not: an error, or a formula that nothing has calculated yet."""
        found: Cells = {}
        if b"<f" in self._part:
            for match in _EMPTY_FORMULA.finditer(self._part):
                if b't="str"' not in match[1]:  # a text formula that answered the empty text
                    found |= dict.fromkeys(_places(match[1]), NEVER_CALCULATED)
        if b't="e"' in self._part:
            for match in _ERROR.finditer(self._part):
                error = match[2].decode("utf-8", "replace")
                found |= dict.fromkeys(_places(match[1]), f"单元格是错误值 {error}，请改正后再导入。")
        return found

    def styled(self, styles: dict[int, str]) -> Iterator[tuple[tuple[int, int], str]]:
        """The cells with content in one of these styles, each with what the style maps to."""
        if not any(b's="%d"' % style in self._part for style in styles):
            return
        for match in _STYLED.finditer(self._part):
            style = _STYLE.search(match[1])
            if style and int(style[1]) in styles:
                yield from ((place, styles[int(style[1])]) for place in _places(match[1]))

    def merges(self) -> list[Merge]:
        """Merged ranges, (top, left, bottom, right) from 0, all included."""
        below = self._part[self._part.rfind(b"</sheetData>") :]
        return [
            (int(top) - 1, _column(left), int(bottom) - 1, _column(right))
            for left, top, right, bottom in _MERGE.findall(below)
        ]


def _places(attributes: bytes) -> list[tuple[int, int]]:
    place = _PLACE.search(attributes)
    return [(int(place[2]) - 1, _column(place[1]))] if place else []


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
