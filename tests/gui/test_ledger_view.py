from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QMenu

from gui.parts.cards import button, row
from gui.parts.column_fit import natural_widths
from gui.parts.ledger_view import ROW_HEIGHT, LedgerView
from tests.gui.invented import COLUMNS, ROWS, Row, many, sheet

KEYS = [column.key for column in COLUMNS]


@pytest.fixture
def view(qtbot):
    made = LedgerView("还没有记录。", button("开始", lambda: None))
    qtbot.addWidget(made)
    made.resize(1150, 600)
    made.show()
    made.show_sheet(sheet())
    qtbot.wait(20)
    return made


def test_columns_under_a_band_have_room_for_its_name(view):
    band = "理想信念和组织生活（二十分）"
    columns = [replace(each, band=band) if each.key == "months" else each for each in COLUMNS]
    view.show_sheet(sheet(columns=tuple(columns)))
    font = QFont(view.font())
    font.setBold(True)
    widths = natural_widths(view.model, QFont(view.font()), 2)
    assert widths[KEYS.index("months")] >= QFontMetrics(font).horizontalAdvance(band)


def click_heading(qtbot, view, key):
    header = view.table.header
    place = header.sectionViewportPosition(KEYS.index(key)) + 10
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, header.height() // 2))


def shown(view):
    return [row.name for row in view.rows_shown()]


def test_a_heading_sorts_up_then_down_then_not_at_all(view, qtbot):
    click_heading(qtbot, view, "amount")
    assert shown(view) == ["王建国", "张红卫", "何志远", "䶮文博"]
    click_heading(qtbot, view, "amount")
    assert shown(view) == ["何志远", "张红卫", "王建国", "䶮文博"]
    click_heading(qtbot, view, "amount")
    assert shown(view) == [row.name for row in ROWS]


def test_enter_and_a_double_click_open_the_row(view, qtbot):
    opened: list[Row] = []
    view.opened.connect(opened.append)
    view.select(lambda row: row.id == 2)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    qtbot.keyClick(view.table, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    place = view.table.visualRect(view.model.index(3, 0)).center()
    qtbot.mouseDClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.name for row in opened] == ["王建国", "王建国", "何志远"]


def test_letters_alone_do_nothing(view, qtbot):
    view.select(lambda row: row.id == 2)
    qtbot.keyClicks(view.table, "zhang")
    assert view.current_row().id == 2


def test_the_arrows_tell_which_row_and_cell_is_chosen(view, qtbot):
    rows: list[Row] = []
    cells: list[tuple[int, str]] = []
    view.select(lambda row: row.id == 1)
    view.chosen.connect(rows.append)
    view.cell_chosen.connect(lambda row, key: cells.append((row.id, key)))
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    qtbot.keyClick(view.table, Qt.Key.Key_Right)
    assert [row.id for row in rows] == [2]
    assert cells == [(2, "name"), (2, "category")]


def test_copying_takes_the_selection_or_else_all_with_headings(view, qtbot):
    view.table.clearSelection()
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    everything = QGuiApplication.clipboard().text()
    assert everything.startswith("姓名\t类别\t")
    assert everything.count("\r\n") == 1 + len(ROWS)
    view.table.go_to(1, KEYS.index("amount"))
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "62.40\r\n"
    assert "62.40" in QGuiApplication.clipboard().mimeData().html()


def test_a_ragged_selection_keeps_its_shape(view):
    flags = QItemSelectionModel.SelectionFlag
    amount = KEYS.index("amount")
    view.table.selectionModel().select(view.model.index(0, amount), flags.ClearAndSelect)
    view.table.selectionModel().select(view.model.index(1, 0), flags.Select)
    view.table.copy()
    assert QGuiApplication.clipboard().text() == "\t139.70\r\n王建国\t\r\n"


