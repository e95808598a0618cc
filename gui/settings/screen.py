"""Settings of the screen, and what this program is."""

from PySide6.QtWidgets import QApplication, QButtonGroup, QRadioButton, QTextBrowser

from gui import theme
from gui.page import Page
from gui.parts.cards import Card, column, label
from gui.settings.section import Facts, Section
from gui.theme import TextSize
from models import faults, files, preferences, settings
from models.migrations import SCHEMA

VERSION = "0.1.0"
_LICENCES = ("LICENSE", "THIRD_PARTY_NOTICES.md")


class ScreenSection(Section):
    """The three text sizes, changed at once and kept on this computer."""

    def __init__(self, page: Page) -> None:
        self._group = QButtonGroup()
        self.choices: dict[TextSize, QRadioButton] = {}
        lines = column(spacing=16)
        for size in TextSize:
            choice = QRadioButton(f"{size.chinese}　　张红卫　7,420.00　2026-11-23")
            choice.setStyleSheet(f"font-size: {size.value}px")
            choice.clicked.connect(lambda _checked=False, size=size: self.choose(size))
            self._group.addButton(choice)
            self.choices[size] = choice
            lines.addWidget(choice)
        words = label("选了马上生效，只管这台电脑的屏幕，不影响打印。", "quiet")
        super().__init__(page, Card(words, lines, title="文字大小", spacing=14), 1)

    def reload(self) -> None:
        self.choices[TextSize[preferences.read().text_size]].setChecked(True)

    def choose(self, size: TextSize) -> None:
        """Changes the size of the letters in every window, and keeps it."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.set_text_size(application, size)
        with files.refusing("文字大小已改，但没能记住"):
            preferences.change(text_size=size.name)


class AboutSection(Section):
    """Version, where the file lies, licences."""

    def __init__(self, page: Page) -> None:
        self.sample = label("现在打开的是示例支部，里面的人和事都是虚构的，可以放心试。", "", "warn", wrap=True)
        self.facts = Facts()
        self.licences = QTextBrowser()
        super().__init__(
            page,
            Card(self.sample, self.facts, title="支部台账"),
            Card(self.licences, title="许可和第三方组件", aside="许可原文为英文"),
        )
        self.column.setStretch(1, 1)

    def reload(self) -> None:
        database = self.workspace.database
        with self.workspace.reading() as session:
            self.sample.setVisible(settings.read(session).sample)
        self.facts.show_facts(
            [
                ("版本", f"{VERSION}（数据格式 {SCHEMA}）"),
                ("数据文件", str(database.path)),
                ("加密", "已加密" if database.encrypted else "没有加密"),
                ("许可", "MIT 开源许可，源代码随程序提供"),
                ("联网", "不联网，不上传，数据只在这台电脑上"),
            ]
        )
        if not self.licences.toPlainText():
            found = [faults.PROGRAM / name for name in _LICENCES]
            self.licences.setPlainText("\n\n".join(file.read_text(encoding="utf-8") for file in found if file.exists()))
