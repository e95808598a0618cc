"""The charts of a ledger in the window: opened, printed, saved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.dues.page import DuesPage
from gui.ledgers.chart_window import ChartWindow
from gui.members.branch_page import BranchPage
from gui.page import Page
from gui.papers.preview_window import PreviewWindow
from models.database import Database
from tests.gui.journeys.conftest import Stage

Put = Callable[[Database, type[Page]], Stage]


@pytest.mark.parametrize(("ledger", "pictures"), [("dues_register", 1), ("dues_arrears", 2)])
def test_a_dues_ledger_shows_its_charts_and_prints_them(
    qtbot: QtBot, branch: Database, on_stage: Put, ledger: str, pictures: int
) -> None:
    stage = on_stage(branch, DuesPage)
    stage.page.show_target(ledger)
    stage.page.chart_button.click()
    (window,) = stage.window.findChildren(ChartWindow)
    assert len(window.pictures) == pictures
    assert all(picture.renderer().isValid() for picture in window.pictures)
    window.print_button.click()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    (preview,) = stage.window.findChildren(PreviewWindow)
    preview.close()


def test_a_ledger_without_a_chart_offers_none(branch: Database, on_stage: Put) -> None:
    stage = on_stage(branch, DuesPage)
    stage.page.show_target("dues_payments")
    assert not stage.page.chart_button.isVisible()


def test_the_roster_structure_goes_to_excel(qtbot: QtBot, branch: Database, on_stage: Put, tmp_path: Path) -> None:
    stage = on_stage(branch, BranchPage)
    stage.page.workspace.folder = tmp_path
    stage.page.show_target("members_statistics")
    stage.page.chart_button.click()
    (window,) = stage.window.findChildren(ChartWindow)
    assert "党员年龄" in [picture.accessibleName() for picture in window.pictures]
    window.excel_button.click()
    (dialog,) = stage.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "图表.xlsx"))
    dialog.reject()
    qtbot.waitUntil((tmp_path / "图表.xlsx").exists, timeout=20_000)
    assert len(load_workbook(tmp_path / "图表.xlsx").sheetnames) == len(window.pictures)
