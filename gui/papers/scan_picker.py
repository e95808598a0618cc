"""Choosing the scan of a paper to be kept beside a record."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.parts.cards import button, fill, label
from gui.parts.file_dialogs import ask_which_to_open
from gui.workspace import Workspace

PATTERNS = "扫描件 (*.pdf *.png *.jpg *.jpeg *.bmp *.tif *.tiff *.gif)"


class ScanPicker(QWidget):
    """Which file was chosen, if any, and the button to choose one."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.path: Path | None = None
        self.name = label("扫描件：没有选择（可以以后再补）", "quiet")
        self.choose_button = button("选择扫描件…", self._ask, icon="paperclip")
        self.drop_button = button("去掉", lambda: self.choose(None), flat=True)
        layout = QHBoxLayout(self)
        fill(layout, self.name, self.drop_button, self.choose_button)
        layout.setStretch(0, 1)
        self.choose(None)

    def choose(self, path: Path | None) -> None:
        """Takes a file as the one chosen."""
        self.path = path
        self.name.setText(f"扫描件：{path.name}" if path else "扫描件：没有选择（可以以后再补）")
        self.drop_button.setVisible(path is not None)

    def _ask(self) -> None:
        folder = self._workspace.folder or Path.home()
        ask_which_to_open(self, "选择凭证的扫描件", folder, PATTERNS, self.choose)
