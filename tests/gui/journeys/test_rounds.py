"""A festival round in the window: choose, settle, hand out, a proxy, a reversal, vouchers, close, the sheet to sign."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.care.round_bank import BankDialog, open_bank_list
from gui.care.round_people import RoundPeople
from gui.care.rounds_view import RoundsView
from gui.papers import papers
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from importers.reader import NeedsPasswordError, read
from models import checks
from models.database import Database
from models.ledgers.care.page import meetings_before
from models.records.care import funds as care_funds
from models.records.care import rounds as care_rounds
from models.records.care.rounds import CareExport, CareGift, CareHandout, CareRound, Chosen
from models.records.members import members
from models.records.members.members import Member
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
    assert stage.page.window().focusWidget() is stage.page.next_button
    QTest.keyClick(stage.page, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    (dialog,) = stage.page.findChildren(RoundPeople)
    for name in names:
        dialog.search.setText(name)
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert {each.name for each in dialog.ticked()} == set(names)
    dialog.save_button.click()


def test_people_are_ticked_by_arrow_and_space(stage: Stage) -> None:
    stage.page.new_record()
    fill(stage, festival="国庆", year="2026")
    stage.page.next_button.click()
    (dialog,) = stage.page.findChildren(RoundPeople)
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    listed = dialog.list
    assert dialog.focusWidget() is listed
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(listed, key)
    assert [each.name for each in dialog.ticked()] == [each.name for each in dialog._found[:2]]


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


def bank_question(stage: Stage) -> BankDialog:
    open_bank_list(stage.page, stage.page.shown)
    (dialog,) = [each for each in stage.page.findChildren(BankDialog) if each.isVisible()]
    return dialog


def bank_file(stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, password: str = "") -> Path:
    """What the deed of the list for the bank writes."""
    path = tmp_path / "名单.xlsx"
    monkeypatch.setattr(papers, "ask_where_to_save", lambda _page, _title, _folder, _name, chosen: chosen(path))
    dialog = bank_question(stage)
    for field in (dialog.password.first, dialog.password.second):
        field.setText(password)
    dialog.export_button.click()
    return path


def test_the_list_for_the_bank_leaves_on_purpose_with_those_who_have_an_account(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begin(stage, "王建国", "钱永年")
    settle(stage)
    stage.page.table.select(lambda row: row.name == "王建国")
    stage.page.settle_button.click()
    fill(stage, bank="示例银行", account="6200 9999 0000 1234 567")
    dialog = bank_question(stage)
    assert (dialog.told.text(), dialog.lacking.isVisible()) == ("名单上 1 人，共 300.00 元。", True)
    assert "钱永年" in dialog.lacking.text()
    dialog.reject()
    with stage.database.reading() as session:
        assert session.scalars(select(CareExport)).all() == []
    path = bank_file(stage, monkeypatch, tmp_path, "几个不相干的词语")
    qtbot.waitUntil(lambda: "名单已保存" in stage.said, timeout=15000)
    with pytest.raises(NeedsPasswordError):
        read(path)
    (grid,) = read(path, "几个不相干的词语").grids
    (line,) = [cells for cells in grid.rows if "王建国" in cells]
    assert "6200999900001234567" in line
    assert not any("钱永年" in cells for cells in grid.rows)
    with stage.database.reading() as session:
        noted = session.scalars(select(CareExport)).one()
        assert (noted.purpose, noted.people) == ("银行代发名单", 1)


def test_who_was_handed_out_to_is_not_paid_by_the_bank_again(stage: Stage) -> None:
    begin(stage, "王建国")
    settle(stage)
    stage.page.settle_button.click()
    fill(stage, bank="示例银行", account="6200999900001234567")
    stage.page.hand_out()
    dialog = bank_question(stage)
    assert dialog.told.text() == "名单上 0 人，共 0.00 元。"
    assert not dialog.export_button.isEnabled()
    dialog.with_handed.setChecked(True)
    assert dialog.told.text() == "名单上 1 人，共 300.00 元。"


def test_an_account_is_masked_until_it_is_asked_for(stage: Stage) -> None:
    begin(stage, "王建国")
    settle(stage)
    assert "account" not in [column.key for column in stage.page.table.model.columns]
    stage.page.settle_button.click()
    dialog = form(stage)
    dialog.fields["account"].type_text("6.2E+18")
    dialog.save()
    assert "数字格式" in dialog.fields["account"].error.text()
    fill(stage, bank="示例银行", account="6200999900001234567")
    model = stage.page.table.model
    place = [column.key for column in model.columns].index("account")
    assert model.text(0, place) == "620************4567"
    assert stage.page.table.mask_switch.isVisible()
    stage.page.table.mask_switch.click()
    assert model.text(0, place) == "6200999900001234567"


def test_a_round_begun_is_changed_and_its_budget_is_held_against_the_plan(stage: Stage) -> None:
    begin(stage, "王建国", "钱永年")
    with stage.database.reading() as session:
        meeting = next(iter(meetings_before(session, TODAY)))
    stage.page.more_button.click()
    (menu,) = stage.page.findChildren(QMenu)
    menu.actions()[0].trigger()
    menu.close()
    fill(stage, name="2026年国庆走访", first_on="2026-09-25", budget="500", handler="周丽萍", activity_id=meeting)
    assert stage.page.shown.name == "2026年国庆走访"
    assert "研究：" in stage.page.panel.decided.text()
    settle(stage)
    assert stage.page.shown.over_budget == Decimal(100)
    stage.page.settle_button.click()
    fill(stage, fund="工会", amount="5000")
    assert "工会还缺 3,800.00 元。" in stage.page.panel.lacking.text()
    stage.page.hand_out()
    assert "工会结余 1,200.00 元，不够发放 5,000.00 元" in stage.page.problem.text()


def test_a_voucher_is_taken_back_and_the_difference_is_shown(stage: Stage) -> None:
    begin(stage, "王建国")
    settle(stage)
    stage.page.hand_out()
    stage.page.next_button.click()
    fill(stage, number="2026-101", amount="290")
    assert "少 10.00 元" in stage.page.panel.note.text()
    stage.page.panel.back_button.click()
    fill(stage, reason="金额有误")
    assert "2026-101 已收回：2026-11-20 金额有误" in stage.page.panel.note.text()
    stage.page.next_button.click()
    assert form(stage).fields["amount"].value() == Decimal(300)
    fill(stage, number="2026-101")
    assert stage.page.next_button.text() == "办结…"


def test_who_died_in_the_middle_of_a_round_is_marked_and_asked_about(stage: Stage) -> None:
    begin(stage, "王建国", "钱永年")
    settle(stage)
    with stage.database.writing("去世") as session:
        members.leave(session, members.find(session, "钱永年").id, "去世", TODAY)
    stage.page.reload()
    columns = [column.key for column in stage.page.table.model.columns]
    assert columns[:2] == ["name", "gone"]
    stage.page.table.table.selectAll()
    stage.page.hand_button.click()
    dialog = form(stage)  # one is left who can take it: the other is asked about
    assert "已去世" in dialog.who.text()
    dialog.fields["receiver"].type_text("钱小年")
    dialog.fields["relation"].type_text("子女")
    dialog.save()
    assert dialog.fields["word"].error.text()
    fill(stage, word="由家属代领")
    assert {row.state for row in stage.page.shown.rows if row.name == "钱永年"} == {"已发放"}


def test_thirty_people_take_thirty_keys_or_one_question(stage: Stage) -> None:
    with stage.database.writing("名单") as session:
        number = care_rounds.begin(session, {"festival": "日常", "year": 2026}).id
        everybody = session.scalars(select(Member).where(Member.status == "在册").limit(30)).all()
        for member in everybody:
            gift = care_rounds.choose(session, number, Chosen(member.name, "其他", member.id))
            care_rounds.settle(session, gift.id, {"goods": "月饼"})
    stage.page.show_target(number)
    stage.page.day.setText("2026-11-18")
    stage.page.day.editingFinished.emit()
    stage.page.next_button.click()
    for _ in range(3):
        QTest.keyClick(stage.page.search, Qt.Key.Key_Return)
    assert [row.state for row in stage.page.shown.rows[:4]] == ["已发放"] * 3 + ["待发放"]
    stage.page.table.table.selectAll()
    stage.page.hand_button.click()
    (box,) = [each for each in stage.page.findChildren(QMessageBox) if each.isVisible()]
    assert "27 人都登记为 2026-11-18 本人领取" in box.text()
    box.defaultButton().click()
    assert {(row.state, row.handed_on) for row in stage.page.shown.rows} == {("已发放", date(2026, 11, 18))}


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
