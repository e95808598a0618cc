"""Long work off the main thread: a plain function, its progress, and a way to stop it."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal, Slot

Progress = Callable[[int, int], None]
Work = Callable[[Progress], Any]
_BETWEEN_REPORTS = 0.05  # seconds: a report a row would drown the window in events


class CancelledError(Exception):
    """The person pressed 取消; raised inside the work by its progress callback."""


class Task(QThread):
    """Runs `work(progress)` in a thread of its own and tells, on the main thread, how it ended.

    `work` calls `progress(done, total)` now and then; a total of 0 means that it is not known. Exactly one of
    `succeeded`, `failed` and `cancelled` is emitted, then `ended`. The work must not touch widgets.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, title: str, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._work = work
        self._outcome: Any = None
        self._error: Exception | None = None
        self._last_report = 0.0
        self._stop = False
        self.finished.connect(self._settle)

    def run(self) -> None:
        try:
            self._outcome = self._work(self._report)
        except Exception as error:  # carried to the main thread, where the window shows it
            self._error = error

    def cancel(self) -> None:
        """Asks the work to stop; it does at its next progress report."""
        self._stop = True

    def _report(self, done: int, total: int) -> None:
        if self._stop:
            raise CancelledError
        now = monotonic()
        if now - self._last_report >= _BETWEEN_REPORTS:
            self._last_report = now
            self.progressed.emit(done, total)

    @Slot()
    def _settle(self) -> None:
        if self._error is None:
            self.succeeded.emit(self._outcome)
        elif isinstance(self._error, CancelledError):
            self.cancelled.emit()
        else:
            self.failed.emit(self._error)
        self._outcome = self._error = None
        self.ended.emit()
