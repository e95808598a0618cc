"""The text of a record and its resolution, typed in large fields, with phrases at hand and the state of the draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QSizePolicy, QTextEdit, QVBoxLayout

from gui.life.word_marks import show_words
from gui.parts.cards import CARD_MARGINS, Tag, button, fill, label, restyle, row
from gui.parts.wrapping_row import WrappingRow
from gui.theme import scaled
from models.records.life.phrases import Phrase
from models.rules import templates

_LINE_HEIGHT = 130  # per cent
_EDGES = 14  # pixels of frame and padding
_TEXT, _RESOLUTION = (176, 430), (34, 120)  # pixels that a text takes at least and at most; more is scrolled to


class TextArea(QTextEdit):
    """Plain text with air between the lines; Tab leaves it, and Ctrl+Z with nothing typed is the page's."""

    def __init__(self, name: str, placeholder: str, room: tuple[int, int]) -> None:
        """`room` is the least and the most height in pixels of 14 px text; between them it is as high as its text."""
        super().__init__()
        self._room = room
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self._saved = ""
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._make_room())
        self._make_room()

    def text(self) -> str:
        """What stands there."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Shows what stands in the record, unless something else is being typed."""
        if self.is_changed():
            return
        self._saved = text
        if self.text() != text:
            self._put(text)

    def type_text(self, text: str) -> None:
        """Puts text there as if it were typed."""
        self._put(text)

    def is_changed(self) -> bool:
        """Whether something else stands there than in the record."""
        return self.text() != self._saved

    def settle(self) -> None:
        """Takes what stands there for what stands in the record."""
        self._saved = self.text()

    def forget(self) -> None:
        """Lets go of what was typed."""
        self._saved = ""
        self._put("")

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            idle = self.isReadOnly()
            undoes = event.matches(QKeySequence.StandardKey.Undo) and (idle or not self.document().isUndoAvailable())
            if undoes or (
                event.matches(QKeySequence.StandardKey.Redo) and (idle or not self.document().isRedoAvailable())
            ):
                event.ignore()
                return False
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_room"):
            self._make_room()

    def _make_room(self) -> None:
        least, most = (scaled(self, pixels) for pixels in self._room)
        wanted = int(self.document().size().height()) + scaled(self, _EDGES)
        self.setMinimumHeight(min(max(wanted, least), most))

    def _put(self, text: str) -> None:
        document = self.document()
        document.setUndoRedoEnabled(False)
        self.setPlainText(text)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        shape = QTextBlockFormat()
        shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(shape)
        document.setUndoRedoEnabled(True)


