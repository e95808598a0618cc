"""Settings of the screen, the trail of what was done, and what this program is."""

from PySide6.QtWidgets import QApplication, QButtonGroup, QRadioButton

from gui import theme
from gui.cards import Card, button, label, row
from gui.ledger_view import LedgerView
from gui.page import Page
from gui.settings_section import Facts, Section
from models import preferences
from models.ledgers.sheets import sheet
from models.ledgers.trail import TRAIL, lines_of

VERSION = "0.1.0"


class ScreenSection(Section):
    """The three text sizes, changed at once."""

    def __init__(self, page: Page) -> None:
        self.choices = QButtonGroup()
        now = preferences.read().text_size
        buttons = []
        for place, size in enumerate(theme.TextSize):
            choice = QRadioButton(size.chinese)
            choice.setChecked(size.name == now)
            self.choices.addButton(choice, place)
            buttons.append(choice)
        self.choices.idClicked.connect(self._choose)
        super().__init__(page, Card(row(*buttons, 1, spacing=26), title="文字大小", aside="马上生效"), 1)

    def _choose(self, place: int) -> None:
        size = list(theme.TextSize)[place]
        preferences.change(text_size=size.name)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.set_text_size(app, size)


class TrailSection(Section):
    """Everything that was done, and what the chosen operation did."""

    def __init__(self, page: Page) -> None:
        self.table = LedgerView("还没有操作记录。")
        self.table.chosen.connect(self._show)
        self.words = label("", "quiet", wrap=True)
        undo = button("撤销最近一步　Ctrl+Z", page.undo)
        super().__init__(
            page, Card(self.table, self.words, row(undo, 1), title="操作记录", aside="每次改动都留痕，不能删改")
        )
        self.column.setStretch(0, 1)

    def reload(self) -> None:
        with self.workspace.reading() as session:
            self.table.show_sheet(sheet(session, TRAIL, self.workspace.view))

    def _show(self, operation: object) -> None:
        if operation is None:
            self.words.clear()
            return
        with self.workspace.reading() as session:
            lines = lines_of(session, operation.id)  # type: ignore[attr-defined]
        self.words.setText("；".join(lines[:6]) + ("……" if len(lines) > 6 else ""))


class AboutSection(Section):
    """Version, where the file lies, licences."""

    def __init__(self, page: Page) -> None:
        self.facts = Facts()
        super().__init__(page, Card(self.facts, title="支部台账"), 1)

    def reload(self) -> None:
        database = self.workspace.database
        self.facts.show_facts(
            [
                ("版本", VERSION),
                ("数据文件", str(database.path)),
                ("加密", "已加密" if database.encrypted else "没有加密"),
                ("许可", "MIT；所用的库和字体见 THIRD_PARTY_NOTICES.md"),
                ("联网", "不联网，不上传，数据只在这台电脑上"),
            ]
        )
