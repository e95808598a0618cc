"""A festival round in the window: choose, settle, hand out, a proxy, a reversal, vouchers, close, the sheet to sign."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.care import round_papers
from gui.care.round_people import RoundPeople
from gui.care.rounds_view import RoundsView
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from models import checks
from models.database import Database
from models.records import care_funds, care_rounds
from models.records.care_rounds import CareExport, CareGift, CareHandout, CareRound
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]
TODAY = date(2026, 11, 20)


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    with branch.writing("到账") as session:
        care_funds.receive(session, {"fund": "捐赠", "on": TODAY, "amount": Decimal(5000)}, TODAY)
    return on_stage(branch, RoundsView)


def form(stage: Stage) -> RecordDialog:
    (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
    return dialog


def fill(stage: Stage, **values: str) -> None:
    dialog = form(stage)
    for key, text in values.items():
        dialog.fields[key].type_text(text)
    dialog.save()
    assert not dialog.isVisible()


def begin(stage: Stage, *names: str) -> None:
    """A round with these on its list, each found by name and ticked."""
    stage.page.new_record()
    fill(stage, festival="国庆", year="2026")
    assert stage.page.next_button.text() == "选人…"
    stage.page.next_button.click()
    (dialog,) = stage.page.findChildren(RoundPeople)
    for name in names:
        dialog.search.setText(name)
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert {each.name for each in dialog.ticked()} == set(names)
    dialog.save_button.click()


def settle(stage: Stage, amount: str = "300") -> None:
    stage.page.next_button.click()
    fill(stage, fund="捐赠", amount=amount, goods="大米", quantity="2", unit="袋")


def test_a_round_from_the_first_to_the_last(stage: Stage, qtbot: QtBot) -> None:
    begin(stage, "王建国", "钱永年", "沈衡")
    assert stage.page.next_button.text() == "设定金额、物品…"
    settle(stage)
    assert stage.page.next_button.text() == "发放（还有 3 人）"
    stage.page.next_button.click()
    QTest.keyClicks(stage.page.search, "qyn")
    QTest.keyClick(stage.page.search, Qt.Key.Key_Return)
    assert "钱永年本人领取" in stage.said
    QTest.keyClicks(stage.page.search, "wjg")
    stage.page.proxy_button.click()
    fill(stage, receiver="王小明", relation="子女")
    QTest.keyClicks(stage.page.search, "sh")
    QTest.keyClick(stage.page.search, Qt.Key.Key_Return)
    assert stage.page.next_button.text() == "登记凭证…"
    stage.page.table.select(lambda each: each.name == "沈衡")
    stage.page.undo_button.click()
    fill(stage, reason="登记有误")
    assert stage.page.next_button.text() == "发放（还有 1 人）"
    stage.page.hand_out()
    stage.page.next_button.click()
    assert form(stage).fields["amount"].value() == Decimal(900)
    fill(stage, number="2026-101")
    assert stage.page.next_button.text() == "办结…"
    stage.page.next_button.click()
    fill(stage)
    assert stage.page.next_button.text() == "新建一次慰问"
    assert "玖佰元整" in stage.page.panel.capitals.text()
    with stage.database.reading() as session:
        last = session.scalars(select(CareRound).order_by(CareRound.id.desc())).first()
        assert last is not None
        assert (last.closed_on, last.name) == (TODAY, "2026年国庆慰问")
        names = select(CareGift.id).where(CareGift.round_id == last.id)
        done = session.scalars(select(CareHandout).where(CareHandout.gift_id.in_(names))).all()
        assert sorted(each.amount for each in done) == [Decimal(-300), *[Decimal(300)] * 4]
        assert {each.relation for each in done} == {None, "子女"}
    assert checks.check(stage.database) == []
    stage.page.print_out()
    qtbot.waitUntil(lambda: bool(stage.page.findChildren(PreviewWindow)), timeout=15000)


def test_nothing_is_handed_out_beyond_what_a_source_has(stage: Stage) -> None:
    begin(stage, "王建国")
    settle(stage, "9000")
    stage.page.hand_out()
    assert "结余 5,000.00 元" in stage.page.problem.text()


def test_undo_takes_back_a_hand_out_and_the_choice(stage: Stage) -> None:
    begin(stage, "王建国")
    settle(stage)
    stage.page.hand_out()
    stage.page.undo()
    assert stage.page.next_button.text() == "发放（还有 1 人）"
    assert stage.page.shown.rows[0].state == "已冲销"


def test_somebody_outside_of_the_roster_and_again_with_a_word(stage: Stage) -> None:
    begin(stage, "王建国")
    stage.page.one_button.click()
    fill(stage, name="马桂花", category="困难群众")
    stage.page.one_button.click()
    dialog = form(stage)
    dialog.fields["name"].type_text("王建国")
    dialog.save()
    assert "已经在" in dialog.fields["again"].error.text()
    fill(stage, again="住院")
    assert [each.name for each in stage.page.shown.rows] == ["王建国", "马桂花", "王建国"]


def test_the_list_for_the_bank_is_written_down_first(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(stage, "王建国")
    settle(stage)
    stage.page.table.select(lambda _row: True)
    stage.page.settle_button.click()
    fill(stage, bank="示例银行", account="6200999900001234567")
    sheets = []
    monkeypatch.setattr(round_papers, "export_sheet", lambda _page, sheet: sheets.append(sheet))
    stage.page.bank_button.click()
    (box,) = [each for each in stage.page.findChildren(QMessageBox) if each.isVisible()]
    box.defaultButton().click()
    assert [(row.name, row.account, row.amount) for row in sheets[0].rows] == [
        ("王建国", "6200999900001234567", Decimal(300))
    ]
    with stage.database.reading() as session:
        noted = session.scalars(select(CareExport)).one()
        assert (noted.purpose, noted.people) == ("银行发放名单", 1)


def test_a_closed_round_opens_again_with_a_reason(stage: Stage) -> None:
    stage.page.reload()
    begin(stage, "王建国")
    settle(stage)
    stage.page.hand_out()
    with stage.database.writing("凭证") as session:
        care_rounds.vouch(session, stage.page.shown.id, "捐赠", "1", Decimal(300))
    stage.page.reload()
    stage.page.next_button.click()
    fill(stage)
    stage.page.reopen_button.click()
    fill(stage, reason="漏登一人")
    assert "漏登一人" in stage.page.panel.note.text()
    assert stage.page.next_button.text() == "办结…"