class MinutesText(QFrame):
    """内容 and 决议; `fill_wanted` asks for the places that the program knows."""

    changed = Signal()
    fill_wanted = Signal()
    edit_wanted = Signal()  # of the phrases

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.text = TextArea("内容", "在这里写会议（活动）内容；常用语按 Alt+Y。", _TEXT)
        self.resolution = TextArea("决议", "形成决议的，写决议原文。", _RESOLUTION)
        self.draft = label("", "small")
        self.phrases = QPushButton("常用语　Alt+&Y")
        self.phrases.setProperty("menu", True)
        self.menu = QMenu(self.phrases)
        self.phrases.setMenu(self.menu)
        self.fill = button("填入人数", self.fill_wanted.emit, flat=True)
        self.next_blank = button("下一处空白　F8", self.go_to_blank, flat=True)
        self.blanks = Tag()
        self._at: datetime | None = None
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_age)
        self._lay_out()
        for area in (self.text, self.resolution):
            area.textChanged.connect(self._typed)

    def show_texts(self, values: Mapping[str, str | None], locked: bool) -> None:
        """Shows what stands in the record; what is being typed stays, with the cursor in it."""
        self.text.show_text(values.get("text") or "")
        self.resolution.show_text(values.get("resolution") or "")
        for area in (self.text, self.resolution):
            area.setReadOnly(locked)
        self.phrases.setVisible(not locked)
        self._show_blanks()

    def offer(self, phrases: Sequence[Phrase]) -> None:
        """Offers phrases to put in at the cursor; the first nine are chosen by a figure."""
        self.menu.clear()
        for number, each in enumerate(phrases, 1):
            key = f"&{number}　" if number <= 9 else "　　"
            act = self.menu.addAction(f"{key}{each.title}")
            act.setToolTip(each.text)
            act.triggered.connect(lambda _on=False, each=each: self.insert(each.text))
        self.menu.addSeparator()
        self.menu.addAction("编辑常用语和模板…").triggered.connect(self.edit_wanted)
        self.menu.setToolTipsVisible(True)

    def insert(self, text: str) -> None:
        """Puts a text in at the cursor, on a line of its own behind other text, and goes to its first place to fill."""
        area = self.resolution if self.resolution.hasFocus() else self.text
        if area.isReadOnly():
            return
        cursor = area.textCursor()
        start = cursor.selectionStart()
        if "\n" in text and start > 0 and area.text()[start - 1 : start] != "\n":
            text = f"\n{text}"
        cursor.insertText(text)
        area.setTextCursor(cursor)
        area.setFocus(Qt.FocusReason.OtherFocusReason)
        if templates.blanks(text):
            self._select_blank(area, start)

    def replace(self, text: str) -> None:
        """Puts another text in the place of the whole, which Ctrl+Z takes back; the cursor stays where it was."""
        cursor = self.text.textCursor()
        place = cursor.position()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.setPosition(min(place, len(text)))
        self.text.setTextCursor(cursor)

    def go_to_blank(self) -> None:
        """Chooses the next place to fill, so that what is typed takes its place."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._select_blank(self.text, self.text.textCursor().selectionEnd())

    def show_words(self, words: Sequence[str]) -> None:
        """Marks the words that were looked for, and goes to the first."""
        show_words((self.text, self.resolution), words)

    def typed(self) -> dict[str, str]:
        """What says something else than the record."""
        areas = {"text": self.text, "resolution": self.resolution}
        return {key: area.text() for key, area in areas.items() if area.is_changed()}

    def settle(self) -> None:
        """Takes what stands there for what stands in the record."""
        self.text.settle()
        self.resolution.settle()

    def forget(self) -> None:
        """Lets go of what was typed."""
        self.text.forget()
        self.resolution.forget()

    def show_draft(self, at: datetime | None, problem: str = "") -> None:
        """Says when the draft was kept, or why it was not; None where everything is saved."""
        self._at = at
        if at is None:
            self._tick.stop()
            self.draft.setText(problem)
        else:
            self._tick.start()
            self._show_age()
        restyle(self.draft, tone="bad" if problem else "plain")

    def _show_age(self) -> None:
        if self._at is None:
            return
        age = int((datetime.now() - self._at).total_seconds())
        self.draft.setText(f"草稿 {max(age, 0)} 秒前已存" if age < 60 else f"草稿 {self._at:%H:%M} 已存")

    def _typed(self) -> None:
        self._show_blanks()
        self.changed.emit()

    def _show_blanks(self) -> None:
        left = [] if self.text.isReadOnly() else templates.blanks(self.text.text())
        self.blanks.show_state(f"{len(left)} 处没有填" if left else "", "warn")
        self.next_blank.setVisible(bool(left))
        self.fill.setVisible(any(each.strip("【】 ") in templates.PLACES for each in left))

    def _select_blank(self, area: TextArea, start: int) -> None:
        found = templates.next_blank(area.text(), start)
        if found is not None:
            cursor = area.textCursor()
            cursor.setPosition(found[0])
            cursor.setPosition(found[1], QTextCursor.MoveMode.KeepAnchor)
            area.setTextCursor(cursor)

    def _lay_out(self) -> None:
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.resolution.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        title = label("内容", "heading")
        title.setBuddy(self.text)
        found = row(title, self.blanks, self.next_blank, self.fill, 1, spacing=8)
        head = WrappingRow(found, row(1, self.draft, self.phrases, spacing=8))
        layout = QVBoxLayout(self)
        below = row(word := label("决议", "heading"), self.resolution, spacing=10)
        below.setAlignment(word, Qt.AlignmentFlag.AlignTop)
        word.setContentsMargins(0, 8, 0, 0)
        below.setStretch(1, 1)
        fill(layout, head, self.text, below, spacing=7, margins=CARD_MARGINS)
        layout.setStretch(1, 1)
