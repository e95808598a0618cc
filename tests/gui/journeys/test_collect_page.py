"""The collection day as a secretary lives it, from opening the month to closing it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.dues.assessment_dialog import AssessmentDialog
from gui.dues.closing_dialog import ClosingDialog
from gui.dues.collect_all_dialog import CollectAllDialog
from gui.dues.collect_bar import HOW
from gui.dues.collect_page import CollectPage
from gui.dues.dues_forms import ScannedDialog
from gui.dues.payment_dialog import PaymentDialog
from gui.parts.record_dialog import RecordDialog
from models.attachments import content
from models.database import Database
from models.errors import UserError
from models.records.dues import cash, months, payments, remittances
from models.records.dues.large_payments import LargePayment
from models.records.dues.months import Due
from models.records.dues.payments import Payment
from models.records.dues.remittances import Voucher
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import PartialDate
from tests.gui.journeys.conftest import NOVEMBER, TODAY, Stage

pytestmark = pytest.mark.usefixtures("backed_up")
Put = Callable[..., Stage]
DECEMBER = NOVEMBER + 1
ENTER, DOWN, CONTROL = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, CollectPage)


def press(qtbot: QtBot, stage: Stage, text: str, *keys: Qt.Key) -> None:
    """Types into the line of entry, as at the keyboard."""
    qtbot.keyClicks(stage.page.bar.entry, text)
    for key in keys:
        qtbot.keyClick(stage.page.bar.entry, key)


def paid(stage: Stage, name: str) -> list[tuple[Decimal, str]]:
    """What a member paid today, as it stands in the data file."""
    with stage.database.reading() as session:
        found = select(Payment.amount, Payment.method).join(Member, Member.id == Payment.member_id)
        rows = session.execute(found.where(Member.name == name, Payment.paid_on == TODAY).order_by(Payment.id))
        return [(amount, method) for amount, method in rows]


def shown(stage: Stage, kind: type[Any]) -> Any:
    """The dialog of this kind that is open."""
    (found,) = [each for each in stage.window.findChildren(kind) if each.isVisible()]
    return found


def taken(qtbot: QtBot, stage: Stage) -> None:
    """Waits until the backup before it is made, and all are taken."""
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in stage.window.findChildren(CollectAllDialog)))


def order(stage: Stage) -> list[str]:
    return [line.name for line in stage.page.table.rows_shown()]


def test_the_page_shows_at_once_who_owes_and_is_ready_for_letters(stage: Stage) -> None:
    assert order(stage)[:7] == ["周丽萍", "龚文博", "吴国强", "赵䶮", "钱永年", "林小满", "郑卫东"]
    assert stage.page.title == "收缴日　2026年11月23日"
    assert stage.page.tag == ("正在收缴", "warn")
    assert stage.window.focusWidget() is stage.page.bar.entry
    assert stage.page.bar.hint.text() == HOW


def test_letters_and_enter_take_all_that_is_owed(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "gwb")
    assert stage.page.table.line().name == "龚文博"
    assert paid(stage, "龚文博") == []
    press(qtbot, stage, "", ENTER)
    assert paid(stage, "龚文博") == [(Decimal("102.60"), "现金")]
    assert stage.said == "已收龚文博 102.60 元（现金，2026年11月）。"
    assert (stage.page.bar.entry.text(), stage.page.table.line()) == ("", None)
    assert order(stage).index("龚文博") == 6


def test_arrears_are_taken_with_the_month(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "qyn", ENTER)
    assert paid(stage, "钱永年") == [(Decimal("125.00"), "现金")]
    assert "2026年7月—11月" in stage.said


def test_enter_with_nothing_chosen_takes_nothing(qtbot: QtBot, stage: Stage) -> None:
    before = stage.page.day.totals
    press(qtbot, stage, "", ENTER)
    assert stage.said == "请先输姓名首字母，或用 ↑↓ 选一位党员。"
    assert stage.page.day.totals == before


def test_enter_twice_takes_once(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "gwb", ENTER, ENTER)
    assert len(paid(stage, "龚文博")) == 1


def test_who_has_paid_is_not_taken_again(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "zhw", ENTER)
    assert stage.said.startswith("张红卫2026年11月已交")
    assert len(paid(stage, "张红卫")) == 1


@pytest.mark.parametrize("text", ["xyz", "50 xyz"])
def test_nobody_of_that_name_is_said_and_what_was_typed_stays(qtbot: QtBot, stage: Stage, text: str) -> None:
    press(qtbot, stage, text, ENTER)
    assert stage.said.startswith("没有这个人")
    assert stage.page.bar.entry.text() == text


@pytest.mark.parametrize(("text", "sentence"), [("1.234 gwb", "两位小数"), ("0 gwb", "大于零")])
def test_an_unsound_amount_is_refused_and_stays(qtbot: QtBot, stage: Stage, text: str, sentence: str) -> None:
    press(qtbot, stage, text, ENTER)
    assert sentence in stage.said
    assert paid(stage, "龚文博") == []
    assert stage.page.bar.entry.text() == text


def test_a_number_first_takes_that_amount(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "50 gwb", ENTER)
    assert paid(stage, "龚文博") == [(Decimal("50.00"), "现金")]
    line = next(line for line in stage.page.day.lines if line.name == "龚文博")
    assert line.mark == ("还差 52.60", "warn")
    assert "余 52.60 元未交" in stage.said


def test_arrows_choose_and_figures_then_are_the_amount(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "", DOWN, DOWN)
    assert stage.page.table.line().name == "龚文博"
    press(qtbot, stage, "60", ENTER)
    assert paid(stage, "龚文博") == [(Decimal("60.00"), "现金")]


def test_arrows_go_among_those_who_match_and_keep_the_amount(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "30 z")
    first = stage.page.table.line().name
    press(qtbot, stage, "", DOWN)
    second = stage.page.table.line().name
    assert first != second
    press(qtbot, stage, "", ENTER)
    assert paid(stage, second)[-1][0] == Decimal("30.00")


def test_the_end_of_an_identity_number_means_its_member(qtbot: QtBot, stage: Stage) -> None:
    with stage.database.reading() as session:
        number = members.find(session, "龚文博").id_number or ""
    press(qtbot, stage, number[-4:].lower(), ENTER)
    assert paid(stage, "龚文博") == [(Decimal("102.60"), "现金")]


def test_f3_takes_one_payment_by_transfer_and_the_next_in_cash_again(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "gwb", Qt.Key.Key_F3, ENTER)
    press(qtbot, stage, "zlp", ENTER)
    assert paid(stage, "龚文博") == [(Decimal("102.60"), "转账")]
    assert paid(stage, "周丽萍") == [(Decimal("126.90"), "现金")]


def test_the_way_chosen_above_stays(qtbot: QtBot, stage: Stage) -> None:
    stage.page.method.choose("其他")
    stage.page.method.picked.emit("其他")
    press(qtbot, stage, "gwb", ENTER)
    assert paid(stage, "龚文博") == [(Decimal("102.60"), "其他")]


def test_an_amount_is_typed_into_the_box_of_the_line(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "gwb")
    table = stage.page.table
    table.table.setFocus()
    qtbot.keyClicks(table.table, "8")
    assert table.editor.isVisible()
    qtbot.keyClicks(table.editor, "8.8")
    qtbot.keyClick(table.editor, ENTER)
    assert paid(stage, "龚文博") == [(Decimal("88.80"), "现金")]


def test_what_was_typed_into_the_box_and_left_is_not_lost(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "gwb")
    stage.page.table.edit_amount("77")
    stage.page.bar.entry.setFocus()
    assert stage.page.bar.entry.text() == "77"
    assert stage.page.table.line().name == "龚文博"
    press(qtbot, stage, "", ENTER)
    assert paid(stage, "龚文博") == [(Decimal("77.00"), "现金")]


def test_letters_typed_in_the_grid_go_to_the_line_of_entry(qtbot: QtBot, stage: Stage) -> None:
    stage.page.table.table.setFocus()
    qtbot.keyClicks(stage.page.table.table, "g")
    qtbot.keyClicks(stage.page.bar.entry, "wb")
    assert stage.page.table.line().name == "龚文博"
    assert paid(stage, "龚文博") == []


def test_too_much_asks_where_the_rest_belongs(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "150 gwb", ENTER)
    asked = shown(stage, PaymentDialog)
    assert asked.extra.question.text() == "比应交多 47.40 元，多出的记在哪里？"
    asked.take.click()
    assert asked.problem.text() == "请先选择多出的部分记在哪里。"
    assert paid(stage, "龚文博") == []
    asked.extra.ahead.click()
    asked.take.click()
    assert paid(stage, "龚文博") == [(Decimal("150.00"), "现金")]
    assert "2026年11月、12月" in stage.said


def test_the_rest_may_stay_as_more_than_is_due(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "1102.60 gwb", ENTER)
    asked = shown(stage, PaymentDialog)
    assert "大额党费" in asked.extra.warning.text()
    asked.extra.here.click()
    asked.take.click()
    with stage.database.reading() as session:
        who = members.find(session, "龚文博").id
        booked = session.execute(select(payments.Allotment.month, payments.Allotment.amount).where(
            payments.Allotment.member_id == who, payments.Allotment.month >= NOVEMBER)).all()  # fmt: skip
        apart = session.scalars(select(LargePayment.amount).where(LargePayment.member_id == who)).all()
    assert [tuple(each) for each in booked] == [(NOVEMBER, Decimal("102.60"))]
    assert apart == [Decimal("1000.00")]
    assert "龚文博多交的 1,000.00 元是大额党费，已单独登记" in stage.said


def test_months_are_chosen_with_control_and_enter(qtbot: QtBot, stage: Stage) -> None:
    qtbot.keyClicks(stage.page.bar.entry, "gwb")
    qtbot.keyClick(stage.page.bar.entry, ENTER, CONTROL)
    asked = shown(stage, PaymentDialog)
    asked.months.boxes[DECEMBER].click()
    assert asked.fields["amount"].text() == "205.20"
    asked.fields["method"].type_text("转账")
    asked.take.click()
    assert paid(stage, "龚文博") == [(Decimal("205.20"), "转账")]


def test_a_payment_without_a_month_is_refused(qtbot: QtBot, stage: Stage) -> None:
    qtbot.keyClicks(stage.page.bar.entry, "gwb")
    qtbot.keyClick(stage.page.bar.entry, ENTER, CONTROL)
    asked = shown(stage, PaymentDialog)
    asked.months.boxes[NOVEMBER].click()
    asked.fields["amount"].type_text("10")
    asked.take.click()
    assert asked.problem.text() == "请至少勾选一个所属月份。"


def test_undo_takes_the_last_payment_back(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "gwb", ENTER)
    qtbot.keyClick(stage.page.bar.entry, Qt.Key.Key_Z, CONTROL)
    assert [amount for amount, _ in paid(stage, "龚文博")] == [Decimal("102.60"), Decimal("-102.60")]
    assert stage.said.startswith("已撤销“收缴龚文博党费")
    assert order(stage)[1] == "龚文博"


def test_everybody_is_taken_after_one_question(qtbot: QtBot, stage: Stage) -> None:
    stage.page.collect_everybody()
    asked = shown(stage, CollectAllDialog)
    assert asked.take_button.text() == "收缴 5 人　556.10 元"
    assert any("吴国强、钱永年有往月欠交" in words.text() for words in asked.findChildren(QLabel))
    qtbot.keyClick(asked.entry, ENTER)
    taken(qtbot, stage)
    assert stage.said == "已按应交收缴 5 人，共 556.10 元（现金）。"
    assert order(stage)[:2] == ["吴国强", "钱永年"]
    assert stage.page.day.totals.unpaid == 2


def test_everybody_is_not_taken_when_the_answer_is_no(stage: Stage) -> None:
    stage.page.collect_everybody()
    shown(stage, CollectAllDialog).reject()
    assert stage.page.day.totals.unpaid == 7


def test_who_did_not_come_is_left_out_by_a_few_letters(qtbot: QtBot, stage: Stage) -> None:
    stage.page.collect_everybody()
    asked = shown(stage, CollectAllDialog)
    qtbot.keyClicks(asked.entry, "zl")
    assert asked.hint.text() == "回车去掉周丽萍"
    qtbot.keyClick(asked.entry, ENTER)
    assert asked.take_button.text() == "收缴 4 人　429.20 元"
    qtbot.keyClicks(asked.entry, "qqq")
    qtbot.keyClick(asked.entry, ENTER)
    assert asked.hint.text().startswith("没有这个人")
    asked.entry.clear()
    qtbot.keyClick(asked.entry, ENTER)
    taken(qtbot, stage)
    assert paid(stage, "周丽萍") == []
    assert stage.said == "已按应交收缴 4 人，共 429.20 元（现金）。"


def test_left_out_by_mistake_and_taken_back(qtbot: QtBot, stage: Stage) -> None:
    stage.page.collect_everybody()
    asked = shown(stage, CollectAllDialog)
    for _ in range(2):
        asked.entry.setText("周丽")
        qtbot.keyClick(asked.entry, ENTER)
    assert len(asked.wanted()) == 5
    for box in asked.boxes.values():
        box.setChecked(False)
    assert not asked.take_button.isEnabled()
    qtbot.keyClick(asked.entry, ENTER)
    assert asked.isVisible()


def test_a_payment_is_cancelled_with_a_reason(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "zhw")
    stage.page.reverse()
    asked = shown(stage, RecordDialog)
    asked.save_button.click()
    assert asked.fields["reason"].error.text() == "请填写冲销原因。"
    asked.fields["reason"].type_text("记错人")
    asked.save_button.click()
    assert [amount for amount, _ in paid(stage, "张红卫")] == [Decimal("139.70"), Decimal("-139.70")]
    assert "张红卫" in order(stage)[:8]


def test_delete_on_an_empty_line_cancels_and_says_when_nothing_can_be(qtbot: QtBot, stage: Stage) -> None:
    press(qtbot, stage, "", DOWN, Qt.Key.Key_Delete)
    assert stage.said == "周丽萍2026年11月没有可以冲销的交纳记录。"


def test_the_cash_is_counted_against_the_books_and_kept(qtbot: QtBot, stage: Stage) -> None:
    card = stage.page.panel.cash
    booked = stage.page.day.totals.cash
    for value, number in (("100", "34"), ("20", "2"), ("5", "1"), ("0.1", "4")):
        qtbot.keyClicks(card.fields[Decimal(value)], number)
    card.keep()
    with stage.database.reading() as session:
        count = cash.cash_count(session, date(2026, 11, 23))
    assert count is not None
    assert (count.counted, count.booked) == (Decimal("3445.40"), booked)
    assert card.difference == 0
    press(qtbot, stage, "gwb", ENTER)
    assert card.difference == Decimal("-102.60")
    assert card.fields[Decimal(100)].text() == "34"


def test_one_branch_can_be_looked_at(stage: Stage) -> None:
    stage.page.branch.picked.emit(3)
    assert len(order(stage)) == 16
    assert stage.page.day.totals.unpaid == 0
    assert stage.page.tag == ("已收齐", "good")


def test_a_member_meant_elsewhere_is_aimed_at(stage: Stage) -> None:
    with stage.database.reading() as session:
        stage.page.show_target(members.find(session, "郑卫东").id)
    assert stage.page.table.line().name == "郑卫东"
    assert stage.page.bar.hint.text().startswith("郑卫东 200.00 元")


def test_a_month_is_opened_and_who_has_no_assessment_is_named(qtbot: QtBot, stage: Stage) -> None:
    with stage.database.writing("新增") as session:
        members.add(session, {"name": "新来客", "birth_date": PartialDate(1990), "branch": "第一党支部"})
    stage.page.show_target(DECEMBER)
    assert stage.page.tag == ("未开账", "quiet")
    for _ in range(2):
        stage.page.start.click()
    qtbot.waitUntil(lambda: bool(stage.said))
    assert stage.said == "2026年12月已开账，47 人入账；新来客还没有核定，核定后自动入账。"
    press(qtbot, stage, "xlk", ENTER)
    form = shown(stage, AssessmentDialog)
    assert form.reasons.text().startswith("没有党费类别。")
    form.fields["dues_category"].type_text("在职")
    form.fields["dues_base"].type_text("7420")
    assert form.result_line.text() == "每月应交 111.30 元"
    form.save_button.click()
    with stage.database.reading() as session:
        due = session.scalars(select(Due).where(Due.month == DECEMBER, Due.member_id == 49)).one()
    assert due.amount == Decimal("111.30")
    assert "补入 1 个月" in stage.said


def test_an_empty_roster_leads_to_the_members(empty: Database, on_stage: Put) -> None:
    stage = on_stage(empty, CollectPage)
    assert "名册里还没有党员" in stage.page.nothing.words.text()
    assert stage.page.start.text() == "去导入名册"


def test_enter_alone_leads_through_the_closing(qtbot: QtBot, stage: Stage) -> None:
    stage.page.collect_everybody()
    shown(stage, CollectAllDialog).take_button.click()
    taken(qtbot, stage)
    stage.page.close_month()
    steps = shown(stage, ClosingDialog)
    for deed in (steps.hand_up, steps.vouch, steps.close_month):
        assert steps.focusWidget() is deed
        qtbot.keyClick(deed, Qt.Key.Key_Return)
        if deed is not steps.close_month:
            form = shown(stage, ScannedDialog)
            if deed is steps.vouch:
                form.fields["number"].type_text("20261123-8")
            form.save_button.click()
    assert stage.page.tag == ("已结账", "good")
    assert steps.focusWidget() is steps.leave


def test_the_month_is_closed_step_by_step(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    stage.page.collect_everybody()
    shown(stage, CollectAllDialog).take_button.click()
    taken(qtbot, stage)
    stage.page.close_month()
    steps = shown(stage, ClosingDialog)
    assert not steps.close_month.isEnabled()
    steps.hand_up.click()
    form = shown(stage, ScannedDialog)
    scan = tmp_path / "缴款单.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    form.scan.choose(scan)
    form.save_button.click()
    assert form.problem.text() == "附了扫描件，请同时填写凭证号。"
    form.fields["number"].type_text("20261123-8")
    form.save_button.click()
    assert steps.close_month.isEnabled()
    steps.close_month.click()
    assert stage.page.tag == ("已结账", "good")
    with stage.database.reading() as session:
        found = remittances.agreement(session, NOVEMBER)
        voucher = session.scalars(select(Voucher).where(Voucher.number == "20261123-8")).first()
        assert voucher is not None
        assert content(session, voucher.attachment_id or 0).startswith(b"%PDF")
    assert (found.closed_on, found.registered, found.vouched) == (TODAY, Decimal("5950.20"), Decimal("5950.20"))


def test_money_taken_after_the_closing_is_to_be_handed_up_by_itself(qtbot: QtBot, stage: Stage) -> None:
    with stage.page.workspace.writing("上缴、结账") as session:
        remittances.remit(session, NOVEMBER, TODAY, "1")
        remittances.close_month(session, NOVEMBER, TODAY)
    press(qtbot, stage, "gwb", ENTER)
    assert stage.said.endswith("2026年11月已经结账，这笔请另行上缴。")
    stage.page.close_month()
    assert shown(stage, ClosingDialog).hand_up.isEnabled()


def test_a_voucher_may_come_later(stage: Stage) -> None:
    stage.page.close_month()
    steps = shown(stage, ClosingDialog)
    steps.hand_up.click()
    shown(stage, ScannedDialog).save_button.click()
    assert steps.vouch.isEnabled()
    assert not steps.close_month.isEnabled()
    steps.vouch.click()
    form = shown(stage, ScannedDialog)
    form.save_button.click()
    assert form.fields["number"].error.text() == "请填写凭证号。"
    form.fields["number"].type_text("77")
    form.save_button.click()
    assert steps.close_month.isEnabled()


def test_money_reversed_after_it_was_handed_up_bars_the_closing(stage: Stage) -> None:
    with stage.database.writing("上缴") as session:
        remittances.remit(session, NOVEMBER, TODAY, "1")
        payments.reverse(session, session.scalars(select(Payment.id).where(
            Payment.paid_on == TODAY, Payment.amount == Decimal("139.70"))).one(), "记错人", TODAY)  # fmt: skip
    stage.page.close_month()
    steps = shown(stage, ClosingDialog)
    assert "又冲销了 139.70 元" in steps.steps["hand_up"].words.text()
    assert not steps.close_month.isEnabled()


def test_a_month_not_opened_refuses_each_deed_with_a_sentence(stage: Stage) -> None:
    stage.page.show_target(DECEMBER)
    for deed in (stage.page.collect_everybody, stage.page.close_month, stage.page.reverse):
        with pytest.raises(UserError):
            deed()


@pytest.mark.parametrize("button", ["register", "slips", "notice"])
def test_the_papers_of_the_day_are_previewed(qtbot: QtBot, stage: Stage, button: str) -> None:
    from gui.papers.preview_window import PreviewWindow

    getattr(stage.page.panel, button).click()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    (window,) = stage.window.findChildren(PreviewWindow)
    assert window.list.model().rowCount() > 0
    window.close()


@pytest.mark.slow
def test_forty_members_are_taken_by_keyboard_with_time_to_spare(qtbot: QtBot, stage: Stage) -> None:
    """A practised hand strikes about five keys a second: the program's own share must be small beside that."""
    with stage.database.writing("开账") as session:
        months.open_month(session, DECEMBER, TODAY)
    stage.page.show_target(DECEMBER)
    people = stage.page.day.in_state("owing")[:40]
    keys, start = 0, perf_counter()
    for line in people:
        press(qtbot, stage, line.initials)
        steps = 0
        while stage.page.table.line().id != line.id:  # of the same initials
            press(qtbot, stage, "", DOWN)
            steps += 1
        press(qtbot, stage, "", ENTER)
        keys += len(line.initials) + steps + 1
    spent = perf_counter() - start
    left = {line.id for line in stage.page.day.in_state("owing")}
    assert len(people) == 40
    assert not left & {line.id for line in people}
    assert spent < 15
    assert spent + keys / 5 < 90


def test_letters_that_an_input_method_still_holds_aim_already(stage: Stage) -> None:
    entry = stage.page.bar.entry
    QApplication.sendEvent(entry, QInputMethodEvent("gw'b", []))
    assert stage.page.table.line().name == "龚文博"
    committed = QInputMethodEvent()
    committed.setCommitString("龚文博")
    QApplication.sendEvent(entry, committed)
    assert entry.text() == "龚文博"
    assert stage.page.table.line().name == "龚文博"
    assert paid(stage, "龚文博") == []
