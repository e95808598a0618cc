"""The records that a search found, each with the piece of its text in which the words stand."""

from collections.abc import Sequence
from typing import Protocol, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.palette import PALETTE
from gui.parts.cell_painter import paint_ground
from gui.theme import scaled
from models.ledgers.life.search import Hit

_PADDING, _GAP = 12, 6
_LINES = 2  # of the piece of text
_HEIGHT = 84
Index = QModelIndex | QPersistentModelIndex


class Range(Protocol):
    """What QTextLayout.FormatRange has and PySide6's stubs do not name."""

    start: int
    length: int
    format: QTextCharFormat


class HitList(QListWidget):
    """Shows hits; Enter or a double click opens one."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("找到的记录")
        self.setItemDelegate(_HitPainter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemDoubleClicked.connect(self._open)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Shows hits from top to bottom, the first chosen."""
        self.clear()
        for hit in hits:
            item = QListWidgetItem(f"{heading(hit)}　{hit.snippet.text}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.addItem(item)
        self.setCurrentRow(0 if hits else -1)

    def hit(self) -> Hit | None:
        """The one that is chosen."""
        found: Hit | None = self.currentItem().data(Qt.ItemDataRole.UserRole) if self.currentRow() >= 0 else None
        return found

    def step(self, lines: int) -> None:
        """Chooses the one so many lines further down."""
        if self.count():
            self.setCurrentRow(min(max(self.currentRow() + lines, 0), self.count() - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters alone never act."""

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))


def heading(hit: Hit) -> str:
    """The kind with the day: 主题党日　2026-05-06　参观纪念馆."""
    return "　".join(filter(None, (hit.kind, str(hit.on or ""), hit.name)))


class _HitPainter(QStyledItemDelegate):
    """Draws kind, day and name in bold, the branch at the right, below it the piece of text with its words marked."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, scaled(self._owner, _HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(Qt.ItemDataRole.UserRole)
        area = paint_ground(painter, option)
        inner = area.adjusted(_PADDING, scaled(self._owner, 8), -_PADDING, -4)
        top = self._head(painter, hit, inner)
        self._piece(painter, hit, inner.adjusted(0, top + _GAP, 0, 0))

    def _head(self, painter: QPainter, hit: Hit, area: QRect) -> int:
        """Draws the upper line; answers its height."""
        font = QFont(self._owner.font())
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.quiet))
        aside = f"{hit.branch}　{hit.where}"
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, aside)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.text))
        room = area.width() - metrics.horizontalAdvance(aside) - 2 * _PADDING
        words = QFontMetrics(font).elidedText(heading(hit), Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, words)
        return metrics.height()

    def _piece(self, painter: QPainter, hit: Hit, area: QRect) -> None:
        layout = QTextLayout(hit.snippet.text, self._owner.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.setFormats([_marked(first, end) for first, end in hit.snippet.marks])
        layout.beginLayout()
        below = 0.0
        for _ in range(_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            line.setPosition(QPointF(0, below))
            below += line.height() + 1
        layout.endLayout()
        painter.setPen(QColor(PALETTE.text))
        layout.draw(painter, QPointF(area.left(), area.top()))


def _marked(first: int, end: int) -> QTextLayout.FormatRange:
    """Red and bold from a place of the text to another."""
    look = QTextCharFormat()
    look.setForeground(QColor(PALETTE.red_dark))
    look.setBackground(QColor(PALETTE.red_soft))
    look.setFontWeight(QFont.Weight.Bold)
    found = QTextLayout.FormatRange()
    given = cast(Range, found)
    given.start, given.length, given.format = first, end - first, look
    return found
