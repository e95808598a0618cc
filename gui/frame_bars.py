"""The bar above the pages (title and search) and the one below them (state and keys)."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.page import Page
from gui.parts.cards import Tag, fill, label, restyle
from gui.parts.search_box import SearchBox
from gui.theme import scaled
from gui.workspace import Facts


class TopBar(QWidget):
    """The page's title, its state, its own buttons if it has any, and the search."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label(role="title")
        self.tag = Tag()
        self.search = SearchBox()
        self._layout = QHBoxLayout(self)
        fill(self._layout, self.title, self.tag, 1, self.search, spacing=14, margins=(18, 0, 18, 0))
        self._header: QWidget | None = None
        self._set_height()

    def show_page(self, page: Page) -> None:
        """Shows the page's title, tag and buttons in place of the last page's."""
        self.title.setText(page.title)
        self.tag.show_state(*page.tag)
        if self._header is not page.header:
            if self._header is not None:
                self._layout.removeWidget(self._header)
                self._header.hide()
            self._header = page.header
            if self._header is not None:
                self._layout.insertWidget(2, self._header)
                self._header.show()

    def clear(self) -> None:
        """Shows nothing of the pages that are gone."""
        self.title.clear()
        self.tag.show_state("")
        self.search.clear()
        if self._header is not None:
            self._layout.removeWidget(self._header)
            self._header = None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._set_height()
        super().changeEvent(event)

    def _set_height(self) -> None:
        self.setFixedHeight(scaled(self, 48))


class StatusBar(QWidget):
    """The working month, the members, whether all is saved, the last backup, and the keys of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.month, self.members, self.backup = label(), label(), label()
        self.saved = label("● 已保存", tone="good")
        self.saved.setTextFormat(Qt.TextFormat.PlainText)
        self.keys = label()
        self.keys.setMinimumWidth(1)  # in the largest text the keys are cut short before the window outgrows the screen
        fill(
            QHBoxLayout(self),
            self.month,
            self.members,
            self.saved,
            self.backup,
            1,
            self.keys,
            spacing=22,
            margins=(18, 0, 18, 0),
        )
        self.saved.hide()
        self._known, self._refused = False, False  # whether a file is open, whether a refusal stands
        self._set_height()

    def show_facts(self, facts: Facts) -> None:
        """Shows what the data file says of itself; what is empty takes no room."""
        for part, text in ((self.month, facts.month), (self.members, facts.members), (self.backup, facts.backup)):
            part.setText(text)
            part.setHidden(not text)
        restyle(self.backup, tone=facts.backup_tone)
        self.backup.setToolTip(facts.backup_hint)
        if facts.read_only:
            self.saved.setText("只读，不能修改")
            restyle(self.saved, tone="warn")
        elif self.saved.property("tone") == "warn":
            self.saved.setText("● 已保存")
            restyle(self.saved, tone="good")
        self._known = True
        self.show_refused(self._refused)

    def show_refused(self, refused: bool) -> None:
        """Says nothing of what is saved while a refusal stands, till something is saved again."""
        self._refused = refused
        self.saved.setVisible(self._known and not (refused and self.saved.property("tone") == "good"))

    def show_saved(self, what: str, at: datetime) -> None:
        """Says when something was last saved, and in its hint what it was."""
        self._refused = False
        self.saved.setText(f"● 已保存 {at:%H:%M}")
        self.saved.setToolTip(what)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._set_height()
        super().changeEvent(event)

    def _set_height(self) -> None:
        self.setFixedHeight(scaled(self, 28))
