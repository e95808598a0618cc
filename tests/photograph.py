"""Pictures of every page and every dialog on the sample branch: `python -m tests.photograph FOLDER`.

A script and no test. It works off screen where no display is named; `QT_QPA_PLATFORM=xcb` photographs on a real one.
The day is fixed, so that pictures of two versions differ only in what has changed.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any
from unittest.mock import patch

from PIL import Image
from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui import application, desk, kept_file, theme
from gui.first_run import FirstRun
from gui.help import Manual
from gui.main_window import MainWindow
from gui.parts.password_box import PasswordBox
from gui.tasks import Task
from models.database import Database
from models.errors import UserError
from models.sample import branch as sample
from tests.photographs import CHANGING, FOR_THE_MANUAL, MANUAL_WIDTH, SHOTS
from tests.shots import LackingError, Shot, beyond_the_screen, cut_off, leave, over

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "manual"
_COLOURS = 96
THE_DAY = date(2026, 11, 20)
_PATIENCE = 20_000  # milliseconds for a paper to be drawn
_DEEP = 8  # more windows never stand over one another


def _ten_past_nine() -> datetime:
    return datetime.combine(THE_DAY, time(9, 10)).astimezone(UTC)


class TheDay(date):
    """A clock that stands still."""

    @classmethod
    def today(cls) -> "TheDay":
        return cls(THE_DAY.year, THE_DAY.month, THE_DAY.day)


class Studio:
    """The program on the sample as of the fixed day, in one size of text, and the folder for its pictures."""

    def __init__(self, folder: Path, data: Path, ending: str, manual: Path | None) -> None:
        self.folder, self.manual = folder, manual
        self.ending = ending
        self.window = MainWindow(application.ENTRIES)
        self.lacking: list[str] = []
        patch.object(self.window.faults, "handle", self._note).start()
        self.window.faults.catch_all()
        self.window.show()
        self.desk = desk.Desk(self.window, data, None, False)
        self.desk.start()

    def photograph_pages(self, names: Sequence[str]) -> None:
        """Pages of the navigation, and what is opened from them."""
        for entry in application.ENTRIES:
            if entry.name not in names:
                continue
            self._take(entry.name, partial(self.window.go, entry.name))
            if entry.name == "ledgers":
                self._photograph_ledgers()
            page = self.window.page
            for shot in SHOTS.get(entry.name, ()):
                if self.window.page is not page:  # a row led to where it is dealt with
                    self.window.go(entry.name)
                self._photograph(entry.name, shot)
        for name, shot in CHANGING:
            if name in names:
                self.window.go(name)
                self._photograph(name, shot)

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
        shown = (widget,) if widget is not None else (self.window, *over(self.window))
        for cut in (cut for each in shown for cut in (*cut_off(each), *beyond_the_screen(each))):
            self.lacking.append(f"{name}{self.ending}: {cut.what} lacks {cut.wide} x {cut.tall}")
        picture = widget.grab() if widget is not None else _composed(self.window)
        picture.save(str(self.folder / f"{name}{self.ending}.png"))
        if self.manual is not None and name in FOR_THE_MANUAL:
            title, part = FOR_THE_MANUAL[name]
            _put_into(self.manual / f"{title}.png", picture.copy(part) if part else over(self.window)[-1].grab())

    def close(self) -> None:
        self.desk.leave()
        self.window.close()
        self.window.deleteLater()  # and the desk with it, which would go on watching its file

    def _photograph(self, page_name: str, shot: Shot) -> None:
        """Takes a picture, those of the dialog that it opened, and closes whatever stands open then."""
        page: Any = self.window.page
        self._take(f"{page_name}-{shot.name}", partial(shot.deed, page), shot.opens)
        for later in shot.then:
            if standing := over(self.window):
                self._take(f"{page_name}-{shot.name}-{later.name}", partial(later.deed, standing[-1]), later.opens)
        self._clear()
        if hasattr(page, "bar"):
            page.bar.entry.given_up.emit()
        self.window.banner.hide()

    def _clear(self) -> None:
        """Closes what stands over the window, and what comes back from behind it."""
        for _ in range(_DEEP):
            if not (standing := over(self.window)):
                return
            leave(standing[-1])
            QTest.qWait(50)
        raise AssertionError(f"{standing[-1]!r} does not close")

    def _take(self, name: str, deed: Callable[[], object], opens: bool = False) -> None:
        """Does something, waits for what it sets going, and takes the picture; notes what went wrong."""
        try:
            deed()
        except (LackingError, UserError, ImportError) as error:
            self.lacking.append(f"{name}: {error!r}")
            return
        self._wait_for_tasks()
        self.keep(name)
        if opens and not over(self.window):
            self.lacking.append(f"{name}: nothing opened")

    def _note(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self.lacking.append(repr(error))

    def _wait_for_tasks(self) -> None:
        """Lets papers be drawn: the windows that show them open once their tasks have ended."""
        patience = QDeadlineTimer(_PATIENCE)
        QTest.qWait(20)
        while any(task.isRunning() for task in self.window.findChildren(Task)) and not patience.hasExpired():
            QTest.qWait(20)

    def _photograph_ledgers(self) -> None:
        page: Any = self.window.page
        for place in range(page.list.count()):
            self._take(f"ledgers-{page.list.entries()[place].name}", partial(page.list.setCurrentRow, place))


def _office_screen(folder: Path) -> Path:
    """The screen of an old office PC, for Qt's platform without one."""
    screen = {"name": "office", "x": 0, "y": 0, "width": 1366, "height": 768}
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    return path


