"""A page of chapters: looking for one, its further buttons, going to a record; the ledgers of organisation life."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from gui.care.ledgers import CareLedgers
from gui.ledgers.chapter_page import Chapter, ChapterPage, RowDeed
from gui.life.ledgers import LifeLedgers
from gui.members.branch_chapters import CHAPTERS
from gui.page import Page
from gui.workspace import Workspace
from models.database import Database
from models.ledgers.care.cases import CARE_CASES
from models.ledgers.members.movements import MEMBERS_CHANGES
from models.ledgers.members.roster import MEMBERS_ROSTER
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]


def _say(page: Page, rows: Sequence[Any]) -> None:
    page.say(f"{len(rows)} 人")


def _say_all(page: Page, _rows: Sequence[Any]) -> None:
    assert isinstance(page, ChapterPage)
    _say(page, page.table.rows_shown())


SHORT = (
    Chapter(MEMBERS_ROSTER.name, "名册", "在册党员", MEMBERS_ROSTER, more=(
        RowDeed("看选中的", _say, needs_rows=True),
        RowDeed("看全部", _say_all),
    )),
    Chapter(MEMBERS_CHANGES.name, "增减", "期初、期末", MEMBERS_CHANGES),
)  # fmt: skip


class ShortPage(ChapterPage):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, SHORT)


class LongPage(ChapterPage):
    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, (*CHAPTERS[:-1], *SHORT, *SHORT, *SHORT))


@pytest.fixture
def short(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, ShortPage)


def test_further_buttons_are_handed_the_selected_rows(short: Stage) -> None:
    first, second = short.page.more_buttons
    assert (first.text(), second.text()) == ("看选中的", "看全部")
    first.click()
    assert short.said == "1 人"
    second.click()
    assert short.said == f"{len(short.page.table.rows_shown())} 人"


def test_the_buttons_of_one_chapter_go_with_it_and_what_needs_a_row_waits_for_one(short: Stage) -> None:
    short.page.filter.setText("没有这个人")
    assert [each.isEnabled() for each in short.page.more_buttons] == [False, True]
    short.page.filter.clear()
    short.page.show_target(MEMBERS_CHANGES.name)
    assert short.page.more_buttons == []


def test_a_short_list_has_no_search_and_a_long_one_leaves_what_it_finds(branch: Database, on_stage: Put) -> None:
    assert not on_stage(branch, ShortPage).page.search.isVisible()
    page = on_stage(branch, LongPage).page
    assert page.search.isVisible()
    page.search.setText("抽调")
    assert [each.title for each in page.list.entries()] == ["抽调专班"]
    assert page.chapter_shown.title == "抽调专班" == page.list.currentItem().text()
    assert page.heading.text() == "抽调专班台账"


def test_what_is_private_is_hidden_till_it_is_asked_for(branch: Database, on_stage: Put) -> None:
    page = on_stage(branch, CareLedgers).page
    page.show_target("care_cases")
    assert page.table.hidden_columns() == {"id", "id_number", "cause", "detail", "health", "certificates", "per_head"}
    assert page.table.mask_switch.text() == "显示证号、电话、困难情况"
    page.table.mask_switch.click()
    assert page.table.hidden_columns() == {"id"}
    page.table.mask_switch.click()
    page.table.hide_columns(page.table.hidden_columns() - {"cause"})
    page.reload()
    assert "cause" not in page.table.hidden_columns()  # as the person chose it
    page.show_target("care_gifts")
    assert page.table.hidden_columns() == {"id"}
    assert "cause" in {column.key for column in CARE_CASES.columns}
    page.show_target("care_cases")
    assert "cause" in page.table.hidden_columns()


def test_a_search_without_result_keeps_the_table_and_says_so(branch: Database, on_stage: Put) -> None:
    page = on_stage(branch, LongPage).page
    shown = page.heading.text()
    page.search.setText("没有这一栏")
    assert page.list.count() == 0
    page.reload()
    assert page.heading.text() == shown
    page.search.clear()
    assert page.list.count() == len(page.chapters)


def test_a_record_is_shown_by_its_number(short: Stage) -> None:
    number = short.page.table.rows_shown()[5].id
    short.page.show_target((MEMBERS_ROSTER.name, number))
    assert short.page.table.current_row().id == number


def test_birthdays_stand_among_the_ledgers_of_organisation_life(branch: Database, on_stage: Put) -> None:
    page = on_stage(branch, LifeLedgers).page
    page.show_target("members_birthdays")
    assert page.chapter_shown.title == "政治生日"
    assert page.table.rows_shown()
    assert page.change_button.text() == "登记活动"


def test_f1_opens_the_chapter_of_the_ledger_that_is_shown(branch: Database, on_stage: Put) -> None:
    page = on_stage(branch, LifeLedgers).page
    page.show_target("life_talks")
    assert page.chapter == "talks"
    page.show_target("members_birthdays")
    assert page.chapter == ""


def test_what_is_private_can_be_asked_for_where_nothing_else_is_masked(branch: Database, on_stage: Put) -> None:
    page = on_stage(branch, CareLedgers).page
    page.show_target("care_registrations")
    assert page.table.hidden_columns() == {"id", "id_number"}
    page.table.mask_switch.click()
    assert page.table.hidden_columns() == {"id"}
    assert page.table.mask_switch.isVisible()
