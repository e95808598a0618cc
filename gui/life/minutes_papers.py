"""From an activity to the sheet signed at its door, and from a year to the bound work book."""

from gui.page import Page
from gui.papers.paper_files import drawing, preview_paper
from gui.papers.papers import preview
from models.ledger import View
from models.ledgers.life import sign_in

WORK_BOOK = "life_work_book"


def preview_sign_in(page: Page, activity_id: int) -> None:
    """Shows the sheet to be signed at the door of an activity, planned or held."""
    with page.workspace.reading() as session:
        record = sign_in.sign_in_sheet(session, activity_id, page.workspace.view.today)
    preview(page, f"{record.kind}签到表", drawing("life_sign_in", [record]))


def preview_work_book(page: Page, view: View) -> None:
    """Shows the bound work book of the view's year and branch, or of each branch, as it will be printed."""
    preview_paper(page, WORK_BOOK, view)
