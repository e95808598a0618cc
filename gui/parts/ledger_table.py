"""The table in which ledgers are shown: fixed row height, cell selection, and the keys that work in it."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView

from gui.parts.cell_painter import CellPainter
from gui.parts.frozen_column import FrozenColumn
from gui.parts.ledger_header import LedgerHeader
from gui.parts.ledger_model import Index, LedgerModel


class LedgerTable(QTableView):
    """Shows a LedgerModel; Enter or a double click opens a row, Ctrl+C copies what is selected."""

    opened = Signal(QModelIndex)

    def __init__(self, model: LedgerModel) -> None:
        super().__init__()
        self.ledger = model
        self.setModel(model)
        self.header = LedgerHeader(self, model)
        self.setHorizontalHeader(self.header)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.frozen = FrozenColumn(self, model)
        self.painter = CellPainter(self)
        self.setItemDelegate(self.painter)
        self.selectionModel().currentRowChanged.connect(self._paint_anew)

    def set_padding(self, padding: int) -> None:
        """Sets the room left and right of each cell's text, in pixels."""
        if padding == self.painter.padding:
            return
        self.painter.padding = self.header.padding = self.frozen.header.padding = padding
        for part in (self, self.header, self.frozen, self.frozen.header):
            part.scheduleDelayedItemsLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frozen.follow()

    def setItemDelegate(self, delegate: QAbstractItemDelegate) -> None:
        """Draws cells by another painter, the frozen ones too."""
        super().setItemDelegate(delegate)
        self.frozen.setItemDelegate(delegate)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Brings a cell into view, and out from under the frozen column."""
        super().scrollTo(index, hint)
        covered = self.frozen.width() - self.visualRect(index).left()
        if self.frozen.isVisible() and covered > 0 and self.frozen.isColumnHidden(index.column()):
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - covered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(index)

    def keyboardSearch(self, search: str) -> None:
        """Letters alone never act; the filter finds."""

    def copy(self) -> None:
        """Copies the selection; with nothing or all of it selected, the whole table with its headings."""
        from gui.parts.clipboard import copied

        selection = self.selectionModel().selection().toList()
        ranges = [(part.top(), part.bottom(), part.left(), part.right()) for part in selection]
        visible = [n for n in range(len(self.ledger.columns)) if not self.isColumnHidden(n)]
        rows = sorted({row for top, bottom, _, _ in ranges for row in range(top, bottom + 1)})
        columns = [n for n in visible if any(left <= n <= right for _, _, left, right in ranges)]
        cells = sum((bottom - top + 1) * (right - left + 1) for top, bottom, left, right in ranges)
        if cells in (0, len(self.ledger.rows) * len(self.ledger.columns)):
            data = copied(self.ledger, range(len(self.ledger.rows)), visible, None)
        else:

            def selected(row: int, column: int) -> bool:
                return any(t <= row <= b and left <= column <= right for t, b, left, right in ranges)

            data = copied(self.ledger, rows, columns, selected)
        QGuiApplication.clipboard().setMimeData(data)

    def go_to(self, row: int, column: int = 0) -> None:
        """Makes one cell the current one and brings it into view."""
        index = self.ledger.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def _paint_anew(self) -> None:
        for part in (self, self.header, self.frozen, self.frozen.header):
            part.viewport().update()
