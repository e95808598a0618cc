"""A drive from its first donation to its sheet: goods and money in, passed on, reversed, printed."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gui.care.donation_chapters import DONATIONS
from gui.care.ledgers import CareLedgers
from gui.papers.preview_window import PreviewWindow
from gui.parts.record_dialog import RecordDialog
from models.database import Database
from models.records.donations import Donation, Handover
from models.records.helped import Helped
from tests.gui.journeys.conftest import Stage

Put = Callable[..., Stage]


@pytest.fixture
def stage(branch: Database, on_stage: Put) -> Stage:
    return on_stage(branch, CareLedgers)


def show(stage: Stage, name: str) -> None:
    stage.page.show_target(name)
    assert stage.page.chapter_shown.name == name


def form(stage: Stage) -> RecordDialog:
    (dialog,) = [each for each in stage.page.findChildren(RecordDialog) if each.isVisible()]
    return dialog


def new(stage: Stage, chapter: str, **values: str) -> None:
    """Opens the form of a chapter, fills it in and saves it."""
    show(stage, chapter)
    stage.page.new_record()
    dialog = form(stage)
    for key, text in values.items():
        dialog.fields[key].type_text(text)
    dialog.save_button.click()


def deed(stage: Stage, words: str) -> QPushButton:
    (found,) = [each for each in stage.page.more_buttons if each.text() == words]
    return found


def begun(stage: Stage) -> None:
    new(stage, "care_drives", name="暖冬捐赠", purpose="帮助困难学生")
    assert not form_open(stage)


def form_open(stage: Stage) -> bool:
    return any(each.isVisible() for each in stage.page.findChildren(RecordDialog))


def test_every_chapter_of_donations_opens(stage: Stage) -> None:
    for chapter in DONATIONS:
        show(stage, chapter.name)
        assert stage.page.table.sheet is not None


def test_goods_come_in_and_go_out_and_no_more_than_there_are(stage: Stage, branch: Database) -> None:
    begun(stage)
    new(stage, "care_donations", drive="暖冬捐赠", giver="张红卫", item="图书", quantity="30", unit="本", value="600")
    assert not form_open(stage)
    new(stage, "care_passed_on", drive="暖冬捐赠", receiver="示例小学", item="图书", quantity="31", unit="本")
    dialog = form(stage)
    assert "少 1 本" in dialog.fields["quantity"].error.text()
    dialog.fields["quantity"].type_text("12.5")
    dialog.save_button.click()
    assert not form_open(stage)
    show(stage, "care_stock")
    (row,) = [each for each in stage.page.table.sheet.rows if each.drive == "暖冬捐赠"]
    assert (row.received, row.issued, row.closing) == (Decimal(30), Decimal("12.5"), Decimal("17.5"))
    with branch.reading() as session:
        assert session.scalars(select(Handover.receiver).order_by(Handover.id.desc())).first() == "示例小学"


def test_a_donation_is_completed_reversed_and_kept(stage: Stage, branch: Database) -> None:
    begun(stage)
    new(stage, "care_donations", drive="暖冬捐赠", giver="社区居民", amount="120")
    show(stage, "care_donations")
    assert stage.page.table.select(lambda row: row.giver == "社区居民") is not False
    stage.page.change_button.click()
    form(stage).fields["receipt_no"].type_text("A-9")
    form(stage).save_button.click()
    stage.page.table.select(lambda row: row.giver == "社区居民")
    deed(stage, "冲销…").click()
    dialog = form(stage)
    dialog.fields["reason"].type_text("重复登记")
    dialog.save_button.click()
    assert not form_open(stage)
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
    assert not form_open(stage)
    assert "小禾" not in stage.page.window().windowTitle()
    with branch.reading() as session:
        assert "小禾" in session.scalars(select(Helped.name)).all()
