"""The scores of one member: for each item what member, group and branch gave, from cell to cell by Enter."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.parts.cards import Card, fill, label
from gui.parts.dialog_size import fit_to_contents
from gui.parts.fields import Field, enter_leads_on
from gui.parts.form_dialog import FormDialog
from gui.theme import scaled
from models.ledger import Column
from models.ledgers.short_numbers import SHORT
from models.records.life.points import SCORE_TITLES, SCORES, Item

Scores = Mapping[str, Decimal | None]  # by key as own_理想信念
ZERO = Decimal(0)


class PointsDialog(FormDialog):
    """`save` is handed every score by key; the sum of what the branch gave stands below."""

    chapter = "honours"
    subject = "分数"

    def __init__(
        self, who: str, items: Sequence[Item], known: Scores, save: Callable[[Scores], object], parent: QWidget
    ) -> None:
        super().__init__(parent, lambda: save({key: field.value() for key, field in self.fields.items()}))
        self.setWindowTitle("党员积分评分")
        self._items = items
        self.fields = {
            f"{kind}_{item.item}": Field(Column(f"{kind}_{item.item}", f"{item.item}{SCORE_TITLES[kind]}", SHORT, 7))
            for kind in reversed(SCORES)
            for item in items
        }
        for key, field in self.fields.items():
            field.set_value(known.get(key))
            field.changed.connect(self._show_sum)
        self.sum = label("", "figure")
        parts = (label(who, "heading"), Card(self._grid()), self.sum, self.foot())
        fill(QVBoxLayout(self), *parts, spacing=12, margins=(18, 14, 18, 14))
        in_order = list(self.fields.values())
        enter_leads_on(in_order)
        in_order[-1].entered.connect(self.save)
        self._show_sum()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        fit_to_contents(self)
        next(iter(self.fields.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def _grid(self) -> QGridLayout:
        """A line an item: its full marks, then a field for each who gives a score."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for place, title in enumerate(("项目", "标准分", *SCORE_TITLES.values())):
            grid.addWidget(label(title, "quiet"), 0, place)
        for line, item in enumerate(self._items, 1):
            grid.addWidget(label(item.item), line, 0)
            grid.addWidget(label(SHORT.show(item.standard), "strong"), line, 1)
            for place, kind in enumerate(SCORES, 2):
                field = self.fields[f"{kind}_{item.item}"]
                field.widget.setFixedWidth(scaled(self, 96))
                grid.addWidget(field, line, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        return grid

    def _show_sum(self) -> None:
        given = []
        for item in self._items:
            field = self.fields[f"by_branch_{item.item}"]
            try:
                given.append(field.value() or ZERO)
            except ValueError:
                continue  # said at the field when it is left
        self.sum.setText(f"支部评合计 {SHORT.show(sum(given, ZERO))} 分")
