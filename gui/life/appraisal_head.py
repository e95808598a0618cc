"""The head of an appraisal: day, ballots and the share of 优秀, side by side, saved as soon as they are left."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from gui.parts.fields import Field, enter_leads_on
from gui.theme import scaled
from models.errors import FieldError
from models.kinds import DAY, NUMBER, TEXT
from models.ledger import Column
from models.ledgers.life.appraisals import BALLOT_TITLES, SHARE

COLUMNS = (
    Column("held_on", "会议日期", DAY, 11),
    *(Column(key, title, NUMBER, 6) for key, title in BALLOT_TITLES.items()),
    Column("share", "优秀比例", SHARE, 9, required=True),
    Column("over_reason", "超出上限的理由", TEXT, 20),
)
_WIDTHS = {"held_on": 108, "share": 104, "over_reason": 200}
_FIGURE = 66


class AppraisalHead(QWidget):
    """`save` is handed what was changed when Enter is pressed or the head is left; its FieldError stands below."""

    def __init__(self, save: Callable[[dict[str, Any]], object]) -> None:
        super().__init__()
        self._save = save
        self._values: Mapping[str, Any] = {}
        self.fields = {column.key: Field(column) for column in COLUMNS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        for place, (key, field) in enumerate(self.fields.items()):
            field.widget.setMinimumWidth(scaled(self, _WIDTHS.get(key, _FIGURE)))
            grid.addWidget(field.title, 0, place)
            grid.addWidget(field, 1, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(len(self.fields) - 1, 1)
        enter_leads_on(self.fields.values())
        for field in self.fields.values():
            field.entered.connect(self.save)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._left)

    @property
    def is_changed(self) -> bool:
        """Whether something stands there that is not saved."""
        return any(field.is_changed() for field in self.fields.values())

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Shows what is kept; what is being typed stays."""
        self._values = values
        for key, field in self.fields.items():
            if not field.is_changed():
                field.set_value(values[key])

    def save(self) -> bool:
        """Reads the fields and hands over what was changed; False where one was refused."""
        if not self.is_changed:
            return True
        wrong = [field for field in self.fields.values() if not field.check()]
        if wrong:
            return False
        changed = {key: field.value() for key, field in self.fields.items() if field.is_changed()}
        try:
            self._save(changed)
        except FieldError as refusal:
            self.fields[refusal.field].show_error(str(refusal))
            return False
        for key, value in changed.items():
            self.fields[key].set_value(value)
        return True

    def forget(self) -> None:
        """Shows again what is kept."""
        for key, field in self.fields.items():
            field.set_value(self._values[key])

    def _left(self, before: QWidget | None, now: QWidget | None) -> None:
        within = before is not None and self.isAncestorOf(before)
        if within and now is not None and not self.isAncestorOf(now) and now.window() is self.window():
            self.save()
