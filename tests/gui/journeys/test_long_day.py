"""What was opened and closed again is gone: a window that stands open for days grows by nothing."""

import gc
import shutil
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gui import safekeeping
from gui.application import ENTRIES
from gui.desk import Desk
from gui.idle_lock import Guard
from gui.kept_file import KeptFile
from gui.main_window import MainWindow
from gui.page import Page
from gui.parts.password_box import PasswordBox
from gui.safekeeping import Safekeeping
from gui.tasks import Task
from gui.workspace import Workspace
from tests import founded
from tests.gui.journeys.conftest import TODAY, dialog_of
from tests.photographs import SHOTS
from tests.shots import Shot, leave, on, over

PASSWORD = "三棵树下的老自行车"
FORMS = Shot("form", on("dues_register", "表样"))
OPENED = (
    ("members", "columns"), ("members", "erase"), ("dues", "form"), ("ledgers", "export"), ("ledgers", "send"),
    ("life", "life_reminders-new"),
)  # fmt: skip
pytestmark = pytest.mark.usefixtures("own_computer")


@pytest.fixture
def path(sample_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(sample_file, tmp_path / "甲总支.zbtz"))


def sweep() -> None:
    """Deletes what is to be deleted, as the loop of events does."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def shot(page: str, name: str) -> Shot:
    return FORMS if name == FORMS.name else next(each for each in SHOTS[page] if each.name == name)


def lies(desk: Desk, path: Path) -> bool:
    return desk.kept is not None and desk.kept.database.path == path


def close_all(window: MainWindow) -> None:
    for _ in range(6):
        for each in over(window)[-1:]:
            leave(each)
        QApplication.processEvents()
        sweep()
    assert not over(window)


def children(window: MainWindow, *kinds: type[QObject]) -> list[str]:
    return sorted(type(each).__name__ for kind in kinds for each in window.findChildren(kind))


@pytest.mark.parametrize(("name", "what"), OPENED)
def test_a_dialog_or_menu_goes_when_it_is_closed(
    name: str, what: str, lay: Callable[..., Desk], window: MainWindow, path: Path
) -> None:
    lay(path)
    window.go(name)
    page, taken = window.page, shot(name, what)
    before = children(window, QDialog, QMenu)
    for _ in range(2):
        taken.deed(page)
        assert over(window)
        for later in taken.then:
            later.deed(over(window)[-1])
        close_all(window)
    assert children(window, QDialog, QMenu) == before


def test_nothing_stays_of_a_file_that_another_took_the_place_of(
    lay: Callable[..., Desk], window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "乙支部.zbtz"
    founded.make(other, "乙局第二党支部", TODAY).close()
    desk = lay(path)
    desk.leave_for(other)
    sweep()
    before = len(window.findChildren(QWidget))
    for wanted in (path, other):
        for entry in ENTRIES:
            window.go(entry.name)
        desk.leave_for(wanted)
        qtbot.waitUntil(partial(lies, desk, wanted))
        sweep()
    assert len(window.findChildren(QWidget)) == before
    assert children(window, KeptFile, Safekeeping, Workspace) == ["KeptFile", "Safekeeping", "Workspace"]
    assert len(children(window, Page)) == 1


def test_what_was_done_in_the_background_is_gone_afterwards(
    lay: Callable[..., Desk], window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    desk = lay(path)
    qtbot.waitUntil(lambda: desk.idle_lock is not None)
    assert desk.kept is not None
    safe = desk.kept.safe
    for _ in range(3):
        safe.is_changed = True
        safe._back_up_quietly()
        qtbot.waitUntil(lambda: not safe._work, timeout=20_000)
    sweep()
    assert children(window, Task) == []


def test_a_file_that_was_put_away_is_not_checked_any_more(
    lay: Callable[..., Desk], window: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "CHECK_AFTER", 50)
    asked: list[str] = []
    monkeypatch.setattr(Safekeeping, "check_if_due", lambda _self: asked.append("too late"))
    desk = lay(path)
    qtbot.waitUntil(lambda: desk.idle_lock is not None)
    desk.leave()
    qtbot.wait(100)
    assert asked == []


def test_nothing_stays_of_a_lock(lay: Callable[..., Desk], window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "锁.zbtz"
    founded.make(path, "丙局第三党支部", TODAY, password=PASSWORD).close()
    desk = lay(path)
    give_password(dialog_of(window, PasswordBox))
    qtbot.waitUntil(lambda: desk.idle_lock is not None)
    sweep()
    guards: list[weakref.ref[Guard]] = []
    for _ in range(3):
        desk.idle_lock.lock()
        guards.append(weakref.ref(desk.idle_lock._guard))
        give_password(desk.idle_lock.box)
        QApplication.processEvents()
        sweep()
    gc.collect()
    assert [guard() for guard in guards] == [None, None, None]
    assert children(window, PasswordBox) == []


def give_password(box: Any) -> None:
    box.field.setText(PASSWORD)
    box.open_button.click()
