"""One sending as it was recorded: when, to whom, by whom, what, and what can be done about it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.ledgers.chapters import offer_help
from gui.parts.cards import Card, button, fill, label, row
from gui.parts.dialog_size import open_at
from gui.theme import scaled

Tables = Sequence[tuple[str, int, bool]]  # heading, rows, whether it can be compared


class SendingCard(QDialog):
    """Shows a row of 报送登记; the buttons close it and tell what is wanted."""

    compare_wanted = Signal()
    withdrawal_wanted = Signal()

    def __init__(self, sent: Any, tables: Tables, parent: QWidget) -> None:
        super().__init__(parent)
        offer_help(self, "sending")
        self.setWindowTitle("报送登记")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        facts = QWidget()
        grid = QGridLayout(facts)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for line, (name, text) in enumerate(_facts(sent)):
            grid.addWidget(label(name, "quiet"), line, 0)
            grid.addWidget(label(text, wrap=True), line, 1)
        self.list = QListWidget()
        self.list.setAccessibleName("报送的台账和表格")
        self.list.setProperty("plain", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for each in tables:
            item = QListWidgetItem(_said(*each), self.list)
            item.setSizeHint(QSize(0, scaled(self, 31)))
        self.compare_button = button("这次报送以后的改动…", self._leave(self.compare_wanted.emit), primary=True)
        self.compare_button.setEnabled(any(comparable for *_, comparable in tables))
        foot = row(
            button("撤回登记…", self._leave(self.withdrawal_wanted.emit)),
            1,
            button("关闭", self.reject),
            self.compare_button,
        )
        body = Card(self.list, title="报送的台账和表格", aside=f"{len(tables)} 张")
        layout = QVBoxLayout(self)
        fill(layout, Card(facts), body, foot, spacing=12, margins=(18, 16, 18, 14))
        layout.setStretch(1, 1)
        open_at(self, 560, 520)
        self.compare_button.setFocus()

    def _leave(self, tell: Callable[[], object]) -> Callable[[], None]:
        def leave() -> None:
            self.accept()
            tell()

        return leave


def _facts(sent: Any) -> list[tuple[str, str]]:
    return [
        ("报送日期", str(sent.sent_on)),
        ("报送给", sent.recipient),
        ("报送人", sent.sender or "（没有填）"),
        ("所属期", f"{sent.period}　{sent.branch}"),
        ("形式", sent.form + ("，加密" if sent.locked else "")),
        ("文件名", sent.file_name),
        *([("备注", sent.remark)] if sent.remark else []),
    ]


def _said(heading: str, rows: int, comparable: bool) -> str:
    return f"{heading}　{rows} {'行' if comparable else '份'}"
