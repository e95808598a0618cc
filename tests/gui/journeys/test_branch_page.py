"""The branch page: committees and terms, task forces, birthdays, changes, its own card, and days gone by."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.members.branch_chapters import CHAPTERS
from gui.members.branch_page import BranchPage
from models.database import Database
from models.records.members import cards, committee, organisation
from models.records.members.members import find
from models.records.members.service import Secondment
from tests.gui.journeys.chapters import fill, form
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, BranchPage)


def rows(stage: Stage) -> list[tuple[str, ...]]:
    return [(row.name, row.post) for row in stage.page.table.rows_shown() if row.branch == "第一党支部"]


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_every_chapter_shows_its_table_and_what_can_be_done(stage: Stage, chapter) -> None:
    stage.page.show_target(chapter.name)
    assert stage.page.chapter_shown is chapter
    assert stage.page.table.rows_shown()
    assert stage.page.new_button.isVisible() is (chapter.new is not None)
    assert stage.page.change_button.isVisible() is (chapter.change is not None or chapter.ledger is None)
    assert stage.page.as_of.isVisible() is (chapter.ledger is not None and chapter.ledger.as_of)


def test_a_seat_is_offered_in_the_first_branch_and_not_for_a_day_to_come(stage: Stage) -> None:
    stage.page.show_target("members_committee")
    stage.page.new_button.click()
    assert form(stage).fields["term"].text() == "第一党支部"
    fill(form(stage), who="刘洋", post="青年委员", since="2026-11-21")
    form(stage).save()
    assert form(stage).fields["since"].error.text() == "2026-11-21 还没有到，请到那一天再登记。"
    assert ("刘洋", "青年委员") not in rows(stage)


def test_a_new_term_ends_the_one_before_and_a_new_secretary_signs(stage: Stage) -> None:
    stage.page.show_target("members_terms")
    stage.page.new_button.click()
    fill(form(stage), organisation="第一党支部", appointed_on="2026-11-10")
    form(stage).save()
    assert [row.state for row in stage.page.table.rows_shown() if row.branch == "第一党支部"] == ["任期内", "已换届"]
    assert stage.page.table.rows_shown()[0].due_on == date(2029, 11, 10)
    stage.page.show_target("members_committee")
    assert rows(stage) == []
    stage.page.new_button.click()
    fill(form(stage), term="第一党支部", who="吴国强", post="书记", duties="主持工作")
    form(stage).save()
    assert rows(stage) == [("吴国强", "书记")]
    with stage.database.reading() as session:
        assert find(session, "吴国强").party_post == "书记"
        assert find(session, "张红卫").party_post == "党员"
        assert organisation.branch_named(session, "第一党支部").secretary == "吴国强"


def test_somebody_from_elsewhere_is_in_the_committee_by_name_alone(stage: Stage) -> None:
    stage.page.new_record()
    fill(form(stage), term="第二党支部", who="上官云", post="委员")
    form(stage).save()
    assert "名册里没有这个人" in stage.said
    assert ("上官云", None) in [(row.name, row.member_id) for row in stage.page.table.rows_shown()]


def test_the_committee_of_an_earlier_day_is_shown_again(stage: Stage) -> None:
    test_a_new_term_ends_the_one_before_and_a_new_secretary_signs(stage)
    stage.page.as_of.setText("2026-11-09")
    stage.page.as_of.editingFinished.emit()
    assert rows(stage) == [("张红卫", "书记"), ("周丽萍", "组织委员"), ("龚文博", "宣传委员")]
    stage.page.as_of.setText("")
    stage.page.as_of.editingFinished.emit()
    assert rows(stage) == [("吴国强", "书记")]


def test_a_day_to_come_is_refused_with_a_sentence(stage: Stage) -> None:
    stage.page.as_of.setText("2027-01-01")
    stage.page.as_of.editingFinished.emit()
    assert "还没有到" in stage.said
    assert stage.page.as_of.text() == "2026-11-20"


def test_enter_changes_and_the_member_steps_down(stage: Stage, qtbot: QtBot) -> None:
    stage.page.table.select(lambda row: row.name == "龚文博")
    qtbot.keyClick(stage.page.table.table, Qt.Key.Key_Return)
    fill(form(stage), until="2026-11-01")
    form(stage).save()
    assert ("龚文博", "宣传委员") not in rows(stage)
    with stage.database.reading() as session:
        assert find(session, "龚文博").party_post == "党员"
    stage.page.undo()
    assert ("龚文博", "宣传委员") in rows(stage)
    with stage.database.reading() as session:
        assert find(session, "龚文博").party_post == "宣传委员"


def test_a_secondment_is_entered_refused_and_removed(stage: Stage) -> None:
    stage.page.show_target("members_secondments")
    stage.page.new_record()
    fill(form(stage), who="刘洋", body="防汛专班", since="2026-07-10", until="2026-07-01")
    form(stage).save()
    assert "早于开始日期" in form(stage).fields["until"].error.text()
    fill(form(stage), until="2026-07-24")
    form(stage).save()
    (made,) = [row for row in stage.page.table.rows_shown() if row.name == "刘洋"]
    assert (made.days, made.state) == (15, "已结束")
    stage.page.table.select(lambda row: row.name == "刘洋")
    stage.page.remove_button.click()
    (box,) = stage.page.findChildren(QMessageBox)
    box.defaultButton().click()
    with stage.database.reading() as session:
        assert session.get(Secondment, made.id) is None


def test_the_marking_of_a_birthday_is_noted(stage: Stage) -> None:
    stage.page.show_target("members_birthdays")
    stage.page.table.select(lambda row: row.name == "吴国强")
    stage.page.change_button.click()
    fill(form(stage), held_on="2026-11-05", form="谈心谈话", talker="张红卫")
    form(stage).save()
    (noted,) = [row for row in stage.page.table.rows_shown() if row.name == "吴国强"]
    assert (noted.form, noted.talker) == ("谈心谈话", "张红卫")


def test_the_card_of_the_organisation_is_filled_in(stage: Stage) -> None:
    stage.page.show_target("members_organisation")
    stage.page.change_button.click()
    fill(form(stage), approved_by="中共示例局机关委员会", founded_on="1998-07")
    form(stage).save()
    with stage.database.reading() as session:
        card = cards.card_of(session, organisation.root(session).id)
        assert card is not None
        assert (card.approved_by, str(card.founded_on)) == ("中共示例局机关委员会", "1998-07")


def test_a_chapter_without_new_records_says_so(stage: Stage) -> None:
    stage.page.show_target("members_changes")
    with pytest.raises(Exception, match="不能新增"):
        stage.page.new_record()


def test_a_term_ending_soon_is_told_on_the_first_page(branch: Database, on_stage: Put) -> None:
    from gui.today_page import TodayPage

    stage = on_stage(branch, TodayPage)
    (told,) = [notice for notice in stage.page.state.notices if notice.key == "term"]
    assert (told.who, told.mark[0]) == ("第三党支部", "将届满")
    with branch.reading() as session:
        assert [each.name for each in committee.ending(session, date(2026, 9, 14))] == []
        assert [each.name for each in committee.ending(session, date(2026, 9, 15))] == ["第三党支部"]


def test_the_list_of_ledgers_looks_back_too_and_forgets_it_with_the_next_ledger(
    branch: Database, on_stage: Put
) -> None:
    from gui.ledgers.page import LedgersPage

    stage = on_stage(branch, LedgersPage)
    stage.page.show_target("members_roster")
    names = {row.name for row in stage.page.table.rows_shown()}
    assert "何志远" not in names
    stage.page.as_of.setText("2026-10-30")
    stage.page.as_of.editingFinished.emit()
    assert {row.name for row in stage.page.table.rows_shown()} - names == {"何志远"}
    assert "截至2026年10月30日" in stage.page.table.sheet.lines[2]
    stage.page.show_target("members_statistics")
    assert stage.page.as_of.text() == "2026-11-20"
    stage.page.show_target("dues_payments")
    assert not stage.page.as_of.isVisible()
