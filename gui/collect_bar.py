"""The card above the grid of the collection page: the line of entry, what Enter will do, and the three buttons."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy

from gui.cards import Card, button, fill, label, restyle, row
from gui.collect_entry import EntryLine
from gui.theme import scaled
from models.kinds import Tone

HOW = "输首字母，回车按应交收清；先输金额则按金额收"


class CollectBar(Card):
    """Stands in one line where there is room, in two in a large text."""

    def __init__(
        self, collect_all: Callable[[], object], undo: Callable[[], object], close: Callable[[], object]
    ) -> None:
        super().__init__()
        self.entry = EntryLine()
        self.hint = label(HOW, "quiet", wrap=True)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.everybody = button("全部按应交收缴　Alt+&A", collect_all)
        self.undo = button("撤销　Ctrl+Z", undo)
        self.close_month = button("结账　Alt+&J", close, primary=True)
        typing = row(self.entry, self.hint)
        typing.setStretch(1, 1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        fill(self._line, typing, row(1, self.everybody, self.undo, self.close_month))
        self._line.setStretch(0, 1)
        self.body.addLayout(self._line)
        self._arrange()

    def say(self, words: str, tone: Tone = "quiet") -> None:
        """Tells what Enter will do, or how to type."""
        self.hint.setText(words or HOW)
        restyle(self.hint, role="" if tone != "quiet" else "quiet", tone=tone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_line"):
            self._arrange()

    def _arrange(self) -> None:
        """One line if the hint keeps room for half a sentence, which is always given its two lines."""
        self.hint.setFixedHeight(2 * self.hint.fontMetrics().lineSpacing() + 2)
        buttons = sum(each.sizeHint().width() + 10 for each in (self.everybody, self.undo, self.close_month))
        needed = self.entry.width() + buttons + scaled(self, 190)
        wide = self.width() - 28 >= needed
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
