"""A form that stands in a page: fields one under another, and a button that saves what was changed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.parts.cards import button, fill, label, row
from gui.parts.fields import Field, enter_leads_on
from gui.theme import scaled
from models.errors import FieldError, UserError
from models.ledger import Column

Save = Callable[[dict[str, Any]], object]
SHORT = 14  # columns of a ledger so narrow need no field over the whole width


class InlineForm(QWidget):
    """`save` is handed the values that were changed; its FieldError is shown at the field, UserError below."""

    def __init__(self, columns: Sequence[Column], save: Save, words: str = "保存") -> None:
        super().__init__()
        self._save = save
        self.fields = {column.key: Field(column) for column in columns}
        self.problem = label("", "error", wrap=True)
        self.save_button = button(words, self.save)
        self.forget_button = button("还原", self.forget, flat=True)
        self._values: Mapping[str, Any] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        for line, field in enumerate(self.fields.values()):
            field.title.setMinimumHeight(field.widget.sizeHint().height())
            if field.column.width <= SHORT:
                field.widget.setMaximumWidth(scaled(self, max(field.column.width, 7) * 16))
            grid.addWidget(field.title, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, line, 1)
            field.changed.connect(self._show_buttons)
        box = QWidget()
        box.setLayout(grid)
        fill(QVBoxLayout(self), box, self.problem, row(self.save_button, self.forget_button, 1), spacing=10)
        fields = list(self.fields.values())
        enter_leads_on(fields)
        fields[-1].entered.connect(self.save)
        self.problem.hide()
        self._show_buttons()

    @property
    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return any(field.is_changed() for field in self.fields.values())

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Shows what stands in the record; what is being typed stays."""
        self._values = values
        for key, field in self.fields.items():
            if not field.is_changed():
                field.set_value(values.get(key))
        self._show_buttons()

    def forget(self) -> None:
        """Shows again what stands in the record."""
        for key, field in self.fields.items():
            field.set_value(self._values.get(key))
        self._tell("")
        self._show_buttons()

    def save(self) -> None:
        """Reads every field and hands over what was changed."""
        self._tell("")
        wrong = [field for field in self.fields.values() if not field.check()]
        if wrong:
            wrong[0].setFocus()
            return
        changed = {key: field.value() for key, field in self.fields.items() if field.is_changed()}
        if not changed:
            return
        try:
            self._save(changed)
        except FieldError as refusal:
            if refusal.field not in self.fields:
                self._tell(str(refusal))
                return
            self.fields[refusal.field].show_error(str(refusal))
            self.fields[refusal.field].setFocus()
        except UserError as refusal:
            self._tell(str(refusal))
        else:
            for field in self.fields.values():
                field.set_value(field.value())
            self._show_buttons()

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _show_buttons(self) -> None:
        self.save_button.setEnabled(self.is_changed)
        self.forget_button.setVisible(self.is_changed)
