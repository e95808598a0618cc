"""All ledgers and papers: looking, choosing a period and a branch, exporting, locking, printing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.importing.dialog import ImportDialog
from gui.ledgers.export_password import ExportPasswordDialog
from gui.ledgers.ledger_entries import entries
from gui.ledgers.page import LedgersPage
from gui.papers.paper_files import export_ledger
from gui.papers.preview import PdfPages
from models.database import Database
from models.records.members import members
from models.rules.periods import Month, Period
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]
ENTRIES = [entry.name for entry in entries()]
IN_ONE_WINDOW = 16  # entries looked at one after the other
# What is done once a year has not been done this year yet.
OF_LAST_YEAR = ("life_appraisals", "life_appraisal_sheet", "life_duty_reviews", "life_branch_grades",
                "life_point_events", "life_sanctions")  # fmt: skip


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, LedgersPage)


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Where the next file is saved: the first element, in place of asking."""
    chosen = [tmp_path / "导出.xlsx"]
    monkeypatch.setattr("gui.papers.papers.ask_where_to_save", lambda *given: given[-1](chosen[0]))
    return chosen


@pytest.fixture
def previews(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """The title and content of each PDF that was to be looked at."""
    seen: list[tuple[str, bytes]] = []

    def look(path: Path, title: str, _page: Any, cleanup: Callable[[], object], folder: Path) -> Any:
        seen.append((title, path.read_bytes()))
        cleanup()
        return type("Shown", (), {"show": lambda self: None})()

    monkeypatch.setattr("gui.papers.preview_window.PreviewWindow", look)
    return seen


def rest(qtbot: QtBot, stage: Stage) -> None:
    qtbot.waitUntil(lambda: not stage.window._tasks, timeout=30_000)


def pick(chooser: Any, value: Any) -> None:
    chooser.choose(value)
    assert chooser.value() == value
    chooser.picked.emit(value)


@pytest.mark.parametrize("first", range(0, len(ENTRIES), IN_ONE_WINDOW), ids=lambda first: f"from {ENTRIES[first]}")
def test_every_entry_shows_its_rows(stage: Stage, first: int) -> None:
    for name in ENTRIES[first : first + IN_ONE_WINDOW]:
        stage.page.show_target(name)
        assert stage.page.entry.name == name
        period = stage.page.period.value()
        table = stage.page.records if stage.page.entry.is_paper else stage.page.table
        assert table.isVisible(), name
        if name in OF_LAST_YEAR and not table.rows_shown():
            pick(stage.page.period, Period.of_year(TODAY.year - 1))
        # In November nothing is handed up yet, and nobody has come or gone or was taken into the care of the branch.
        assert table.rows_shown() or name in ("dues_remittance", "members_changes", "care_changes"), name
        if stage.page.period.value() != period:
            pick(stage.page.period, period)


def test_one_thing_stands_in_the_list_once(stage: Stage) -> None:
    listed = stage.page.list.entries()
    assert len({entry.name for entry in listed}) == len({entry.title for entry in listed}) == len(listed)
    assert [entry.title for entry in listed if entry.has("f06")] == ["党费收缴情况公示", "党费收缴使用情况年度公示"]


def test_the_notice_is_a_table_on_the_screen_and_in_excel_and_a_paper_in_print(
    stage: Stage, qtbot: QtBot, target: list[Path], previews: list[tuple[str, bytes]], tmp_path: Path
) -> None:
    stage.page.show_target("dues_notice")
    assert stage.page.table.rows_shown()
    assert stage.page.blank_button.isVisible()
    assert not stage.page.chosen_button.isVisible()
    stage.page.print_out()
    rest(qtbot, stage)
    stage.page.export()
    rest(qtbot, stage)
    cells = [cell.value for line in load_workbook(target[0]).worksheets[0].iter_rows() for cell in line]
    assert {"2026年11月党费收缴情况公示", "张红卫", "交纳情况"} <= set(cells)
    target[0] = tmp_path / "公示.pdf"
    export_ledger(stage.page, stage.page._filled(), stage.page._view(), "pdf")
    rest(qtbot, stage)
    assert previews == [("2026年11月党费收缴情况公示", target[0].read_bytes())]
    with PdfPages(target[0]) as pages:
        assert len(pages) == 3  # a notice for each branch


def test_a_character_that_no_font_has_is_told_when_a_pdf_is_saved(
    stage: Stage, qtbot: QtBot, target: list[Path], tmp_path: Path
) -> None:
    with stage.page.workspace.writing("改名") as session:
        members.find_by_id(session, 1).name = "张\U00031350"
    target[0] = tmp_path / "名册.pdf"
    stage.page.show_target("members_roster")
    export_ledger(stage.page, stage.page._filled(), stage.page._view(), "pdf")
    rest(qtbot, stage)
    assert stage.said.startswith(f"已保存到 {target[0]}。第 1 行“姓名”的“\U00031350”（U+31350）没有字体可画")
    stage.page.show_target("dues_slip")
    target[0] = tmp_path / "凭条.pdf"
    stage.page.export()
    rest(qtbot, stage)
    assert "第 1 份的“\U00031350”（U+31350）没有字体可画" in stage.said


def test_the_list_is_searched(stage: Stage) -> None:
    stage.page.search.setText("f01")
    assert [entry.name for entry in stage.page.list.entries()] == ["dues_register"]
    assert stage.page.heading.text() == "党费收缴登记表"
    stage.page.search.setText("没有这种")
    stage.page.print_button.click()
    assert stage.said == "请先在左边选一张台账。"
    stage.page.search.clear()
    assert len(stage.page.list.entries()) == len(entries())


def test_period_and_branch_narrow_a_ledger(stage: Stage) -> None:
    stage.page.show_target("dues_payments")
    october = Period(Month(2026, 10), Month(2026, 10))
    pick(stage.page.period, october)
    everything = len(stage.page.table.rows_shown())
    stage.page.branch.setCurrentIndex(2)
    stage.page.branch.picked.emit(stage.page.branch.value())
    rows = stage.page.table.rows_shown()
    assert 0 < len(rows) < everything
    assert {row.branch for row in rows} == {"第二党支部"}
    assert all(Month.of(row.paid_on) == Month(2026, 10) for row in rows)


@pytest.mark.parametrize("ending", ["xlsx", "pdf", "csv"])
def test_a_ledger_is_exported(stage: Stage, qtbot: QtBot, target: list[Path], tmp_path: Path, ending: str) -> None:
    from gui.papers.sheet_files import export_sheet

    target[0] = tmp_path / f"登记表.{ending}"
    stage.page.show_target("dues_register")
    export_sheet(stage.page, stage.page._filled(), ending)
    rest(qtbot, stage)
    assert target[0].stat().st_size > 500
    assert str(target[0]) in stage.said


def test_what_the_filter_hides_is_exported_all_the_same(stage: Stage, qtbot: QtBot, target: list[Path]) -> None:
    stage.page.show_target("members_roster")
    stage.page.filter.setText("吴国强")
    assert len(stage.page.table.rows_shown()) == 1
    qtbot.keyClick(stage.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, stage)
    cells = [cell.value for line in load_workbook(target[0]).worksheets[0].iter_rows() for cell in line]
    assert {"张红卫", "吴国强", "诸葛绮"} <= set(cells)


def test_a_workbook_is_locked(stage: Stage, qtbot: QtBot, target: list[Path]) -> None:
    from importers import reader

    stage.page.show_target("members_roster")
    stage.page.export_locked()
    (dialog,) = stage.page.findChildren(ExportPasswordDialog)
    dialog.password.first.setText("名册密码")
    dialog.go_on()
    assert "至少 10 位" in dialog.password.problem.text()
    dialog.password.first.setText("名册的密码有八位")
    dialog.password.second.setText("名册的密码有八位")
    dialog.go_on()
    rest(qtbot, stage)
    with pytest.raises(reader.NeedsPasswordError):
        reader.read(target[0])
    book = reader.read(target[0], "名册的密码有八位")
    assert any("吴国强" in line for line in book.grids[0].rows)


def test_a_ledger_is_looked_at_before_printing(stage: Stage, qtbot: QtBot, previews: list[tuple[str, bytes]]) -> None:
    stage.page.show_target("dues_notice")
    qtbot.keyClick(stage.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, stage)
    ((title, content),) = previews
    assert "党费收缴情况公示" in title
    assert content.startswith(b"%PDF")


def test_papers_are_printed_all_some_or_blank(stage: Stage, qtbot: QtBot, previews: list[tuple[str, bytes]]) -> None:
    stage.page.show_target("dues_slip")
    assert stage.page.records.rows_shown()
    assert not stage.page.import_button.isVisible()
    stage.page.print_out()
    rest(qtbot, stage)
    stage.page.records.select(lambda row: row.payer == "张红卫")
    stage.page.print_chosen()
    rest(qtbot, stage)
    stage.page.print_blank()
    rest(qtbot, stage)
    everything, one, blank = (len(content) for _, content in previews)
    assert everything > one > 0
    assert blank > 0
    assert previews[2][0] == "空白党费交纳凭条"


def test_a_ledger_that_can_be_imported_opens_the_import(stage: Stage) -> None:
    stage.page.show_target("dues_summary")
    assert not stage.page.import_button.isVisible()
    stage.page.show_target("dues_assessments")
    stage.page.import_button.click()
    (dialog,) = stage.page.findChildren(ImportDialog)
    assert dialog.ledger.name == "dues_assessments"


def test_illness_is_hidden_till_it_is_asked_for(stage: Stage) -> None:
    stage.page.show_target("care_cases")
    table = stage.page.table
    assert table.hidden_columns() == {"id_number", "cause", "detail", "health", "certificates", "per_head"}
    stage.page.show_target("dues_payments")  # whose numbers are masked as everywhere
    assert table.hidden_columns() == frozenset()
    stage.page.show_target("dues_reductions")
    assert (table.hidden_columns(), table.mask_switch.isVisible()) == ({"cause"}, True)
    table.mask_switch.click()
    assert table.hidden_columns() == frozenset()
    stage.page.show_target("care_cases")
    assert table.hidden_columns() == frozenset()
    table.mask_switch.click()
    assert "cause" in table.hidden_columns()
    stage.page.show_target("members_roster")
    assert table.hidden_columns() == frozenset()


def test_every_ledger_and_paper_says_what_it_is_for() -> None:
    assert [each.name for each in entries() if not each.use] == []
