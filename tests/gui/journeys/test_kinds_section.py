"""The editors of kinds of activity and of phrases: as a secretary adapts them to the branch."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from gui.parts.record_dialog import RecordDialog
from gui.settings.page import SettingsPage
from gui.settings.phrase_dialog import PhraseDialog
from models.database import Database
from models.errors import UserError
from models.records.life import activities, activity_kinds, phrases
from models.records.life.activity_kinds import Kind
from models.records.members import organisation
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]
NAME = "红色观影"


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, SettingsPage)


def section(stage: Stage, name: str = "活动种类") -> Any:
    stage.page.show_target(name)
    return stage.page.section


def form(stage: Stage) -> Any:
    return stage.page.findChildren(RecordDialog)[-1]


def fill(dialog: Any, **values: str) -> None:
    for key, text in values.items():
        dialog.fields[key].type_text(text)


def choose(part: Any, name: str) -> None:
    assert part.table.select(lambda row: getattr(row, "name", "") == name or getattr(row, "title", "") == name)


def kind(stage: Stage, name: str) -> Kind:
    with stage.database.reading() as session:
        return activity_kinds.named(session, name)


def press(stage: Stage, words: str) -> None:
    (box,) = stage.page.findChildren(QMessageBox)
    next(each for each in box.buttons() if each.text() == words).click()


def add_own(stage: Stage) -> Any:
    part = section(stage)
    part.add()
    fill(
        form(stage), name=NAME, group="学习教育", entitled="全体党员", form="活动记录（F22）", study="是",
        fields="学时；篇目、片名或基地", free="影院；带队人", counts="次数；学时",
    )  # fmt: skip
    form(stage).save()
    return part


def hold_one(stage: Stage) -> None:
    with stage.database.writing("记录") as session:
        node = organisation.branches(session)[0]
        activities.begin(session, node.id, activity_kinds.named(session, NAME).key, TODAY, TODAY)


def test_a_kind_of_the_branch_is_added_with_its_own_fields(stage: Stage) -> None:
    part = add_own(stage)
    made = kind(stage, NAME)
    assert (made.fields, made.free, made.counts) == (("hours", "works"), ("影院", "带队人"), ("times", "hours"))
    assert (made.form, made.study, made.entitled) == ("F22", True, "members")
    assert part.table.current_row().name == NAME
    assert "已新增" in stage.said


def test_a_name_that_is_there_is_refused_at_its_field(stage: Stage) -> None:
    section(stage).add()
    fill(form(stage), name="党课")
    form(stage).save()
    assert form(stage).fields["name"].error.text() == "“党课”已经有了，请换一个名称。"


def test_a_kind_of_the_program_is_renamed_and_brought_back(stage: Stage) -> None:
    part = section(stage)
    choose(part, "微党课")
    assert not part.restore_button.isVisible()
    part.change()
    fill(form(stage), name="五分钟党课")
    form(stage).save()
    assert kind(stage, "五分钟党课").key == "micro_lecture"
    assert part.restore_button.isVisible()
    part.restore()
    assert kind(stage, "微党课").key == "micro_lecture"


def test_a_kind_with_records_is_not_removed_but_stopped(stage: Stage) -> None:
    part = add_own(stage)
    hold_one(stage)
    part.reload()
    choose(part, NAME)
    part.ask_to_remove()
    (box,) = stage.page.findChildren(QMessageBox)
    assert box.text() == f"“{NAME}”已经有 1 条记录，不能删除。改为停用吗？"
    press(stage, "停用")
    assert not kind(stage, NAME).active
    assert part.use_button.text() == "恢复使用"
    with pytest.raises(UserError, match="已经停用"):
        part.ask_to_remove()
    part.switch()
    assert kind(stage, NAME).active


def test_a_kind_without_records_is_removed_and_comes_back(stage: Stage) -> None:
    part = add_own(stage)
    part.ask_to_remove()
    press(stage, "删除")
    assert NAME not in [row.name for row in part.table.rows_shown()]
    stage.page.undo()
    assert kind(stage, NAME).free == ("影院", "带队人")


def test_kinds_are_moved(stage: Stage) -> None:
    part = section(stage)
    choose(part, "党小组会")
    part._move(-1)
    assert [row.name for row in part.table.rows_shown()][:3] == ["支部党员大会", "党小组会", "支部委员会"]
    assert part.table.current_row().name == "党小组会"
    choose(part, "支部党员大会")
    part._move(-1)  # nothing stands above it
    assert part.table.rows_shown()[0].name == "支部党员大会"


def test_the_boxes_are_ticked_by_keyboard(stage: Stage) -> None:
    section(stage).add()
    boxes = form(stage).fields["fields"].widget.boxes
    boxes[0].setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(boxes[0], Qt.Key.Key_Space)
    QTest.keyClick(boxes[0], Qt.Key.Key_Right)
    QTest.keyClick(boxes[1], Qt.Key.Key_Down)
    QTest.keyClick(boxes[4], Qt.Key.Key_Space)
    assert form(stage).fields["fields"].value() == ("授课人", "议题标签")


def test_a_phrase_is_added_and_a_template_changed_and_brought_back(stage: Stage) -> None:
    part = section(stage, "常用语和模板")
    part.add()
    dialog = stage.page.findChildren(PhraseDialog)[-1]
    fill(dialog, title="布置送学", use="常用语", text="请", kinds="党小组会；支部委员会")
    dialog.fields["text"].widget.moveCursor(dialog.fields["text"].widget.textCursor().MoveOperation.End)
    dialog._insert("主持人")
    dialog.save()
    with stage.database.reading() as session:
        (made,) = [each for each in phrases.phrases(session, "group_meeting") if each.is_own]
    assert (made.text, made.kinds) == ("请【主持人】", ("committee_meeting", "group_meeting"))
    choose(part, "党课")
    part.change()
    fill(stage.page.findChildren(PhraseDialog)[-1], text="一、【主持人】同志主持。")
    stage.page.findChildren(PhraseDialog)[-1].save()
    assert part.table.current_row().origin == "程序带来，改过"
    part.restore()
    with stage.database.reading() as session:
        assert "【授课人】" in phrases.template(session, "party_lecture")


def test_a_phrase_is_stopped_and_an_own_one_removed(stage: Stage) -> None:
    part = section(stage, "常用语和模板")
    choose(part, "发言")
    part.switch()
    with stage.database.reading() as session:
        assert "发言" not in [each.title for each in phrases.phrases(session, "general_meeting")]
        before = len(phrases.everything(session, idle=True))
    part.add()
    fill(stage.page.findChildren(PhraseDialog)[-1], title="试", text="试")
    stage.page.findChildren(PhraseDialog)[-1].save()
    part.ask_to_remove()
    press(stage, "删除")
    with stage.database.reading() as session:
        assert len(phrases.everything(session, idle=True)) == before
