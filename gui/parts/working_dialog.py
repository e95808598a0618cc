"""A dialog that does long work, one piece at a time, and waits for it meanwhile."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from gui.parts.progress_card import ProgressCard
from gui.parts.saving_dialog import SavingDialog
from gui.tasks import Task, Work


class WorkingDialog(SavingDialog):
    """Runs work off the main thread, with a card that can stop it; leaving the dialog stops it first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.task: Task | None = None

    def run(self, title: str, work: Work, then: Callable[[Any], object]) -> None:
        """Begins `work(progress)` and hands what it answers to `then`, back on the main thread."""
        task = Task(title, work, self)
        self.task = task
        self.hold()
        ProgressCard(self, task)
        task.ended.connect(self._end)
        task.succeeded.connect(then)
        task.failed.connect(self.fail)
        task.cancelled.connect(self.stop)
        task.start()

    def reject(self) -> None:
        """Leaves; work that is under way is stopped first."""
        if self.task is not None:
            self.task.cancel()
            return
        super().reject()

    def hold(self) -> None:
        """Work begins: nothing else can be asked for."""

    def release(self) -> None:
        """Work has ended, well or not."""

    def fail(self, error: Exception) -> None:
        """Work met with an error; the window shows one that is no sentence."""
        raise error

    def stop(self) -> None:
        """Work was stopped."""

    def _end(self) -> None:
        self.task = None
        self.release()
