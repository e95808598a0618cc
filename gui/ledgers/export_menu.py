"""The formats in which a ledger can be saved, under its 导出 button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from gui.ledgers.export_password import ExportPasswordDialog
from gui.page import Page
from gui.papers.paper_files import export_ledger
from gui.papers.sheet_files import FORMATS
from models.ledger import Sheet, View


def offer_formats(page: Page, sheet: Sheet, view: View, under: QPushButton) -> QMenu:
    """Opens the menu of formats below the button; the last one asks for a password and locks the workbook."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for words, ending in FORMATS:
        menu.addAction(f"{words}…", lambda ending=ending: export_ledger(page, sheet, view, ending))
    menu.addAction("加密的 Excel 表格…", lambda: export_locked(page, sheet, view))
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))
    return menu


def export_locked(page: Page, sheet: Sheet, view: View) -> None:
    """Asks for a password, then where the locked workbook is to be saved."""
    ExportPasswordDialog(lambda password: export_ledger(page, sheet, view, "xlsx", password), page).open()
