"""Choosing which columns of a ledger are shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QVBoxLayout, QWidget

from gui.ledgers.chapters import offer_help
from gui.parts.cards import button, fill, label, row
from models.ledger import Column

_ACROSS = 4


class ColumnChooser(QDialog):
    """A box for each column; every tick is shown at once. One column at least stays."""

    chosen = Signal(tuple)  # the keys, in the ledger's order

    def __init__(
        self, columns: Sequence[Column], shown: Sequence[str], usual: Sequence[str], parent: QWidget, always: str
    ) -> None:
        """`usual` are the columns that 恢复默认 brings back; the column `always` cannot be taken away."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self)
        self.setWindowTitle("选择列")
        self._usual = usual
        self.boxes = {column.key: QCheckBox(column.title) for column in columns}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        down = -(-len(self.boxes) // _ACROSS)
        for number, box in enumerate(self.boxes.values()):
            grid.addWidget(box, number % down, number // down)
        self.boxes[always].setEnabled(False)
        self._tick(shown)
        for box in self.boxes.values():
            box.toggled.connect(self._tell)
        foot = row(button("恢复默认", self.restore), 1, button("完成", self.accept, primary=True))
        head = label("勾选名册里要显示的列，导出“当前表格”时也用这些列。", "quiet")
        boxes = QWidget()
        boxes.setLayout(grid)
        fill(QVBoxLayout(self), head, boxes, foot, spacing=14, margins=(18, 16, 18, 14))

    def restore(self) -> None:
        """Shows the usual columns."""
        for box in self.boxes.values():
            box.blockSignals(True)
        self._tick(self._usual)
        for box in self.boxes.values():
            box.blockSignals(False)
        self._tell()

    def _tick(self, keys: Sequence[str]) -> None:
        for key, box in self.boxes.items():
            box.setChecked(key in keys or not box.isEnabled())

    def _tell(self) -> None:
        self.chosen.emit(tuple(key for key, box in self.boxes.items() if box.isChecked()))
