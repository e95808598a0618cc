"""Some of a list of words, each with a box to tick."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

_ACROSS = 12  # letters of a word that leave room for three side by side


class Ticks(QWidget):
    """The boxes stand two or three side by side; space ticks, the arrows go from box to box, Tab leads on."""

    edited = Signal()

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__()
        self.boxes = [QCheckBox(option) for option in options]
        across = 3 if max(map(len, options), default=0) <= _ACROSS else 2
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 7, 0, 3)  # the first line stands beside the name of the field
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        for place, box in enumerate(self.boxes):
            grid.addWidget(box, place // across, place % across)
            box.toggled.connect(lambda _ticked: self.edited.emit())
            box.installEventFilter(self)
        for number in range(across):
            grid.setColumnStretch(number, 1)
        self._across = across
        if self.boxes:
            self.setFocusProxy(self.boxes[0])

    def text(self) -> str:
        """The words that are ticked."""
        return "；".join(box.text() for box in self.boxes if box.isChecked())

    def setText(self, text: str) -> None:
        ticked = set(text.split("；"))
        for box in self.boxes:
            box.setChecked(box.text() in ticked)

    def set_read_only(self, locked: bool) -> None:
        self.setEnabled(not locked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Has the arrows go from box to box."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched in self.boxes:
            steps = {
                Qt.Key.Key_Left: -1,
                Qt.Key.Key_Right: 1,
                Qt.Key.Key_Up: -self._across,
                Qt.Key.Key_Down: self._across,
            }
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                place = self.boxes.index(watched) + step
                if 0 <= place < len(self.boxes):
                    self.boxes[place].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)
