"""The tasks of a reminder slip as a list to be ticked and typed in."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from gui.parts.cards import button, fill, label, row
from gui.theme import scaled
from models.ledgers.life.reminder_slips import LINE_COLUMNS

_OBLIGATION = Qt.ItemDataRole.UserRole
_HINT = "打勾的写进提醒单；每一格都可以改，空格键打勾。"
_WIDTHS = (200, 0, 110, 90)  # 0 takes what room is left


class TaskTable(QWidget):
    """One line a task: written on the slip or not, what, how, until when, who."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table = QTableWidget(0, len(LINE_COLUMNS))
        self.table.setAccessibleName("提醒事项")
        self.table.setHorizontalHeaderLabels([column.title for column in LINE_COLUMNS])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        header = self.table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, width in enumerate(_WIDTHS):
            if width:
                self.table.setColumnWidth(place, scaled(self.table, width))
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().setDefaultSectionSize(scaled(self.table, 33))
        self.table.setMinimumHeight(scaled(self.table, 260))
        add = button("加一项", self.add_task, icon="plus")
        fill(QVBoxLayout(self), self.table, row(add, label(_HINT, "small"), 1), spacing=6)
        self.table.itemChanged.connect(lambda _item: self.changed.emit())

    def show_tasks(self, tasks: Sequence[Mapping[str, Any]]) -> None:
        """Shows tasks as they are proposed, all of them ticked."""
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for task in tasks:
            self._append(task)
        self.table.blockSignals(False)
        if tasks:
            self.table.setCurrentCell(0, 0)

    def add_task(self) -> None:
        """Adds an empty line and begins to type in it."""
        self.table.blockSignals(True)
        self._append({"task": ""})
        self.table.blockSignals(False)
        line = self.table.rowCount() - 1
        self.table.setCurrentCell(line, 0)
        self.table.setFocus()
        self.table.editItem(self._item(line, 0))

    def tasks(self) -> list[dict[str, Any]]:
        """The tasks that are ticked and named; ValueError with a sentence where something is no day."""
        found = []
        for line in range(self.table.rowCount()):
            first = self._item(line, 0)
            if first.checkState() != Qt.CheckState.Checked or not first.text().strip():
                continue
            values: dict[str, Any] = {"obligation": first.data(_OBLIGATION)}
            for place, column in enumerate(LINE_COLUMNS):
                try:
                    values[column.key] = column.kind.read(self._item(line, place).text())
                except ValueError as problem:
                    raise ValueError(f"第 {line + 1} 项：{problem}") from None
            found.append(values)
        return found

    def _append(self, task: Mapping[str, Any]) -> None:
        line = self.table.rowCount()
        self.table.insertRow(line)
        for place, column in enumerate(LINE_COLUMNS):
            text = column.kind.show(task.get(column.key))
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self.table.setItem(line, place, item)
        first = self._item(line, 0)
        first.setCheckState(Qt.CheckState.Checked)
        first.setData(_OBLIGATION, task.get("obligation"))

    def _item(self, line: int, place: int) -> QTableWidgetItem:
        found = self.table.item(line, place)
        assert found is not None
        return found
