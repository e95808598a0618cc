"""Organisation life: the year with its duties, the records, the ledgers."""

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut

from gui.page import Page
from gui.parts.cards import button
from gui.views_page import PageView, ViewsPage
from gui.workspace import Workspace


def _year(workspace: Workspace) -> Page:
    from gui.life.year import LifeYear

    return LifeYear(workspace)


def _records(workspace: Workspace) -> Page:
    from gui.life.minutes_view import MinutesView

    return MinutesView(workspace)


def _ledgers(workspace: Workspace) -> Page:
    from gui.life.ledgers import LifeLedgers

    return LifeLedgers(workspace)


VIEWS = (
    PageView("year", "全年", _year),
    PageView("records", "记录", _records),
    PageView("ledgers", "台账", _ledgers),
)


class LifePage(ViewsPage):
    """Shows one of VIEWS at a time; a target ("find", words) looks for words in the records."""

    title = "组织生活"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "life", VIEWS)
        self.search_button = button("查找记录", self.search, icon="search")
        self.search_button.setToolTip("在会议记录里找词　Ctrl+Shift+F")
        QShortcut(QKeySequence("Ctrl+Shift+F"), self).activated.connect(self.search)
        assert self.header is not None
        layout = self.header.layout()
        assert layout is not None
        layout.addWidget(self.search_button)

    def search(self, words: str = "") -> None:
        """Opens the search through all records."""
        from gui.life.minutes_search import MinutesSearch

        MinutesSearch(self, words).open()

    def show_target(self, target: Any) -> None:
        if isinstance(target, tuple) and target[0] == "find":
            self.search(target[1])
        else:
            super().show_target(target)
