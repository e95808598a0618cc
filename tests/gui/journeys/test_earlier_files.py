"""The way back after an upgrade, as a person finds and takes it in the settings."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.desk import Desk
from gui.main_window import MainWindow
from gui.settings.earlier import EarlierCard
from gui.settings.page import SettingsPage
from models.errors import ReadOnlyError
from tests.gui.journeys.conftest import dialog_of

pytestmark = pytest.mark.usefixtures("own_computer")
SAVED = Path(__file__).parents[2] / "data" / "files" / "格式2.zbtz.gz"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "甲" / "甲支部.zbtz"
    made.parent.mkdir()
    made.write_bytes(gzip.decompress(SAVED.read_bytes()))
    return made


@pytest.fixture
def card(lay: Callable[..., Desk], path: Path, window: MainWindow, qtbot: QtBot) -> EarlierCard:
    """The list after a file of schema 2 was opened by today's program."""
    desk = lay(path)
    assert desk.kept is not None
    kept = desk.kept.safe
    qtbot.waitUntil(lambda: kept._settled and not kept._work)
    assert "数据文件已升级，旧版本的程序打不开它了" in window.banner.words.text()
    window.go("settings", "数据文件")
    page = window.page
    assert isinstance(page, SettingsPage)
    found = page.section.findChild(EarlierCard)
    assert isinstance(found, EarlierCard)
    return found


def test_the_file_from_before_is_listed_copied_out_and_removed(
    card: EarlierCard, window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    was = gzip.decompress(SAVED.read_bytes())
    (row,) = card.table.rows_shown()
    assert card.isVisible()
    assert (row.name, row.schema, row.program) == ("甲支部.格式2.zbtz", 2, "数据格式 2 的旧版本")
    assert row.place == "数据文件旁边、备份"
    target = tmp_path / "退回.zbtz"
    card.copy_to(row.kept, target)
    qtbot.waitUntil(lambda: "请用旧版本的程序打开" in window.banner.words.text())
    assert target.read_bytes() == was
    card.remove_button.click()
    box = dialog_of(window, QMessageBox)
    assert str(path.with_name(row.name)) in box.informativeText()
    box.defaultButton().click()
    assert path.with_name(row.name).exists()
    card.remove_button.click()
    box = dialog_of(window, QMessageBox)
    next(each for each in box.buttons() if each.text() == "删除").click()
    assert not card.isVisible()
    assert list(tmp_path.rglob("*格式*")) == []
    assert target.exists()


def test_who_may_only_look_removes_nothing(card: EarlierCard, path: Path) -> None:
    card._database.read_only = True
    with pytest.raises(ReadOnlyError):
        card.ask_to_remove()
    card._database.read_only = False
    assert path.with_name("甲支部.格式2.zbtz").exists()
