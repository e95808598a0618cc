"""Votes, elections, tasks and problem lists in the window, by keyboard as a secretary at a meeting enters them."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.life.agenda_dialog import AgendaDialog
from gui.life.election_dialog import ElectionDialog
from gui.life.exclusion_dialog import ExclusionDialog
from gui.life.ledgers import LifeLedgers
from gui.life.minutes_agenda import AgendaCard
from gui.life.minutes_followups import FollowUpsCard
from gui.life.minutes_view import MinutesView
from gui.life.minutes_votes import VotesCard
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.errors import UserError
from models.records.life import activities, attendance, decisions, elections, followups, problems
from models.records.life.activities import RECORDING, Activity
from models.records.life.attendance import Mark
from models.records.members import committee
from models.rules.votes import ADMISSION
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]
ENTER = Qt.Key.Key_Return


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    """The record of the general meeting that is under way."""
    found = on_stage(branch, MinutesView)
    with branch.reading() as session:
        meeting = session.scalars(select(Activity.id).where(Activity.state == RECORDING)).one()
    found.page.show_target(meeting)
    return found


def card(stage: Stage, kind: type[Any]) -> Any:
    return next(each for each in stage.page.cards if isinstance(each, kind))


def meeting(stage: Stage) -> int:
    return int(stage.page.shown.id)


def opened(over: Stage | QWidget, kind: type[Any]) -> Any:
    among = over.window if isinstance(over, Stage) else over
    return next(each for each in among.findChildren(kind) if each.isVisible())


def typed(qtbot: QtBot, cards: VotesCard | FollowUpsCard, *texts: str) -> None:
    """Each text into its field with Enter; where none is typed, Enter alone takes what is offered."""
    for field, text in zip(cards.fields.values(), texts, strict=True):
        if text:
            field.type_text(text)
        qtbot.keyClick(field.widget, ENTER)


def votes_kept(stage: Stage) -> list[Any]:
    with stage.database.reading() as session:
        return list(decisions.of(session, meeting(stage)))


def test_an_item_of_the_agenda_with_who_said_what(stage: Stage, qtbot: QtBot) -> None:
    items = card(stage, AgendaCard)
    before = len(items.view.model.rows)
    typed(qtbot, items, "通报党费收缴情况", "党费")
    assert (items.view.current_row().title, items.view.current_row().tags) == ("通报党费收缴情况", "党费")
    qtbot.keyClick(items.view.table, ENTER)
    dialog = opened(stage, AgendaDialog)
    dialog.say_button.click()
    form = opened(dialog, RecordDialog)
    form.fields["speaker"].type_text("王建国")
    form.fields["text"].type_text("同意公布。")
    form.save()
    dialog.change_button.click()
    form = opened(dialog, RecordDialog)
    form.fields["title"].type_text("通报三季度党费收缴情况")
    form.save()
    dialog.accept()
    assert [row.title for row in items.view.model.rows][before:] == ["通报三季度党费收缴情况"]
    assert items.view.model.rows[-1].speakers == "王建国"
    qtbot.keyClick(items.view.table, ENTER)
    dialog = opened(stage, AgendaDialog)
    dialog.view.select(lambda _row: True)
    dialog.remove_button.click()
    assert dialog.view.model.rows == []
    dialog.accept()
    qtbot.keyClick(items.view.table, Qt.Key.Key_Delete)
    opened(stage, QMessageBox).buttons()[0].click()
    assert len(items.view.model.rows) == before


def test_everybody_in_favour_takes_the_words_and_four_times_enter(stage: Stage, qtbot: QtBot) -> None:
    votes = card(stage, VotesCard)
    typed(qtbot, votes, "同意十二月增加一次集中学习", "", "", "")
    kept = votes_kept(stage)[-1]
    assert (kept.text, kept.favour, kept.against) == ("同意十二月增加一次集中学习", kept.present, 0)
    assert stage.said == "表决已登记：通过。"
    assert "赞成" in votes.said.text()
    assert [field.text() for field in votes.fields.values()] == ["", "", "", ""]


def test_numbers_that_cannot_be_are_refused_at_the_line(stage: Stage, qtbot: QtBot) -> None:
    votes, before = card(stage, VotesCard), len(votes_kept(stage))
    typed(qtbot, votes, "年度计划", "9", "40", "0")
    assert "比到会有表决权的" in votes.problem.text()
    assert len(votes_kept(stage)) == before
    typed(qtbot, votes, "年度计划", "2", "9", "0")
    assert votes.problem.isHidden()
    assert stage.said == "表决已登记：未通过。"


def test_an_admission_asks_who_it_is(stage: Stage, qtbot: QtBot) -> None:
    votes = card(stage, VotesCard)
    typed(qtbot, votes, "同意接收为预备党员", "13", "0", "0")
    form = opened(stage, RecordDialog)
    assert form.fields["subject"].error.text() == "请填写接收或转正的是谁。"
    form.fields["subject"].type_text("罗清")
    form.fields["performance"].type_text("工作踏实")
    form.save()
    kept = votes_kept(stage)[-1]
    assert (kept.rule, kept.subject, kept.performance) == (ADMISSION.name, "罗清", "工作踏实")


def test_a_vote_is_changed_and_removed(stage: Stage, qtbot: QtBot) -> None:
    votes = card(stage, VotesCard)
    votes.open_row(votes.view.current_row())
    form = opened(stage, RecordDialog)
    assert not form.fields["entitled"].widget.isEnabled() or form.fields["entitled"].widget.isReadOnly()
    form.fields["against"].type_text("1")
    form.fields["favour"].type_text("12")
    form.save()
    assert votes_kept(stage)[0].against == 1
    qtbot.keyClick(votes.view.table, Qt.Key.Key_Delete)
    opened(stage, QMessageBox).buttons()[0].click()
    assert votes_kept(stage) == []
    stage.page.undo()
    assert len(votes_kept(stage)) == 1


def test_a_roll_changed_afterwards_is_said(stage: Stage) -> None:
    with stage.database.writing("x") as session:
        roll = attendance.roll(session, meeting(stage))
        attendance.mark(session, meeting(stage), {next(e.member_id for e in roll if e.voting): Mark("缺席")})
    stage.page.reload()
    assert card(stage, VotesCard).said.text().startswith("点名改过，现在有表决权的应到 15 人")


def test_who_is_not_counted_is_entered_and_taken_back(stage: Stage) -> None:
    votes = card(stage, VotesCard)
    votes.exclusions.click()
    dialog = opened(stage, ExclusionDialog)
    dialog.ask_for_one()
    form = opened(dialog, RecordDialog)
    for key, text in (
        ("who", "钱永年"),
        ("reason", "因病不能表达本人意志"),
        ("approved_by", "机关党委"),
        ("agreed", "否"),
    ):
        form.fields[key].type_text(text)
    form.save()
    assert "还须经党员大会同意" in form.fields["agreed"].error.text()
    form.fields["agreed"].type_text("是")
    form.save()
    assert dialog.counted.text() == "有表决权的应到 14 人，另有 1 人不计入。"
    dialog.view.select(lambda _row: True)
    dialog.again_button.click()
    assert dialog.counted.text().startswith("有表决权的应到 15 人")
    dialog.accept()


@pytest.fixture
def election(stage: Stage, qtbot: QtBot) -> ElectionDialog:
    """An election of three with four candidates, typed in another order than that of strokes."""
    card(stage, VotesCard).elections.click()
    dialog: ElectionDialog = opened(stage, ElectionDialog)
    form = opened(dialog, RecordDialog)
    form.save()
    for name in ("赵䶮", "王建国", "张红卫", "周丽萍"):
        dialog.add.setText(name)
        qtbot.keyClick(dialog.add, ENTER)
    return dialog


def type_favour(dialog: ElectionDialog, row: int, text: str) -> None:
    table: Any = dialog.table
    titles = [table.horizontalHeaderItem(place).text() for place in range(table.columnCount())]
    table.item(row, titles.index("赞成")).setText(text)


def count(dialog: ElectionDialog, *favours: int) -> None:
    for row, favour in enumerate(favours):
        type_favour(dialog, row, str(favour))
    dialog.count()


def test_an_election_from_ballot_to_committee(stage: Stage, election: ElectionDialog) -> None:
    assert [line.name for line in election.table.lines] == ["王建国", "张红卫", "周丽萍", "赵䶮"]
    assert "候选人至少 4 名，现有 4 名" in election.reason.text()
    count(election, 12, 11, 9, 3)
    assert "当选 3 名：王建国、张红卫、周丽萍。" in election.reason.text()
    assert not election.again_button.isVisible()
    election.seat_button.click()
    form = opened(election, RecordDialog)
    form.fields[next(key for key in form.fields if key != "term")].type_text("书记")
    form.save()
    with stage.database.reading() as session:
        node = activities.find(session, meeting(stage)).organisation_id
        term = committee.current(session, node)
        assert term is not None
        assert [(each.name, each.post) for each in committee.seats(session, term.id)] == [
            ("王建国", "书记"), ("张红卫", "委员"), ("周丽萍", "委员"),
        ]  # fmt: skip
    assert "已登记进支部班子" in election.about.text()
    assert not election.seat_button.isVisible()


def test_a_tie_leads_to_another_vote(stage: Stage, election: ElectionDialog) -> None:
    count(election, 12, 11, 8, 8)
    assert "周丽萍、赵䶮票数相等" in election.reason.text()
    election.again_button.click()
    assert [line.name for line in election.table.lines] == ["周丽萍", "赵䶮"]
    assert "再次投票" in election.about.text()


def test_candidates_are_moved_written_in_and_taken_off(stage: Stage, election: ElectionDialog, qtbot: QtBot) -> None:
    election.table.setCurrentCell(3, 3)
    qtbot.keyClick(election.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [line.name for line in election.table.lines] == ["王建国", "张红卫", "赵䶮", "周丽萍"]
    election.sort_button.click()
    assert [line.name for line in election.table.lines] == ["王建国", "张红卫", "周丽萍", "赵䶮"]
    election.write_in.setText("某人")
    qtbot.keyClick(election.write_in, ENTER)
    assert [line.listed for line in election.table.lines] == [True] * 4 + [False]
    election.add.setText("王建国")
    qtbot.keyClick(election.add, ENTER)
    assert election.problem.text() == "王建国已经在选票上。"
    election.table.setCurrentCell(0, 3)
    qtbot.keyClick(election.table, Qt.Key.Key_Delete)
    opened(election, QMessageBox).buttons()[0].click()
    assert election.table.lines[0].name == "张红卫"


def test_votes_typed_outlast_another_name_and_are_not_lost_unasked(
    stage: Stage, election: ElectionDialog, qtbot: QtBot
) -> None:
    type_favour(election, 0, "12")
    election.ballots["spoilt"].type_text("1")
    election.write_in.setText("某人")
    qtbot.keyClick(election.write_in, ENTER)
    assert election.table.votes()[election.table.lines[0].id]["favour"] == 12
    assert election.ballots["spoilt"].text() == "1"
    election.reject()
    opened(election, QMessageBox).buttons()[1].click()
    assert election.isVisible()
    election.count()
    election.reject()
    assert not election.isVisible()


def test_a_wrong_count_is_refused_at_its_field(stage: Stage, election: ElectionDialog) -> None:
    count(election, 99, 0, 0, 0)
    assert election.problem.text() == "王建国的各种票合计 99 票，比有效票 13 张还多。"
    election.ballots["issued"].type_text("20")
    count(election, 9, 0, 0, 0)
    assert "发出选票 20 张，比到会有选举权的 13 人还多" in election.problem.text()
    type_favour(election, 0, "若干")
    election.count()
    assert election.problem.text().startswith("王建国的票数")
    with stage.database.reading() as session:
        assert not elections.is_counted(elections.of(session, meeting(stage))[0])


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_papers_of_an_election_are_shown(stage: Stage, election: ElectionDialog, qtbot: QtBot, place: int) -> None:
    election.papers[place].click()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    stage.window.findChildren(PreviewWindow)[0].close()
    qtbot.waitUntil(lambda: not stage.window.findChildren(PreviewWindow), timeout=20_000)


def test_a_task_is_typed_closed_and_opened_again(stage: Stage, qtbot: QtBot) -> None:
    tasks = card(stage, FollowUpsCard)
    typed(qtbot, tasks, "印发会议纪要", "周丽萍", "2026-11-25")
    with stage.database.reading() as session:
        kept = followups.of(session, meeting(stage))[-1]
    assert (kept.issue, kept.owner, str(kept.due_on)) == ("印发会议纪要", "周丽萍", "2026-11-25")
    tasks.view.select(lambda row: row.id == kept.id)
    qtbot.keyClick(tasks.view.table, Qt.Key.Key_Space)
    assert tasks.view.current_row().state == "已办"
    qtbot.keyClick(tasks.view.table, Qt.Key.Key_Space)
    assert tasks.view.current_row().state == "快到期"
    qtbot.keyClick(tasks.view.table, ENTER)
    form = opened(stage, RecordDialog)
    form.fields["done_on"].type_text("2026-11-21")
    form.save()
    assert "还没有到" in form.fields["done_on"].error.text()
    form.fields["done_on"].type_text("2026-11-20")
    form.save()
    with stage.database.reading() as session:
        assert followups.of(session, meeting(stage))[-1].done_on == TODAY


def test_a_filed_record_shows_votes_and_takes_none(stage: Stage) -> None:
    with stage.database.writing("x") as session:
        activities.file(session, meeting(stage), TODAY)
    stage.page.reload()
    votes = card(stage, VotesCard)
    assert votes.line.isHidden()
    with pytest.raises(UserError, match="已经定稿"):
        votes.open_row(votes.view.current_row())
    assert not card(stage, FollowUpsCard).line.isHidden()


@pytest.fixture
def ledgers(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, LifeLedgers)


def fill(stage: Stage, **values: str) -> None:
    form = opened(stage, RecordDialog)
    for key, text in values.items():
        form.fields[key].type_text(text)
    form.save()


def test_a_problem_is_listed_and_closed(ledgers: Stage) -> None:
    page = ledgers.page
    page.show_target("life_problems")
    page.new_record()
    fill(ledgers, problem="台账登记不及时", owner="周丽萍", due_on="2026-12-01")
    assert ledgers.said == "已列入整改台账。"
    assert page.table.select(lambda row: row.problem == "台账登记不及时")
    page.more_buttons[0].click()
    fill(ledgers)
    assert opened(ledgers, RecordDialog).fields["progress"].error.text() == "请填写整改结果。"
    fill(ledgers, progress="已补登并每周核对")
    page.table.select(lambda row: row.problem == "台账登记不及时")
    assert page.table.current_row().state == "已销号"
    page.change_button.click()
    fill(ledgers, remark="已抽查")
    page.remove_button.click()
    opened(ledgers, QMessageBox).buttons()[0].click()
    with ledgers.database.reading() as session:
        found = session.scalars(select(problems.Problem.problem)).all()
    assert "台账登记不及时" not in found


def test_a_list_is_given_a_name_of_its_own(ledgers: Stage) -> None:
    page = ledgers.page
    page.show_target("life_lists")
    page.new_record()
    fill(ledgers, list_name="督查反馈清单", problem="值班记录缺页")
    assert ledgers.said == "已列入督查反馈清单。"
    assert page.table.select(lambda row: row.list_name == "督查反馈清单")


def test_tasks_are_entered_and_closed_in_their_ledger(ledgers: Stage) -> None:
    page = ledgers.page
    page.show_target("life_followups")
    page.new_record()
    fill(ledgers, branch="第二党支部", issue="整理档案柜")
    assert page.table.select(lambda row: row.issue == "整理档案柜")
    page.more_buttons[0].click()
    assert ledgers.said.startswith("已办结 1 项")
    page.table.select(lambda row: row.issue == "整理档案柜")
    with pytest.raises(UserError, match="都已经办结"):
        page._do(page.chapter_shown.more[0])


def test_a_vote_leads_to_its_meeting(ledgers: Stage) -> None:
    page = ledgers.page
    went: list[tuple[str, object]] = []
    page.left_for.disconnect()
    page.left_for.connect(lambda name, target: went.append((name, target)))
    page.show_target("life_votes")
    page.table.select(lambda _row: True)
    page.change_button.click()
    assert went == [("life", ("records", page.table.current_row().activity_id))]
