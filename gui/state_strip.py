"""The lines above the pages: why a data file can only be looked at or is not safe, and that the clock is odd."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from gui import icons
from gui.messages import ask
from gui.palette import TONES
from gui.parts.cards import button, fill, label
from models.access import OpenedFile, Standing


class Strip(QFrame):
    """A sentence above the pages, with what can be done about it."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._sign = label()
        self._sign.setPixmap(icons.pixmap("alert", TONES["warn"][0], 18, self.devicePixelRatioF()))
        self.words = label(sentence, tone="warn", wrap=True)
        self.words.setAccessibleName(sentence)

    def offer(self, *ways: QPushButton) -> None:
        """Lays the sentence out with its buttons."""
        layout = QHBoxLayout(self)
        fill(layout, self._sign, self.words, *ways, margins=(18, 6, 18, 6))
        layout.setStretch(1, 1)


class ClockStrip(Strip):
    """Says that the computer's clock can hardly be right."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.offer(button("知道了", self.hide))


class StateStrip(Strip):
    """One sentence that stays, and a button for each way out."""

    copy_wanted = Signal()
    reopening_wanted = Signal(bool)  # whether what another computer's window left is to be taken over

    def __init__(self, opened: OpenedFile) -> None:
        super().__init__(opened.sentence)
        self._opened = opened
        copy = button("复制到这台电脑…", self.copy_wanted.emit)
        again = button("重新打开", lambda: self.reopening_wanted.emit(False))
        take_over = button("接管…", self._ask_to_take_over)
        read = button("知道了", self.hide)
        ways = {
            Standing.SHARE: (copy,),
            Standing.MEDIUM: (copy,),
            Standing.READER: (read,),
            Standing.STICK: (copy, read),
            Standing.HELD: (again,),
            Standing.LEFT: (again, take_over),
        }
        self.offer(*ways[opened.standing])

    def _ask_to_take_over(self) -> None:
        assert self._opened.holder is not None
        ask(
            self,
            f"{self._opened.holder.chinese}打开了这个文件。那边的窗口确实已经关了吗？",
            yes="已经关了，接管",
            no="不接管",
            detail="那台电脑死机或断电过，才会留下这个记录。拿不准就先问一声：两边同时改，会互相打扰。",
            then=lambda: self.reopening_wanted.emit(True),
        )
