"""A list from which one thing is chosen, as stands above a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class Chooser(QComboBox):
    """Offers (words, value) pairs and emits the value a person picks; the wheel scrolls the page, not the choice."""

    picked = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[str, Any]] = (), letters: int = 6) -> None:
        """`name` is read out to those who do not see; `letters` is how many characters it always has room for."""
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(20)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)
        self.offer(choices)
        self.activated.connect(lambda _place: self.picked.emit(self.value()))

    def offer(self, choices: Sequence[tuple[str, Any]]) -> None:
        """Takes other choices; what was chosen stays so if it is still offered, else the first is chosen."""
        before = self.value()
        self.clear()
        for words, value in choices:
            self.addItem(words, value)
        self.choose(before)

    def choose(self, value: Any) -> None:
        """Chooses a value, the first of all where it is not offered; emits nothing."""
        values = [self.itemData(place) for place in range(self.count())]
        self.setCurrentIndex(values.index(value) if value in values else 0)

    def value(self) -> Any:
        """The value of what is chosen, None where nothing is offered."""
        return self.currentData()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
