"""The totals under a ledger's table."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from gui.palette import PALETTE
from gui.parts.column_fit import totals_font
from gui.parts.ledger_model import ALIGNMENTS, LedgerModel


class TotalsStrip(QWidget):
    """The totals under the last row, always in view, each under its column."""

    def __init__(self, table: QTableView, model: LedgerModel) -> None:
        super().__init__()
        self._table = table
        self._ledger = model
        self.padding = 9
        header = table.horizontalHeader()
        model.modelReset.connect(self.update)
        header.sectionResized.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(PALETTE.surface))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(PALETTE.row_line))
        painter.setFont(totals_font(self._table.font()))
        painter.setPen(QColor(PALETTE.text))
        header = self._table.horizontalHeader()
        name = "合计" if self._ledger.whole else "小计"
        offset = self._table.verticalHeader().width() if self._table.verticalHeader().isVisible() else 0
        first = self._first(header)
        painter.setClipRect(0, 0, self._table.viewport().width() + offset, self.height())
        for number in range(len(self._ledger.columns)):
            if number != first and not header.isSectionHidden(number):
                left = header.sectionViewportPosition(number) + offset
                self._paint_total(painter, left, number, self._ledger.total(number))
        # The first column is painted last, at the left edge, as it stays there while the others scroll under it.
        painter.fillRect(offset, 0, header.sectionSize(first), self.height() - 1, QColor(PALETTE.surface))
        self._paint_total(painter, offset, first, self._ledger.total(first) or name)
        painter.end()

    def _paint_total(self, painter: QPainter, left: int, number: int, text: str) -> None:
        area = QRect(left, 0, self._table.horizontalHeader().sectionSize(number), self.height())
        align = ALIGNMENTS[self._ledger.columns[number].kind.align]
        painter.drawText(area.adjusted(self.padding, 0, -self.padding, -1), align, text)

    def _first(self, header: QHeaderView) -> int:
        return next((n for n in range(header.count()) if not header.isSectionHidden(n)), 0)
