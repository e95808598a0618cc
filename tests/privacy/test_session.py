"""A day at the window with canaries in the file: nothing of them stays or shows where it does not belong."""

import logging
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.application import ENTRIES
from gui.ledgers.chapter_page import ChapterPage
from gui.ledgers.page import LedgersPage
from gui.main_window import MainWindow
from gui.papers.sheet_files import export_sheet, preview_sheet
from gui.views_page import ViewsPage
from gui.workspace import Workspace
from models import faults, preferences
from models.database import Database
from models.errors import UserError
from models.ledger import View
from models.ledgers.private import WORDS
from models.rules.periods import Month, Period
from tests.privacy import hunting
from tests.privacy.canaries import ILLNESS, TODAY, Known

VIEW = View(TODAY, Period(Month(2026, 11), Month(2026, 11)))
_TITLED = (QEvent.Type.Show, QEvent.Type.WindowTitleChange)


class Titles(QObject):
    """Notes the title of every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TITLED and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.add(watched.windowTitle())
        return False


@pytest.fixture(autouse=True, scope="module")
def _dressed(qapp: QApplication) -> None:
    theme.dress(qapp)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders of one's own for all that a program leaves behind: settings, logs, caches, temporary files."""
    made = tmp_path / "家"
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.setenv(name, str(made / name.lower()))
    (made / "tmp").mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(made / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    root = logging.getLogger()
    before = list(root.handlers)
    yield made
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()


@pytest.fixture
def window(own: Database, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The real window over a copy of the file; a refusal is shown as a sentence."""
    made = MainWindow(ENTRIES)
    qtbot.addWidget(made)
    monkeypatch.setattr(sys, "excepthook", made.faults.handle)
    workspace = Workspace(own, VIEW, parent=made)
    workspace.agreed.update(WORDS)
    workspace.backup_folder = lambda: own.path.parent / "备份"
    made.show()
    made.begin(workspace)
    return made


def walk(window: MainWindow) -> Iterator[str]:
    """Opens every page, every view of it and every ledger; answers what is open."""
    for entry in ENTRIES:
        window.go(entry.name)
        QApplication.processEvents()
        yield entry.name
        page = window.page
        views = [page]
        if isinstance(page, ViewsPage):
            for name in page.views:
                page.choose(name)
                QApplication.processEvents()
                views.append(page.view)
                yield f"{entry.name} {name}"
        for view in views:
            if isinstance(view, ChapterPage | LedgersPage):
                for line in range(view.list.count()):
                    view.list.setCurrentRow(line)
                    yield f"{entry.name} {line}"


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was asked of the network; whoever asks fails."""
    asked: list[object] = []

    def refuse(*given: object, **_named: object) -> None:
        asked.append(given)
        raise AssertionError("the program has no business on the network")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    return asked


def test_whoever_asks_the_network_is_seen(used: list[object]) -> None:
    with pytest.raises(AssertionError):
        socket.create_connection(("127.0.0.1", 9))
    assert len(used) == 1


def test_today_tells_names_and_kinds_and_asks_no_network(
    window: MainWindow, known: Known, used: list[object], qtbot: QtBot
) -> None:
    qtbot.wait(400)  # what care asks for is told once the page is painted
    said = [each.text() for each in window.findChildren(QLabel)]
    assert len(said) > 10
    assert [text for text in said if any(word in text for word in known.words)] == []
    assert used == []


@pytest.mark.slow
def test_no_title_of_any_page_tells_one_and_none_asks_the_network(
    window: MainWindow, known: Known, qapp: QApplication, used: list[object]
) -> None:
    titles = Titles()
    qapp.installEventFilter(titles)
    opened = list(walk(window))
    qapp.removeEventFilter(titles)
    assert len(opened) > 150
    shown = [window.windowTitle(), *titles.seen]
    assert [title for title in shown if any(word in title for word in known.words)] == []
    assert used == []
    assert "PySide6.QtNetwork" not in sys.modules


def test_nothing_of_a_day_stays_behind(
    window: MainWindow, own: Database, known: Known, home: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exports, a preview, a bug with a canary in its message, the list of recent files: then every file is searched."""
    window.go("ledgers")
    page = window.page
    assert isinstance(page, LedgersPage)
    page.show_target("care_cases")
    sheet = page.table.sheet
    assert sheet is not None
    target = own.path.parent / "导出.xlsx"
    monkeypatch.setattr("gui.papers.papers.ask_where_to_save", lambda *given: given[-1](target))
    export_sheet(page, sheet)
    qtbot.waitUntil(target.exists, timeout=20_000)
    preview_sheet(page, sheet)
    qtbot.waitUntil(lambda: previews() != [], timeout=20_000)
    for each in previews():
        each.close()
    qtbot.waitUntil(lambda: not list((home / "tmp").glob("preview-*")))
    assert faults.keep_log() is not None
    err(window)
    preferences.change(last_file=own.path)
    assert hunting.in_bytes(target.read_bytes(), [ILLNESS])  # where it is meant to stand it stands
    assert (log := next(home.rglob("program.log"))).stat().st_size
    assert "RuntimeError" in log.read_text(encoding="utf-8")
    assert hunting.in_folder(home, known.words) == []
    beside = [own.path, target]
    assert hunting.in_folder(own.path.parent, known.words, beside) == []


def previews() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if each.windowTitle().startswith("预览")]


def err(window: MainWindow) -> None:
    """A bug whose message names an illness, as an error of the database would, and one that hangs on another."""
    try:
        try:
            raise UserError(ILLNESS)
        except UserError as error:
            raise RuntimeError(f"{ILLNESS} in a parameter") from error
    except RuntimeError as error:
        window.faults.handle(type(error), error, error.__traceback__)
    (box,) = [each for each in window.findChildren(QMessageBox) if each.isVisible()]
    said = box.text() + box.informativeText() + box.detailedText()
    assert ILLNESS not in said
    box.close()
