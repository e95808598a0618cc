"""The desk: which data file lies open on it, and how another takes its place."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMessageBox, QVBoxLayout, QWidget

from gui.file_choosing import FileChoosing, Target
from gui.kept_file import KeptFile
from gui.main_window import MainWindow
from gui.messages import ask
from gui.parts.cards import fill
from gui.tasks import Task
from models import preferences
from models.access import OpenedFile
from models.database import Database
from models.errors import DamagedError, UserError
from models.unlocking import PasswordNeededError

_SETTLES_AFTER = 300  # milliseconds in which the window is left alone
_TITLE = "支部台账"
_GONE = "找不到上次用的“{}”。在 U 盘上的，请插上再打开程序；也可以点“打开已有的数据文件”，选一份备份恢复。"


class Desk(QObject):
    """Holds one open data file at a time, from what the command line named to the verified backup at the end."""

    def __init__(self, window: MainWindow, data: Path | None, password_file: Path | None, sample: bool) -> None:
        super().__init__(window)
        self._window = window
        self._data = data
        self._password_file = password_file
        self._sample = sample
        self.kept: KeptFile | None = None
        self.idle_lock: Any = None  # made once the window stands
        self.choosing = FileChoosing(window, self._present, self._show)
        self.choosing.given_up.connect(self._close_if_empty)
        window.help_wanted.connect(self._help)
        window.settled.connect(lambda: QTimer.singleShot(_SETTLES_AFTER, self, self._settle))
        QShortcut(QKeySequence("Ctrl+O"), window).activated.connect(lambda: self.leave_for(None))

    def start(self) -> None:
        """Opens what the command line named, the sample, the file last opened, or the first steps."""
        if self._sample:
            self.choosing.open_sample()
            return
        path = self._data or preferences.read().last_file
        if path is None or (self._data is None and not path.exists()):
            self.choosing.begin("" if path is None else _GONE.format(path))
            return
        try:
            self.choosing.open(path, self._given_password())
        except PasswordNeededError:
            self.choosing.ask_password(path)
        except DamagedError as error:
            self.choosing.mend(path, error, self._given_password())
        except UserError as error:
            self.choosing.begin(str(error))

    def leave_for(self, path: Path | None) -> None:
        """Opens another data file in place of the present one, after a question where something is unsaved.

        Without a path it is asked for.
        """
        self._when_free(self.choosing.choose if path is None else lambda: self.choosing.take(path))

    def begin_new(self) -> None:
        """Asks for a new data file that is to take the place of the present one."""
        self._when_free(self.choosing.begin)

    def leave(self) -> None:
        """Backs the file up, closes it and lets go of its lock."""
        if self.kept is None:
            return
        try:
            self.kept.back_up()
        except UserError as error:
            QMessageBox.warning(self._window, _TITLE, f"退出前的备份没有做成：{error}数据文件本身已经保存。")
        finally:
            self.kept.put_away()
            self.kept = None

    def _present(self) -> Database | None:
        return self.kept.database if self.kept is not None else None

    def _given_password(self) -> str | None:
        if self._password_file is None:
            return None
        try:
            lines = self._password_file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, ValueError):
            raise UserError(f"密码文件“{self._password_file}”读不出来。") from None
        return lines[0] if lines else None

    def _close_if_empty(self) -> None:
        if self.kept is None:
            self._window.close()

    def _when_free(self, then: Callable[[], object]) -> None:
        """Goes on when nothing is being done; what was typed and not saved is asked about first."""
        from gui.parts.inline_form import InlineForm

        if self._window.busy_with:
            raise UserError(f"“{self._window.busy_with}”还没有做完，请等它完成或先取消它，再换数据文件。")
        if self._window.page is not None:
            self._window.page.leave()
        if self._window.unkept:
            self._window.ask_to_lose(then)
        elif any(form.is_changed for form in self._window.findChildren(InlineForm)):
            ask(self._window, "填写的内容还没有保存，要放弃吗？", yes="放弃", no="继续填写", loses=True, then=then)
        else:
            then()

    def _show(self, opened: OpenedFile, remember: bool, target: Target) -> None:
        """Lays an open file on the desk once the one that lies there is backed up."""
        leaving = self.kept
        if leaving is None or not leaving.is_changed:
            self._lay(opened, remember, target)
            return
        from gui.waiting import Waiting

        def lay() -> None:
            self._lay(opened, remember, target)

        name = leaving.database.path.name
        task = Task("备份现在的数据文件", lambda _progress: leaving.back_up(), self)
        task.succeeded.connect(lambda _none: lay())
        task.failed.connect(lambda error: self._ask_to_leave(name, error, opened, lay))
        Waiting(task, f"备份并核验“{name}”，然后打开另一个文件。", self._window, may_stop=False).open()

    def _ask_to_leave(self, name: str, error: Exception, opened: OpenedFile, then: Callable[[], object]) -> None:
        """Asks whether to leave a file whose backup failed; if not, the other is let go of again."""
        if not isinstance(error, UserError):
            opened.close()
            self._window.faults.show(error)
            return
        box = ask(
            self._window,
            f"“{name}”的备份没有做成，还要换文件吗？",
            yes="不备份，换文件",
            no="不换",
            detail=f"{error}数据文件本身已经保存。",
            then=then,
        )
        box.rejected.connect(opened.close)

    def _lay(self, opened: OpenedFile, remember: bool, target: Target) -> None:
        """Hands an open file to the window; the one before is closed and let go of, unless the new one is refused."""
        leaving, path = self.kept, opened.database.path
        try:
            self.kept = KeptFile(opened, self._window)
        except BaseException:
            opened.close()
            raise
        if leaving is not None:
            leaving.put_away()
            self._window.put_away()
            leaving.deleteLater()
        workspace = self.kept.workspace
        workspace.file_wanted.connect(self.leave_for)
        workspace.new_file_wanted.connect(self.begin_new)
        workspace.lock_wanted.connect(self._lock)
        try:
            self._window.begin(workspace)
        except DamagedError:
            self.kept.put_away()
            self._window.put_away()
            self.kept = None
            raise
        self._window.setWindowTitle(f"{_TITLE}（只读）" if opened.database.read_only else _TITLE)
        self._show_strips(opened)
        if remember:
            with suppress(OSError):  # a computer whose settings cannot be kept opens the file by hand next time
                preferences.remember(path.absolute())
        if target is not None:
            self._window.go(*target)

    def _show_strips(self, opened: OpenedFile) -> None:
        """Says above the pages what a person should know first: how the file stands, and where the clock is odd."""
        from models import clocks

        with opened.database.reading() as session:
            doubt = clocks.doubt(session, datetime.now().astimezone())
        by_code = opened.database.opened_by_code and not opened.database.read_only
        if not opened.sentence and not doubt and not by_code:
            return
        from gui.state_strip import ClockStrip, StateStrip

        box = QWidget()
        fill(layout := QVBoxLayout(box), spacing=0)
        if opened.sentence:
            strip = StateStrip(opened)
            strip.copy_wanted.connect(self.choosing.ask_for_copy)
            strip.reopening_wanted.connect(self.choosing.reopen)
            layout.addWidget(strip)
        if doubt:
            layout.addWidget(ClockStrip(doubt))
        if by_code:
            from gui.recovered import RecoveredStrip, urge

            layout.addWidget(RecoveredStrip(self._window))
            QTimer.singleShot(0, self, lambda: urge(self._window, opened.database))  # when the password box is gone
        self._window.show_strip(box)

    def _settle(self) -> None:
        if self.kept is None:
            return
        if self.idle_lock is None:
            from gui.idle_lock import IdleLock

            self.idle_lock = IdleLock(self._window, self._present)
            self.idle_lock.left.connect(QApplication.exit)
        self.kept.settle()

    def _lock(self) -> None:
        if self.idle_lock is not None:
            self.idle_lock.lock()

    def _help(self, chapter: str) -> None:
        from gui.help import Manual

        folder = Path(__file__).resolve().parent.parent / "docs" / "manual"
        manual = self._window.findChild(Manual) or Manual(folder, self._window)
        manual.open_at(chapter)
