"""The items of a year's scheme of points, to be typed: which item, how many points are full marks."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from gui.parts.cards import button, fill, label, row
from gui.parts.dialog_size import open_at
from gui.parts.form_dialog import FormDialog, typed
from models.kinds import tidy
from models.ledgers.short_numbers import SHORT
from models.records.life.points import Item

_ITEM, _STANDARD = 0, 1


class PointsSchemeDialog(FormDialog):
    """`save` is handed the items in order; its UserError is shown and nothing is lost."""

    chapter = "honours"
    subject = "积分项目"

    def __init__(self, year: int, items: Sequence[Item], save: Callable[[list[Item]], object], parent: QWidget) -> None:
        super().__init__(parent, lambda: save(typed(self.items)))
        self.setWindowTitle("积分项目")
        self._items = list(items)
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels(["项目", "标准分"])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName("积分项目")
        self.table.horizontalHeader().setSectionResizeMode(_ITEM, QHeaderView.ResizeMode.Stretch)
        self.total = label("", "quiet")
        for item in items:
            self._append(item.item, SHORT.show(item.standard), item.id)
        self.table.itemChanged.connect(lambda _item: self._show_total())
        tools = row(button("加一项", self.add_item), button("删一项", self.remove_item, flat=True), 1, self.total)
        note = label("双击或按 F2 修改；已经有评分的项目不能删。", "quiet")
        parts = (label(f"{year}年积分项目", "heading"), note, self.table, tools, self.foot())
        fill(QVBoxLayout(self), *parts, spacing=10, margins=(18, 14, 18, 14))
        self._show_total()
        open_at(self, 460, 480)

    def items(self) -> list[Item]:
        """What was typed; ValueError with a sentence where a standard is no number."""
        found = []
        for line in range(self.table.rowCount()):
            name, number = tidy(self._text(line, _ITEM)), self._text(line, _STANDARD)
            standard = SHORT.read(number)
            if standard is None:
                raise ValueError(f"请填写“{name or '新项目'}”的标准分。")
            found.append(Item(name, standard, self._cell(line, _ITEM).data(Qt.ItemDataRole.UserRole)))
        return found

    def add_item(self) -> None:
        """Adds an empty line, ready to be typed into."""
        self._append("", "", None)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setCurrentCell(self.table.rowCount() - 1, _ITEM)
        self.table.editItem(self._cell(self.table.rowCount() - 1, _ITEM))

    def remove_item(self) -> None:
        """Takes the current line away."""
        if self.table.currentRow() >= 0:
            self.table.removeRow(self.table.currentRow())
            self._show_total()

    def is_changed(self) -> bool:
        try:
            return self.items() != self._items
        except ValueError:
            return True

    def _append(self, name: str, standard: str, number: int | None) -> None:
        line = self.table.rowCount()
        self.table.insertRow(line)
        item, points = QTableWidgetItem(name), QTableWidgetItem(standard)
        item.setData(Qt.ItemDataRole.UserRole, number)
        points.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.setItem(line, _ITEM, item)
        self.table.setItem(line, _STANDARD, points)

    def _cell(self, line: int, place: int) -> QTableWidgetItem:
        found = self.table.item(line, place)
        assert found is not None
        return found

    def _text(self, line: int, place: int) -> str:
        return self._cell(line, place).text()

    def _show_total(self) -> None:
        self.problem.clear()
        try:
            total = sum((each.standard for each in self.items()), Decimal(0))
        except ValueError:
            self.total.setText("标准分还没有填全")
        else:
            self.total.setText(f"标准分合计 {SHORT.show(total)}")
