"""The whole path of a case on the page of care, from the application to the end, with what may go wrong on the way."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from exporters import excel, forms, pdf
from gui.care.cases_view import CareCasesView
from gui.care.ledgers import CareLedgers
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from gui.settings.page import SettingsPage
from importers import matching, reader
from models.database import Database
from models.ledger import View
from models.ledgers.care.application import applications
from models.ledgers.care.cases import CARE_CASES, CARE_HOUSEHOLDS
from models.ledgers.care.changes import CARE_POSTING
from models.ledgers.care.page import meetings_before
from models.ledgers.sheets import sheet
from models.records.care import cases as care_cases
from models.records.members import members
from models.rules import care
from models.rules.periods import Period
from tests.exporters import pages
from tests.gui.journeys.conftest import TODAY, Stage

Put = Callable[..., Stage]
WHO = "刘洋"
VIEW = View(TODAY, Period.of_year(2026))
ILL = "青山鹦鹉"


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, CareCasesView)


def form(stage: Stage) -> RecordDialog:
    (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
    return dialog


def fill(stage: Stage, **values: str) -> None:
    dialog = form(stage)
    for key, text in values.items():
        dialog.fields[key].type_text(text)
    dialog.save()


def refused(stage: Stage, key: str, **values: str) -> str:
    """What is said at a field when the form is saved with these values."""
    fill(stage, **values)
    return form(stage).fields[key].error.text()


def press(stage: Stage, words: str) -> None:
    QApplication.processEvents()  # buttons that have just come are shown by the loop
    found = [each for each in stage.page.findChildren(QAbstractButton) if each.isVisible()]
    next(each for each in found if (each.accessibleName() or each.text()).startswith(words)).click()


def answer(stage: Stage, words: str) -> None:
    (box,) = [each for each in stage.page.findChildren(QMessageBox) if each.isVisible()]
    next(each for each in box.buttons() if each.text() == words).click()


def told(page: Any) -> list[str]:
    """What the labels of the person's page say."""
    QApplication.processEvents()
    return [each.text() for each in page.card.findChildren(QLabel) if not each.isHidden()]


def apply(stage: Stage) -> None:
    """Applies for a member, with a family of two and one income."""
    stage.page.new_record()
    assert refused(stage, "who", who="", cause="低收入") != ""
    assert "没有找到党员" in refused(stage, "who", who="查无此人")
    assert "大于 0" in refused(stage, "asked", who=WHO, asked="0", applied_on="2026-03-02")
    fill(stage, asked="2000", detail=ILL, health=ILL)
    stage.page.show_target(max(row.id for row in stage.page.rows))  # where the window leads by itself
    press(stage, "家庭成员")
    assert "称谓" in refused(stage, "relation", name="方敏")
    fill(stage, relation="配偶", birth_year="1970", health=ILL)
    press(stage, "家庭收入")
    assert "没有填 0" in refused(stage, "amount", source="工资", amount="-5")
    fill(stage, whose="方敏", amount="36000")


def decide(stage: Stage) -> tuple[str, int]:
    """Takes the case from the branch's meeting to the list; answers the meeting's words and number."""
    with stage.database.reading() as session:
        meeting, number = next((w, n) for w, n in meetings_before(session, TODAY).items() if "2026-04" <= w < "2026-06")
    page = stage.page
    assert page.next_button.text() == "支部评议…"
    page.next_step()
    assert "早于申请日期" in refused(stage, "on", on="2026-03-01", degree="比较困难")
    early = {"on": "2026-04-15", "degree": "比较困难", "activity_id": meeting}
    assert "之后才开" in refused(stage, "activity_id", **early)
    fill(stage, on=meeting[:10])
    page.next_button.click()
    with stage.database.reading() as session:
        ends = care_cases.posting_ends(session, TODAY)
    assert form(stage).fields["until"].value() == ends
    assert "公示到哪一天" in refused(stage, "until", on="2026-06-08", until="2026-06-05")
    fill(stage, until="2026-06-12")
    assert "至 2026-06-12，5 个工作日" in page.card.timeline.text()
    page.next_step()
    assert "公示结束以后" in refused(stage, "on", on="2026-06-10")
    fill(stage, on="2026-06-15")
    page.next_step()
    assert form(stage).windowTitle() == "登记纳入"
    fill(stage, on="2026-06-16", degree="比较困难")
    return meeting, number


