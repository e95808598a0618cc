"""The first column of a wide table, which stays in view while the others scroll under it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from gui.parts.ledger_header import LedgerHeader
from gui.parts.ledger_model import LedgerModel


class FrozenColumn(QTableView):
    """Lies over the left edge of `table` as soon as that is scrolled to the right, and shows who each row is about."""

    def __init__(self, table: QTableView, model: LedgerModel) -> None:
        super().__init__(table)
        self._table = table
        self.setObjectName("frozen")
        self.setModel(model)
        self.setSelectionModel(table.selectionModel())
        self.header = LedgerHeader(self, model)
        self.header.setSectionsClickable(False)
        self.setHorizontalHeader(self.header)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(table.verticalScrollMode())
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(self.follow)
        table.horizontalHeader().sectionResized.connect(self.follow)
        self.hide()

    def follow(self) -> None:
        """Takes size, place and letters from the table, and shows itself only where something is scrolled away."""
        header = self._table.horizontalHeader()
        first = next((n for n in range(header.count()) if not header.isSectionHidden(n)), None)
        scrolled = self._table.horizontalScrollBar().value() > 0
        if first is None or not scrolled:
            self.hide()
            return
        for number in range(header.count()):
            self.setColumnHidden(number, number != first)
        self.setFont(self._table.font())
        self.header.setFont(header.font())
        self.header.setFixedHeight(header.height())
        self.verticalHeader().setDefaultSectionSize(self._table.verticalHeader().defaultSectionSize())
        width = header.sectionSize(first)
        self.setColumnWidth(first, width)
        self.setGeometry(0, 0, width + 1, header.height() + self._table.viewport().height())
        self.verticalScrollBar().setValue(self._table.verticalScrollBar().value())
        self.show()
        self.raise_()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click here is one on the table."""
        self._table.mouseDoubleClickEvent(event)
