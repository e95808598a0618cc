"""The totals under a table: they follow what the table shows."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.parts.ledger_view import LedgerView
from tests.gui.invented import ROWS, sheet


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_other_sums_under_columns_of_the_same_width_are_painted(qtbot: QtBot, owner: QWidget) -> None:
    view = LedgerView()
    view.setParent(owner)
    view.resize(900, 400)
    view.show_sheet(sheet())
    view.show()
    qtbot.wait(100)
    paints = Paints()
    view.totals.installEventFilter(paints)
    view.show_sheet(sheet([*ROWS, ROWS[0]]))
    qtbot.waitUntil(lambda: paints.count > 0, timeout=2_000)
