"""Who is not counted among those who should come to a vote: with reason, approval above and the meeting's consent."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from gui.ledgers.record_forms import meant
from gui.page import Page
from gui.parts.cards import button, fill, label, row
from gui.parts.dialog_size import open_at
from gui.parts.ledger_view import LedgerView
from gui.parts.record_dialog import RecordDialog
from gui.parts.saving_dialog import SavingDialog
from models.errors import UserError
from models.kinds import FLAG, PERSON, TEXT, Choice
from models.ledger import Column, Sheet
from models.ledgers.life.excluded import EXCLUDED_COLUMNS, excluded_rows
from models.records.life import exclusions, voters

_ASKED = (
    Column("who", "姓名", PERSON, 14, required=True),
    Column("reason", "原因", Choice(exclusions.REASONS, open=True), 22, required=True),
    Column("approved_by", "批准的上级党组织和日期", TEXT, 22, required=True),
    Column("agreed", "党员大会同意", FLAG, 8, required=True),
)
_RULE = (
    "经上级党组织同意并经党员大会同意，下列党员可以不计入应到会人数：因病不能表达本人意志的，自费出国半年以上的，"
    "正在服刑或受监督考察的，年老卧床、长期生病生活不能自理的，外出半年以上应转未转组织关系的，离退休后回原籍长期居住的。"
)


class ExclusionDialog(SavingDialog):
    """The list for one activity; Ctrl+N adds somebody, Delete counts the chosen one again."""

    chapter = "votes"

    def __init__(self, page: Page, activity_id: int) -> None:
        super().__init__(page)
        self.page, self.activity_id = page, activity_id
        self.setWindowTitle("不计入应到会的党员")
        self.counted = label("", "strong")
        self.add_button = button("登记一人　Ctrl+N", self.ask_for_one, primary=True)
        self.view = LedgerView("这次会议没有不计入应到会的党员。")
        self.again_button = button("照常计入", self.count_again)
        self.view.chosen.connect(lambda chosen: self.again_button.setEnabled(chosen is not None))
        foot = row(self.add_button, self.again_button, 1, button("关闭", self.accept))
        parts = (label(_RULE, "quiet", wrap=True), self.counted, self.view, foot)
        fill(QVBoxLayout(self), *parts, spacing=10, margins=(18, 16, 18, 14))
        open_at(self, 760, 420)
        self._show()

    def ask_for_one(self) -> None:
        """Asks who is not counted, and why."""

        def save(values: dict[str, Any]) -> None:
            member_id, _ = meant(self.page, values["who"])
            with self.page.workspace.writing("登记不计入应到会的党员") as session:
                exclusions.exclude(session, self.activity_id, member_id, values)
            self._show()

        RecordDialog("不计入应到会", _ASKED, {}, save, self, find=self.page.workspace.find).open()

    def count_again(self) -> None:
        """Counts the chosen one again."""
        chosen = self.view.current_row()
        if chosen is None:
            raise UserError("请先选一个人。")
        with self.page.workspace.writing("照常计入应到会") as session:
            exclusions.count_again(session, chosen.id)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.ask_for_one()
        elif event.key() == Qt.Key.Key_Delete and self.view.current_row() is not None:
            self.count_again()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _show(self) -> None:
        with self.page.workspace.reading() as session:
            rows = excluded_rows(session, self.activity_id)
            counted = voters.voters(session, self.activity_id)
        number = counted.entitled if counted is not None else 0
        self.counted.setText(f"有表决权的应到 {number} 人，另有 {len(rows)} 人不计入。")
        self.view.show_sheet(Sheet("excluded", "", EXCLUDED_COLUMNS, rows, {}, ("", "", ""), (), "", "portrait"))
        self.again_button.setEnabled(self.view.current_row() is not None)
