"""One record on the screen: fields, text and what follows in the middle, who came at the right."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gui.life.minutes_fields import MinutesFields
from gui.life.minutes_roll import RollCard
from gui.life.minutes_text import MinutesText, TextArea
from gui.parts.cards import NO_MARGINS, column, row
from gui.parts.fields import Field
from gui.parts.scrolled import Scrolled
from gui.parts.search_box import Find
from models.ledgers.life.minutes_page import GUESTS, MinutesPage
from models.records.life.activities import RECORDING

_RESOLUTION = "resolution"


class MinutesRecord(QWidget):
    """What of it was typed and is not saved: `typed` as it stands there, `values` as it is read."""

    changed = Signal()

    def __init__(self, find: Find) -> None:
        super().__init__()
        self.fields = MinutesFields(find)
        self.text = MinutesText()
        self.roll = RollCard(find)
        self.below = column(spacing=10)  # the cards of votes and of what follows
        inner = QWidget()
        middle = column(self.fields, self.text, self.below, spacing=10)
        middle.setStretch(1, 1)
        inner.setLayout(middle)
        self.area = Scrolled(inner)
        layout = row(self.area, self.roll, spacing=14, margins=NO_MARGINS)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        for signal in (self.fields.changed, self.text.changed, self.roll.guests.changed):
            signal.connect(self.changed)
        for text in (self.text.text, self.text.resolution):
            text.cursorPositionChanged.connect(partial(self._follow_cursor, text))
        self.fields.finished.connect(lambda: self.text.text.setFocus(Qt.FocusReason.TabFocusReason))

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return bool(self.typed())

    def show_page(self, page: MinutesPage, read_only: bool) -> None:
        """Shows a record; what is being typed stays. A filed one, or one in a file that only reads, is not typed in."""
        locked = read_only or page.state != RECORDING
        self.fields.show_page(page, locked)
        self.text.show_texts(page.values, locked)
        self.roll.show_page(page, locked)

    def typed(self) -> dict[str, str]:
        """What says something else than the record, by field, as typed."""
        found = self.fields.typed() | self.text.typed()
        return found | {GUESTS.key: self.roll.guests.text()} if self.roll.guests.is_changed() else found

    def restore(self, typed: Mapping[str, str]) -> None:
        """Puts a draft in the place of what the record says."""
        for key, text in typed.items():
            if key == "text":
                self.text.text.type_text(text)
            elif key == _RESOLUTION:
                self.text.resolution.type_text(text)
            elif (found := self._field(key)) is not None:
                found.type_text(text)

    def check(self) -> str:
        """The key of the first field that cannot be read, with its sentence shown; "" where all can."""
        wrong = self.fields.check()
        return wrong.column.key if wrong is not None else ""

    def values(self) -> dict[str, Any]:
        """What was typed, read; ValueError where a field cannot be."""
        found: dict[str, Any] = self.fields.values() | self.text.typed()
        return found | {GUESTS.key: self.roll.guests.value()} if self.roll.guests.is_changed() else found

    def settle(self) -> None:
        """Takes what stands there for what stands in the record."""
        self.fields.settle()
        self.text.settle()
        self.roll.guests.set_value(self.roll.guests.value())

    def forget(self) -> None:
        """Lets go of everything that belongs to the record shown until now."""
        self.fields.forget()
        self.text.forget()
        self.roll.forget()
        self.area.verticalScrollBar().setValue(0)

    def show_refusal(self, key: str, sentence: str) -> bool:
        """Shows at its field why a value was refused; False where there is no such field."""
        found = self._field(key)
        if found is not None:
            found.show_error(sentence)
            self.go_to(key)
        return found is not None

    def go_to(self, key: str) -> None:
        """Puts the cursor where something is to be mended."""
        if key == "roll":
            self.roll.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.roll.go_to_unmarked()
        elif key == "text":
            self.text.go_to_blank()
        elif key == _RESOLUTION:
            self.text.resolution.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == "votes":
            self.area.ensureVisible(0, self.area.widget().height())
        elif (found := self._field(key)) is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)

    def _follow_cursor(self, text: TextArea) -> None:
        """Scrolls to where somebody types."""
        if text.hasFocus():
            place = text.viewport().mapTo(self.area.widget(), text.cursorRect().center())
            self.area.ensureVisible(place.x(), place.y(), 0, 40)

    def _field(self, key: str) -> Field | None:
        return self.roll.guests if key == GUESTS.key else self.fields.fields.get(key)
