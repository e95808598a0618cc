"""A list of things to choose from, each with its title and a quiet line under it."""

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.palette import PALETTE
from gui.parts.cell_painter import Drawn, paint_ground
from gui.theme import scaled

_DETAIL = Qt.ItemDataRole.UserRole + 1
_PADDING = 10
Index = QModelIndex | QPersistentModelIndex


class EntryList(QListWidget):
    """Entries of two lines; `entry()` answers what the chosen one stands for. `empty` stands where there are none."""

    def __init__(self, name: str, empty: str = "") -> None:
        super().__init__()
        self._empty = empty
        self.setAccessibleName(name)
        self.setItemDelegate(_EntryPainter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def add_entry(self, title: str, detail: str, entry: Any) -> None:
        """Adds an entry at the end."""
        item = QListWidgetItem(title)
        item.setToolTip(detail)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, detail)
        item.setData(_DETAIL, detail)
        item.setData(Qt.ItemDataRole.UserRole, entry)
        self.addItem(item)

    def entry(self) -> Any:
        """What the chosen entry stands for, None where nothing is chosen."""
        return self.currentItem().data(Qt.ItemDataRole.UserRole) if self.currentRow() >= 0 else None

    def entries(self) -> list[Any]:
        """What the entries stand for, from top to bottom."""
        return [self.item(place).data(Qt.ItemDataRole.UserRole) for place in range(self.count())]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count() == 0 and self._empty:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(PALETTE.quiet))
            room = self.viewport().rect().adjusted(_PADDING, scaled(self, 14), -_PADDING, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._empty)


class _EntryPainter(QStyledItemDelegate):
    """Draws the title in bold where it is chosen, the detail small and quiet, a fine line below."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, scaled(self._owner, 48))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = paint_ground(painter, option)
        chosen = bool(cast(Drawn, option).state & QStyle.StateFlag.State_Selected)
        words = area.adjusted(_PADDING, scaled(self._owner, 5), -_PADDING, -scaled(self._owner, 5))
        font = QFont(self._owner.font())
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.red_dark if chosen else PALETTE.text))
        title = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
        font.setBold(False)
        font.setPixelSize(scaled(self._owner, 12))
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.quiet))
        detail = QFontMetrics(font).elidedText(index.data(_DETAIL), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, detail)
