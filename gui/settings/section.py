"""What a section of the settings is."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.page import Page
from gui.parts.cards import Part, fill, label
from models.errors import UserError


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

    def export(self) -> None:
        """Ctrl+E."""
        raise UserError("这一节没有可导出的内容。")

    def print_out(self) -> None:
        """Ctrl+P."""
        raise UserError("这一节没有要打印的内容。")


class Facts(QGridLayout):
    """Names and beside them what they are, `across` pairs a line."""

    def __init__(self, across: int = 1) -> None:
        super().__init__()
        self._across = across
        self.setHorizontalSpacing(20)
        self.setVerticalSpacing(9)
        for pair in range(across):
            self.setColumnStretch(2 * pair + 1, 1)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Shows (name, words) pairs in place of those before."""
        while (item := self.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, (name, words) in enumerate(facts):
            line, pair = divmod(place, self._across)
            self.addWidget(label(name, "quiet"), line, 2 * pair)
            self.addWidget(label(words or "未填", wrap=True), line, 2 * pair + 1)
