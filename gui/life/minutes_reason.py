"""The field in a line of the roll into which is typed why somebody did not come."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from gui.palette import PALETTE
from gui.theme import scaled

USUAL = ("出差", "病假", "事假", "住院", "休假", "产假", "培训学习", "值班", "驻村", "挂职", "开会", "身体原因")
"""Reasons that are offered while typing; any other may be typed."""


class ReasonEditor(QLineEdit):
    """Stands at the right of a line: Enter or leaving it takes what is typed, Esc does not."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("原因")
        self.setPlaceholderText("原因")
        self.setMaxLength(40)
        self.setStyleSheet(f"border: 2px solid {PALETTE.red}; border-radius: 5px; padding: 0 6px; min-height: 0;")
        completer = QCompleter(list(USUAL), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.popup().setObjectName("popup")
        self.setCompleter(completer)
        self.hide()

    def begin(self, line: QRect, text: str) -> None:
        """Opens in a line of the list, with the reason that stands there."""
        width = min(scaled(self, 150), line.width() // 2 + 20)
        self.setGeometry(line.right() - width, line.top() + 2, width, line.height() - 4)
        self.setText(text)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.isHidden() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end()

    def _end(self) -> None:
        text = self.text().strip()
        self._close()
        self.entered.emit(text)

    def _close(self) -> None:
        if (offered := self.completer()) is not None:
            offered.popup().hide()
        self.blockSignals(True)
        self.hide()  # which takes the focus away, and so would end it once more
        self.blockSignals(False)
