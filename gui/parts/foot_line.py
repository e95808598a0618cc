"""The line at the foot of a sheet that is saved row by row: what was refused, or quietly what was done."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.parts.cards import restyle
from models.errors import UserError


class FootLine(QLabel):
    """Empty until something is said; what is said stays until the next deed. `folds` takes no room while empty."""

    def __init__(self, folds: bool = False) -> None:
        super().__init__()
        self._folds = folds
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "error")
        if folds:
            self.hide()

    def refuse(self, sentence: str) -> None:
        """Says why something is not done."""
        self._show(sentence, "error")

    def tell(self, sentence: str) -> None:
        """Says what was done, or what can be."""
        self._show(sentence, "quiet")

    def clear(self) -> None:
        """Says nothing."""
        self._show("", "quiet")

    def take(self, step: Callable[[], str]) -> None:
        """Takes a step back, or does it again, and says which, or why not."""
        try:
            sentence = step()
        except UserError as refusal:
            self.refuse(str(refusal))
        else:
            self.tell(sentence)

    def _show(self, sentence: str, role: str) -> None:
        restyle(self, role=role)
        self.setText(sentence)
        if self._folds:
            self.setVisible(bool(sentence))
