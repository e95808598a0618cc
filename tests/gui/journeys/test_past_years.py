"""A register of a past year from its file to the page that shows it, corrected through the workbook of problem rows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from pytestqt.qtbot import QtBot

from gui.dues.page import DuesPage
from gui.importing.dialog import ImportDialog
from models import checks
from models.database import Database
from models.rules.periods import Period
from tests.gui.journeys.conftest import Stage
from tests.gui.journeys.hand import Hand
from tests.gui.journeys.test_import_dialog import figures, previewed, rest, taken

Put = Callable[..., Stage]
HEAD = ["姓名", "月应交", *(f"{number}月" for number in range(1, 13)), "全年应交", "全年实交"]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    stage = on_stage(branch, DuesPage)
    stage.page.show_target("dues_register")
    return stage


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Two members, one of whose sums is wrong."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2024年度党费收缴登记表"])
    sheet.append(HEAD)
    sheet.append(["张红卫", 100, *[100] * 12, 1200, 1200])
    sheet.append(["周丽萍", 120, *[120] * 10, None, None, 1440, 1100])
    book.save(tmp_path / "登记表.xlsx")
    return tmp_path / "登记表.xlsx"


def opened(qtbot: QtBot, stage: Stage, path: Path) -> ImportDialog:
    """The dialog that the page's own button opens, after it has read a file."""
    hand = Hand(qtbot, stage.window)
    hand.click(stage.page.bring_in)
    dialog = hand.awaits(ImportDialog, stage.page)
    dialog.read(path)
    rest(qtbot, dialog)
    return dialog


def shown(stage: Stage) -> dict[str, tuple[str, str]]:
    """Due and paid of the year for those who had any."""
    stage.page._pick_period(Period.of_year(2024))
    return {row.name: (f"{row.due}", f"{row.paid}") for row in stage.page.table.rows_shown() if row.due}


def test_a_past_year_comes_in_is_corrected_and_taken_back(
    stage: Stage, qtbot: QtBot, tmp_path: Path, register: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = previewed(qtbot, opened(qtbot, stage, register))
    assert figures(dialog) == ["1", "0", "0", "1", "0"]
    target = tmp_path / "有问题的行.xlsx"
    monkeypatch.setattr("gui.importing.dialog.ask_where_to_save", lambda *given: given[-1](target))
    dialog.preview_step.problems_button.click()
    rest(qtbot, dialog)
    taken(qtbot, dialog)
    assert shown(stage) == {"张红卫": ("1200.00", "1200.00")}
    book = load_workbook(target)
    cells = [cell for line in book.worksheets[0].iter_rows() for cell in line]
    assert any("各月相加是 1,200.00" in str(cell.value) for cell in cells)
    next(cell for cell in cells if str(cell.value) == "1100").value = "1200"
    book.save(target)
    again = previewed(qtbot, opened(qtbot, stage, target))
    assert figures(again)[:4] == ["1", "0", "0", "0"]
    taken(qtbot, again)
    assert shown(stage) == {"张红卫": ("1200.00", "1200.00"), "周丽萍": ("1440.00", "1200.00")}
    assert checks.check(stage.database) == []
    stage.page.undo()
    assert shown(stage) == {"张红卫": ("1200.00", "1200.00")}
