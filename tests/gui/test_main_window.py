import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox

from gui.ledgers.chapters import offer_help
from gui.main_window import MainWindow
from gui.page import Page, PageEntry
from gui.parts.cards import button, column
from gui.parts.person_completer import PersonCompleter
from gui.parts.progress_card import ProgressCard
from gui.workspace import Facts, Found, Workspace
from models.errors import UserError


class InventedPage(Page):
    keys = "Ctrl+N 新增"

    def __init__(self, workspace):
        super().__init__(workspace)
        self.reloads, self.targets, self.printed, self.undone = 0, [], 0, 0
        self.field = QLineEdit()
        self.header = button("定稿", lambda: None)
        self.setLayout(column(self.field, 1))

    def reload(self):
        self.reloads += 1
        with self.workspace.reading() as written:
            self.set_title(f"第 {len(written)} 笔", "正在收缴", "warn")

    def show_target(self, target):
        self.targets.append(target)

    def print_out(self):
        self.printed += 1

    def undo(self):
        self.undone += 1


ENTRIES = [
    PageEntry("today", "今日", "home", InventedPage),
    PageEntry("members", "党员", "users", InventedPage),
    PageEntry("settings", "设置", "settings", Page, at_bottom=True),
]


@pytest.fixture
def window(qtbot, doors):
    made = MainWindow(ENTRIES)
    qtbot.addWidget(made)
    made.show()
    workspace = Workspace(
        doors,
        view=1,
        find=lambda text: [Found(12, "张红卫", "第一党支部")] if text in ("zhw", "张红卫") else [],
        facts=lambda: Facts("机关党总支", "工作月份 2026年11月", "党员 47 人", "", {"members": len(doors.written)}),
    )
    with qtbot.waitSignal(made.settled):
        made.begin(workspace)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_frame_stands_before_the_data_is_there(qtbot):
    made = MainWindow(ENTRIES)
    qtbot.addWidget(made)
    made.show()
    made.go("today")
    assert made.page is None
    assert (made.width(), made.height()) == (1366, 768)
    assert made.minimumSizeHint().width() < 1000


def test_pages_are_made_at_the_first_visit_and_read_anew_after_saving(window):
    first = window.page
    assert window.stack.count() == 1
    window.go("members")
    second = window.page
    assert (first.reloads, second.reloads) == (1, 1)
    window.go("today")
    assert first.reloads == 1
    with window.workspace.writing("收缴党费"):
        pass
    assert (first.reloads, second.reloads) == (2, 1)
    window.go("members")
    assert second.reloads == 2
    window.workspace.look_at(2)
    assert second.reloads == 3


def test_what_is_not_saved_reloads_nothing(window):
    with pytest.raises(UserError), window.workspace.writing("收缴党费"):
        raise UserError("不行。")
    assert window.page.reloads == 1


def test_the_frame_shows_title_tag_buttons_keys_and_state(window):
    assert (window.top.title.text(), window.top.tag.text()) == ("第 0 笔", "正在收缴")
    assert window.page.header.isVisible()
    assert window.status.keys.text() == "Ctrl+N 新增　F1 帮助"
    assert window.status.month.text() == "工作月份 2026年11月"
    assert window.status.backup.isHidden()
    assert window.navigation.organisation.text() == "机关党总支"
    header = window.page.header
    with window.workspace.writing("收缴党费"):
        pass
    assert window.status.saved.toolTip() == "收缴党费"
    assert window.navigation.items["members"].accessibleDescription() == "1 项待办"
    window.go("settings")
    assert not header.isVisible()
    assert window.top.title.text() == "设置"
    assert window.windowTitle() == "支部台账"


def test_nothing_is_called_saved_while_a_refusal_stands(window):
    window.page.say("已登记。")
    assert window.status.saved.isVisible()
    window.page.refuse("磁盘满了，本次没有保存。")
    assert not window.status.saved.isVisible()
    window.workspace.look_at(4)
    assert not window.status.saved.isVisible()
    window.banner.hide()
    assert window.status.saved.isVisible()
    window.page.refuse("磁盘满了，本次没有保存。")
    with window.workspace.writing("收缴党费"):
        pass
    assert window.status.saved.isVisible()


