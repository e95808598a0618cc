"""How large windows open."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.parts.dialog_size import fill_small_screen


@pytest.mark.parametrize(("wide", "high", "fills"), [(400, 300, False), (400, 5000, True), (5000, 300, True)])
def test_a_window_larger_than_its_screen_fills_it(qtbot: QtBot, wide: int, high: int, fills: bool) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(wide, high)
    fill_small_screen(window)
    window.show()
    assert window.isVisible()
    assert window.isMaximized() == fills
