"""Twelve months of dues as bars: what was due in pale, what was paid in red."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.palette import PALETTE
from models.ledgers.overview import MonthSums

_PAID_BEFORE = "#D08A84"  # the red of months gone by


class MonthBars(QWidget):
    """Draws one bar a month; the last month stands out."""

    def __init__(self) -> None:
        super().__init__()
        self._months: Sequence[MonthSums] = ()
        self.setMinimumHeight(130)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_months(self, months: Sequence[MonthSums]) -> None:
        self._months = months
        told = (f"{each.month.chinese} 应交 {each.due:,.2f} 元，实交 {each.paid:,.2f} 元" for each in months)
        self.setToolTip("\n".join(told))
        self.setAccessibleName("近十二个月党费")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        most = max((max(each.due, each.paid) for each in self._months), default=0)
        if not most:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = painter.fontMetrics().height() + 4
        floor = self.height() - words
        room = self.width() / len(self._months)
        for place, each in enumerate(self._months):
            left, width = place * room + room * 0.14, room * 0.72
            painter.setPen(Qt.PenStyle.NoPen)
            is_last = place == len(self._months) - 1
            for amount, colour in ((each.due, PALETTE.trough), (each.paid, PALETTE.red if is_last else _PAID_BEFORE)):
                height = float(amount / most) * (floor - 8)
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(QRectF(left, floor - height, width, height), 2, 2)
            painter.setPen(QColor(PALETTE.quiet))
            box = QRectF(place * room, floor + 2, room, words)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{each.month.number}月")
        painter.setPen(QColor(PALETTE.line))
        painter.drawLine(0, floor, self.width(), floor)
        painter.end()
