"""The fields of a record: day, place, people, theme, and what its kind asks for besides."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from gui.parts.cards import NO_MARGINS, Card, Tag, button, column, label, row
from gui.parts.fields import Field
from gui.parts.search_box import Find
from gui.theme import TextSize, scaled
from models.kinds import Tone
from models.ledger import Column
from models.ledgers.life.minutes_page import HEAD, MinutesPage
from models.records.life.activities import DROPPED, FILED, PLANNED, RECORDING

STATE_TONES: Mapping[str, Tone] = {RECORDING: "warn", FILED: "good", PLANNED: "plain", DROPPED: "quiet"}
_PAIRS = {TextSize.STANDARD.value: 3, TextSize.LARGE.value: 2}  # fields side by side, in larger text one
_SHORT = 10  # columns so narrow need not a whole field
_WIDTHS = {"held_on": 110, "begins": 66, "minutes": 48, "chair": 110, "recorder": 110}
_TITLE = 38
_LINES = (("held_on", "begins", "minutes", "place"), ("chair", "recorder", "theme"))
_LARGE_LINES = (("held_on", "begins", "minutes"), ("place",), ("chair", "recorder"), ("theme",))


class MinutesFields(Card):
    """What stands above the text; the fields by key, each read by its column's kind."""

    changed = Signal()
    finished = Signal()  # Enter in the last field
    upload_wanted = Signal()

    def __init__(self, find: Find) -> None:
        super().__init__(spacing=9)
        self._find = find
        self.title = label("", "heading")
        self.state = Tag()
        self.organisation = label("", "small")
        self.organisation.setMinimumWidth(1)  # in a large text it gives way first
        self.late = Tag()
        self.upload = button("", self.upload_wanted.emit, flat=True)
        self.fields = {column.key: Field(column, find) for column in HEAD}
        self._extra: tuple[Column, ...] = ()
        self._extra_box = QWidget()
        self._set_widths()
        for each in self.fields.values():
            self._follow(each)
        self.body.addLayout(row(self.title, self.state, self.organisation, self.late, 1, self.upload, spacing=8))
        self._head = QWidget()
        self.body.addWidget(self._head)
        self.body.addWidget(self._extra_box)
        self._arrange()

    def show_page(self, page: MinutesPage, locked: bool) -> None:
        """Shows the fields of a record; what is being typed stays."""
        self.title.setText(page.title)
        self.state.show_state(page.state, STATE_TONES[page.state])
        self.organisation.setText(page.organisation)
        self.late.show_state(f"{page.entered_late_on:%m月%d日} 补录" if page.entered_late_on else "", "warn")
        self.upload.setText(f"已上传 {page.uploaded_on}" if page.uploaded_on else "登记上传…")
        self.upload.setVisible(page.state in (RECORDING, FILED))
        if page.extra != self._extra:
            self._make_extra(page.extra)
        for key, each in self.fields.items():
            if not each.is_changed():
                each.set_value(page.values.get(key))
            each.set_read_only(locked)
            _show_from_start(each)

    def forget(self) -> None:
        """Lets go of what was typed."""
        for each in self.fields.values():
            each.set_value(None)

    def typed(self) -> dict[str, str]:
        """The fields that say something else than the record, as typed."""
        return {key: each.text() for key, each in self.fields.items() if each.is_changed()}

    def check(self) -> Field | None:
        """Reads every field; the first that cannot be read, with its sentence shown."""
        wrong = [each for each in self.fields.values() if not each.check()]
        return wrong[0] if wrong else None

    def values(self) -> dict[str, Any]:
        """The values of the fields that were changed; ValueError where one cannot be read."""
        return {key: each.value() for key, each in self.fields.items() if each.is_changed()}

    def settle(self) -> None:
        """Takes what stands in the fields for what stands in the record."""
        for each in self.fields.values():
            if each.is_changed():
                each.set_value(each.value())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "fields"):
            self._set_widths()
            self._arrange()

    def _arrange(self) -> None:
        """Puts the fields side by side, in a large text on more lines."""
        size = self.font().pixelSize()
        lines = [self._line(*keys) for keys in (_LARGE_LINES if size > TextSize.STANDARD.value else _LINES)]
        head, extra = QWidget(), QWidget()
        head.setLayout(column(*lines, spacing=9))
        extra.setLayout(self._grid(_PAIRS.get(size, 1)))
        for old, fresh in ((self._head, head), (self._extra_box, extra)):
            self.body.replaceWidget(old, fresh)
            old.hide()
            old.deleteLater()
        self._head, self._extra_box = head, extra
        extra.setVisible(bool(self._extra))

    def _grid(self, pairs: int) -> QGridLayout:
        """The fields that only this kind asks for, so many side by side."""
        grid = QGridLayout()
        grid.setContentsMargins(*NO_MARGINS)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for place, asked in enumerate(self._extra):
            field = self.fields[asked.key]
            line, pair = divmod(place, pairs)
            grid.setColumnStretch(2 * pair + 1, 1)
            grid.addWidget(field.title, line, 2 * pair, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, line, 2 * pair + 1)
        return grid

    def _set_widths(self) -> None:
        for key, width in _WIDTHS.items():
            self.fields[key].widget.setFixedWidth(scaled(self, width))
        for each in self.fields.values():
            each.title.setMinimumHeight(each.widget.sizeHint().height())
        for key in ("held_on", "chair"):
            self.fields[key].title.setMinimumWidth(scaled(self, _TITLE))

    def _line(self, *keys: str) -> QHBoxLayout:
        """Fields side by side, each behind its title; the last takes what is left."""
        parts = [part for key in keys for part in (self.fields[key].title, self.fields[key])]
        made = row(*parts, spacing=8)
        made.setStretch(len(parts) - 1, 1)
        for part in parts:
            made.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        return made

    def _make_extra(self, columns: Sequence[Column]) -> None:
        """Other fields in the place of those that the kind shown until now asked for."""
        for asked in self._extra:
            gone = self.fields.pop(asked.key)
            for part in (gone.title, gone):
                part.hide()
                part.deleteLater()
        self._extra = tuple(columns)
        for asked in columns:
            made = self.fields[asked.key] = Field(asked, self._find)
            self._follow(made)
            if asked.width < _SHORT:
                made.widget.setMaximumWidth(scaled(self, 112))
        self._set_widths()
        self._arrange()

    def _follow(self, field: Field) -> None:
        field.changed.connect(self.changed)
        field.entered.connect(lambda: self._go_on(field))

    def _go_on(self, field: Field) -> None:
        """Enter leads to the next field, from the last to what comes after them."""
        known = list(self.fields.values())
        following = known[known.index(field) + 1 :]
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()


def _show_from_start(field: Field) -> None:
    """Shows the beginning of a long text, the whole when the mouse rests on it."""
    if isinstance(field.widget, QLineEdit) and not field.widget.hasFocus():
        field.widget.setCursorPosition(0)
        field.widget.setToolTip(field.text())
