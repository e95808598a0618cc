"""The month of forty-seven members from its opening to its papers, key by key: at most 150 keys and clicks."""

import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from gui.application import ENTRIES
from gui.dues.closing_dialog import ClosingDialog
from gui.dues.collect_all_dialog import CollectAllDialog
from gui.dues.collect_page import CollectPage
from gui.dues.dues_forms import ScannedDialog
from gui.dues.page import DuesPage
from gui.dues.payment_dialog import PaymentDialog
from gui.main_window import MainWindow
from gui.messages import Banner
from gui.papers import preview_window, printing
from gui.papers.preview import PdfPages
from gui.papers.preview_window import PreviewWindow
from gui.today_page import TodayPage
from gui.workspace import Workspace
from models import backups, initials
from models.database import Database
from models.errors import UserError
from models.ledger import View
from models.records.dues import months, payments, remittances, standing
from models.records.dues.payments import Allotment, Collection, Payment
from models.records.members import members
from models.rules.periods import Month, PartialDate, Period
from tests import founded
from tests.gui.journeys.hand import Hand

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
DAY = date(2026, 11, 23)
MOST = 150
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭"
GIVEN = ("建国", "素芳", "志远", "玉梅", "海涛", "雅琴", "文博", "晓岚", "立新", "桂兰", "永强")
PEOPLE = tuple(surname + GIVEN[number % len(GIVEN)] for number, surname in enumerate(SURNAMES))
LATE, IN_PART, AHEAD = PEOPLE[3:6], PEOPLE[20:22], PEOPLE[30:32]


class FileDialog(QPrintDialog):
    """The dialog of a computer whose only printer writes files."""

    def setOption(self, _option: QPrintDialog.PrintDialogOption, _on: bool = True) -> None:
        """Leaves files allowed."""


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Database]:
    """Forty-seven members whose October is collected, handed up and closed."""
    with closing(founded.make(tmp_path / "支部.zbtz", "甲局第一党支部", OCTOBER.first_day, actor="周丽萍")) as made:
        day = date(2026, 10, 23)
        with made.writing("人员") as session:
            for number, name in enumerate(PEOPLE):
                values = {"name": name, "birth_date": PartialDate(1960 + number % 30, 1 + number % 12)}
                members.add(session, values | {"dues_base": Decimal(4000 + 113 * number)})
        with made.writing("十月") as session:
            months.open_month(session, OCTOBER, OCTOBER.first_day)
            everybody = [each.member_id for each in standing.month_status(session, OCTOBER).members]
            payments.collect_all(session, OCTOBER, Collection(day, "现金"), everybody)
            remittances.remit(session, OCTOBER, day, "20261023")
            remittances.close_month(session, OCTOBER, day)
        yield made


@pytest.fixture
def window(branch: Database, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> MainWindow:
    """The window with all its pages, a printer that writes files, and the folder for what is saved."""
    made = MainWindow(ENTRIES)
    qtbot.addWidget(made)
    fails = sys.excepthook

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        (made.faults.handle if isinstance(error, UserError) else fails)(kind, error, trace)

    def printer_for(pages: PdfPages, title: str) -> QPrinter:
        printer = prepared(pages, title)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"打印出的{title}.pdf"))
        printer.setResolution(72)
        return printer

    prepared = printing.printer_for
    monkeypatch.setattr(sys, "excepthook", told)
    monkeypatch.setattr(printing, "has_printer", lambda: True)
    monkeypatch.setattr(printing, "printer_for", printer_for)
    monkeypatch.setattr(preview_window, "QPrintDialog", FileDialog)
    workspace = Workspace(branch, View(DAY, Period(OCTOBER, OCTOBER)), parent=made)
    workspace.backup_folder = lambda: tmp_path / "备份"
    workspace.folder = tmp_path
    made.show()
    made.activateWindow()
    made.begin(workspace)
    return made


def test_the_month_takes_at_most_150_keys_and_clicks(
    window: MainWindow, branch: Database, qtbot: QtBot, tmp_path: Path
) -> None:
    hand = Hand(qtbot, window)
    open_the_month(hand, window, qtbot)
    take_the_dues(hand, window, qtbot)
    with closing(Database.open(backups.backups_in(tmp_path / "备份")[0].path, read_only=True)) as kept:
        assert_nobody_has_paid(kept)
    hand_up_and_close(hand, window)
    print_and_export(hand, window, qtbot)
    assert_all_is_kept(branch)
    for title in ("2026年度党费收缴登记表", "2026年11月党费收缴情况公示", "2026年11月党费上缴单"):
        with PdfPages(tmp_path / f"打印出的{title}.pdf") as printed:
            assert len(printed) >= 1
    for title in ("2026年度党费收缴登记表", "2026年11月党费收缴情况公示", "2026年度党费上缴记录"):
        assert (tmp_path / f"{title}.xlsx").exists(), title
    assert hand.count <= MOST


