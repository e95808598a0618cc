"""The real window on a copy of the sample, as a person uses it: click → data file → what is shown."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.application import ENTRIES
from gui.desk import Desk
from gui.main_window import MainWindow
from gui.page import Page, PageEntry
from gui.workspace import Found, Workspace
from models import fresh_backup, places, preferences
from models.audit import Anchor
from models.database import Database
from models.errors import UserError
from models.ledger import View
from models.ledgers.private import WORDS
from models.manifests import Backup
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import Month, Period
from models.undo import redo_last, undo_last
from tests import founded

_SHOWING = ((QWidget, "show"), (QDialog, "open"), (QDialog, "exec"), (QMessageBox, "open"), (QFileDialog, "open"))
TODAY = date(2026, 11, 20)
NOVEMBER = Month(2026, 11)
VIEW = View(TODAY, Period(NOVEMBER, NOVEMBER))


@pytest.fixture
def branch(sample: Database) -> Database:
    """A fresh copy of the sample."""
    return sample


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """A new file of one branch without members."""
    with closing(founded.make(tmp_path / "空.zbtz", "甲局第一党支部", TODAY, actor="周丽萍")) as database:
        yield database


@dataclass
class Stage:
    """A window with one page, and what a test asks of it."""

    window: MainWindow
    page: Any
    database: Database

    @property
    def said(self) -> str:
        """The sentence that the window shows."""
        return self.window.banner.words.text()


@pytest.fixture
def on_stage(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[[Database, type[Page]], Stage]:
    """Puts a page into the window, over an open data file; a bug in a slot still fails the test."""
    fails = sys.excepthook

    def put(database: Database, page_type: type[Page]) -> Stage:
        window = MainWindow([PageEntry("page", "页", "users", page_type)])
        qtbot.addWidget(window)

        def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            (window.faults.handle if isinstance(error, UserError) else fails)(kind, error, trace)

        def find(text: str) -> list[Found]:
            with database.reading() as session:
                return [Found(each.id, each.name) for each in members.search(session, text)]

        def undo() -> str:
            with database.writing("撤销") as session:
                return f"已撤销“{undo_last(session, TODAY)}”。"

        def redo() -> str:
            with database.writing("重做") as session:
                return f"已重做“{redo_last(session, TODAY)}”。"

        monkeypatch.setattr(sys, "excepthook", told)
        workspace = Workspace(database, VIEW, find=find, undo_last=undo, redo_last=redo, parent=window)
        workspace.agreed.update(WORDS)  # asked about once, and agreed to
        workspace.backup_folder = lambda: database.path.parent / "备份"
        window.show()
        window.begin(workspace)
        return Stage(window, window.page, database)

    return put


@pytest.fixture
def backed_up(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Makes no backup before much is changed, which takes its time, but notes the folder that it was to go into."""
    folders: list[Path] = []

    def fresh(database: Database, folder: Path) -> Backup:
        folders.append(folder)
        return Backup(database.path, datetime.now().astimezone(), "", Anchor(0, ""), "")

    monkeypatch.setattr(fresh_backup, "fresh", fresh)
    return folders


@pytest.fixture
def own_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer of its own: its preferences, its folder of documents, one disk and no stick."""
    monkeypatch.setattr(preferences, "config_file", lambda: tmp_path / "preferences.json")
    monkeypatch.setattr(preferences, "data_folder", lambda: tmp_path / "文档")
    monkeypatch.setattr(preferences, "sample_folder", lambda: tmp_path / "示例")
    monkeypatch.setattr(places, "on_network", lambda path: False)
    monkeypatch.setattr(places, "on_stick", lambda path: False)


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    made = MainWindow(ENTRIES)
    qtbot.addWidget(made)
    fails = sys.excepthook

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        (made.faults.handle if isinstance(error, UserError) else fails)(kind, error, trace)

    monkeypatch.setattr(sys, "excepthook", told)
    made.show()
    return made


@pytest.fixture
def lay(window: MainWindow) -> Iterator[Callable[..., Desk]]:
    """Lays a file on the desk of the window."""
    desks: list[Desk] = []

    def put(path: Path | None, sample: bool = False) -> Desk:
        desk = Desk(window, path, None, sample)
        desks.append(desk)
        desk.start()
        return desk

    yield put
    for desk in desks:
        desk.leave()


def dialog_of(window: MainWindow, kind: type[Any]) -> Any:
    return next(each for each in window.findChildren(kind) if each.isVisible())


@pytest.fixture(scope="session")
def private(sample_file: Path) -> frozenset[str]:
    """What tells of a person in the sample."""
    with closing(Database.open(sample_file, read_only=True)) as database, database.reading() as session:
        people = session.scalars(select(Member)).all()
    return frozenset(text for each in people for text in (each.name, each.id_number, each.phone) if text)


class Titles:
    """Notes the title of every window that is shown, by us or by Qt, which gives it the focus."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def watch(self, window: QWidget | QWindow | None) -> None:
        """Takes down the title that `window` has and every later one."""
        if window is None:
            return
        self.seen.add(window.windowTitle() if isinstance(window, QWidget) else window.title())
        window.windowTitleChanged.connect(self.seen.add)

    def watching(self, show: Callable[..., Any]) -> Callable[..., Any]:
        """What shows a widget, and watches it from then on if it is a window."""

        def showing(widget: QWidget, *arguments: Any) -> Any:
            if widget.isWindow():
                self.watch(widget)
            return show(widget, *arguments)

        return showing


@pytest.fixture(autouse=True)
def _no_name_in_a_title(qapp: QApplication, private: frozenset[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a journey in which the title of a window, which the taskbar shows to anybody, tells of a person."""
    titles = Titles()
    for kind, name in _SHOWING:
        monkeypatch.setattr(kind, name, titles.watching(getattr(kind, name)))
    qapp.focusWindowChanged.connect(titles.watch)
    yield
    qapp.focusWindowChanged.disconnect(titles.watch)
    assert [title for title in titles.seen if any(text in title for text in private)] == []
