from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QMessageBox

from gui.papers import printing
from gui.papers.preview import PdfPages
from gui.papers.preview_window import PreviewWindow
from gui.papers.printing import PrintJob, pages_wanted, placed, printer_for

A4 = (595, 842)


def make_pdf(path: Path, pages: int = 3, landscape: bool = False) -> Path:
    """A4 pages, each with a black square 72 points wide, 72 points from its upper left corner."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait)
    writer.setPageMargins(QPageLayout().margins())
    writer.setResolution(72)
    painter = QPainter(writer)
    for number in range(pages):
        if number:
            writer.newPage()
        painter.fillRect(72, 72, 72, 72, Qt.GlobalColor.black)
    painter.end()
    return path


@pytest.fixture
def pdf(tmp_path, qapp):
    return make_pdf(tmp_path / "preview.pdf")


@pytest.fixture
def closed() -> list[Path]:
    return []


@pytest.fixture
def window(qtbot, pdf, tmp_path, owner, closed):
    made = PreviewWindow(pdf, "2026年11月党费收缴登记表", owner, lambda: closed.append(pdf), tmp_path)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.show()
    qtbot.waitUntil(lambda: bool(made.view._drawn))
    yield made
    made.close()


def darkness(image, x, y):
    return 255 - image.pixelColor(QPoint(round(x), round(y))).lightness()


def test_pages_are_counted_measured_and_drawn(pdf):
    with PdfPages(pdf) as pages:
        assert len(pages) == 3
        size = pages.size(0)
        assert (round(size.width()), round(size.height())) == A4
        image = pages.image(1, 2.0)
        assert (image.width(), image.height()) == pytest.approx((1190, 1684), abs=2)
        assert darkness(image, 216, 216) > 250
        assert darkness(image, 100, 100) == 0


def test_the_preview_says_where_one_is_and_goes_through_the_pages(window, qtbot):
    assert window.where.text() == "第 1 页，共 3 页"
    assert window.list.model().rowCount() == 3
    qtbot.keyClick(window.view, Qt.Key.Key_End)
    assert window.where.text() == "第 3 页，共 3 页"
    window.list.setCurrentIndex(window.list.model().index(1, 0))
    assert window.view.current_page() == 1


def test_zoom_fits_width_page_or_goes_by_steps(window, qtbot):
    window.showNormal()
    window.resize(1240, 730)
    qtbot.wait(20)
    width = window.view.zoom
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    whole = window.view.zoom
    assert whole < width
    assert window.zoom.text() == f"{whole:.0%}"
    window.view.set_zoom(1.0)
    window.view.zoom_by(1)
    assert window.view.zoom == 1.25
    window.view.zoom_by(-1)
    window.view.zoom_by(-1)
    assert window.view.zoom == 0.75
    window.view.fit_width()
    window.resize(800, 600)
    qtbot.wait(20)
    assert window.view.zoom < width


def test_a_page_is_drawn_sharp_where_it_is_shown(window, qtbot):
    window.view.set_zoom(0.75)
    qtbot.waitUntil(lambda: window.view._draw_soon.isActive() or (0, window.view._scale()) in window.view._drawn)
    qtbot.waitUntil(lambda: (0, window.view._scale()) in window.view._drawn)
    place = window.view._place(0)
    picture = window.view.viewport().grab().toImage()
    assert darkness(picture, place.left() + 108, place.top() + 108) > 250
    assert darkness(picture, place.left() + 40, place.top() + 40) == 0


def test_the_file_is_let_go_when_the_preview_closes(window, qtbot, closed):
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert closed == [window._path]


def test_without_a_printer_it_offers_to_save(window, qtbot, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    question = window.findChild(QMessageBox)
    assert question.text() == "这台电脑没有安装打印机。"
    next(each for each in question.buttons() if each.text() == "存成 PDF").click()
    dialog = window.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("2026年11月党费收缴登记表.pdf")
    dialog.reject()


def test_a_saved_copy_is_the_very_file(window, pdf, tmp_path):
    window.copy_to(tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == pdf.read_bytes()
    window.copy_to(tmp_path / "no folder" / "copy.pdf")
    assert "没有存成" in window.banner.words.text() or "没有" in window.banner.words.text()


def printer_to(path: Path, pages: PdfPages) -> QPrinter:
    printer = printer_for(pages, "表")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(150)
    return printer


@pytest.mark.parametrize("landscape", [False, True])
def test_printing_puts_every_page_in_its_true_size_on_the_paper(qtbot, tmp_path, owner, landscape):
    with PdfPages(make_pdf(tmp_path / "in.pdf", 2, landscape)) as pages:
        printer = printer_to(tmp_path / "out.pdf", pages)
        job = PrintJob(printer, pages, [0, 1], owner)
        with qtbot.waitSignal(job.ended) as ended:
            job.start()
    assert ended.args == [True]
    with PdfPages(tmp_path / "out.pdf") as printed:
        assert len(printed) == 2
        size = printed.size(0)
        assert (round(size.width()), round(size.height())) == (A4[::-1] if landscape else A4)
        image = printed.image(1, 1.0)
        edges = [x for x in range(1, image.width()) if darkness(image, x, 108) > 128 >= darkness(image, x - 1, 108)]
        assert edges == [pytest.approx(72, abs=1.5)]
        ends = [x for x in range(1, image.width()) if darkness(image, x, 108) <= 128 < darkness(image, x - 1, 108)]
        assert ends == [pytest.approx(144, abs=1.5)]


def test_printing_can_be_stopped(qtbot, tmp_path, owner):
    with PdfPages(make_pdf(tmp_path / "in.pdf", 30)) as pages:
        job = PrintJob(printer_to(tmp_path / "out.pdf", pages), pages, range(30), owner)
        with qtbot.waitSignal(job.progressed):
            job.start()
        with qtbot.waitSignal(job.ended) as ended:
            job.stop()
    assert ended.args == [False]


def test_the_pages_that_were_asked_for(qapp):
    printer = QPrinter()
    assert pages_wanted(printer, 4) == [0, 1, 2, 3]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert pages_wanted(printer, 4) == [1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert pages_wanted(printer, 4) == [2, 1]


def test_a_page_larger_than_the_paper_shrinks_and_others_do_not():
    true = placed(QSizeF(595, 842), QSizeF(1240, 1754), 150)
    assert true.width() == pytest.approx(595 * 150 / 72)
    assert true.center().x() == pytest.approx(620)
    small = placed(QSizeF(842, 1191), QSizeF(1240, 1754), 150)
    assert small.width() <= 1240
    assert small.height() <= 1755


def test_a_window_without_printers_knows_it(monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["一楼"]))
    assert printing.has_printer()
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    assert not printing.has_printer()
