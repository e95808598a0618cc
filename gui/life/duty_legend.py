"""What the colours and signs of the year of duties mean, in one line."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.life.duty_cells import LEGEND
from gui.life.duty_grid import GROUNDS, paint_box, paint_tick
from gui.palette import PALETTE
from gui.theme import scaled
from models.rules.obligations import State

_PLANNED = "计划（日期）"


class Legend(QWidget):
    """Draws a small box for each state and a ring for plans."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("图例")
        self.setAccessibleDescription("、".join([name for name, _ in LEGEND] + [_PLANNED]))

    def sizeHint(self) -> QSize:
        return QSize(scaled(self, 560), scaled(self, 22))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(self, 300), scaled(self, 22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(scaled(self, 12))
        painter.setFont(font)
        metrics = QFontMetrics(font)
        x, middle, wide = 2.0, self.height() / 2, scaled(self, 26)
        for name, state in (*LEGEND, (_PLANNED, None)):
            box = QRectF(x, middle - scaled(self, 8), wide, scaled(self, 16))
            if state is None:
                painter.setPen(QPen(QColor(PALETTE.quiet), 1))
                painter.setBrush(QColor(PALETTE.surface))
                painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 7, 7)
            else:
                paint_box(painter, box, GROUNDS[state][0], state, first=True, last=True)
            if state is State.HELD:
                paint_tick(painter, QPointF(box.center()), scaled(self, 9), PALETTE.green)
            words = QRectF(x + wide + 5, 0, metrics.horizontalAdvance(name) + 4, self.height())
            painter.setPen(QColor(PALETTE.quiet))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            x = words.right() + scaled(self, 16)
        painter.end()
