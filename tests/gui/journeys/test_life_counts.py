"""From a figure to its records and from there to the minutes; from a word to the place where it stands."""

import sys
from types import TracebackType
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.application import ENTRIES
from gui.ledgers.chart_window import ChartWindow
from gui.life.counts import CountedDialog
from gui.life.minutes_search import MinutesSearch
from gui.life.minutes_view import MinutesView
from gui.main_window import MainWindow
from gui.workspace import Workspace
from models.database import Database
from models.errors import UserError
from models.ledgers.life.search import search
from tests.gui.journeys.conftest import VIEW
from tests.gui.journeys.hand import Hand


@pytest.fixture
def window(branch: Database, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window with all its pages, at the statistics of the year."""
    made = MainWindow(ENTRIES)
    qtbot.addWidget(made)
    fails = sys.excepthook

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        (made.faults.handle if isinstance(error, UserError) else fails)(kind, error, trace)

    monkeypatch.setattr(sys, "excepthook", told)
    made.show()
    made.begin(Workspace(branch, VIEW, parent=made))
    made.go("life", ("ledgers", "life_statistics"))
    return made


def page(window: MainWindow) -> Any:
    """The page that is shown, whichever it is."""
    return window.page


def write_chinese(field: QWidget, text: str) -> None:
    """Commits a text as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def go_to(window: MainWindow, key: str, column: str) -> None:
    """Puts the cursor on a figure, as the arrows would."""
    table = page(window).view.table
    row = next(number for number, each in enumerate(table.model.rows) if each.key == key)
    place = [each.key for each in table.model.columns].index(column)
    index = table.model.index(row, place)
    table.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    table.table.setFocus(Qt.FocusReason.TabFocusReason)


def test_a_figure_leads_to_its_records_and_a_record_to_its_minutes(qtbot: QtBot, window: MainWindow) -> None:
    hand = Hand(qtbot, window)
    go_to(window, "party_lecture_times", "now")
    figure = page(window).view.table.current_row().now
    hand.press("Enter")
    dialog = hand.awaits(CountedDialog, window)
    assert len(dialog.table.rows_shown()) == figure > 0
    assert f"合计 {figure} 次" in dialog.words.text()
    chosen = dialog.table.current_row()
    hand.press("Enter")
    view = page(window).view
    assert isinstance(view, MinutesView)
    assert view.chosen().id == chosen.id
    assert hand.count == 2


def test_a_share_says_what_it_is_out_of(qtbot: QtBot, window: MainWindow) -> None:
    go_to(window, "all_rate", "now")
    row = page(window).view.table.current_row()
    page(window).view.change_button.click()
    dialog = Hand(qtbot, window).awaits(CountedDialog, window)
    assert [column.title for column in dialog.table.model.columns][-2:] == ["实到", "应到"]
    present, entitled = (sum(getattr(each, key) for each in dialog.table.rows_shown()) for key in ("adds", "of"))
    assert round(present * 100 / entitled, 1) == float(row.now)


def test_a_figure_of_nothing_says_so(window: MainWindow) -> None:
    go_to(window, "all_times", "before")
    page(window).view.change_button.click()
    assert window.banner.words.text() == "这一格没有记录。"


def test_years_stand_side_by_side_and_are_drawn(window: MainWindow) -> None:
    view = page(window).view
    period = view.period
    period.setCurrentIndex(period.findText("2022—2026年度"))
    period.activated.emit(period.currentIndex())
    assert [column.title for column in view.table.model.columns][3:9] == [
        *(f"{y}年" for y in range(2022, 2027)),
        "合计",
    ]
    view.chart_button.click()
    (charts,) = window.findChildren(ChartWindow)
    assert charts.pictures[0].accessibleName() == "组织生活次数"
    assert all(picture.renderer().isValid() for picture in charts.pictures)


def test_words_lead_to_the_place_where_they_stand(qtbot: QtBot, window: MainWindow, branch: Database) -> None:
    with branch.reading() as session:
        first = search(session, "困难 党员").hits[0]
    hand = Hand(qtbot, window)
    page(window).search_button.click()
    dialog = hand.awaits(MinutesSearch, window)
    write_chinese(dialog.field, "困难 党员")
    hand.press("Enter")
    view = page(window).view
    assert isinstance(view, MinutesView)
    assert view.chosen().id == first.id
    marks = view.record.text.text.extraSelections() + view.record.text.resolution.extraSelections()
    assert marks
    assert not dialog.isVisible()


def test_the_search_at_the_top_looks_into_minutes_too(qtbot: QtBot, window: MainWindow) -> None:
    window.go("today")
    box = window.top.search
    box.start()
    write_chinese(box, "困难")
    completer: Any = next(child for child in box.children() if hasattr(child, "asked_elsewhere"))
    last = completer.popup().model().index(completer.popup().model().rowCount() - 1, 0)
    assert last.data() == "在会议记录里查找“困难”"
    qtbot.mouseClick(
        completer.popup().viewport(), Qt.MouseButton.LeftButton, pos=completer.popup().visualRect(last).center()
    )
    dialog = Hand(qtbot, window).awaits(MinutesSearch, window)
    assert dialog.field.text() == "困难"
    assert dialog.list.count() > 0
    dialog.reject()


def test_a_figure_of_another_ledger_leads_to_its_line_there(qtbot: QtBot, window: MainWindow) -> None:
    go_to(window, "talks", "now")
    page(window).view.change_button.click()
    dialog = Hand(qtbot, window).awaits(CountedDialog, window)
    chosen = dialog.table.current_row()
    dialog.open_button.click()
    assert page(window).view.chapter_shown.name == "life_talks"
    assert page(window).view.table.current_row().id == chosen.id


def test_the_statistics_among_all_ledgers_lead_to_their_records_too(qtbot: QtBot, window: MainWindow) -> None:
    window.go("ledgers", "life_statistics")
    table = page(window).table
    table.opened.emit(table.rows_shown()[0])
    dialog = Hand(qtbot, window).awaits(CountedDialog, window)
    assert len(dialog.table.rows_shown()) > 0


def test_the_ledger_of_most_buttons_fits_a_small_screen_in_the_largest_text(
    qapp: QApplication, window: MainWindow
) -> None:
    theme.set_text_size(qapp, theme.TextSize.LARGEST)
    try:
        window.go("life", ("ledgers", "life_plan"))
        qapp.processEvents()
        assert page(window).view.minimumSizeHint().width() <= 1366 - 228  # what the navigation leaves
    finally:
        theme.set_text_size(qapp, theme.TextSize.STANDARD)
