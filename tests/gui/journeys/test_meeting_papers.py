"""Papers of meetings in the real window: chapters, chosen records, the sheet at the door, the work book."""

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from gui.ledgers.page import LedgersPage
from gui.life.ledgers import LifeLedgers
from gui.life.meeting_chapters import MEETINGS
from gui.life.minutes_papers import preview_sign_in
from gui.papers.paper_files import preview_paper
from models.database import Database
from models.errors import UserError
from models.ledger import View
from models.records.life import activities
from models.records.members import organisation
from models.rules.periods import Period
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]


@pytest.fixture
def previews(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The title of each PDF that was to be looked at, with the text of its pages."""
    seen: dict[str, list[str]] = {}

    def look(path: Path, title: str, _page: Any, cleanup: Callable[[], object], folder: Path) -> Any:
        with closing(pypdfium2.PdfDocument(path)) as document:
            seen[title] = [document[number].get_textpage().get_text_range() for number in range(len(document))]
        cleanup()
        return type("Shown", (), {"show": lambda self: None, "warn": lambda self, words: None})()

    monkeypatch.setattr("gui.papers.preview_window.PreviewWindow", look)
    return seen


def rest(qtbot: QtBot, stage: Stage) -> None:
    qtbot.waitUntil(lambda: not stage.window._tasks, timeout=60_000)


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, LifeLedgers)


@pytest.mark.parametrize("chapter", MEETINGS, ids=lambda chapter: chapter.name)
def test_every_chapter_shows_what_was_held(stage: Stage, chapter: Any) -> None:
    stage.page.show_target(chapter.name)
    assert stage.page.chapter_shown is chapter
    assert stage.page.table.rows_shown()
    assert stage.page.change_button.isVisible() is (chapter.change is not None)


def test_enter_opens_the_record(stage: Stage) -> None:
    gone: list[tuple[str, Any]] = []
    stage.page.left_for.connect(lambda name, target: gone.append((name, target)))
    stage.page.show_target("life_meetings")
    chosen = stage.page.table.current_row()
    stage.page.change_button.click()
    assert gone == [("life", ("records", chosen.id))]


def test_a_ledger_of_one_kind_is_printed_as_its_records(
    stage: Stage, qtbot: QtBot, previews: dict[str, list[str]]
) -> None:
    stage.page.show_target("life_general_meetings")
    rows = stage.page.table.rows_shown()
    stage.page.print_out()
    rest(qtbot, stage)
    ((title, pages),) = previews.items()
    assert title == "2026年度支部党员大会记录"
    assert sum("主持人签字" in page for page in pages) == len(rows)


def test_chosen_records_are_printed_alone(stage: Stage, qtbot: QtBot, previews: dict[str, list[str]]) -> None:
    stage.page.show_target("life_meetings")
    stage.page.table.select(lambda row: row.key == "party_lecture")
    theme = stage.page.table.current_row().theme
    stage.page.more.itemAt(0).widget().click()
    rest(qtbot, stage)
    (pages,) = previews.values()
    assert theme in re.sub(r"\s", "", "".join(pages))
    assert "党课记录" in pages[0]
    assert sum("主持人签字" in page for page in pages) == 1


def test_the_work_book_of_a_branch_is_bound(stage: Stage, qtbot: QtBot, previews: dict[str, list[str]]) -> None:
    stage.page.show_target("life_meetings")
    with stage.database.reading() as session:
        branch_id = organisation.branches(session)[1].id
    stage.page.branch.choose(branch_id)
    stage.page.branch.picked.emit(branch_id)
    stage.page.more.itemAt(1).widget().click()
    rest(qtbot, stage)
    ((title, pages),) = previews.items()
    assert title == "2026年度党支部工作手册"
    assert "第二党支部" in pages[0]
    assert "目　　录" in pages[1]
    assert f"共 {len(pages)} 页" in pages[-1]
    assert len(pages) > len(stage.page.table.rows_shown())


def test_the_list_of_ledgers_has_the_work_book_of_each_branch(
    branch: Database, on_stage: Put, qtbot: QtBot, previews: dict[str, list[str]]
) -> None:
    stage = on_stage(branch, LedgersPage)
    stage.page.show_target("life_work_book")
    rows = stage.page.records.rows_shown()
    assert [row.unit for row in rows] == ["第一党支部", "第二党支部", "第三党支部"]
    assert all(row.meetings and not row.parts for row in rows)
    stage.page.records.select(lambda row: row.unit == "第三党支部")
    stage.page.print_chosen()
    rest(qtbot, stage)
    (pages,) = previews.values()
    assert "第三党支部" in pages[0]
    assert any("支部党员大会记录" in page for page in pages[2:])


def test_a_blank_record_and_a_blank_sheet_can_be_printed(
    branch: Database, on_stage: Put, qtbot: QtBot, previews: dict[str, list[str]]
) -> None:
    stage = on_stage(branch, LedgersPage)
    for name, words in (("life_general_meetings", "主要内容"), ("life_sign_in", "签名"), ("life_attendance", "出勤率")):
        stage.page.show_target(name)
        stage.page.blank_button.click()
        rest(qtbot, stage)
        assert words in re.sub(r"\s", "", "".join(list(previews.values())[-1]))
    assert len(previews) == 3


def test_the_sheet_at_the_door_of_a_plan(stage: Stage, qtbot: QtBot, previews: dict[str, list[str]]) -> None:
    with stage.database.writing("计划") as session:
        first = organisation.branches(session)[0].id
        planned = activities.plan(session, first, "theme_day", {"planned_on": TODAY, "theme": "学习"}).id
    preview_sign_in(stage.page, planned)
    rest(qtbot, stage)
    assert list(previews) == ["主题党日签到表"]
    assert "张红卫" in "".join(previews["主题党日签到表"])


def test_a_year_without_records_says_so(stage: Stage) -> None:
    long_ago = View(TODAY, Period.of_year(2019))
    with pytest.raises(UserError, match="2019年度没有可以打印的会议和活动记录。"):
        preview_paper(stage.page, "life_minutes", long_ago)
