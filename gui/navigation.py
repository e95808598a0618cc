"""The navigation at the left of the window."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from gui import icons
from gui.page import PageEntry
from gui.palette import PALETTE
from gui.parts.cards import column, fill, label
from gui.theme import scaled


class NavigationItem(QAbstractButton):
    """A page's line: icon, title, and a count when something waits there."""

    def __init__(self, entry: PageEntry) -> None:
        super().__init__()
        self.name = entry.name
        self._icon = entry.icon
        self._badge = 0
        self.setText(entry.title)
        self.setAccessibleName(entry.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_badge(self, count: int) -> None:
        self._badge = count
        self.setAccessibleDescription(f"{count} 项待办" if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(self, 120), scaled(self, 36))  # as wide as the navigation makes it

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        colour = PALETTE.red_dark if chosen else PALETTE.nav_text
        if chosen or self.underMouse():
            painter.fillRect(self.rect(), QColor(PALETTE.red_pale if chosen else PALETTE.paper))
        if chosen:
            painter.fillRect(0, 0, 3, self.height(), QColor(PALETTE.red))
        side = scaled(self, 16)
        middle = self.height() / 2
        icons.draw(painter, self._icon, colour, QRectF(scaled(self, 20), middle - side / 2, side, side))
        font = self.font()
        font.setBold(chosen)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        words = self.rect().adjusted(scaled(self, 46), 0, -8, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._badge:
            self._paint_badge(painter, middle)
        if self.hasFocus():
            painter.setPen(QColor(PALETTE.red))
            painter.drawRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))
        painter.end()

    def _paint_badge(self, painter: QPainter, middle: float) -> None:
        text = str(self._badge) if self._badge < 100 else "99+"
        font = self.font()
        font.setPixelSize(scaled(self, 11))
        painter.setFont(font)
        height = scaled(self, 18)
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + scaled(self, 10))
        area = QRectF(self.width() - scaled(self, 16) - width, middle - height / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(PALETTE.red))
        painter.drawRoundedRect(area, height / 2, height / 2)
        painter.setPen(QColor(PALETTE.surface))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


class Navigation(QWidget):
    """The program's name, the organisation's, and a line for each page; emits the page's name when it is chosen."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[PageEntry]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.organisation = label(role="small", wrap=True)
        self.items = {entry.name: NavigationItem(entry) for entry in entries}
        self._group = QButtonGroup(self)
        for item in self.items.values():
            self._group.addButton(item)
            item.clicked.connect(lambda _checked=False, name=item.name: self.chosen.emit(name))
        head = column(label("支部台账", "brand"), self.organisation, spacing=2, margins=(16, 14, 12, 12))
        upper = [self.items[entry.name] for entry in entries if not entry.at_bottom]
        lower = [self.items[entry.name] for entry in entries if entry.at_bottom]
        fill(QVBoxLayout(self), head, *upper, 1, *lower, spacing=0, margins=(0, 0, 1, 14))
        self._set_width()

    def choose(self, name: str) -> None:
        """Marks a page's line as the one that is shown."""
        self.items[name].setChecked(True)

    def show_badges(self, counts: Mapping[str, int]) -> None:
        for name, item in self.items.items():
            item.set_badge(counts.get(name, 0))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._set_width()
        super().changeEvent(event)

    def _set_width(self) -> None:
        self.setFixedWidth(scaled(self, 168))
