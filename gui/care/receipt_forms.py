"""Receipts for donations, and what receivers sign for: numbered, shown as they will be printed."""

from collections.abc import Sequence
from typing import Any

from gui.ledgers.chapter_page import ChapterPage
from gui.ledgers.record_forms import ask
from gui.page import Page
from gui.papers.paper_files import preview_paper
from models.errors import UserError
from models.kinds import CODE
from models.ledger import Column
from models.ledgers.care.donation_papers import acknowledgements
from models.ledgers.care.donation_receipts import VOID, receipt_rows, without_receipt
from models.ledgers.care.donations import VALID
from models.records.care import donations

RECEIPT, ACKNOWLEDGEMENT = "care_receipt", "care_acknowledgement"
_NUMBER = (Column("receipt_no", "收据号", CODE, 14, required=True),)


def write_receipt(page: Page, rows: Sequence[Any]) -> None:
    """Shows the receipt of the donation that is chosen; one without is given a number first.

    Whatever else the same giver gave in the drive on that day and has no receipt goes onto it.
    """
    assert isinstance(page, ChapterPage)
    row = rows[0]
    if row.state != VALID:
        raise UserError(f"这一笔的状态是“{row.state}”，不能开收据。")
    if row.receipt_no:
        _show(page, row.id)
        return
    with page.workspace.reading() as session:
        lacking = without_receipt(session, page.view_shown())
        offered = donations.next_receipt(session, row.on)
    whose = row.drive_id, row.giver, row.on
    lines = [each.id for each in lacking if (each.drive_id, each.giver, each.on) == whose]

    def save(values: dict[str, Any]) -> None:
        with page.workspace.writing("开捐赠收据") as session:
            for number in lines:
                donations.complete(session, number, values)
        _show(page, row.id)

    several = f"（同一天的 {len(lines)} 笔开在一张上）" if len(lines) > 1 else ""
    ask(page, "开收据", _NUMBER, {"receipt_no": offered}, save, who=f"{row.giver}{several}")


def print_receipts(page: Page, rows: Sequence[Any]) -> None:
    """Shows the receipts that are chosen in their list, all of the year where none is."""
    assert isinstance(page, ChapterPage)
    if rows and all(row.state == VOID for row in rows):
        raise UserError("选中的收据已经作废，不再打印。")
    preview_paper(page, RECEIPT, page.view_shown(), [row.id for row in rows] or None)


def print_acknowledgements(page: Page, rows: Sequence[Any]) -> None:
    """Shows what the receivers of the chosen lines sign for, each with all that was passed on to one on a day."""
    assert isinstance(page, ChapterPage)
    chosen = {row.id for row in rows}
    with page.workspace.reading() as session:
        sheets = acknowledgements(session, page.view_shown())
    numbers = [number for number, sheet in sheets if chosen & {line.id for line in sheet.lines}]
    if not numbers:
        raise UserError("选中的转交已经冲销，没有接收单可以打印。")
    preview_paper(page, ACKNOWLEDGEMENT, page.view_shown(), numbers)


def _show(page: ChapterPage, donation_id: int) -> None:
    with page.workspace.reading() as session:
        numbers = [row.id for row in receipt_rows(session, page.view_shown()) if donation_id in row.lines]
    preview_paper(page, RECEIPT, page.view_shown(), numbers)
