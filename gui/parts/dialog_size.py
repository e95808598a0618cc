"""How large a dialog opens."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from gui.theme import scaled

_FRAME = 60  # pixels of the screen left for the title and the edges


def open_at(dialog: QWidget, width: int, height: int) -> None:
    """Gives a dialog the size drawn for 14 px text, in the present text size but within its screen."""
    room = dialog.screen().availableGeometry()
    dialog.resize(
        min(scaled(dialog, width), room.width() - _FRAME), min(scaled(dialog, height), room.height() - _FRAME)
    )


def fill_small_screen(window: QWidget) -> None:
    """Has a window open over the whole screen where with its frame it would reach beyond it, else in its own size."""
    room = window.screen().availableGeometry()
    if window.width() > room.width() - _FRAME or window.height() > room.height() - _FRAME:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def asked_height(layout: QLayout, width: int) -> int:
    """How tall a layout of this width asks to be; a layout without wrapped words knows no height for a width."""
    return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()


def fit_to_contents(dialog: QWidget) -> None:
    """Makes a dialog as tall as its contents ask, within its screen; Qt's own adjustSize stops at two thirds of it."""
    layout = dialog.layout()
    assert layout is not None
    layout.activate()
    room = dialog.screen().availableGeometry()
    width = min(max(dialog.minimumWidth(), layout.totalSizeHint().width()), room.width() - _FRAME)
    dialog.resize(width, min(asked_height(layout, width), room.height() - _FRAME))


def fit_around(dialog: QWidget, scrolled: QWidget, whole: int) -> None:
    """Makes a dialog as tall as it asks with `whole` pixels of its scrolled part, or with what the screen leaves."""
    scrolled.setMinimumHeight(whole)
    fit_to_contents(dialog)
    layout = dialog.layout()
    assert layout is not None
    lacking = asked_height(layout, dialog.width()) - (dialog.screen().availableGeometry().height() - _FRAME)
    if lacking > 0:
        scrolled.setMinimumHeight(max(whole - lacking, 0))
        fit_to_contents(dialog)


def grow_to_contents(dialog: QWidget) -> None:
    """Makes an open dialog taller where what it says by now asks for more; it never becomes smaller under the hand."""
    layout = dialog.layout()
    assert layout is not None
    layout.activate()
    asked = min(asked_height(layout, dialog.width()), dialog.screen().availableGeometry().height() - _FRAME)
    if asked > dialog.height():
        dialog.resize(dialog.width(), asked)
