"""The fields of a record: day, place, people, theme, and what its kind asks for besides."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from gui.cards import NO_MARGINS, Card, Tag, button, label, row
from gui.fields import Field, enter_leads_on
from gui.search_box import Find
from gui.theme import scaled
from models.kinds import Tone
from models.ledger import Column
from models.ledgers.minutes_page import HEAD, MinutesPage
from models.records.activities import DROPPED, FILED, PLANNED, RECORDING

STATE_TONES: Mapping[str, Tone] = {RECORDING: "warn", FILED: "good", PLANNED: "plain", DROPPED: "quiet"}
_PAIRS = 3  # titles with their fields side by side
_SHORT = 10  # columns so narrow need not a whole field
_WIDTHS = {"held_on": 110, "begins": 66, "minutes": 48, "chair": 110, "recorder": 110}
_TITLE = 38


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
        self.late = Tag()
        self.upload = button("", self.upload_wanted.emit, flat=True)
        self.fields = {column.key: Field(column, find) for column in HEAD}
        self._extra: tuple[Column, ...] = ()
        self._extra_box = QWidget()
        self._set_widths()
        for each in self.fields.values():
            self._follow(each)
        self.body.addLayout(row(self.title, self.state, self.organisation, self.late, 1, self.upload, spacing=8))
        self.body.addLayout(self._line("held_on", "begins", "minutes", "place"))
        self.body.addLayout(self._line("chair", "recorder", "theme"))
        self.body.addWidget(self._extra_box)
        self._lead_on()

    def show_page(self, page: MinutesPage, locked: bool) -> None:
        """Shows the fields of a record; what is being typed stays."""
        self.title.setText(page.title)
        self.state.show_state(page.state, STATE_TONES[page.state])
        self.organisation.setText(page.organisation)
        self.late.show_state(f"{page.entered_late_on:%m月%d日} 补录" if page.entered_late_on else "", "warn")
        self.upload.setText(f"已上传省平台 {page.uploaded_on}" if page.uploaded_on else "登记上传…")
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
        for column in self._extra:
            self.fields.pop(column.key)
        self._extra = tuple(columns)
        fresh = QWidget()
        fresh.setLayout(grid := _grid())
        for place, column in enumerate(columns):
            made = self.fields[column.key] = Field(column, self._find)
            line, pair = divmod(place, _PAIRS)
            made.title.setMinimumHeight(made.widget.sizeHint().height())
            grid.addWidget(made.title, line, 2 * pair, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(made, line, 2 * pair + 1)
            self._follow(made)
            if column.width < _SHORT:
                made.widget.setMaximumWidth(scaled(self, 112))
        self.body.replaceWidget(self._extra_box, fresh)
        self._extra_box.hide()
        self._extra_box.deleteLater()
        self._extra_box = fresh
        fresh.setVisible(bool(columns))
        self._lead_on()

    def _follow(self, field: Field) -> None:
        field.changed.connect(self.changed)
        field.entered.connect(lambda: self._leave_last(field))

    def _leave_last(self, field: Field) -> None:
        if field is list(self.fields.values())[-1]:
            self.finished.emit()

    def _lead_on(self) -> None:
        last_of_head, extra = self.fields[HEAD[-1].key], list(self.fields.values())[len(HEAD) :]
        if not extra:
            enter_leads_on(self.fields.values())
        else:
            enter_leads_on([last_of_head, *extra])


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(*NO_MARGINS)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(8)
    for pair in range(_PAIRS):
        grid.setColumnStretch(2 * pair + 1, 1)
    return grid


def _show_from_start(field: Field) -> None:
    """Shows the beginning of a long text, the whole when the mouse rests on it."""
    if isinstance(field.widget, QLineEdit) and not field.widget.hasFocus():
        field.widget.setCursorPosition(0)
        field.widget.setToolTip(field.text())
