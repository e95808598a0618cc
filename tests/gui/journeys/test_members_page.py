"""The roster: looking, finding, entering, changing, leaving and coming back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.ledgers.column_chooser import ColumnChooser
from gui.members import member_merging
from gui.members.page import USUAL, MembersPage
from models import checks, preferences
from models.database import Database
from models.records.dues import months, payments
from models.records.dues.payments import Collection, Payment
from models.records.members import members
from models.records.members.members import Member, find
from models.rules.periods import Month
from tests.gui.journeys.chapters import fill, form
from tests.gui.journeys.conftest import NOVEMBER, TODAY, Stage
from tests.people import id_number

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, MembersPage)


def names(stage: Stage) -> list[str]:
    return [row.name for row in stage.page.roster.rows_shown()]


def kept(stage: Stage, name: str) -> Member:
    with stage.database.reading() as session:
        return find(session, name)


def test_the_roster_shows_who_is_in_the_branch_and_the_first_ones_card(stage: Stage) -> None:
    assert len(names(stage)) == 47
    assert "何志远" not in names(stage)
    assert stage.page.filters.counts.text().startswith("党员总数 47 人（正式 46，预备 1")
    assert stage.page.card.name.text() == "张红卫"
    assert "书记" in stage.page.card.summary.text()


@pytest.mark.parametrize(
    ("field", "day"), [("birth_date", "2030-01-01"), ("joined_on", "2027"), ("full_member_on", "2026-12")]
)
def test_a_day_to_come_is_refused_at_its_field(stage: Stage, field: str, day: str) -> None:
    stage.page.new_record()
    fill(form(stage), name="甲某", birth_date="1990-05-01", branch="第二党支部")
    fill(form(stage), **{field: day})
    form(stage).save()
    assert form(stage).fields[field].error.text().endswith(" 还没有到，请到那一天再登记。")
    assert "甲某" not in names(stage)


@pytest.mark.parametrize("text", ["吴国强", "wgq", "国强"])
def test_a_member_is_found_by_name_and_initials(stage: Stage, text: str) -> None:
    stage.page.filters.text.setText(text)
    assert names(stage) == ["吴国强"]
    assert stage.page.filters.counts.text().endswith("显示 1 人")
    assert stage.page.card.name.text() == "吴国强"


def test_a_member_is_found_by_the_end_of_a_number_that_is_not_shown(stage: Stage) -> None:
    number = kept(stage, "吴国强").id_number
    assert number is not None
    stage.page.filters.text.setText(number[-4:])
    assert "吴国强" in names(stage)


def test_branch_group_category_and_status_narrow_the_roster(stage: Stage) -> None:
    filters = stage.page.filters
    assert [filters.place.itemText(n) for n in range(3)] == ["全部支部", "第一党支部", "　第一党小组"]
    filters.place.setCurrentIndex(2)
    filters.place.activated.emit(2)
    shown = stage.page.roster.rows_shown()
    assert {(row.branch, row.group) for row in shown} == {("第一党支部", "第一党小组")}
    filters.place.choose(None)
    filters.category.choose("预备党员")
    filters.changed.emit()
    assert names(stage) == ["林小满"]
    filters.category.choose(None)
    filters.status.choose("已离开")
    filters.changed.emit()
    assert names(stage) == ["何志远"]
    assert stage.page.card.state.text() == "已转出"
    assert "邻市某局机关党委" in stage.page.card.summary.text()


def test_nobody_fits_says_so_and_empties_the_card(stage: Stage) -> None:
    stage.page.filters.text.setText("没有这个人")
    assert names(stage) == []
    assert stage.page.card.filed is None


def test_numbers_are_masked_until_asked_for(stage: Stage) -> None:
    stage.page.roster.select(lambda row: row.name == "吴国强")
    number = kept(stage, "吴国强").id_number
    shown = stage.page.card.data.values["id_number"]
    assert shown.text() != number
    stage.page.roster.mask_switch.setChecked(True)
    assert shown.text() == number


def test_a_new_member_is_entered_and_shown(stage: Stage, qtbot: QtBot) -> None:
    qtbot.keyClick(stage.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = form(stage)
    fill(dialog, name="唐果", id_number=id_number("1990-05-01", 2), branch="第二党支部", category="正式党员")
    dialog.save()
    member = kept(stage, "唐果")
    assert (str(member.birth_date), member.sex) == ("1990-05-01", "女")
    assert stage.page.card.name.text() == "唐果"
    assert stage.said == "已新增党员唐果。"
    assert len(names(stage)) == 48


def test_a_wrong_number_is_refused_at_its_field_and_nothing_is_lost(stage: Stage) -> None:
    stage.page.new_record()
    dialog = form(stage)
    fill(dialog, name="唐果", id_number="119901199005010021", branch="第二党支部")
    dialog.save()
    assert "校验位" in dialog.fields["id_number"].error.text()
    assert dialog.fields["name"].text() == "唐果"
    fill(dialog, id_number=kept(stage, "吴国强").id_number or "")
    dialog.save()
    assert "已登记在吴国强名下" in dialog.fields["id_number"].error.text()
    assert len(names(stage)) == 47


def test_a_change_saves_only_what_was_changed_and_tells_old_and_new(stage: Stage, qtbot: QtBot) -> None:
    stage.page.roster.select(lambda row: row.name == "吴国强")
    qtbot.keyClick(stage.page.roster.table, Qt.Key.Key_Return)
    dialog = form(stage)
    fill(dialog, rank="二级调研员")
    dialog.save()
    form(stage).save()
    assert kept(stage, "吴国强").rank == "二级调研员"
    assert stage.said == "已保存吴国强的 1 项修改。"
    newest = stage.page.card.filed.changes[0]
    assert len(newest.details) == 1
    assert newest.details[0].startswith("职级：")
    assert newest.details[0].endswith(" → 二级调研员")


def test_leaving_and_coming_back(stage: Stage) -> None:
    stage.page.roster.select(lambda row: row.name == "刘洋")
    stage.page.card.leave_button.click()
    dialog = form(stage)
    fill(dialog, reason="转出", on="2026-11-18", to="邻市某局机关党委", dues_until="2026-11")
    dialog.save()
    member = kept(stage, "刘洋")
    assert (member.status, member.left_on, member.dues_until) == ("转出", date(2026, 11, 18), Month(2026, 11))
    assert "刘洋" not in names(stage)
    stage.page.show_target(member.id)
    assert stage.page.card.leave_button.text() == "恢复在册"
    stage.page.card.leave_button.click()
    back = form(stage)
    fill(back, how="撤回：离开登记是误登")
    back.save()
    assert kept(stage, "刘洋").status == "在册"
    assert stage.page.card.leave_button.text() == "转出、离开"


def test_the_chosen_columns_are_shown_and_remembered(
    branch: Database, on_stage: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preferences, "config_file", lambda: tmp_path / "preferences.json")
    stage = on_stage(branch, MembersPage)
    stage.page.choose_columns()
    (chooser,) = stage.page.findChildren(ColumnChooser)
    chooser.boxes["education"].setChecked(True)
    chooser.boxes["phone"].setChecked(False)
    shown = [column.key for column in stage.page.roster.sheet.columns]
    assert "education" in shown
    assert "phone" not in shown
    assert not chooser.boxes["name"].isEnabled()
    again = on_stage(branch, MembersPage)
    assert [column.key for column in again.page.roster.sheet.columns] == shown
    chooser.restore()
    assert [column.key for column in stage.page.roster.sheet.columns] == list(USUAL)


def test_the_table_is_copied_as_it_is_shown(stage: Stage) -> None:
    stage.page.filters.text.setText("吴国强")
    stage.page.roster.table.clearSelection()
    stage.page.roster.table.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["姓名", "性别", "年龄"]
    assert lines[1].startswith("吴国强\t男")


def test_dues_tell_what_is_owed(stage: Stage) -> None:
    stage.page.roster.select(lambda row: row.name == "钱永年")
    assert stage.page.card.filed.owed == 125
    assert stage.page.card.dues.working.text() == "5000.00 × 0.5% = 25.00"


def test_an_empty_roster_says_how_to_begin(empty: Database, on_stage: Put) -> None:
    stage = on_stage(empty, MembersPage)
    assert stage.page.card.filed is None
    assert not stage.page.new_button.property("primary")
    stage.page.new_record()
    dialog = form(stage)
    assert dialog.fields["branch"].text() == "甲局第一党支部"
    fill(dialog, name="唐果", birth_date="1990.05")
    dialog.save()
    assert names(stage) == ["唐果"]
    assert stage.page.new_button.property("primary")


def test_the_search_opens_whoever_left(stage: Stage) -> None:
    stage.page.filters.text.setText("张红卫")
    stage.window.top.search.person_chosen.emit(kept(stage, "何志远").id)
    stage.page.show_target(kept(stage, "何志远").id)
    assert stage.page.card.name.text() == "何志远"


def test_a_real_change_is_kept_with_its_day_and_shown_in_the_card(stage: Stage) -> None:
    stage.page.show_target(4)
    stage.page.card.edit_button.click()
    fill(form(stage), party_post="宣传委员", name="吴国疆")
    form(stage).save()
    asked = form(stage)
    assert asked.fields["name"].text() == "更正：原来填错了"
    assert asked.fields["party_post"].text() == "实际变动：党员 → 宣传委员"
    fill(asked, on="2026-03-01", reason="补选")
    asked.save()
    assert kept(stage, "吴国疆").party_post == "宣传委员"
    assert [(line.title, line.value, line.when, line.reason) for line in stage.page.card.filed.course] == [
        ("党内职务", "宣传委员", "2026-03-01 起", "补选"),
        ("党内职务", "党员", "至 2026-03-01", ""),
    ]
    assert "2026-03-01 起" in stage.page.card.changes.words.text()
    stage.page.undo()
    assert kept(stage, "吴国强").party_post == "党员"
    assert stage.page.card.filed.course == ()


def test_leaving_the_question_comes_back_to_what_was_typed(stage: Stage) -> None:
    stage.page.show_target(4)
    stage.page.card.edit_button.click()
    fill(form(stage), party_post="宣传委员", remark="新备注")
    form(stage).save()
    form(stage).reject()
    again = form(stage)
    assert (again.fields["party_post"].text(), again.fields["remark"].text()) == ("宣传委员", "新备注")
    assert kept(stage, "吴国强").party_post == "党员"


def test_who_left_comes_back_by_transfer(stage: Stage) -> None:
    gone = kept(stage, "何志远").id
    stage.page.show_target(gone)
    stage.page.card.leave_button.click()
    fill(form(stage), how="转入", on="2026-11-10")
    form(stage).save()
    member = kept(stage, "何志远")
    assert (member.status, member.dues_from) == ("在册", Month(2026, 12))


def test_a_member_entered_twice_is_joined_and_undone(stage: Stage, qtbot: QtBot) -> None:
    with stage.database.writing("重复登记") as session:
        known = find(session, "吴国强")
        born, number = known.birth_date, known.id
        members.add(session, {"name": "吴国强", "birth_date": born, "branch": "第一党支部", "remark": "另一条"})
    stage.page.reload()
    stage.page.show_target(number)
    member_merging.ask_whom_to_join(stage.page, number, "吴国强")
    form(stage).save()
    qtbot.waitUntil(lambda: not stage.window.busy_with, timeout=20_000)  # the backup before
    assert "补上：备注" in form(stage).fields["moves"].text()
    form(stage).save()
    assert names(stage).count("吴国强") == 1
    assert kept(stage, "吴国强").remark == "另一条"
    stage.page.undo()
    assert names(stage).count("吴国强") == 2


def test_money_entered_twice_is_asked_about_and_reversed(stage: Stage, qtbot: QtBot) -> None:
    with stage.database.writing("重复登记") as session:
        known = find(session, "刘洋")
        values = {"name": "刘洋", "birth_date": known.birth_date, "branch": "第一党支部", "dues_category": "在职"}
        other = members.add(session, values | {"dues_base": known.dues_base or Decimal("6300.00")})
        months.open_month(session, NOVEMBER, TODAY)
        payments.collect(session, other.id, NOVEMBER, Collection(TODAY))
        number, other_id = known.id, other.id
    stage.page.reload()
    stage.page.show_target(number)
    member_merging.ask_whom_to_join(stage.page, number, "刘洋")
    form(stage).save()
    qtbot.waitUntil(lambda: not stage.window.busy_with, timeout=20_000)  # the backup before
    form(stage).save()
    assert "请填写同月都交了党费" in form(stage).fields["paid"].error.text()
    fill(form(stage), paid="重复登记，冲销要去掉的那一笔")
    form(stage).save()
    with stage.database.reading() as session:
        held = session.scalars(select(Payment).where(Payment.member_id == number, Payment.paid_on == TODAY)).all()
        assert session.get(Member, other_id) is None
        assert any(each.reverses_id for each in held)
    assert checks.check(stage.database) == []
