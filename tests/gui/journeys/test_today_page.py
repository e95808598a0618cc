"""Today: what it shows, and where each line leads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui import theme
from gui.today_lists import LinkedList
from gui.today_page import TodayPage
from models import settings
from models.database import Database
from models.records.dues import months, payments
from models.records.dues.months import Due
from models.records.dues.payments import Collection
from models.records.life import obligations
from models.records.members import members, organisation
from models.rules.obligations import MONTH, stretch_of
from models.rules.periods import Month, Period
from tests.gui.journeys.conftest import NOVEMBER, TODAY, VIEW, Stage

Put = Callable[..., Stage]
_ROOM = 672  # pixels that a screen of 768 lines leaves the page between the title, the head and the foot of the window


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, TodayPage)


@pytest.fixture
def led_to(stage: Stage) -> list[tuple[str, Any]]:
    """The pages that were asked for, with what to show there."""
    asked: list[tuple[str, Any]] = []
    stage.page.left_for.connect(lambda name, target: asked.append((name, target)))
    return asked


def follow(qtbot: QtBot, listed: LinkedList, start: str) -> None:
    """Clicks the line that begins so."""
    rows = listed.rows_shown()
    place = next(n for n, row in enumerate(rows) if getattr(row, "name", getattr(row, "who", "")).startswith(start))
    area = listed.table.visualRect(listed.model.index(place, 1))
    qtbot.mouseClick(listed.table.viewport(), Qt.MouseButton.LeftButton, pos=area.center())


def read(shown: QLabel) -> str:
    """The words of a label as a person reads them."""
    return shown.text().replace("\u00a0", " ").replace("\u2060", "")


def test_the_month_is_told_in_people_and_yuan(stage: Stage) -> None:
    page = stage.page
    assert read(page.sums) == "2026年11月党费　39 / 46 人　5,394.10 / 6,086.50 元"
    assert read(page.missing) == "未交 7 人：周丽萍、龚文博、吴国强……　2 人连续欠交"
    assert page.date.text() == "11月20日"
    assert page.weekday.text() == "星期五　距收缴日 3 天"
    assert page.start.text() == "继续收缴　Alt+&S"


def test_the_largest_text_cuts_nothing_that_needs_attention(qapp: QApplication, stage: Stage, qtbot: QtBot) -> None:
    page, lists = stage.page, (stage.page.notices, stage.page.duties, stage.page.care)
    stage.window.resize(1366, 740)
    try:
        theme.set_text_size(qapp, theme.TextSize.LARGEST)
        qtbot.waitUntil(lambda: page.care.model.rowCount() > 0)
        bars = [bar for each in lists for bar in (each.table.horizontalScrollBar(), each.table.verticalScrollBar())]
        qtbot.waitUntil(lambda: not any(bar.maximum() for bar in bars))
        assert page.notices_card.y() < page.duties_card.y()
    finally:
        theme.set_text_size(qapp, theme.TextSize.STANDARD)
    QTest.qWait(20)
    assert page.notices_card.x() > page.duties_card.x()


def test_the_button_leads_to_the_collection(qtbot: QtBot, stage: Stage, led_to: list[Any]) -> None:
    qtbot.keyClick(stage.page, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    stage.page.start.click()
    assert led_to[-1] == ("collect", None)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("党费核定", ("dues", "dues_assessments")),
        ("收缴党费", ("collect", None)),
        ("上缴党费", ("collect", "closing")),
        ("公示", ("dues", "dues_notice")),
        ("备份", ("settings", None)),
    ],
)
def test_each_duty_leads_where_it_is_done(
    qtbot: QtBot, stage: Stage, led_to: list[Any], name: str, target: tuple[str, Any]
) -> None:
    follow(qtbot, stage.page.duties, name)
    assert led_to == [target]


def test_each_notice_leads_to_its_member(qtbot: QtBot, stage: Stage, led_to: list[Any]) -> None:
    follow(qtbot, stage.page.notices, "钱永年")
    follow(qtbot, stage.page.notices, "林小满")
    assert [name for name, _ in led_to] == ["collect", "members"]
    with stage.database.reading() as session:
        assert led_to[0][1] == members.find(session, "钱永年").id


def test_birthdays_lead_to_the_member(stage: Stage, led_to: list[Any]) -> None:
    names = stage.page.birthdays.findChildren(QPushButton)
    assert stage.page.birthdays_card.aside.text() == "3 人"
    names[0].click()
    assert led_to[0][0] == "members"


def test_the_chart_is_drawn_after_the_first_paint(qtbot: QtBot, stage: Stage) -> None:
    qtbot.waitUntil(lambda: "2026年11月　应交 6,086.50" in stage.page.chart.accessibleDescription())


def test_another_month_is_entered_only_after_a_question(stage: Stage) -> None:
    stage.page.workspace.look_at(replace(VIEW, today=date(2026, 12, 1)))
    question = stage.page.question
    assert question.isVisible()
    assert question.words.text().startswith("已经到2026年12月了，工作月份还是2026年11月。")
    with stage.database.reading() as session:
        assert settings.read(session).month == NOVEMBER
    question.agree.click()
    with stage.database.reading() as session:
        assert settings.read(session).month == NOVEMBER + 1
    assert stage.page.workspace.view.month == NOVEMBER + 1
    assert not question.isVisible()
    assert stage.page.sums.text() == "2026年12月党费还没有开账"


def test_the_question_can_be_put_off(stage: Stage) -> None:
    stage.page.workspace.look_at(replace(VIEW, today=date(2026, 12, 1)))
    stage.page.question.stay.click()
    stage.page.reload()
    assert not stage.page.question.isVisible()


def test_a_clock_that_is_behind_is_doubted(stage: Stage) -> None:
    stage.page.workspace.look_at(replace(VIEW, today=date(2025, 1, 5)))
    assert "请先核对电脑日期" in stage.page.question.words.text()
    assert not stage.page.question.agree.isVisible()


def test_a_month_is_opened_from_here(stage: Stage, led_to: list[Any], backed_up: list[Path], qtbot: QtBot) -> None:
    with stage.database.writing("进入12月") as session:
        settings.change(session, working_month="2026-12")
    december = Month(2026, 12)
    stage.page.workspace.look_at(replace(VIEW, period=replace(VIEW.period, first=december, last=december)))
    assert stage.page.start.text() == "开账　Alt+&S"
    stage.page.start.click()
    qtbot.waitUntil(lambda: led_to == [("collect", None)])
    with stage.database.reading() as session:
        assert december in months.opened(session)
    assert backed_up == [stage.database.path.parent / "备份"]


def test_an_empty_file_says_what_comes_first(empty: Database, on_stage: Put) -> None:
    stage = on_stage(empty, TodayPage)
    assert stage.page.sums.text() == "名册里还没有党员"
    assert "导入名册" in stage.page.missing.text()
    asked: list[str] = []
    stage.page.left_for.connect(lambda name, _target: asked.append(name))
    stage.page.start.click()
    assert asked == ["members"]
    assert stage.page.calm.isVisible()


def test_today_follows_what_is_saved(stage: Stage) -> None:
    with stage.page.workspace.writing("收缴") as session:
        owing = session.scalars(select(Due.member_id).where(Due.month == NOVEMBER)).all()
        payments.collect_all(session, NOVEMBER, Collection(TODAY), owing)
    assert stage.page.missing.text() == "已经全部交清。"
    assert stage.page.start.text() == "查看收缴　Alt+&S"


def test_today_stays_with_the_working_month_whatever_another_page_looks_at(
    qtbot: QtBot, stage: Stage, led_to: list[Any]
) -> None:
    october = NOVEMBER + -1
    stage.page.workspace.look_at(replace(VIEW, period=Period(october, october)))
    assert stage.page.sums.text().startswith("2026年11月党费")
    follow(qtbot, stage.page.notices, "钱永年")
    assert stage.page.workspace.view.month == NOVEMBER


def test_what_organisation_life_asks_follows_once_the_page_is_painted(
    qtbot: QtBot, stage: Stage, led_to: list[Any]
) -> None:
    page = stage.page

    def told() -> dict[str, Any]:
        return {row.name: row for row in page.duties.rows_shown() if row.key == "life"}

    qtbot.waitUntil(lambda: bool(told()), timeout=5000)
    late = told()["主题党日"]
    assert (late.mark, late.progress) == (("逾期 1 次", "bad"), "10月第三党支部没有开展")
    assert page.duties.rows_shown()[0].key == "assess"  # under the dues
    follow(qtbot, page.duties, "主题党日")
    assert led_to == [("life", ("year", ("主题党日", None)))]
    with stage.database.writing("说明") as session:
        third = organisation.branches(session)[2]
        obligations.excuse(session, "theme_day", third.id, stretch_of(MONTH, date(2026, 10, 1)), "值守", TODAY)
    page.reload()
    qtbot.waitUntil(lambda: told().get("主题党日") != late, timeout=5000)


def test_what_care_asks_follows_with_names_and_kinds_and_leads_there(
    qtbot: QtBot, stage: Stage, led_to: list[Any]
) -> None:
    page = stage.page
    assert not page.care_card.isVisible()
    qtbot.waitUntil(page.care_card.isVisible, timeout=5000)
    assert page.minimumSizeHint().height() <= _ROOM
    first, rest = page.care.rows_shown()[0], page.care.rows_shown()[-1]
    assert (first.who, rest.who) == ("帮扶核查", "另有")
    follow(qtbot, page.care, "帮扶核查")
    page.care.setFocus()
    page.care.select(lambda row: row.who == "另有")
    qtbot.keyClick(page.care.table, Qt.Key.Key_Return)
    assert led_to == [("care", ("ledgers", "care_reviews")), ("care", "cases")]
