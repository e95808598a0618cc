"""The dues ledgers: what each shows, what the panel tells, and what is done from there."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.dues.assessment_dialog import AssessmentDialog
from gui.dues.closing_dialog import ClosingDialog
from gui.dues.dues_forms import ScannedDialog
from gui.dues.excess_dialog import ExcessDialog
from gui.dues.page import DUES, DuesPage
from gui.dues.payment_dialog import PaymentDialog
from gui.papers.preview_window import PreviewWindow
from gui.papers.scan_window import ScanWindow
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.errors import UserError
from models.ledgers.catalogue import named
from models.records.dues import assessments, payments, reminders, remittances
from models.records.dues.months import Due
from models.records.dues.payments import Collection, Payment
from models.records.dues.remittances import Remittance, Voucher
from models.records.members import members
from models.rules.periods import Month, Period
from tests.gui.journeys.conftest import NOVEMBER, TODAY, Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, DuesPage)


def shown(stage: Stage, kind: type[Any]) -> Any:
    (found,) = [each for each in stage.window.findChildren(kind) if each.isVisible()]
    return found


def choose(stage: Stage, ledger: str, name: str = "") -> Any:
    """Goes to a ledger, and in it to the first row of a member."""
    stage.page.show_target(ledger)
    if name:
        assert stage.page.table.select(lambda row: row.name == name)
    return stage.page.table.current_row()


def do(stage: Stage, start: str) -> None:
    """Presses the button of the panel whose words begin so."""
    deed = stage.page.panel.deed(start)
    assert deed is not None, [each.words for each in stage.page.panel.content.deeds]
    deed.slot()


def cell(stage: Stage, name: str, key: str) -> None:
    rows = [row.name for row in stage.page.table.rows_shown()]
    columns = [column.key for column in stage.page.table.model.columns]
    stage.page.table.table.go_to(rows.index(name), columns.index(key))


@pytest.mark.parametrize("ledger", [ledger.name for ledger in DUES])
def test_every_dues_ledger_is_shown(stage: Stage, ledger: str) -> None:
    stage.page.show_target(ledger)
    assert stage.page.sheet.name == ledger
    assert stage.page.table.rows_shown()
    assert stage.page.bring_in.isVisible() == named(ledger).importable


def test_the_register_begins_at_the_working_month(stage: Stage) -> None:
    content = stage.page.panel.content
    assert content.title == "张红卫　2026年11月"
    assert content.figures[0][:2] == ("应交", "139.70")


def test_a_cell_tells_its_working_and_its_course(stage: Stage) -> None:
    cell(stage, "吴国强", "month_10")
    content = stage.page.panel.content
    assert content.figures == (("应交", "111.30", "plain"), ("实交", "0.00", "bad"))
    assert content.grounds[:2] == ("7,420.00 × 1.5% = 111.30", "5000 元以上至 10000 元（含），1.5%")
    assert content.steps == (("10-23", "到期未交"), ("10-26", "提醒：电话提醒，答应下月补交"))
    assert [deed.words for deed in content.deeds][:2] == ["补交 10月、11月", "记录原因"]


def test_arrears_are_paid_from_the_register(stage: Stage) -> None:
    cell(stage, "吴国强", "month_10")
    stage.page.table.opened.emit(stage.page.table.current_row())
    asked = shown(stage, PaymentDialog)
    assert asked.fields["amount"].text() == "222.60"
    asked.take.click()
    assert stage.page.panel.content.figures[1] == ("实交", "111.30", "plain")
    with stage.database.reading() as session:
        who = members.find(session, "吴国强").id
        paid = select(Payment.amount).where(Payment.member_id == who, Payment.paid_on == TODAY)
        assert session.scalars(paid).all() == [Decimal("222.60")]


def test_a_reason_is_noted_and_stands_in_the_course(stage: Stage) -> None:
    cell(stage, "钱永年", "month_11")
    do(stage, "记录原因")
    form = shown(stage, RecordDialog)
    form.save_button.click()
    assert form.fields["text"].error.text() == "请填写情况。"
    form.fields["text"].type_text("住院，家属下周来交")
    form.save_button.click()
    assert ("11-20", "记录原因：住院，家属下周来交") in stage.page.panel.content.steps
    with stage.database.reading() as session:
        assert reminders.of_member(session, members.find(session, "钱永年").id)[-1].kind == "记录原因"


def test_a_payment_is_cancelled_from_the_register(stage: Stage) -> None:
    cell(stage, "张红卫", "month_11")
    do(stage, "冲销")
    form = shown(stage, RecordDialog)
    form.fields["reason"].type_text("退还本人")
    form.save_button.click()
    assert stage.page.panel.content.figures[1] == ("实交", "0.00", "bad")


def test_what_was_paid_beyond_the_due_is_moved_to_other_months(stage: Stage) -> None:
    cell(stage, "张红卫", "month_11")
    assert stage.page.panel.deed("多交") is None
    with stage.page.workspace.writing("多交") as session:
        who = members.find(session, "张红卫").id
        payments.collect(session, who, NOVEMBER, Collection(TODAY), Decimal("150.00"))
    cell(stage, "张红卫", "month_11")
    do(stage, "多交转到其他月份")
    asked = shown(stage, ExcessDialog)
    assert asked.months.chosen() == [NOVEMBER + 1, NOVEMBER + 2]
    asked.months.choose([])
    asked.save_button.click()
    assert asked.problem.text() == "请选择要转入的其他月份。"
    asked.months.boxes[NOVEMBER + 1].click()
    assert asked.rest.text() == "还多 10.30 元，记在2026年12月，仍是多交。"
    asked.months.boxes[NOVEMBER + 2].click()
    assert (asked.rest.text(), asked.problem.text()) == ("", "")
    asked.save_button.click()
    assert stage.said == "张红卫多交的 150.00 元已转到2026年12月、2027年1月。"
    assert stage.page.panel.content.figures[1] == ("实交", "139.70", "plain")
    assert stage.page.panel.deed("多交") is None
    stage.page.undo()
    assert stage.page.panel.content.figures[1] == ("实交", "289.70", "plain")


def test_the_filter_finds_by_initials(stage: Stage) -> None:
    stage.page.filter.setText("wgq")
    assert [row.name for row in stage.page.table.rows_shown()] == ["吴国强"]
    stage.page.filter.setText("没有这个人")
    assert stage.page.table.rows_shown() == []


def test_another_year_has_its_own_cells(stage: Stage) -> None:
    stage.page.when.picked.emit(Period.of_year(2025))
    assert stage.page.sheet.heading == "2025年度党费收缴登记表"
    cell(stage, "张红卫", "month_12")
    assert stage.page.panel.content.title == "张红卫　2025年12月"
    assert stage.page.workspace.view.month == NOVEMBER


def test_one_branch_is_shown_alone(stage: Stage) -> None:
    stage.page.branch.picked.emit(2)
    assert len(stage.page.table.rows_shown()) == 17
    assert stage.page.workspace.view.branch_id == 2


def test_an_assessment_is_changed_for_months_to_come(stage: Stage) -> None:
    choose(stage, "dues_assessments", "吴国强")
    do(stage, "新增核定")
    form = shown(stage, AssessmentDialog)
    form.fields["dues_base"].type_text("5000")
    form.fields["from_month"].type_text("2026-12")
    form.fields["reason"].type_text("更正")
    assert form.result_line.text() == "每月应交 50.00 元"
    form.save_button.click()
    assert stage.said == "已核定吴国强的党费。"
    with stage.database.reading() as session:
        who = members.find(session, "吴国强").id
        own = assessments.by_member(session)[who]
        due = session.scalars(select(Due.amount).where(Due.member_id == who, Due.month == NOVEMBER)).one()
    assert own[-1].from_month == Month(2026, 12)
    assert due == Decimal("111.30")


def test_an_assessment_that_needs_approval_is_refused_without_it(stage: Stage) -> None:
    choose(stage, "dues_assessments", "吴国强")
    do(stage, "新增核定")
    form = shown(stage, AssessmentDialog)
    form.fields["amount"].type_text("10")
    form.fields["reason"].type_text("困难减免")
    form.save_button.click()
    assert "上级批准日期" in form.fields["approved_on"].error.text()
    form.fields["dues_base"].type_text("七千")
    assert form.result_line.text() == "每月应交 10.00 元"
    form.fields["dues_base"].type_text("12.345")
    form.save_button.click()
    assert "两位小数" in form.fields["dues_base"].error.text()


def test_an_assessment_is_removed_after_a_question_and_comes_back(stage: Stage) -> None:
    row = choose(stage, "dues_assessments", "陈桂芳")
    do(stage, "删除")
    shown(stage, QMessageBox).defaultButton().click()
    with stage.database.reading() as session:
        assert row.id not in [each.id for each in assessments.by_member(session)[row.member_id]]
    stage.page.undo()
    with stage.database.reading() as session:
        assert row.id in [each.id for each in assessments.by_member(session)[row.member_id]]


def test_a_payment_in_the_list_is_cancelled_once(stage: Stage) -> None:
    row = choose(stage, "dues_payments", "陈桂芳")
    do(stage, "冲销")
    form = shown(stage, RecordDialog)
    form.fields["reason"].type_text("金额有误")
    form.save_button.click()
    assert stage.page.table.select(lambda each: each.id == row.id)
    assert stage.page.table.current_row().kind == "已冲销"
    assert stage.page.panel.content.deeds == ()


def test_arrears_lead_to_the_payment(stage: Stage) -> None:
    choose(stage, "dues_arrears", "钱永年")
    assert stage.page.panel.content.deeds[0].words == "补交 7月—11月"
    do(stage, "补交")
    shown(stage, PaymentDialog).take.click()
    assert "钱永年" not in [row.name for row in stage.page.table.rows_shown()]


def test_a_day_of_another_decade_is_refused_at_its_field_and_what_was_typed_stays(stage: Stage) -> None:
    choose(stage, "dues_arrears", "钱永年")
    do(stage, "补交")
    dialog = shown(stage, PaymentDialog)
    dialog.fields["paid_on"].type_text("2016-11-20")
    dialog.fields["remark"].type_text("工资卡冻结")
    dialog.take.click()
    assert dialog.isVisible()
    assert "早了两年以上，请核对" in dialog.fields["paid_on"].error.text()
    assert dialog.fields["remark"].value() == "工资卡冻结"
    dialog.fields["paid_on"].type_text("2026-11-20")
    dialog.take.click()
    assert not dialog.isVisible()


def test_dues_are_handed_up_with_a_scan_that_can_be_looked_at(stage: Stage, tmp_path: Path) -> None:
    stage.page.show_target("dues_remittances")
    stage.page.new_record()
    form = shown(stage, ScannedDialog)
    picture = tmp_path / "转账凭证.png"
    drawn = QImage(8, 8, QImage.Format.Format_RGB32)
    drawn.fill(0xB5322A)
    assert drawn.save(str(picture))
    form.scan.choose(picture)
    form.fields["number"].type_text("A-1")
    form.save_button.click()
    assert stage.said.startswith("已登记上缴 5,456.50 元（2026年11月、12月）")
    stage.page.table.select(lambda row: row.month == NOVEMBER)
    assert stage.page.panel.content.grounds == ("A-1　2026-11-20　5,394.10",)
    do(stage, "查看扫描件")
    assert shown(stage, ScanWindow).name.text() == "转账凭证.png"


def test_a_program_is_refused_as_a_scan_and_nothing_is_saved(stage: Stage, tmp_path: Path) -> None:
    stage.page.show_target("dues_remittances")
    stage.page.new_record()
    form = shown(stage, ScannedDialog)
    program = tmp_path / "凭证.pdf"
    program.write_bytes(b"MZ\x90\x00")
    form.scan.choose(program)
    form.fields["number"].type_text("A-1")
    form.save_button.click()
    assert "不能存为附件" in form.problem.text()
    with stage.database.reading() as session:
        assert remittances.of_month(session, NOVEMBER) == []


def test_a_voucher_is_added_later_and_a_remittance_taken_back(stage: Stage) -> None:
    with stage.page.workspace.writing("上缴") as session:
        remittances.remit(session, NOVEMBER, TODAY)
    stage.page.show_target("dues_remittances")
    stage.page.table.select(lambda row: row.month == NOVEMBER)
    assert stage.page.panel.content.note == "还没有登记凭证。"
    do(stage, "登记凭证")
    form = shown(stage, ScannedDialog)
    form.fields["number"].type_text("B-2")
    form.save_button.click()
    do(stage, "撤回")
    shown(stage, QMessageBox).defaultButton().click()
    with stage.database.reading() as session:
        assert session.scalars(select(Remittance).where(Remittance.month == NOVEMBER)).all() == []
        assert session.scalars(select(Voucher).where(Voucher.number == "B-2")).all() == []


def test_a_closed_month_does_not_give_its_remittance_back(stage: Stage) -> None:
    stage.page.show_target("dues_remittances")
    stage.page.table.select(lambda row: row.month == NOVEMBER + -1)
    do(stage, "撤回")
    shown(stage, QMessageBox).defaultButton().click()
    assert stage.said == "2026年10月已经结账，请先取消结账再撤回上缴记录。"


def test_nothing_waiting_is_said(stage: Stage) -> None:
    with stage.page.workspace.writing("上缴") as session:
        for month in (NOVEMBER, NOVEMBER + 1):
            remittances.remit(session, month, TODAY)
    stage.page.show_target("dues_remittances")
    with pytest.raises(UserError, match="没有待上缴的党费"):
        stage.page.new_record()


def test_the_summary_leads_to_the_closing(stage: Stage) -> None:
    stage.page.show_target("dues_summary")
    assert stage.page.panel.content.title == "2026年11月结账"
    do(stage, "结账")
    assert shown(stage, ClosingDialog).windowTitle() == "2026年11月结账"


@pytest.mark.parametrize(("ledger", "deed"), [("dues_remittances", "预览上缴单"), ("dues_notice", "预览公示")])
def test_papers_are_previewed(qtbot: QtBot, stage: Stage, ledger: str, deed: str) -> None:
    stage.page.show_target(ledger)
    do(stage, deed)
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    stage.window.findChildren(PreviewWindow)[0].close()


def test_the_ledger_is_previewed_and_exported(
    qtbot: QtBot, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.page.print_out()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    stage.window.findChildren(PreviewWindow)[0].close()
    path = tmp_path / "登记表.xlsx"
    monkeypatch.setattr("gui.papers.papers.ask_where_to_save", lambda *arguments: arguments[-1](path))
    stage.page.export()
    qtbot.waitUntil(lambda: stage.said == f"已保存到 {path}", timeout=20_000)
    assert path.read_bytes().startswith(b"PK")


def test_an_empty_file_says_what_belongs_here(empty: Database, on_stage: Put) -> None:
    stage = on_stage(empty, DuesPage)
    for ledger in DUES:
        stage.page.show_target(ledger.name)
    stage.page.show_target("dues_assessments")
    with pytest.raises(UserError, match="请先选一位党员"):
        stage.page.new_record()
