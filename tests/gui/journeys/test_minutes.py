"""Keeping minutes as a secretary does: a new record, the roll by keys, the text, filing; drafts; bad input."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from gui import theme
from gui.life.minutes_drafts import EVERY
from gui.life.minutes_files import MinutesFiles
from gui.life.minutes_filing import FilingDialog
from gui.life.minutes_view import MinutesView
from gui.life.minutes_votes import VotesCard
from gui.life.page import LifePage
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from gui.theme import TextSize
from models.database import Database
from models.errors import UserError
from models.records.life import activities, attendance, drafts, recording
from models.records.life.activities import FILED, PLANNED, RECORDING, Activity
from models.records.life.attendance import Mark
from models.records.members import members, organisation
from models.rules.periods import Month
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]
DAY = date(2026, 11, 19)
ENTER, SPACE, BACK = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Backspace


@pytest.fixture
def held(branch: Database) -> int:
    """The number of a general meeting whose record was begun; nobody is called yet."""
    with branch.writing("记录") as session:
        node = organisation.branches(session)[0].id
        values = {"chair": "张红卫", "recorder": "周丽萍", "place": "三楼会议室", "begins": "15:00", "theme": "学习"}
        return recording.begin(session, node, "general_meeting", DAY, TODAY, values).id


@pytest.fixture
def stage(branch: Database, held: int, on_stage: Put) -> Stage:
    made = on_stage(branch, MinutesView)
    made.page.show_target(held)
    return made


def shown(stage: Stage, kind: type[Any]) -> Any:
    """The dialog of this kind that is open."""
    (found,) = [each for each in stage.window.findChildren(kind) if each.isVisible()]
    return found


def states(stage: Stage, number: int) -> dict[str, tuple[str | None, str | None]]:
    """What the data file says of those on the roll, by name."""
    with stage.database.reading() as session:
        roll = attendance.roll(session, number)
        return {members.find_by_id(session, each.member_id).name: (each.state, each.reason) for each in roll}


def kept(stage: Stage, number: int) -> Activity:
    with stage.database.reading() as session:
        return activities.find(session, number)


def text_of(stage: Stage, number: int) -> str | None:
    with stage.database.reading() as session:
        found = activities.minutes_of(session, number)
        return found.text if found is not None else None


def press(stage: Stage, *keys: Any) -> None:
    """Keys in the roll, as at the keyboard: letters as text, others as keys."""
    roll = stage.page.record.roll.list
    for key in keys:
        QTest.keyClicks(roll, key) if isinstance(key, str) else QTest.keyClick(roll, key)


def test_from_a_new_record_to_its_filing(branch: Database, on_stage: Put) -> None:
    stage = on_stage(branch, MinutesView)
    page: MinutesView = stage.page
    page.new_record()
    form = shown(stage, RecordDialog)
    for key, typed in (
        ("kind", "主题党日"),
        ("organisation_id", "第一党支部"),
        ("held_on", "2026.11.19"),
        ("begins", "下午3点"),
    ):
        form.fields[key].type_text(typed)
    form.fields["theme"].type_text("参观展馆")
    form.save()
    assert page.chosen().title == "主题党日"
    assert page.chosen().values["begins"] == "15:00"
    number, called = page.chosen().id, page.chosen().count.entitled
    assert stage.said == f"已列出应到 {called} 人，请点名。"
    press(stage, "2", "gwb", ENTER)
    QTest.keyClick(page.record.roll.list.reason, ENTER)  # nothing typed: on leave without a reason
    page.record.roll.list.ask_reason()
    page.record.roll.list.reason.setText("出差")
    QTest.keyClick(page.record.roll.list.reason, ENTER)
    page.record.roll.everybody.click()
    page.record.fields.fields["chair"].type_text("张红卫")
    page.record.fields.fields["recorder"].type_text("周丽萍")
    page.record.text.text.type_text("一、应到 【应到】 人，实到 【实到】 人。\n二、参观。")
    page.file()
    reminders = shown(stage, FilingDialog)
    assert len(reminders.lines) == 1  # 周丽萍 is on leave without a reason
    reminders.file_button.click()
    assert kept(stage, number).state == FILED
    assert states(stage, number)["龚文博"] == ("请假", "出差")
    assert text_of(stage, number) == f"一、应到 {called} 人，实到 {called - 2} 人。\n二、参观。"
    assert page.record.text.text.isReadOnly()
    assert stage.said.startswith("主题党日记录已定稿")


def test_the_roll_is_called_by_keys_alone(stage: Stage, held: int) -> None:
    roll = stage.page.record.roll
    first = roll.list.lines.lines[0].name
    press(stage, "1", "3", "4", "0")
    assert [each.state for each in roll.list.lines.lines[:4]] == ["出席", "公出", "缺席", None]
    assert {each: amount.text() for each, amount in roll.figures.items()} == {
        "应到": "16", "实到": "1", "请假": "1", "缺席": "1",
    }  # fmt: skip
    press(stage, "zhw")
    assert roll.list.line().name == first
    press(stage, SPACE, SPACE, SPACE)
    assert roll.list.line().state == "出席"
    assert states(stage, held)[first] == (None, None)  # the hand does not rest yet
    roll.keep()
    assert states(stage, held)[first] == ("出席", None)
    assert roll.unmarked.text() == "未点名 13"


def test_a_pause_saves_the_marks_and_undo_takes_them_back(qtbot: QtBot, stage: Stage, held: int) -> None:
    press(stage, "1", "1")
    qtbot.waitUntil(lambda: list(states(stage, held).values()).count(("出席", None)) == 2, timeout=4000)
    stage.page.undo()
    assert set(states(stage, held).values()) == {(None, None)}
    assert stage.page.record.roll.list.lines.lines[0].state is None


def test_letters_find_by_initials_and_by_the_given_name(stage: Stage) -> None:
    roll = stage.page.record.roll
    press(stage, "gwb")
    assert roll.list.line().name == "龚文博"
    assert roll.sought.text() == "查找：gwb"
    roll.list.forget_letters()
    press(stage, "hw")
    assert roll.list.line().name == "张红卫"
    press(stage, BACK, BACK)
    assert roll.sought.text() == "空格切换"


def test_a_draft_is_kept_while_typing_and_comes_back(qtbot: QtBot, stage: Stage, held: int, on_stage: Put) -> None:
    page: MinutesView = stage.page
    page.record.text.text.setFocus()
    page.record.text.text.moveCursor(page.record.text.text.textCursor().MoveOperation.End)
    QTest.keyClicks(page.record.text.text, "abc")
    place = page.record.text.text.textCursor().position()
    page.record.fields.fields["held_on"].type_text("2026-13")
    qtbot.waitUntil(lambda: page.record.text.draft.text().startswith("草稿 "), timeout=EVERY + 3000)
    assert page.record.text.text.textCursor().position() == place
    with stage.database.reading() as session:
        draft = drafts.find(session, held)
        assert draft is not None
        assert draft.content["text"].endswith("abc")
    again = on_stage(stage.database, MinutesView)  # as after a crash: nothing was saved
    again.page.show_target(held)
    assert "的草稿，已恢复" in again.said
    assert again.page.record.text.text.text().endswith("abc")
    assert again.page.record.fields.fields["held_on"].text() == "2026-13"
    again.page.record.fields.fields["held_on"].type_text("2026-11-18")
    again.page.save()
    assert (text_of(stage, held) or "").endswith("abc")
    with stage.database.reading() as session:
        assert drafts.find(session, held) is None
    page.record.forget()


def test_a_draft_that_was_found_waits_until_somebody_looks_at_it(branch: Database, held: int, on_stage: Put) -> None:
    with branch.writing("草稿") as session:
        drafts.keep(session, held, {"text": "一、半句"}, datetime(2026, 11, 20, 10, 32))
    stage = on_stage(branch, MinutesView)
    page: MinutesView = stage.page
    assert page.chosen().id == held
    assert stage.said == "找到 11月20日 10:32 的草稿，已恢复。"
    assert [each.id for each in page.list.list.entries() if each.has_draft] == [held]
    other = next(each.id for each in page.list.list.entries() if each.id != held)
    page.show_target(other)
    assert text_of(stage, held) != "一、半句"
    page.show_target(held)
    assert page.record.text.text.text() == "一、半句"
    page.save()
    assert text_of(stage, held) == "一、半句"
    assert not any(each.has_draft for each in page.list.list.entries())


def test_what_was_typed_is_saved_when_another_record_is_chosen(stage: Stage, held: int) -> None:
    page: MinutesView = stage.page
    page.record.text.text.type_text("一、开会。")
    page.record.roll.guests.type_text("机关党委 何志明")
    other = next(each.id for each in page.list._entries if each.id != held)
    page.list.list.setCurrentRow([each.id for each in page.list.list.entries()].index(other))
    assert page.chosen().id == other
    assert text_of(stage, held) == "一、开会。"
    assert kept(stage, held).guests == "机关党委 何志明"


def test_what_cannot_be_saved_stays_as_a_draft(stage: Stage, held: int) -> None:
    page: MinutesView = stage.page
    page.record.fields.fields["begins"].type_text("饭后")
    page.leave()
    assert "没有保存" in stage.said
    assert page.record.fields.fields["begins"].error.text().startswith("“饭后”不是时间")
    with stage.database.reading() as session:
        draft = drafts.find(session, held)
        assert draft is not None
        assert draft.content == {"begins": "饭后"}


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("held_on", "2026-11-30", "还没有到"),
        ("held_on", "", "请填写日期"),
        ("begins", "25:00", "不是时间"),
        ("minutes", "1.5", "不是整数"),
        ("minutes", "5000", "应在 0 至 1440"),
    ],
)
def test_bad_input_is_a_sentence_at_its_field(stage: Stage, held: int, key: str, typed: str, sentence: str) -> None:
    field = stage.page.record.fields.fields[key]
    field.type_text(typed)
    stage.page.save()
    assert sentence in field.error.text()
    assert field.text() == typed
    assert kept(stage, held).held_on == DAY


def test_another_day_says_who_went_off_the_roll(stage: Stage, held: int) -> None:
    with stage.database.writing("转出") as session:
        who = attendance.roll(session, held)[5].member_id
        members.leave(session, who, "转出", TODAY)
        name = members.find_by_id(session, who).name
    stage.page.record.fields.fields["held_on"].type_text(str(TODAY))
    stage.page.save()
    assert f"{name}那一天不在应到之列，已从名单去掉" in stage.said
    assert name not in states(stage, held)


def test_what_stops_the_filing_is_listed_and_led_to(stage: Stage, held: int) -> None:
    page: MinutesView = stage.page
    page.record.fields.fields["chair"].type_text("")
    page.file()
    found = shown(stage, FilingDialog)
    assert found.windowTitle() == "还不能定稿"
    assert not found.file_button.isVisible()
    assert len(found.lines) >= 3
    found.reject()
    assert kept(stage, held).state == RECORDING


def test_a_filed_record_only_reads_until_it_is_opened_again(stage: Stage, held: int) -> None:
    page: MinutesView = stage.page
    with stage.database.writing("定稿") as session:
        activities.file(session, held, TODAY)
    page.reload()
    press(stage, "1", SPACE)
    page.record.roll.keep()
    assert set(states(stage, held).values()) == {(None, None)}
    page.reopen()
    form = shown(stage, RecordDialog)
    form.save()
    assert form.fields["reason"].error.text() == "请填写原因。"
    form.fields["reason"].type_text("补记发言")
    form.save()
    assert (kept(stage, held).state, kept(stage, held).reason) == (RECORDING, "补记发言")
    assert not page.record.text.text.isReadOnly()


def test_a_phrase_goes_in_at_the_cursor_with_its_blank_chosen(stage: Stage) -> None:
    text = stage.page.record.text
    text.text.type_text("一、开会。")
    text.text.moveCursor(text.text.textCursor().MoveOperation.End)
    text.insert("二、【发言人】：【发言要点】\n三、散会。")
    assert text.text.text() == "一、开会。\n二、【发言人】：【发言要点】\n三、散会。"
    assert text.text.textCursor().selectedText() == "【发言人】"
    QTest.keyClicks(text.text, "Z")
    text.go_to_blank()
    assert text.text.textCursor().selectedText() == "【发言要点】"
    text.text.undo()
    assert "【发言人】" in text.text.text()
    assert len(text.menu.actions()) > 5


def test_a_plan_becomes_a_record(stage: Stage) -> None:
    page: MinutesView = stage.page
    with stage.database.writing("计划") as session:
        node = organisation.branches(session)[0].id
        planned = activities.plan(
            session, node, "seminar", {"planned_on": DAY, "theme": "研讨", "responsible": "陈桂芳"}
        )
    page.show_target(planned.id)
    assert page.plan.isVisible()
    page.drop()
    form = shown(stage, RecordDialog)
    form.fields["reason"].type_text("大雪封路")
    form.save()
    assert kept(stage, planned.id).state == "未开展"
    page.replan()
    assert kept(stage, planned.id).state == PLANNED
    page.begin_record()
    form = shown(stage, RecordDialog)
    assert form.fields["held_on"].text() == str(DAY)
    form.save()
    assert kept(stage, planned.id).state == RECORDING
    assert page.chosen().values["chair"] == "陈桂芳"


def test_a_new_record_asks_whether_it_is_the_planned_one(stage: Stage) -> None:
    page: MinutesView = stage.page
    with stage.database.writing("计划") as session:
        node = organisation.branches(session)[0].id
        number = activities.plan(session, node, "seminar", {"planned_month": Month(2026, 11), "theme": "研讨"}).id
    for words, same in (("取消", None), ("是，按计划记录", True)):
        page.new_record()
        form = shown(stage, RecordDialog)
        form.fields["kind"].type_text("专题研讨")
        form.fields["organisation_id"].type_text("第一党支部")
        form.save()
        box = shown(stage, QMessageBox)
        assert "研讨" in box.text()
        next(each for each in box.buttons() if each.text() == words).click()
        assert (kept(stage, number).state == RECORDING) is bool(same)
    assert page.chosen().id == number


def test_files_are_kept_shown_and_taken_off(stage: Stage, held: int, tmp_path: Path) -> None:
    photo, program = tmp_path / "合影.png", tmp_path / "照片.exe"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    program.write_bytes(b"MZ")
    stage.page.open_files()
    files = shown(stage, MinutesFiles)
    files.add([photo])
    assert files.list.item(0).text().startswith("照片　合影.png")
    assert stage.page.head.files.text() == "签字件、照片（1）"
    files.add([program])
    assert "程序或网页" in files.problem.text()
    assert files.list.count() == 1
    files._ask_to_remove()
    shown(stage, QMessageBox).buttons()[0].click()
    assert files.list.count() == 0
    stage.page.undo()
    files.reload()
    assert files.list.count() == 1


def test_a_guest_from_another_branch_sits_in(stage: Stage, held: int) -> None:
    (found,) = stage.page.workspace.find("蒋玥")
    stage.page.record.roll.brought.emit(found)
    line = stage.page.record.roll.list.lines.lines[-1]
    assert (line.name, line.entitled, line.voting) == ("蒋玥", False, False)
    assert stage.page.record.roll.figures["应到"].text() == "16"
    with pytest.raises(UserError, match="已经在名单里"):
        stage.page._bring(found)
    stage.page.record.roll.taken_off.emit(found.id)
    assert "蒋玥" not in states(stage, held)


def test_uploading_is_noted_for_a_filed_record_too(stage: Stage, held: int) -> None:
    with stage.database.writing("定稿") as session:
        activities.file(session, held, TODAY)
    stage.page.reload()
    stage.page.upload()
    form = shown(stage, RecordDialog)
    form.fields["uploaded_on"].type_text("2026-11-30")
    form.save()
    assert "还没有到" in form.fields["uploaded_on"].error.text()
    form.fields["uploaded_on"].type_text("2026-11-20")
    form.save()
    assert kept(stage, held).uploaded_on == TODAY
    assert stage.page.record.fields.upload.text() == "已上传 2026-11-20"


def test_removing_and_undoing(stage: Stage, held: int) -> None:
    with stage.database.writing("点名") as session:
        first = attendance.roll(session, held)[0].member_id
        attendance.mark(session, held, {first: Mark("出席")})
    stage.page.reload()
    stage.page.remove()
    shown(stage, QMessageBox).buttons()[0].click()
    assert stage.page.chosen().id != held
    stage.page.undo()
    stage.page.show_target(held)
    assert stage.page.record.roll.list.lines.lines[0].state == "出席"


def test_the_list_is_narrowed_by_year_kind_and_words(stage: Stage) -> None:
    view = stage.page.list
    view.kind.choose("party_lecture")
    view.narrowed.emit()
    assert {each.kind for each in view.list.entries()} == {"党课"}
    view.kind.choose(None)
    view.narrowed.emit()
    whole = view.list.count()
    view.filter.setText("11月")
    assert 0 < view.list.count() < whole
    view.filter.setText("没有这样的")
    assert view.list.count() == 0


def test_a_year_opens_quickly(stage: Stage) -> None:
    begun = process_time()
    stage.page.reload()
    assert process_time() - begun < 0.3


def test_a_search_leads_to_the_words_in_the_text(stage: Stage, held: int) -> None:
    stage.page.record.text.text.type_text("一、开会。\n二、研究帮扶。")
    stage.page.save()
    stage.page.show_target((held, ["没有", "帮扶"]))
    assert [each.cursor.selectedText() for each in stage.page.record.text.text.extraSelections()] == ["帮扶"]


def test_in_a_file_that_only_reads_nothing_is_typed(branch: Database, held: int, on_stage: Put) -> None:
    with closing(Database.open(branch.path, read_only=True)) as reader:
        page = on_stage(reader, MinutesView).page
        page.show_target(held)
        assert page.record.text.text.isReadOnly()
        page.record.roll.list.mark("出席")
        assert page.record.roll.list.line().state is None
        with pytest.raises(UserError, match="只读"):
            page.new_record()


def test_the_record_is_printed_and_written_to_word(
    qtbot: QtBot, stage: Stage, held: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.page.record.text.text.type_text("一、开会。")
    stage.page.print_out()
    assert text_of(stage, held) == "一、开会。"  # what is printed is what is saved
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    (window,) = stage.window.findChildren(PreviewWindow)
    window.close()
    target = tmp_path / "记录.docx"
    monkeypatch.setattr("gui.papers.papers.ask_where_to_save", lambda *given: given[-1](target))
    stage.page.export()
    qtbot.waitUntil(target.exists, timeout=20_000)
    qtbot.waitUntil(lambda: "已保存到" in stage.said, timeout=20_000)


@pytest.mark.parametrize("size", list(TextSize))
def test_the_view_fits_a_small_screen_in_every_text_size(
    qapp: QApplication, branch: Database, held: int, on_stage: Put, size: TextSize
) -> None:
    stage = on_stage(branch, LifePage)
    theme.set_text_size(qapp, size)
    try:
        for state in (RECORDING, FILED):
            stage.page.show_target(("records", held))
            qapp.processEvents()
            page = stage.page.view
            assert stage.window.minimumSizeHint().width() <= 1366
            assert page.record.area.widget().minimumSizeHint().width() <= page.record.area.viewport().width()
            assert page.chosen().state == state
            if state == RECORDING:
                with branch.writing("定稿") as session:
                    activities.file(session, held, TODAY)
    finally:
        theme.set_text_size(qapp, TextSize.STANDARD)


def test_the_rule_of_a_vote_takes_further_lines_and_no_further_room(stage: Stage) -> None:
    card = next(each for each in stage.page.cards if isinstance(each, VotesCard))
    before = card.minimumSizeHint().width()
    card.source.setText("发展党员工作细则：超过半数到会，赞成超过应到半数")
    card.body.activate()
    assert card.minimumSizeHint().width() == before


def test_marks_that_cannot_be_saved_are_saved_with_the_next(
    stage: Stage, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    roll = stage.page.record.roll
    press(stage, "1")
    with monkeypatch.context() as patch:
        patch.setattr(attendance, "mark", lambda *_given: _refuse())
        with pytest.raises(UserError, match="磁盘空间不够"):
            stage.page._mark({roll.list.lines.lines[0].member_id: Mark("出席")})
    roll._rest.stop()
    press(stage, "2")
    roll.keep()
    assert list(states(stage, held).values())[:2] == [("出席", None), ("请假", None)]


def test_a_draft_that_cannot_be_kept_says_so(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    page: MinutesView = stage.page
    page.record.text.text.type_text("一")
    with monkeypatch.context() as patch:
        patch.setattr(drafts, "keep", lambda *_given: _refuse())
        page.drafts.keep()
    assert page.record.text.draft.text() == "草稿没有存上：磁盘空间不够。"
    page.drafts.keep()
    assert page.record.text.draft.text().startswith("草稿 ")


@contextmanager
def no_disk() -> Iterator[None]:
    """Neither a record nor its draft can be saved."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drafts, "keep", lambda *_given: _refuse())
        patch.setattr(recording, "save", lambda *_given: _refuse())
        yield


