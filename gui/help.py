"""The manual inside the program: chapters in Markdown, found by page or by words."""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextTable,
)
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from gui.palette import PALETTE
from gui.parts.cards import column, fill, label, line_edit, row
from gui.theme import scaled

_ORDER = re.compile(r"^\d+[-_. ]*")


@dataclass(frozen=True)
class Chapter:
    """One file of the manual; `name` is that of the page it explains."""

    name: str
    title: str
    text: str


def chapters(folder: Path) -> list[Chapter]:
    """The chapters in `folder` in the order of their file names (a number before a name only orders it)."""
    found = []
    for file in sorted(folder.glob("*.md")):
        text = file.read_text(encoding="utf-8")
        heading = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
        name = _ORDER.sub("", file.stem)
        found.append(Chapter(name, heading[1].strip() if heading else name, text))
    return found


class Leaf(QTextBrowser):
    """A chapter; its pictures, files of `folder`, are no wider than it is."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_pictures()

    def fit_pictures(self) -> None:
        """Puts the pictures in as they are, or smaller where there is no room for that."""
        document = self.document()
        room = int(self.viewport().width() - 2 * document.documentMargin())
        for place, shape in _pictures(document):
            picture = QImage(str(self._folder / shape.name()))
            width = min(picture.width(), room)
            if width <= 0 or width == shape.width():
                continue
            smooth = picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(shape.name()), smooth)
            shape.setWidth(width)
            shape.setHeight(smooth.height())
            cursor = QTextCursor(document)
            cursor.setPosition(place)
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(shape)


class Manual(QDialog):
    """Shows the manual beside the window: chapters at the left, words to look for above them."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("使用手册")
        self.resize(980, 660)
        self._chapters = chapters(folder)
        self.search = line_edit("在手册里查找", self._look_for)
        self.list = QListWidget()
        self.list.setProperty("plain", True)
        self.text = Leaf(folder)
        self.text.setOpenExternalLinks(False)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        self.text.document().setDocumentMargin(22)
        self.found = label("", "small")
        side = column(self.search, self.found, self.list, spacing=8, margins=(14, 14, 14, 14))
        layout = row(side, self.text, spacing=0)
        layout.setStretch(1, 1)
        fill(QVBoxLayout(self), layout)
        self.list.setFixedWidth(scaled(self, 220))
        self.list.currentItemChanged.connect(self._show)
        self._look_for("")

    def open_at(self, name: str) -> None:
        """Shows the chapter about a page, or the first one when the page has none of its own."""
        self.search.clear()
        names = [chapter.name for chapter in self._chapters]
        if names:
            self.list.setCurrentRow(names.index(name) if name in names else 0)
        self.show()
        self.raise_()
        self.activateWindow()
        self.search.setFocus()

    def _look_for(self, words: str) -> None:
        """Lists the chapters that hold the words, and goes to the first place in the first of them."""
        wanted = words.strip().casefold()
        self.list.clear()
        for chapter in self._chapters:
            if wanted in chapter.text.casefold():
                item = QListWidgetItem(chapter.title)
                item.setData(Qt.ItemDataRole.UserRole, chapter)
                self.list.addItem(item)
        self.found.setText(f"{self.list.count()} 章提到" if wanted else f"共 {self.list.count()} 章")
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            self.text.clear()

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        chapter: Chapter = item.data(Qt.ItemDataRole.UserRole)
        self.text.setMarkdown(chapter.text)
        _set_apart(self.text.document(), self.font().pixelSize())
        self.text.fit_pictures()
        words = self.search.text().strip()
        if words and not self.text.find(words):
            self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _follow(self, link: QUrl) -> None:
        """Follows a link to another chapter or a section of it; the manual opens nothing outside itself."""
        name = _ORDER.sub("", Path(link.path()).stem)
        if link.path() and any(chapter.name == name for chapter in self._chapters):
            self.open_at(name)
        if link.isRelative() and link.hasFragment():
            self._go_to(link.fragment(QUrl.ComponentFormattingOption.FullyDecoded))

    def _go_to(self, anchor: str) -> None:
        """Brings a section to the top."""
        block = self.text.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and _anchor(block.text()) == anchor:
                self.text.moveCursor(QTextCursor.MoveOperation.End)  # so that coming back puts the heading at the top
                self.text.setTextCursor(QTextCursor(block))
                return
            block = block.next()


def _anchor(heading: str) -> str:
    """What a link calls a section, as the pages that show Markdown do."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _pictures(document: QTextDocument) -> list[tuple[int, QTextImageFormat]]:
    """Where pictures stand, and their format."""
    cursor, found = QTextCursor(document), []
    while not (cursor := document.find("\ufffc", cursor)).isNull():
        if cursor.charFormat().isImageFormat():
            found.append((cursor.selectionStart(), cursor.charFormat().toImageFormat()))
    return found


def _set_apart(document: QTextDocument, text: int) -> None:
    """Gives Markdown the air that Qt leaves out; `text` is the size of its letters in pixels."""
    cursor = QTextCursor(document)
    pictured = {document.findBlock(place).position() for place, _ in _pictures(document)}
    block = document.begin()
    while block.isValid():
        shape = block.blockFormat()
        level = shape.headingLevel()
        if block.position() not in pictured:
            shape.setLineHeight(145, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        shape.setTopMargin(text * (1.4 if level else 0.2) if block.blockNumber() else 0)
        shape.setBottomMargin(text * 0.4)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(shape)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            lines = frame.format()
            lines.setCellPadding(text * 0.4)
            lines.setBorderCollapse(True)
            lines.setBorderBrush(QColor(PALETTE.line))
            lines.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            frame.setFormat(lines)