def go_on(stage: Stage) -> None:
    """Changes the degree, reviews the case and ends it."""
    press(stage, "调整")
    fill(stage, on="2026-08-03", degree="特别困难", reason="支出增加")
    stage.page.next_step()
    assert "没有到" in refused(stage, "on", on="2026-12-01")
    fill(stage, on="2026-09-01")
    QApplication.processEvents()
    (button,) = [
        each for each in stage.page.findChildren(QAbstractButton) if each.text() == "退出…" and each.isVisible()
    ]
    button.setFocus()
    press(stage, "退出")
    assert refused(stage, "reason", on="2026-11-02") != ""
    fill(stage, on="2026-11-02", reason="脱困")
    assert stage.page.window().focusWidget() is stage.page.list  # the button has gone


def test_a_case_goes_its_whole_way(stage: Stage, tmp_path: Path) -> None:
    apply(stage)
    page = stage.page
    chosen = page.chosen
    assert (chosen.name, chosen.state, page.card.family.text()) == (
        WHO, "已申请", "家庭人口：2 人　人均月收入：1,500.00 元",
    )  # fmt: skip
    meeting, number = decide(stage)
    asked: list[tuple[str, Any]] = []
    page.left_for.connect(lambda name, target: asked.append((name, target)))
    events = [event.kind for event in page.card.timeline._events]
    page.card.timeline.linkActivated.emit(str(events.index("支部评议")))
    assert asked == [("life", ("records", number))]
    go_on(stage)
    assert page.state.value() is None  # shown by its number, whoever has left
    assert not page.next_button.isVisible()
    with stage.database.reading() as session:
        days = [date(2026, 6, 10), date(2026, 7, 1), date(2026, 9, 1)]
        then = [{row.id: row for row in CARE_CASES.rows(session, VIEW.back_to(day))}[chosen.id] for day in days]
        assert [(row.state, row.degree) for row in then] == [
            ("公示中", "比较困难"), (care.ON_RECORD, "比较困难"), (care.ON_RECORD, "特别困难"),
        ]  # fmt: skip
        ledger, posting = sheet(session, CARE_CASES, VIEW), sheet(session, CARE_POSTING, VIEW)
        record = dict(applications(session, VIEW))[chosen.id]
    read_back(tmp_path, ledger, posting, record, meeting)


def read_back(folder: Path, ledger: Any, posting: Any, record: Any, meeting: str) -> None:
    """F40, F41 and the posting written to files say what was entered, and the posting nothing of it."""
    excel.write(ledger, folder / "台账.xlsx")
    found = matching.match(reader.read(folder / "台账.xlsx"), CARE_CASES)
    values = next(row.values for row in found.rows if row.values["name"] == WHO)
    assert (values["people"], values["standing"], values["left_on"]) == (2, "脱困", date(2026, 11, 2))
    assert (values["detail"], values["degree"]) == (ILL, "特别困难")
    forms.named("care_application").draw([record], folder / "申请.pdf")
    (paper,) = map(pages.squeezed, pages.texts(folder / "申请.pdf"))
    year, month, day = map(int, meeting[:10].split("-"))
    for words in ("方敏", "3,000.00", "1,500.00", "￥2,000.00", ILL, f"经{year}年{month}月{day}日", "公示5个工作日"):
        assert words in paper
    pdf.write(posting, folder / "公示.pdf")
    posted = "\n".join(pages.texts(folder / "公示.pdf"))
    assert WHO in posted
    for words in (ILL, "方敏", "1,500.00", "低收入", "比较困难"):
        assert words not in posted


def test_a_case_entered_by_mistake_is_removed_and_comes_back(stage: Stage) -> None:
    apply(stage)
    number = stage.page.chosen.id
    stage.page.remove_button.click()
    answer(stage, "删除")
    assert number not in [row.id for row in stage.page.rows]
    stage.page.undo()
    assert number in [row.id for row in stage.page.rows]


def test_one_of_the_household_with_an_income_stays(stage: Stage) -> None:
    apply(stage)
    press(stage, "删除配偶")
    answer(stage, "删除")
    assert stage.said == "方敏还登记着收入，请先删除那笔收入。"


