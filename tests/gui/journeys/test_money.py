"""Money beside dues in the window: the drawer explained and handed over, shares, large payments, the cash book."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from gui.dues.closing_dialog import ClosingDialog
from gui.dues.collect_page import CollectPage
from gui.dues.dues_forms import ScannedDialog
from gui.dues.page import DuesPage
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from gui.settings.page import SettingsPage
from models import settings
from models.database import Database
from models.errors import UserError
from models.records.dues import cash, months, payments, remittances
from models.records.dues.cash_book import CashEntry
from models.records.dues.large_payments import LargePayment
from models.records.dues.payments import Collection
from models.records.dues.spending import SpendingRequest
from models.records.members import members
from tests.gui.journeys.conftest import NOVEMBER, TODAY, Stage

Put = Callable[..., Stage]
BALANCE = Decimal("744.68")


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, DuesPage)


@pytest.fixture
def day(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, CollectPage)


def shown(stage: Stage, kind: type[Any]) -> Any:
    (found,) = [each for each in stage.window.findChildren(kind) if each.isVisible()]
    return found


def do(stage: Stage, start: str) -> None:
    deed = stage.page.panel.deed(start)
    assert deed is not None, [each.words for each in stage.page.panel.content.deeds]
    deed.slot()


def fill(dialog: RecordDialog, **values: str) -> None:
    for key, text in values.items():
        dialog.fields[key].type_text(text)
    dialog.save_button.click()


def previewed(qtbot: QtBot, stage: Stage) -> None:
    """Waits for the preview of a paper and closes it."""
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    stage.window.findChildren(PreviewWindow)[0].close()
    qtbot.waitUntil(lambda: not stage.window.findChildren(PreviewWindow), timeout=20_000)


def balance(stage: Stage) -> Decimal:
    with stage.database.reading() as session:
        return session.scalar(select(func.sum(CashEntry.amount))) or Decimal(0)


def test_a_short_drawer_is_explained_before_the_month_closes_and_handed_over(qtbot: QtBot, day: Stage) -> None:
    card = day.page.panel.cash
    booked = day.page.day.totals.cash
    qtbot.keyClicks(card.fields[Decimal(100)], str(int(booked // 100)))
    card.keep()
    assert card.explain.isVisible()
    assert not card.hand_over.isVisible()
    with day.page.workspace.writing("上缴") as session:
        remittances.remit(session, NOVEMBER, TODAY, "1")
    day.page.close_month()
    steps = shown(day, ClosingDialog)
    steps.close_month.click()
    assert "请先查清，并在结账窗口写明原因" in day.said
    steps.settle_cash.click()
    asked = shown(day, RecordDialog)
    asked.save_button.click()
    assert asked.fields["remark"].error.text() == "请填写差额原因。"
    fill(asked, remark="零钱未收齐，次日补")
    assert "零钱未收齐，次日补" in steps.steps["cash"].words.text()
    assert "零钱未收齐，次日补" in card.words.text()
    steps.settle_cash.click()
    asked = shown(day, RecordDialog)
    fill(asked, receiver="周丽萍")
    assert asked.fields["receiver"].error.text() == "交出人和接收人应是两个人。"
    fill(asked, receiver="张红卫")
    assert "请打印交接单，双方签字" in day.said
    previewed(qtbot, day)
    assert "周丽萍交张红卫，已交接" in steps.steps["cash"].words.text()
    assert steps.focusWidget().text() == "登记上缴…"  # the step that waits: Enter hands no cash over again
    steps.close_month.click()
    assert day.page.tag[0] == "已结账"


def test_cash_taken_after_the_count_must_be_counted_too(day: Stage) -> None:
    with day.page.workspace.writing("点钞") as session:
        collected = months.require(session, NOVEMBER).collection_day
        cash.count_cash(session, collected, {Decimal(1): 1}, Decimal("1.00"))
        who = members.find(session, "龚文博").id
        payments.collect(session, who, NOVEMBER, Collection(TODAY))
        remittances.remit(session, NOVEMBER, TODAY, "1")
    day.page.close_month()
    steps = shown(day, ClosingDialog)
    steps.close_month.click()
    assert day.said.startswith("实点比账面少")


def test_a_quarter_is_handed_up_in_its_last_month_with_a_share_kept(branch: Database, on_stage: Put) -> None:
    stage = on_stage(branch, SettingsPage)
    stage.page.show_target("党费规则")
    section = stage.page.section
    section.remitting.fields["remit_cadence"].type_text("每季度")
    section.remitting.fields["remit_percent"].type_text("20")
    section.remitting.save()
    assert stage.said == "上缴办法已保存，从下一次登记上缴起用；已经上缴的不变。"
    section.remitting.fields["remit_percent"].type_text("120")
    section.remitting.save()
    assert section.remitting.fields["remit_percent"].error.text() == "上缴比例应大于 0，不超过 100。"
    with branch.reading() as session:
        chosen = settings.read(session)
    assert (chosen.remit_cadence, chosen.remit_percent) == ("每季度", "20.00")


def test_the_closing_of_a_quarter(branch: Database, on_stage: Put) -> None:
    with branch.writing("办法") as session:
        settings.change(session, remit_cadence="每季度", remit_percent="20.00")
    stage = on_stage(branch, CollectPage)
    stage.page.close_month()
    steps = shown(stage, ClosingDialog)
    assert "2026年第四季度一并上缴，到 12 月再办" in steps.steps["hand_up"].words.text()
    assert steps.hand_up.isEnabled()
    steps.hand_up.click()
    form = shown(stage, ScannedDialog)
    assert any("按 20% 上缴" in each.text() for each in form.findChildren(QLabel))
    fill(form, number="Q4")
    assert "留存" in stage.said
    with branch.reading() as session:
        found = remittances.agreement(session, NOVEMBER)
        assert found.agrees
        assert found.kept == found.remitted - found.vouched > 0
    steps.close_month.click()
    assert stage.page.tag[0] == "已结账"


def test_a_large_payment_is_described_printed_and_cancelled(qtbot: QtBot, stage: Stage) -> None:
    stage.page.show_target("dues_large")
    do(stage, "打印情况说明")
    previewed(qtbot, stage)
    do(stage, "填写情况")
    fill(shown(stage, RecordDialog), handed_on="", receipt_no="")
    do(stage, "冲销")
    fill(shown(stage, RecordDialog), reason="退还本人")
    with stage.database.reading() as session:
        assert session.scalar(select(func.sum(LargePayment.amount))) == 0
    assert stage.page.panel.deed("冲销") is None


def test_income_and_spending_are_entered_with_a_scan(stage: Stage, tmp_path: Path) -> None:
    stage.page.show_target("dues_cash_book")
    do(stage, "记收入")
    fill(shown(stage, ScannedDialog), summary="返还党费", amount="255.32")
    assert stage.said == "已记收入 255.32 元。"
    assert balance(stage) == Decimal("1000.00")
    stage.page.new_record()
    asked = shown(stage, ScannedDialog)
    scan = tmp_path / "发票.pdf"
    scan.write_bytes(b"%PDF-1.4\n%%EOF\n")
    asked.scan.choose(scan)
    fill(asked, kind="教育培训", summary="学习资料", amount="1000.01", decided_on="2026-11-18")
    assert asked.fields["amount"].error.text().startswith("支出 1,000.01 元超过结余 1,000.00 元")
    fill(asked, amount="1000", decided_on="2026-11-21")
    assert "应先研究、后支出" in asked.fields["decided_on"].error.text()
    fill(asked, decided_on="2026-11-18")
    assert balance(stage) == 0
    assert stage.page.table.select(lambda row: row.summary == "学习资料")
    assert stage.page.panel.deed("查看附件") is not None
    do(stage, "冲销")
    fill(shown(stage, RecordDialog), reason="金额有误")
    assert balance(stage) == Decimal("1000.00")


def test_money_of_a_day_to_come_is_refused(stage: Stage) -> None:
    stage.page.show_target("dues_cash_book")
    do(stage, "记收入")
    before = balance(stage)
    fill(shown(stage, ScannedDialog), on="2026-11-21", summary="返还党费", amount="500")
    assert shown(stage, ScannedDialog).fields["on"].error.text() == "2026-11-21 还没有到，请到那一天再登记。"
    assert balance(stage) == before


def test_an_entry_of_the_book_is_undone_by_a_counter_entry(stage: Stage) -> None:
    stage.page.show_target("dues_cash_book")
    do(stage, "记收入")
    fill(shown(stage, ScannedDialog), summary="返还党费", amount="100")
    stage.page.undo()
    assert balance(stage) == BALANCE
    assert [row.summary for row in stage.page.table.rows_shown()][-1].startswith("冲销：返还党费")


def test_a_request_is_decided_printed_and_spent(qtbot: QtBot, stage: Stage) -> None:
    stage.page.show_target("dues_spending")
    assert stage.page.table.select(lambda row: row.state == "待研究")
    assert stage.page.panel.deed("登记支出") is None
    do(stage, "修改")
    fill(shown(stage, RecordDialog), decided_on="2026-11-05")
    do(stage, "打印审批表")
    previewed(qtbot, stage)
    do(stage, "登记支出")
    asked = shown(stage, ScannedDialog)
    assert asked.fields["amount"].text() == "600.00"
    fill(asked, number="支-3")
    assert balance(stage) == BALANCE - Decimal(600)
    assert stage.page.table.current_row().state == "已支出"
    assert stage.page.panel.deed("删除") is None


def test_a_request_is_added_and_removed_after_a_question(stage: Stage) -> None:
    stage.page.show_target("dues_spending")
    stage.page.new_record()
    fill(shown(stage, RecordDialog), activity="参观党性教育基地", budget="300")
    assert stage.page.table.select(lambda row: row.activity == "参观党性教育基地")
    do(stage, "删除")
    shown(stage, QMessageBox).defaultButton().click()
    with stage.database.reading() as session:
        assert "参观党性教育基地" not in session.scalars(select(SpendingRequest.activity)).all()
    stage.page.undo()
    with stage.database.reading() as session:
        assert "参观党性教育基地" in session.scalars(select(SpendingRequest.activity)).all()


def test_a_slip_of_the_register_is_printed(qtbot: QtBot, stage: Stage) -> None:
    stage.page.show_target("dues_slips")
    do(stage, "打印这一张")
    previewed(qtbot, stage)


def test_the_count_of_an_earlier_day_is_handed_over_from_its_ledger(qtbot: QtBot, stage: Stage) -> None:
    stage.page.show_target("dues_cash")
    assert stage.page.table.select(lambda row: row.handover_id is None)
    do(stage, "登记交接")
    fill(shown(stage, RecordDialog), receiver="张红卫")
    previewed(qtbot, stage)
    assert stage.page.panel.deed("打印交接单") is not None


def test_nothing_counted_has_nothing_to_hand_over(day: Stage) -> None:
    with pytest.raises(UserError, match="还没有点钞"):
        day.page.settle_cash()


@pytest.mark.parametrize(
    ("ledger", "deed"),
    [("dues_summary", "报表"), ("dues_notice", "年度收缴使用公示"), ("dues_register", "党费交纳卡")],
)
def test_papers_are_printed_from_beside_their_ledger(qtbot: QtBot, stage: Stage, ledger: str, deed: str) -> None:
    stage.page.show_target(ledger)
    do(stage, deed)
    previewed(qtbot, stage)


def test_a_share_kept_is_told_beside_the_remittance(stage: Stage) -> None:
    with stage.page.workspace.writing("上缴") as session:
        settings.change(session, remit_percent="20.00")
        done = remittances.remit(session, NOVEMBER, TODAY, "V-1")
        kept, up = f"{done.kept:,.2f}", f"{done.handed_up:,.2f}"
    for ledger in ("dues_remittances", "dues_summary"):
        stage.page.show_target(ledger)
        if ledger == "dues_remittances":
            assert stage.page.table.select(lambda row: row.month == NOVEMBER)
        figures = {name: said for name, said, _ in stage.page.panel.content.figures}
        assert (figures["上缴"], figures["留存"], figures["凭证"]) == (up, kept, up)


def test_reversing_dues_takes_the_large_payment_back_with_them(stage: Stage) -> None:
    with stage.page.workspace.writing("收") as session:
        payments.collect(session, 3, NOVEMBER, Collection(TODAY), Decimal("2000.00"))
    stage.page.show_target("dues_payments")
    assert stage.page.table.select(lambda row: row.member_id == 3 and row.paid_on == TODAY)
    do(stage, "冲销")
    fill(shown(stage, RecordDialog), reason="退还本人")
    assert "连同一起交的大额党费" in stage.said
    with stage.database.reading() as session:
        assert session.scalar(select(func.sum(LargePayment.amount)).where(LargePayment.member_id == 3)) == 0
