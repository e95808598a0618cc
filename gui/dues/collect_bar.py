"""The card above the grid of the collection page: the line of entry, what Enter will do, and the three buttons."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy

from gui.dues.collect_entry import EntryLine
from gui.parts.cards import Card, button, label, restyle, row
from gui.parts.wrapping_row import WrappingRow
from gui.theme import scaled
from models.kinds import Tone

HOW = "输首字母，回车按应交收清；先输金额则按金额收"
_HINT = 190  # pixels: half a sentence


class CollectBar(Card):
    """Stands in one line where there is room, in two in a large text."""

    def __init__(
        self, collect_all: Callable[[], object], undo: Callable[[], object], close: Callable[[], object]
    ) -> None:
        super().__init__()
        self.entry = EntryLine()
        self.hint = label(HOW, "quiet", wrap=True)
        self.hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.everybody = button("全部按应交收缴　Alt+&A", collect_all)
        self.undo = button("撤销　Ctrl+Z", undo)
        self.close_month = button("结账　Alt+&J", close, primary=True)
        typing = row(self.entry, self.hint)
        typing.setStretch(1, 1)
        self.line = WrappingRow(typing, row(1, self.everybody, self.undo, self.close_month))
        self.body.addWidget(self.line)
        self._fit_hint()

    def say(self, words: str, tone: Tone = "quiet") -> None:
        """Tells what Enter will do, or how to type."""
        self.hint.setText(words or HOW)
        restyle(self.hint, role="" if tone != "quiet" else "quiet", tone=tone)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "hint"):
            self._fit_hint()

    def _fit_hint(self) -> None:
        """The hint always has its two lines, so that nothing moves while it speaks."""
        self.hint.setMinimumWidth(scaled(self, _HINT))
        self.hint.setFixedHeight(2 * self.hint.fontMetrics().lineSpacing() + 2)
