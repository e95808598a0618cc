"""The secretary changes: one button in the settings of the data file makes the paper that three sign."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.settings.page import SettingsPage
from models.database import Database
from tests.exporters import pages

TITLE = "党支部工作交接清单"


@pytest.fixture
def previews(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, list[str]]]:
    """The title of each PDF that was to be looked at, and the texts of its pages."""
    seen: list[tuple[str, list[str]]] = []

    def look(path: Path, title: str, _page: Any, cleanup: Any, folder: Path) -> Any:
        seen.append((title, pages.texts(path)))
        cleanup()
        return type("Shown", (), {"show": lambda self: None})()

    monkeypatch.setattr("gui.papers.preview_window.PreviewWindow", look)
    return seen


def test_a_button_beside_the_data_file_shows_the_paper(
    sample: Database, on_stage: Any, qtbot: QtBot, previews: list[tuple[str, list[str]]]
) -> None:
    stage = on_stage(sample, SettingsPage)
    stage.page.show_target("数据文件")
    button = stage.page.section.handover_button
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(previews), timeout=20_000)
    ((title, texts),) = previews
    assert title == TITLE
    assert "一、没有办完的事" in texts[0]
    for words in ("欠交党费", "没有定稿", "没有退出的", "没有转交的物品", sample.path.name, "监交人"):
        assert words in "".join(texts)
