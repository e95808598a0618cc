"""The bands of a scale, to be typed: up to which base, which rate."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from gui.parts.cards import button, fill, row
from gui.theme import scaled
from models.kinds import MONEY, RATE
from models.rules.dues import percent

_LAST = "以上"


class BandsTable(QWidget):
    """One line a band, the last without limit; a limit belongs to its own band."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels(["基数不超过（元，含）", "比例"])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName("档次")
        self.table.itemChanged.connect(lambda _item: self.changed.emit())
        tools = row(button("加一档", self.add_band), button("删一档", self.remove_band), 1)
        fill(QVBoxLayout(self), self.table, tools, spacing=6)

    def show_bands(self, bands: Sequence[Mapping[str, Any]]) -> None:
        """Shows bands as a document of rules holds them."""
        self.table.blockSignals(True)
        self.table.setRowCount(len(bands))
        for line, band in enumerate(bands):
            limit = _LAST if band["up_to"] is None else f"{Decimal(band['up_to']):.2f}"
            self._put(line, 0, limit, fixed=band["up_to"] is None)
            self._put(line, 1, percent(Decimal(band["rate"])))
        self._fit()
        self.table.blockSignals(False)

    def bands(self) -> list[dict[str, str | None]]:
        """What was typed, as a document holds it; ValueError with a sentence where it is no amount or rate."""
        found: list[dict[str, str | None]] = []
        for line in range(self.table.rowCount()):
            limit, rate = self._text(line, 0), self._text(line, 1)
            share = RATE.read(rate if rate.endswith(("%", "％")) else f"{rate}%") if rate else None
            amount = None if limit == _LAST else MONEY.read(limit)
            if share is None or (limit != _LAST and amount is None):
                raise ValueError(f"第 {line + 1} 档没有填完整。")
            found.append({"up_to": None if amount is None else f"{amount:.2f}", "rate": f"{share.normalize():f}"})
        return found

    def add_band(self) -> None:
        """Adds an empty band before the last."""
        place = max(self.table.rowCount() - 1, 0)
        self.table.blockSignals(True)
        self.table.insertRow(place)
        self._put(place, 0, "")
        self._put(place, 1, "")
        self._fit()
        self.table.blockSignals(False)
        self.table.setCurrentCell(place, 0)
        self.table.setFocus()
        self.changed.emit()

    def remove_band(self) -> None:
        """Removes the band where the cursor is; the last one stays."""
        place = self.table.currentRow()
        if 0 <= place < self.table.rowCount() - 1:
            self.table.removeRow(place)
            self._fit()
            self.changed.emit()

    def _put(self, line: int, column: int, text: str, fixed: bool = False) -> None:
        item = QTableWidgetItem(text)
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if fixed:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.table.setItem(line, column, item)

    def _text(self, line: int, column: int) -> str:
        item = self.table.item(line, column)
        return item.text().strip() if item is not None else ""

    def _fit(self) -> None:
        """Shows all bands without scrolling."""
        height = scaled(self, 32)
        self.table.verticalHeader().setDefaultSectionSize(height)
        self.table.setFixedHeight(
            height * self.table.rowCount() + self.table.horizontalHeader().sizeHint().height() + 4
        )
