"""Operations that change nothing: pages, chapters, rows, filters, searches, dialogs opened and left."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from gui.application import ENTRIES
from gui.help import Manual
from gui.parts.ledger_view import LedgerView
from tests.photographs import SHOTS
from tests.session.sitting import Sitting
from tests.shots import LackingError, Shot, over

T = TypeVar("T")
_LETTERS = ("zhw", "gwb", "w", "l", "z", "zlp", "qyn", "wgq", "x", "4")  # the tests of Qt type no Chinese
_WORDS = ("第一", "党员", "2026", "主题", "张")
_SETTLES_AFTER = 300  # milliseconds in which a filter waits for the next letter


def in_turn(whole: Sequence[T]) -> Callable[[Sitting], T]:
    """Hands out one after the other, all of them before any again, in an order that changes."""
    left: list[T] = []

    def next_one(sitting: Sitting) -> T:
        if not left:
            left.extend(sitting.pick.sample(whole, len(whole)))
        return left.pop()

    return next_one


def _shots(opens: bool) -> list[tuple[str, Shot]]:
    return [(page, shot) for page, shots in SHOTS.items() for shot in shots if shot.opens is opens]


_page = in_turn([entry.name for entry in ENTRIES])
_view = in_turn(_shots(opens=False))
_dialog = in_turn(_shots(opens=True))
_letters, _words = in_turn(_LETTERS), in_turn(_WORDS)
_tables = in_turn(("members", "branch", "dues", "life", "care", "ledgers"))


def open_page(sitting: Sitting) -> None:
    sitting.go(_page(sitting))


def open_view(sitting: Sitting) -> None:
    """A ledger, a chapter, a section, a state of a page."""
    page, shot = _view(sitting)
    shot.deed(sitting.go(page))


def open_dialog(sitting: Sitting) -> None:
    """A dialog, menu or preview by the words on its button, what is opened from it, and all of it left."""
    page, shot = _dialog(sitting)
    shot.deed(sitting.go(page))
    sitting.rest()
    if not over(sitting.window) and sitting.page is not None:
        raise LackingError(f"{page}-{shot.name} opened nothing")
    for later in shot.then:
        if standing := over(sitting.window):
            later.deed(standing[-1])
            sitting.rest()


def search_people(sitting: Sitting) -> None:
    """Letters in the search above the pages; every second time the first person is gone to."""
    field = sitting.window.top.search
    field.start()
    field.clear()
    QTest.keyClicks(field, _letters(sitting))
    sitting.settle()
    if sitting.pick.random() < 0.5:
        QTest.keyClick(field, Qt.Key.Key_Return)
    field.clear()


def filter_rows(sitting: Sitting) -> None:
    """Words in a filter of the page that is shown, and out of it again."""
    page = sitting.go(_tables(sitting))
    fields = [each for each in page.findChildren(QLineEdit) if each.isVisible() and "筛选" in each.placeholderText()]
    if not fields:
        raise LackingError("the page shows no filter")
    fields[0].setText(_words(sitting))
    sitting.settle()
    fields[0].clear()


def choose_row(sitting: Sitting) -> None:
    """Another row of the table that is shown."""
    view = _table(sitting)
    row = sitting.pick.choice(view.rows_shown())
    view.select(lambda each: each is row)


def sort_column(sitting: Sitting) -> None:
    """A click on the heading of a column."""
    view = _table(sitting)
    columns = view.table.model().columnCount()
    view.table.sortByColumn(sitting.pick.randrange(columns), sitting.pick.choice(list(Qt.SortOrder)))


def read_anew(sitting: Sitting) -> None:
    QTest.keyClick(sitting.window, Qt.Key.Key_F5)


def ask_for_help(sitting: Sitting) -> None:
    sitting.window.help_wanted.emit(_page(sitting))
    sitting.shown(Manual).close()


def _table(sitting: Sitting) -> LedgerView:
    tables = [each for each in _views(sitting) if each.rows_shown()]
    if not tables:
        tables = [each for each in _views(sitting, sitting.go(_tables(sitting))) if each.rows_shown()]
    if not tables:
        raise LackingError("the page shows no rows")
    return sitting.pick.choice(tables)


def _views(sitting: Sitting, page: Any = None) -> Iterator[LedgerView]:
    found = (page or sitting.page).findChildren(LedgerView)
    return (each for each in found if each.isVisible())
