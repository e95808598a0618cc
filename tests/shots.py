"""The means of photographing: what is pressed, chosen and shown before a picture is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLayout, QMenu, QMessageBox, QPushButton, QWidget

from gui.parts.ledger_view import LedgerView

Deed = Callable[[Any], object]  # what is done with a page, or with the dialog that stands over it


class LackingError(Exception):
    """What was to be pressed is not there, or cannot be pressed."""


@dataclass(frozen=True)
class Shot:
    """A picture by its name and what is done before it is taken.

    Unless it only shows something on the page, a dialog or menu must stand open then; `then` is taken of that one.
    """

    name: str
    deed: Deed
    then: tuple["Shot", ...] = ()
    opens: bool = True


def view(name: str, deed: Deed) -> Shot:
    """A picture of what is shown on the page, over which nothing opens."""
    return Shot(name, deed, opens=False)


def press(words: str) -> Deed:
    """Clicks the button whose words begin so, or chooses them from the menu that stands for it in a large text."""

    def deed(place: QWidget) -> None:
        shown = [each for each in place.window().findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
        menus = [each.menu() for each in shown if isinstance(each, QPushButton) and each.menu() is not None]
        for button in shown:
            if _says(button.text(), words):
                button.click()
                return
        for action in (each for menu in menus for each in menu.actions()):
            if action.isVisible() and _says(action.text(), words):
                action.trigger()
                return
        raise LackingError(f"no button “{words}” to press")

    return deed


def choose(words: str) -> Deed:
    """Chooses from the menu that stands open."""

    def deed(menu: QWidget) -> None:
        assert isinstance(menu, QMenu)
        for action in menu.actions():
            if _says(action.text(), words):
                menu.close()
                action.trigger()
                return
        raise LackingError(f"no “{words}” in the menu")

    return deed


def _says(text: str, words: str) -> bool:
    return text.replace("&", "").startswith(words)


def show(target: Any) -> Deed:
    """Shows something on the page, as a link to it does."""
    return lambda page: page.show_target(target)


def on(target: Any, words: str) -> Deed:
    """Clicks a button after showing what it belongs to."""

    def deed(page: Any) -> None:
        page.show_target(target)
        QTest.qWait(50)  # what stands beside it is put there by the loop of events
        press(words)(page)

    return deed


def over(window: QWidget) -> list[QWidget]:
    """The dialogs and menus that stand over the window, the lowest first."""
    found = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]
    return sorted(found, key=lambda each: (isinstance(each, QMenu), _depth(each)))


def _depth(widget: QObject) -> int:
    above: QObject | None = widget.parent()
    return 1 + _depth(above) if above else 0


def leave(standing: QWidget) -> None:
    """Closes what stands over the window; asked whether what was typed is to be given up, it says yes."""
    if isinstance(standing, QMessageBox) and any(each.text() == "放弃" for each in standing.buttons()):
        press("放弃")(standing)
    else:
        standing.close()


class Cut(NamedTuple):
    """Something that has less room than it needs at least, and how many pixels it lacks."""

    what: str
    wide: int
    tall: int


def cut_off(window: QWidget) -> list[Cut]:
    """All that is cut off in the window."""
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        layout = widget.layout()
        if layout is None or not widget.isVisible():
            continue
        wide = layout.totalMinimumSize().width() - widget.width()
        tall = needed_height(layout, widget.width()) - widget.height()
        if isinstance(widget, LedgerView):
            tall = 0  # a table scrolls
        if wide > 0 or tall > 0:
            found.append(Cut(type(widget).__name__, max(wide, 0), max(tall, 0)))
    return found


def beyond_the_screen(window: QWidget) -> list[Cut]:
    """What the screen lacks to hold the window."""
    room = window.screen().availableGeometry()
    wide, tall = window.width() - room.width(), window.height() - room.height()
    return [Cut("the screen", max(wide, 0), max(tall, 0))] if wide > 0 or tall > 0 else []


def needed_height(layout: QLayout, width: int) -> int:
    """How tall a layout of this width is at least; one without wrapped words knows no height for a width."""
    if layout.hasHeightForWidth():
        return layout.totalMinimumHeightForWidth(width)
    return layout.totalMinimumSize().height()
