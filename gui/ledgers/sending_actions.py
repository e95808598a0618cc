"""What can be done about sendings on the page of all ledgers: send, tell what has changed since, withdraw an entry."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from gui.ledgers.export_password import ExportPasswordDialog
from gui.messages import ask
from gui.page import Page
from gui.papers import private
from gui.papers.papers import save_as
from gui.tasks import Progress
from models.database import Database
from models.errors import UserError
from models.ledger import View
from models.ledgers.changes import Changes, since
from models.ledgers.private import joined, told_by
from models.ledgers.sendings import SENDINGS
from models.records import sendings


def offer_sending(page: Page, view: View, under: QPushButton) -> QMenu:
    """Opens the menu of 上报 above its button."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction("Excel 上报…　Ctrl+Shift+E", lambda: open_sending(page, view))
    menu.addAction("上次报送以后的改动…", lambda: export_changes(page))
    menu.addSeparator()
    menu.addAction("报送登记", lambda: page.show_target(SENDINGS.name))
    menu.popup(under.mapToGlobal(under.rect().topLeft()) - QPoint(0, menu.sizeHint().height()))
    return menu


def open_sending(page: Page, view: View) -> None:
    """Opens the dialog in which it is chosen what goes up the chain."""
    from gui.ledgers.sending_dialog import SendingDialog

    SendingDialog(page, view).open()


def export_changes(page: Page, sending_id: int | None = None) -> None:
    """Compares a sending, or the last one, with the ledgers as they stand, and saves what has changed as a workbook."""
    database, today = cast(Database, page.workspace.database), page.workspace.view.today
    with database.reading() as session:
        last = sendings.last(session)
    if sending_id is None:
        if last is None:
            raise UserError("还没有报送过，没有可以对照的。")
        sending_id = last.id

    def compare(_progress: Progress) -> tuple[sendings.Sending, list[Changes]]:
        with database.reading() as session:
            sending = sendings.require(session, sending_id)
            return sending, since(session, sending, today)

    page.run("与报送的对照", compare, lambda found: _save_changes(page, found[0], found[1], today))


def _save_changes(page: Page, sending: sendings.Sending, found: Sequence[Changes], today: date) -> None:
    day = sending.sent_on
    when = f"{day.year}年{day.month}月{day.day}日"
    if not found:
        raise UserError(f"{when}报送的只有打印件，没有可以对照的台账。")
    if not any(each.marks for each in found):
        page.say(f"{when}报送以后没有改动。")
        return
    lines = (
        ("对照", f"{when}报送给{sending.recipient}的"),
        ("报送人", sending.sender),
        ("对照日期", f"{today.year}年{today.month}月{today.day}日"),
    )

    told = joined(told_by(each.sheet.columns) for each in found)

    def note() -> None:
        rows = sum(len(each.sheet.rows) for each in found)
        private.note(page, "报送以后的改动", told, private.EXPORT, rows)

    def save(password: str | None = None) -> None:
        def write(path: Path, progress: Progress) -> str:
            from exporters import changes

            changes.write(found, "报送以后的改动", lines, path, password, progress)
            return ""

        save_as(page, "导出报送以后的改动", f"报送以后的改动 {day:%Y-%m-%d}.xlsx", write, written=note)

    def go_on() -> None:
        if sending.locked:  # what went out locked is not to go out open a month later
            ExportPasswordDialog(save, page).open()
        else:
            save()

    private.ask_first(page, told, go_on)


def open_entry(page: Page, row: Any) -> None:
    """Shows one line of 报送登记 whole, with what can be done about it."""
    from gui.ledgers.sending_card import SendingCard

    with page.workspace.reading() as session:
        tables = [(each.heading, each.rows, bool(each.content)) for each in sendings.tables_of(session, row.id)]
    card = SendingCard(row, tables, page)
    card.compare_wanted.connect(lambda: export_changes(page, row.id))
    card.withdrawal_wanted.connect(lambda: withdraw(page, row))
    card.open()


def withdraw(page: Page, row: Any) -> None:
    """Asks, then takes a sending out of the list."""

    def take_out() -> None:
        with page.workspace.writing(f"撤回报送给{row.recipient}的登记") as session:
            sendings.withdraw(session, row.id)
        page.say("已撤回；按 Ctrl+Z 撤销。")

    detail = "已经送出去的文件不受影响，以后不能再和这次报送对照。"
    ask(page, f"撤回 {row.sent_on} 报送给{row.recipient}的登记？", yes="撤回", detail=detail, then=take_out)
