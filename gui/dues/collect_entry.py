"""The line of the collection page into which initials and amounts are typed."""

from decimal import Decimal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gui.theme import scaled

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


class EntryLine(QLineEdit):
    """Tells of every key, also of letters that an input method still holds; Enter acts, arrows choose."""

    typed = Signal(str)
    confirmed = Signal()
    asked = Signal()  # Ctrl+Enter: months and amount are to be chosen
    stepped = Signal(int)
    erased = Signal()  # Delete, with nothing typed
    given_up = Signal()  # Esc

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("姓名首字母")
        self.setAccessibleName("收缴：姓名首字母、证号尾号或金额")
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoAutoUppercase)
        self.setMaxLength(40)
        self.textChanged.connect(self.typed)
        self._set_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.asked if event.modifiers() & Qt.KeyboardModifier.ControlModifier else self.confirmed).emit()
        elif key in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.stepped.emit(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
            event.ignore()  # the window takes its banner away with the same key
        elif key == Qt.Key.Key_Delete and not self.text():
            self.erased.emit()
        else:
            super().keyPressEvent(event)

    def keep_amount(self, amount: Decimal | None) -> None:
        """Leaves of what is typed only the amount: the member is now chosen by hand."""
        self.blockSignals(True)
        self.setText("" if amount is None else str(amount))
        self.blockSignals(False)
        self.typed.emit(self.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.preeditString():
            self.typed.emit(self.text() + event.preeditString())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._set_width()
        super().changeEvent(event)

    def _set_width(self) -> None:
        self.setFixedWidth(scaled(self, 172))
