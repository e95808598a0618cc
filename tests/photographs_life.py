"""What is photographed of organisation life: its views, every chapter of its ledgers, what their buttons open."""

from collections.abc import Callable
from typing import Any

from PySide6.QtTest import QTest

from gui.ledgers.chapter_page import Chapter
from gui.life.chapters import CHAPTERS
from gui.life.page import VIEWS
from models.records.life import activities
from models.rules.periods import Period
from tests.shots import Deed, LackingError, Shot, on, press, show, view

_LEDGERS, _RECORDS, _YEAR = "ledgers", "records", "year"
# Whose further buttons are for rows in a state of their own.
_OF_SOME_ROWS = (
    "life_make_up", "life_followups", "life_problems", "life_lists", "life_plan", "life_month_plan", "care_sources",
    "care_pairing_tasks", "care_service_hours", "care_visits", "care_concerns",
)  # fmt: skip


def chapter_shots(ledgers: str, chapter: Chapter) -> tuple[Shot, ...]:
    """A chapter of the view of ledgers, and the forms and papers that its buttons open."""
    place = (ledgers, chapter.name)
    shots = [view(chapter.name, _filled(place))]
    if chapter.new is not None:
        shots.append(Shot(f"{chapter.name}-new", on(place, chapter.new[0])))
    if chapter.change is not None and chapter.name != "care_sources":  # a form opens, or the row leads to its record
        shots.append(view(f"{chapter.name}-change", with_a_row(place, chapter.change[0])))
    for number, deed in enumerate(() if chapter.name in _OF_SOME_ROWS else chapter.more, 1):
        shots.append(Shot(f"{chapter.name}-more-{number}", with_a_row(place, deed.words)))
    return tuple(shots)


def _filled(place: tuple[str, str]) -> Deed:
    """Shows a chapter, in the year before where it has nothing in this one: what January says of the past year."""

    def deed(page: Any) -> None:
        page.show_target(place)
        chapters = page.view
        if not chapters.table.rows_shown() and chapters.period.isVisible():
            before = Period.of_year(chapters.view.period.year - 1)
            chapters.period.choose(before)
            chapters.period.picked.emit(before)

    return deed


def with_a_row(place: tuple[str, str], words: str, wanted: Callable[[Any], bool] = lambda _row: True) -> Deed:
    """Presses a button of a chapter while its first row that is `wanted` is chosen."""

    def deed(page: Any) -> None:
        _filled(place)(page)
        QTest.qWait(50)
        if not page.view.table.select(wanted):
            raise LackingError(f"no row in {place[1]}")
        QTest.qWait(50)
        press(words)(page)

    return deed


def _record(state: str) -> Deed:
    """Shows the first record in this state."""

    def deed(page: Any) -> None:
        page.show_target(_RECORDS)
        QTest.qWait(50)
        found = next((each for each in page.view.list.list.entries() if each.state == state), None)
        if found is None:
            raise LackingError(f"no record is {state}")
        page.show_target((_RECORDS, found.id))

    return deed


def _with_a_record(state: str, words: str) -> Deed:
    def deed(page: Any) -> None:
        _record(state)(page)
        QTest.qWait(100)
        press(words)(page)

    return deed


def _votes(page: Any) -> None:
    """The minutes of a record in progress, down to its votes and what follows."""
    _record(activities.RECORDING)(page)
    QTest.qWait(100)
    bar = page.view.record.area.verticalScrollBar()
    bar.setValue(bar.maximum())


_LIFE_RECORDS = (
    view("recording", _record(activities.RECORDING)),
    view("filed", _record(activities.FILED)),
    view("planned", _record(activities.PLANNED)),
    Shot("record-new", on(_RECORDS, "新记录")),
    Shot("record-print", _with_a_record(activities.FILED, "打印记录")),
    Shot("record-files", _with_a_record(activities.FILED, "签字件、照片")),
    Shot("record-begin", _with_a_record(activities.PLANNED, "开始记录")),
    Shot("search", on(_RECORDS, "查找记录")),
)
_LIFE_YEAR = (
    Shot("plan", on(_YEAR, "安排活动")),
    Shot("generate", on(_YEAR, "按规定生成")),
    Shot("copy", on(_YEAR, "照上年拟")),
)

LIFE = (
    *(view(each.name, show(each.name)) for each in VIEWS),
    *_LIFE_YEAR,
    *_LIFE_RECORDS,
    *(shot for chapter in CHAPTERS for shot in chapter_shots(_LEDGERS, chapter)),
    Shot("charts", on((_LEDGERS, "life_statistics"), "图表")),
)
