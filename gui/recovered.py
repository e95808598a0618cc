"""A file opened by the code of its recovery sheet: its password is forgotten, and a new one is to be set."""

from PySide6.QtWidgets import QMessageBox

from gui.main_window import MainWindow
from gui.messages import ask
from gui.parts.cards import button
from gui.settings.page import SettingsPage
from gui.settings.password import PasswordSection
from gui.state_strip import Strip
from models import recovery
from models.database import Database

_QUESTION = "是用恢复码打开的。现在设一个新密码吗？"
_DETAIL = "旧密码忘了，下次打开又要输恢复码。设了新密码，手里的恢复单就作废，要重新打印一份。"
_LEFT = "是用恢复码打开的，还没有设新密码。设新密码时，“现在的密码”输恢复码。"


class RecoveredStrip(Strip):
    """Stays above the pages until the file has a new password."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(_LEFT)
        self.set_button = button("设新密码…", lambda: _lead(window, ""))
        self.offer(self.set_button)
        assert window.workspace is not None
        self._workspace = window.workspace
        self._workspace.saved.connect(self._look)

    def _look(self, _what: str) -> None:
        database = self._workspace.database
        assert isinstance(database, Database)
        self.setVisible(database.opened_by_code)


def urge(window: MainWindow, database: Database) -> QMessageBox:
    """Asks once for a new password; whoever goes on from here need not type the code again."""
    assert database.key is not None
    code = recovery.code_of(database.key.key)
    return ask(window, _QUESTION, yes="设新密码", no="以后再设", detail=_DETAIL, then=lambda: _lead(window, code))


def _lead(window: MainWindow, present: str) -> None:
    window.go("settings", "密码")
    page = window.page
    assert isinstance(page, SettingsPage)
    section = page.section
    assert isinstance(section, PasswordSection)
    section.begin(present)
