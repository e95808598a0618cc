"""Twelve months of dues as bars: what was due stands pale behind what was paid."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.palette import PALETTE
from gui.theme import scaled
from models.ledgers.overview import MonthSums

_PALE = "#CF8881"
_TALLEST, _FOOT = 0.8, 24  # of the room above the foot; pixels for the names of the months


class DuesChart(QWidget):
    """Draws itself with nothing but a painter; the month under the mouse tells its sums."""

    def __init__(self) -> None:
        super().__init__()
        self._months: Sequence[MonthSums] = ()
        self.setMinimumHeight(scaled(self, 84))  # lower, and a screen of 768 lines has room for all that is due
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_months(self, months: Sequence[MonthSums]) -> None:
        """Shows months in order; the last is the one that is worked on."""
        self._months = months
        self.setAccessibleName("近十二个月党费")
        self.setAccessibleDescription("；".join(_said(each) for each in months))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(self, 430), self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = int(event.pos().x() // self._step()) if self._months else 0
            words = _said(self._months[place]) if 0 <= place < len(self._months) else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot = self.height() - scaled(self, _FOOT)
        highest = max((max(each.due, each.paid) for each in self._months), default=Decimal(0)) or Decimal(1)
        font = QFont(self.font())
        font.setPixelSize(scaled(self, 11))
        painter.setFont(font)
        for number, each in enumerate(self._months):
            left = number * self._step()
            width = min(self._step() * 0.62, scaled(self, 24))
            start = left + (self._step() - width) / 2
            last = number == len(self._months) - 1
            for amount, colour in ((each.due, PALETTE.trough), (each.paid, PALETTE.red if last else _PALE)):
                height = float(max(amount, Decimal(0)) / highest) * foot * _TALLEST
                _bar(painter, QRectF(start, foot - height, width, height), colour)
            painter.setPen(QColor(PALETTE.text if last else PALETTE.quiet))
            name = QRectF(left, foot + 4, self._step(), scaled(self, _FOOT) - 4)
            painter.drawText(name, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, f"{each.month.number}月")
        painter.fillRect(0, foot, self.width(), 1, QColor(PALETTE.edge))
        painter.end()

    def _step(self) -> float:
        return self.width() / max(len(self._months), 1)


def _bar(painter: QPainter, area: QRectF, colour: str) -> None:
    """A bar whose upper corners are a little round."""
    if area.height() < 0.5:
        return
    path = QPainterPath()
    path.addRoundedRect(area.adjusted(0, 0, 0, 4), 3, 3)
    painter.save()
    painter.setClipRect(area)
    painter.fillPath(path, QColor(colour))
    painter.restore()


def _said(each: MonthSums) -> str:
    return f"{each.month.chinese}　应交 {each.due:,.2f}　实交 {each.paid:,.2f}"
