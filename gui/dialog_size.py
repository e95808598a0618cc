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
