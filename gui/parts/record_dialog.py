"""The form in which one record is entered or changed, made from a ledger's columns."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from gui.parts.cards import fill, label
from gui.parts.dialog_size import asked_height, fit_around
from gui.parts.fields import Field, enter_leads_on
from gui.parts.form_dialog import FormDialog
from gui.parts.scrolled import Scrolled
from gui.parts.search_box import Find
from gui.theme import scaled
from models.ledger import Column

Save = Callable[[dict[str, Any]], object]
ONE_COLUMN = 9  # so many fields still stand in one column
TALLEST = 540  # pixels of the form; what is longer scrolls
_WIDE = 24  # a column of the ledger so wide takes the whole width of the form


class RecordDialog(FormDialog):
    """Asks for the entered columns of a record; `save` is handed the values and may refuse them.

    Enter goes to the next field and saves after the last. It does not stop the window: call `open()`.
    """

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        values: Mapping[str, Any],
        save: Save,
        parent: QWidget,
        *,
        find: Find | None = None,
        locked: Sequence[str] = (),
        who: str = "",
    ) -> None:
        """`who` stands above the fields: the title of a window is seen by anybody, as in the taskbar."""
        super().__init__(parent, lambda: save({key: field.value() for key, field in self.fields.items()}))
        self.setWindowTitle(title)
        self.fields = {column.key: Field(column, find) for column in columns if column.entered}
        for key, field in self.fields.items():
            field.set_value(values.get(key))
            field.set_read_only(key in locked)
            field.judged.connect(self._make_room)
        self.setObjectName("record")
        self._area = self._form()
        self.who = label(who, "figure")
        self.who.setContentsMargins(18, 14, 18, 0)
        self.who.setVisible(bool(who))
        foot = QFrame()
        foot.setObjectName("foot")
        foot.setLayout(self.foot(margins=(18, 10, 18, 12)))
        fill(QVBoxLayout(self), self.who, self._area, foot, spacing=0)
        fields = list(self.fields.values())
        enter_leads_on(fields)
        if fields:
            fields[-1].entered.connect(self.save)
        open_fields = (field for key, field in self.fields.items() if key not in locked)
        self._first = next(open_fields, None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.TabFocusReason)

    def _make_room(self) -> None:
        """Shows the whole form, with what stands under its fields, as far as the screen has room for it."""
        self._grid.activate()
        whole = asked_height(self._grid, max(self._area.viewport().width(), self._area.minimumWidth()))
        self._area.widget().setMinimumHeight(whole)  # a form that is scrolled squeezes nothing
        fit_around(self, self._area, min(whole + 4, scaled(self, TALLEST), 600))

    def _form(self) -> Scrolled:
        """The fields in one column or two, with the ledger's bands as headings."""
        sheet = QFrame()
        grid = self._grid = QGridLayout(sheet)
        grid.setContentsMargins(18, 16, 18, 6)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        pairs = 1 if len(self.fields) <= ONE_COLUMN else 2
        line, place, band = 0, 0, ""
        for field in self.fields.values():
            wide = pairs == 2 and field.column.width >= _WIDE
            heading = field.column.band if field.column.band != band else ""
            if place and (wide or heading or place == pairs):
                line, place = line + 1, 0
            if heading:
                grid.addWidget(label(heading, "heading"), line, 0, 1, pairs * 2)
                line += 1
            band = field.column.band
            top = Qt.AlignmentFlag.AlignTop
            first_line = min(field.widget.sizeHint().height(), scaled(self, 34))  # a tall field is named beside its top
            field.title.setMinimumHeight(first_line)
            grid.addWidget(field.title, line, place * 2, top)
            grid.addWidget(field, line, place * 2 + 1, 1, 3 if wide else 1, top)
            place = pairs if wide else place + 1
        grid.setRowStretch(line + 1, 1)
        for pair in range(pairs):
            grid.setColumnStretch(pair * 2 + 1, 1)
        area = Scrolled(sheet)
        area.setMinimumWidth(scaled(self, 420 if pairs == 1 else 820))
        return area
