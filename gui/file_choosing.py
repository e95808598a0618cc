"""The questions that lead to an open data file: the first steps, which file, its password, where a copy is to stand."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gui.main_window import MainWindow
from gui.tasks import Task
from models import access, files, preferences
from models.database import Database
from models.errors import DamagedError, UserError
from models.keys import FileKey
from models.unlocking import PasswordNeededError, key_of

Target = tuple[str, str] | None
_NO_BACKUP = "没有找到它的好备份：备份在 U 盘上的，请插上再打开程序；知道备份在哪里的，点“打开已有的数据文件”选它。"


class FileChoosing(QObject):
    """Asks over the window until a file is open or the person gives up.

    `present()` is the file that is open till then; `show` is handed the one that was opened, whether it is to be
    remembered, and the page to begin with, and may refuse it with a UserError.
    """

    given_up = Signal()

    def __init__(
        self,
        window: MainWindow,
        present: Callable[[], Database | None],
        show: Callable[[access.OpenedFile, bool, Target], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._present = present
        self._show = show
        self._asking = False  # whether the first steps stand open
        self._restored: Path | None = None  # from what a damaged file was restored that is yet to be opened

    def open(self, path: Path, password: str | None) -> None:
        """Opens a data file; UserError when it does not open."""
        present = self._present()
        known = present.key if present is not None else None
        self._show(access.open_file(path, password, _actor(), datetime.now(), known=known), True, None)
        self._mend_scans()

    def reopen(self, over: bool = False) -> None:
        """Opens the present file anew, for writing if it can be by now; `over` as access.open_file."""
        present = self._present()
        assert present is not None
        opened = access.open_file(present.path, None, _actor(), datetime.now(), over, present.key)
        if opened.standing is access.Standing.HELD:
            opened.close()
            raise UserError(opened.sentence)
        self._show(opened, True, None)

    def open_sample(self) -> None:
        """Opens the invented branch, which is built on the day it is first asked for."""
        from models.sample import branch as sample

        today = date.today()
        path = preferences.sample_folder() / f"示例支部{today:%Y-%m-%d}.zbtz"

        def show(_made: object = None) -> None:
            self._show(access.settled(Database.open(path), datetime.now()), False, None)

        if path.exists():
            show()
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        task = Task("准备示例支部", lambda progress: sample.make(path, today, progress), self)
        task.succeeded.connect(show)
        self._wait(task, "示例支部里有一年的党费、组织生活和帮扶，今天第一次打开，要准备几秒钟。")

    def begin(self, sentence: str = "") -> None:
        """Shows the first steps to a new data file, with what stood against opening one."""
        from gui.first_run import FirstRun

        self._steps = FirstRun(preferences.data_folder(), preferences.data_folder() / "备份", self._window)
        self._steps.decided.connect(self._make)
        self._steps.sample_wanted.connect(self._leave_for_sample)
        self._steps.other_file_wanted.connect(self.choose)
        self._steps.rejected.connect(self._leave_steps)
        self._steps.open()
        self._asking = True
        if sentence:
            self._steps.refuse(sentence)

    def choose(self) -> None:
        """Asks which file is to be opened."""
        from gui.parts.file_dialogs import ask_which_to_open
        from models import manifests

        present = self._present()
        folder = preferences.data_folder() if present is None else present.path.absolute().parent
        patterns = f"数据文件和备份 (*.zbtz *{manifests.ENDING});;所有文件 (*)"
        ask_which_to_open(self._window, "打开数据文件或备份", folder, patterns, self.take)

    def take(self, path: Path, password: str | None = None) -> None:
        """Opens a file that was chosen, asks for its password, or says why it does not open."""
        from models import manifests

        if path.suffix == manifests.ENDING:
            self._ask_where_to_restore(path)
            return
        try:
            self._open_another(path, password)
        except PasswordNeededError:
            self._close_steps()
            self.ask_password(path)
        except DamagedError as error:
            if not self._offer_backup(path, error, password):
                self._refuse(error)
        except UserError as error:
            self._refuse(error)
        else:
            self._close_steps()

    def ask_for_copy(self) -> None:
        """Asks where a copy of the present file is to stand on this computer, and goes on with that."""
        from gui.parts.file_dialogs import ask_where_new

        present = self._present()
        assert present is not None
        folder = preferences.data_folder()
        with files.refusing(f"不能建文件夹“{folder}”"):
            folder.mkdir(parents=True, exist_ok=True)
        ask_where_new(
            self._window, "复制到这台电脑", folder / present.path.name, lambda target: self.copy_to(present, target)
        )

    def copy_to(self, present: Database, target: Path) -> None:
        """Makes a verified copy of the present file and opens it."""
        from models import backups

        def go_on(_missing: object) -> None:
            self.open(target, None)
            self._window.banner.tell("good", f"已复制到 {target}，现在打开的就是它；原来的文件没有动。")

        task = Task("复制数据文件", lambda _progress: backups.duplicate(present, target), self)
        task.succeeded.connect(go_on)
        self._wait(task, "复制完要重新读一遍，核验过才算数。")

    def restore(self, backup: Path, target: Path) -> None:
        """Brings a backup back under a new name and opens that."""
        from models import backups

        task = Task("恢复备份", lambda _progress: backups.restore(backup, target), self)
        task.succeeded.connect(lambda _missing: self.take(target))
        self._wait(task, "恢复完要重新读一遍，核验过才打开。")

    def mend(self, path: Path, error: DamagedError, password: str | None) -> None:
        """Offers the newest good backup of a damaged file, or says in the first steps what else can be done."""
        if not self._offer_backup(path, error, password):
            self.begin(f"{error}{_NO_BACKUP}")

    def _offer_backup(self, path: Path, error: DamagedError, password: str | None) -> bool:
        """Whether there is a good backup of a damaged file to go on with."""
        from gui.damaged import DamagedDialog
        from models import mending

        backup = mending.newest_good(path, _backup_folders(path))
        if backup is None:
            return False
        self._close_steps()
        key, readable = _key_of_backup(backup.path, password)
        box = DamagedDialog(path, str(error), mending.offer(path, backup, key, readable), self._window)
        box.agreed.connect(lambda: self._go_on_with(backup.path, path, password))
        box.other_file_wanted.connect(self.begin if self._present() is None else self.choose)
        box.rejected.connect(self.given_up)
        box.open()
        return True

    def _go_on_with(self, backup: Path, path: Path, password: str | None) -> None:
        """Puts the backup in the place of the damaged file and opens it."""
        from models import mending

        def show(done: object) -> None:
            assert isinstance(done, mending.Mended)
            self._restored = backup
            self.take(path, password)
            missing = f"有 {len(done.missing)} 个扫描件备份里也没有。" if done.missing else ""
            self._window.banner.tell("warn", f"已用备份换上；损坏的文件没有删，改名为“{done.aside.name}”。{missing}")

        now = datetime.now().astimezone()
        task = Task("用备份换下损坏的文件", lambda _progress: mending.go_on_with(backup, path, now), self)
        task.succeeded.connect(show)
        self._wait(task, "备份重新读一遍，核验过才换上；损坏的文件改名留着。")

    def _mend_scans(self) -> None:
        """Takes from the backup's folder the scans that were damaged along with the file that was just restored."""
        from_backup, present = self._restored, self._present()
        if from_backup is None or present is None:
            return
        from models import mending

        self._restored = None
        self._window.run(
            Task("找回扫描件", lambda _progress: mending.mend_scans(present, from_backup.parent), self._window)
        )

    def _open_another(self, path: Path, password: str | None) -> None:
        present = self._present()
        if present is None or not path.exists() or not path.samefile(present.path):
            self.open(path, password)
        elif present.read_only:
            self.reopen()
        else:
            raise UserError(f"“{path.name}”现在就打开着。")

    def _make(self, wanted: object) -> None:
        from gui import new_file

        assert isinstance(wanted, new_file.NewFile)
        try:
            database = new_file.make(wanted, date.today())
        except UserError as error:
            self._steps.refuse(str(error))
            return
        self._close_steps()
        target: Target = ("members", "import") if wanted.then_import else None
        self._show(access.settled(database, datetime.now()), True, target)
        if database.encrypted:
            self._window.banner.tell("good", "数据文件已建好，已加密。请到设置的“密码”里打印恢复单，封好交组织保管。")
        if wanted.backup_folder is not None:
            with files.refusing("没能记住备份文件夹"):
                second = wanted.second_folder or preferences.read().second_folder
                preferences.change(backup_folder=wanted.backup_folder, second_folder=second)

    def _leave_for_sample(self) -> None:
        self._close_steps()
        self.open_sample()

    def _leave_steps(self) -> None:
        self._asking = False
        self.given_up.emit()

    def _close_steps(self) -> None:
        if self._asking:
            self._asking = False
            self._steps.rejected.disconnect(self._leave_steps)
            self._steps.done(0)

    def _ask_where_to_restore(self, backup: Path) -> None:
        """A backup is never worked in: it is brought back under a new name, and that is opened."""
        from gui.parts.file_dialogs import ask_where_new
        from models import manifests

        told = manifests.read(backup)
        name = Path(told.source).stem if told is not None else backup.stem
        proposed = preferences.data_folder() / f"{name}-恢复.zbtz"
        ask_where_new(self._window, "把备份恢复成一个新文件", proposed, lambda target: self.restore(backup, target))

    def ask_password(self, path: Path) -> None:
        """Asks for the password of a file until it opens."""
        from gui.parts.password_box import PasswordBox

        if (spoilt := _spoilt_head(path)) is not None and self._offer_backup(path, spoilt, None):
            return

        def take(password: str) -> None:
            try:
                self.open(path, password)
            except DamagedError as error:
                damaged = error  # it is offered once the box is gone
                QTimer.singleShot(0, self, lambda: self.mend(path, damaged, password))

        box = PasswordBox(path, take, self._window)
        box.other_file_wanted.connect(self.begin if self._present() is None else self.choose)
        box.rejected.connect(self.given_up)
        box.open()

    def _wait(self, task: Task, words: str) -> None:
        from gui.waiting import Waiting

        task.failed.connect(self._refuse)
        Waiting(task, words, self._window, may_stop=False).open()

    def _refuse(self, error: Exception) -> None:
        """Shows a refusal where the person looks: in the first steps while no file is open."""
        if isinstance(error, UserError) and self._asking:
            self._steps.refuse(str(error))
        elif isinstance(error, UserError) and self._present() is None:
            self.begin(str(error))
        else:
            self._window.faults.show(error)


def _backup_folders(path: Path) -> tuple[Path, ...]:
    """Where backups of the file at `path` may lie."""
    known = preferences.read()
    beside, here = path.absolute().parent / "备份", preferences.data_folder() / "备份"
    chosen = (known.backup_folder, known.second_folder)
    return tuple(dict.fromkeys(folder for folder in (*chosen, beside, here) if folder is not None))


def _spoilt_head(path: Path) -> DamagedError | None:
    """What to say where the beginning of an encrypted file is damaged, so that no password opens it."""
    from models import backups

    with suppress(OSError):  # what cannot be read now tells nothing
        for folder in _backup_folders(path):
            if backups.with_sound_head(path, folder) is not None:
                return DamagedError("这个文件的开头和备份里的不一样，密码对也打不开。")
    return None


def _key_of_backup(backup: Path, password: str | None) -> tuple[FileKey | None, bool]:
    """The key of a backup as far as it is known, and whether it can be read with that."""
    try:
        return key_of(backup, password), True
    except UserError:
        return None, False


def _actor() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "本机"
