"""The columns of a ledger as a list to be ticked, renamed, moved and added to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from gui.palette import PALETTE
from gui.parts.cards import button, fill, label, row
from gui.theme import scaled
from models.records.local_forms import KINDS, Extra, Place

_KEY = Qt.ItemDataRole.UserRole
_HINT = "打勾的列显示和打印；列名可以直接改；Alt+↑、Alt+↓ 移动。"


class VariantColumns(QWidget):
    """One line a column: shown or not, its name here, its standard name; `changed` tells of every change."""

    changed = Signal()
    extra_wanted = Signal(object)  # the Extra to be changed, None for a new one

    def __init__(self) -> None:
        super().__init__()
        self._titles: Mapping[str, str] = {}
        self._extras: dict[str, Extra] = {}
        self.table = _Table(self)
        self.up = button("上移", lambda: self.shift(-1))
        self.down = button("下移", lambda: self.shift(1))
        self.add = button("增加列…", lambda: self.extra_wanted.emit(None), icon="plus")
        self.edit = button("修改…", self._edit_extra)
        self.remove = button("移走", self._remove_extra)
        self.edit.setToolTip("修改增加的列")
        self.remove.setToolTip("把增加的列移出这张表；填过的内容留着，再增加同名的列就回来")
        tools = row(self.up, self.down, 1, self.add, self.edit, self.remove, spacing=6)
        fill(QVBoxLayout(self), label(_HINT, "small", wrap=True), self.table, tools, spacing=8)
        self.table.itemChanged.connect(lambda _item: self.changed.emit())
        self.table.currentCellChanged.connect(lambda *_places: self._enable())

    def show_places(self, places: Sequence[Place], titles: Mapping[str, str], extras: Sequence[Extra]) -> None:
        """Shows columns in this order; `titles` are the standard names by key."""
        self._titles = titles
        self._extras = {each.key: each for each in extras}
        self.table.blockSignals(True)
        self.table.setRowCount(0)
        for place in places:
            self._append(place)
        self.table.blockSignals(False)
        self.table.setCurrentCell(0, 0)
        self._enable()

    def places(self) -> tuple[Place, ...]:
        """The columns as they stand; a name that is the standard one is none of its own."""
        return tuple(self._place(line) for line in range(self.table.rowCount()))

    def extras(self) -> tuple[Extra, ...]:
        """The added columns, under the names that stand in the list."""
        named = {self._key(line): self._text(line) for line in range(self.table.rowCount())}
        return tuple(replace(each, title=named[key]) for key, each in self._extras.items())

    def put_extra(self, extra: Extra) -> None:
        """Adds a column after the current one, or shows a known one as it was changed."""
        known = extra.key in self._extras
        self._extras[extra.key] = extra
        self.table.blockSignals(True)
        if known:
            line = [self._key(each) for each in range(self.table.rowCount())].index(extra.key)
            self.table.name_item(line).setText(extra.title)
        else:
            self._append(Place(extra.key))
            line = self.table.rowCount() - 1
        self.table.blockSignals(False)
        self.table.setCurrentCell(line, 0)
        self.changed.emit()

    def shift(self, step: int) -> None:
        """Moves the current column up (-1) or down (1)."""
        here = self.table.currentRow()
        there = here + step
        if here < 0 or not 0 <= there < self.table.rowCount():
            return
        self.table.blockSignals(True)
        for column in range(self.table.columnCount()):
            one, other = self.table.takeItem(here, column), self.table.takeItem(there, column)
            self.table.setItem(here, column, other)
            self.table.setItem(there, column, one)
        self.table.blockSignals(False)
        self.table.setCurrentCell(there, 0)
        self.changed.emit()

    def mark(self, key: str = "") -> None:
        """Marks the column of this key as the one that is wrong, or none."""
        self.table.blockSignals(True)
        for line in range(self.table.rowCount()):
            wrong = bool(key) and self._key(line) == key
            self.table.name_item(line).setForeground(QColor(PALETTE.red if wrong else PALETTE.text))
        self.table.blockSignals(False)

    def _append(self, place: Place) -> None:
        line = self.table.rowCount()
        self.table.insertRow(line)
        extra = self._extras.get(place.key)
        standard = f"增加的列（{KINDS[extra.kind]}）" if extra is not None else self._titles[place.key]
        name = QTableWidgetItem(place.title or (extra.title if extra is not None else standard))
        name.setCheckState(Qt.CheckState.Unchecked if place.hidden else Qt.CheckState.Checked)
        name.setData(_KEY, place.key)
        usual = QTableWidgetItem(standard)
        usual.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        usual.setForeground(QColor(PALETTE.quiet))
        self.table.setItem(line, 0, name)
        self.table.setItem(line, 1, usual)

    def _place(self, line: int) -> Place:
        key, text = self._key(line), self._text(line)
        own = None if key in self._extras or text == self._titles[key] else text
        return Place(key, own, self.table.name_item(line).checkState() == Qt.CheckState.Unchecked)

    def _key(self, line: int) -> str:
        return str(self.table.name_item(line).data(_KEY))

    def _text(self, line: int) -> str:
        return self.table.name_item(line).text().strip()

    def _edit_extra(self) -> None:
        extra = next((each for each in self.extras() if each.key == self._key(self.table.currentRow())), None)
        if extra is not None:
            self.extra_wanted.emit(extra)

    def _remove_extra(self) -> None:
        """Takes an added column out of the form; what was filled in there stays in the data file."""
        here = self.table.currentRow()
        del self._extras[self._key(here)]
        self.table.removeRow(here)
        self._enable()
        self.changed.emit()

    def _enable(self) -> None:
        here = self.table.currentRow()
        self.up.setEnabled(here > 0)
        self.down.setEnabled(0 <= here < self.table.rowCount() - 1)
        for tool in (self.edit, self.remove):
            tool.setEnabled(here >= 0 and self._key(here) in self._extras)


class _Table(QTableWidget):
    """The list itself: Alt and an arrow move the current column, a space ticks it."""

    def __init__(self, owner: VariantColumns) -> None:
        super().__init__(0, 2)
        self._owner = owner
        self.setHorizontalHeaderLabels(["列名", "标准列名"])
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("列")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setDefaultSectionSize(scaled(self, 30))

    def name_item(self, line: int) -> QTableWidgetItem:
        """The item of a line that holds its name and its tick."""
        found = self.item(line, 0)
        assert found is not None
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self._owner.shift(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space and self.currentRow() >= 0:
            item = self.name_item(self.currentRow())
            shown = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if shown else Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)
