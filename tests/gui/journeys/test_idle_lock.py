"""The screen of an encrypted file is locked when nobody is at it, and goes on exactly where it was."""

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui import idle_lock
from gui.desk import Desk
from gui.idle_lock import Cover, IdleLock, LockBox
from gui.main_window import MainWindow
from gui.messages import ask
from gui.parts.password_box import PasswordBox
from gui.parts.record_dialog import RecordDialog
from gui.tasks import Task
from gui.theme import forget_what_is_gone
from models import holders, preferences, slots
from models.records.members import members
from models.rules.periods import PartialDate
from tests import founded
from tests.gui.journeys.conftest import TODAY, dialog_of

PASSWORD, READER, OTHER = "三棵树下的老自行车", "河边的石桥和柳树", "山上的风和旧钟楼"
NAME = "张红卫"
_SLEPT = 3600.0
pytestmark = pytest.mark.usefixtures("own_computer")
_SIGN = 18  # pixels from the middle of a cover to the edge of its sign


@pytest.fixture
def locked_file(tmp_path: Path) -> Path:
    """An encrypted file with a member and two persons of their own passwords."""
    path = tmp_path / "锁.zbtz"
    with closing(founded.make(path, "丙局第三党支部", TODAY, password=PASSWORD)) as made:
        with made.writing("登记") as session:
            members.add(session, {"name": NAME, "birth_date": PartialDate(1980)})
        holders.add(made, "周丽萍", slots.CLERK, READER)
        holders.add(made, "李秀英", slots.READER, OTHER)
    return path


@pytest.fixture
def opened(lay: Callable[..., Desk], window: MainWindow, locked_file: Path, qtbot: QtBot) -> Callable[..., Desk]:
    """Opens the file with a password, till the window stands."""

    def open_with(password: str = PASSWORD) -> Desk:
        desk = lay(locked_file)
        type_in(dialog_of(window, PasswordBox), password)
        qtbot.waitUntil(lambda: desk.idle_lock is not None)
        return desk

    return open_with


def type_in(box: PasswordBox, password: str) -> None:
    box.field.setText(password)
    box.open_button.click()


def is_plain(window: QWidget) -> bool:
    """Whether nothing but the ground and the sign of a cover is to be seen."""
    image = window.grab().toImage()
    places = [(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)]
    width, height = image.width() // 2, image.height() // 2
    seen = {image.pixel(x, y) for x, y in places if abs(x - width) > _SIGN or abs(y - height) > _SIGN}
    return len(seen) == 1


def test_ctrl_l_covers_everything_and_the_password_goes_on(
    opened: Callable[..., Desk], window: MainWindow, qtbot: QtBot
) -> None:
    desk = opened()
    window.go("members")
    page: Any = window.page
    page.new_record()
    form = dialog_of(window, RecordDialog)
    form.fields["name"].type_text("李建国")
    assert not is_plain(window)
    QTest.keyClick(form.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.idle_lock.box is not None)
    assert window.windowTitle() == "支部台账"
    assert is_plain(window)
    assert is_plain(form)
    for password, sentence in (("不是它不是它", "密码不对"), (OTHER, "请用那个密码"), ("", "请输入密码")):
        type_in(desk.idle_lock.box, password)
        assert sentence in desk.idle_lock.box.problem.text()
        assert is_plain(window)
    type_in(desk.idle_lock.box, PASSWORD)
    assert desk.idle_lock.box is None
    assert form.isVisible()
    assert form.fields["name"].text() == "李建国"
    qtbot.waitUntil(lambda: not window.findChildren(Cover))
    assert not is_plain(window)
    form.fields["name"].type_text("李建军")
    assert form.fields["name"].text().endswith("李建军")


