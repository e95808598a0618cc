"""A drive from its first donation to its sheet: goods and money in, passed on, reversed, printed."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.care.donation_chapters import DONATIONS
from gui.care.ledgers import CareLedgers
from gui.papers.preview_window import PreviewWindow
from models.database import Database
from models.records.care import donation_drives
from models.records.care.donations import Donation, Handover
from models.records.care.helped import Helped
from tests.gui.journeys.chapters import choose, deed, form, forms, previews, save, show
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, CareLedgers)


def new(stage: Stage, chapter: str, **values: str) -> None:
    """Opens the form of a chapter, fills it in and saves it."""
    show(stage, chapter)
    stage.page.new_record()
    dialog = form(stage)
    for key, text in values.items():
        dialog.fields[key].type_text(text)
    dialog.save_button.click()


def begun(stage: Stage) -> None:
    new(stage, "care_drives", name="暖冬捐赠", purpose="帮助困难学生", begins="2026-11-01")
    assert not forms(stage)


def test_every_chapter_of_donations_opens(stage: Stage) -> None:
    for chapter in DONATIONS:
        show(stage, chapter.name)
        assert stage.page.table.sheet is not None


def test_the_form_begins_with_a_drive_that_goes_on_and_with_none_where_all_have_ended(
    stage: Stage, branch: Database
) -> None:
    with branch.reading() as session:
        known = donation_drives.drives(session)
    with branch.writing("结束") as session:
        for each in known:
            given = {key: getattr(each, key) for key in donation_drives.DRIVE_FIELDS}
            donation_drives.change(session, each.id, given | {"ends": each.begins})
    show(stage, "care_donations")
    stage.page.new_record()
    assert form(stage).fields["drive"].text() == ""
    form(stage).reject()
    new(stage, "care_drives", name="暖冬捐赠", begins="2026-10-01", ends="2026-12-31")
    new(stage, "care_drives", name="一日捐", begins="2026-11-02", ends="2026-11-03")
    assert {row.name: row.state for row in stage.page.table.rows_shown()}["暖冬捐赠"] == donation_drives.OPEN
    show(stage, "care_donations")
    stage.page.new_record()
    assert form(stage).fields["drive"].text() == "暖冬捐赠"
    form(stage).fields["giver"].type_text("张红卫")
    for key, text in {"item": "图书", "quantity": "30", "unit": "5"}.items():
        form(stage).fields[key].type_text(text)
    form(stage).save_button.click()
    assert form(stage).fields["unit"].error.text().startswith("“5”不是计量单位")


def test_goods_come_in_and_go_out_and_no_more_than_there_are(stage: Stage, branch: Database) -> None:
    begun(stage)
    new(stage, "care_donations", drive="暖冬捐赠", giver="张红卫", item="图书", quantity="30", unit="本", value="600")
    assert not forms(stage)
    new(stage, "care_passed_on", drive="暖冬捐赠", receiver="示例小学", item="图书", quantity="31", unit="本")
    dialog = form(stage)
    assert "少 1 本" in dialog.fields["quantity"].error.text()
    dialog.fields["quantity"].type_text("12.5")
    dialog.save_button.click()
    assert not forms(stage)
    show(stage, "care_stock")
    (row,) = [each for each in stage.page.table.sheet.rows if each.drive == "暖冬捐赠"]
    assert (row.received, row.issued, row.closing) == (Decimal(30), Decimal("12.5"), Decimal("17.5"))
    with branch.reading() as session:
        assert session.scalars(select(Handover.receiver).order_by(Handover.id.desc())).first() == "示例小学"


def test_a_donation_is_completed_reversed_and_kept(stage: Stage, branch: Database) -> None:
    begun(stage)
    new(stage, "care_donations", drive="暖冬捐赠", giver="社区居民", amount="120")
    show(stage, "care_donations")
    choose(stage, giver="社区居民")
    stage.page.change_button.click()
    form(stage).fields["receipt_no"].type_text("A-9")
    form(stage).save_button.click()
    choose(stage, giver="社区居民")
    deed(stage, "冲销…").click()
    dialog = form(stage)
    dialog.fields["reason"].type_text("重复登记")
    dialog.save_button.click()
    assert not forms(stage)
    with branch.reading() as session:
        amounts = session.scalars(
            select(Donation.amount).where(Donation.giver == "社区居民").order_by(Donation.id)
        ).all()
        assert amounts == [Decimal(120), Decimal(-120)]
        numbers = set(session.scalars(select(Donation.receipt_no).where(Donation.giver == "社区居民")))
        assert numbers == {"A-9"}


def test_the_sheet_of_a_drive_is_previewed(stage: Stage, qtbot: QtBot) -> None:
    begun(stage)
    new(stage, "care_donations", drive="暖冬捐赠", giver="张红卫", amount="120")
    deed(stage, "登记表").click()
    qtbot.waitUntil(lambda: any(each.isVisible() for each in stage.page.window().findChildren(PreviewWindow)))


def test_somebody_helped_is_listed_without_a_name_in_the_title(stage: Stage, branch: Database) -> None:
    new(stage, "care_helped", person="小禾", what="图书 5 本")
    assert not forms(stage)
    assert "小禾" not in stage.page.window().windowTitle()
    with branch.reading() as session:
        assert "小禾" in session.scalars(select(Helped.name)).all()


def printed(stage: Stage, qtbot: QtBot, words: str) -> None:
    """Presses a button that shows a paper, and closes it."""
    deed(stage, words).click()
    qtbot.waitUntil(lambda: bool(previews(stage)))
    (window,) = previews(stage)
    window.close()


def refused(stage: Stage, words: str, reason: str) -> str:
    """Presses a button that opens a form with a reason, which is refused; answers the sentence and leaves the form."""
    deed(stage, words).click()
    dialog = form(stage)
    dialog.fields["reason"].type_text(reason)
    dialog.save()
    sentence = dialog.problem.text()
    dialog.fields["reason"].type_text("")
    dialog.reject()
    return sentence


def test_a_drive_from_its_first_donation_to_its_end(stage: Stage, branch: Database, qtbot: QtBot) -> None:
    begun(stage)
    gave = {"drive": "暖冬捐赠", "giver": "某公司", "on": "2026-11-10"}
    new(stage, "care_donations", **gave, amount="500")
    new(stage, "care_donations", **gave, item="棉被", quantity="20", unit="床", value="3000")
    new(stage, "care_donations", drive="暖冬捐赠", giver="周丽萍", amount="80.50", on="2026-11-11")
    choose(stage, giver="某公司", item="棉被")
    deed(stage, "收据…").click()
    assert "2 笔开在一张上" in form(stage).who.text()
    assert form(stage).fields["receipt_no"].text() == "JS0016"
    save(stage)
    qtbot.waitUntil(lambda: bool(previews(stage)))
    previews(stage)[0].close()
    choose(stage, giver="周丽萍", drive="暖冬捐赠")
    stage.page.change_button.click()
    form(stage).fields["receipt_no"].type_text("JS0016")
    form(stage).save()
    assert "开给“某公司”" in form(stage).fields["receipt_no"].error.text()
    save(stage, receipt_no="JS0017")
    show(stage, "care_receipts")
    assert choose(stage, number="JS0016").goods == "棉被 20 床"
    printed(stage, qtbot, "打印收据")
    _pass_on_and_take_back(stage, qtbot)
    show(stage, "care_receipts")
    assert choose(stage, number="JS0017").state == "作废"
    show(stage, "care_drives")
    chosen = choose(stage, name="暖冬捐赠")
    assert (chosen.money, chosen.passed, chosen.goods) == (Decimal(500), Decimal(0), "棉被 20 床")
    stage.page.change_button.click()
    save(stage, ends="2026-11-20")
    assert choose(stage, name="暖冬捐赠").state == "已结束"
    with branch.reading() as session:
        assert session.scalars(select(Donation.reverses_id).where(Donation.reverses_id.is_not(None))).all()


def _pass_on_and_take_back(stage: Stage, qtbot: QtBot) -> None:
    """Money and goods go out, are signed for, and come back; meanwhile what was given cannot be reversed."""
    new(stage, "care_passed_on", drive="暖冬捐赠", receiver="周小禾", amount="580.50")
    new(stage, "care_passed_on", drive="暖冬捐赠", receiver="周小禾", item="棉被", quantity="20.5", unit="床")
    assert "少 0.5 床" in form(stage).fields["quantity"].error.text()
    save(stage, quantity="20")
    choose(stage, receiver="周小禾", item="棉被")
    printed(stage, qtbot, "接收单")
    show(stage, "care_donations")
    choose(stage, giver="周丽萍", drive="暖冬捐赠")
    assert "已经转交出去了" in refused(stage, "冲销…", "退回本人")
    show(stage, "care_passed_on")
    for item in (None, "棉被"):
        choose(stage, receiver="周小禾", item=item, state="有效")
        deed(stage, "冲销…").click()
        save(stage, reason="数量有误")
    show(stage, "care_stock")
    assert choose(stage, drive="暖冬捐赠").closing == Decimal(20)
    show(stage, "care_donations")
    choose(stage, giver="周丽萍", drive="暖冬捐赠")
    deed(stage, "冲销…").click()
    save(stage, reason="退回本人")
