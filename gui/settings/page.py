"""Settings: the organisation, rules of dues, days of rest, the file, backups, password, text size, what was done."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QListWidget, QStackedWidget

from gui.page import Page
from gui.parts.cards import PAGE_MARGINS, Card, row
from gui.parts.scrolled import Scrolled
from gui.settings.backups import BackupsSection
from gui.settings.branch import BranchSection
from gui.settings.causes import CausesSection
from gui.settings.file import FileSection
from gui.settings.holidays import HolidaysSection
from gui.settings.kinds import KindsSection
from gui.settings.life import LifeSection
from gui.settings.password import PasswordSection
from gui.settings.persons import PersonsSection
from gui.settings.phrases import PhrasesSection
from gui.settings.rules import RulesSection
from gui.settings.screen import AboutSection, ScreenSection
from gui.settings.section import Section
from gui.settings.trail import TrailSection
from gui.theme import scaled
from gui.workspace import Workspace

SECTIONS: dict[str, Callable[[Page], Section]] = {
    "支部与组织": BranchSection,
    "党费规则": RulesSection,
    "节假日": HolidaysSection,
    "组织生活": LifeSection,
    "活动种类": KindsSection,
    "常用语和模板": PhrasesSection,
    "困难类型": CausesSection,
    "数据文件": FileSection,
    "备份": BackupsSection,
    "密码": PasswordSection,
    "使用人": PersonsSection,
    "显示": ScreenSection,
    "操作记录": TrailSection,
    "关于": AboutSection,
}
_CHAPTERS = {
    "组织生活": "plan",
    "备份": "backup",
    "密码": "backup",
    "使用人": "backup",
}  # of the manual; for the others the page's own
_SIDE = 150


class SettingsPage(Page):
    """A list of sections at the left, the chosen one at the right; a section is made when it is first chosen."""

    keys = "↑↓ 选设置　Tab 到右边　Ctrl+Z 撤销　Ctrl+Y 重做"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.sections: dict[str, Section] = {}
        self.list = QListWidget()
        self.list.setProperty("plain", True)
        self.list.setAccessibleName("设置")
        self.list.addItems(list(SECTIONS))
        self.stack = QStackedWidget()
        self.side = Card(self.list)
        self._set_width()
        layout = row(self.side, self.stack, spacing=14, margins=PAGE_MARGINS)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.list.setCurrentRow(0)
        self.list.currentTextChanged.connect(lambda _name: self.reload())

    @property
    def section(self) -> Section:
        """The section that is chosen."""
        name = self.list.currentItem().text()
        if name not in self.sections:
            self.sections[name] = made = SECTIONS[name](self)
            self.stack.addWidget(Scrolled(made))  # in the largest text a section may outgrow the page
        return self.sections[name]

    def reload(self) -> None:
        section = self.section
        self.chapter = _CHAPTERS.get(self.list.currentItem().text(), "settings")
        self.stack.setCurrentIndex(list(self.sections).index(self.list.currentItem().text()))
        section.reload()

    def show_target(self, target: Any) -> None:
        """Opens the section of this name."""
        if target in SECTIONS:
            self.list.setCurrentRow(list(SECTIONS).index(target))

    def export(self) -> None:
        self.section.export()

    def print_out(self) -> None:
        self.section.print_out()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._set_width()
        super().changeEvent(event)

    def _set_width(self) -> None:
        self.side.setFixedWidth(scaled(self, _SIDE))
