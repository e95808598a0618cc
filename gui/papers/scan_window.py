"""Looking at a scan that is kept with a record."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.ledgers.chapters import offer_help
from gui.page import Page
from gui.papers.papers import preview, save_as
from gui.parts.cards import button, fill, label, row
from gui.tasks import Progress
from models import attachments
from models.attachments import Attachment

_PDF = "application/pdf"


def open_scan(page: Page, attachment_id: int, name: str) -> None:
    """Shows a PDF in the preview and a picture in a window of its own; anything else is saved where it is wanted."""
    with page.workspace.reading() as session:
        content = attachments.content(session, attachment_id)
        media_type = session.get_one(Attachment, attachment_id).media_type

    def write(path: Path, _progress: Progress) -> None:
        path.write_bytes(content)

    picture = QPixmap()
    if media_type == _PDF:
        preview(page, "扫描件", write)
    elif media_type.startswith("image/") and picture.loadFromData(content):
        ScanWindow(picture, name, lambda: save_as(page, "保存扫描件", name, write), page).show()
    else:
        save_as(page, "保存附件", name, write)


class ScanWindow(QDialog):
    """A picture, made to fit the window."""

    def __init__(self, picture: QPixmap, name: str, save: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        offer_help(self, "close")
        self.setWindowTitle("扫描件")
        self.name = label(name, "strong")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 640)
        shown = QLabel()
        shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown.setPixmap(picture.scaledToWidth(min(picture.width(), 1600), Qt.TransformationMode.SmoothTransformation))
        area = QScrollArea(widgetResizable=True)
        area.setWidget(shown)
        foot = row(self.name, 1, button("另存为…", save), button("关闭", self.reject), margins=(14, 8, 14, 12))
        fill(QVBoxLayout(self), area, foot, spacing=0)
