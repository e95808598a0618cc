"""The pages of a PDF one under another, drawn as they come into view."""

from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from gui.palette import PALETTE
from gui.papers.preview import POINTS_PER_INCH, PdfPages

SCREEN_DOTS = 96
ZOOMS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_GAP = 14
_KEPT = 8  # drawn pages kept in memory


class PagesView(QAbstractScrollArea):
    """Shows pages at a zoom (1.0 is true size on a 96 dpi screen) or fitted to the width or to the window."""

    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, pages: PdfPages) -> None:
        super().__init__()
        self._pages = pages
        self._sizes = [pages.size(number) for number in range(len(pages))]
        self._drawn: OrderedDict[tuple[int, float], QImage] = OrderedDict()
        self._waiting: list[int] = []
        self._tops: list[int] = []  # where each page begins, in pixels from the head of the first
        self._zoom = 1.0
        self._fit = "width"
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._draw_soon = QTimer(self, singleShot=True, interval=0)
        self._draw_soon.timeout.connect(self._draw_one)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.page_changed.emit(self.current_page()))

    @property
    def zoom(self) -> float:
        return self._zoom

    def current_page(self) -> int:
        """The page that holds the middle of the window, counted from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return max(bisect_right(self._tops, middle) - 1, 0)

    def go_to(self, number: int) -> None:
        """Brings the head of a page to the top."""
        self.verticalScrollBar().setValue(self._tops[number] - _GAP)

    def fit_width(self) -> None:
        """Shows pages as wide as the window, whatever its size."""
        self._set_fit("width")

    def fit_page(self) -> None:
        """Shows whole pages, whatever the window's size."""
        self._set_fit("page")

    def zoom_by(self, steps: int) -> None:
        """Goes `steps` of the usual zooms up or down."""
        above = [zoom for zoom in ZOOMS if zoom > self._zoom + 0.01]
        below = [zoom for zoom in ZOOMS if zoom < self._zoom - 0.01]
        if steps > 0 and above:
            self.set_zoom(above[0])
        elif steps < 0 and below:
            self.set_zoom(below[-1])

    def set_zoom(self, zoom: float) -> None:
        """Shows the pages at this zoom, the current one staying in view."""
        self._fit = ""
        self._apply(zoom)

    def stop(self) -> None:
        """Draws no more: the file is about to be closed."""
        self._draw_soon.stop()
        self._waiting = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply(self._fitted())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._sizes) - 1}
        if event.key() in steps:
            self.go_to(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            self.verticalScrollBar().triggerAction(self.verticalScrollBar().SliderAction.SliderPageStepAdd)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), QColor(PALETTE.trough))
        self._waiting = []
        top = self.verticalScrollBar().value()
        first = max(bisect_right(self._tops, top) - 1, 0)
        last = bisect_right(self._tops, top + self.viewport().height())
        for number in range(first, last):
            place = self._place(number)
            painter.fillRect(place, QColor(PALETTE.surface))
            self._paint_page(painter, number, place)
            painter.setPen(QColor(PALETTE.edge))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()
        if self._waiting:
            self._draw_soon.start()

    def _paint_page(self, painter: QPainter, number: int, place: QRect) -> None:
        """Draws the page if it is ready at this zoom; else the last drawing of it, and asks for a new one."""
        image = self._drawn.get((number, self._scale()))
        if image is None:
            self._waiting.append(number)
            image = next((drawn for (which, _), drawn in self._drawn.items() if which == number), None)
        if image is not None:
            painter.drawImage(place, image)

    def _draw_one(self) -> None:
        if not self._waiting:
            return
        number = self._waiting.pop(0)
        scale = self._scale()
        self._drawn[number, scale] = self._pages.image(number, scale)
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        self.viewport().update()

    def _scale(self) -> float:
        """Device pixels to the point."""
        return self._zoom * SCREEN_DOTS / POINTS_PER_INCH * self.devicePixelRatioF()

    def _page_pixels(self, number: int) -> QSize:
        return (self._sizes[number] * (self._zoom * SCREEN_DOTS / POINTS_PER_INCH)).toSize()

    def _place(self, number: int) -> QRect:
        """Where a page lies in the window now."""
        size = self._page_pixels(number)
        width = max(self.viewport().width(), self.horizontalScrollBar().maximum() + self.viewport().width())
        left = (width - size.width()) // 2 - self.horizontalScrollBar().value()
        return QRect(left, self._tops[number] - self.verticalScrollBar().value(), size.width(), size.height())

    def _set_fit(self, fit: str) -> None:
        self._fit = fit
        self._apply(self._fitted())

    def _fitted(self) -> float:
        if not self._fit or not self._sizes:
            return self._zoom
        widest = max(size.width() for size in self._sizes) * SCREEN_DOTS / POINTS_PER_INCH
        highest = max(size.height() for size in self._sizes) * SCREEN_DOTS / POINTS_PER_INCH
        across = (self.viewport().width() - 2 * _GAP) / widest
        return across if self._fit == "width" else min(across, (self.viewport().height() - 2 * _GAP) / highest)

    def _apply(self, zoom: float) -> None:
        page = self.current_page() if self._tops else 0
        self._zoom = min(max(zoom, 0.1), ZOOMS[-1])
        heights = (self._page_pixels(number).height() + _GAP for number in range(len(self._sizes)))
        *self._tops, height = accumulate(heights, initial=_GAP)
        width = 2 * _GAP + max((self._page_pixels(number).width() for number in range(len(self._sizes))), default=0)
        for bar, whole, seen in (
            (self.verticalScrollBar(), height, self.viewport().height()),
            (self.horizontalScrollBar(), width, self.viewport().width()),
        ):
            bar.setRange(0, max(whole - seen, 0))
            bar.setPageStep(seen)
            bar.setSingleStep(40)
        if page:
            self.go_to(page)
        self.zoom_changed.emit(self._zoom)
        self.viewport().update()
