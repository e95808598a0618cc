"""Reduced dues and arrangements in the window: entered, approved, printed, ended, undone."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.dues.dues_actions import choose_payment
from gui.dues.page import DuesPage
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.errors import FieldError
from models.ledgers.paper_records import slips
from models.records.dues import arrangements, assessments
from models.records.dues.payments import Payment
from models.records.dues.reductions import Reduction
from models.records.dues.standing import Books
from models.records.members import members
from models.rules.periods import Month
from tests.gui.journeys.conftest import NOVEMBER, VIEW, Stage


@pytest.fixture
def stage(branch: Database, on_stage: Callable[..., Stage]) -> Stage:
    return on_stage(branch, DuesPage)


def form(stage: Stage) -> RecordDialog:
    (found,) = [each for each in stage.window.findChildren(RecordDialog) if each.isVisible()]
    return found


def fill(dialog: RecordDialog, **texts: str) -> None:
    for key, text in texts.items():
        dialog.fields[key].type_text(text)
    dialog.save()


def pick(stage: Stage, ledger: str, name: str) -> Any:
    stage.page.show_target(ledger)
    assert stage.page.table.select(lambda row: row.name == name)
    return stage.page.table.current_row()


def decided(database: Database, name: str) -> list[tuple[str, Decimal | None]]:
    """The sums set by decision for a member, by their first month."""
    with database.reading() as session:
        own = assessments.by_member(session).get(members.find(session, name).id, [])
        return [(str(each.from_month), each.amount) for each in own if each.amount is not None]


def test_an_application_counts_once_it_is_approved_above(stage: Stage) -> None:
    stage.page.show_target("dues_reductions")
    stage.page.new_record()
    asked = {"name": "吴国强", "amount": "30", "from_month": "2026-12", "to_month": "2027-05"}
    fill(form(stage), **asked)
    assert form(stage).fields["cause"].error.text() == "请填写理由。"
    fill(form(stage), cause="本人患病", decided_on="2026-11-20")
    assert stage.said == "已登记吴国强的申请：待上级批准。"
    assert decided(stage.database, "吴国强") == []
    pick(stage, "dues_reductions", "吴国强")
    stage.page.panel.deed("修改、填批准").slot()
    fill(form(stage), approved_on="2026-11-19")
    assert "早于支部研究日期" in form(stage).fields["approved_on"].error.text()
    fill(form(stage), approved_on="2026-11-20", approver="示例局机关党委", approval_no="〔2026〕11号")
    assert decided(stage.database, "吴国强") == [("2026-12", Decimal("30.00"))]
    assert pick(stage, "dues_reductions", "吴国强").state == "已生效"
    stage.page.undo()
    assert decided(stage.database, "吴国强") == []


@pytest.mark.parametrize("name", ["姜秀兰", "严晔"])  # one of this month, and one that begins with the next
def test_the_paper_of_an_application_is_shown(qtbot: QtBot, stage: Stage, name: str) -> None:
    pick(stage, "dues_reductions", name)
    stage.page.panel.deed("打印审批表").slot()
    qtbot.waitUntil(lambda: bool(stage.window.findChildren(PreviewWindow)), timeout=20_000)
    stage.window.findChildren(PreviewWindow)[0].close()


@pytest.mark.parametrize("field", ["applied_on", "decided_on", "approved_on"])
def test_a_day_to_come_is_refused_at_its_field(stage: Stage, field: str) -> None:
    stage.page.show_target("dues_reductions")
    stage.page.new_record()
    asked = {"name": "吴国强", "amount": "30", "from_month": "2026-12", "to_month": "2027-05", "cause": "本人患病"}
    fill(form(stage), **asked, **{field: "2026-11-21"})
    assert form(stage).fields[field].error.text() == "2026-11-21 还没有到，请到那一天再登记。"
    assert all(row.name != "吴国强" for row in stage.page.table.rows_shown())


def test_an_application_is_removed_after_a_question(qtbot: QtBot, stage: Stage) -> None:
    pick(stage, "dues_reductions", "严晔")
    stage.page.panel.deed("删除").slot()
    with stage.database.reading() as session:
        before = len(session.scalars(select(Reduction)).all())
    press(stage, "删除")
    with stage.database.reading() as session:
        assert len(session.scalars(select(Reduction)).all()) == before - 1


def press(stage: Stage, words: str) -> None:
    from PySide6.QtWidgets import QMessageBox, QPushButton

    (box,) = [each for each in stage.window.findChildren(QMessageBox) if each.isVisible()]
    (found,) = [each for each in box.findChildren(QPushButton) if each.text() == words]
    found.click()


def test_an_arrangement_is_entered_and_ended(stage: Stage) -> None:
    stage.page.show_target("dues_arrangements")
    stage.page.new_record()
    fill(form(stage), name="周丽萍", kind="由他人代交", from_month="2026-11")
    assert "代交人" in form(stage).fields["proxy"].error.text()
    fill(form(stage), proxy="张红卫")
    assert stage.said == "已登记周丽萍：由他人代交。"
    pick(stage, "dues_arrangements", "周丽萍")
    stage.page.panel.deed("修改、终止").slot()
    fill(form(stage), to_month="2026-12")
    with stage.database.reading() as session:
        who = members.find(session, "周丽萍").id
        assert arrangements.Arranged(session).proxy(who, Month(2027, 1)) is None


@pytest.mark.parametrize(("start", "told"), [("2026-11", True), ("2026-12", False)])
def test_whoever_pays_elsewhere_keeps_the_dues_of_months_already_opened(stage: Stage, start: str, told: bool) -> None:
    stage.page.show_target("dues_arrangements")
    stage.page.new_record()
    fill(form(stage), name="周丽萍", kind="在流入地交纳", from_month=start, place="云泽市流动党员党支部")
    assert ("已开账的月份（至2026年11月）应交不变" in (stage.said or "")) == told
    with stage.database.reading() as session:
        owed = Books(session)
        member = members.find(session, "周丽萍")
        assert owed.standing(member, NOVEMBER).due is not None
        assert owed.standing(member, Month(2027, 1)).state == "not_due"


def test_who_brings_the_money_stands_in_the_payment(stage: Stage) -> None:
    with stage.database.writing("约定") as session:
        who = members.find(session, "周丽萍").id
        agreed = {"kind": "由他人代交", "from_month": NOVEMBER, "agreed_on": NOVEMBER.first_day, "proxy": "张红卫"}
        arrangements.save_one(session, who, agreed)
    dialog = choose_payment(stage.page, who, "周丽萍", NOVEMBER, [NOVEMBER], "现金")
    assert dialog.fields["proxy"].text() == "张红卫"
    dialog.take.click()
    with stage.database.reading() as session:
        assert session.scalars(select(Payment.proxy).where(Payment.member_id == who)).all()[-1] == "张红卫"
        assert "周丽萍（张红卫代交）" in [record.payer for _, record in slips(session, VIEW)]


def test_more_than_six_months_ahead_want_a_word_at_the_remark(stage: Stage) -> None:
    with stage.database.reading() as session:
        who = members.find(session, "周丽萍").id
    covers = [NOVEMBER + ahead for ahead in range(8)]
    dialog = choose_payment(stage.page, who, "周丽萍", NOVEMBER, covers, "现金")
    dialog.take.click()
    assert "预交超过六个月" in dialog.fields["remark"].error.text()
    assert dialog.focusWidget() is dialog.fields["remark"].widget
    dialog.months.changed.emit()
    assert dialog.fields["remark"].error.text() == ""
    dialog.fields["remark"].type_text("出国学习半年以上")
    dialog.take.click()
    with stage.database.reading() as session:
        assert session.scalars(select(Payment.remark).where(Payment.member_id == who)).all()[-1] == "出国学习半年以上"


def test_the_outcome_of_an_application_is_not_changed_by_hand(stage: Stage) -> None:
    with stage.database.reading() as session:
        own = assessments.by_member(session)[members.find(session, "喻璟").id]
        made = next(each for each in own if each.reduction_id is not None)
    with pytest.raises(FieldError, match="台账"), stage.database.writing("改") as session:
        assessments.save_one(session, made.member_id, {"amount": Decimal("5.00")}, made.id)


def test_a_reduction_and_the_case_of_its_member_know_each_other(stage: Stage) -> None:
    asked: list[tuple[str, Any]] = []
    stage.page.left_for.connect(lambda name, target: asked.append((name, target)))
    row = pick(stage, "dues_reductions", "姜秀兰")
    assert row.case == "在册"
    content = stage.page.panel.content
    assert "困难帮扶：在册。" in content.note
    assert not [deed for deed in content.deeds if deed.words == "登记帮扶申请…"]
    stage.page.panel.deed("打开困难帮扶").slot()
    assert asked == [("care", ("cases", row.case_id))]


def test_a_reduction_without_a_case_says_a_word_and_offers_one(stage: Stage) -> None:
    stage.page.show_target("dues_reductions")
    stage.page.new_record()
    asked = {"name": "刘洋", "amount": "30", "from_month": "2026-12", "to_month": "2027-05", "cause": "家人患病"}
    fill(form(stage), **asked)
    assert stage.said.endswith("还没有困难帮扶记录，可以在右边登记。")
    assert pick(stage, "dues_reductions", "刘洋").case is None
    assert stage.page.panel.content.note == "还没有困难帮扶记录。"
    stage.page.panel.deed("登记帮扶申请").slot()
    assert form(stage).fields["who"].text().startswith("刘洋（")
    form(stage).save()
    assert pick(stage, "dues_reductions", "刘洋").case == "已申请"
    stage.page.undo()
    assert pick(stage, "dues_reductions", "刘洋").case is None
