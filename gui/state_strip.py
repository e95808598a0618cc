"""The line above the pages that says why a data file can only be looked at, and what can be done about it."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui import icons
from gui.cards import fill, label
from gui.palette import TONES


class StateStrip(QFrame):
    """One sentence that stays, and buttons."""

    def __init__(self, sentence: str, *buttons: QWidget) -> None:
        super().__init__()
        self.setProperty("banner", "warn")
        sign = label()
        sign.setPixmap(icons.pixmap("alert", TONES["warn"][0], 18, self.devicePixelRatioF()))
        self.words = label(sentence, tone="warn", wrap=True)
        self.words.setAccessibleName(sentence)
        self.buttons = buttons
        layout = QHBoxLayout(self)
        fill(layout, sign, self.words, *buttons, margins=(18, 6, 18, 6))
        layout.setStretch(1, 1)
