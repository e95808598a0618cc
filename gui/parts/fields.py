"""A form's field: a title, the widget to type into, and under it the sentence that says what is wrong."""

from collections.abc import Iterable
from html import escape
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.palette import PALETTE
from gui.parts.cards import fill, label, restyle
from gui.parts.editors import Editor, editor_for
from gui.parts.scrolled import bring_into_view
from gui.parts.search_box import Find
from models.ledger import Column

_LED_HERE = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.OtherFocusReason)


class Field(QWidget):
    """One value of a record, typed freely and read by the column's kind when the field is left."""

    changed = Signal()
    judged = Signal()  # a sentence came or went under the field
    entered = Signal()  # Enter, on either keypad

    def __init__(self, column: Column, find: Find | None = None) -> None:
        super().__init__()
        self.column = column
        self.widget = editor_for(column, find)
        self.widget.setAccessibleName(column.title)
        self._editor = cast(Editor, self.widget)
        self._first_text = ""
        self.title = QLabel(_title(column))
        self.title.setProperty("role", "quiet")
        self.title.setBuddy(self.widget)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        fill(QVBoxLayout(self), self.widget, self.error, spacing=2)
        self.setFocusProxy(self.widget)
        self.widget.installEventFilter(self)
        self._editor.edited.connect(self._edited)

    def value(self) -> Any:
        """What was typed, read by the column's kind; ValueError with a sentence when it cannot be that."""
        read = self.column.kind.read(self._editor.text())
        if read is None and self.column.required:
            raise ValueError(f"请填写{self.column.title}。")
        return read

    def set_value(self, value: Any) -> None:
        """Shows a value as the one that stands in the record."""
        self._editor.setText(self.column.kind.show(value))
        self._first_text = self._editor.text()
        self.show_error("")

    def text(self) -> str:
        """What stands in the field, as typed."""
        return self._editor.text()

    def type_text(self, text: str) -> None:
        """Puts text into the field as if it were typed."""
        self._editor.setText(text)

    def is_changed(self) -> bool:
        """Whether something else stands there than at first."""
        return self._editor.text() != self._first_text

    def set_read_only(self, locked: bool) -> None:
        self._editor.set_read_only(locked)

    def check(self) -> bool:
        """Shows the value as it was understood, or why it was not; False when it was not."""
        try:
            shown = self.column.kind.show(self.value())
        except ValueError as problem:
            self.show_error(str(problem))
            return False
        if shown != self._editor.text():
            self._editor.setText(shown)
        self.show_error("")
        return True

    def show_error(self, sentence: str) -> None:
        """Shows in red what is wrong with the value, or takes that away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        restyle(self.widget, wrong=bool(sentence))
        self.widget.setAccessibleDescription(sentence)
        self.judged.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            if event.lostFocus() and self._editor.text() and _left(event):
                self.check()
            elif event.gotFocus() and event.reason() in _LED_HERE:
                bring_into_view(self)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter arrives here when the editor has no use for it."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _edited(self) -> None:
        if self.error.isVisible():
            self.show_error("")
        self.changed.emit()


def enter_leads_on(fields: Iterable[Field]) -> None:
    """Has Enter in each field go to the next one; that of the last is the caller's."""
    before: Field | None = None
    for each in fields:
        if before is not None:
            before.entered.connect(lambda following=each: following.setFocus(Qt.FocusReason.TabFocusReason))
        before = each


def _title(column: Column) -> str:
    star = f' <span style="color:{PALETTE.red}">*</span>' if column.required else ""
    return escape(column.title) + star


def _left(event: QFocusEvent) -> bool:
    """Whether the field was left for another one, and not for its own list or another window."""
    return event.reason() not in (
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    )
