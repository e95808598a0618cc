"""A year of a member's dues drawn as twelve months."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.palette import PALETTE, TONES
from gui.parts.cell_painter import paint_tag
from gui.parts.ledger_model import Look
from gui.theme import scaled
from models.kinds import MONEY
from models.ledgers.dues.cells import REGISTER_MONTH, STATE_WORDS
from models.ledgers.members.person import DuesYear

_ACROSS, _DOWN = 6, 2


class MonthGrid(QWidget):
    """Twelve cells in two lines; what is unpaid stands as a tag, a cell's hint tells how its due was worked out."""

    def __init__(self, year: DuesYear) -> None:
        super().__init__()
        self.year = year
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{year.year}年党费")
        self.setAccessibleDescription(
            "，".join(f"{number}月{STATE_WORDS[cell.standing.state]}" for number, cell in enumerate(year.cells, 1))
        )

    def sizeHint(self) -> QSize:
        return QSize(scaled(self, 320), scaled(self, 44) * _DOWN)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        small = QFont(self.font())
        small.setPixelSize(scaled(self, 11))
        for number in range(12):
            area = self._cell(number)
            painter.fillRect(area.adjusted(0, 0, -2, -2), QColor(PALETTE.heading))
            painter.setFont(small)
            painter.setPen(QColor(PALETTE.quiet))
            painter.drawText(area.adjusted(5, 3, -5, 0), Qt.AlignmentFlag.AlignLeft, f"{number + 1}月")
            self._paint_state(painter, area.adjusted(2, QFontMetrics(small).height(), -7, -2), number)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = next((number for number in range(12) if self._cell(number).contains(event.pos())), None)
            QToolTip.showText(event.globalPos(), self._hint(at) if at is not None else "", self)
            return True
        return super().event(event)

    def _paint_state(self, painter: QPainter, area: QRect, number: int) -> None:
        cell = self.year.cells[number]
        text, tone = REGISTER_MONTH.show(cell), REGISTER_MONTH.tone(cell)
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        font = QFont(self.font())
        font.setPixelSize(scaled(self, 13))
        if text and tone in ("warn", "bad") and not cell.standing.paid:
            paint_tag(painter, area, Look(text, tone, True, False, False, align), font)
            return
        painter.setFont(font)
        painter.setPen(QColor(TONES[tone][0]))
        painter.drawText(area, align, text)

    def _cell(self, number: int) -> QRect:
        width, height = self.width() / _ACROSS, self.height() / _DOWN
        left, top = number % _ACROSS, number // _ACROSS
        x, y = round(left * width), round(top * height)
        return QRect(x, y, round((left + 1) * width) - x, round((top + 1) * height) - y)

    def _hint(self, number: int) -> str:
        standing = self.year.cells[number].standing
        lines = [f"{self.year.year}年{number + 1}月　{STATE_WORDS[standing.state]}"]
        if standing.due is not None:
            lines.append(f"应交 {MONEY.show(standing.due)}　实交 {MONEY.show(standing.paid)}")
        return "\n".join([*lines, standing.working] if standing.working else lines)