def test_selecting_all_copies_the_headings_too(view, qtbot):
    view.hide_columns({"remark"})
    qtbot.keyClick(view.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    view.table.copy()
    heading = QGuiApplication.clipboard().text().splitlines()[0]
    assert heading.startswith("姓名\t类别")
    assert "备注" not in heading


def test_a_new_sheet_keeps_the_person_where_they_were(view):
    view.select(lambda row: row.id == 3)
    view.show_sheet(sheet(tuple(reversed(ROWS))))
    assert view.current_row().id == 3
    view.show_sheet(sheet(ROWS[:2]))
    assert view.current_row().id == 2


def test_an_empty_ledger_says_what_belongs_there(view):
    view.show_sheet(sheet(()))
    assert view._nothing.isVisible()
    view.show_sheet(sheet())
    view.filter("没有这个人")
    assert view._no_match.isVisible()
    view.filter("")
    assert view.table.isVisible()


def test_columns_are_hidden_by_the_menu_of_the_heading(view, qtbot):
    view.table.header.customContextMenuRequested.emit(QPoint(5, 5))
    menu = view.findChild(QMenu)
    phone = next(action for action in menu.actions() if action.text() == "联系电话")
    phone.trigger()
    assert view.table.isColumnHidden(KEYS.index("phone"))
    view.show_sheet(sheet())
    assert view.hidden_columns() == {"phone"}
    assert view.table.isColumnHidden(KEYS.index("phone"))
    menu.close()


def test_masking_is_offered_where_there_is_something_to_mask_and_a_place_for_it(view, owner):
    assert view.mask_switch.isHidden()  # it never stands as a window of its own
    owner.setLayout(row(view.mask_switch))
    view.show_sheet(sheet())
    assert not view.mask_switch.isHidden()
    view.mask_switch.setChecked(True)
    assert view.model.look(0, KEYS.index("phone")).text == "10000000001"
    view.show_sheet(sheet(columns=COLUMNS[:2]))
    assert view.mask_switch.isHidden()


def test_few_rows_end_with_their_totals_and_many_scroll_above_them(view, qtbot):
    assert view.totals.geometry().top() == pytest.approx(view.table.header.height() + ROW_HEIGHT * len(ROWS), abs=14)
    view.show_sheet(many(2000))
    qtbot.wait(20)
    assert view.totals.geometry().bottom() <= view.height()
    assert view.table.height() > 400
    assert view.table.verticalScrollBar().maximum() > 1900


def test_columns_fill_the_room_and_shrink_before_they_scroll(view, qtbot):
    few = sheet(columns=COLUMNS[:4])
    view.show_sheet(few)
    qtbot.wait(20)
    assert view.table.header.length() == view.width() - 2
    assert view.table.font().pixelSize() == 14
    view.resize(330, 600)
    qtbot.wait(20)
    assert view.table.font().pixelSize() < 14


def test_rows_that_scroll_behind_the_heading_leave_the_columns_room(view, qtbot):
    across, down = view.table.horizontalScrollBar(), view.table.verticalScrollBar()
    view.show_sheet(many(12))
    for height in range(12 * ROW_HEIGHT - 10, 14 * ROW_HEIGHT + 20, 20):
        view.resize(1150, height)
        qtbot.waitUntil(lambda: not view._refit.isActive() and across.maximum() == 0, timeout=1000)
    assert down.maximum() == 0


def test_widths_set_by_hand_stay(view, qtbot):
    view.table.setColumnWidth(0, 222)
    view.show_sheet(sheet())
    view.resize(900, 500)
    qtbot.wait(20)
    assert view.table.columnWidth(0) == 222


def test_painting_shows_text_tags_bands_and_the_sorted_column(view, qtbot):
    from dataclasses import replace

    banded = tuple(replace(column, band="时间" if column.key in {"joined", "paid_on"} else "") for column in COLUMNS)
    plain_height = view.table.header.height()
    view.show_sheet(sheet(columns=banded))
    click_heading(qtbot, view, "amount")
    qtbot.wait(20)
    assert view.table.header.height() > plain_height * 1.5
    picture = view.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 2) for y in range(picture.height())}
    assert {"#e5f2ea", "#fbf0dc", "#b5322a"} <= colours  # green and amber tags, the red arrow


def test_the_name_stays_in_view_while_the_rest_scrolls(view, qtbot):
    view.resize(420, 400)
    qtbot.wait(20)
    frozen = view.table.frozen
    assert not frozen.isVisible()
    view.table.go_to(1, KEYS.index("remark"))
    assert frozen.isVisible()
    assert frozen.indexAt(QPoint(5, 40)).data() == "王建国"
    opened: list[Row] = []
    view.opened.connect(opened.append)
    qtbot.mouseDClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 40))
    assert [row.name for row in opened] == ["王建国"]
    for _ in COLUMNS[2:]:
        qtbot.keyClick(view.table, Qt.Key.Key_Left)
        rectangle = view.table.visualRect(view.table.currentIndex())
        assert rectangle.left() >= (frozen.width() if frozen.isVisible() else 0)
    qtbot.keyClick(view.table, Qt.Key.Key_Left)
    view.table.go_to(0, 0)
    view.table.horizontalScrollBar().setValue(0)
    assert not frozen.isVisible()
