"""Backups nobody waits for: the missing stick, the one that failed, their age, and the check once a day."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gui import safekeeping
from gui.desk import Desk
from gui.first_run import FirstRun
from gui.main_window import MainWindow
from gui.safekeeping import Safekeeping
from models import backups, manifests, preferences
from models.database import Database
from models.errors import UserError
from models.records.members import members
from models.rules.periods import PartialDate
from tests import founded
from tests.gui.journeys.conftest import TODAY, dialog_of

pytestmark = pytest.mark.usefixtures("own_computer")
SLOW = 20_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "甲" / "甲支部.zbtz"
    made.parent.mkdir()
    with closing(founded.make(made, "甲局第一党支部", TODAY)) as database, database.writing("登记") as session:
        members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980)})
    return made


@pytest.fixture
def safe(lay: Callable[..., Desk], path: Path, qtbot: QtBot) -> Callable[[], Safekeeping]:
    """Opens the file and waits until the window has settled."""

    def opened() -> Safekeeping:
        desk = lay(path)
        assert desk.kept is not None
        kept = desk.kept.safe
        qtbot.waitUntil(lambda: kept._settled and not kept._work)
        return kept

    return opened


def change(kept: Safekeeping) -> None:
    with kept._database().writing("改") as session:
        members.change(session, 1, {"remark": f"改于 {datetime.now()}"})
    kept.is_changed = True


def by_the_half_hour(kept: Safekeeping, qtbot: QtBot) -> None:
    kept._back_up_quietly()
    qtbot.waitUntil(lambda: not kept._work, timeout=SLOW)


def test_a_missing_stick_is_said_once_and_caught_up_with(
    safe: Callable[[], Safekeeping], window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    stick = tmp_path / "U盘"
    preferences.change(second_folder=stick)
    kept = safe()
    assert "现在不在；是 U 盘的，请插上" in window.banner.words.text()
    window.banner.hide()
    change(kept)
    by_the_half_hour(kept, qtbot)
    kept._look_for_second()
    assert not window.banner.isVisible()
    assert len(backups.backups_in(kept.folder)) == 1
    stick.mkdir()
    kept._look_for_second()
    qtbot.waitUntil(lambda: len(backups.backups_in(stick)) == 1, timeout=SLOW)
    qtbot.waitUntil(lambda: not kept._work)
    kept._look_for_second()
    assert not kept._work
    assert len(backups.backups_in(stick)) == 1
    for each in (*stick.rglob("*.*"),):
        each.unlink()
    stick.rmdir()
    kept._look_for_second()
    assert "现在不在" in window.banner.words.text()
    assert window.banner.isVisible()


def test_a_stick_that_lacks_the_last_backup_gets_it_at_the_next_start(
    safe: Callable[[], Safekeeping], path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with closing(Database.open(path)) as database:
        backups.make(database, path.parent / "备份")
    stick = tmp_path / "U盘"
    stick.mkdir()
    preferences.change(second_folder=stick)
    safe()
    assert len(backups.backups_in(stick)) == 1


def test_a_file_from_before_an_upgrade_is_kept_with_the_backups(safe: Callable[[], Safekeeping], path: Path) -> None:
    left = path.with_name(f"{path.stem}.格式2{path.suffix}")
    left.write_bytes(b"as it was")
    assert (safe().folder / left.name).read_bytes() == b"as it was"


def test_a_backup_that_fails_turns_the_words_to_a_warning_and_is_said_once(
    safe: Callable[[], Safekeeping], window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    kept = safe()
    assert (window.status.backup.text(), window.status.backup.property("tone")) == ("还没有备份", "warn")
    folder = path.parent / "备份"
    folder.touch()
    change(kept)
    by_the_half_hour(kept, qtbot)
    assert (window.status.backup.text(), window.status.backup.property("tone")) == ("备份没有做成", "warn")
    assert "写不进" in window.status.backup.toolTip()
    assert "备份没有做成，写不进" in window.banner.words.text()
    assert "数据文件本身已经保存" in window.banner.words.text()
    window.banner.hide()
    by_the_half_hour(kept, qtbot)
    assert not window.banner.isVisible()
    folder.unlink()
    by_the_half_hour(kept, qtbot)
    assert "今天" in window.status.backup.text()
    assert (window.status.backup.property("tone"), window.status.backup.toolTip()) == ("plain", "")
    page: Any = window.page
    assert ["今天" in each.progress for each in page.duties.model.rows if each.name == "备份"] == [True]


def test_a_second_place_that_cannot_be_written_is_told_apart(
    safe: Callable[[], Safekeeping], window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    preferences.change(second_folder=stick)
    kept = safe()
    make = backups.make

    def full(database: Database, folder: Path) -> manifests.Backup:
        if folder == stick:
            raise UserError(f"备份没有做成，写不进“{stick}”：磁盘空间不够。")
        return make(database, folder)

    monkeypatch.setattr(backups, "make", full)
    change(kept)
    by_the_half_hour(kept, qtbot)
    assert "第一处的备份做好了，但另一处没有做成" in window.banner.words.text()
    assert len(backups.backups_in(kept.folder)) == 1
    assert not kept.is_changed
    monkeypatch.setattr(backups, "make", make)
    kept._look_for_second()
    qtbot.waitUntil(lambda: len(backups.backups_in(stick)) == 1, timeout=SLOW)
    qtbot.waitUntil(lambda: kept.tone == "plain")


@pytest.mark.parametrize(("days", "tone"), [(1, "plain"), (6, "plain"), (8, "warn")])
def test_the_words_say_how_old_the_last_backup_is(
    safe: Callable[[], Safekeeping], window: MainWindow, path: Path, days: int, tone: str
) -> None:
    made = datetime.now().astimezone() - timedelta(days=days)
    with closing(Database.open(path, clock=lambda: made)) as database:
        backups.make(database, path.parent / "备份")
    assert f"{made:%m月%d日 %H:%M} 已核验" in safe().words
    assert window.status.backup.property("tone") == tone


def test_a_check_a_day_is_told_only_where_something_is_wrong(
    safe: Callable[[], Safekeeping], window: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "CHECK_AFTER", 10)
    kept = safe()
    mark = manifests.origin_of(path)
    qtbot.waitUntil(lambda: preferences.read().checked.get(mark) == date.today().isoformat(), timeout=SLOW)
    qtbot.waitUntil(lambda: not kept._work)
    assert kept.tone == "warn"  # there is no backup yet, but nothing is wrong
    with closing(sqlite3.connect(path)) as foreign, foreign:
        foreign.execute("UPDATE members SET name = '张宏卫'")
    kept.check_if_due()
    assert not kept._work  # once a day
    preferences.change(checked={mark: "2026-01-01"})
    kept.check_if_due()
    qtbot.waitUntil(lambda: window.status.backup.property("tone") == "bad", timeout=SLOW)
    assert window.status.backup.text() == "检查发现 1 个问题，见设置里的备份"
    assert "是其他软件改动的" in window.status.backup.toolTip()
    assert preferences.read().checked == {mark: "2026-01-01"}


def test_a_new_file_left_without_a_change_is_backed_up_in_both_places_of_the_first_steps(
    lay: Callable[..., Desk], window: MainWindow, tmp_path: Path
) -> None:
    desk = lay(None)
    steps = dialog_of(window, FirstRun)
    steps.organisation.fields["name"].type_text("新支部")
    steps.go_on()
    steps.go_on()
    steps.place.password.none.click()
    stick = tmp_path / "U盘"
    for folder, sentence in ((stick, "U 盘请先插上"), (Path("相对"), "没有“相对”")):
        steps.place.second.set_folder(folder)
        steps.later_button.click()
        assert sentence in steps.place.problem.text()
    steps.place.backups.set_folder(tmp_path)
    steps.place.second.set_folder(tmp_path)
    steps.later_button.click()
    assert "同一个文件夹" in steps.place.problem.text()
    stick.mkdir()
    steps.place.second.set_folder(stick)
    steps.later_button.click()
    assert desk.kept is not None
    assert preferences.read().second_folder == stick
    desk.leave()
    assert (len(backups.backups_in(tmp_path)), len(backups.backups_in(stick))) == (1, 1)
