"""A data file that is damaged when the program starts: three clicks, and its newest good backup is gone on with."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.damaged import DamagedDialog
from gui.desk import Desk
from gui.first_run import FirstRun
from gui.main_window import MainWindow
from gui.parts.password_box import PasswordBox
from models import attachments, backups, checks
from models.database import Database
from models.records.members import members
from models.rules.periods import PartialDate
from tests import founded
from tests.gui.journeys.conftest import TODAY, dialog_of

PASSWORD = "三棵树下的老自行车"
PDF = b"%PDF-1.7 voucher"
LONGEST = 60.0  # seconds
pytestmark = pytest.mark.usefixtures("own_computer")


class Clicks:
    """Counts what is clicked."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, button: QPushButton) -> None:
        self.count += 1
        button.click()


def made(path: Path, password: str | None, later: bool) -> Path:
    """A file with a backup, and if so wished with a member who came later."""
    path.parent.mkdir()
    with closing(founded.make(path, "甲局第一党支部", TODAY, password=password)) as database:
        with database.writing("登记") as session:
            members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980)})
            attachments.add(session, "凭证.pdf", PDF)
        backups.make(database, path.parent / "备份")
        if later:
            with database.writing("登记") as session:
                members.add(session, {"name": "李秀英", "birth_date": PartialDate(1980)})
    return path


def spoil_head(path: Path) -> None:
    path.write_bytes(b"spoilt" + path.read_bytes()[6:])


def spoil_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def give_password(window: MainWindow, clicks: Clicks) -> None:
    box = dialog_of(window, PasswordBox)
    box.field.setText(PASSWORD)
    clicks.on(box.open_button)


def is_asked(window: MainWindow) -> bool:
    return any(each.isVisible() for each in window.findChildren(DamagedDialog))


@pytest.mark.parametrize("damage", [spoil_head, spoil_pages, cut])
@pytest.mark.parametrize("password", [None, PASSWORD])
def test_the_newest_good_backup_is_three_clicks_away(
    lay: Callable[..., Desk],
    window: MainWindow,
    tmp_path: Path,
    qtbot: QtBot,
    password: str | None,
    damage: Callable[[Path], None],
) -> None:
    path = made(tmp_path / "甲" / "甲支部.zbtz", password, later=True)
    damage(path)
    for scan in (path.parent / attachments.FOLDER).iterdir():
        scan.write_bytes(b"spoilt too")
    spoilt, began, clicks = path.read_bytes(), monotonic(), Clicks()
    desk = lay(path)
    if password is not None and damage is spoil_pages:
        give_password(window, clicks)
    qtbot.waitUntil(lambda: is_asked(window))
    dialog = dialog_of(window, DamagedDialog)
    assert "已损坏" in dialog.windowTitle()
    assert "要重新登记" in dialog.lost.text()
    clicks.on(dialog.go_on_button)
    if password is not None and damage is not spoil_pages:
        qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(PasswordBox)), timeout=20_000)
        give_password(window, clicks)
    qtbot.waitUntil(lambda: desk.kept is not None, timeout=20_000)
    assert clicks.count <= 3
    assert monotonic() - began < LONGEST
    assert desk.kept is not None
    assert desk.kept.database.path == path
    with desk.kept.database.reading() as session:
        assert members.find_by_id(session, 1).name == "张红卫"
    database = desk.kept.database
    qtbot.waitUntil(lambda: checks.check(database) == [], timeout=20_000)
    (aside,) = path.parent.glob("甲支部.损坏-*.zbtz")
    assert aside.read_bytes() == spoilt
    assert aside.name in window.banner.words.text()


def test_what_was_done_after_the_backup_is_said(
    lay: Callable[..., Desk], window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = made(tmp_path / "甲" / "甲支部.zbtz", None, later=True)
    with closing(Database.open(path)) as database, database.reading() as session:
        kept = session.connection().connection.driver_connection
        assert kept is not None
        (page,) = kept.execute("SELECT rootpage FROM sqlite_master WHERE name = 'settings'").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    desk = lay(path)
    dialog = dialog_of(window, DamagedDialog)
    assert dialog.lost.text() == "做备份以后还改动过，要重新登记：新增党员 1。"
    dialog.cancel_button.click()
    assert desk.kept is None
    assert path.read_bytes() == bytes(content)


def test_nothing_is_lost_where_nothing_was_done_since(
    lay: Callable[..., Desk], window: MainWindow, tmp_path: Path
) -> None:
    path = made(tmp_path / "甲" / "甲支部.zbtz", None, later=False)
    content = bytearray(path.read_bytes())
    content[68:72] = bytes(4)  # the mark of our files
    path.write_bytes(content)
    lay(path)
    dialog = dialog_of(window, DamagedDialog)
    assert any("一字不差，连同 1 个扫描件" in each.text() for each in dialog.findChildren(QLabel))
    assert dialog.lost.text() == "做备份以后没有再改动，什么都不会丢。"
    dialog.other_button.click()
    assert dialog_of(window, FirstRun).isVisible()


def test_another_file_that_is_damaged_is_offered_its_backup_too(
    lay: Callable[..., Desk], window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    first = made(tmp_path / "甲" / "甲支部.zbtz", None, later=False)
    second = made(tmp_path / "乙" / "乙支部.zbtz", None, later=False)
    spoil_pages(second)
    desk = lay(first)
    desk.leave_for(second)
    dialog = dialog_of(window, DamagedDialog)
    dialog.cancel_button.click()
    assert desk.kept is not None
    assert desk.kept.database.path == first
    desk.leave_for(second)
    [each for each in window.findChildren(DamagedDialog) if each.isVisible()][-1].go_on_button.click()
    qtbot.waitUntil(lambda: desk.kept is not None and desk.kept.database.path == second, timeout=20_000)
