"""The grid of the yearly round: figures typed on a row are its new base, Enter leads to the next row."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from gui.dues.collect_table import AmountEditor, box_within
from gui.parts.ledger_view import LedgerView
from models.ledger import Sheet

BASE = "dues_base"


class RoundTable(LedgerView):
    """The members of a yearly round, one of whom is the current one."""

    typed = Signal(object, str)  # the row and what was typed as its base
    confirmed = Signal(object)  # Enter on the row, nothing typed
    category_wanted = Signal(object)
    items_wanted = Signal(object)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("这里还没有要核定的党员，请先导入名册。")
        self.emphasise({"name", "monthly"}, {"last_category", "last_base", "last_due", "branch"})
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.header.setSectionsClickable(False)
        self.table.header.setSortIndicatorShown(False)
        self.table.installEventFilter(self)
        self.table.opened.connect(lambda _index: self.edit())
        self.table.verticalScrollBar().valueChanged.connect(self._place_editor)
        self.editor = AmountEditor(self.table.viewport())
        self.editor.setAccessibleName("本年基数")
        self.editor.hide()
        self.editor.entered.connect(lambda text: self._end_editing(text, leads_on=True))
        self.editor.left.connect(lambda text: self._end_editing(text, leads_on=False))
        self._edited: Any = None

    def show_round(self, sheet: Sheet) -> None:
        """Shows the round as it stands, the person where they were, else at the first who still waits."""
        self.show_sheet(sheet)
        if self.current_row() is None and self.model.rows:
            waiting = (n for n, each in enumerate(self.model.rows) if each.monthly is None)
            self.table.go_to(next(waiting, 0), self._base_column())

    def go_on(self) -> None:
        """Goes to the next row; stays at the last."""
        following = self.table.currentIndex().row() + 1
        if following < len(self.model.rows):
            self.table.go_to(following, self._base_column())

    def edit(self, text: str = "") -> None:
        """Opens the box of the current row, with `text` typed already, else with the base it has or had last year."""
        row = self.current_row()
        if row is None:
            return
        self._edited = row
        self._place_editor()
        self.editor.begin(text, row.dues_base if row.dues_base is not None else row.last_base)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        row = self.current_row()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Z:
            self.undo_wanted.emit()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Y:
            self.redo_wanted.emit()
        elif row is None or not plain:
            return False
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit(row)
        elif event.key() == Qt.Key.Key_Space:
            self.category_wanted.emit(row)
        elif event.key() == Qt.Key.Key_F2:
            self.items_wanted.emit(row)
        elif event.text().isdigit() and event.text().isascii():
            self.edit(event.text())
        else:
            return False
        return True

    def _end_editing(self, text: str, leads_on: bool) -> None:
        if leads_on:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if text:
            self.typed.emit(self._edited, text)

    def _base_column(self) -> int:
        return next(n for n, each in enumerate(self.model.columns) if each.key == BASE)

    def _place_editor(self) -> None:
        if not self.model.rows:
            return
        index = self.model.index(self.table.currentIndex().row(), self._base_column())
        self.editor.setGeometry(box_within(self.table.visualRect(index)))
