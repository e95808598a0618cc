"""Keeping an open data file safe: verified backups in every place, caught up where one was missing, a check a day."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.main_window import MainWindow
from gui.tasks import Task
from models import preferences
from models.access import OpenedFile, Standing
from models.database import Database
from models.errors import UserError
from models.kinds import Tone

_BACKUP_EVERY = timedelta(minutes=30)
_LOOK_EVERY = 60_000  # milliseconds: a stick that is there again is noticed this soon
CHECK_AFTER = 60_000  # milliseconds after the window stands, when nobody waits for the disk any more
_OLD = timedelta(days=7)
_BROUGHT_UP = "数据文件已升级，旧版本的程序打不开它了。升级前的原样留着，在“设置”的“数据文件”里，要退回旧版本时用。"


class Safekeeping(QObject):
    """Backs up what has changed without anybody waiting for it, and says in a few words how that stands."""

    told = Signal()  # how it stands is no longer as it was

    def __init__(
        self, opened: OpenedFile, database: Callable[[], Database], window: MainWindow, parent: QObject
    ) -> None:
        """`database` answers the open file, which is another object after its password was changed."""
        super().__init__(parent)
        self._opened, self._database, self._window = opened, database, window
        self.is_changed = opened.database.was_made
        self._made: datetime | None = None
        self._settled = False
        self._backing_up = False
        self._missed = False  # whether the second place lacks the newest backup
        self._said: set[str] = set()
        self._trouble = ""
        self._problems: list[str] = []
        self._work: list[Task] = []
        self._clocks = [self._clock(_BACKUP_EVERY // timedelta(milliseconds=1), self._by_the_half_hour)]

    @property
    def folder(self) -> Path:
        """Where backups of the file go."""
        return preferences.read().backup_folder or self._database().path.absolute().parent / "备份"

    @property
    def words(self) -> str:
        """The last verified backup, or what is wrong, for the bar below the pages."""
        made = self._made
        if self._problems:
            return f"检查发现 {len(self._problems)} 个问题，见设置里的备份"
        if self._trouble:
            return "备份没有做成"
        if made is None:
            return "还没有备份"
        day = "今天" if made.date() == date.today() else f"{made:%m月%d日}"
        return f"最近备份 {day} {made:%H:%M} 已核验"

    @property
    def hint(self) -> str:
        """More of what is wrong."""
        return "\n".join(self._problems[:5]) or self._trouble

    @property
    def tone(self) -> Tone:
        """How urgent it is: a backup a week old, none at all or one that failed wants a look."""
        if self._problems:
            return "bad"
        old = self._made is None or datetime.now().astimezone() - self._made > _OLD
        return "warn" if self._trouble or (self._settled and old) else "plain"

    def settle(self) -> None:
        """Looks, once the window stands, at what backups there are, and begins what need not have kept it waiting."""
        from models import attachments, backups, earlier_files

        database, folder = self._database(), self.folder
        kept = backups.backups_in(folder, database.path.stem)
        self._made = kept[0].made_at if kept else None
        self._settled = True
        self.run(Task("收拾附件", lambda _progress: attachments.tidy(database), self))
        if not database.read_only and earlier_files.beside(database.path):
            self._quietly(lambda _progress: earlier_files.keep_copies(database.path, folder))
        if database.was_brought_up:
            self._say_once("brought up", _BROUGHT_UP)
        second = preferences.read().second_folder
        if second is not None and not database.read_only:
            there = backups.backups_in(second, database.path.stem)
            self._missed = bool(kept) and (not there or there[0].made_at < kept[0].made_at)
            self._look_for_second()
        if self._opened.standing is Standing.STICK:
            self.is_changed = True  # whatever becomes of the stick, what it holds now is kept
            self._back_up_quietly()
        self._clocks += [self._clock(_LOOK_EVERY, self._look_for_second)]
        self._clocks += [self._clock(CHECK_AFTER, self.check_if_due, once=True)]
        self.told.emit()

    def back_up(self) -> None:
        """Makes a verified backup when something has changed since the last one, in every place for backups.

        UserError when one fails; one that is not there is caught up later.
        """
        database = self._database()
        if database.read_only or not self.is_changed:
            return
        from models import backups

        first, *others = self._folders()
        self._made = backups.make(database, first).made_at
        self.is_changed = False
        second = preferences.read().second_folder
        self._missed = second is not None
        for folder in others:
            try:
                backups.make(database, folder)
            except UserError as error:
                raise UserError(f"第一处的备份做好了，但另一处没有做成：{error}") from error
        self._missed = second is not None and second not in others

    def note(self, made_at: datetime) -> None:
        """Takes note of a backup that somebody asked for."""
        self._made = made_at
        self.is_changed = False
        self._trouble = ""
        self.told.emit()

    def check_if_due(self) -> None:
        """Checks file, books and trail once a day; only what is wrong is told, in the bar below the pages."""
        from models import backups, checks, manifests

        database, today = self._database(), date.today().isoformat()
        mark = manifests.origin_of(database.path)
        known = preferences.read().checked
        if known.get(mark) == today:
            return
        folder = self.folder

        def done(problems: list[str]) -> None:
            self._problems = problems
            self.told.emit()
            if not problems:
                others = {each: on for each, on in preferences.read().checked.items() if each != mark}
                preferences.change(checked={**dict(list(others.items())[-7:]), mark: today})

        task = Task("检查数据", lambda _: checks.check(database, backups.anchors(folder, database.path)), self)
        task.succeeded.connect(done)
        self.run(task)

    def run(self, task: Task) -> None:
        """Runs a task that nobody waits for and that is no reason to keep the window open."""
        self._work.append(task)
        task.failed.connect(self._window.faults.show)
        self._start(task)

    def stop(self) -> None:
        """Waits for what is being done, and does no more."""
        for clock in self._clocks:
            clock.stop()
        for task in self._work:
            task.wait()

    def _by_the_half_hour(self) -> None:
        self._back_up_quietly()
        self.check_if_due()

    def _back_up_quietly(self) -> None:
        """Backs up; a failure turns the words to a warning, and is said above the pages once till it is over."""
        self._quietly(lambda _progress: self.back_up())

    def _look_for_second(self) -> None:
        """Says once that the second place is missing, and catches up with it when it is there."""
        second = preferences.read().second_folder
        if second is None or self._database().read_only:
            return
        if not second.is_dir():
            self._say_once(
                "second", f"第二处备份“{second}”现在不在；是 U 盘的，请插上，插上以后自动补一份备份。第一处照常备份。"
            )
            return
        self._said.discard("second")
        if self._missed and not self._backing_up:
            from models import backups

            database = self._database()

            def work(_progress: object) -> None:
                backups.make(database, second)
                self._missed = False

            self._quietly(work)

    def _quietly(self, work: Callable[[Any], object]) -> None:
        task = Task("备份", work, self)
        self._backing_up = True
        self._work.append(task)
        task.succeeded.connect(lambda _none: self._fare(""))
        task.failed.connect(self._fail)
        task.ended.connect(self._end)
        self._start(task)

    def _start(self, task: Task) -> None:
        task.ended.connect(lambda: self._work.remove(task))
        task.ended.connect(task.deleteLater)
        task.start()

    def _end(self) -> None:
        self._backing_up = False

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._window.faults.show(error)
            return
        self._fare(str(error))
        self._say_once("failed", f"{error}数据文件本身已经保存，半小时后再试。")

    def _fare(self, trouble: str) -> None:
        self._trouble = trouble
        if not trouble:
            self._said.discard("failed")
        self.told.emit()

    def _say_once(self, what: str, sentence: str) -> None:
        if what not in self._said:
            self._said.add(what)
            self._window.banner.tell("warn", sentence)

    def _folders(self) -> list[Path]:
        """The two places that were chosen, and one on this computer where else all would go with a stick."""
        second = preferences.read().second_folder
        found = [self.folder, *((second,) if second is not None and second.is_dir() else ())]
        if self._opened.standing is Standing.STICK:
            from models import places

            if all(places.on_stick(folder) for folder in found):
                found.append(preferences.data_folder() / "备份")
        return found

    def _clock(self, every: int, then: Callable[[], object], once: bool = False) -> QTimer:
        made = QTimer(self, interval=every, singleShot=once)
        made.timeout.connect(then)
        made.start()
        return made
