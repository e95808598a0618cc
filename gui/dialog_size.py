"""How large a dialog opens."""

from PySide6.QtWidgets import QWidget

from gui.theme import scaled

_FRAME = 60  # pixels of the screen left for the title and the edges


def open_at(dialog: QWidget, width: int, height: int) -> None:
    """Gives a dialog the size drawn for 14 px text, in the present text size but within its screen."""
    room = dialog.screen().availableGeometry()
    dialog.resize(
        min(scaled(dialog, width), room.width() - _FRAME), min(scaled(dialog, height), room.height() - _FRAME)
    )


def fit_to_contents(dialog: QWidget) -> None:
    """Makes a dialog as tall as its contents ask, within its screen; Qt's own adjustSize stops at two thirds of it."""
    layout = dialog.layout()
    assert layout is not None
    layout.activate()
    room = dialog.screen().availableGeometry()
    width = min(max(dialog.minimumWidth(), layout.totalSizeHint().width()), room.width() - _FRAME)
    asked = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    dialog.resize(width, min(asked, room.height() - _FRAME))
