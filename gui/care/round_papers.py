"""From a round to paper: the signing sheet, with private numbers only after a question that is written down."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from gui.messages import ask
from gui.page import Page
from gui.papers.paper_files import drawing
from gui.papers.papers import preview
from models.errors import UserError
from models.ledgers.care import papers as care_papers
from models.ledgers.care.round_page import RoundShown
from models.records.care import rounds as care_rounds

_PAPER = "care_signing"
_PRIVATE = "签领表上要印身份证号、银行账号和联系电话吗？印上的只供内部签领和报账，用后收好；会在变更记录里记一笔。"


def offer_sheets(page: Page, shown: RoundShown, below: QPushButton) -> None:
    """Offers the signing sheet, without private numbers or, after a question, with them."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction("签领表　Ctrl+P", lambda: preview_sheet(page, shown))
    menu.addAction("带证号、账号、电话…", lambda: preview_private(page, shown))
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))


def preview_private(page: Page, shown: RoundShown) -> None:
    """Asks once, and shows the sheet with identity, account and telephone numbers."""
    ask(page, _PRIVATE, yes="印上", then=lambda: preview_sheet(page, shown, private=True))


def preview_sheet(page: Page, shown: RoundShown, private: bool = False) -> None:
    """Shows F42 of a round; with private numbers only after that is written down."""
    if not shown.rows:
        raise UserError(f"{shown.name}的名单还是空的，没有可以打印的签领表。")
    view = page.workspace.view
    if private:
        with page.workspace.writing(f"打印{shown.name}含证号、账号的签领表") as session:
            care_rounds.note_export(session, shown.id, "签领表（含证号、账号、电话）", len(shown.rows), view.today)
    with page.workspace.reading() as session:
        record = care_papers.signing_sheet(session, shown.id, view, private)
    preview(page, f"{shown.name}签领表", drawing(_PAPER, [record]))
