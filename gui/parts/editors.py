"""The widgets a value is typed into: a line, a list to choose from, a few lines of text."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPlainTextEdit, QWidget

from gui.parts.person_completer import PersonCompleter
from gui.parts.search_box import Find
from gui.parts.ticks import Ticks
from models.kinds import Align, Choice, Code, Day, Flag, Kind, Money, MonthKind, Number, Person, Rate, Several, Text
from models.ledger import Column

LONG_TEXT = 40  # columns at least this wide are typed in several lines
PAGE_TEXT = 80  # columns at least this wide in many
NOTES_HEIGHT, PAGE_HEIGHT = 78, 190  # pixels
_HINTS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignLeft,
}


class Editor(Protocol):
    """What a field needs of the widget that it types into."""

    edited: SignalInstance

    def text(self) -> str: ...

    def setText(self, text: str) -> None: ...

    def set_read_only(self, locked: bool) -> None: ...


class LineEditor(QLineEdit):
    """One line of text; its content is selected when it is entered, as a cell's is."""

    edited = Signal()

    def __init__(self, align: Align = "left", example: str = "") -> None:
        super().__init__()
        self.setAlignment(_HINTS[align] | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText(example)
        self.textChanged.connect(self.edited)

    def set_read_only(self, locked: bool) -> None:
        self.setReadOnly(locked)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus if locked else Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class ChoiceEditor(QComboBox):
    """A list to choose from; an open one takes other words too. The wheel scrolls the form, not the choice."""

    edited = Signal()

    def __init__(self, options: Sequence[str], open_to_others: bool) -> None:
        super().__init__()
        self.addItems(["", *options])
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        if open_to_others:
            self.setEditable(True)
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = QCompleter(list(options), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.popup().setObjectName("popup")
            self.setCompleter(completer)
        self.currentTextChanged.connect(lambda _text: self.edited.emit())

    def text(self) -> str:
        return self.currentText()

    def setText(self, text: str) -> None:
        if self.isEditable():
            self.setEditText(text)
            return
        place = self.findText(text)
        if place < 0:  # a word kept from before the list changed
            self.addItem(text)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def set_read_only(self, locked: bool) -> None:
        self.setEnabled(not locked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NotesEditor(QPlainTextEdit):
    """A few lines of text; Tab leaves it."""

    edited = Signal()

    def __init__(self, height: int = NOTES_HEIGHT) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)
        self.textChanged.connect(self.edited)

    def text(self) -> str:
        return self.toPlainText()

    def setText(self, text: str) -> None:
        self.setPlainText(text)

    def set_read_only(self, locked: bool) -> None:
        self.setReadOnly(locked)


def editor_for(column: Column, find: Find | None = None) -> QWidget:
    """The widget in which values of the column are typed; `find` completes the names of members."""
    kind = column.kind
    if isinstance(kind, Choice):
        return ChoiceEditor(kind.options, kind.open)
    if isinstance(kind, Several):
        return Ticks(kind.options)
    if isinstance(kind, Flag):
        return ChoiceEditor(("是", "否"), open_to_others=False)
    if isinstance(kind, Text) and column.width >= LONG_TEXT:
        return NotesEditor(PAGE_HEIGHT if column.width >= PAGE_TEXT else NOTES_HEIGHT)
    line = LineEditor(kind.align, _example(kind))
    if isinstance(kind, Person) and find is not None:
        PersonCompleter(line, find, say_nothing_found=False)
    if isinstance(kind, Code | Number | Money | Rate | Day | MonthKind):
        line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText)
    return line


def _example(kind: Kind) -> str:
    if isinstance(kind, Day):
        return "如 2026-11-23" if kind.exact else "如 1990-05-01、1990-05、1990"
    if isinstance(kind, MonthKind):
        return "如 2026-11"
    if isinstance(kind, Rate):
        return "如 1.5%"
    return ""
