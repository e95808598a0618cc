"""Web pages saved as .xls, as WPS and many web programs do: every table of the page, one below the other."""

import re
from html.parser import HTMLParser
from typing import Any

from importers.reading.sheet import MOST_CELLS, TOO_MUCH, Findings, Merge, Sheet, trimmed, without_tail
from importers.reading.text import decoded
from models.errors import UserError

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w\-]+)", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "center", "pre", "body"})
_UNSEEN = frozenset({"style", "script", "title", "xml", "head"})
_WIDEST_SPAN = 1_000
_MOST_MERGES = 5_000


def read(data: bytes) -> Findings:
    """The page as one sheet, as a spreadsheet program shows it; UserError where there is no table on it."""
    named = _CHARSET.search(data[:4096])
    declared = named[1].decode("ascii").casefold() if named else ""
    page = _Page()
    page.feed(decoded(data, "gb18030" if declared.startswith("gb") else declared))
    page.close()
    if not page.tables:
        raise UserError("里没有表格，没有可导入的内容。")
    page.end_line()
    sheet = Sheet("", without_tail([trimmed(row) for row in page.rows]), typed=False)
    sheet.merges = page.merges
    return Findings([sheet])


class _Page(HTMLParser):
    """Gathers rows: those of tables cell by cell, and one for each line of text between tables."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[Any]] = []
        self.merges: list[Merge] = []
        self.tables = 0
        self._unseen = 0
        self._cell: dict[str, str | None] | None = None
        self._text: list[str] = []
        self._taken: set[tuple[int, int]] = set()
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "br":
            self._text.append("\n")
        elif tag == "table":
            self._cell = None  # a table in a cell: the outer one only lays out the page
            self.end_line()
            self._taken.clear()
            self.tables += 1
        elif tag == "tr":
            self.end_line()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            self._cell = dict(attrs)
        elif tag in _BLOCKS:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell()
        elif tag in _BLOCKS:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._text.append(re.sub(r"[ \t\r\n]+", " ", data))

    def end_line(self) -> None:
        """Ends a line of text between tables; within a cell a block is only a new line."""
        if self._cell is not None:
            self._text.append("\n")
            return
        text = "".join(self._text).strip()
        self._text.clear()
        if text:
            self.rows.append([text])

    def _end_cell(self) -> None:
        if self._cell is None:
            self.end_line()
            return
        attributes, self._cell = self._cell, None
        text = re.sub(r" *\n[ \n]*", "\n", "".join(self._text)).strip(" \n")
        self._text.clear()
        if not self.rows:
            self.rows.append([])
        self._place(_value(text, attributes), _span(attributes, "rowspan"), _span(attributes, "colspan"))

    def _place(self, value: Any, height: int, width: int) -> None:
        """Puts a cell where the next free place of the row is, and keeps the places it spreads over."""
        top, row = len(self.rows) - 1, self.rows[-1]
        while (top, len(row)) in self._taken:
            row.append(None)
        left = len(row)
        row.extend([value, *[None] * (width - 1)])
        self._cells += width
        if height > 1:
            self._taken |= {(line, left + step) for line in range(top + 1, top + height) for step in range(width)}
        if height * width > 1:
            self.merges.append((top, left, top + height - 1, left + width - 1))
        if self._cells + len(self._taken) > MOST_CELLS or len(self.merges) > _MOST_MERGES:
            raise UserError(TOO_MUCH)


def _span(attributes: dict[str, str | None], name: str) -> int:
    text = attributes.get(name) or "1"
    return min(max(int(text), 1), _WIDEST_SPAN) if text.isdecimal() and len(text) < 6 else 1


def _value(text: str, attributes: dict[str, str | None]) -> Any:
    """A cell's text, or its number where the page says that it is one."""
    if "x:num" not in attributes:
        return text or None
    try:
        return float(attributes["x:num"] or text.replace(",", ""))
    except ValueError:
        return text or None
