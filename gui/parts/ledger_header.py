"""The heading of a ledger's table: titles, bands over them, the sorted column."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPolygon
from PySide6.QtWidgets import QHeaderView, QTableView

from gui.palette import PALETTE
from gui.parts.ledger_model import ALIGNMENTS, LedgerModel
from gui.theme import scaled

EDGE = "#DDD6CC"


class LedgerHeader(QHeaderView):
    """Column titles in bold; neighbouring columns of one band stand under its name."""

    def __init__(self, table: QTableView, model: LedgerModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._ledger = model
        self.padding = 9
        self.setSectionsClickable(True)
        self.setSectionsMovable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), scaled(self, 31) * (2 if self.banded() else 1))

    def banded(self) -> bool:
        """Whether any column stands under a band."""
        return any(column.band for column in self._ledger.columns)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        painter.fillRect(rect, QColor(PALETTE.heading))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(EDGE))
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.heading_text))
        column = self._ledger.columns[section]
        area = QRect(rect)
        if column.band:
            area.setTop(rect.center().y())
            self._paint_band(painter, rect, section, column.band)
        inner = area.adjusted(self.padding, 0, -self.padding, -1)
        align = ALIGNMENTS[column.kind.align]
        title = painter.fontMetrics().elidedText(column.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, align | Qt.TextFlag.TextSingleLine, title)
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == section:
            self._paint_arrow(painter, area)
        painter.restore()

    def _paint_band(self, painter: QPainter, rect: QRect, section: int, band: str) -> None:
        """This section's share of the band's name, which is centred over all the columns of the band."""
        first = last = section
        while first > 0 and self._ledger.columns[first - 1].band == band:
            first -= 1
        while last + 1 < len(self._ledger.columns) and self._ledger.columns[last + 1].band == band:
            last += 1
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        half = rect.height() // 2
        painter.save()
        painter.setClipRect(rect)
        painter.drawText(QRect(left, rect.top(), right - left, half), Qt.AlignmentFlag.AlignCenter, band)
        painter.fillRect(left + 4, rect.top() + half - 1, right - left - 8, 1, QColor(PALETTE.line))
        painter.restore()

    def _paint_arrow(self, painter: QPainter, area: QRect) -> None:
        """A small triangle at the foot of the title: up for ascending."""
        x = area.center().x()
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        base, tip = (area.bottom() - 2, area.bottom() - 5) if up else (area.bottom() - 5, area.bottom() - 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(PALETTE.red))
        painter.drawPolygon(QPolygon([QPoint(x - 4, base), QPoint(x + 4, base), QPoint(x, tip)]))
