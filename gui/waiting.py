"""Work that must be done before anything else may go on: it stands before the window, with its progress."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from gui.parts.cards import button, fill, label, row
from gui.tasks import Task
from gui.theme import scaled


class Waiting(QDialog):
    """Begins its task when it is opened and goes when that ends; Esc asks the task to stop."""

    def __init__(self, task: Task, words: str, parent: QWidget, *, may_stop: bool = True) -> None:
        super().__init__(parent)
        self.setWindowTitle("请稍候")
        self._task = task
        self._may_stop = may_stop
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.stop_button = button("取消", self.reject)
        self.stop_button.setVisible(may_stop)
        parts = (label(task.title, "heading"), label(words, "quiet", wrap=True), self.bar, row(1, self.stop_button))
        fill(QVBoxLayout(self), *parts, spacing=10, margins=(20, 18, 20, 16))
        self.setMinimumWidth(scaled(self, 420))
        task.progressed.connect(self._show_progress)
        task.ended.connect(self._leave)

    def open(self) -> None:
        super().open()
        self._task.start()

    def reject(self) -> None:
        """Asks the work to stop, where it may; the window waits until it has."""
        if not self._may_stop:
            return
        self.stop_button.setEnabled(False)
        self.stop_button.setText("正在停下…")
        self._task.cancel()

    @Slot(int, int)
    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    @Slot()
    def _leave(self) -> None:
        self.accept()
        self._task.deleteLater()
        self.deleteLater()
