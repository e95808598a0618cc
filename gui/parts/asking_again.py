"""Asking for the password again before something that lets whoever sits there in for good."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.parts.password_box import PasswordBox
from models import access
from models.database import Database


def ask_again(database: Database, parent: QWidget, heading: str, then: Callable[[], object]) -> PasswordBox:
    """Goes on with `then` once the password that an encrypted file was opened with was given again.

    A screen left open for a minute is no password.
    """
    box = PasswordBox(
        database.path,
        lambda password: access.require_password(database, password),
        parent,
        other_file=False,
        heading=heading,
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open_button.setText("继续")
    box.accepted.connect(then)
    box.open()
    return box
