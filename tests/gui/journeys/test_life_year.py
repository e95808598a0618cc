"""The year of organisation life: what is held, owed, late and excused, planned and recorded from there."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from gui.life.duty_cells import Cell, total_words
from gui.life.year import LifeYear
from gui.parts.record_dialog import RecordDialog
from gui.settings.life import LifeSection
from gui.settings.page import SettingsPage
from models import settings
from models.database import Database
from models.records.life import activities, obligations
from models.records.life.activities import PLANNED, RECORDING, Activity
from models.records.members import organisation
from models.rules.obligations import State
from models.rules.periods import Month
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]
NOVEMBER = 11


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, LifeYear)


def form(stage: Stage) -> RecordDialog:
    (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
    return dialog


def save(stage: Stage, **values: str) -> None:
    dialog = form(stage)
    for key, text in values.items():
        dialog.fields[key].type_text(text)
    dialog.save()


def cell(stage: Stage, name: str, month: int) -> Cell:
    stage.page.grid.choose(name, month)
    found = stage.page.grid.cell
    assert found is not None
    return found


def at(stage: Stage, place: str) -> None:
    chooser = stage.page.place
    number = chooser.findText(place)
    assert number >= 0
    chooser.setCurrentIndex(number)
    chooser.picked.emit(chooser.value())


def deed(stage: Stage, start: str) -> None:
    found = stage.page.panel.deed(start)
    assert found is not None, [each.words for each in stage.page.panel.content.deeds]
    found.slot()


def planned(stage: Stage) -> int:
    with stage.database.reading() as session:
        chosen = select(func.count()).select_from(Activity).where(Activity.state == PLANNED)
        return session.scalar(chosen) or 0


def test_all_branches_are_added_up_and_one_is_shown_by_itself(stage: Stage) -> None:
    october = cell(stage, "主题党日", 10)
    assert (october.state, october.text) == (State.LATE, "2/3")
    assert "第三党支部" in stage.page.panel.content.grounds[0]
    at(stage, "第三党支部")
    october = cell(stage, "主题党日", 10)
    assert (october.state, october.text, october.first, october.last) == (State.LATE, "缺", True, True)
    assert cell(stage, "主题党日", 9).ticked
    at(stage, "第二党支部")
    august = cell(stage, "主题党日", 8)
    assert (august.state, august.text) == (State.EXCUSED, "说明")
    assert stage.page.panel.content.grounds[0].startswith("原因：当周局里统一安排")
    at(stage, "第一党支部")
    quarter = [cell(stage, "支部党员大会", month) for month in (10, 11, 12)]
    assert [(each.first, each.last, each.ticked) for each in quarter] == [
        (True, False, False), (False, False, True), (False, True, False)
    ]  # fmt: skip
    assert total_words(stage.page.grid.line) == ("4/4", State.HELD)


def test_a_group_by_itself_owes_its_meetings_alone(stage: Stage) -> None:
    with stage.database.reading() as session:
        group = organisation.find_group(session, organisation.branches(session)[1].id, "第一党小组")
        assert group is not None
        number = group.id
    stage.page.show_target(("党小组会", number))
    assert stage.page.place.value() == number
    assert {line.name for line in stage.page.grid.lines.calendar.lines if line.obligation} == {"党小组会"}
    assert cell(stage, "党小组会", NOVEMBER).ticked


def test_the_year_before_owes_nothing_before_it_was_begun(stage: Stage) -> None:
    stage.page.year.choose(2025)
    stage.page.year.picked.emit(2025)
    assert [cell(stage, "支部委员会", month).state for month in (11, 12)] == [None, State.HELD]


def test_arrows_lead_through_the_year_and_enter_to_what_can_be_done(stage: Stage, qtbot: QtBot) -> None:
    at(stage, "第三党支部")
    stage.page.grid.choose("主题党日", 9)
    qtbot.keyClick(stage.page.grid, Qt.Key.Key_Right)
    assert stage.page.panel.title.text() == "主题党日　10月"
    qtbot.waitUntil(lambda: any(each.isVisible() for each in stage.page.panel.deeds.findChildren(QPushButton)))
    qtbot.keyClick(stage.page.grid, Qt.Key.Key_Return)
    focused = stage.page.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == stage.page.panel.content.deeds[0].words


def test_an_activity_is_planned_on_the_fixed_day_moved_by_the_holiday(stage: Stage) -> None:
    before = planned(stage)
    at(stage, "第一党支部")
    stage.page.year.choose(2027)
    stage.page.year.picked.emit(2027)
    stage.page.grid.choose("主题党日", 5)
    stage.page.new_record()
    assert form(stage).fields["planned_on"].text() == "2027-05-17"  # the 16th is a Sunday
    save(stage, theme="学习贯彻会议精神", responsible="龚文博")
    assert planned(stage) == before + 1
    shown = cell(stage, "主题党日", 5)
    assert (shown.planned, shown.state) == ("17日", State.OWED)
    assert "学习贯彻会议精神（计划）" in [what for _, what in stage.page.panel.content.steps]
    stage.page.undo()
    assert planned(stage) == before


def test_a_plan_without_month_or_kind_is_refused_at_its_field(stage: Stage) -> None:
    stage.page.new_record()
    save(stage, planned_month="", planned_on="")
    assert "计划的月份或日期" in form(stage).fields["planned_month"].error.text()
    save(stage, planned_month="2026-12", planned_on="2026-11-30")
    assert "不在 2026-12" in form(stage).fields["planned_on"].error.text()


def test_a_reason_is_given_and_taken_back(stage: Stage) -> None:
    at(stage, "第三党支部")
    stage.page.grid.choose("主题党日", 10)
    deed(stage, "说明原因")
    assert form(stage).fields["organisation"].text() == "第三党支部"
    save(stage, reason="")
    assert form(stage).fields["reason"].error.text() == "请填写没有开展的原因。"
    save(stage, reason="全员值守，并入下月开展")
    assert cell(stage, "主题党日", 10).state is State.EXCUSED
    deed(stage, "收回说明")
    assert cell(stage, "主题党日", 10).state is State.LATE
    stage.page.undo()
    assert cell(stage, "主题党日", 10).state is State.EXCUSED


def test_what_was_held_unplanned_is_recorded_and_its_minutes_opened(stage: Stage, qtbot: QtBot) -> None:
    at(stage, "第三党支部")
    stage.page.grid.choose("主题党日", 10)
    deed(stage, "登记已开展的")
    with qtbot.waitSignal(stage.page.left_for) as left:
        save(stage, held_on="2026-10-28", theme="补开主题党日")
    name, (view, number) = left.args
    assert (name, view) == ("life", "records")
    with stage.database.reading() as session:
        made = activities.find(session, number)
        assert (made.state, made.held_on, made.theme) == (RECORDING, date(2026, 10, 28), "补开主题党日")
    assert cell(stage, "主题党日", 10).ticked


def test_a_plan_is_held_on_its_day(stage: Stage, qtbot: QtBot) -> None:
    with stage.database.writing("计划") as session:
        values: dict[str, Any] = {"planned_on": date(2026, 11, 18), "theme": "警示教育片"}
        activities.plan(session, organisation.branches(session)[2].id, "warning", values)
    stage.page.reload()
    at(stage, "第三党支部")
    stage.page.grid.choose("警示教育", NOVEMBER)
    assert ("11月18日", "警示教育片（逾期未开展）") in stage.page.panel.content.steps
    deed(stage, "开始11月18日记录")
    assert form(stage).fields["held_on"].text() == "2026-11-18"
    with qtbot.waitSignal(stage.page.left_for):
        save(stage)
    assert cell(stage, "警示教育", NOVEMBER).held


def test_the_year_to_come_is_planned_by_its_duties_once(stage: Stage) -> None:
    before = planned(stage)
    stage.page.year.choose(2027)
    stage.page.year.picked.emit(2027)
    at(stage, "第一党支部")
    stage.page.generate_button.click()
    box = stage.page.findChild(QMessageBox)
    box.buttons()[0].click()
    made = planned(stage) - before
    assert (
        made == 4 + 12 + 24 + 12 + 1 + 1 + 4
    )  # meetings, committee, two groups, theme days, the yearly ones, lectures
    assert cell(stage, "组织生活会", 12).planned == "计划"
    stage.page.generate_button.click()
    stage.page.findChildren(QMessageBox)[-1].buttons()[0].click()
    assert "都已经有计划了" in stage.said
    assert planned(stage) - before == made


def test_last_years_plan_is_taken_over_with_its_themes(stage: Stage) -> None:
    stage.page.year.choose(2027)
    stage.page.year.picked.emit(2027)
    at(stage, "第二党支部")
    stage.page.copy_button.click()
    stage.page.findChildren(QMessageBox)[-1].buttons()[0].click()
    with stage.database.reading() as session:
        old = select(Activity.theme).where(Activity.planned_month == Month(2026, 3), Activity.branch_id == 3)
        new = select(Activity.theme).where(Activity.planned_month == Month(2027, 3), Activity.branch_id == 3)
        assert set(session.scalars(old)) == set(session.scalars(new)) != set()


def test_every_text_of_the_page_tells_of_the_year(stage: Stage) -> None:
    assert "到期应开展" in stage.page.summary.text()
    index = stage.page.grid.lines.index(0, NOVEMBER)
    said = stage.page.grid.lines.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said is not None
    assert "第四季度" in said


@pytest.fixture
def section(branch: Database, on_stage: Put) -> Stage:
    stage = on_stage(branch, SettingsPage)
    stage.page.show_target("组织生活")
    assert isinstance(stage.page.section, LifeSection)
    return stage


def test_a_local_duty_is_switched_on_from_this_month_and_off_again(section: Stage) -> None:
    shown = section.page.section
    shown.table.select(lambda row: row.name == "周五上街")
    assert shown.on_button.isEnabled()
    assert not shown.off_button.isEnabled()
    shown.on_button.click()
    with section.database.reading() as session:
        assert obligations.named(session, "street_day").since == TODAY.replace(day=1)
    shown.table.select(lambda row: row.name == "周五上街")
    shown.off_button.click()
    with section.database.reading() as session:
        assert not obligations.named(session, "street_day").on


def test_a_duty_of_ones_own_is_added_and_removed(section: Stage) -> None:
    section.page.findChildren(QPushButton)
    adding = next(each for each in section.page.findChildren(QPushButton) if each.text().startswith("新增规定动作"))
    adding.click()
    save(section, name="廉政家访", kinds="集体学习、野餐")
    assert "没有“野餐”这种活动" in form(section).fields["kinds"].error.text()
    save(section, kinds="廉政教育", every="每半年", times="2")
    shown = section.page.section
    shown.table.select(lambda row: row.name == "廉政家访")
    assert shown.table.current_row().rhythm == "每半年 2 次"
    shown.remove_button.click()
    section.page.findChildren(QMessageBox)[-1].buttons()[0].click()
    assert "廉政家访" not in [row.name for row in shown.table.rows_shown()]


def test_the_fixed_days_are_saved_and_a_day_that_is_none_is_refused(section: Stage) -> None:
    days = section.page.section.days
    days.fields["theme_day"].type_text("40")
    days.save()
    assert "1 日至 31 日" in days.fields["theme_day"].error.text()
    days.fields["theme_day"].type_text("5")
    days.fields["life_since"].type_text("2026-01")
    days.save()
    with section.database.reading() as session:
        chosen = settings.read(session)
        assert (chosen.theme_day, chosen.life_since) == (5, "2026-01")
    assert "12月7日" in section.page.section.coming.text()  # the 5th is a Saturday
