"""Taking the month's due from everybody at once, but for those who did not come."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from gui.dues.collect_aim import NOBODY
from gui.dues.collect_search import matching
from gui.parts.cards import button, fill, label, restyle, row
from gui.parts.dialog_size import open_at
from gui.parts.saving_dialog import SavingDialog
from models.ledgers.dues.collection import CollectionLine

HOW = "都来交了，直接按回车；没来的人，输姓名首字母，回车去掉"
_ACROSS = 4


class CollectAllDialog(SavingDialog):
    """A ticked box for each who owes this month alone; `chosen` tells the numbers of those still ticked.

    It stays, and takes no keys, till whoever listened accepts it or has it `go_on`.
    """

    chosen = Signal(list)

    def __init__(self, lines: Sequence[CollectionLine], heading: str, aside: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("全部按应交收缴")
        self._lines = lines
        self._waits = False
        self._aimed: CollectionLine | None = None
        self._step = 0
        self.boxes = {line.id: QCheckBox(f"{line.name}　{line.proposed:,.2f}") for line in lines}
        self.entry = QLineEdit()
        self.entry.setPlaceholderText("没来的人的姓名首字母")
        self.entry.setAccessibleName("没来的人")
        self.hint = label(HOW, "quiet", wrap=True)
        self.take_button = button("", self.take, primary=True)
        self.leave = button("取消", self.reject)
        area = self._area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._grid())
        foot = row(label(f"{aside}收错了可以按 Ctrl+Z 一次撤销。", "quiet", wrap=True), self.leave, self.take_button)
        foot.setStretch(0, 1)
        parts = (label(heading, "strong"), self.entry, self.hint, area, foot)
        fill(QVBoxLayout(self), *parts, spacing=10, margins=(18, 16, 18, 14))
        self.entry.textChanged.connect(self._letters)
        self.entry.installEventFilter(self)
        for box in self.boxes.values():
            box.setChecked(True)
            box.toggled.connect(self._count)
        self._count()
        open_at(self, 860, 200 + 30 * -(-len(lines) // _ACROSS))
        self.entry.setFocus()

    def wanted(self) -> list[int]:
        """The numbers of those who are still ticked."""
        return [number for number, box in self.boxes.items() if box.isChecked()]

    def take(self) -> None:
        """Has the dues taken; with nobody ticked nothing happens."""
        if self.wanted() and not self._waits:
            self._wait(True)
            self.hint.setText("先备份，马上就好…")
            self.chosen.emit(self.wanted())

    def go_on(self) -> None:
        """Nothing was taken: it can be asked for again."""
        self._wait(False)
        self._aim()
        self.entry.setFocus()

    def reject(self) -> None:
        """Closes without taking anything, unless that is under way."""
        if not self._waits:
            super().reject()

    def _wait(self, waits: bool) -> None:
        self._waits = waits
        for part in (self.entry, self._area, self.take_button, self.leave):
            part.setEnabled(not waits)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter leaves out whom the letters mean, or takes all when nothing is typed; ↑ and ↓ change whom they mean."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._entered()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step += 1 if event.key() == Qt.Key.Key_Down else -1
            self._aim()
        else:
            return super().eventFilter(watched, event)
        return True

    def _entered(self) -> None:
        if not self.entry.text().strip():
            self.take()
        elif self._aimed is not None:
            box = self.boxes[self._aimed.id]
            box.setChecked(not box.isChecked())
            self.entry.clear()

    def _letters(self) -> None:
        self._step = 0
        self._aim()

    def _aim(self) -> None:
        """Finds whom the letters mean, marks the box, and says what Enter does."""
        found = matching(self._lines, "".join(self.entry.text().casefold().split()))
        was, self._aimed = self._aimed, found[self._step % len(found)] if found else None
        for line in (was, self._aimed):
            if line is not None:
                restyle(self.boxes[line.id], tone="bad" if line is self._aimed else "")
        if self._aimed is None:
            self.hint.setText(NOBODY if self.entry.text().strip() else HOW)
            return
        self._area.ensureWidgetVisible(self.boxes[self._aimed.id])
        deed = "回车去掉" if self.boxes[self._aimed.id].isChecked() else "回车重新加上"
        others = f"（还有 {len(found) - 1} 人相符，↓ 换人）" if len(found) > 1 else ""
        self.hint.setText(f"{deed}{self._aimed.name}{others}")

    def _count(self) -> None:
        wanted = set(self.wanted())
        total = sum((line.proposed for line in self._lines if line.id in wanted), Decimal(0))
        self.take_button.setText(f"收缴 {len(wanted)} 人　{total:,.2f} 元" if wanted else "没有勾选的人")
        self.take_button.setEnabled(bool(wanted))

    def _grid(self) -> QWidget:
        """The boxes, down and then across."""
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        down = -(-len(self.boxes) // _ACROSS)
        for number, box in enumerate(self.boxes.values()):
            box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # forty stops on the way of Tab would be a burden
            grid.addWidget(box, number % down, number // down)
        grid.setRowStretch(down, 1)
        return sheet
