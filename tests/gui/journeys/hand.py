"""The hand at keyboard and mouse: it does only what a person can do, and counts it."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QStyle, QStyleOptionButton, QTableView, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from gui.parts.chooser import Chooser

_CHORDS = {"Alt": Qt.KeyboardModifier.AltModifier, "Ctrl": Qt.KeyboardModifier.ControlModifier}
_KEYS = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape}
_ANSWERS_AFTER = 150  # milliseconds: a button pressed by its access key is seen going down first
Shown = TypeVar("Shown", bound=QWidget)


class Hand:
    """Keys go to whatever has the focus, clicks only to what is seen and can be used; `count` adds them up."""

    def __init__(self, bot: QtBot, window: QWidget) -> None:
        self._bot = bot
        self._windows = [window]
        self.count = 0

    def write(self, text: str) -> None:
        """A key for each character."""
        self._bot.keyClicks(self._focused(), text)
        self.count += len(text)

    def press(self, *keys: str) -> None:
        """Keys one after the other: Enter and Esc by name; a chord as Alt+S counts as two."""
        for key in keys:
            *chord, last = key.split("+")
            code = _KEYS[last] if last in _KEYS else Qt.Key(ord(last))
            modifiers = Qt.KeyboardModifier.NoModifier
            for each in chord:
                modifiers |= _CHORDS[each]
            self._bot.keyClick(self._focused(), code, modifiers)
            if "Alt" in chord:
                self._bot.wait(_ANSWERS_AFTER)
            self.count += 1 + len(chord)

    def click(self, target: QWidget) -> None:
        """One click of the mouse on something that is shown and can be used."""
        assert target.isVisible(), target
        assert target.isEnabled(), target
        where = target.rect().center()
        if isinstance(target, QCheckBox):  # only the box and its words answer, not the room beside them
            option = QStyleOptionButton()
            target.initStyleOption(option)
            where = target.style().subElementRect(QStyle.SubElement.SE_CheckBoxClickRect, option, target).center()
        self._bot.mouseClick(target, Qt.MouseButton.LeftButton, pos=where)
        self.count += 1

    def click_words(self, among: QWidget, words: str) -> None:
        """One click on the button that says so."""

        def found() -> list[QAbstractButton]:
            buttons = among.findChildren(QAbstractButton)
            return [each for each in buttons if each.text().startswith(words) and each.isVisible()]

        self._bot.waitUntil(lambda: bool(found()), timeout=5000)
        self.click(found()[0])

    def click_row(self, table: QTableView, row: int) -> None:
        """One click on the first cell of a row."""
        place = table.visualRect(table.model().index(row, 0)).center()
        self._bot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.count += 1

    def choose(self, chooser: Chooser, words: str) -> None:
        """Two clicks: the list opens, and one of its lines is taken."""
        self._bot.mouseClick(chooser, Qt.MouseButton.LeftButton)
        place = chooser.findText(words)
        assert place >= 0, words
        lines = chooser.view()
        index = chooser.model().index(place, 0)
        lines.scrollTo(index)
        self._bot.waitUntil(lines.isVisible, timeout=2000)
        self._bot.wait(QApplication.doubleClickInterval())  # a list that has just opened takes no second click yet
        self._bot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=lines.visualRect(index).center())
        self.count += 2

    def awaits(self, kind: type[Shown], under: QWidget) -> Shown:
        """A window or dialog of this kind, once it stands."""

        def shown() -> list[Shown]:
            return [each for each in under.findChildren(kind) if each.isVisible()]

        self._bot.waitUntil(lambda: bool(shown()), timeout=20_000)
        found = shown()[-1]
        self._windows.append(found.window())
        found.window().activateWindow()  # as every desktop does by itself with a window that opens
        self._bot.waitUntil(found.window().isActiveWindow, timeout=5000)
        return found

    def _focused(self) -> QWidget:
        """What has the focus; where a window has closed, the one under it comes forward, as on every desktop."""
        while len(self._windows) > 1 and not self.is_open(self._windows[-1]):
            self._windows.pop()
        if QApplication.activeWindow() is None:
            self._windows[-1].activateWindow()
            self._bot.waitUntil(self._windows[-1].isActiveWindow, timeout=5000)
        found = QApplication.focusWidget()
        assert found is not None
        return found

    @staticmethod
    def is_open(window: QWidget) -> bool:
        """Whether a window still stands."""
        return isValid(window) and window.isVisible()
