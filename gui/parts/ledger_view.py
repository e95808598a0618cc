"""A ledger on the screen: the table, its totals, its filter, what stands there while it is empty."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QMenu, QPushButton, QStackedLayout, QWidget

from gui.parts.cards import Empty, column
from gui.parts.column_fit import DENSITIES, Longest, longest, natural_widths, spread
from gui.parts.ledger_model import LedgerModel
from gui.parts.ledger_table import LedgerTable
from gui.parts.masking import is_private
from gui.parts.totals_strip import TotalsStrip
from gui.theme import scaled
from models.ledger import Sheet

ROW_HEIGHT = 33


class LedgerView(QFrame):
    """Shows a Sheet; `empty` and the button `start` stand in its place while the ledger has no rows."""

    opened = Signal(object)  # the row: Enter or a double click
    chosen = Signal(object)  # the row that became the current one, None for none
    cell_chosen = Signal(object, str)  # the row and the key of its column

    def __init__(self, empty: str = "这里还没有记录。", start: QPushButton | None = None) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.sheet: Sheet | None = None
        self.model = LedgerModel(self)
        self.table = LedgerTable(self.model)
        self.totals = TotalsStrip(self.table, self.model)
        self.mask_switch = QCheckBox("显示证号、电话")
        self.mask_switch.toggled.connect(self._switch)
        self._hidden: set[str] = set()
        self._private: frozenset[str] = frozenset()
        self._never: frozenset[str] = frozenset()
        self._fitting = self._by_hand = False
        self._longest: list[Longest] | None = None  # of what the model holds, until that changes
        self._filled = QWidget()
        body = column(self.table, self.totals, 1, spacing=0)
        body.setStretchFactor(self.table, 1000)
        self._filled.setLayout(body)
        self._nothing = Empty(empty, start)
        self._no_match = Empty("没有符合筛选的记录。", icon="search")
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(1, 1, 1, 6)
        for face in (self._nothing, self._no_match, self._filled):
            self._stack.addWidget(face)
        self._refit = QTimer(self, singleShot=True, interval=0)
        self._refit.timeout.connect(self._fit)
        self._connect()

    def show_sheet(self, sheet: Sheet) -> None:
        """Shows a sheet; the order, the filter, the scroll and the current cell stay as they were."""
        place = self._place()
        if self.sheet is None or [c.key for c in self.sheet.columns] != [c.key for c in sheet.columns]:
            self._by_hand = False
        self.sheet = sheet
        self.model.show_sheet(sheet)
        self._hide()
        self._arranged(place)

    def say_empty(self, text: str) -> None:
        """Says what belongs here while there are no rows."""
        self._nothing.words.setText(text)

    def filter(self, text: str) -> None:
        """Leaves the rows that hold every word of `text`."""
        place = self._place()
        self.model.filter(text)
        self._arranged(place)

    def narrow(self, wanted: Callable[[Any], bool] | None) -> None:
        """Leaves the rows for which `wanted` holds, as a page's own choosers ask; None leaves all."""
        place = self._place()
        self.model.narrow(wanted)
        self._arranged(place)

    def emphasise(self, bold: Iterable[str] = (), quiet: Iterable[str] = ()) -> None:
        """Says which columns stand bold and which step back."""
        self.model.emphasise(bold, quiet)

    def rows_shown(self) -> list[Any]:
        """The rows in the order and selection in which they stand on the screen."""
        return list(self.model.rows)

    def current_row(self) -> Any:
        """The row of the current cell, or None."""
        index = self.table.currentIndex()
        return self.model.rows[index.row()] if index.isValid() else None

    def current_column(self) -> str:
        """The key of the current cell's column, "" where none is."""
        index = self.table.currentIndex()
        return self.model.columns[index.column()].key if index.isValid() else ""

    def selected_rows(self) -> list[Any]:
        """The rows that have a selected cell, from top to bottom."""
        return [self.model.rows[number] for number in sorted({i.row() for i in self.table.selectedIndexes()})]

    def select(self, wanted: Callable[[Any], bool]) -> bool:
        """Goes to the first row for which `wanted` holds; False when there is none (or the filter hides it)."""
        for number, each in enumerate(self.model.rows):
            if wanted(each):
                self.table.go_to(number, max(self.table.currentIndex().column(), 0))
                return True
        return False

    def hide_columns(self, keys: Iterable[str]) -> None:
        """Hides columns, as the person would by the menu of the heading; nothing happens where they are hidden."""
        wanted = set(keys)
        if wanted == self._hidden:
            return
        self._hidden = wanted
        self._hide()
        self._by_hand = False
        self._fit()

    def keep_private(self, keys: Iterable[str], never: Iterable[str] = ()) -> None:
        """Hides the columns of these keys while the switch is off, and those of `never` at all times."""
        self._private, self._never = frozenset(keys), frozenset(never)
        self._hide_private()
        self._offer_switch()

    def hidden_columns(self) -> frozenset[str]:
        """The keys of the columns that are hidden, for keeping."""
        return frozenset(self._hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_refit"):
            self._by_hand = False
            self._refit.start()

    def _connect(self) -> None:
        for changed in (self.model.modelReset, self.model.layoutChanged, self.model.dataChanged):
            changed.connect(self._forget_longest)
        header = self.table.header
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self.model.sort)
        header.sectionResized.connect(self._resized)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._choose_columns)
        self.table.opened.connect(lambda index: self.opened.emit(self.model.rows[index.row()]))
        self.table.selectionModel().currentChanged.connect(self._current_changed)

    def _forget_longest(self) -> None:
        self._longest = None

    def _current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        if not now.isValid():
            self.chosen.emit(None)
            return
        each = self.model.rows[now.row()]
        if now.row() != before.row():
            self.chosen.emit(each)
        self.cell_chosen.emit(each, self.model.columns[now.column()].key)

    def _place(self) -> tuple[Any, int, int, int]:
        """Where the person is: the current row, its number, its column, and the scroll."""
        index = self.table.currentIndex()
        return self.current_row(), index.row(), index.column(), self.table.verticalScrollBar().value()

    def _arranged(self, place: tuple[Any, int, int, int]) -> None:
        """Shows what there is now, and goes back to the row where the person was."""
        self._stack.setCurrentWidget(self._face())
        self.totals.setVisible(bool(self.sheet and self.sheet.totals))
        self._fit()
        row, number, key, scroll = place
        if row is not None and self.model.rows:
            which = getattr(row, "id", None)
            if which is None or not self.select(lambda each: getattr(each, "id", None) == which):
                self.table.go_to(min(number, len(self.model.rows) - 1), min(key, len(self.model.columns) - 1))
            self.table.verticalScrollBar().setValue(scroll)

    def _face(self) -> QWidget:
        if self.model.rows:
            return self._filled
        if self.sheet is not None and self.sheet.rows:
            return self._no_match
        return self._nothing

    def _hide(self) -> None:
        """Hides what is to be hidden; Qt tells of it as if the columns had been resized, which nobody did."""
        self._fitting = True
        for number, each in enumerate(self.model.columns):
            self.table.setColumnHidden(number, each.key in self._hidden)
        self._offer_switch()
        self._fitting = False

    def _switch(self, shows: bool) -> None:
        self.model.show_private(shows)
        if self._private:
            self._hide_private()

    def _hide_private(self) -> None:
        self.hide_columns(self._never | (frozenset() if self.mask_switch.isChecked() else self._private))

    def _offer_switch(self) -> None:
        """Shows the switch where it has something to show; without a place it would stand as a window of its own."""
        masked = (each.key not in self._hidden and is_private(each.kind) for each in self.model.columns)
        placed = self.mask_switch.parentWidget() is not None
        self.mask_switch.setVisible(placed and (bool(self._private) or any(masked)))

    def _resized(self) -> None:
        if not self._fitting:
            self._by_hand = True

    def _fit(self) -> None:
        """Fits columns and rows to the room and the text size, unless the person set the columns by hand."""
        if self.sheet is None or not self.model.rows:
            return
        self._fitting = True
        if not self._by_hand:
            self._fit_columns()
        self._fitting = False
        self._fit_height()

    def _fit_columns(self) -> None:
        shown = [n for n in range(len(self.model.columns)) if not self.table.isColumnHidden(n)]
        columns = [self.model.columns[n] for n in shown]
        room = self.width() - 2
        if self._scrolls():
            room -= self.table.verticalScrollBar().sizeHint().width()
        widths, density = self._widths(shown, room)
        font = QFont(self.font())
        font.setPixelSize(scaled(self, density[0]))
        self.table.setFont(font)
        self.table.header.setFont(font)
        self.table.set_padding(density[1])
        self.totals.padding = density[1]
        for number, width in zip(shown, spread(widths, columns, room), strict=True):
            self.table.setColumnWidth(number, width)

    def _scrolls(self) -> bool:
        """Whether heading, rows and totals are together higher than the room there is."""
        edges = self._stack.contentsMargins()
        heading = 0 if self.table.header.isHidden() else self.table.header.sizeHint().height()
        lines = len(self.model.rows) + (not self.totals.isHidden())
        return heading + scaled(self, ROW_HEIGHT) * lines > self.height() - edges.top() - edges.bottom()

    def _widths(self, shown: list[int], room: int) -> tuple[list[int], tuple[int, int]]:
        """The widths at the roomiest density at which all columns fit; at the second, with scrolling, if none does."""
        tried = []
        if self._longest is None:
            self._longest = longest(self.model)
        for density in DENSITIES:
            font = QFont(self.font())
            font.setPixelSize(scaled(self, density[0]))
            every = natural_widths(self.model, font, density[1], self._longest)
            tried.append(([every[n] for n in shown], density))
            if sum(tried[-1][0]) <= room:
                return tried[-1]
        return tried[1]

    def _fit_height(self) -> None:
        """Rows keep their height; a short table ends under its last row, where its totals stand."""
        height = scaled(self, ROW_HEIGHT)
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.frozen.follow()
        self.totals.setFixedHeight(height)
        bar = self.table.horizontalScrollBar()
        wide = self.table.header.length() > self.width() - 2
        scroll = bar.sizeHint().height() if wide else 0
        rows = min(len(self.model.rows), 10_000)  # Qt's largest widget is 16,777,215 pixels high
        self.table.setMaximumHeight(self.table.header.sizeHint().height() + height * rows + scroll)

    def _choose_columns(self, where: QPoint) -> None:
        """The menu of the heading: which columns are shown."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self.model.columns:
            action = menu.addAction(each.title)
            action.setCheckable(True)
            action.setChecked(each.key not in self._hidden)
            action.setEnabled(action.isChecked() is False or len(self._hidden) + 1 < len(self.model.columns))
            action.toggled.connect(lambda shown, key=each.key: self._show_column(key, shown))
        menu.popup(self.table.header.mapToGlobal(where))

    def _show_column(self, key: str, shown: bool) -> None:
        self.hide_columns(self._hidden - {key} if shown else self._hidden | {key})