def _composed(window: MainWindow) -> QPixmap:
    picture = window.grab()
    with _painting(picture) as painter:
        for dialog in over(window):
            room = picture.rect()
            place = dialog.rect()
            place.moveCenter(room.center())
            painter.drawPixmap(place.topLeft(), dialog.grab())
            painter.drawRect(place)
    return picture


def _put_into(path: Path, picture: QPixmap) -> None:
    """Saves a picture as wide as a page of the manual at most, with few colours: nothing here has many."""
    if picture.width() > MANUAL_WIDTH:
        picture = picture.scaledToWidth(MANUAL_WIDTH, Qt.TransformationMode.SmoothTransformation)
    picture.save(str(path))
    with Image.open(path) as full:
        few = full.convert("RGB").quantize(_COLOURS)
    few.save(path, optimize=True)


@contextmanager
def _painting(picture: QPixmap) -> Iterator[QPainter]:
    painter = QPainter(picture)
    yield painter
    painter.end()


def main(line: list[str]) -> int:
    """Makes the pictures; the status is 1 when a page or dialog was lacking or something went wrong on the way."""
    reader = argparse.ArgumentParser(prog="python -m tests.photograph", description=__doc__)
    reader.add_argument("folder", type=Path)
    reader.add_argument("--sizes", nargs="*", default=["STANDARD"], choices=[each.name for each in theme.TextSize])
    pages = [entry.name for entry in application.ENTRIES]
    reader.add_argument("--pages", nargs="*", default=pages, choices=pages)
    reader.add_argument("--manual", action="store_true", help="put those of the manual into their folder")
    wanted = reader.parse_args(line)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    lacking: list[str] = []
    with TemporaryDirectory() as private, patch.object(kept_file, "date", TheDay):
        for name in ("CONFIG", "DATA"):
            os.environ[f"XDG_{name}_HOME"] = private
        if os.environ.get("QT_QPA_PLATFORM", "offscreen") == "offscreen" and not os.environ.get("DISPLAY"):
            os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_office_screen(Path(private))}"
        app = QApplication(sys.argv[:1])
        for name in wanted.sizes:
            data = Path(private) / name / "示例支部.zbtz"  # what one round of pictures changes is not there in the next
            data.parent.mkdir()
            with patch.object(Database, "create", partial(Database.create, clock=_ten_past_nine)):
                sample.build(data, THE_DAY).close()
            size = theme.TextSize[name]
            theme.dress(app, size)
            usual = name == "STANDARD"
            pictures = MANUAL / "pictures" if usual and wanted.manual else None
            studio = Studio(wanted.folder, data, "" if usual else f"-{name.lower()}", pictures)
            studio.photograph_pages(wanted.pages)
            studio.photograph_apart()
            studio.close()
            lacking += studio.lacking
    for each in lacking:
        sys.stderr.write(f"not photographed: {each}\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
