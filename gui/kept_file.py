"""The open data file as the window keeps it: watched, backed up, put away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.tasks import Task
from gui.workspace import Facts, Found, Workspace
from models import audit, preferences, settings
from models.access import OpenedFile, Standing
from models.clocks import LONGEST_PAUSE
from models.database import Database
from models.ledger import View
from models.ledgers import frame
from models.ledgers.sheets import default_period

_BACKUP_EVERY = timedelta(minutes=30)
_WATCH_EVERY = 3000  # milliseconds: another program's change to the file is noticed this soon


class KeptFile(QObject):
    """Keeps one data file from its opening until it is put away, and answers what the frame asks of it."""

    def __init__(self, opened: OpenedFile, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.opened = opened
        today = date.today()
        with opened.database.reading() as session:
            chosen = settings.read(session)
        if opened.database.person is None:
            opened.database.actor = chosen.maker or opened.database.actor
        self._day = self._odd_day = today
        view = View(today, default_period(chosen, today))
        self.workspace = Workspace(
            opened.database,
            view,
            find=self._find,
            facts=self._facts,
            undo_last=self._undo,
            redo_last=self._redo,
            parent=self,
        )
        self.workspace.backup_folder = lambda: self.backup_folder
        self.workspace.last_backup = self._last_backup
        self.workspace.saved.connect(self._note_change)
        self.workspace.backed_up.connect(self._note_backup)
        self._backed_up: datetime | None = None
        self.is_changed = False
        self._seen = self._version()
        self._work: list[Task] = []
        self._clock = QTimer(self, interval=int(_BACKUP_EVERY.total_seconds() * 1000))
        self._clock.timeout.connect(self.back_up)
        self._watch = QTimer(self, interval=_WATCH_EVERY)
        self._watch.timeout.connect(self._look_for_changes)
        self._clock.start()
        self._watch.start()

    @property
    def database(self) -> Database:
        return cast(Database, self.workspace.database)

    @property
    def backup_folder(self) -> Path:
        """Where backups of the file go."""
        return preferences.read().backup_folder or self.database.path.absolute().parent / "备份"

    def settle(self) -> None:
        """Does, once the window stands, what need not have kept it waiting."""
        from models import attachments, backups

        kept = backups.backups_in(self.backup_folder, self.database.path.stem)
        self._backed_up = kept[0].made_at if kept else None
        self._window.status.show_facts(self._facts())
        database = self.database
        self._run(Task("收拾附件", lambda _progress: attachments.tidy(database), self))
        if self.opened.standing is Standing.STICK:
            self.is_changed = True  # whatever becomes of the stick, what it holds now is kept
            task = Task("备份", lambda _progress: self.back_up(), self)
            task.succeeded.connect(lambda _none: self._window.status.show_facts(self._facts()))
            self._run(task)

    def back_up(self) -> None:
        """Makes a verified backup when something has changed since the last one, in every place for backups."""
        if self.database.read_only or not self.is_changed:
            return
        from models import backups

        first, *others = self._backup_folders()
        self._backed_up = backups.make(self.database, first).made_at
        for folder in others:
            backups.make(self.database, folder)
        self.is_changed = False

    def put_away(self) -> None:
        """Closes the file and lets go of its lock; what was not backed up stays so."""
        self._clock.stop()
        self._watch.stop()
        for task in self._work:
            task.wait()
        self.database.close()
        self.opened.lock.free()

    def _backup_folders(self) -> list[Path]:
        """The two places that were chosen, and one on this computer where else all would go with a stick."""
        second = preferences.read().second_folder
        found = [self.backup_folder, *((second,) if second is not None and second.is_dir() else ())]
        if self.opened.standing is Standing.STICK:
            from models import places

            if all(places.on_stick(folder) for folder in found):
                found.append(preferences.data_folder() / "备份")
        return found

    def _run(self, task: Task) -> None:
        """Runs a task that nobody waits for and that is no reason to keep the window open."""
        self._work.append(task)
        task.failed.connect(self._window.faults.show)
        task.ended.connect(lambda: self._work.remove(task))
        task.start()

    def _note_backup(self, made_at: datetime) -> None:
        self._backed_up = made_at
        self.is_changed = False
        self._window.status.show_facts(self._facts())

    def _note_change(self, _what: str) -> None:
        self.is_changed = True
        self._seen = self._version()

    def _version(self) -> int:
        with self.database.reading() as session:
            return audit.latest(session)

    def _look_for_changes(self) -> None:
        """Has the pages read anew what another program, or a command, has saved meanwhile."""
        if QApplication.activeModalWidget() is not None:
            return  # what is being asked may be changing the file itself
        self._follow_the_day(date.today())
        seen = self._version()
        if seen != self._seen:
            self._seen = seen
            self.workspace.viewed.emit()

    def _follow_the_day(self, day: date) -> None:
        """Goes on to the next day after midnight; a jump of the clock is not followed: it may be a mistake."""
        if day in (self._day, self._odd_day):
            return
        view = self.workspace.view
        if timedelta(0) < day - self._day <= LONGEST_PAUSE:
            self._day = self._odd_day = day
            self.workspace.look_at(replace(view, today=day))
        else:
            self._odd_day = day
            self._window.banner.tell(
                "warn",
                f"电脑的日期从 {self._day} 变成了 {day}，程序仍按 {self._day} 办理。"
                "请核对电脑的日期；如果现在的日期是对的，请重新打开数据文件。",
            )

    def _find(self, text: str) -> Sequence[Found]:
        with self.database.reading() as session:
            return [Found(hit.id, hit.name, hit.detail) for hit in frame.search(session, text)]

    def _facts(self) -> Facts:
        with self.database.reading() as session:
            figures = frame.frame_facts(session)
        probationary = f"（预备 {figures.probationary}）" if figures.probationary else ""
        return Facts(
            organisation=figures.organisation,
            month=f"工作月份 {figures.month.chinese}",
            members=f"党员 {figures.members} 人{probationary}",
            backup=self._last_backup(),
            badges={"collect": figures.unpaid},
            read_only=self.database.read_only,
        )

    def _last_backup(self) -> str:
        made = self._backed_up
        if made is None:
            return "还没有备份"
        day = "今天" if made.date() == date.today() else f"{made:%m月%d日}"
        return f"最近备份 {day} {made:%H:%M} 已核验"

    def _undo(self) -> str:
        from models import undo

        (title,) = undo.undo_steps(self.database, date.today())
        return f"已撤销“{title}”；按 Ctrl+Y 重做。"

    def _redo(self) -> str:
        from models import undo

        (title,) = undo.redo_steps(self.database, date.today())
        return f"已重做“{title}”；按 Ctrl+Z 撤销。"
