"""A folder that is to be chosen, shown with its path."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from gui.parts.cards import button, fill
from gui.parts.file_dialogs import ask_which_folder


class FolderField(QWidget):
    """A path that can be typed, and a button to look for it."""

    changed = Signal()
    settled = Signal()  # a folder was chosen, or the line was left after typing

    def __init__(self, title: str, folder: Path | None = None) -> None:
        super().__init__()
        self._title = title
        self.line = QLineEdit(str(folder) if folder is not None else "")
        self.line.setAccessibleName(title)
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.line.editingFinished.connect(self.settled)
        self.look = button("选择…", self._look)
        fill(layout := QHBoxLayout(self), self.line, self.look, spacing=8)
        layout.setStretch(0, 1)
        self.setFocusProxy(self.line)

    def folder(self) -> Path | None:
        """The folder that stands there, None for an empty line."""
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def set_folder(self, folder: Path) -> None:
        self.line.setText(str(folder))

    def _look(self) -> None:
        ask_which_folder(self, self._title, self.line.text(), self._take)

    def _take(self, folder: Path) -> None:
        self.line.setText(str(folder))
        self.settled.emit()
