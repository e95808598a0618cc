"""A card under the minutes: a small table, and a line in which Enter leads to the next field and then adds a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QWidget

from gui.messages import ask
from gui.page import Page
from gui.parts.cards import Card, label, row
from gui.parts.fields import Field, enter_leads_on
from gui.parts.ledger_view import ROW_HEIGHT, LedgerView
from gui.theme import scaled
from models.errors import FieldError, UserError
from models.ledger import Column, Sheet

_MOST_ROWS = 8  # more are scrolled to


@dataclass(frozen=True)
class Deeds:
    """What is done on a card: with what was typed (FieldError at a field of the line or beyond it), and with a row."""

    add: Callable[[dict[str, Any]], object]
    open: Callable[[Any], object]
    remove: Callable[[Any], object]
    act: Callable[[Any], object] = lambda _row: None


class MinutesCard(Card):
    """Shows what `read` finds of one activity: Enter on a row opens it, Delete removes it, Space acts on it.

    `read` is handed a session and the activity, and gives the rows and whether they can only be read. `keep` is called
    before anything is saved, so that marks of the roll that still wait are saved first.
    """

    def __init__(
        self,
        page: Page,
        title: str,
        columns: Sequence[Column],
        entry: Sequence[Column],
        read: Callable[[Any, int], tuple[Sequence[Any], bool]],
        deeds: Deeds,
        keep: Callable[[], object] = lambda: None,
    ) -> None:
        self.view = LedgerView("")
        self.view.setProperty("card", False)
        self.fields = {column.key: Field(column, page.workspace.find) for column in entry}
        self.problem = label("", "error", wrap=True)
        self.line = QWidget()
        super().__init__(self.view, self.line, self.problem, title=title, aside="回车新增", spacing=6)
        self.page, self.keep = page, keep
        self._read, self._deeds = read, deeds
        self.activity_id: int | None = None
        self._waiting: dict[int, dict[str, str]] = {}  # lines typed and not entered, by their activity
        self.locked = False
        self._columns = tuple(columns)
        self._lay_out_line(entry)
        self.problem.hide()
        self.view.opened.connect(deeds.open)
        self.view.table.installEventFilter(self)

    def show_activity(self, activity_id: int | None) -> None:
        """Shows what belongs to an activity; None hides the card. What is being typed for one stays with it."""
        if activity_id != self.activity_id:
            self._turn_to(activity_id)
        self.setVisible(activity_id is not None)
        if activity_id is not None:
            self.refresh()

    def shown(self) -> int:
        """The number of the activity that is shown."""
        assert self.activity_id is not None
        return self.activity_id

    def refresh(self) -> None:
        """Reads the rows anew."""
        with self.page.workspace.reading() as session:
            rows, locked = self._read(session, self.shown())
        self._show_rows(rows, locked or self.page.workspace.database.read_only)

    def ask_for_more(self, values: dict[str, Any], refusal: FieldError) -> None:
        """Asks for what the line has no field for."""
        raise refusal

    def add_typed(self) -> None:
        """Reads the line and saves it as a row."""
        self._tell("")
        wrong = [field for field in self.fields.values() if not field.check()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.TabFocusReason)
            return
        values = {key: field.value() for key, field in self.fields.items()}
        try:
            self.keep()
            self._deeds.add(values)
        except FieldError as refusal:
            self._refuse(values, refusal)
        except UserError as refusal:
            self._tell(str(refusal))
        else:
            self.forget()
            self.first.setFocus(Qt.FocusReason.TabFocusReason)

    def forget(self) -> None:
        """Empties the line."""
        for field in self.fields.values():
            field.set_value(None)
        self._tell("")

    @property
    def is_typed(self) -> bool:
        """Whether something stands in the line that was not entered yet."""
        return not self.locked and bool(self.first.text().strip())

    @property
    def waits(self) -> bool:
        """Whether a line that was not entered stands here or waits for its record to be shown again."""
        return self.is_typed or bool(self._waiting)

    @property
    def first(self) -> Field:
        """The field in which a new row begins."""
        return next(iter(self.fields.values()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            chosen = self.view.current_row()
            if chosen is not None and event.key() == Qt.Key.Key_Delete and not self.locked:
                ask(self, "要删除选中的这一条吗？", yes="删除", then=lambda: self._deeds.remove(chosen))
                return True
            if chosen is not None and event.key() == Qt.Key.Key_Space:
                self._deeds.act(chosen)
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "view"):
            self._fit()

    def _turn_to(self, activity_id: int | None) -> None:
        """Puts a line that was not entered aside, and brings back what waits for the activity that is now shown."""
        line = {key: field.text() for key, field in self.fields.items() if field.is_changed()}
        if self.activity_id is not None and line and not self.locked:
            self._waiting[self.activity_id] = line
            self.page.say(f"“{self.heading.text()}”里写了一行还没有登记，回到那份记录时还在。")
        self.forget()
        self.activity_id = activity_id
        waiting = self._waiting.pop(activity_id, {}) if activity_id is not None else {}
        for key, text in waiting.items():
            self.fields[key].type_text(text)

    def _show_rows(self, rows: Sequence[Any], locked: bool) -> None:
        self.locked = locked
        self.line.setHidden(locked)
        self.aside.setText("" if locked else "回车新增")
        self.view.setHidden(not rows)
        self.view.show_sheet(Sheet("", "", self._columns, rows, {}, ("", "", ""), (), "", "portrait"))
        self._fit()

    def _refuse(self, values: dict[str, Any], refusal: FieldError) -> None:
        field = self.fields.get(refusal.field)
        if field is None:
            self.ask_for_more(values, refusal)
            return
        field.show_error("")
        self._tell(str(refusal))
        field.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if sentence:
            QTimer.singleShot(0, self, self._show_problem)  # when the sentence has its place

    def _show_problem(self) -> None:
        """Scrolls to the sentence where it stands below what is seen."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self.problem)

    def _lay_out_line(self, entry: Sequence[Column]) -> None:
        layout = row(*self.fields.values(), spacing=8)
        for place, (column, field) in enumerate(zip(entry, self.fields.values(), strict=True)):
            typed = field.widget.lineEdit() if isinstance(field.widget, QComboBox) else field.widget
            if isinstance(typed, QLineEdit):
                typed.setPlaceholderText(column.title)
            if place == 0:
                layout.setStretch(0, 1)
            else:
                field.setFixedWidth(scaled(self, column.width * 9))
        self.line.setLayout(layout)
        fields = list(self.fields.values())
        enter_leads_on(fields)
        fields[-1].entered.connect(self.add_typed)

    def _fit(self) -> None:
        """As high as the rows are, up to so many."""
        rows = min(len(self.view.model.rows), _MOST_ROWS)
        header = self.view.table.header.sizeHint().height()
        self.view.setFixedHeight(header + rows * scaled(self, ROW_HEIGHT) + 8)
