"""The appraisal in the real window: begun, ballots printed, votes and grades by figures and Enter, over the limit."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from gui.life.appraisal_dialog import AppraisalDialog
from gui.life.ledgers import LifeLedgers
from gui.life.points_dialog import PointsDialog
from gui.life.points_scheme import PointsSchemeDialog
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.records.life import appraisals, honours, points
from models.records.members import members, organisation
from models.rules.periods import PartialDate, Period
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]
NAMES = ("张红卫", "李素云", "王五", "赵六", "钱七", "孙八")
Press = str | Qt.Key
Shown = TypeVar("Shown", bound=QDialog)


@pytest.fixture
def stage(empty: Database, on_stage: Put) -> Stage:
    """A branch of six full members and one who is probationary."""
    with empty.writing("导入") as session:
        for name in (*NAMES, "周九"):
            late = name == "周九"
            members.add(session, {
                "name": name, "birth_date": PartialDate(1990), "category": "预备党员" if late else "正式党员",
                "joined_on": PartialDate(2025 if late else 2010, 12, 1),
            })  # fmt: skip
    made = on_stage(empty, LifeLedgers)
    made.page.show_target("life_appraisals")
    return made


def opened(stage: Stage, kind: type[Shown]) -> Shown:
    return [each for each in stage.window.findChildren(kind) if each.isVisible()][-1]


def begun(stage: Stage) -> AppraisalDialog:
    """The appraisal of 2025, begun by Ctrl+N."""
    stage.page.new_record()
    form = opened(stage, RecordDialog)
    form.fields["year"].type_text("2025")
    form.fields["held_on"].type_text("2026-01-16")
    form.save()
    return opened(stage, AppraisalDialog)


def press(qtbot: QtBot, dialog: AppraisalDialog, *keys: Press) -> None:
    """Presses keys where the focus is: in the grid, or in its box while that is open."""
    for key in keys:
        at = dialog.table.editor if dialog.table.editor.isVisible() else dialog.table.table
        (qtbot.keyClicks if isinstance(key, str) else qtbot.keyClick)(at, key)


def ballots(dialog: AppraisalDialog, number: int) -> None:
    for key in ("attended", "issued", "returned", "valid"):
        dialog.head.fields[key].type_text(str(number))
    assert dialog.head.save()


def test_votes_are_tallied_by_figures_and_enter(qtbot: QtBot, stage: Stage) -> None:
    dialog = begun(stage)
    assert dialog.title.text() == "甲局第一党支部　2025年度"
    ballots(dialog, 7)
    dialog.table.table.setFocus()
    press(qtbot, dialog, "5", Qt.Key.Key_Return, "2", Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return)
    press(qtbot, dialog, "1", Qt.Key.Key_Return, Qt.Key.Key_Space)
    first, second = dialog.table.rows_shown()[:2]
    assert (first.outstanding, first.passed, first.barely, first.failed) == (5, 2, None, None)
    assert (second.outstanding, second.passed, second.barely) == (1, 6, 0)
    assert dialog.table.key_here() == "barely"
    dialog.accept()
    row = stage.page.table.rows_shown()[0]
    assert (row.name, row.outstanding, row.year) == ("张红卫", 5, 2025)


def test_more_votes_than_ballots_are_refused_and_the_cell_stays(qtbot: QtBot, stage: Stage) -> None:
    dialog = begun(stage)
    ballots(dialog, 7)
    dialog.table.table.setFocus()
    press(qtbot, dialog, "8", Qt.Key.Key_Return)
    assert dialog.problem.text() == "张红卫：各等次共 8 票，多于有效票 7 票，请核对。"
    assert (dialog.table.key_here(), dialog.table.current_row().name) == ("outstanding", "张红卫")
    assert dialog.table.rows_shown()[0].outstanding is None


def test_a_figure_that_cannot_be_is_said_at_its_field(stage: Stage) -> None:
    dialog = begun(stage)
    dialog.head.fields["attended"].type_text("9")
    assert not dialog.head.save()
    assert dialog.head.fields["attended"].error.text() == "实参加 9 多于应参加 7，请核对。"


def test_grades_are_given_by_figures_and_the_limit_is_kept(qtbot: QtBot, stage: Stage) -> None:
    dialog = begun(stage)
    column = [each.key for each in dialog.table.model.columns].index("grade")
    dialog.table.table.setFocus()
    dialog.table.table.go_to(0, column)
    press(qtbot, dialog, "1", "1", "1")
    assert "评为优秀 3 名，上限是 2 名" in dialog.problem.text()
    assert [row.grade for row in dialog.table.rows_shown()[:3]] == ["优秀", "优秀", None]
    dialog.head.fields["over_reason"].type_text("上级党委同意增加一名")
    assert dialog.head.save()
    dialog.table.table.setFocus()
    dialog.table.table.go_to(2, column)
    press(qtbot, dialog, "1", "2", "0", "4")
    assert "上限 1 名（参加评定 5 名的三分之一），超出 2 名，理由：上级党委同意增加一名" in dialog.standing.text()
    assert [row.grade for row in dialog.table.rows_shown()] == [
        "优秀", "优秀", "优秀", "合格", "不定等次", "不合格", None,
    ]  # fmt: skip
    assert dialog.progress.text() == "已定等次 6 / 6 人"
    dialog.table.table.go_to(6, column)
    press(qtbot, dialog, "2")
    assert dialog.problem.text() == "周九：预备党员参加评议，不评定等次。"


def test_a_step_is_undone_from_the_table(qtbot: QtBot, stage: Stage) -> None:
    dialog = begun(stage)
    dialog.table.table.setFocus()
    press(qtbot, dialog, "3", Qt.Key.Key_Return)
    assert dialog.table.rows_shown()[0].outstanding == 3
    qtbot.keyClick(dialog.table.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dialog.table.rows_shown()[0].outstanding is None
    assert "已撤销" in dialog.problem.text()


def test_opinion_and_disposition_are_entered_in_the_form(qtbot: QtBot, stage: Stage) -> None:
    dialog = begun(stage)
    dialog.table.table.setFocus()
    press(qtbot, dialog, Qt.Key.Key_F2)
    form = opened(stage, RecordDialog)
    form.fields["opinion"].type_text("工作扎实")
    form.fields["disposition"].type_text("表扬")
    form.save()
    assert dialog.table.rows_shown()[0].disposition == "表扬"


def test_a_whole_appraisal_is_removed_and_comes_back(stage: Stage) -> None:
    dialog = begun(stage)
    dialog._remove()
    with stage.database.reading() as session:
        branch = organisation.branches(session)[0].id
        assert appraisals.of_year(session, branch, 2025) is None
    stage.page.undo()
    with stage.database.reading() as session:
        kept = appraisals.of_year(session, branch, 2025)
        assert kept is not None
        assert len(appraisals.results(session, kept.id)) == 7


def test_ballots_are_shown_in_the_number_that_is_asked_for(qtbot: QtBot, stage: Stage) -> None:
    stage.page.more_buttons[0].click()
    form = opened(stage, RecordDialog)
    form.fields["copies"].type_text("0")
    form.save()
    assert "张数应在 1 至" in form.fields["copies"].error.text()
    form.fields["copies"].type_text("3")
    form.save()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    (window,) = stage.window.findChildren(PreviewWindow)
    assert window.list.model().rowCount() == 3


def test_scores_are_given_and_summed(stage: Stage) -> None:
    stage.page.show_target("life_points")
    stage.page.table.select(lambda row: row.name == "张红卫")
    stage.page._change()
    dialog = opened(stage, PointsDialog)
    dialog.fields["by_branch_理想信念"].type_text("21")
    dialog.save()
    assert "应在 0 至 20 分之间" in dialog.fields["by_branch_理想信念"].error.text()
    dialog.fields["by_branch_理想信念"].type_text("19.5")
    dialog.fields["by_branch_组织生活"].type_text("18")
    assert dialog.sum.text() == "支部评合计 37.5 分"
    dialog.save()
    row = stage.page.table.rows_shown()[0]
    assert (row.total, row.rank) == (Decimal("37.50"), 1)


def test_the_scheme_is_edited_and_what_has_scores_stays(stage: Stage) -> None:
    stage.page.show_target("life_points")
    with stage.database.writing("评分") as session:
        first = points.scheme(session, 2026)[0]
        points.score(session, members.find(session, "张红卫").id, first, {"own": Decimal(15)})
    stage.page.more_buttons[0].click()
    dialog = opened(stage, PointsSchemeDialog)
    assert dialog.total.text() == "标准分合计 100"
    dialog.table.setCurrentCell(0, 0)
    dialog.remove_item()
    dialog.save()
    assert "“理想信念”已经有评分" in dialog.problem.text()


def test_a_branch_is_honoured_by_its_name_and_a_member_by_initials(stage: Stage) -> None:
    stage.page.show_target("life_honours")
    for who in ("甲局第一党支部", "张红卫"):
        stage.page.new_record()
        form = opened(stage, RecordDialog)
        form.fields["who"].type_text(who)
        form.fields["title"].type_text("标杆支部")
        form.fields["awarded_on"].type_text("2026-06-28")
        form.save()
    assert [row.name for row in stage.page.table.rows_shown()] == ["甲局第一党支部", "张红卫"]
    with stage.database.reading() as session:
        member = members.find(session, "张红卫")
        assert [each.title for each in honours.of_member(session, member.id)] == ["标杆支部"]


def test_the_sample_has_last_years_appraisal(branch: Database, on_stage: Put) -> None:
    made = on_stage(branch, LifeLedgers)
    made.page.show_target("life_appraisals")
    made.page._look_at(period=Period.of_year(2025))
    rows = made.page.table.rows_shown()
    assert len({row.branch for row in rows}) == 3
    assert {"优秀", "合格", "不定等次", None} == {row.grade for row in rows}
    graded = [row for row in rows if row.branch == "第一党支部" and row.grade == "优秀"]
    assert len(graded) == 4
