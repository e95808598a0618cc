"""One item of the agenda: its words and tags, and who said what to it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from gui.page import Page
from gui.parts.cards import button, fill, label, row
from gui.parts.dialog_size import open_at
from gui.parts.ledger_view import LedgerView
from gui.parts.record_dialog import RecordDialog
from gui.parts.saving_dialog import SavingDialog
from models.errors import UserError
from models.kinds import PERSON, TEXT
from models.ledger import Column, Sheet
from models.ledgers.life.agenda_page import CONTRIBUTION_COLUMNS, AgendaRow, contribution_rows
from models.records.life import agenda

_SAID = (Column("speaker", "发言人", PERSON, 14, required=True), Column("text", "发言要点", TEXT, 40, required=True))
_ITEM = (Column("title", "议题", TEXT, 30, required=True), Column("tags", "标签（用、分开）", TEXT, 20))


class AgendaDialog(SavingDialog):
    """Ctrl+N notes what somebody said, Delete takes it off."""

    chapter = "votes"

    def __init__(self, page: Page, activity_id: int, item: AgendaRow, locked: bool) -> None:
        super().__init__(page)
        self.page, self.activity_id, self.item, self.locked = page, activity_id, item, locked
        self.setWindowTitle("议题和发言")
        self.title = label(item.title, "figure", wrap=True)
        self.tags = label(item.tags or "", "quiet")
        self.view = LedgerView("还没有记发言。按“记发言”，写发言人和要点。")
        self.say_button = button("记发言　Ctrl+N", self.ask_for_words, primary=True)
        self.change_button = button("改议题…", self.ask_for_item)
        self.remove_button = button("删除发言", self.remove, flat=True)
        for part in (self.say_button, self.change_button, self.remove_button):
            part.setHidden(locked)
        foot = row(self.say_button, self.change_button, self.remove_button, 1, button("关闭", self.accept))
        fill(QVBoxLayout(self), self.title, self.tags, self.view, foot, spacing=10, margins=(18, 16, 18, 14))
        open_at(self, 760, 440)
        self._show()

    def ask_for_words(self) -> None:
        """Asks who said what."""

        def save(values: dict[str, Any]) -> None:
            with self.page.workspace.writing("记发言") as session:
                agenda.say(session, self.item.id, values["speaker"], values["text"])
            self._show()

        RecordDialog("记发言", _SAID, {}, save, self, find=self.page.workspace.find).open()

    def ask_for_item(self) -> None:
        """Asks about the words and tags of the item."""

        def save(values: dict[str, Any]) -> None:
            with self.page.workspace.writing("修改议题") as session:
                changed = agenda.change(session, self.item.id, values)
                title, tags = changed.title, changed.tags
            self.title.setText(title)
            self.tags.setText(tags or "")

        known = {"title": self.title.text(), "tags": self.tags.text()}
        RecordDialog("修改议题", _ITEM, known, save, self).open()

    def remove(self) -> None:
        """Takes off what was noted by mistake."""
        chosen = self.view.current_row()
        if chosen is None:
            raise UserError("请先选一条发言。")
        with self.page.workspace.writing("删除发言") as session:
            agenda.unsay(session, chosen.id)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_N and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.say_button.click()
        elif event.key() == Qt.Key.Key_Delete and not self.locked and self.view.current_row() is not None:
            self.remove()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _show(self) -> None:
        with self.page.workspace.reading() as session:
            rows = contribution_rows(session, self.activity_id, self.item.id)
        self.view.show_sheet(Sheet("said", "", CONTRIBUTION_COLUMNS, rows, {}, ("", "", ""), (), "", "portrait"))
        self.remove_button.setEnabled(bool(rows))
