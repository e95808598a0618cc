"""A dialog whose answers go into the data file."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from gui.ledgers.chapters import offer_help, page_under
from models.errors import ReadOnlyError


class SavingDialog(QDialog):
    """Does not open over a data file that can only be read: what is typed could not be saved. Closed, it is gone."""

    chapter = ""  # of the manual; that of the page when empty

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self, self.chapter)

    def open(self) -> None:
        """Opens without stopping the window; UserError where nothing can be saved."""
        over = page_under(self)
        if over is not None and over.workspace.database.read_only:
            self.deleteLater()
            raise ReadOnlyError
        super().open()
