"""A whole festival round on the page of care: from those in need to the file of its totals, with what goes wrong."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.care.page import CarePage
from gui.care.round_people import RoundPeople
from gui.papers import papers
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from importers.reader import read
from models import checks
from models.database import Database
from models.ledgers.care.round_page import CASES, RETIRED
from models.records.care import funds as care_funds
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    with branch.writing("到账") as session:
        care_funds.receive(session, {"fund": "捐赠", "on": TODAY, "amount": Decimal(9000)}, TODAY)
    made = on_stage(branch, CarePage)
    made.page.show_target("rounds")
    return made


def fill(stage: Stage, **values: str) -> None:
    (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
    for key, text in values.items():
        dialog.fields[key].type_text(text)
    dialog.save()
    assert not dialog.isVisible()


def choose(rounds: Any, group: str) -> int:
    """Ticks everybody of a group, and answers how many."""
    rounds.choose_people()
    (dialog,) = [each for each in rounds.findChildren(RoundPeople) if each.isVisible()]
    dialog.group.choose(group)
    dialog.group.picked.emit(group)
    dialog.tick_all.click()
    ticked = len(dialog.ticked())
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return ticked


def test_from_those_in_need_to_the_file_of_totals(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rounds: Any = stage.page.view
    stage.page.new_record()
    fill(stage, festival="国庆", year="2026", handler="周丽萍", leaders="张红卫、蒋玥", budget="9000")
    listed = choose(rounds, CASES) + choose(rounds, RETIRED)
    assert listed == len(rounds.shown.rows) > 6
    rounds.do_next()
    fill(stage, fund="捐赠", amount="500", fund2="工会", amount2="50", goods="大米", unit="袋", goods_source="工会")
    assert {row.sources for row in rounds.shown.rows} == {"捐赠 500.00；工会 50.00"}
    stage.page.print_out()
    qtbot.waitUntil(lambda: bool(stage.page.findChildren(PreviewWindow)), timeout=15000)
    stage.page.findChildren(PreviewWindow)[0].close()
    rounds.do_next()
    for _ in range(2):
        QTest.keyClick(rounds.search, Qt.Key.Key_Return)
    rounds.table.table.selectAll()
    rounds.hand_button.click()
    (box,) = [each for each in rounds.findChildren(QMessageBox) if each.isVisible()]
    box.defaultButton().click()
    assert rounds.shown.waiting == []
    rounds.undo_button.click()
    fill(stage, reason="登记有误")
    assert "冲销：登记有误" in next(row.reversals for row in rounds.shown.rows if row.reversals)
    rounds.hand_out()
    for number in ("2026-201", "2026-202"):
        rounds.do_next()
        fill(stage, number=number)
    rounds.do_next()
    fill(stage)
    assert rounds.shown.closed_on == TODAY
    stage.page.show_target(("ledgers", "care_totals"))
    path = tmp_path / "汇总.xlsx"
    monkeypatch.setattr(papers, "ask_where_to_save", lambda *given: given[-1](path))
    stage.page.export()
    qtbot.waitUntil(lambda: "已保存到" in stage.said, timeout=15000)
    (grid,) = read(path).grids
    lines = [cells for cells in grid.rows if "2026年国庆慰问" in cells]
    headings = next(cells for cells in grid.rows if "捐赠" in cells)
    at = headings.index("捐赠")
    assert sum(Decimal(str(cells[at])) for cells in lines) == 500 * listed
    assert any("工会：大米" in str(cell) for cells in lines for cell in cells)
    leaders = next(cells.index("走访领导") for cells in grid.rows if "走访领导" in cells)
    assert {cells[leaders] for cells in lines} == {"张红卫、蒋玥"}
    assert checks.check(stage.database) == []