def test_alt_and_a_figure_opens_a_page(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.page is not None
    assert window.navigation.items["members"].isChecked()
    qtbot.mouseClick(window.navigation.items["today"], Qt.MouseButton.LeftButton)
    assert window.navigation.items["today"].isChecked()


def test_ctrl_f_finds_a_member_and_opens_their_page(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.top.search
    qtbot.keyClicks(window.top.search, "zhw")
    (completer,) = window.top.search.findChildren(PersonCompleter)
    with qtbot.waitSignal(window.person_chosen) as chosen:
        qtbot.keyClick(completer.popup(), Qt.Key.Key_Return)
    assert chosen.args == [12]
    assert window.page.targets == [12]
    assert window.top.search.text() == ""


def test_a_search_that_finds_nobody_says_so(window, qtbot):
    qtbot.keyClicks(window.top.search, "qqq")
    (completer,) = window.top.search.findChildren(PersonCompleter)
    assert completer.popup().model().index(0, 0).data() == "没有找到这个人"
    qtbot.keyClick(completer.popup(), Qt.Key.Key_Return)
    assert window.page.targets == []
    assert window.top.search.text() == "qqq"


def test_keys_reach_the_page_that_offers_them(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.page.printed == 1


def test_ctrl_z_takes_back_typing_first_and_then_what_was_saved(window, qtbot):
    page = window.page
    page.field.setFocus()
    qtbot.keyClicks(page.field, "12")
    qtbot.keyClick(page.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (page.field.text(), page.undone) == ("", 0)
    qtbot.keyClick(page.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.undone == 1


def test_ctrl_e_exports_from_within_a_field_too(window, qtbot):
    page = window.page
    page.field.setFocus()
    pressed = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert window.eventFilter(page.field, pressed)  # else the field takes it on Linux
    end = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier)
    assert not window.eventFilter(page.field, end)


def test_a_page_that_cannot_undo_says_so(qtbot, workspace):
    page = Page(workspace)
    qtbot.addWidget(page)
    with pytest.raises(UserError):
        page.undo()
    undoing = Page(Workspace(workspace.database, view=1, undo_last=lambda: "已撤销：收缴党费。"))
    qtbot.addWidget(undoing)
    with qtbot.waitSignal(undoing.told) as told:
        undoing.undo()
    assert told.args == ["good", "已撤销：收缴党费。"]


def test_escape_takes_the_banner_away(window, qtbot):
    window.page.refuse("金额超过应交，没有保存。")
    assert window.banner.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.banner.isVisible()


def test_f1_asks_for_the_chapter_of_the_page(window, qtbot):
    with qtbot.waitSignal(window.help_wanted) as wanted:
        qtbot.keyClick(window, Qt.Key.Key_F1)
    assert wanted.args == ["today"]


@pytest.mark.parametrize(("chapter", "opened"), [("assess", "assess"), ("", "today")])
def test_f1_over_a_dialog_asks_for_the_chapter_of_the_dialog_or_of_its_page(window, qtbot, chapter, opened):
    dialog = QDialog(window.page)
    offer_help(dialog, chapter)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    with qtbot.waitSignal(window.help_wanted) as wanted:
        qtbot.keyClick(dialog, Qt.Key.Key_F1)
    assert wanted.args == [opened]


def test_long_work_shows_a_card_that_can_stop_it(window, qtbot, monkeypatch):
    monkeypatch.setattr("gui.parts.progress_card.SHOWN_AFTER", 10)
    results: list[object] = []

    def work(progress):
        while True:
            progress(3, 10)

    task = window.page.run("导出 Excel", work, results.append)
    card = window.findChild(ProgressCard)
    qtbot.waitUntil(card.isVisible)
    qtbot.waitUntil(lambda: card.count.text() == "3 / 10")
    assert not window.close()
    with qtbot.waitSignal(task.cancelled):
        card.stop.click()
    assert results == []
    assert "已取消" in window.banner.words.text()
    qtbot.waitUntil(lambda: window.findChild(ProgressCard) is None)
    assert window.close()


def test_quick_work_shows_no_card_and_hands_over_its_result(window, qtbot):
    results: list[object] = []
    task = window.page.run("算", lambda progress: 42, results.append)
    card = window.findChild(ProgressCard)
    with qtbot.waitSignal(task.ended):
        pass
    assert results == [42]
    assert not card.isVisible()


def test_what_goes_wrong_in_long_work_is_said(window, qtbot):
    def work(progress):
        raise UserError("磁盘已满，没有写成。")

    task = window.page.run("导出 Excel", work)
    with qtbot.waitSignal(task.ended):
        pass
    assert window.banner.words.text() == "磁盘已满，没有写成。"
    assert window.findChild(QMessageBox) is None