def test_what_no_disk_takes_is_there_when_the_record_is_opened_again(stage: Stage, held: int) -> None:
    page: MinutesView = stage.page
    page.record.text.text.type_text("一、磁盘满了。")
    with no_disk():
        page._choose(next(each.id for each in page.list._entries if each.id != held))
    assert "草稿也没有存上" in stage.said
    assert page.unkept
    page._choose(held)
    assert page.record.text.text.text() == "一、磁盘满了。"
    page.save()
    assert text_of(stage, held) == "一、磁盘满了。"
    assert not page.unkept


def test_the_window_asks_before_it_takes_away_what_no_disk_took(branch: Database, held: int, on_stage: Put) -> None:
    stage = on_stage(branch, LifePage)
    stage.page.show_target(("records", held))
    stage.page.view.record.text.text.type_text("一、磁盘满了。")
    for wanted, seen in (("先不离开", True), ("仍要离开", False)):
        with no_disk():
            stage.window.close()
            (box,) = [each for each in stage.window.findChildren(QMessageBox) if each.isVisible()]
            assert "没有存上" in box.text()
            next(each for each in box.buttons() if each.text() == wanted).click()
        assert stage.window.isVisible() is seen


def test_what_was_typed_is_saved_when_the_view_or_the_window_is_left(
    branch: Database, held: int, on_stage: Put
) -> None:
    stage = on_stage(branch, LifePage)
    stage.page.show_target(("records", held))
    stage.page.view.record.text.text.type_text("一、开会。")
    stage.page.choose("ledgers")
    assert text_of(stage, held) == "一、开会。"
    stage.page.choose("records")
    press_in = stage.page.view.record
    press_in.roll.list.mark("出席")
    press_in.text.text.type_text("二、散会。")
    stage.window.close()
    assert text_of(stage, held) == "二、散会。"
    assert next(iter(states(stage, held).values())) == ("出席", None)


