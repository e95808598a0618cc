"""Looking for words in the records of organisation life: what holds them is listed as one types."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QStackedWidget, QVBoxLayout

from gui.ledgers.chapters import offer_help
from gui.life.minutes_search_list import HitList
from gui.page import Page
from gui.parts.cards import Empty, button, fill, label, row
from gui.parts.dialog_size import open_at
from models.ledgers.life.search import Hit, search

_AFTER = 250  # milliseconds without a key before it is looked for what was typed
_HOW = "输入要找的词，几个词用空格隔开。内容、决议、议题、发言、表决都找；不公开的谈话不在其中。"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}


class MinutesSearch(QDialog):
    """A field and the records found; Enter opens the one that is chosen, at the place where the words stand."""

    def __init__(self, page: Page, asked: str = "") -> None:
        super().__init__(page)
        offer_help(self, "counts")
        self.setWindowTitle("查找会议记录")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page = page
        self.field = QLineEdit(asked)
        self.field.setPlaceholderText("要找的词，几个词用空格隔开")
        self.field.setAccessibleName("要找的词")
        self.field.setClearButtonEnabled(True)
        self.list = HitList()
        self.none = Empty(_HOW, icon="search")
        self.faces = QStackedWidget()
        self.faces.addWidget(self.none)
        self.faces.addWidget(self.list)
        self.said = label("", "quiet")
        self.open_button = button("打开记录　回车", self._open_chosen, primary=True)
        self.leave = button("关闭", self.reject)
        self._wait = QTimer(self, singleShot=True, interval=_AFTER)
        foot = row(self.said, 1, self.leave, self.open_button)
        fill(QVBoxLayout(self), self.field, self.faces, foot, spacing=12, margins=(18, 16, 18, 14))
        self._wait.timeout.connect(self.look)
        self.field.textEdited.connect(lambda _text: self._wait.start())
        self.field.textChanged.connect(lambda text: None if text else self.look())
        self.field.installEventFilter(self)
        self.list.opened.connect(self._open)
        open_at(self, 860, 600)
        self.look()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self) -> None:
        """Looks for what stands in the field and shows what was found."""
        self._wait.stop()
        with self._page.workspace.reading() as session:
            found = search(session, self.field.text())
        self.list.show_hits(found.hits)
        self.faces.setCurrentWidget(self.list if found.hits else self.none)
        self.none.words.setText(f"没有一份记录里有“{self.field.text().strip()}”。" if found.words else _HOW)
        self.open_button.setEnabled(bool(found.hits))
        if found.more:
            self.said.setText(f"只列出最近的 {len(found.hits)} 份；再加一个词，可以找得更准。")
        else:
            self.said.setText(f"找到 {len(found.hits)} 份记录" if found.hits else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field the arrows go up and down the list, and Enter opens."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _STEPS:
                self.list.step(_STEPS[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter()
                return True
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        """Opens what is chosen, once what was typed has been looked for."""
        if self._wait.isActive():
            self.look()
        self._open_chosen()

    def _open_chosen(self) -> None:
        chosen = self.list.hit()
        if chosen is not None:
            self._open(chosen)

    def _open(self, hit: Hit) -> None:
        words = self.field.text().split()
        self.accept()
        self._page.go("life", ("records", (hit.id, words)))
