"""The application as it is dressed for use, and a workspace over invented doors."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.workspace import Workspace


@pytest.fixture(autouse=True, scope="session")
def _dressed(qapp: QApplication) -> Iterator[None]:
    theme.dress(qapp)
    yield
    qapp.clipboard().clear()  # Qt's offscreen platform crashes at exit over what Python put there


@pytest.fixture(autouse=True)
def _windows_go_with_their_test(qapp: QApplication) -> Iterator[None]:
    """Deletes what is to be deleted: no event loop runs that would, and hundreds of old windows make all slow."""
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class InventedDoors:
    """A data file that keeps only the list of what was written."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.path = Path("支部.zbtz")
        self.encrypted = False
        self.read_only = False

    @contextmanager
    def reading(self) -> Iterator[list[str]]:
        yield self.written

    @contextmanager
    def writing(self, what: str) -> Iterator[list[str]]:
        yield self.written
        self.written.append(what)


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    """A window for dialogs to belong to, kept until the test is over."""
    made = QWidget()
    made.resize(900, 500)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def doors() -> InventedDoors:
    return InventedDoors()


@pytest.fixture
def workspace(doors: InventedDoors) -> Iterator[Workspace]:
    made: Any = Workspace(doors, view="2026-11")
    yield made
    made.deleteLater()
