"""Two groups of parts that stand side by side where there is room, else one under the other."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.parts.cards import NO_MARGINS


class WrappingRow(QWidget):
    """The first group takes what room is left; a large text puts the second under it."""

    def __init__(self, first: QBoxLayout, second: QBoxLayout, spacing: int = 10) -> None:
        super().__init__()
        self._first, self._second = first, second
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(*NO_MARGINS)
        self._line.setSpacing(spacing)
        self._line.addLayout(first, 1)
        self._line.addLayout(second)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider group, and as high as they stand now."""
        first, second = self._first.minimumSize(), self._second.minimumSize()
        height = max(first.height(), second.height())
        if self.is_wrapped:
            height = first.height() + second.height() + self._line.spacing()
        return QSize(max(first.width(), second.width()), height)

    def sizeHint(self) -> QSize:
        first, second = self._first.sizeHint(), self._second.sizeHint()
        return QSize(first.width() + second.width() + self._line.spacing(), self.minimumSizeHint().height())

    @property
    def is_wrapped(self) -> bool:
        """Whether the groups stand one under the other."""
        return self._line.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # a part came, went or changed its words
            self._arrange()
        return done

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_line"):
            self._arrange()

    def _arrange(self) -> None:
        needed = self._first.minimumSize().width() + self._second.minimumSize().width() + self._line.spacing()
        wide = needed <= self.width()
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.updateGeometry()
