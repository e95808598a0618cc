"""A dialog whose answers go into the data file."""

from PySide6.QtWidgets import QDialog

from gui.page import Page
from models.errors import ReadOnlyError


class SavingDialog(QDialog):
    """Does not open over a data file that can only be read: what is typed could not be saved."""

    def open(self) -> None:
        """Opens without stopping the window; UserError where nothing can be saved."""
        over = self.parentWidget()
        while over is not None and not isinstance(over, Page):
            over = over.parentWidget()
        if over is not None and over.workspace.database.read_only:
            self.deleteLater()
            raise ReadOnlyError
        super().open()
