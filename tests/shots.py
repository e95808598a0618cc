"""The means of photographing: what is pressed, chosen and shown before a picture is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

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
    """Clicks the button whose words begin so."""

    def deed(place: QWidget) -> None:
        found = [each for each in place.window().findChildren(QAbstractButton) if _says(each.text(), words)]
        usable = [each for each in found if each.isVisible() and each.isEnabled()]
        if not usable:
            raise LackingError(f"no button “{words}” to press")
        usable[0].click()

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
