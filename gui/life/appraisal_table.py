"""The grid of an appraisal: figures and Enter go from vote to vote, a figure gives the grade."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from gui.dues.collect_table import AmountEditor, box_within
from gui.parts.ledger_view import LedgerView
from models.ledger import Sheet
from models.records.life.appraisals import VOTES
from models.rules.appraisal import GRADES, UNGRADED

GRADE = "grade"
GRADE_KEYS = dict(zip("1234", GRADES, strict=True)) | {"0": UNGRADED}


class AppraisalTable(LedgerView):
    """One line a member; probationary members are passed over, as they get no grade."""

    typed = Signal(object, str, str, bool)  # the row, the key of the vote, what was typed, whether Enter leads on
    graded = Signal(object, object)  # the row and the grade, None to take it away
    rest_wanted = Signal(object, str)  # the row and the vote that gets what is left of the ballots
    form_wanted = Signal(object)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("名单里还没有人，请先“补充名单”。")
        self.emphasise({"name", GRADE}, {"category"})
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.header.setSectionsClickable(False)
        self.table.header.setSortIndicatorShown(False)
        self.table.setAccessibleName("票数和等次")
        self.table.installEventFilter(self)
        self.table.opened.connect(lambda _index: self._open())
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self._place_editor())
        self.table.horizontalScrollBar().valueChanged.connect(lambda _value: self._place_editor())
        self.editor = AmountEditor(self.table.viewport())
        self.editor.setAccessibleName("票数")
        self.editor.hide()
        self.editor.entered.connect(lambda text: self._end_editing(text, leads_on=True))
        self.editor.left.connect(lambda text: self._end_editing(text, leads_on=False))
        self._edited: tuple[Any, str] | None = None

    def show_list(self, sheet: Sheet) -> None:
        """Shows the list as it stands, the person in the cell where they were, else at the first vote."""
        key = self.key_here()
        self.show_sheet(sheet)
        if key and self.model.rows:
            self.table.go_to(max(self.table.currentIndex().row(), 0), self._column(key))
        if self.current_row() is None and self.model.rows:
            first = next((n for n, row in enumerate(self.model.rows) if not row.probationary), 0)
            self.table.go_to(first, self._column(VOTES[0]))

    def key_here(self) -> str:
        """The key of the column that the current cell stands in."""
        place = self.table.currentIndex().column()
        return self.model.columns[place].key if place >= 0 else ""

    def go_on(self) -> None:
        """Goes to the next vote, after the last to the next member's first; under a grade to the next grade."""
        key, line = self.key_here(), self.table.currentIndex().row()
        if key in VOTES[:-1]:
            self.table.go_to(line, self._column(VOTES[VOTES.index(key) + 1]))
            return
        rows = self.model.rows
        following = next((n for n in range(line + 1, len(rows)) if not rows[n].probationary), None)
        if following is not None:
            self.table.go_to(following, self._column(GRADE if key == GRADE else VOTES[0]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        row, key = self.current_row(), self.key_here()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Z:
            self.undo_wanted.emit()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Y:
            self.redo_wanted.emit()
        elif row is None or not plain:
            return False
        elif event.key() == Qt.Key.Key_F2:
            self.form_wanted.emit(row)
        elif key == GRADE:
            return self._take_grade(event, row)
        elif key in VOTES:
            return self._take_vote(event, row, key)
        else:
            return False
        return True

    def _take_grade(self, event: QKeyEvent, row: Any) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.key() == Qt.Key.Key_Delete:
            self.graded.emit(row, None)
        elif event.text() in GRADE_KEYS:
            self.graded.emit(row, GRADE_KEYS[event.text()])
        else:
            return False
        return True

    def _take_vote(self, event: QKeyEvent, row: Any, key: str) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.key() == Qt.Key.Key_Space:
            self.rest_wanted.emit(row, key)
        elif event.key() == Qt.Key.Key_Delete:
            self.typed.emit(row, key, "", False)
        elif event.text().isdigit() and event.text().isascii():
            self._edit(event.text())
        else:
            return False
        return True

    def _open(self) -> None:
        """A double click, or Enter on a name: the vote's box, or the member's form."""
        row, key = self.current_row(), self.key_here()
        if row is None:
            return
        if key in VOTES:
            known = getattr(row, key)
            self._edit("" if known is None else str(known))
            self.editor.selectAll()
        else:
            self.form_wanted.emit(row)

    def _edit(self, text: str) -> None:
        self._edited = (self.current_row(), self.key_here())
        self._place_editor()
        self.editor.begin(text, None)

    def _end_editing(self, text: str, leads_on: bool) -> None:
        """Hands over what was typed; who takes it leads on after Enter."""
        if leads_on:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if text and self._edited is not None:
            self.typed.emit(*self._edited, text, leads_on)

    def _column(self, key: str) -> int:
        return next(n for n, each in enumerate(self.model.columns) if each.key == key)

    def _place_editor(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.editor.setGeometry(box_within(self.table.visualRect(index)))
