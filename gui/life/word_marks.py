"""Words that were looked for, marked where they stand in a field of text."""

from collections.abc import Sequence
from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from gui.palette import PALETTE


class Mark(Protocol):
    """What QTextEdit.ExtraSelection has and PySide6's stubs do not name."""

    cursor: QTextCursor
    format: QTextCharFormat


def mark_words(area: QTextEdit, words: Sequence[str]) -> list[QTextCursor]:
    """Lays a ground under every place where one of the words stands, until others are marked; answers the places."""
    look = QTextCharFormat()
    look.setBackground(QColor(PALETTE.amber_soft))
    marks, places = [], []
    for word in words:
        place = area.document().find(word)
        while not place.isNull():
            made = QTextEdit.ExtraSelection()
            mark = cast(Mark, made)
            mark.cursor, mark.format = QTextCursor(place), look
            marks.append(made)
            places.append(place)
            place = area.document().find(word, place)
    area.setExtraSelections(marks)
    return sorted(places, key=lambda each: each.selectionStart())


def show_words(areas: Sequence[QTextEdit], words: Sequence[str]) -> bool:
    """Marks the words in every field and puts the cursor before the first; False where none stands there."""
    places = [(area, place) for area in areas for place in mark_words(area, words)]
    if not places:
        return False
    area, place = places[0]
    place.setPosition(place.selectionStart())
    area.setTextCursor(place)
    area.ensureCursorVisible()
    area.setFocus(Qt.FocusReason.OtherFocusReason)
    return True
