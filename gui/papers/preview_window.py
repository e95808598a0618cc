"""The preview: the very PDF that prints, with zoom, a list of pages, printing and saving."""

import shutil
from collections.abc import Callable
from filecmp import cmp
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListView, QToolButton, QVBoxLayout, QWidget

from exporters.files import replacing
from gui import icons
from gui.ledgers.chapters import offer_help
from gui.messages import Banner, ask
from gui.papers import printing
from gui.papers.page_list import PageList
from gui.papers.pages_view import PagesView
from gui.papers.preview import PdfPages
from gui.parts.cards import button, fill, label, row
from gui.parts.dialog_size import fill_small_screen
from gui.parts.file_dialogs import ask_where_to_save
from gui.theme import scaled
from models.errors import UserError


class PreviewWindow(QDialog):
    """Shows a PDF file, prints it and saves copies; `closed` is called when the window is done with the file."""

    def __init__(self, path: Path, title: str, parent: QWidget, closed: Callable[[], object], folder: Path) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        offer_help(self, "print")
        self.setWindowTitle(f"预览　{title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1240, 730)
        fill_small_screen(self)
        self._path, self._title, self._folder, self._closed = path, title, folder, closed
        self._pages = PdfPages(path)
        self._job: printing.PrintJob | None = None
        self._warning = ""
        self.view = PagesView(self._pages)
        self.list = self._page_list()
        self.where, self.zoom = label("", "quiet"), label("", "quiet")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setMinimumWidth(scaled(self, 52))
        body = row(self.list, self.view, spacing=0)
        body.setStretch(1, 1)
        layout = QVBoxLayout(self)
        fill(layout, self._bar(), body, spacing=0)
        layout.setStretch(1, 1)
        self.banner = Banner(self.view)
        self.view.page_changed.connect(self._show_place)
        self.view.zoom_changed.connect(lambda zoom: self.zoom.setText(f"{zoom:.0%}"))
        self.finished.connect(self._let_go)
        self.destroyed.connect(lambda _gone: closed())  # with the page below it, without having been closed
        self._show_place(0)
        self._set_keys()
        self.view.setFocus()

    def warn(self, sentence: str) -> None:
        """Tells what is not right on these pages, now and whenever they have been printed or saved."""
        self._warning = sentence
        self.banner.tell("warn", sentence)

    def print_pages(self) -> None:
        """Asks for printer, pages and copies, and prints; without a printer it offers to save the file."""
        if self._job is not None:
            return
        if not printing.has_printer():
            ask(
                self,
                "这台电脑没有安装打印机。",
                detail="可以先存成 PDF 文件，拿到有打印机的电脑上打印，内容和预览一样。",
                yes="存成 PDF",
                then=self.save,
            )
            return
        printer = printing.printer_for(self._pages, self._title)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, len(self._pages))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # QPrintDialog's own open() wants a receiver and a slot by name

    def print_on(self, printer: QPrinter) -> None:
        """Prints the pages that are wanted, on this printer."""
        numbers = printing.pages_wanted(printer, len(self._pages))
        self._job = printing.PrintJob(printer, self._pages, numbers, self)
        self._job.progressed.connect(self._show_printed)
        self._job.ended.connect(self._after_printing)
        self._job.start()

    def save(self) -> None:
        """Saves a copy of the file that is shown."""
        ask_where_to_save(self, "存成 PDF", self._folder, f"{self._title}.pdf", self.copy_to)

    def copy_to(self, target: Path) -> None:
        """Writes a copy of the file, byte for byte, in the place of whatever stood there."""
        try:
            with replacing(target, self._same) as file, self._path.open("rb") as source:
                shutil.copyfileobj(source, file)
        except UserError as refusal:
            self.banner.tell("bad", str(refusal))
        else:
            self._tell_done(f"已保存到 {target}")

    def _same(self, written: Path) -> None:
        if not cmp(self._path, written, shallow=False):
            raise UserError("写出的文件和预览的不一样，没有存成。")

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("top")
        tools = [
            _tool("zoom-out", "缩小　Ctrl+-", lambda: self.view.zoom_by(-1)),
            self.zoom,
            _tool("zoom-in", "放大　Ctrl++", lambda: self.view.zoom_by(1)),
            _tool("fit-width", "适合宽度　Ctrl+1", self.view.fit_width),
            _tool("fit-page", "整页　Ctrl+2", self.view.fit_page),
        ]
        fill(
            QHBoxLayout(bar),
            label(self._title, "title"),
            self.where,
            1,
            row(*tools, spacing=4),
            button("存成 PDF　Ctrl+S", self.save),
            button("打印　Ctrl+P", self.print_pages, primary=True, icon="printer"),
            spacing=14,
            margins=(18, 8, 18, 8),
        )
        return bar

    def _page_list(self) -> QListView:
        pages = QListView()
        pages.setObjectName("pages")
        pages.setModel(PageList(self._pages, self.devicePixelRatioF(), self))
        pages.setViewMode(QListView.ViewMode.IconMode)
        shapes = [self._pages.size(number) for number in range(len(self._pages))]
        height = min(max(round(84 * shape.height() / shape.width()) for shape in shapes), 118)
        pages.setIconSize(QSize(84, height))
        pages.setGridSize(QSize(112, height + 34))
        pages.setUniformItemSizes(True)
        pages.setMovement(QListView.Movement.Static)
        pages.setFixedWidth(138)
        pages.setVisible(len(self._pages) > 1)
        pages.selectionModel().currentChanged.connect(self._go_to)
        return pages

    def _set_keys(self) -> None:
        keys = {
            "Ctrl+P": self.print_pages,
            "Ctrl+S": self.save,
            "Ctrl+-": lambda: self.view.zoom_by(-1),
            "Ctrl++": lambda: self.view.zoom_by(1),
            "Ctrl+=": lambda: self.view.zoom_by(1),
            "Ctrl+1": self.view.fit_width,
            "Ctrl+2": self.view.fit_page,
        }
        for key, slot in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def _go_to(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.row() != self.view.current_page():
            self.view.go_to(now.row())

    def _show_place(self, number: int) -> None:
        self.where.setText(f"第 {number + 1} 页，共 {len(self._pages)} 页")
        if self.list.currentIndex().row() != number:
            self.list.setCurrentIndex(self.list.model().index(number, 0))

    def _show_printed(self, done: int, total: int) -> None:
        self.banner.tell("warn", f"正在打印：{done} / {total} 页，关闭预览即停止。")

    def _after_printing(self, whole: bool) -> None:
        self._job = None
        if whole:
            self._tell_done("已送到打印机")
        else:
            self.banner.tell("bad", "打印机没有接受，请检查打印机后再试，或先存成 PDF。")

    def _tell_done(self, words: str) -> None:
        if self._warning:
            self.banner.tell("warn", f"{words}。{self._warning}")
        else:
            self.banner.tell("good", words)

    def _let_go(self) -> None:
        if self._job is not None:
            self._job.stop()
        self.view.stop()
        self._pages.close()
        self._closed()


def _tool(icon: str, hint: str, slot: Callable[[], object]) -> QToolButton:
    made = QToolButton()
    made.setIcon(icons.icon(icon))
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    made.clicked.connect(lambda _checked=False: slot())
    return made
