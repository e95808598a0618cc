"""What a form will look like: the very table, and the first page of the very PDF, drawn anew after every change."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QTabWidget, QVBoxLayout

from exporters import pdf
from gui.papers.preview import POINTS_PER_INCH, PdfPages
from gui.parts.cards import fill
from gui.parts.ledger_view import LedgerView
from gui.tasks import Task
from models.ledger import Sheet

_SETTLES_AFTER = 250  # milliseconds without another change
_MOST_ROWS = 300  # more do not change the first page, but take their time
_DOTS = 150  # to the inch: sharp when shrunk to the width of the window


class VariantPreview(QTabWidget):
    """Two faces of one sheet: 打印 and 屏幕."""

    def __init__(self) -> None:
        super().__init__()
        self.table = LedgerView()
        self.page = QLabel("正在排版……")
        self.page.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.page.setAccessibleName("打印出来的第一页")
        area = QScrollArea(widgetResizable=True)
        area.setWidget(self.page)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area = area
        screen = QLabel()
        fill(QVBoxLayout(screen), self.table, margins=(0, 8, 0, 0))
        self.addTab(area, "打印")
        self.addTab(screen, "屏幕")
        self._sheet: Sheet | None = None
        self._image = QImage()
        self._task: Task | None = None
        self._again = False
        self._soon = QTimer(self, singleShot=True, interval=_SETTLES_AFTER)
        self._soon.timeout.connect(self._draw)

    def show_sheet(self, sheet: Sheet) -> None:
        """Shows the table at once, and the page a moment later."""
        self._sheet = sheet
        self.table.show_sheet(sheet)
        self._soon.start()

    def is_drawing(self) -> bool:
        """Whether the page that is shown is about to be replaced."""
        return self._task is not None or self._soon.isActive()

    def stop(self) -> None:
        """Draws no more, and waits for the drawing that is under way."""
        self._soon.stop()
        self._sheet = None
        if self._task is not None:
            self._task.wait()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _draw(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        if self._task is not None:
            self._again = True
            return
        self._task = Task("预览", lambda _progress: _first_page(sheet), self)
        self._task.succeeded.connect(self._show_page)
        self._task.failed.connect(self._fail)
        self._task.ended.connect(self._drawn)
        self._task.start()

    def _show_page(self, image: QImage) -> None:
        self._image = image
        self._fit()

    def _fail(self, error: Exception) -> None:
        """Leaves it to the window to say what is wrong; the table and the last page stay."""
        raise error

    def _drawn(self) -> None:
        self._task = None
        if self._again:
            self._again = False
            self._draw()

    def _fit(self) -> None:
        """Shows the page as wide as there is room."""
        if self._image.isNull():
            return
        dots = self.devicePixelRatioF()
        width = round((self._area.viewport().width() - 8) * dots)
        shown = QPixmap.fromImage(self._image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
        shown.setDevicePixelRatio(dots)
        self.page.setPixmap(shown)


def _first_page(sheet: Sheet) -> QImage:
    """The first page as it would be printed."""
    with TemporaryDirectory(prefix="preview-") as folder:
        path = Path(folder) / "page.pdf"
        pdf.write(replace(sheet, rows=sheet.rows[:_MOST_ROWS]), path)
        with PdfPages(path) as pages:
            return pages.image(0, _DOTS / POINTS_PER_INCH)
