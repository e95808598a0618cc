"""What a section of the settings is."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.cards import Part, fill, label
from gui.page import Page


class Section(QWidget):
    """One section: cards one under another; `reload` reads and shows its data anew."""

    def __init__(self, page: Page, *parts: Part) -> None:
        super().__init__()
        self.page = page
        self.workspace = page.workspace
        self.column = QVBoxLayout(self)
        fill(self.column, *parts, spacing=14)

    def reload(self) -> None:
        """Reads the data anew and shows it."""


class Facts(QGridLayout):
    """Names at the left, what they are at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(20)
        self.setVerticalSpacing(9)
        self.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Shows (name, words) pairs in place of those before."""
        while (item := self.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        for place, (name, words) in enumerate(facts):
            self.addWidget(label(name, "quiet"), place, 0)
            self.addWidget(label(words or "未填", wrap=True), place, 1)
