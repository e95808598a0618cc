"""The totals under a ledger's table."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from gui.column_fit import totals_font
from gui.ledger_model import ALIGNMENTS, LedgerModel
from gui.palette import PALETTE


class TotalsStrip(QWidget):
    """The totals under the last row, always in view, each under its column."""

    def __init__(self, table: QTableView, model: LedgerModel) -> None:
        super().__init__()
        self._table = table
        self._ledger = model
        self.padding = 9
        header = table.horizontalHeader()
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
        for number, column in enumerate(self._ledger.columns):
            if header.isSectionHidden(number):
                continue
            text = self._ledger.total(number) or (name if number == self._first(header) else "")
            left = header.sectionViewportPosition(number) + offset
            area = QRect(left, 0, header.sectionSize(number), self.height())
            painter.drawText(area.adjusted(self.padding, 0, -self.padding, -1), ALIGNMENTS[column.kind.align], text)
        painter.end()

    def _first(self, header: QHeaderView) -> int:
        return next((n for n in range(header.count()) if not header.isSectionHidden(n)), 0)
