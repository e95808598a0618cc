"""What the reading child finds on one sheet, and how it is handed over."""

from datetime import date, datetime
from typing import Any

Cells = dict[tuple[int, int], str]
Merge = tuple[int, int, int, int]

TOO_MUCH = "内容过多，超出导入的限度，没有读取。请只保留需要的工作表再导入。"
MOST_CELLS = 2_000_000


class UnreadableError(Exception):
    """A parser cannot make sense of the file; another one may."""


class Sheet:
    """The values of one sheet from its first row and column on, and what a value alone does not tell.

    Rows and columns count from 0. `merges` are (top, left, bottom, right), all included. `faults` says of a cell
    why it has no value although it is not empty (an error, a formula never calculated). `typed` is False where
    text and numbers could not be told apart (CSV).
    """

    def __init__(self, name: str, rows: list[tuple[Any, ...]], hidden: bool = False, typed: bool = True) -> None:
        self.name = name
        self.rows = rows
        self.hidden = hidden
        self.typed = typed
        self.merges: list[Merge] = []
        self.faults: Cells = {}

    @property
    def filled(self) -> int:
        """How many cells hold a value."""
        return sum(len(row) - row.count(None) for row in self.rows)

    def at(self, row: int, column: int) -> Any:
        """The value at a place, None beyond the last."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else None

    def plain(self) -> tuple[Any, ...]:
        """Built-in types alone, in the order of `importers.grid.Grid`."""
        return self.name, self.rows, self.hidden, self.typed, self.merges, self.faults


class Findings:
    """All sheets of a file, what is to be said of reading it, and whether its days count from 1904."""

    def __init__(self, sheets: list[Sheet], notices: list[str] | None = None, from_1904: bool = False) -> None:
        self.sheets = sheets
        self.notices = notices or []
        self.from_1904 = from_1904

    def plain(self) -> dict[str, Any]:
        """Built-in types alone, for the pipe to the parent."""
        return {
            "sheets": [sheet.plain() for sheet in self.sheets],
            "notices": self.notices,
            "from_1904": self.from_1904,
        }


def differing(name: str, cells: int) -> str:
    """What is said where the second parser found more than the first."""
    return f"工作表“{name}”有 {cells} 个单元格写法特殊，已换一种方法读出，请核对。"


def clean(value: Any) -> Any:
    """A parser's value as the rest knows it: None for the empty text, text for a time of day or a length of time."""
    if value is None or value == "":
        return None
    if isinstance(value, str | int | float | date):
        return value
    return str(value)


def trimmed(cells: list[Any]) -> tuple[Any, ...]:
    """A row without the empty cells at its end."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return tuple(cells[:end])


def without_tail(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows without the empty ones at the end, in place."""
    while rows and not rows[-1]:
        rows.pop()
    return rows


def as_displayed(value: Any, format_code: str) -> Any:
    """A date as exactly as its cell shows it: the first of a month shown as 1990年5月 was typed as a month.

    A day other than the first was typed whole, however little the cell shows of it.
    """
    if not isinstance(value, date) or value.day != 1 or not hides_day(format_code):
        return value
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return value
    if value.month == 1 and "m" not in _letters(format_code):
        return f"{value.year:04d}"
    return f"{value.year:04d}-{value.month:02d}"


def hides_day(format_code: str) -> bool:
    """Whether a number format shows a year but no day (yyyy"年"m"月", mmm-yy)."""
    letters = _letters(format_code)
    return bool(letters & {"y", "e"}) and "d" not in letters


def _letters(format_code: str) -> set[str]:
    """The letters of the first section of a number format that stand for parts of a date."""
    plain, quoted, skipped = [], False, ""
    for character in format_code.partition(";")[0].lower():
        if skipped:
            skipped = "" if character == "]" or skipped == "\\" else skipped
        elif character == '"':
            quoted = not quoted
        elif not quoted and character in "[\\":
            skipped = character
        elif not quoted:
            plain.append(character)
    return set(plain) if "general" not in "".join(plain) else set()
