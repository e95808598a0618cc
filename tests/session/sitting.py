"""The real window over encrypted files, off the screen, and what a person does at it without thinking."""

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, TypeVar
from unittest.mock import patch

from PySide6.QtCore import QDeadlineTimer, QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from shiboken6 import isValid

from gui import memory
from gui.application import ENTRIES
from gui.desk import Desk
from gui.dues.collect_page import CollectPage
from gui.main_window import MainWindow
from gui.parts.password_box import PasswordBox
from gui.tasks import Task
from models.attachments import folder_of
from models.errors import UserError
from models.manifests import ENDING, manifest_of
from tests.shots import LackingError, leave, over

PASSWORD = "三棵树下的老自行车"
_PATIENCE = 60_000  # milliseconds for whatever is under way on a busy machine
_SETTLES_AFTER = 1200  # milliseconds: what the window puts off till it stands
_DEEP = 8  # more windows never stand over one another
Shown = TypeVar("Shown", bound=QWidget)
Kind = TypeVar("Kind", bound=QObject)


class Sitting:
    """Somebody at the window: two encrypted files, a folder for exports, a seed that decides what is done next."""

    def __init__(self, files: tuple[Path, Path], exports: Path, seed: int) -> None:
        self.files, self.exports = files, exports
        self.pick = Random(seed)
        self.errors: list[str] = []
        self.refused: Counter[str] = Counter()
        self.numbers = 0
        self.window = MainWindow(ENTRIES)
        self._show_fault = self.window.faults.handle
        patch.object(self.window.faults, "handle", self.note).start()
        sys.excepthook = self.note  # the caller puts the old one back
        memory.tend(self.window)
        self.window.show()
        self.desk = Desk(self.window, files[0], None, False)
        self.desk.start()
        self.give_password()
        self.wait(lambda: self.desk.idle_lock is not None)

    @property
    def page(self) -> Any:
        return self.window.page

    def go(self, name: str, target: Any = None) -> Any:
        """A page of the window, and what is to be seen on it."""
        self.window.go(name, target)
        self.settle()
        return self.page

    def number(self) -> int:
        """Another number each time."""
        self.numbers += 1
        return self.numbers

    def shown(self, kind: type[Shown]) -> Shown:
        """The window of this kind that opens, or stands open."""
        self.wait(lambda: any(each.isVisible() for each in self._all(kind)))
        return next(each for each in reversed(self._all(kind)) if each.isVisible())

    def top(self) -> QWidget:
        """What stands over all else."""
        standing = over(self.window)
        if not standing:
            raise LackingError("nothing opened")
        return standing[-1]

    def stands(self, window: QWidget) -> bool:
        """Whether it is there and to be seen."""
        return isValid(window) and window.isVisible()

    def give_password(self) -> None:
        box = self.shown(PasswordBox)
        box.field.setText(PASSWORD)
        box.open_button.click()
        self.settle()

    def save_under(self, ending: str) -> Path:
        """Answers the question where to save; waits for the file, and takes it away again."""
        dialog = self.shown(QFileDialog)
        target = self.exports / f"{self.number()}.{ending}"
        dialog.fileSelected.emit(str(target))  # what Qt's own dialog does with a name belongs to Qt
        dialog.reject()
        self.rest()
        if not target.exists():
            raise LackingError(f"nothing was written to a file of {ending}")
        target.unlink()
        return target

    def switch(self) -> None:
        """Puts the other file into the place of the one that lies open."""
        present = self.desk.kept.database.path if self.desk.kept is not None else None
        wanted = next(each for each in self.files if each != present)
        self.desk.leave_for(wanted)
        self.wait(lambda: not self._all(QMessageBox) or bool(self._all(PasswordBox)))
        self.give_password()
        self.wait(lambda: self.desk.kept is not None and self.desk.kept.database.path == wanted)
        self.rest()

    def settle(self) -> None:
        """Lets the window do what it has put off, and deletes what is to be deleted, as the loop of events does."""
        for _ in range(2):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def rest(self) -> None:
        """Waits till nothing is being done."""
        self.settle()
        self.wait(lambda: not any(task.isRunning() for task in self._all(Task)))
        self.settle()

    def wait(self, until: Any) -> None:
        patience = QDeadlineTimer(_PATIENCE)
        while not until():
            if patience.hasExpired():
                raise LackingError("what was waited for did not come")
            QTest.qWait(5)

    def settled(self) -> None:
        """Waits till what a file does after its opening is over: nothing is left that runs once."""
        QTest.qWait(_SETTLES_AFTER)
        self.rest()

    def clear(self) -> None:
        """Closes what stands over the window, and what comes back from behind it; what was typed is given up."""
        self.rest()
        for _ in range(_DEEP):
            if not (standing := over(self.window)):
                break
            leave(standing[-1])
            self.rest()
        else:
            raise AssertionError(f"{standing[-1]!r} does not close")
        if isinstance(self.page, CollectPage):
            self.page.bar.entry.given_up.emit()
        self.window.banner.hide()

    def leave(self) -> None:
        """The end of the day: backup, file closed, window gone."""
        self.desk.leave()
        self.window.close()
        self.window.deleteLater()
        self.settle()

    def _all(self, kind: type[Kind]) -> list[Kind]:
        return self.window.findChildren(kind)

    def note(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Counts what the window refuses, and shows it as the window does; a bug is written down."""
        self._show_fault(kind, error, trace)
        if isinstance(error, UserError):
            self.refused[str(error)] += 1
            return
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f" {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
        self.errors.append(f"{error!r}{where}")


def strays(sitting: Sitting) -> list[str]:
    """What lies about that should not: journals, half-written files, anything among the temporary files."""
    beside = {each for path in sitting.files for each in path.parent.rglob("*") if each.is_file()}
    odd = [each for each in beside if each.name.endswith(("-journal", "-wal", "-shm", ".tmp")) or "~" in each.name]
    temporary = list(Path(tempfile.gettempdir()).iterdir())
    return sorted(each.name for each in (*odd, *temporary, *sitting.exports.iterdir()))


def thin_backups(sitting: Sitting, keep: int) -> None:
    """Takes all but the last backups away: the program keeps those of two days, here hundreds of them."""
    for path in sitting.files:
        for each in sorted((path.parent / "备份").glob(f"*{ENDING}"))[:-keep]:
            each.unlink()
            manifest_of(each).unlink()
            shutil.rmtree(folder_of(each), ignore_errors=True)