def test_numbers_are_shown_when_asked_and_hidden_with_the_next(stage: Stage) -> None:
    page = stage.page
    page.show_target(next(row.id for row in page.rows if row.id_number))
    assert any("****" in words for words in told(page))
    page.card.unmask.click()
    assert not any("****" in words for words in told(page))
    assert page.card.unmask.text() == "遮住证号电话"
    page.list.setCurrentRow(0)
    page.list.setCurrentRow(1)
    assert page.card.unmask.text() == "显示证号电话"


def test_the_application_is_previewed_from_the_page(stage: Stage, qtbot: QtBot) -> None:
    stage.page.show_target(1)
    stage.page.paper_button.click()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    stage.window.findChildren(PreviewWindow)[0].close()


def test_the_ledger_of_the_person_shown_is_exported(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("gui.care.cases_view.export_ledger", lambda _page, shown, _view: asked.append(shown.name))
    for number in (next(row.id for row in stage.page.rows if (row.member_id is None) == house) for house in (0, 1)):
        stage.page.show_target(number)
        qtbot.keyClick(stage.window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert asked == [CARE_CASES.name, CARE_HOUSEHOLDS.name]


def test_a_new_sort_can_be_typed_and_filtered_by(stage: Stage) -> None:
    press(stage, "群众申请")
    assert "不能有“收入”" in refused(stage, "sort", name="谷满仓", sort="低收入户")
    fill(stage, sort="新就业困难群体")
    page = stage.page
    page.sort.choose("新就业困难群体")
    page._list()
    assert [each.name for each in page.list.entries()] == ["谷满仓"]


def test_causes_are_kept_in_the_settings(branch: Database, on_stage: Put) -> None:
    stage = on_stage(branch, SettingsPage)
    stage.page.show_target("困难类型")
    part = stage.page.section
    part.add()
    assert "已经有了" in refused(stage, "name", name="伤残")
    fill(stage, name="创业失败")
    assert part.table.current_row().name == "创业失败"
    part._move(-1)
    assert [row.name for row in part.table.rows_shown()][-2:] == ["创业失败", "其他"]
    part.table.select(lambda row: row.name == "低收入")
    part.ask_to_remove()
    answer(stage, "停用")
    assert part.use_button.text() == "恢复使用"
    part.change()
    fill(stage, name="收入偏低")
    with branch.reading() as session:
        assert care_cases.open_of(session, 0) is None
        assert "收入偏低" in {row.cause for row in CARE_CASES.rows(session, VIEW)}
    part.table.select(lambda row: row.name == "创业失败")
    part.ask_to_remove()
    answer(stage, "删除")
    assert "创业失败" not in [row.name for row in part.table.rows_shown()]


def test_the_form_offers_the_causes_in_use(branch: Database, on_stage: Put) -> None:
    stage = on_stage(branch, CareLedgers)
    stage.page.show_target("care_cases")
    stage.page.new_record()
    kind: Any = form(stage).fields["cause"].column.kind
    assert kind.options[0] == "本人重大疾病"
    form(stage).reject()


def test_the_page_of_a_person_leads_to_every_record_and_asks_for_a_reduction(stage: Stage) -> None:
    page = stage.page
    asked: list[tuple[str, Any]] = []
    page.left_for.connect(lambda name, target: asked.append((name, target)))
    with stage.database.reading() as session:
        member = members.find(session, "姜秀兰")
        case = care_cases.open_of(session, member.id)
        assert case is not None
        number, member_id = case.id, member.id
    page.show_target(number)
    history = page.card.timeline
    kinds = [event.kind for event in history._events]
    assert {"慰问", "党费减免"} <= set(kinds)
    for kind in ("慰问", "党费减免"):
        history.linkActivated.emit(str(kinds.index(kind)))
    assert [name for name, _ in asked] == ["care", "dues"]
    assert asked[1][1][:2] == ("dues_reductions", member_id)
    assert page.card.reduce.isVisible()
    page.card.reduce.click()
    assert form(stage).fields["name"].text().startswith("姜秀兰（")
    form(stage).reject()
    house = next(row.id for row in page.rows if row.member_id is None and row.state != care.LEFT)
    page.show_target(house)
    assert not page.card.reduce.isVisible()
