"""Everything that was ever done to one record, on the screen and on paper."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from gui.page import Page
from gui.papers.sheet_files import export_sheet, preview_sheet
from gui.parts.cards import button, fill, label, row
from gui.parts.dialog_size import open_at
from gui.parts.ledger_view import LedgerView
from models.kinds import NUMBER, TEXT
from models.ledger import Column, Sheet
from models.ledgers.sheets import sheet
from models.ledgers.trail import LineRow, record_history

_LINES = (
    Column("about", "记录", TEXT, 20),
    Column("verb", "改动", TEXT, 6),
    Column("said", "内容", TEXT, 60),
    Column("times", "条数", NUMBER, 5),
)


def lines_sheet(rows: Sequence[LineRow]) -> Sheet:
    """What an operation did, as a table without furniture."""
    return Sheet(
        name="trail_lines", heading="这一步改了什么", columns=_LINES, rows=rows, totals={}, lines=("", "", ""),
        signatures=(), note="", orientation="landscape",
    )  # fmt: skip


class RecordHistory(QDialog):
    """The changes of one record from its beginning, with paper and file of them."""

    def __init__(self, page: Page, table: str, record_id: int) -> None:
        super().__init__(page)
        self.page = page
        self.setWindowTitle("历次改动")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        with page.workspace.reading() as session:
            self.sheet = sheet(session, record_history(session, table, record_id), page.workspace.view)
        self.table = LedgerView("还没有改动。")
        self.table.mask_switch.hide()
        self.table.show_sheet(self.sheet)
        foot = row(
            label(f"共 {len(self.sheet.rows)} 次，早的在前", "quiet"),
            1,
            button("导出", lambda: export_sheet(page, self.sheet)),
            button("打印", lambda: preview_sheet(page, self.sheet), primary=True),
            button("关闭", self.reject),
        )
        heading = label(self.sheet.lines[1], "title")
        fill(QVBoxLayout(self), heading, self.table, foot, spacing=12, margins=(18, 14, 18, 14))
        open_at(self, 980, 480)