def test_what_is_styled_anew_behind_the_lock_stays_covered_and_as_it_was(
    opened: Callable[..., Desk], window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[None] = []

    def forget() -> None:
        forget_what_is_gone()
        forgotten.append(None)

    monkeypatch.setattr(idle_lock, "_AWAY", 10)
    monkeypatch.setattr(idle_lock, "forget_what_is_gone", forget)
    desk = opened()
    window.go("members")
    page: Any = window.page
    page.new_record()
    form = dialog_of(window, RecordDialog)
    form.fields["name"].type_text("李建国")
    desk.idle_lock.lock()
    qtbot.waitUntil(lambda: forgotten == [None])
    assert is_plain(window)
    assert is_plain(form)
    type_in(desk.idle_lock.box, PASSWORD)
    assert form.fields["name"].text() == "李建国"
    monkeypatch.setattr(idle_lock, "_AWAY", 50)
    desk.idle_lock.lock()
    type_in(desk.idle_lock.box, PASSWORD)
    qtbot.wait(120)
    assert forgotten == [None]  # nobody waits for it who is back
    form.fields["name"].type_text("")


def test_no_key_no_click_and_no_question_comes_through(
    opened: Callable[..., Desk], window: MainWindow, qtbot: QtBot
) -> None:
    desk = opened()
    window.go("members")
    desk.idle_lock.lock()
    box = desk.idle_lock.box
    said: list[str] = []
    question = ask(window, f"要删除{NAME}吗？", yes="删除", no="不", then=lambda: said.append("yes"))
    assert is_plain(question)
    QTest.keyClick(question, Qt.Key.Key_Return)
    QTest.mouseClick(question.buttons()[0], Qt.MouseButton.LeftButton)
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    box.close()
    assert said == []
    assert box.isVisible()
    assert window.page is not None
    assert window.page.title == "党员"
    QTest.keyClicks(box.field, "abc")
    assert box.field.text() == "abc"
    type_in(box, PASSWORD)
    dialog_of(window, QMessageBox).buttons()[0].click()
    assert said == ["yes"]


def test_it_locks_by_itself_when_nobody_is_at_it(
    opened: Callable[..., Desk], window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock: IdleLock = opened().idle_lock
    moment = [0.0]
    monkeypatch.setattr(idle_lock, "monotonic", lambda: moment[0])
    monkeypatch.setattr(idle_lock, "time", lambda: moment[0])
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    for minutes, at_work, locks in ((14.9, True, False), (29, False, False), (29.95, False, True)):
        moment[0] = minutes * 60
        lock.look()
        assert (lock.box is not None) == locks
        if at_work:
            QTest.mouseMove(window.windowHandle())
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert lock.box is not None
    type_in(lock.box, PASSWORD)
    preferences.change(lock_after=0)
    moment[0] += _SLEPT * 24
    lock.look()
    assert lock.box is None
    preferences.change(lock_after=60)
    monkeypatch.setattr(idle_lock, "monotonic", lambda: moment[0] - _SLEPT * 24)  # asleep
    lock.look()
    assert lock.box is not None
    type_in(lock.box, PASSWORD)


@pytest.mark.parametrize(("by", "refused"), [(READER, OTHER), (OTHER, READER)])
def test_a_person_goes_on_with_their_own_password_or_the_files(
    opened: Callable[..., Desk], window: MainWindow, by: str, refused: str
) -> None:
    lock: IdleLock = opened(by).idle_lock
    for password in (by, PASSWORD):
        lock.lock()
        assert lock.box is not None
        type_in(lock.box, refused)
        assert "请用那个密码；换人用" in lock.box.problem.text()
        type_in(lock.box, password)
        assert lock.box is None


def test_the_files_own_password_is_known_although_the_stick_is_gone(
    opened: Callable[..., Desk], locked_file: Path
) -> None:
    lock: IdleLock = opened().idle_lock
    lock.lock()
    assert lock.box is not None
    away = locked_file.rename(locked_file.with_name("走.zbtz"))
    type_in(lock.box, READER)
    assert "移走" in lock.box.problem.text()
    type_in(lock.box, PASSWORD)
    assert lock.box is None
    away.rename(locked_file)


def test_a_file_without_a_password_is_never_locked(
    lay: Callable[..., Desk], window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "明.zbtz"
    founded.make(path, "丁支部", TODAY).close()
    desk = lay(path)
    qtbot.waitUntil(lambda: desk.idle_lock is not None)
    monkeypatch.setattr(idle_lock, "monotonic", lambda: time.monotonic() + _SLEPT)
    desk.idle_lock.look()
    assert desk.idle_lock.box is None
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "数据文件没有密码，锁不住" in window.banner.words.text())
    assert not [each for each in window.findChildren(QDialog) if each.isVisible()]


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Where it is noted that the program was to end."""
    noted: list[bool] = []

    class Application:
        @staticmethod
        def exit() -> None:
            noted.append(True)

    monkeypatch.setattr("gui.desk.QApplication", Application)
    return noted


def test_the_program_ends_without_the_password(
    opened: Callable[..., Desk], window: MainWindow, qtbot: QtBot, ended: list[bool]
) -> None:
    lock: IdleLock = opened().idle_lock
    lock.lock()
    assert lock.box is not None
    window.run(Task("备份", lambda _progress: time.sleep(0.05)))
    lock.box.other_button.click()
    assert "“备份”还没有做完" in lock.box.problem.text()
    qtbot.waitUntil(lambda: not window.busy_with)
    assert ended == []
    lock.box.other_button.click()
    assert ended == [True]
    assert not window.isVisible()
    assert not lock.box.isVisible()


def test_before_it_ends_it_is_asked_about_what_is_not_saved(
    opened: Callable[..., Desk], window: MainWindow, ended: list[bool]
) -> None:
    lock: IdleLock = opened().idle_lock
    window.go("members")
    page: Any = window.page
    page.new_record()
    form = dialog_of(window, RecordDialog)
    form.fields["name"].type_text("李建国")
    lock.lock()
    assert lock.box is not None
    for words, ends in (("不退出", []), ("放弃，退出", [True])):
        lock.box.other_button.click()
        question = dialog_of(window, QMessageBox)
        assert "没有保存" in question.text()
        next(each for each in question.buttons() if each.text() == words).click()
        assert ended == ends
        assert lock.box.isVisible() == (not ends)
    assert not form.isVisible()


def test_how_long_is_set_on_this_computer(opened: Callable[..., Desk], window: MainWindow, qtbot: QtBot) -> None:
    desk = opened()
    preferences.change(lock_after=7)
    window.go("settings", "密码")
    page: Any = window.page
    minutes = page.section.lock_card.minutes
    assert minutes.currentText() == "7 分钟"
    minutes.setCurrentIndex(minutes.findText("从不"))
    minutes.activated.emit(minutes.currentIndex())
    assert preferences.read().lock_after == 0
    page.workspace.lock_wanted.emit()
    assert isinstance(desk.idle_lock.box, LockBox)
    type_in(desk.idle_lock.box, PASSWORD)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
