"""Study, make-up, scores of tests and talks among the ledgers of organisation life; confidential talks stay so."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.life.ledgers import LifeLedgers
from gui.life.study_chapters import STUDY, TALKS
from gui.papers.preview_window import PreviewWindow
from models import trail
from models.audit import Operation
from models.database import Database
from models.records.life import talks
from models.records.life.attendance import Attendance
from models.records.life.scores import Score
from models.records.life.study import StudyEntry
from models.records.life.talks import Disclosure, Talk
from models.records.members import members
from tests.gui.journeys.chapters import answer, deed, fill, form, question, show
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]
SECRET = "家里的难处谁也不知道"


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, LifeLedgers)


def choose_hidden(stage: Stage, words: str) -> None:
    deed(stage, "不公开内容…").click()
    (menu,) = [each for each in stage.page.findChildren(QMenu) if each.isVisible()]
    (action,) = [each for each in menu.actions() if each.text() == words]
    action.trigger()
    menu.close()


@pytest.mark.parametrize("chapter", [*STUDY, *TALKS], ids=lambda chapter: chapter.name)
def test_every_chapter_shows_its_rows_and_what_can_be_done(stage: Stage, chapter) -> None:
    show(stage, chapter.name)
    assert stage.page.table.rows_shown()
    assert stage.page.new_button.isVisible() is (chapter.new is not None)
    assert [each.text() for each in stage.page.more_buttons] == [each.words for each in chapter.more]


def test_what_a_member_studied_is_entered_changed_and_taken_back(stage: Stage, qtbot: QtBot) -> None:
    show(stage, "life_study_hours")
    stage.page.new_record()
    fill(form(stage), who="吴国强", on="2026-11-02", content="党史专题网课", form="线上学习", hours="半天")
    form(stage).save()
    assert "4 学时" in stage.said
    stage.page.table.select(lambda row: row.content == "党史专题网课")
    qtbot.keyClick(stage.page.table.table, Qt.Key.Key_Return)
    assert form(stage).fields["hours"].text() == "4"
    fill(form(stage), hours="1天")
    form(stage).save()
    with stage.database.reading() as session:
        (entry,) = session.scalars(select(StudyEntry).where(StudyEntry.content == "党史专题网课")).all()
        assert entry.hours == Decimal(8)
    stage.page.undo()
    with stage.database.reading() as session:
        assert session.get_one(StudyEntry, entry.id).hours == Decimal(4)


def test_unsound_hours_are_told_at_the_field(stage: Stage) -> None:
    show(stage, "life_study_entries")
    stage.page.new_record()
    fill(form(stage), who="吴国强", on="2026-11-02", content="自学", hours="很久")
    form(stage).save()
    assert "不是学时" in form(stage).fields["hours"].error.text()
    fill(form(stage), hours="2", on="2027-01-01")
    form(stage).save()
    assert "还没有到" in form(stage).fields["on"].error.text()


def test_hours_of_an_activity_are_not_removed_here_and_enter_leads_to_its_record(stage: Stage) -> None:
    show(stage, "life_study_hours")
    stage.page.table.select(lambda row: row.activity_id is not None)
    row = stage.page.table.current_row()
    left = []
    stage.page.left_for.connect(lambda name, target: left.append((name, target)))
    stage.page.change_button.click()
    assert left == [("life", ("records", row.activity_id))]
    stage.page.remove_button.click()
    answer(stage)
    assert "由活动的考勤得出" in stage.said


def test_the_rule_of_hours_is_changed_from_a_day_on(stage: Stage) -> None:
    show(stage, "life_study_summary")
    deed(stage, "学时标准…").click()
    assert form(stage).fields["members"].text() == "32"
    fill(form(stage), since="2026-01-01", members="40", source="本市年度计划")
    form(stage).save()
    assert {row.wanted for row in stage.page.table.rows_shown() if row.post is None} == {Decimal(40)}
    deed(stage, "学时标准…").click()
    fill(form(stage), day="2")
    form(stage).save()
    assert "没有保存" in form(stage).problem.text()


def test_several_make_up_at_once_and_it_is_taken_back(stage: Stage) -> None:
    show(stage, "life_make_up")
    table = stage.page.table
    first = [row.id for row in table.rows_shown()[:3]]
    assert {row.state for row in table.rows_shown()[:3]} == {"待补学"}
    choose(stage, 3)
    stage.page.change_button.click()
    fill(form(stage), made_up_on="2026-11-20")
    form(stage).save()
    assert stage.said == "已登记 3 人次补学。"
    with stage.database.reading() as session:
        assert {session.get_one(Attendance, each).made_up_on for each in first} == {date(2026, 11, 20)}
    table.select(lambda row: row.id == first[0])
    deed(stage, "取消补学").click()
    answer(stage)
    with stage.database.reading() as session:
        assert session.get_one(Attendance, first[0]).made_up_on is None


def choose(stage: Stage, rows: int) -> None:
    """Selects the first rows of the table, as Shift with the arrow keys does."""
    table = stage.page.table.table
    model = table.model()
    stage.page.table.select(lambda _row: True)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for number in range(rows):
        table.selectionModel().select(model.index(number, 0), flags)


def test_scores_are_entered_one_after_another_and_follow_a_new_score(stage: Stage) -> None:
    show(stage, "life_scores")
    stage.page.new_record()
    fill(form(stage), on="2026-11-18", subject="四季度测试", who="吴国强", score="55", full_mark="100")
    form(stage).save()
    stage.page.table.select(lambda row: row.subject == "四季度测试")
    stage.page.new_record()
    assert form(stage).fields["subject"].text() == "四季度测试"
    fill(form(stage), who="刘洋", score="101")
    form(stage).save()
    assert "得分应在" in form(stage).fields["score"].error.text()
    fill(form(stage), score="")
    form(stage).save()
    assert {row.name: row.passed for row in stage.page.table.rows_shown() if row.subject == "四季度测试"} == {
        "吴国强": "不合格",
        "刘洋": "缺考",
    }
    stage.page.table.select(lambda row: row.subject == "四季度测试" and row.name == "吴国强")
    stage.page.change_button.click()
    fill(form(stage), score="88")
    form(stage).save()
    with stage.database.reading() as session:
        (score,) = session.scalars(select(Score).where(Score.subject == "四季度测试", Score.score.is_not(None))).all()
        assert (score.score, score.passed) == (Decimal(88), True)


def test_a_talk_with_several_is_entered_by_keyboard_alone(stage: Stage, qtbot: QtBot) -> None:
    show(stage, "life_talks")
    stage.page.new_record()
    dialog = form(stage)
    fill(dialog, organisation="第一党支部", on="2026-11-19", begins="下午3点", sort="家庭走访", place="家中")
    fill(dialog, talkers="张红卫", talked="吴国强，刘洋、吴国强的母亲", text="走访慰问。", promises="帮助联系医院。")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stage.said == "谈话已登记。名册里没有吴国强的母亲，只记姓名。"
    (made,) = [row for row in stage.page.table.rows_shown() if row.place == "家中" and row.on == date(2026, 11, 19)]
    assert (made.begins, made.talked, made.people) == ("15:00", "吴国强、刘洋、吴国强的母亲", 3)


def test_the_coverage_follows_from_the_talks(stage: Stage) -> None:
    show(stage, "life_talk_coverage")
    (before,) = [row for row in stage.page.table.rows_shown() if row.name == "王建国"]
    assert before.state == "还没有谈"
    with stage.database.writing("登记") as session:
        wang = members.find(session, "王建国")
        values = {"on": date(2026, 11, 19), "talkers": "张红卫", "talked": "王建国"}
        talks.enter(session, wang.branch_id, values, date(2026, 11, 20))
    stage.page.reload()
    (after,) = [row for row in stage.page.table.rows_shown() if row.name == "王建国"]
    assert (after.state, after.with_committee) == ("已谈", 1)


def confidential(stage: Stage) -> int:
    """Enters a confidential talk and chooses it."""
    with stage.database.writing("登记") as session:
        values = {"on": date(2026, 11, 18), "talkers": "张红卫", "talked": "吴国强", "text": SECRET,
                  "promises": SECRET, "confidential": True}  # fmt: skip
        number = talks.enter(session, members.find(session, "吴国强").branch_id, values, date(2026, 11, 20)).id
    stage.page.show_target(("life_talks", number))
    stage.page.reload()
    stage.page.show_target(("life_talks", number))
    assert stage.page.table.current_row().id == number
    return number


def disclosures(stage: Stage, number: int) -> list[str]:
    with stage.database.reading() as session:
        return list(session.scalars(select(Disclosure.purpose).where(Disclosure.talk_id == number)))


def test_a_confidential_talk_opens_without_what_was_said(stage: Stage, qtbot: QtBot) -> None:
    number = confidential(stage)
    assert stage.page.table.current_row().text == "（不公开）"
    qtbot.keyClick(stage.page.table.table, Qt.Key.Key_Return)
    assert "text" not in form(stage).fields
    assert SECRET not in [field.text() for field in form(stage).fields.values()]
    fill(form(stage), place="谈话室")
    form(stage).save()
    with stage.database.reading() as session:
        assert session.get_one(Talk, number).place == "谈话室"
        assert talks.find(session, number).confidential
    assert disclosures(stage, number) == []


def test_what_was_said_is_shown_after_a_question_and_noted(stage: Stage) -> None:
    number = confidential(stage)
    choose_hidden(stage, "显示不公开内容…")
    refused = question(stage)
    refused.escapeButton().click()
    assert disclosures(stage, number) == []
    choose_hidden(stage, "显示不公开内容…")
    answer(stage)
    assert form(stage).fields["text"].text() == SECRET
    form(stage).reject()
    assert disclosures(stage, number) == ["查看"]
    with stage.database.reading() as session:
        last = session.scalars(select(Operation).order_by(Operation.id.desc())).first()
        assert last is not None
        assert last.title == "查看不公开的谈话记录"
        assert trail.empty_operations(session) == []


def test_open_talks_have_nothing_to_be_shown(stage: Stage) -> None:
    show(stage, "life_talks")
    stage.page.table.select(lambda row: not row.confidential)
    choose_hidden(stage, "显示不公开内容…")
    assert "没有登记为不公开" in stage.said
    choose_hidden(stage, "连同不公开内容打印…")
    assert "没有不公开的" in stage.said


def test_sheets_are_previewed_and_the_hidden_text_only_after_a_question(stage: Stage, qtbot: QtBot) -> None:
    number = confidential(stage)
    deed(stage, "记录表").click()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)))
    assert disclosures(stage, number) == []
    for window in stage.window.findChildren(PreviewWindow):
        window.close()
    choose_hidden(stage, "连同不公开内容打印…")
    answer(stage)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in stage.window.findChildren(PreviewWindow)))
    assert disclosures(stage, number) == ["打印"]
    for window in stage.window.findChildren(PreviewWindow):
        window.close()


def test_a_talk_is_removed_and_comes_back(stage: Stage) -> None:
    number = confidential(stage)
    stage.page.remove_button.click()
    answer(stage)
    with stage.database.reading() as session:
        assert session.get(Talk, number) is None
    stage.page.undo()
    with stage.database.reading() as session:
        assert talks.disclose(session, number, "查看", date(2026, 11, 20)).text == SECRET
