"""A form with a foot: what was refused, and the buttons that leave it and save it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.messages import ask
from gui.parts.cards import Margins, button, label, row
from gui.parts.fields import Field
from gui.parts.saving_dialog import SavingDialog
from models.errors import FieldError, UserError

T = TypeVar("T")


class FormDialog(SavingDialog):
    """`keep` saves what was typed and may refuse it: FieldError is shown at its field, UserError above the buttons.

    What was refused stays as it was typed. Ctrl+Enter saves anywhere, Enter alone never does; Esc leaves and asks
    first when something was typed. A subclass puts its fields in `fields` and the foot at its end.
    """

    subject = "内容"  # what is said not to be saved yet

    def __init__(self, parent: QWidget, keep: Callable[[], object]) -> None:
        super().__init__(parent)
        self._keep = keep
        self.fields: dict[str, Field] = {}
        self.problem = label("", "error", wrap=True)
        self.save_button = button("保存", self.save, primary=True)
        self.cancel_button = button("取消", self.reject)

    def foot(self, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
        """What was refused, and the two buttons."""
        parts = row(self.problem, self.cancel_button, self.save_button, margins=margins)
        parts.setStretch(0, 1)
        return parts

    def save(self) -> None:
        """Checks every field and hands over what was typed; closes when it was taken."""
        self.problem.clear()
        self.problem.setMinimumHeight(0)
        wrong = [field for field in self.fields.values() if not field.check()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.TabFocusReason)
            return
        try:
            self._keep()
        except FieldError as refusal:
            self.show_refusal(refusal.field, str(refusal))
        except UserError as refusal:
            self.show_refusal("", str(refusal))
        else:
            self.accept()

    def reject(self) -> None:
        """Leaves without saving, after a question when something was typed."""
        if self.is_changed():
            question = f"填写的{self.subject}还没有保存，要放弃吗？"
            ask(self, question, yes="放弃", no="继续填写", loses=True, then=super().reject)
        else:
            super().reject()

    def is_changed(self) -> bool:
        """Whether something else is typed than what stood there at first."""
        return any(field.is_changed() for field in self.fields.values())

    def show_refusal(self, key: str, sentence: str) -> None:
        """Says at the field what was refused, or above the buttons where the form has no such field."""
        field = self.fields.get(key)
        if field is None:
            self._show_problem(sentence)
        else:
            field.show_error(sentence)
            field.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif not enter:
            super().keyPressEvent(event)

    def _show_problem(self, sentence: str) -> None:
        """Makes room for a sentence of several lines."""
        self.problem.setText(sentence)
        lacking = self.problem.heightForWidth(self.problem.width()) - self.problem.height()
        if lacking > 0:
            self.problem.setMinimumHeight(self.problem.height() + lacking)
            self.resize(self.width(), self.height() + lacking)


def typed(read: Callable[[], T]) -> T:
    """What `read` makes of the typed text; the sentence of its ValueError becomes a UserError."""
    try:
        return read()
    except ValueError as problem:
        raise UserError(str(problem)) from None
