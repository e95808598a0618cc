"""Asking for the password of an encrypted data file, or of an encrypted workbook."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from gui import icons
from gui.parts.cards import button, fill, label, restyle, row
from gui.parts.dialog_size import grow_to_contents
from gui.parts.password_fields import PasswordField
from gui.theme import scaled
from models.errors import UserError
from models.unlocking import WrongPasswordError

HINT_AFTER = 3  # wrong passwords, before a word on what may be the matter
_HINT = "又不对。请看看大小写锁定（Caps Lock）和中英文输入法；密码区分大小写。忘了密码的，在这里输恢复单上的恢复码。"


class PasswordBox(QDialog):
    """Asks until `take(password)` accepts; its UserError is shown and the box stays, however often.

    It does not stop the window: call `open()` or `show()`.
    """

    other_file_wanted = Signal()

    def __init__(
        self,
        path: Path,
        take: Callable[[str], object],
        parent: QWidget | None = None,
        *,
        what: str = "数据文件",
        other_file: bool = True,
        warning: str = "",
        heading: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("请输入密码")
        self.setWindowIcon(icons.app_icon())
        self._take = take
        self._tries = 0
        self.field = PasswordField("密码")
        self.shown = QCheckBox("显示密码")
        self.shown.toggled.connect(self.field.show_text)
        self.problem = label("", "error", wrap=True)
        self.other_button = button("打开别的文件", self._leave, flat=True)
        self.other_button.setVisible(other_file)
        self.cancel_button = button("取消", self.reject)
        self.open_button = button("打开", self.try_it, primary=True)
        where = label(str(path.parent), "small", wrap=True)
        self.warning = label(warning, tone="warn", wrap=True)
        self.warning.setVisible(bool(warning))
        fill(
            QVBoxLayout(self),
            label(heading or f"{what}“{path.name}”有密码", "heading", wrap=True), where, self.warning,
            self.field, self.shown, self.problem,
            row(self.other_button, 1, self.cancel_button, self.open_button, margins=(0, 6, 0, 0)),
            spacing=9, margins=(20, 18, 20, 16),
        )  # fmt: skip
        self.setMinimumWidth(scaled(self, 440))
        self.field.returnPressed.connect(self.try_it)
        self.field.textChanged.connect(self._edited)

    def try_it(self) -> None:
        """Tries what was typed."""
        password = self.field.text()
        if not password:
            self._refuse("请输入密码。")
            return
        try:
            self._take(password)
        except UserError as refusal:
            self._tries += isinstance(refusal, WrongPasswordError)
            self._refuse(str(refusal) if self._tries < HINT_AFTER else f"{refusal}{_HINT}")
            return
        self.accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setFocus()

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        grow_to_contents(self)
        restyle(self.field, wrong=True)
        self.field.setFocus()
        self.field.selectAll()

    def _edited(self) -> None:
        self.problem.clear()
        restyle(self.field, wrong=False)

    def _leave(self) -> None:
        self.reject()
        self.other_file_wanted.emit()
