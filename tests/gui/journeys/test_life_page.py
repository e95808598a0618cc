"""The page 组织生活: its views, what is asked of them, how they are reached."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.life.ledgers import LifeLedgers
from gui.life.page import VIEWS, LifePage
from gui.workspace import Workspace
from models.database import Database
from tests.gui.journeys.conftest import VIEW


def test_each_view_is_made_when_it_is_first_chosen(branch: Database, qtbot: QtBot) -> None:
    page = LifePage(Workspace(branch, VIEW))
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.reload()
    assert page.stack.count() == 1
    for number, view in enumerate(VIEWS, 1):
        qtbot.keyClick(page, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert page.stack.currentWidget() is page.view
        assert page.buttons[view.name].property("chosen") is True
        assert page.keys == page.view.keys
    assert page.stack.count() == len(VIEWS)


def test_a_target_names_the_view_and_what_to_show_in_it(branch: Database, qtbot: QtBot) -> None:
    page = LifePage(Workspace(branch, VIEW))
    qtbot.addWidget(page)
    page.reload()
    page.show_target(("ledgers", "members_birthdays"))
    assert isinstance(page.view, LifeLedgers)
    assert page.view.chapter_shown.name == "members_birthdays"
    page.view.go("life", "ledgers")  # a view may lead to another one of the page
    assert page.view is page.stack.currentWidget()
