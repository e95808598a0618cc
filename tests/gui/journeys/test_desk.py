"""The data file on the desk: another takes its place, one that can only be read says so, and none is lost."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from gui import kept_file, recovered
from gui.application import ENTRIES
from gui.desk import Desk
from gui.dues.closing_dialog import ClosingDialog
from gui.first_run import FirstRun
from gui.help import Manual
from gui.main_window import MainWindow
from gui.parts.password_box import PasswordBox
from gui.recovered import RecoveredStrip
from gui.settings.password import PasswordSection
from gui.state_strip import ClockStrip, StateStrip
from gui.waiting import Waiting
from models import attachments, backups, places, preferences, recovery
from models.attachments import FOLDER
from models.database import Database
from models.errors import UserError
from models.locks import Holder, WindowLock
from models.records.members import members
from models.sample import branch as samples
from tests import founded
from tests.gui.journeys.conftest import TODAY, dialog_of

PASSWORD = "三棵树下的老自行车"
THERE = Holder("another-host", "周丽萍", 77, "2026-11-20 08:00")
NOW = datetime(2026, 11, 20, 9, 0)
pytestmark = pytest.mark.usefixtures("own_computer")


@pytest.fixture
def first(sample_file: Path, tmp_path: Path) -> Path:
    (tmp_path / "甲").mkdir()
    return Path(shutil.copyfile(sample_file, tmp_path / "甲" / "甲总支.zbtz"))


@pytest.fixture
def second(tmp_path: Path) -> Path:
    (tmp_path / "乙").mkdir()
    path = tmp_path / "乙" / "乙支部.zbtz"
    founded.make(path, "乙局第二党支部", TODAY).close()
    return path


def agree(window: MainWindow) -> None:
    box = dialog_of(window, QMessageBox)
    (wanted,) = [each for each in box.buttons() if box.buttonRole(each) is QMessageBox.ButtonRole.AcceptRole]
    wanted.click()


def refuse(window: MainWindow) -> None:
    dialog_of(window, QMessageBox).escapeButton().click()


def press(window: MainWindow, words: str) -> None:
    strip = window.findChildren(StateStrip)[-1]
    next(each for each in strip.findChildren(QPushButton) if each.text() == words).click()


def note_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def lies(desk: Desk, path: Path) -> bool:
    return desk.kept is not None and desk.kept.database.path == path


def change(desk: Desk) -> None:
    assert desk.kept is not None
    with desk.kept.workspace.writing("改") as session:
        members.change(session, 1, {"remark": "改过"})


def refuses_to_write(desk: Desk) -> None:
    with pytest.raises(UserError, match="以只读方式打开"):
        change(desk)


def test_another_file_takes_the_place_of_the_present_one(
    lay: Callable[..., Desk], window: MainWindow, first: Path, second: Path, qtbot: QtBot
) -> None:
    desk = lay(first)
    for entry in ENTRIES:  # every page has to go, with what it shows beside the title
        window.go(entry.name)
    change(desk)
    window.go("settings", "数据文件")
    assert window.page is not None
    window.page.workspace.file_wanted.emit(second)
    qtbot.waitUntil(lambda: lies(desk, second), timeout=20_000)
    assert window.navigation.organisation.text() == "乙局第二党支部"
    assert len(backups.backups_in(first.parent / "备份")) == 1
    assert not note_of(first).exists()
    assert note_of(second).exists()
    for entry in ENTRIES:
        window.go(entry.name)
    assert preferences.read().last_file == second
    with closing(Database.open(first)) as left, left.reading() as session:
        assert members.find_by_id(session, 1).remark == "改过"
    window.go("settings", "数据文件")
    page: Any = window.page
    recent = page.section.recent
    assert [recent.item(line).text() for line in range(recent.count())] == [f"甲总支　　{first.parent}"]
    page.section.open_button.click()
    qtbot.waitUntil(lambda: lies(desk, first), timeout=20_000)
    assert len(window.status.members.text()) > 0


def test_a_file_that_does_not_open_leaves_the_present_one(
    lay: Callable[..., Desk], window: MainWindow, first: Path, tmp_path: Path
) -> None:
    desk = lay(first)
    spoilt = tmp_path / "坏.zbtz"
    spoilt.write_bytes(b"PK\x03\x04" * 2000)
    for path, sentence in ((spoilt, "不是支部台账的数据文件"), (tmp_path / "无.zbtz", "找不到"), (first, "打开着")):
        desk.leave_for(path)
        assert sentence in window.banner.words.text()
    assert lies(desk, first)
    change(desk)


def test_a_file_that_is_damaged_within_is_refused_before_the_present_one_is_left(
    lay: Callable[..., Desk], window: MainWindow, first: Path, second: Path
) -> None:
    with closing(sqlite3.connect(second)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'settings'").fetchone()
    content = bytearray(second.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    second.write_bytes(content)
    desk = lay(first)
    desk.leave_for(second)
    assert "已损坏" in window.banner.words.text()
    assert lies(desk, first)
    assert not note_of(second).exists()
    change(desk)


def test_a_damaged_file_leads_to_the_first_steps(lay: Callable[..., Desk], window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "坏.zbtz"
    path.write_bytes(bytes(8192))
    lay(path)
    assert "开头已损坏" in dialog_of(window, FirstRun).problem.text()
    assert "没有找到它的好备份" in dialog_of(window, FirstRun).problem.text()


def test_a_file_that_is_gone_is_said_to_be(lay: Callable[..., Desk], window: MainWindow, tmp_path: Path) -> None:
    preferences.remember(tmp_path / "走了.zbtz")
    lay(None)
    assert "找不到上次用的" in dialog_of(window, FirstRun).problem.text()


def test_the_password_of_another_file_is_asked_for(
    lay: Callable[..., Desk], window: MainWindow, first: Path, tmp_path: Path
) -> None:
    locked = tmp_path / "锁.zbtz"
    founded.make(locked, "丙支部", TODAY, password=PASSWORD).close()
    desk = lay(first)
    desk.leave_for(locked)
    box = dialog_of(window, PasswordBox)
    box.field.setText("不是它不是它")
    box.open_button.click()
    assert "密码不对" in box.problem.text()
    box.cancel_button.click()
    assert lies(desk, first)
    assert window.isVisible()
    desk.leave_for(locked)
    box = dialog_of(window, PasswordBox)
    box.field.setText(PASSWORD)
    box.open_button.click()
    assert lies(desk, locked)


def test_whoever_opened_it_by_the_recovery_sheet_is_led_to_a_new_password(
    lay: Callable[..., Desk], window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    locked = tmp_path / "锁.zbtz"
    with closing(founded.make(locked, "丙支部", TODAY, password=PASSWORD)) as database:
        assert database.key is not None
        code = recovery.code_of(database.key.key)
    desk = lay(locked)
    box = dialog_of(window, PasswordBox)
    box.field.setText(code.lower().replace("-", " "))
    box.open_button.click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(QMessageBox)))
    question = dialog_of(window, QMessageBox)
    assert "现在设一个新密码吗" in question.text()
    (strip,) = window.findChildren(RecoveredStrip)
    next(each for each in question.buttons() if each.text() == "以后再设").click()
    assert strip.isVisible()
    strip.set_button.click()
    section = window.findChildren(PasswordSection)[0]
    assert section.isVisible()
    assert section.present.text() == ""
    assert desk.kept is not None
    again = recovered.urge(window, desk.kept.database)
    next(each for each in again.buttons() if each.text() == "设新密码").click()
    section.wanted.first.setText("窗前的石榴和梧桐")
    section.wanted.second.setText("窗前的石榴和梧桐")
    section.set_button.click()
    qtbot.waitUntil(lambda: not strip.isVisible(), timeout=20_000)
    desk.leave()
    Database.open(locked, "窗前的石榴和梧桐").close()


def test_a_restored_file_is_gone_on_with(
    lay: Callable[..., Desk], window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path, target = tmp_path / "锁.zbtz", tmp_path / "恢复.zbtz"
    founded.make(path, "丙支部", TODAY, password=PASSWORD).close()
    desk = lay(path)
    box = dialog_of(window, PasswordBox)
    box.field.setText(PASSWORD)
    box.open_button.click()
    window.go("settings", "备份")
    page: Any = window.page
    page.section.back_up()
    qtbot.waitUntil(lambda: bool(page.section.table.rows_shown()) and not window.busy_with, timeout=20_000)
    page.section.restore_to(page.section.table.rows_shown()[0].path, target)
    qtbot.waitUntil(lambda: not window.busy_with, timeout=20_000)
    agree(window)  # its password is that of the present file: nobody is asked
    assert lies(desk, target)


def test_a_backup_that_is_chosen_is_brought_back_under_a_new_name(
    lay: Callable[..., Desk], window: MainWindow, first: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with closing(Database.open(first)) as database:
        backup = backups.make(database, tmp_path / "备份").path
    first.unlink()
    desk = lay(None)
    steps = dialog_of(window, FirstRun)

    def bring_back(target: Path) -> None:
        steps.other_button.click()
        for chosen in (backup, target):
            chooser = dialog_of(window, QFileDialog)
            chooser.hide()
            chooser.fileSelected.emit(str(chosen))
        qtbot.waitUntil(lambda: not window.findChildren(Waiting), timeout=20_000)

    bring_back(first.parent / "没有" / "丢.zbtz")
    assert "没有“" in steps.problem.text()
    assert steps.isVisible()
    bring_back(tmp_path / "找回.zbtz")
    assert window.findChildren(FirstRun) == []
    assert lies(desk, tmp_path / "找回.zbtz")
    assert backup.exists()


def test_a_backup_that_fails_is_asked_about_before_the_file_is_left(
    lay: Callable[..., Desk], window: MainWindow, first: Path, second: Path, qtbot: QtBot
) -> None:
    desk = lay(first)
    change(desk)
    (first.parent / "备份").touch()
    for answer, path in ((refuse, first), (agree, second)):
        desk.leave_for(second)
        qtbot.waitUntil(lambda: bool([each for each in window.findChildren(QMessageBox) if each.isVisible()]))
        assert "备份没有做成" in dialog_of(window, QMessageBox).informativeText()
        answer(window)
        qtbot.waitUntil(partial(lies, desk, path))
        assert note_of(second).exists() == (path == second)
        qtbot.wait(10)


def test_what_was_typed_and_not_saved_is_asked_about(
    lay: Callable[..., Desk], window: MainWindow, first: Path, second: Path, qtbot: QtBot
) -> None:
    desk = lay(first)
    window.go("settings", "党费规则")
    page: Any = window.page
    page.section.days.fields["collection_day"].type_text("11")
    desk.leave_for(second)
    refuse(window)
    assert lies(desk, first)
    assert page.section.days.fields["collection_day"].text() == "11"
    qtbot.wait(10)
    desk.leave_for(second)
    agree(window)
    assert lies(desk, second)


def test_a_new_file_takes_the_place_too_and_cancelling_does_not(
    lay: Callable[..., Desk], window: MainWindow, first: Path, tmp_path: Path
) -> None:
    desk = lay(first)
    window.go("settings", "数据文件")
    page: Any = window.page
    page.section.new_button.click()
    dialog_of(window, FirstRun).reject()
    assert window.isVisible()
    assert lies(desk, first)
    page.section.new_button.click()
    steps = dialog_of(window, FirstRun)
    steps.organisation.fields["name"].type_text("新支部")
    steps.go_on()
    steps.go_on()
    assert steps.place.password.none is not None
    steps.place.password.none.click()
    steps.later_button.click()
    assert lies(desk, tmp_path / "文档" / "新支部.zbtz")
    assert window.navigation.organisation.text() == "新支部"


def test_the_other_file_is_looked_for_from_the_keyboard(
    lay: Callable[..., Desk], window: MainWindow, first: Path, second: Path, qtbot: QtBot
) -> None:
    desk = lay(first)
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    chooser = dialog_of(window, QFileDialog)
    chooser.fileSelected.emit(str(second))
    chooser.reject()
    assert lies(desk, second)


def test_the_manual_opens_once_and_turns_its_pages(lay: Callable[..., Desk], window: MainWindow, first: Path) -> None:
    lay(first)
    for chapter, title in (("collect", "收缴日"), ("assess", "党费核定")):
        window.help_wanted.emit(chapter)
        (manual,) = window.findChildren(Manual)
        assert manual.isVisible()
        assert manual.list.currentItem().text() == title


@pytest.fixture
def other(first: Path) -> Iterator[WindowLock]:
    """Another window that has the file open."""
    lock = WindowLock(first)
    assert lock.take(NOW) is None
    yield lock
    lock.free()


def test_a_second_window_reads_and_may_write_once_the_first_is_gone(
    lay: Callable[..., Desk], window: MainWindow, first: Path, other: WindowLock, qtbot: QtBot
) -> None:
    desk = lay(first)
    strip = window.findChildren(StateStrip)[-1]
    assert "自 2026-11-20 09:00 起打开，这里只能查看" in strip.words.text()
    qtbot.waitUntil(strip.isVisible)
    assert window.windowTitle() == "支部台账（只读）"
    assert window.status.saved.text() == "只读，不能修改"
    refuses_to_write(desk)
    press(window, "重新打开")
    assert "正由" in window.banner.words.text()
    other.free()
    press(window, "重新打开")
    qtbot.waitUntil(lambda: window.windowTitle() == "支部台账")
    change(desk)
    assert window.status.saved.text().startswith("● 已保存")
    qtbot.waitUntil(lambda: not window.findChildren(StateStrip))


def test_what_another_computer_left_is_taken_over_after_a_question(
    lay: Callable[..., Desk], window: MainWindow, first: Path, qtbot: QtBot
) -> None:
    note_of(first).write_text(json.dumps(vars(THERE), ensure_ascii=False), encoding="utf-8")
    desk = lay(first)
    refuses_to_write(desk)
    press(window, "接管…")
    assert "周丽萍（电脑 another-host）" in dialog_of(window, QMessageBox).text()
    refuse(window)
    refuses_to_write(desk)
    qtbot.wait(10)
    press(window, "接管…")
    agree(window)
    change(desk)


def test_a_file_on_a_share_is_copied_to_this_computer(
    lay: Callable[..., Desk],
    window: MainWindow,
    first: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(places, "on_network", lambda path: path.is_relative_to(first.parent))
    desk = lay(first)
    assert "网络共享文件夹" in window.findChildren(StateStrip)[-1].words.text()
    refuses_to_write(desk)
    before = sorted(first.parent.iterdir())
    press(window, "复制到这台电脑…")
    chooser = dialog_of(window, QFileDialog)
    target = tmp_path / "文档" / first.name
    chooser.fileSelected.emit(str(target))
    chooser.reject()
    qtbot.waitUntil(lambda: lies(desk, target), timeout=20_000)
    assert window.banner.words.text().startswith(f"已复制到 {target}")
    change(desk)
    assert sorted(first.parent.iterdir()) == before


def test_a_file_on_a_stick_is_backed_up_at_once_and_on_this_computer_too(
    lay: Callable[..., Desk],
    window: MainWindow,
    first: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(places, "on_stick", lambda path: path.is_relative_to(first.parent))
    desk = lay(first)
    assert "可以拔下的盘" in window.findChildren(StateStrip)[-1].words.text()
    folders = [first.parent / "备份", tmp_path / "文档" / "备份"]
    qtbot.waitUntil(lambda: all(backups.backups_in(folder) for folder in folders), timeout=20_000)
    qtbot.waitUntil(lambda: "今天" in window.status.backup.text() or "月" in window.status.backup.text())
    press(window, "知道了")
    assert not window.findChildren(StateStrip)[-1].isVisible()
    change(desk)


def test_what_a_crash_left_of_scans_is_tidied_once_the_window_stands(
    lay: Callable[..., Desk], window: MainWindow, first: Path, qtbot: QtBot
) -> None:
    folder = first.parent / FOLDER
    folder.mkdir()
    left = folder / f"{'ab' * 16}.bin.{attachments._owner(first)}.new"
    left.write_bytes(b"half")
    lay(first)
    assert left.exists()
    qtbot.waitUntil(lambda: not left.exists(), timeout=10_000)


def test_the_file_is_backed_up_and_let_go_of_at_the_end(
    lay: Callable[..., Desk], window: MainWindow, first: Path
) -> None:
    desk = lay(first)
    change(desk)
    desk.leave()
    assert len(backups.backups_in(first.parent / "备份")) == 1
    assert not note_of(first).exists()
    with closing(Database.open(first)) as left, left.reading() as session:
        assert members.find_by_id(session, 1).remark == "改过"


def test_what_another_program_saved_is_seen(
    lay: Callable[..., Desk], window: MainWindow, first: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(kept_file, "_WATCH_EVERY", 20)
    lay(first)
    window.go("members")
    page: Any = window.page
    with closing(Database.open(first)) as other, other.writing("改名") as session:
        members.change(session, 1, {"name": "张宏卫"})
    qtbot.waitUntil(lambda: "张宏卫" in [row.name for row in page.roster.rows_shown()], timeout=5000)


def test_no_form_opens_over_a_file_that_can_only_be_read(
    lay: Callable[..., Desk], window: MainWindow, first: Path, other: WindowLock
) -> None:
    lay(first)
    pages: dict[str, Any] = {}
    for name, target in (("members", None), ("collect", None), ("settings", "支部与组织")):
        window.go(name, target)
        pages[name] = window.page
    collect, roster, settings = pages["collect"], pages["members"], pages["settings"]
    roster.roster.select(lambda _row: True)
    forms = [roster.new_record, roster.bring_in, collect.collect_everybody, settings.section._change]
    settings.show_target("党费规则")
    forms.append(settings.section.begin_rules)
    for form in forms:
        with pytest.raises(UserError, match="以只读方式打开，不能修改"):
            form()
    assert [each for each in window.findChildren(QDialog) if each.isVisible()] == []
    collect.close_month()  # may be looked at, but changes nothing
    closing = dialog_of(window, ClosingDialog)
    closing.hand_up.click()
    assert "以只读方式打开" in window.banner.words.text()
    closing.close()


def test_the_sample_is_made_while_the_window_waits(
    lay: Callable[..., Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, sample_file: Path, tmp_path: Path
) -> None:
    def build(path: Path, _today: date, progress: Callable[[int, int], object]) -> Database:
        shutil.copyfile(sample_file, path)
        progress(1, 12)
        return Database.open(path)

    monkeypatch.setattr(samples, "build", build)
    desk = lay(None, sample=True)
    assert desk.kept is None
    qtbot.waitUntil(lambda: desk.kept is not None)
    (made,) = [each for each in (tmp_path / "示例").iterdir() if not each.name.startswith(".")]
    assert lies(desk, made)
    assert not list((tmp_path / "示例").glob("*.tmp"))


def test_a_sample_that_could_not_be_made_leaves_nothing(
    lay: Callable[..., Desk], window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise UserError("磁盘空间不够。")

    monkeypatch.setattr(samples, "_live_month", fail)
    desk = lay(None, sample=True)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(FirstRun)))
    assert desk.kept is None
    assert not list((tmp_path / "示例").iterdir())


def test_an_odd_clock_is_said_above_the_pages(
    lay: Callable[..., Desk], window: MainWindow, first: Path, qtbot: QtBot
) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with closing(Database.open(first, clock=lambda: tomorrow)) as database, database.writing("改") as session:
        members.change(session, 1, {"remark": "明天改的"})
    lay(first)
    strip = window.findChildren(ClockStrip)[-1]
    qtbot.waitUntil(strip.isVisible)
    assert "比上一次保存的" in strip.words.text()
    next(each for each in strip.findChildren(QPushButton) if each.text() == "知道了").click()
    assert not strip.isVisible()


def test_the_window_goes_on_to_the_next_day_but_follows_no_jump(
    lay: Callable[..., Desk], window: MainWindow, first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = lay(first).kept
    assert kept is not None
    opened_on = kept.workspace.view.today
    for later, followed in ((0, 0), (1, 1), (3, 3), (2, 3), (-14_000, 3), (14_000, 3), (3, 3), (4, 4)):
        window.banner.hide()
        monkeypatch.setattr(kept_file, "date", Clock(opened_on + timedelta(days=later)))
        kept._look_for_changes()
        assert kept.workspace.view.today == opened_on + timedelta(days=followed)
        assert window.banner.isVisibleTo(window) == (later != followed)
        if later != followed:
            assert "请核对电脑的日期" in window.banner.words.text()


class Clock:
    """Stands for the class of dates where only today is asked."""

    def __init__(self, day: date) -> None:
        self.today = lambda: day


def test_what_was_done_is_taken_back_and_done_again_after_a_restart(
    lay: Callable[..., Desk], window: MainWindow, first: Path, qtbot: QtBot
) -> None:
    """The steps stand in the file: another window goes on where the last one stopped."""
    before = lay(first)
    change(before)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, control)
    assert window.banner.words.text() == "已撤销“改”；按 Ctrl+Y 重做。"
    before.leave()
    desk = lay(first)
    qtbot.keyClick(window, Qt.Key.Key_Y, control)
    assert window.banner.words.text() == "已重做“改”；按 Ctrl+Z 撤销。"
    assert desk.kept is not None
    with desk.kept.database.reading() as session:
        assert members.find_by_id(session, 1).remark == "改过"
