"""A secretary who types minutes without pause, to be killed: the window is the real one, on no screen.

Run as a program: the data file, the number of a record, a password. Each line printed is the length of a text that the
program has said to have kept as a draft.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.life import minutes_drafts
from gui.life.minutes_view import MinutesView
from gui.main_window import MainWindow
from gui.page import PageEntry
from gui.workspace import Workspace
from models.database import Database
from models.ledger import View
from models.rules.periods import Month, Period
from tests.reliability.worker import MONTH, TODAY

OFTEN = 60  # milliseconds between drafts, that many are being written when the end comes


def main(path: Path, number: int, password: str | None) -> None:
    minutes_drafts.EVERY = OFTEN
    app = QApplication([])
    theme.dress(app)
    window = MainWindow([PageEntry("minutes", "记录", "users", MinutesView)])
    window.show()
    window.begin(Workspace(Database.open(path, password), View(TODAY, Period(Month.of(TODAY), MONTH))))
    page = window.page
    assert isinstance(page, MinutesView)
    page.show_target(number)
    text = page.record.text.text
    page.drafts.kept.connect(lambda _at: say(str(len(text.text()))))
    typing = QTimer(interval=5)
    typing.timeout.connect(lambda: QTest.keyClicks(text, "a"))
    typing.start()
    say("ready")
    app.exec()


def say(line: str) -> None:
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
