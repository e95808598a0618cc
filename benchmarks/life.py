"""Ten years of a general branch on the screen, from an encrypted file: each page beside the driver's bare reading."""

import gc
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from benchmarks import decade, ten_years
from benchmarks.case import Case
from gui import theme
from gui.application import ENTRIES
from gui.life.minutes_search import MinutesSearch
from gui.main_window import MainWindow
from gui.workspace import Workspace
from models.database import Database
from models.ledger import View
from models.records.life import activities, attendance
from models.records.life.attendance import Mark
from models.rules.meetings import PRESENT
from models.rules.periods import Period

MOST, MOST_SEARCH = 0.3, 0.2  # seconds of CPU: what a hand does not wait for
_YEAR, _TEN_YEARS = Period.parse("2026"), Period.parse("2017..2026")


@dataclass(frozen=True)
class Desk:
    """The window over the file, and a bare connection to it for the floor."""

    application: QApplication
    window: MainWindow
    connection: Any

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.window.page

    @property
    def view(self) -> Any:
        """The view of it that is shown."""
        return self.page.view

    def settle(self) -> None:
        self.application.processEvents()


def desk(folder: Path) -> Desk:
    """The window as it stands in the middle of a day: every view of organisation life was open before."""
    return desk_over(decade.copied_to(folder), "life", ("year", "records", ("ledgers", "life_statistics")))


def desk_over(path: Path, page: str, targets: Iterable[Any]) -> Desk:
    """The window over a file of ten years, with the views of a page that were open before."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    theme.dress(application)
    database = Database.open(path, ten_years.PASSWORD, actor="周丽萍")
    window = MainWindow(ENTRIES)
    window.show()
    window.begin(Workspace(database, View(ten_years.TODAY, _YEAR), parent=window))
    made = Desk(application, window, database.connect())
    for target in targets:
        window.go(page, target)
        made.settle()
    gc.freeze()  # as the program does with what its start has put in place
    return made


def at(target: str) -> Callable[[Path], Desk]:
    """The same with one of the views shown."""

    def prepare(folder: Path) -> Desk:
        made = desk(folder)
        made.window.go("life", target)
        made.settle()
        return made

    return prepare


def read_anew(desk: Desk) -> None:
    """What is shown, as after anything was saved."""
    desk.view.reload()
    desk.settle()


def open_minutes(desk: Desk) -> None:
    """Another record: its fields, its text, its roll of fifty."""
    desk.window.go("life", ("records", decade.MEETING))
    desk.settle()


def open_and_mark(folder: Path) -> Desk:
    """A record of fifty opened again, to be marked."""
    made = at("records")(folder)
    with made.page.workspace.writing("重新打开") as session:
        activities.reopen(session, decade.MEETING, "补点名")
    open_minutes(made)
    return made


def mark(desk: Desk) -> None:
    """Everybody marked present and saved, with the trail, and the page read anew."""
    with desk.page.workspace.writing("点名") as session:
        attendance.mark(session, decade.MEETING, {number: Mark(PRESENT) for number in decade.CALLED})
    desk.settle()


def filter_records(desk: Desk) -> None:
    """The first word typed into the filter of the list."""
    desk.view.list.filter.setText("党课")
    desk.settle()


def ledger(name: str, period: Period) -> Callable[[Desk], None]:
    """A ledger shown for a period."""

    def show(desk: Desk) -> None:
        desk.view.view = replace(desk.view.view, period=period)
        if desk.view.chapter_shown.name == name:
            desk.view.reload()
        else:
            desk.view.show_target(name)
        desk.settle()

    return show


def search(desk: Desk) -> None:
    """Two words looked for in the minutes of ten years, what was found painted."""
    dialog = MinutesSearch(desk.page)
    dialog.show()
    dialog.field.setText(f"{decade.RARE} 会议")
    dialog.look()
    desk.settle()
    if dialog.list.count() == 0:
        raise RuntimeError("nothing was found")


def bare(statement: str) -> Callable[[Desk], object]:
    """What the driver alone takes for the answer to one statement."""
    return lambda desk: desk.connection.execute(statement).fetchall()


_OF_YEAR = bare("SELECT * FROM activities WHERE held_on BETWEEN '2026-01-01' AND '2026-12-31'")
_ROLL = bare(f"SELECT * FROM attendances WHERE activity_id = {decade.MEETING}")
_ROLLS = "SELECT activity_id, state, count(*) FROM attendances {} GROUP BY activity_id, state"
_ROLLS_OF_YEAR = bare(
    _ROLLS.format(
        "WHERE activity_id IN (SELECT id FROM activities WHERE held_on BETWEEN '2026-01-01' AND '2026-12-31')"
    )
)
_ALL_ROLLS = bare(_ROLLS.format(""))
_TEXTS = bare(f"SELECT activity_id FROM minutes WHERE text LIKE '%{decade.RARE}%' AND text LIKE '%会议%'")
_ACTIVITIES = "the year's activities fetched by the driver"
_ATTENDANCES = "the year's attendances grouped by the driver"


def _case(
    title: str,
    prepare: Callable[[Path], Desk],
    ours: Callable[[Desk], None],
    floor: tuple[str, Callable[[Desk], object]],
    most: float = MOST,
) -> Case:
    return Case(f"ten years of organisation life: {title}", floor[0], prepare, ours, floor[1], most=most)


CASES = (
    _case("the year with its duties", at("year"), read_anew, (_ACTIVITIES, _OF_YEAR)),
    _case("the records of a year", at("records"), read_anew, (_ACTIVITIES, _OF_YEAR)),
    _case("filtered by a word", at("records"), filter_records, (_ACTIVITIES, _OF_YEAR)),
    _case("a record with its roll of fifty", at("records"), open_minutes, ("its roll fetched by the driver", _ROLL)),
    _case("fifty marked and saved", open_and_mark, mark, ("their roll fetched by the driver", _ROLL)),
    _case("meetings of a year", at("ledgers"), ledger("life_meetings", _YEAR), (_ATTENDANCES, _ROLLS_OF_YEAR)),
    _case("attendance of a year", at("ledgers"), ledger("life_attendance", _YEAR), (_ATTENDANCES, _ROLLS_OF_YEAR)),
    _case("counts of a year", at("ledgers"), ledger("life_statistics", _YEAR), (_ATTENDANCES, _ROLLS_OF_YEAR)),
    _case(
        "counts of all ten years",
        at("ledgers"),
        ledger("life_statistics", _TEN_YEARS),
        ("all attendances grouped by the driver", _ALL_ROLLS),
    ),
    _case(
        "two words in all minutes",
        at("ledgers"),
        search,
        ("LIKE on their texts by the driver", _TEXTS),
        MOST_SEARCH,
    ),
)
