"""Asking for a password to lock a workbook with before it leaves the house."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.ledgers.chapters import offer_help
from gui.parts.cards import button, fill, label, row
from gui.parts.password_fields import NewPassword
from gui.theme import scaled

_WORDS = "加密的表格要输入密码才能打开，适合用 U 盘或邮件传送。密码请另外告诉对方，不要写在同一封信里。"


class ExportPasswordDialog(QDialog):
    """`then` is handed the password once it was typed twice."""

    def __init__(self, then: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_help(self)
        self.setWindowTitle("导出加密的 Excel 表格")
        self._then = then
        self.password = NewPassword()
        self.password.entered.connect(self.go_on)
        foot = row(1, button("取消", self.reject), button("下一步", self.go_on, primary=True))
        fill(
            QVBoxLayout(self),
            label(_WORDS, "quiet", wrap=True),
            self.password.form(),
            foot,
            spacing=12,
            margins=(18, 16, 18, 14),
        )
        self.setMinimumWidth(scaled(self, 460))
        self.password.first.setFocus()

    def go_on(self) -> None:
        """Hands the password on if it can be one."""
        if self.password.check():
            self.accept()
            self._then(self.password.password() or "")
