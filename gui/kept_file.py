"""The open data file as the window keeps it: watched, backed up, put away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from gui.main_window import MainWindow
from gui.safekeeping import Safekeeping
from gui.workspace import Facts, Found, Workspace
from models import audit, settings
from models.access import OpenedFile
from models.clocks import LONGEST_PAUSE
from models.database import Database
from models.ledger import View
from models.ledgers import frame
from models.ledgers.sheets import default_period

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
        self.safe = Safekeeping(opened, lambda: self.database, window, parent=self)
        self.workspace.backup_folder = lambda: self.safe.folder
        self.workspace.last_backup = lambda: self.safe.words
        self.workspace.saved.connect(self._note_change)
        self.workspace.backed_up.connect(self.safe.note)
        self.safe.told.connect(lambda: self._window.status.show_facts(self._facts()))
        self.safe.told.connect(self.workspace.backups_told)
        self._seen = self._version()
        self._watch = QTimer(self, interval=_WATCH_EVERY)
        self._watch.timeout.connect(self._look_for_changes)
        self._watch.start()

    @property
    def database(self) -> Database:
        return cast(Database, self.workspace.database)

    @property
    def is_changed(self) -> bool:
        """Whether anything was saved since the last backup."""
        return self.safe.is_changed

    def settle(self) -> None:
        """Does, once the window stands, what need not have kept it waiting."""
        self.safe.settle()

    def back_up(self) -> None:
        """Makes a verified backup when something has changed since the last one, in every place for backups."""
        self.safe.back_up()

    def put_away(self) -> None:
        """Closes the file and lets go of its lock; what was not backed up stays so."""
        self._watch.stop()
        self.safe.stop()
        self.database.close()
        self.opened.lock.free()

    def _note_change(self, _what: str) -> None:
        self.safe.is_changed = True
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
            backup=self.safe.words,
            backup_tone=self.safe.tone,
            backup_hint=self.safe.hint,
            badges={"collect": figures.unpaid},
            read_only=self.database.read_only,
        )

    def _undo(self) -> str:
        from models import undo

        (title,) = undo.undo_steps(self.database, date.today())
        return f"已撤销“{title}”；按 Ctrl+Y 重做。"

    def _redo(self) -> str:
        from models import undo

        (title,) = undo.redo_steps(self.database, date.today())
        return f"已重做“{title}”；按 Ctrl+Z 撤销。"
