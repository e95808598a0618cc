"""A filled ledger as a table model: sorted and filtered here, because Qt's proxy cannot compare amounts or dates."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from gui.palette import TONES
from gui.parts.masking import is_private, masked
from models.kinds import Choice, Kind, Name, Person, Rate, Tone
from models.ledger import Column, Sheet
from models.variants import expression

Index = QModelIndex | QPersistentModelIndex
ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "centre": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
_AMOUNT = re.compile(r"[-−]?[\d,]+(\.\d+)?%?|[—–-]?")
_TABLE = QModelIndex()
ALWAYS_SEARCHED = ("initials", "id_number")  # a person is looked for by these, shown or not


class Look(NamedTuple):
    """How one cell is drawn."""

    text: str
    tone: Tone
    tagged: bool
    bold: bool
    quiet: bool
    align: Qt.AlignmentFlag


class LedgerModel(QAbstractTableModel):
    """The rows of one Sheet, in the order and selection that the person wants to see."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self.columns: tuple[Column, ...] = ()
        self.rows: list[Any] = []
        self.private_shown = False
        self.bold: frozenset[str] = frozenset()
        self.quiet: frozenset[str] = frozenset()
        self._emphasis: tuple[frozenset[str], frozenset[str]] | None = None
        self._totals: dict[int, str] = {}
        self._filter = ""
        self._wanted: Callable[[Any], bool] | None = None
        self._haystacks: list[str] | None = None
        self._sorted_by: tuple[str, Qt.SortOrder] | None = None

    def show_sheet(self, sheet: Sheet) -> None:
        """Shows a sheet, sorted and filtered as the last one was."""
        self.beginResetModel()
        self.sheet, self.columns = sheet, sheet.columns
        self.bold, self.quiet = self._emphasis or (_names(self.columns), _asides(self.columns))
        self._haystacks = None
        self._arrange()
        self.endResetModel()

    def emphasise(self, bold: Iterable[str], quiet: Iterable[str]) -> None:
        """Says which columns stand bold and which step back, in place of names and of rates and categories."""
        self._emphasis = frozenset(bold), frozenset(quiet)
        self.bold, self.quiet = self._emphasis

    def filter(self, text: str) -> None:
        """Leaves the rows that hold every word of `text`, masked numbers and pinyin initials included."""
        words = re.sub(r"(?<=\d),(?=\d)", "", text.casefold())
        if words != self._filter:
            self.beginResetModel()
            self._filter = words
            self._arrange()
            self.endResetModel()

    def narrow(self, wanted: Callable[[Any], bool] | None) -> None:
        """Leaves the rows for which `wanted` holds, before the text filter; None leaves all."""
        self.beginResetModel()
        self._wanted = wanted
        self._haystacks = None
        self._arrange()
        self.endResetModel()

    def show_private(self, shown: bool) -> None:
        """Shows identity and telephone numbers in full, or masks them."""
        self.private_shown = shown
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column, unknown values last either way; column -1 gives back the ledger's own order."""
        self.layoutAboutToBeChanged.emit()
        kept = [(index, id(self.rows[index.row()])) for index in self.persistentIndexList()]
        self._sorted_by = (self.columns[column].key, order) if 0 <= column < len(self.columns) else None
        self._arrange()
        if kept:
            places = {id(row): number for number, row in enumerate(self.rows)}
            moved = [self.index(places[which], index.column()) for index, which in kept]
            self.changePersistentIndexList([index for index, _ in kept], moved)
        self.layoutChanged.emit()

    def text(self, row: int, column: int) -> str:
        """What one cell says, masked where that is wanted."""
        what = self.columns[column]
        text = what.kind.show(getattr(self.rows[row], what.key))
        return masked(text) if text and not self.private_shown and is_private(what.kind) else text

    def look(self, row: int, column: int) -> Look:
        """All that is needed to draw one cell."""
        what = self.columns[column]
        text = self.text(row, column)
        tone = what.kind.tone(getattr(self.rows[row], what.key))
        return Look(
            text,
            tone,
            _is_tag(what.kind, tone, text),
            what.key in self.bold,
            what.key in self.quiet,
            ALIGNMENTS[what.kind.align],
        )

    @property
    def whole(self) -> bool:
        """Whether no filter leaves rows out."""
        return self.sheet is not None and len(self.rows) == len(self.sheet.rows)

    def total(self, column: int) -> str:
        """The column's total over the rows that are shown, or nothing when it is not totalled."""
        what = self.columns[column]
        if self.sheet is None or what.key not in self.sheet.totals:
            return ""
        if column not in self._totals:
            amount = self.sheet.totals[what.key] if self.whole else _sum(what, self.rows)
            self._totals[column] = what.total_text(amount)
        return self._totals[column]

    def rowCount(self, parent: Index = _TABLE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _TABLE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.look(index.row(), index.column()).text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.look(index.row(), index.column()).align
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(TONES[self.look(index.row(), index.column()).tone][0])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[self.columns[section].kind.align]
        return None

    def _arrange(self) -> None:
        """Filters and sorts; callers tell the views."""
        self._totals = {}
        rows: Sequence[Any] = self.sheet.rows if self.sheet is not None else ()
        if self._wanted is not None:
            rows = [row for row in rows if self._wanted(row)]
        words = self._filter.split()
        if words:
            if self._haystacks is None:
                self._haystacks = _haystacks(rows, self.columns)
            pairs, finds = zip(rows, self._haystacks, strict=True), [expression(word).search for word in words]
            self.rows = [row for row, text in pairs if all(find(text) for find in finds)]
        else:
            self.rows = list(rows)
        if self._sorted_by is not None:
            self._sort_rows(*self._sorted_by)

    def _sort_rows(self, key: str, order: Qt.SortOrder) -> None:
        kind = next((column.kind for column in self.columns if column.key == key), None)
        if kind is None:
            return
        known = [row for row in self.rows if getattr(row, key) is not None]
        unknown = [row for row in self.rows if getattr(row, key) is None]
        known.sort(key=_sort_key(kind, key), reverse=order == Qt.SortOrder.DescendingOrder)
        self.rows = known + unknown


def _sort_key(kind: Kind, key: str) -> Callable[[Any], Any]:
    return lambda row: kind.sort_key(getattr(row, key))


def _is_tag(kind: Kind, tone: Tone, text: str) -> bool:
    """A state is a tag; an amount or a dash in a tone is coloured text."""
    if tone == "plain" or _AMOUNT.fullmatch(text):
        return False
    return tone != "quiet" or isinstance(kind, Choice)


def _haystacks(rows: Sequence[Any], columns: Sequence[Column]) -> list[str]:
    """What each row is searched in: all its columns, and what people are looked for by; in small letters.

    Column by column, since most columns of a long ledger say the same few things over and over.
    """
    shown = {column.key for column in columns}
    extra = [key for key in ALWAYS_SEARCHED if key not in shown]
    texts = [[str(getattr(row, key, None) or "") for row in rows] for key in extra]
    for column in columns:
        said, values = _Said(column.kind), map(attrgetter(column.key), rows)
        texts.append([v if type(v) is str else str(v) if type(v) is int else said[v] for v in values])
    said_something = [column_texts for column_texts in texts if any(column_texts)]
    if not said_something:
        return [""] * len(rows)
    return [text.casefold() for text in map("\n".join, zip(*said_something, strict=True))]


class _Said(dict[Any, str]):
    """What a value is searched by: plain values as they are written without commas, others as they are shown."""

    def __init__(self, kind: Kind) -> None:
        super().__init__({None: ""})
        self._kind = kind

    def __missing__(self, value: Any) -> str:
        plain = isinstance(value, str | Decimal | int | date) and not isinstance(value, bool)
        text = self[value] = str(value) if plain else self._kind.show(value)
        return text


def _sum(column: Column, rows: Iterable[Any]) -> Decimal:
    """What the column's cells hold as numbers, added up."""
    cells = (column.kind.cell(getattr(row, column.key)) for row in rows)
    return sum((Decimal(cell) for cell in cells if isinstance(cell, Decimal | int)), Decimal(0))


def _names(columns: Iterable[Column]) -> frozenset[str]:
    return frozenset(column.key for column in columns if isinstance(column.kind, Person | Name))


def _asides(columns: Iterable[Column]) -> frozenset[str]:
    """The columns that say what kind a row is rather than what it holds."""
    return frozenset(
        column.key
        for column in columns
        if isinstance(column.kind, Rate) or (isinstance(column.kind, Choice) and not column.kind.tones)
    )