def open_the_month(hand: Hand, window: MainWindow, bot: QtBot) -> None:
    page = window.page
    assert isinstance(page, TodayPage)
    hand.click(page.question.agree)
    hand.press("Alt+S")
    bot.waitUntil(lambda: isinstance(window.page, CollectPage), timeout=20_000)  # a backup is made before


def take_the_dues(hand: Hand, window: MainWindow, bot: QtBot) -> None:
    """Forty at once; of those left out two pay in part, two for months to come, and three come late."""
    page = window.page
    assert isinstance(page, CollectPage)
    hand.press("Alt+A")
    everybody = hand.awaits(CollectAllDialog, window)
    for name in (*LATE, *IN_PART, *AHEAD):
        hand.write(initials.of(name))
        hand.press("Enter")
    assert len(everybody.wanted()) == 40
    hand.press("Enter")
    bot.waitUntil(lambda: not hand.is_open(everybody), timeout=20_000)
    for name in IN_PART:
        hand.write(f"30{initials.of(name)}")
        hand.press("Enter")
    assert page.day is not None
    due = {line.name: line.proposed for line in page.day.lines}
    for name in AHEAD:
        hand.write(f"{(due[name] * 3).normalize():f}{initials.of(name)}")
        hand.press("Enter")
        hand.awaits(PaymentDialog, window)
        hand.press("Enter", "Enter")
    for name in LATE:
        hand.write(initials.of(name))
        hand.press("Enter")


def hand_up_and_close(hand: Hand, window: MainWindow) -> None:
    hand.press("Alt+J")
    hand.awaits(ClosingDialog, window)
    hand.press("Enter")
    form = hand.awaits(ScannedDialog, window)
    hand.press("Enter")
    hand.write("20261124")
    hand.press("Ctrl+Enter")
    assert not form.isVisible()
    hand.press("Enter", "Esc")


def print_and_export(hand: Hand, window: MainWindow, bot: QtBot) -> None:
    """The register, the public notice and the remittance: each looked at, printed, and saved as a workbook."""
    hand.click(window.navigation.items["dues"])
    page = window.page
    assert isinstance(page, DuesPage)
    for name in ("党费收缴登记表", "党费收缴情况公示", "党费上缴记录"):
        if page.ledger.currentText() != name:
            hand.choose(page.ledger, name)
        if name == "党费上缴记录":
            rows = [row.month for row in page.table.rows_shown()]
            hand.click_row(page.table.table, rows.index(NOVEMBER))
            hand.click_words(page.panel, "预览上缴单")
        else:
            hand.press("Ctrl+P")
        preview = hand.awaits(PreviewWindow, window)
        hand.press("Ctrl+P")
        hand.awaits(QPrintDialog, preview)
        hand.press("Enter")
        bot.waitUntil(partial(says, preview.banner, "已送到"), timeout=20_000)
        hand.press("Esc")
        hand.press("Ctrl+E")
        if name == "党费收缴登记表":  # it holds what people earn: asked once
            hand.awaits(QMessageBox, window)
            hand.press("Enter")
        hand.awaits(QFileDialog, window)
        hand.press("Enter")
        assert page.sheet is not None
        bot.waitUntil(partial(says, window.banner, f"{page.sheet.heading}.xlsx"), timeout=20_000)


def says(banner: Banner, words: str) -> bool:
    return words in banner.words.text()


def assert_nobody_has_paid(kept: Database) -> None:
    """The newest backup is of the moment when the month was opened."""
    with kept.reading() as session:
        assert months.find(session, NOVEMBER) is not None
        assert session.scalar(select(func.count()).where(Payment.paid_on == DAY)) == 0


def assert_all_is_kept(branch: Database) -> None:
    """Forty in full and three late, two in part, two for three months; all handed up and closed but what is ahead."""
    with branch.reading() as session:
        found = {each.name: each.standing for each in standing.month_status(session, NOVEMBER).members}
        ahead = session.scalar(select(func.count()).where(Allotment.month > NOVEMBER))
        taken = session.scalar(select(func.count()).where(Payment.paid_on == DAY))
        closed = months.require(session, NOVEMBER).closed_on
    assert {name for name, each in found.items() if each.state == "part"} == set(IN_PART)
    assert {name for name, each in found.items() if each.state != "paid"} == set(IN_PART)
    assert (ahead, taken, closed) == (4, 47, DAY)
