"""Settings: the organisation, the rules of dues, days of rest, backups, password, text size, what was done."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QStackedWidget, QWidget

from gui.cards import PAGE_MARGINS, Card, row
from gui.page import Page
from gui.settings_backups import BackupsSection
from gui.settings_branch import BranchSection
from gui.settings_rules import RulesSection
from gui.settings_screen import AboutSection, ScreenSection, TrailSection
from gui.settings_section import Section
from gui.theme import scaled
from gui.workspace import Workspace


class SettingsPage(Page):
    """A list of sections at the left, the chosen one at the right."""

    keys = "↑↓ 选设置　Tab 到右边"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.sections = {
            "支部与组织": BranchSection(self),
            "党费规则": RulesSection(self),
            "备份和密码": BackupsSection(self),
            "显示": ScreenSection(self),
            "操作记录": TrailSection(self),
            "关于": AboutSection(self),
        }
        self.list = QListWidget()
        self.list.setProperty("plain", True)
        self.list.setAccessibleName("设置")
        self.stack = QStackedWidget()
        for name, section in self.sections.items():
            self.list.addItem(name)
            self.stack.addWidget(section)
        self.list.currentRowChanged.connect(self._show)
        side = Card(self.list)
        side.setFixedWidth(scaled(self, 190))
        layout = row(side, self.stack, spacing=14, margins=PAGE_MARGINS)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.list.setCurrentRow(0)

    def reload(self) -> None:
        self.sections[self.list.currentItem().text()].reload()

    def show_target(self, target: Any) -> None:
        """Opens the section of this name."""
        found = self.list.findItems(str(target), Qt.MatchFlag.MatchExactly)
        if found:
            self.list.setCurrentItem(found[0])

    def _show(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        section: QWidget = self.stack.currentWidget()
        if isinstance(section, Section):
            section.reload()
