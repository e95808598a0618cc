"""Printing of a PDF file: the very pages that were previewed, drawn at the printer's resolution."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from gui.papers.preview import POINTS_PER_INCH, PdfPages

FINEST = 400  # dots per inch; an A4 page is 60 MB then, and finer is not seen on an office printer


def has_printer() -> bool:
    """Whether this computer has a printer; without one QPrinter would silently write a file."""
    return bool(QPrinterInfo.availablePrinterNames())


def pages_wanted(printer: QPrinter, count: int) -> list[int]:
    """The pages, from 0, that the print dialog asked for, in the order in which they are to come out."""
    wanted = list(range(count))
    if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
        wanted = wanted[printer.fromPage() - 1 : printer.toPage()]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        wanted.reverse()
    return wanted


class PrintJob(QObject):
    """Prints pages one after another between the window's own events, so that it can be stopped."""

    progressed = Signal(int, int)
    ended = Signal(bool)  # whether all pages were handed to the printer

    def __init__(self, printer: QPrinter, pages: PdfPages, numbers: Sequence[int], parent: QObject) -> None:
        super().__init__(parent)
        self._printer = printer
        self._pages = pages
        # A driver that cannot repeat pages by itself gets them as often as they are wanted.
        copies = 1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1)
        self._left = list(numbers) * copies
        self._total = len(self._left)
        self._painter = QPainter()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._print_next)

    def start(self) -> None:
        """Begins; False in `ended` when the printer refuses."""
        self._printer.setFullPage(True)
        if not self._left:
            self.ended.emit(True)
            return
        self._lay_out(self._left[0])
        if self._painter.begin(self._printer):
            self._timer.start()
        else:
            self.ended.emit(False)

    def stop(self) -> None:
        """Stops before the next page."""
        self._timer.stop()
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()
            self.ended.emit(False)

    def _print_next(self) -> None:
        number = self._left.pop(0)
        if self._total - len(self._left) > 1:
            self._lay_out(number)
            self._printer.newPage()
        draw_page(self._painter, self._pages, number, self._printer)
        self.progressed.emit(self._total - len(self._left), self._total)
        if not self._left:
            self._timer.stop()
            self._painter.end()
            self.ended.emit(True)

    def _lay_out(self, number: int) -> None:
        """Turns the paper as the page lies."""
        size = self._pages.size(number)
        wide = size.width() > size.height()
        self._printer.setPageOrientation(
            QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
        )


def draw_page(painter: QPainter, pages: PdfPages, number: int, printer: QPrinter) -> None:
    """Draws one page in its true size in the middle of the paper, smaller only where the paper is smaller."""
    dots = printer.resolution()
    paper = printer.pageLayout().fullRectPixels(dots).size()
    target = placed(pages.size(number), QSizeF(paper), dots)
    fine = min(dots, FINEST) / POINTS_PER_INCH
    painter.drawImage(target, pages.image(number, fine))


def placed(page: QSizeF, paper: QSizeF, dots: int) -> QRectF:
    """Where a page of so many points comes on a paper of so many dots."""
    true = page * (dots / POINTS_PER_INCH)
    # Paper sizes are rounded to whole points: a dot or two of excess is not a reason to shrink.
    room = QSizeF(paper.width() * 1.003, paper.height() * 1.003)
    if true.width() > room.width() or true.height() > room.height():
        true = page * min(paper.width() / page.width(), paper.height() / page.height())
    left, top = (paper.width() - true.width()) / 2, (paper.height() - true.height()) / 2
    return QRectF(left, top, true.width(), true.height())


def printer_for(pages: PdfPages, title: str) -> QPrinter:
    """A printer set up for these pages: their paper size, no margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    size = pages.size(0)
    upright = QSizeF(min(size.width(), size.height()), max(size.width(), size.height()))
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    return printer