def test_typing_stands_while_the_text_size_changes(qapp: QApplication, branch: Database, on_stage: Put) -> None:
    with branch.writing("记录") as session:
        node = organisation.branches(session)[0].id
        number = recording.begin(session, node, "party_lecture", DAY, TODAY, {}).id
    page = on_stage(branch, MinutesView).page
    page.show_target(number)
    page.record.fields.fields["lecturer"].type_text("陈桂芳")
    try:
        theme.set_text_size(qapp, TextSize.LARGEST)
        qapp.processEvents()
        assert page.record.fields.fields["lecturer"].isVisible()
        page.save()
    finally:
        theme.set_text_size(qapp, TextSize.STANDARD)
    with branch.reading() as session:
        assert activities.find(session, number).lecturer == "陈桂芳"


def test_enter_leads_through_the_fields_to_the_text(stage: Stage, branch: Database) -> None:
    fields = stage.page.record.fields
    with branch.writing("记录") as session:
        node = organisation.branches(session)[0].id
        lecture = recording.begin(session, node, "party_lecture", DAY, TODAY, {}).id
    for number, least in ((stage.page.chosen().id, 7), (lecture, 10), (stage.page.chosen().id, 7)):
        stage.page.show_target(number)
        arrived: list[bool] = []
        fields.finished.connect(lambda arrived=arrived: arrived.append(True))
        for field in list(fields.fields.values()):
            field.entered.emit()
        assert arrived
        assert len(fields.fields) >= least


def _refuse() -> None:
    raise UserError("磁盘空间不够。")


def test_keys_work_from_the_buttons_beside_the_title_too(
    branch: Database, held: int, on_stage: Put, qtbot: QtBot
) -> None:
    stage = on_stage(branch, LifePage)
    stage.page.show_target(("records", held))
    view = stage.page.view
    qtbot.waitUntil(
        lambda: stage.window.focusWidget() is view.record.roll.list
    )  # whoever is not called yet is called first
    stage.window.activateWindow()
    qtbot.waitUntil(stage.window.isActiveWindow)
    view.head.more.setFocus()
    QTest.keyClick(view.head.more, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    assert shown(stage, FilingDialog).isVisible()
