"""The program at the screen: letters, frame, data file and pages are put together here."""

import gc
import os
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, Qt, QTimer
from PySide6.QtWidgets import QApplication

from gui import input_method, memory, theme
from gui.main_window import MainWindow
from gui.page import Page, PageEntry
from gui.parts.dialog_size import fill_small_screen
from gui.workspace import Workspace
from models import preferences

QUIT_WHEN_SHOWN = "ZHIBU_QUIT_WHEN_SHOWN"
_CALM_AFTER = 1000  # milliseconds from the first paint: what is not needed for it waits


def run(data: Path | None, password_file: Path | None, sample: bool) -> int:
    """Opens the window and answers the exit status once it is closed.

    `data` is the file to open, else the one last opened; without either the first steps are shown. The first line of
    `password_file` is its password. `sample` opens the invented branch. Garbage is collected from the first paint on:
    the caller has switched that off.
    """
    input_method.prepare(os.environ, Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("支部台账")
    app.setDesktopFileName(preferences.NAME)
    theme.dress(app, theme.TextSize[preferences.read().text_size])
    window = MainWindow(ENTRIES)
    window.faults.catch_all()
    window.settled.connect(memory.collect_garbage)
    tend = partial(QTimer.singleShot, _CALM_AFTER, window, partial(memory.tend, window))
    window.settled.connect(tend, Qt.ConnectionType.SingleShotConnection)
    if os.environ.get(QUIT_WHEN_SHOWN) == "1":
        window.settled.connect(app.quit)
    fill_small_screen(window)
    window.show()

    def open_file() -> None:
        from gui.desk import Desk

        desk = Desk(window, data, password_file, sample)
        app.aboutToQuit.connect(desk.leave)
        desk.start()

    QTimer.singleShot(0, window, open_file)
    status = app.exec()
    gc.freeze()  # everything is saved and closed: what is in memory is left to the system
    return status


def _today(workspace: Workspace) -> Page:
    from gui.today_page import TodayPage

    return TodayPage(workspace)


def _members(workspace: Workspace) -> Page:
    from gui.members.page import MembersPage

    return MembersPage(workspace)


def _branch(workspace: Workspace) -> Page:
    from gui.members.branch_page import BranchPage

    return BranchPage(workspace)


def _collect(workspace: Workspace) -> Page:
    from gui.dues.collect_page import CollectPage

    return CollectPage(workspace)


def _dues(workspace: Workspace) -> Page:
    from gui.dues.page import DuesPage

    return DuesPage(workspace)


def _life(workspace: Workspace) -> Page:
    from gui.life.page import LifePage

    return LifePage(workspace)


def _care(workspace: Workspace) -> Page:
    from gui.care.page import CarePage

    return CarePage(workspace)


def _ledgers(workspace: Workspace) -> Page:
    from gui.ledgers.page import LedgersPage

    return LedgersPage(workspace)


def _settings(workspace: Workspace) -> Page:
    from gui.settings.page import SettingsPage

    return SettingsPage(workspace)


ENTRIES = (
    PageEntry("today", "今日", "home", _today),
    PageEntry("members", "党员", "users", _members),
    PageEntry("branch", "组织", "building", _branch),
    PageEntry("collect", "收缴日", "calendar-check", _collect),
    PageEntry("dues", "党费台账", "file-text", _dues),
    PageEntry("life", "组织生活", "message-square", _life),
    PageEntry("care", "困难帮扶", "heart", _care),
    PageEntry("ledgers", "台账表格", "table", _ledgers),
    PageEntry("settings", "设置", "settings", _settings, at_bottom=True),
)
