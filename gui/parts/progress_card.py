"""The card that shows how far a long piece of work is, with a button that stops it."""

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from gui.parts.cards import CARD_MARGINS, button, fill, label, row
from gui.tasks import Task
from gui.theme import scaled

_ABOVE_BANNER = 100  # pixels: a sentence may stand at the foot
SHOWN_AFTER = 500  # milliseconds: what is quicker needs no card


class ProgressCard(QFrame):
    """One task's progress, at the lower right of its parent; it goes when the task ends."""

    def __init__(self, parent: QWidget, task: Task, place: int = 0) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._room = parent
        self._place = place
        self._task = task
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.count = label("", "small")
        self.stop = button("取消", self._cancel)
        head = row(label(task.title, "strong"), 1, self.count)
        fill(QVBoxLayout(self), head, row(self.bar, self.stop), spacing=8, margins=CARD_MARGINS)
        parent.installEventFilter(self)
        task.progressed.connect(self._show_progress)
        task.ended.connect(self.deleteLater)
        self.hide()
        self._wait = QTimer(self, singleShot=True, interval=SHOWN_AFTER)
        self._wait.timeout.connect(self._appear)
        self._wait.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._move()
        return super().eventFilter(watched, event)

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.count.setText(f"{done:,} / {total:,}" if total else f"{done:,}")

    def _appear(self) -> None:
        self._move()
        self.show()
        self.raise_()

    def _cancel(self) -> None:
        self.stop.setEnabled(False)
        self.stop.setText("正在停下…")
        self._task.cancel()

    def _move(self) -> None:
        room = self._room.rect()
        self.setFixedWidth(scaled(self, 360))
        self.adjustSize()
        from_foot = (self.height() + 10) * (self._place + 1) + _ABOVE_BANNER
        self.move(room.right() - self.width() - 18, room.bottom() - from_foot)
