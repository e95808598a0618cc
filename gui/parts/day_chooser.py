"""The day as of which a ledger is read, typed above it."""

from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit

from gui.theme import scaled
from models.errors import UserError
from models.kinds import DAY

_WIDTH = 118


class DayChooser(QLineEdit):
    """A day that Enter or leaving the field takes over; emptied, it is the day the page was opened with again."""

    picked = Signal(object)

    def __init__(self, name: str = "截至") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(f"{name}哪一天；清空就是今天")
        self.setPlaceholderText("截至哪一天")
        self._usual = self._day = date.min
        self.editingFinished.connect(self._take)
        self._set_width()

    def show_day(self, day: date, usual: date) -> None:
        """Shows the day that is looked at; `usual` is the one meant by an empty field."""
        self._day, self._usual = day, usual
        self.setText(str(day))

    def _take(self) -> None:
        """Reads what was typed; UserError with a sentence for no day, or one that is still to come."""
        try:
            day = DAY.read(self.text()) or self._usual
        except ValueError as problem:
            self.setText(str(self._day))
            raise UserError(str(problem)) from None
        if not isinstance(day, date) or day == self._day:
            self.setText(str(self._day))
            return
        if day > self._usual:
            self.setText(str(self._day))
            raise UserError(f"{day} 还没有到，只能看今天和以前的情况。")
        self.show_day(day, self._usual)
        self.picked.emit(day)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_width()

    def _set_width(self) -> None:
        self.setFixedWidth(scaled(self, _WIDTH))
