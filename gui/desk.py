"""The desk: which data file lies open on it, how it came there, and how another takes its place."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMessageBox

from gui.kept_file import KeptFile
from gui.main_window import MainWindow
from gui.messages import ask
from gui.tasks import Task
from models import access, files, preferences
from models.access import OpenedFile, Standing
from models.database import Database, PasswordNeededError
from models.errors import UserError

_SETTLES_AFTER = 300  # milliseconds in which the window is left alone
_TITLE = "支部台账"


class Desk(QObject):
    """Holds one open data file at a time, from what the command line named to the verified backup at the end."""

    def __init__(self, window: MainWindow, data: Path | None, password_file: Path | None, sample: bool) -> None:
        super().__init__(window)
        self._window = window
        self._data = data
        self._password_file = password_file
        self._sample = sample
        self.kept: KeptFile | None = None
        self._asking = False  # whether the first steps stand open
        window.help_wanted.connect(self._help)
        window.settled.connect(lambda: QTimer.singleShot(_SETTLES_AFTER, self, self._settle))
        QShortcut(QKeySequence("Ctrl+O"), window).activated.connect(lambda: self.leave_for(None))

    def start(self) -> None:
        """Opens what the command line named, the sample, the file last opened, or the first steps."""
        if self._sample:
            self._open_sample()
            return
        path = self._data or preferences.read().last_file
        if path is None or (self._data is None and not path.exists()):
            self._first_steps()
            return
        try:
            self.open(path, self._given_password())
        except PasswordNeededError:
            self._ask_password(path)
        except UserError as error:
            self._first_steps(str(error))

    def open(self, path: Path, password: str | None) -> None:
        """Opens a data file and shows the first page; UserError when it does not open: then all stays as it is."""
        known = self.kept.database.key if self.kept is not None else None
        self._show(access.open_file(path, password, _actor(), datetime.now(), known=known))

    def leave_for(self, path: Path | None) -> None:
        """Opens another data file in place of the present one, after a question where something is unsaved.

        Without a path it is asked for.
        """
        self._when_free(lambda: self._choose_file() if path is None else self._try(path))

    def begin_new(self) -> None:
        """Asks for a new data file that is to take the place of the present one."""
        self._when_free(self._first_steps)

    def reopen(self, over: bool = False) -> None:
        """Opens the present file anew, for writing if it can be by now; `over` as access.open_file."""
        assert self.kept is not None
        present = self.kept.database
        opened = access.open_file(present.path, None, _actor(), datetime.now(), over, present.key)
        if opened.standing is Standing.HELD:
            opened.close()
            raise UserError(opened.sentence)
        self._show(opened)

    def ask_for_copy(self) -> None:
        """Asks where a copy of the present file is to stand on this computer, and goes on with that."""
        from gui.file_dialogs import ask_where_new

        assert self.kept is not None
        folder = preferences.data_folder()
        with files.refusing(f"不能建文件夹“{folder}”"):
            folder.mkdir(parents=True, exist_ok=True)
        ask_where_new(self._window, "复制到这台电脑", folder / self.kept.database.path.name, self.copy_to)

    def copy_to(self, target: Path) -> None:
        """Makes a verified copy of the present file and opens it."""
        from gui.waiting import Waiting
        from models import backups

        assert self.kept is not None
        database = self.kept.database
        task = Task("复制数据文件", lambda _progress: backups.duplicate(database, target), self)
        task.succeeded.connect(lambda _missing: self._go_on_with(target))
        task.failed.connect(self._window.faults.show)
        Waiting(task, "复制完要重新读一遍，核验过才算数。", self._window, may_stop=False).open()

    def _go_on_with(self, copy: Path) -> None:
        self.open(copy, None)
        self._window.banner.tell("good", f"已复制到 {copy}，现在打开的就是它；原来的文件没有动。")

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

    def _given_password(self) -> str | None:
        if self._password_file is None:
            return None
        try:
            lines = self._password_file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, ValueError):
            raise UserError(f"密码文件“{self._password_file}”读不出来。") from None
        return lines[0] if lines else None

    def _open_sample(self) -> None:
        from models import sample

        today = date.today()
        path = preferences.sample_folder() / f"示例支部{today:%Y-%m-%d}.zbtz"
        path.parent.mkdir(parents=True, exist_ok=True)
        database = Database.open(path) if path.exists() else sample.build(path, today)
        self._show(access.settled(database, datetime.now()), remember=False)

    def _first_steps(self, sentence: str = "") -> None:
        from gui.first_run import FirstRun

        self._steps = FirstRun(preferences.data_folder(), preferences.data_folder() / "备份", self._window)
        self._steps.decided.connect(self._make)
        self._steps.sample_wanted.connect(self._leave_for_sample)
        self._steps.other_file_wanted.connect(self._choose_file)
        self._steps.rejected.connect(self._leave_steps)
        self._steps.open()
        self._asking = True
        if sentence:
            self._steps.refuse(sentence)

    def _make(self, wanted: object) -> None:
        from gui import new_file

        assert isinstance(wanted, new_file.NewFile)
        try:
            database = new_file.make(wanted, date.today())
        except UserError as error:
            self._steps.refuse(str(error))
            return
        self._close_steps()
        target = ("members", "import") if wanted.then_import else None
        self._show(access.settled(database, datetime.now()), target=target)
        if wanted.backup_folder is not None:
            with files.refusing("没能记住备份文件夹"):
                preferences.change(backup_folder=wanted.backup_folder)

    def _leave_for_sample(self) -> None:
        self._close_steps()
        self._open_sample()

    def _leave_steps(self) -> None:
        self._asking = False
        self._close_if_empty()

    def _close_steps(self) -> None:
        self._asking = False
        self._steps.rejected.disconnect(self._leave_steps)
        self._steps.done(0)

    def _close_if_empty(self) -> None:
        if self.kept is None:
            self._window.close()

    def _choose_file(self) -> None:
        from gui.file_dialogs import ask_which_to_open
        from models import manifests

        folder = preferences.data_folder() if self.kept is None else self.kept.database.path.absolute().parent
        patterns = f"数据文件和备份 (*.zbtz *{manifests.ENDING});;所有文件 (*)"
        ask_which_to_open(self._window, "打开数据文件或备份", folder, patterns, self._try)

    def _try(self, path: Path) -> None:
        """Opens a file that was chosen, over the first steps or in place of the present one."""
        from models import manifests

        if path.suffix == manifests.ENDING:
            self._ask_where_to_restore(path)
            return
        try:
            self._open_chosen(path)
        except PasswordNeededError:
            if self._asking:
                self._close_steps()
            self._ask_password(path)
        except UserError as error:
            self._refuse(error)
        else:
            if self._asking:
                self._close_steps()

    def _open_chosen(self, path: Path) -> None:
        if self.kept is not None and path.exists() and path.samefile(self.kept.database.path):
            if not self.kept.database.read_only:
                raise UserError(f"“{path.name}”现在就打开着。")
            self.reopen()
        else:
            self.open(path, None)

    def _refuse(self, error: Exception) -> None:
        """Shows a refusal where the person looks: in the first steps while they stand open."""
        if self._asking and isinstance(error, UserError):
            self._steps.refuse(str(error))
        else:
            self._window.faults.show(error)

    def _ask_where_to_restore(self, backup: Path) -> None:
        """A backup is never worked in: it is brought back under a new name, and that is opened."""
        from gui.file_dialogs import ask_where_new
        from models import manifests

        told = manifests.read(backup)
        name = Path(told.source).stem if told is not None else backup.stem
        ask_where_new(
            self._window, "把备份恢复成一个新文件", preferences.data_folder() / f"{name}-恢复.zbtz",
            lambda target: self.restore(backup, target),
        )  # fmt: skip

    def restore(self, backup: Path, target: Path) -> None:
        """Brings a backup back under a new name and opens that."""
        from gui.waiting import Waiting
        from models import backups

        task = Task("恢复备份", lambda _progress: backups.restore(backup, target), self)
        task.succeeded.connect(lambda _missing: self._try(target))
        task.failed.connect(self._refuse)
        Waiting(task, "恢复完要重新读一遍，核验过才打开。", self._window, may_stop=False).open()

    def _ask_password(self, path: Path) -> None:
        from gui.password_box import PasswordBox

        box = PasswordBox(path, lambda password: self.open(path, password), self._window, warning=_warning(path))
        box.other_file_wanted.connect(self._choose_file if self.kept is not None else self._first_steps)
        box.rejected.connect(self._close_if_empty)
        box.open()

    def _when_free(self, then: Callable[[], object]) -> None:
        """Goes on when nothing is being done; what was typed and not saved is asked about first."""
        from gui.inline_form import InlineForm

        if self._window.busy_with:
            raise UserError(f"“{self._window.busy_with}”还没有做完，请等它完成或先取消它，再换数据文件。")
        if any(form.is_changed for form in self._window.findChildren(InlineForm)):
            ask(self._window, "填写的内容还没有保存，要放弃吗？", yes="放弃", no="继续填写", then=then)
        else:
            then()

    def _show(self, opened: OpenedFile, remember: bool = True, target: tuple[str, str] | None = None) -> None:
        """Lays an open file on the desk once the one that lies there is backed up."""
        leaving = self.kept
        if leaving is None or not leaving.is_changed:
            self._lay(opened, remember, target)
            return

        def refuse(error: Exception) -> None:
            if not isinstance(error, UserError):
                opened.close()
                self._window.faults.show(error)
                return
            box = ask(
                self._window,
                f"“{leaving.database.path.name}”的备份没有做成，还要换文件吗？",
                yes="不备份，换文件",
                no="不换",
                detail=f"{error}数据文件本身已经保存。",
                then=lambda: self._lay(opened, remember, target),
            )
            box.rejected.connect(opened.close)

        from gui.waiting import Waiting

        task = Task("备份现在的数据文件", lambda _progress: leaving.back_up(), self)
        task.succeeded.connect(lambda _none: self._lay(opened, remember, target))
        task.failed.connect(refuse)
        Waiting(
            task, f"备份并核验“{leaving.database.path.name}”，然后打开另一个文件。", self._window, may_stop=False
        ).open()

    def _lay(self, opened: OpenedFile, remember: bool, target: tuple[str, str] | None) -> None:
        """Hands an open file to the window; the one before is closed and let go of."""
        leaving, path = self.kept, opened.database.path
        if leaving is not None:
            leaving.put_away()
            self._window.put_away()
            leaving.deleteLater()
        self.kept = KeptFile(opened, self._window)
        workspace = self.kept.workspace
        workspace.file_wanted.connect(self.leave_for)
        workspace.new_file_wanted.connect(self.begin_new)
        self._window.begin(workspace)
        self._window.setWindowTitle(f"{_TITLE}（只读）" if opened.database.read_only else _TITLE)
        if opened.sentence:
            self._show_state(opened)
        if remember:
            with suppress(OSError):  # a computer whose settings cannot be kept opens the file by hand next time
                preferences.remember(path.absolute())
        if target is not None:
            self._window.go(*target)

    def _show_state(self, opened: OpenedFile) -> None:
        """Says above the pages why the file can only be looked at, or is not safe, and offers the ways out."""
        from gui.state_strip import StateStrip

        strip = StateStrip(opened)
        strip.copy_wanted.connect(self.ask_for_copy)
        strip.reopening_wanted.connect(self.reopen)
        self._window.show_strip(strip)

    def _settle(self) -> None:
        if self.kept is not None:
            self.kept.settle()

    def _help(self, chapter: str) -> None:
        from gui.help import Manual

        folder = Path(__file__).resolve().parent.parent / "docs" / "manual"
        self._manual = Manual(folder, self._window)
        self._manual.open_at(chapter)


def _warning(path: Path) -> str:
    """What to know before a password is asked for: where the file's beginning is damaged none will open it."""
    from models import backups

    folder = preferences.read().backup_folder or path.absolute().parent / "备份"
    with suppress(OSError):  # what cannot be read now tells nothing
        if (sound := backups.with_sound_head(path, folder)) is not None:
            return (
                f"这个文件的开头和备份里的不一样，看来已损坏，密码对也打不开。"
                f"请从备份恢复，最近的一份是 {sound.made_at:%Y-%m-%d %H:%M} 的“{sound.path.name}”。"
            )
    return ""


def _actor() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "本机"
