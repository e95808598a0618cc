"""The data file on the desk: opened, locked, watched, backed up, and handed to the window as a workspace."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox

from gui.main_window import MainWindow
from gui.workspace import Facts, Found, Workspace
from models import audit, preferences, settings
from models.database import Database, PasswordNeededError
from models.errors import UserError
from models.ledger import View
from models.ledgers import frame
from models.ledgers.sheets import default_period
from models.locks import WindowLock

_BACKUP_EVERY = timedelta(minutes=30)
_WATCH_EVERY = 3000  # milliseconds: another program's change to the file is noticed this soon


class Desk(QObject):
    """Holds the open data file from its opening to the verified backup at the end."""

    def __init__(self, window: MainWindow, data: Path | None, password_file: Path | None, sample: bool) -> None:
        super().__init__(window)
        self._window = window
        self._data = data
        self._password_file = password_file
        self._sample = sample
        self._database: Database | None = None
        self._lock: WindowLock | None = None
        self._workspace: Workspace | None = None
        self._backed_up: datetime | None = None
        self._changed = False
        self._clock = QTimer(self, interval=int(_BACKUP_EVERY.total_seconds() * 1000))
        self._clock.timeout.connect(self.back_up)
        self._watch = QTimer(self, interval=_WATCH_EVERY)
        self._watch.timeout.connect(self._look_for_changes)
        self._seen = 0

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
        """Opens a data file and shows the first page; UserError when it does not open."""
        self._show(Database.open(path, password, actor=_actor()))

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
        self._show(Database.open(path) if path.exists() else sample.build(path, today), remember=False)

    def _first_steps(self, sentence: str = "") -> None:
        from gui.first_run import FirstRun

        self._steps = FirstRun(preferences.data_folder(), preferences.data_folder() / "备份", self._window)
        self._steps.decided.connect(self._make)
        self._steps.sample_wanted.connect(self._leave_for_sample)
        self._steps.other_file_wanted.connect(self._choose_file)
        self._steps.rejected.connect(self._window.close)
        self._steps.open()
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
        if wanted.backup_folder is not None:
            preferences.change(backup_folder=wanted.backup_folder)
        self._close_steps()
        self._show(database)
        if wanted.then_import:
            self._window.go("members", "import")

    def _leave_for_sample(self) -> None:
        self._close_steps()
        self._open_sample()

    def _close_steps(self) -> None:
        self._steps.rejected.disconnect(self._window.close)
        self._steps.done(0)

    def _choose_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(
            self._window, "打开数据文件", str(preferences.data_folder()), "数据文件 (*.zbtz);;所有文件 (*)"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self._open_chosen(Path(name)))
        dialog.open()

    def _open_chosen(self, path: Path) -> None:
        try:
            self.open(path, None)
        except PasswordNeededError:
            self._close_steps()
            self._ask_password(path)
        except UserError as error:
            self._steps.refuse(str(error))
        else:
            self._close_steps()

    def _ask_password(self, path: Path) -> None:
        from gui.password_box import PasswordBox

        box = PasswordBox(path, lambda password: self.open(path, password), self._window)
        box.other_file_wanted.connect(self._first_steps)
        box.rejected.connect(lambda: self._window.close() if self._database is None else None)
        box.open()

    def _show(self, database: Database, remember: bool = True) -> None:
        """Hands an open file to the window; where another window holds it, it is opened again for reading only."""
        lock = WindowLock(database.path)
        holder = None if database.read_only else lock.take(datetime.now())
        if holder is not None:
            database.close()
            database = Database.with_key(database.path, database.key, database.actor, read_only=True)
        self._database, self._lock = database, lock
        today = date.today()
        with database.reading() as session:
            chosen = settings.read(session)
            view = View(today, default_period(chosen, today))
        database.actor = chosen.maker or database.actor
        workspace = Workspace(database, view, find=self._find, facts=self._facts, undo_last=self._undo)
        workspace.backup_folder = lambda: self.backup_folder
        workspace.change_password = self._change_password
        workspace.saved.connect(self._note_change)
        workspace.backed_up.connect(self._note_backup)
        self._workspace = workspace
        self._seen = self._version()
        self._window.begin(workspace)
        if holder is not None:
            self._window.banner.tell("warn", f"这个数据文件正由{holder.chinese}打开，这里只能查看，不能修改。")
        elif database.read_only:
            self._window.banner.tell("warn", "这个数据文件是只读的，只能查看；要修改请先复制到本机硬盘。")
        self._clock.start()
        self._watch.start()
        self._window.settled.connect(lambda: QTimer.singleShot(300, self, self._find_last_backup))
        self._window.help_wanted.connect(self._help)
        if remember:
            with suppress(OSError):  # a computer whose settings cannot be kept opens the file by hand next time
                preferences.change(last_file=database.path.absolute())

    def _find_last_backup(self) -> None:
        """Reads when the last backup was made, once the window stands: it need not wait for that."""
        from models import backups

        if self._database is not None:
            kept = backups.backups_in(self.backup_folder, self._database.path.stem)
            self._backed_up = kept[0].made_at if kept else None
            self._window.status.show_facts(self._facts())

    @property
    def backup_folder(self) -> Path:
        """Where backups of the open file go."""
        assert self._database is not None
        return preferences.read().backup_folder or self._database.path.absolute().parent / "备份"

    def back_up(self) -> None:
        """Makes a verified backup when something has changed since the last one, on the second place too."""
        if self._database is None or self._database.read_only or not self._changed:
            return
        from models import backups

        self._backed_up = backups.make(self._database, self.backup_folder).made_at
        second = preferences.read().second_folder
        if second is not None and second.is_dir():
            backups.make(self._database, second)
        self._changed = False

    def leave(self) -> None:
        """Backs the file up, closes it and lets go of its lock."""
        self._clock.stop()
        self._watch.stop()
        if self._database is None:
            return
        try:
            self.back_up()
        except UserError as error:
            QMessageBox.warning(self._window, "支部台账", f"退出前的备份没有做成：{error}数据文件本身已经保存。")
        finally:
            self._database.close()
            if self._lock is not None:
                self._lock.free()
            self._database = None

    def _note_backup(self, made_at: datetime) -> None:
        self._backed_up = made_at
        self._changed = False
        self._window.status.show_facts(self._facts())

    def _note_change(self, _what: str) -> None:
        self._changed = True
        self._seen = self._version()

    def _version(self) -> int:
        assert self._database is not None
        with self._database.reading() as session:
            return audit.latest(session)

    def _look_for_changes(self) -> None:
        """Has the pages read anew what another program, or a command, has saved meanwhile."""
        seen = self._version()
        if seen != self._seen and self._workspace is not None:
            self._seen = seen
            self._workspace.viewed.emit()

    def _find(self, text: str) -> Sequence[Found]:
        assert self._database is not None
        with self._database.reading() as session:
            return [Found(hit.id, hit.name, hit.detail) for hit in frame.search(session, text)]

    def _facts(self) -> Facts:
        assert self._database is not None
        with self._database.reading() as session:
            figures = frame.frame_facts(session)
        probationary = f"（预备 {figures.probationary}）" if figures.probationary else ""
        return Facts(
            organisation=figures.organisation,
            month=f"工作月份 {figures.month.chinese}",
            members=f"党员 {figures.members} 人{probationary}",
            backup=self._last_backup(),
            badges={"collect": figures.unpaid},
        )

    def _last_backup(self) -> str:
        made = self._backed_up
        if made is None:
            return "还没有备份"
        day = "今天" if made.date() == date.today() else f"{made:%m月%d日}"
        return f"最近备份 {day} {made:%H:%M} 已核验"

    def _undo(self) -> str:
        from models import undo

        assert self._database is not None
        with self._database.writing("撤销") as session:
            title = undo.undo_last(session, date.today())
        return f"已撤销“{title}”。"

    def _change_password(self, present: str | None, wanted: str | None) -> None:
        """Gives the open file another password, or none; the pages go on with the file opened anew."""
        from models import passwords

        assert self._database is not None
        assert self._workspace is not None
        self._database = passwords.change(self._database, present, wanted)
        self._workspace.database = self._database
        self._changed = True
        self._seen = self._version()

    def _help(self, chapter: str) -> None:
        from gui.help import Manual

        folder = Path(__file__).resolve().parent.parent / "docs" / "manual"
        self._manual = Manual(folder, self._window)
        self._manual.open_at(chapter)


def _actor() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "本机"
