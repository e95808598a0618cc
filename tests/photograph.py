"""Pictures of every page and of the main dialogs on the sample branch: `python -m tests.photograph FOLDER`.

A script and no test. It works off screen where no display is named; `QT_QPA_PLATFORM=xcb` photographs on a real one.
The day is fixed, so that pictures of two versions differ only in what has changed.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui import application, desk, kept_file, theme
from gui.first_run import FirstRun
from gui.help import Manual
from gui.main_window import MainWindow
from gui.password_box import PasswordBox
from gui.tasks import Task
from models import sample
from models.database import Database
from models.errors import UserError

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "manual"
THE_DAY = date(2026, 11, 20)
_PATIENCE = 20_000  # milliseconds for a paper to be drawn

Deed = Callable[[Any], object]  # what is done on a page of the name it stands under


def _ten_past_nine() -> datetime:
    return datetime.combine(THE_DAY, time(9, 10)).astimezone(UTC)


class TheDay(date):
    """A clock that stands still."""

    @classmethod
    def today(cls) -> "TheDay":
        return cls(THE_DAY.year, THE_DAY.month, THE_DAY.day)


def _type(words: str) -> Deed:
    return lambda page: QTest.keyClicks(page.bar.entry, words)


def _press(name: str, words: str = "") -> Deed:
    """What a page does by one of its own actions, after `words` were typed into its line of entry."""

    def deed(page: Any) -> object:
        if words:
            _type(words)(page)
        return getattr(page, name)()

    return deed


def _show(target: str) -> Deed:
    return lambda page: page.show_target(target)


DIALOGS: dict[str, tuple[tuple[str, Deed], ...]] = {
    "members": (
        ("card", lambda page: page.show_target(1)),
        ("columns", _press("choose_columns")),
        ("new", _press("new_record")),
        ("import", _press("bring_in")),
        ("print", _press("print_out")),
    ),
    "branch": (
        ("terms", _show("members_terms")),
        ("changes", _show("members_changes")),
        ("statistics", _show("members_statistics")),
        ("card", _show("members_organisation")),
    ),
    "collect": (
        ("typed", _type("gwb")),
        ("amount", _type("50gwb")),
        ("months", _press("choose_months", "gwb")),
        ("assess", _press("assess", "gwb")),
        ("note", _press("note", "gwb")),
        ("reverse", _press("reverse", "zhw")),
        ("all", _press("collect_everybody")),
        ("closing", _press("close_month")),
    ),
    "dues": tuple((name, _show(f"dues_{name}")) for name in ("assessments", "payments", "arrears", "remittances")),
    "settings": tuple(
        (f"{number}", _show(name))
        for number, name in enumerate(("党费规则", "节假日", "数据文件", "备份", "密码", "显示", "操作记录", "关于"), 2)
    ),
}
"""The deeds to photograph on a page, by the name of its entry."""


class Studio:
    """The program on the sample as of the fixed day, in one size of text, and the folder for its pictures."""

    def __init__(self, folder: Path, data: Path, ending: str) -> None:
        self.folder = folder
        self.ending = ending
        self.window = MainWindow(application.ENTRIES)
        self.window.faults.catch_all()
        self.window.show()
        self.desk = desk.Desk(self.window, data, None, False)
        self.desk.start()
        self.lacking: list[str] = []

    def photograph_pages(self) -> None:
        """Every page of the navigation, and what is opened from it."""
        for entry in application.ENTRIES:
            try:
                self.window.go(entry.name)
            except ImportError as lack:
                self.lacking.append(f"{entry.name}: {lack}")
                continue
            self.keep(entry.name)
            for name, deed in DIALOGS.get(entry.name, ()):
                self._photograph_deed(entry.name, name, deed)
        self._photograph_ledgers()

    def photograph_apart(self) -> None:
        """The windows that stand by themselves: first steps, password, manual."""
        steps = FirstRun(Path("/数据/支部台账"), Path("/数据/支部台账/备份"))
        steps.show()
        steps.organisation.fields["name"].set_value("示例局机关第一党支部")
        for number in range(1, 4):
            self.keep(f"first-{number}", steps)
            steps.go_on() if number < 3 else steps.close()
        box = PasswordBox(Path("/数据/支部台账/示例支部.zbtz"), lambda _password: None)
        box.show()
        self.keep("password", box)
        box.close()
        manual = Manual(MANUAL, self.window)
        manual.open_at("collect")
        self.keep("manual", manual)
        manual.close()

    def keep(self, name: str, widget: QWidget | None = None) -> None:
        """Saves a picture of the window with the dialogs over it, or of another widget alone."""
        QTest.qWait(250)
        picture = widget.grab() if widget is not None else _composed(self.window)
        picture.save(str(self.folder / f"{name}{self.ending}.png"))

    def close(self) -> None:
        self.desk.leave()
        self.window.close()
        self.window.deleteLater()  # and the desk with it, which would go on watching its file

    def _photograph_deed(self, page_name: str, name: str, deed: Deed) -> None:
        page: Any = self.window.page
        try:
            deed(page)
        except ImportError as lack:
            self.lacking.append(f"{page_name}-{name}: {lack}")
            return
        except UserError as refusal:
            self.window.faults.show(refusal)
        self._wait_for_tasks()
        self.keep(f"{page_name}-{name}")
        for dialog in _over(self.window):
            dialog.close()
        QTest.qWait(50)
        if hasattr(page, "bar"):
            page.bar.entry.given_up.emit()

    def _wait_for_tasks(self) -> None:
        """Lets papers be drawn: the windows that show them open once their tasks have ended."""
        patience = QDeadlineTimer(_PATIENCE)
        while self.window.findChildren(Task) and not patience.hasExpired():
            QTest.qWait(50)

    def _photograph_ledgers(self) -> None:
        self.window.go("ledgers")
        page: Any = self.window.page
        for place in range(page.list.count()):
            page.list.setCurrentRow(place)
            entry = page.entry
            self.keep(f"ledgers-{(entry.ledger or entry.form).name}")


def _over(window: MainWindow) -> list[QWidget]:
    """The dialogs and menus that stand over the window."""
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]


def _composed(window: MainWindow) -> QPixmap:
    picture = window.grab()
    with _painting(picture) as painter:
        for dialog in _over(window):
            room = picture.rect()
            place = dialog.rect()
            place.moveCenter(room.center())
            painter.drawPixmap(place.topLeft(), dialog.grab())
            painter.drawRect(place)
    return picture


@contextmanager
def _painting(picture: QPixmap) -> Iterator[QPainter]:
    painter = QPainter(picture)
    yield painter
    painter.end()


def main(line: list[str]) -> int:
    """Makes the pictures; the status is 1 when a page or dialog was lacking."""
    reader = argparse.ArgumentParser(prog="python -m tests.photograph", description=__doc__)
    reader.add_argument("folder", type=Path)
    reader.add_argument("--sizes", nargs="*", default=["STANDARD"], choices=[each.name for each in theme.TextSize])
    wanted = reader.parse_args(line)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    lacking: list[str] = []
    with TemporaryDirectory() as private, patch.object(kept_file, "date", TheDay):
        for name in ("CONFIG", "DATA"):
            os.environ[f"XDG_{name}_HOME"] = private
        data = Path(private) / "示例支部.zbtz"
        with patch.object(Database, "create", partial(Database.create, clock=_ten_past_nine)):
            sample.build(data, THE_DAY).close()
        app = QApplication(sys.argv[:1])
        for name in wanted.sizes:
            size = theme.TextSize[name]
            theme.dress(app, size)
            studio = Studio(wanted.folder, data, "" if name == "STANDARD" else f"-{name.lower()}")
            studio.photograph_pages()
            studio.photograph_apart()
            studio.close()
            lacking += studio.lacking
    for each in lacking:
        sys.stderr.write(f"not photographed: {each}\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
