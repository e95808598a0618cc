"""What is looked for in the trail: words, who did it, whose record, from which day to which."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.parts.cards import button, line_edit, row
from gui.parts.chooser import Chooser
from gui.parts.person_completer import PersonCompleter
from gui.parts.wrapping_row import WrappingRow
from gui.theme import scaled
from gui.workspace import Found
from models.errors import UserError
from models.kinds import DAY
from models.ledgers.trail_search import Wanted

_EVERYBODY = "所有操作人"
_WORDS = 180
_PAUSE = 250  # milliseconds after the last key


class TrailSearch(QWidget):
    """A line above the trail; `changed` tells that something else is looked for."""

    changed = Signal()

    def __init__(self, find: Callable[[str], Sequence[Found]]) -> None:
        super().__init__()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.changed)
        self.words = line_edit("找内容、改动前后的值……", lambda _text: self._pause.start())
        self.actor = Chooser("操作人", [(_EVERYBODY, None)], letters=8)
        self.actor.picked.connect(lambda _actor: self.changed.emit())
        self.person = QLineEdit()
        self.person.setPlaceholderText("谁的记录")
        self.person.setAccessibleName("谁的记录")
        self.person.setFixedWidth(scaled(self, 130))
        self.person.textEdited.connect(lambda _text: self._forget())
        completer = PersonCompleter(self.person, find)
        completer.chosen.connect(self._choose)
        self._member_id: int | None = None
        self.first, self.last = self._day("从哪天"), self._day("到哪天")
        self._from: date | None = None
        self._to: date | None = None
        self.words.setMinimumWidth(scaled(self, _WORDS))
        whatever = row(self.words, self.actor)
        whatever.setStretch(0, 1)
        rest = row(self.person, self.first, self.last, button("今天", self.today), button("清除", self.clear), 1)
        self.setLayout(row(WrappingRow(whatever, rest)))

    def wanted(self) -> Wanted:
        """What is looked for now."""
        return Wanted(self.words.text().strip(), self.actor.value(), self._member_id, self._from, self._to)

    def offer(self, actors: Sequence[str]) -> None:
        """Offers those who did something."""
        self.actor.offer([(_EVERYBODY, None), *((actor, actor) for actor in actors)])

    def today(self) -> None:
        """Leaves what was done today."""
        self.first.setText(str(date.today()))
        self.last.clear()
        self._take_days()

    def clear(self) -> None:
        """Looks for nothing: the whole trail is shown."""
        for field in (self.words, self.person, self.first, self.last):
            field.setText("")
        self._member_id = self._from = self._to = None
        self.actor.choose(None)
        self.changed.emit()

    def _choose(self, found: Found) -> None:
        self._member_id = found.id
        self.changed.emit()

    def _forget(self) -> None:
        """Somebody else's name is being typed, or none."""
        if self._member_id is not None:
            self._member_id = None
            self.changed.emit()

    def _day(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.setFixedWidth(scaled(self, 104))
        field.editingFinished.connect(self._take_days)
        return field

    def _take_days(self) -> None:
        """Reads the days; UserError with a sentence for what is no day, or runs backwards."""
        try:
            first, last = _read(self.first.text()), _read(self.last.text())
        except ValueError as problem:
            raise UserError(str(problem)) from None
        if first is not None and last is not None and last < first:
            raise UserError(f"{last} 早于 {first}，请核对日期。")
        if (first, last) != (self._from, self._to):
            self._from, self._to = first, last
            self.changed.emit()


def _read(text: str) -> date | None:
    """The day of a text, None for nothing; ValueError with a sentence for what is no whole day."""
    day = DAY.read(text)
    if day is not None and not isinstance(day, date):
        raise ValueError(f"“{text}”不是完整的日期，应写成 2026-11-23。")
    return day
