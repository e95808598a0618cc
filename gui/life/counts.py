"""The records behind a figure of the statistics, and from there the page of each."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from gui.ledgers.chapter_page import ChapterPage
from gui.ledgers.chapters import offer_help
from gui.page import Page
from gui.papers.sheet_files import export_sheet
from gui.parts.cards import button, fill, label, line_edit, row
from gui.parts.dialog_size import open_at
from gui.parts.ledger_view import LedgerView
from models.ledger import View
from models.ledgers.life.counted import Counted, CountedRow, counted
from models.ledgers.life.counts import ALL, CHANGE, NOW
from models.ledgers.life.measures import LEDGERS

_OF_MEMBERS = "members_"  # ledgers whose names begin so stand on the page of the branch
_OF_CARE = "care_"  # and these on the page of care


class CountedDialog(QDialog):
    """Lists the records that a figure counts; Enter or a double click opens the one that is chosen."""

    def __init__(self, page: Page, found: Counted) -> None:
        super().__init__(page)
        offer_help(self, "counts")
        self.setWindowTitle("这个数是怎么来的")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page, self._sheet = page, found.sheet
        self.table = LedgerView()
        self.table.show_sheet(found.sheet)
        self.table.opened.connect(self._open)
        self.filter = line_edit("筛选…", self.table.filter)
        self.words = label(found.words, "quiet")
        self.open_button = button("打开记录　回车", self._open_chosen, primary=True)
        self.export_button = button("导出 Excel", self._export)
        self.leave = button("关闭", self.reject)
        head = row(label(found.sheet.heading, "strong"), 1, self.filter)
        foot = row(self.words, 1, self.leave, self.export_button, self.open_button)
        fill(QVBoxLayout(self), head, self.table, foot, spacing=12, margins=(18, 16, 18, 14))
        open_at(self, 900, 560)
        self.table.select(lambda _row: True)
        self.table.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_chosen(self) -> None:
        chosen = self.table.current_row()
        if chosen is not None:
            self._open(chosen)

    def _open(self, chosen: CountedRow) -> None:
        self.accept()
        ledger, _title = LEDGERS[chosen.source]
        if not ledger:
            self._page.go("life", ("records", chosen.id))
        elif ledger.startswith(_OF_MEMBERS):
            self._page.go("branch", (ledger, chosen.id, chosen.on.year))
        elif ledger.startswith(_OF_CARE):
            self._page.go("care", ("ledgers", (ledger, chosen.id, chosen.on.year)))
        else:
            self._page.go("life", ("ledgers", (ledger, chosen.id, chosen.on.year)))

    def _export(self) -> None:
        self.accept()
        export_sheet(self._page, self._sheet)


def show_counted(page: Page, view: View, table: LedgerView, line: Any) -> None:
    """Opens the records of the figure that is chosen, of the whole period where no figure of the row is."""
    key = table.current_column()
    column = key if key in line.figures and key != CHANGE else NOW if NOW in line.figures else ALL
    with page.workspace.reading() as session:
        found = counted(session, view, line.key, column)
    CountedDialog(page, found).open()


def show_counted_here(page: Page, line: Any) -> None:
    """The same on a page of chapters."""
    assert isinstance(page, ChapterPage)
    show_counted(page, page.view_shown(), page.table, line)
