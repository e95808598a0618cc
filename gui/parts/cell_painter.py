"""How a ledger's cell is drawn: text in its tone, states as tags, a fine line under each row."""

from typing import Protocol, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from gui.palette import PALETTE, TONES
from gui.parts.ledger_model import LedgerModel, Look

Index = QModelIndex | QPersistentModelIndex
CURRENT_ROW = "#FDF7F5"
TAG_PADDING = 7


class Drawn(Protocol):
    """What QStyleOption has and PySide6's stubs do not name."""

    rect: QRect
    state: QStyle.StateFlag


class CellPainter(QStyledItemDelegate):
    """Draws cells of a LedgerModel; `padding` is the room left and right of the text, in pixels."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        self.padding = 9

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, LedgerModel):
            super().paint(painter, option, index)
            return
        area = cast(Drawn, option).rect
        self.paint_ground(painter, option, index)
        self.paint_words(painter, area, model.look(index.row(), index.column()))

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell's ground by its selection, and the line under it."""
        paint_ground(painter, option, current=index.row() == self._table.currentIndex().row())

    def paint_words(self, painter: QPainter, area: QRect, look: Look) -> None:
        """The cell's text, cut with an ellipsis where it does not fit."""
        if not look.text:
            return
        font = QFont(self._table.font())
        font.setBold(look.bold)
        inner = area.adjusted(self.padding, 0, -self.padding, -1)
        if look.tagged:
            paint_tag(painter, inner, look, font)
            return
        painter.setFont(font)
        quiet = look.quiet and look.tone == "plain"
        painter.setPen(QColor(PALETTE.quiet if quiet else TONES[look.tone][0]))
        text = QFontMetrics(font).elidedText(look.text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, look.align | Qt.TextFlag.TextSingleLine, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        return QSize(QFontMetrics(self._table.font()).horizontalAdvance(text) + 2 * self.padding, 33)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, current: bool = False) -> QRect:
    """The ground of a cell or line by its selection, the line under it, the frame of the focus; answers its area.

    A `current` one that is not selected stands on a softer ground.
    """
    drawn = cast(Drawn, option)
    area, state = drawn.rect, drawn.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, QColor(PALETTE.red_pale))
    elif current:
        painter.fillRect(area, QColor(CURRENT_ROW))
    painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(PALETTE.row_line))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(PALETTE.red))
        painter.drawRect(area.adjusted(0, 0, -1, -2))
    return area


def paint_tag(painter: QPainter, area: QRect, look: Look, font: QFont) -> None:
    """A state as a word in its colour on a soft ground."""
    small = QFont(font)
    small.setPixelSize(round(font.pixelSize() * 12 / 14))
    small.setBold(False)
    metrics = QFontMetrics(small)
    text = metrics.elidedText(look.text, Qt.TextElideMode.ElideRight, area.width() - 4)
    width = min(metrics.horizontalAdvance(text) + 2 * _tag_padding(text), area.width())
    height = metrics.height() + 2
    left = area.left()
    if look.align & Qt.AlignmentFlag.AlignRight:
        left = area.right() + 1 - width
    elif look.align & Qt.AlignmentFlag.AlignHCenter:
        left = area.center().x() - width // 2
    box = QRectF(left, area.center().y() - height / 2 + 1, width, height)
    colour, ground = TONES[look.tone]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(small)
    painter.setPen(QColor(colour))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def tag_width(text: str, metrics: QFontMetrics) -> int:
    """The room a tag takes in a cell whose font has these metrics (a little more than it needs)."""
    return metrics.horizontalAdvance(text) + 2 * _tag_padding(text)


def _tag_padding(text: str) -> int:
    return 4 if len(text) == 1 else TAG_PADDING
