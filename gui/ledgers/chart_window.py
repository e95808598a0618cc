"""The charts of a ledger on the screen, and from there on paper and in Excel."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from exporters import charts, undrawn
from gui.ledgers.chapters import offer_help
from gui.page import Page
from gui.papers.papers import preview, save_as
from gui.parts.cards import button, fill, label, row
from gui.parts.dialog_size import open_at
from gui.tasks import Progress
from gui.theme import scaled
from models.errors import UserError
from models.ledger import Sheet
from models.ledgers.charts import Chart, charts_of

_DRAWN_WIDE, _DRAWN_TALL = 640, 250  # points in which a chart is drawn
_WIDE, _TALL = 820, 320  # pixels in which it is shown in the standard size of text
_SCREEN_FAMILY = "Zhibu Sans"


class ChartWindow(QDialog):
    """The charts one under the other; Ctrl+P and Ctrl+E as on every page."""

    def __init__(self, page: Page, heading: str, drawn: Sequence[Chart]) -> None:
        super().__init__(page)
        offer_help(self, "ledgers")
        self.setWindowTitle("图表")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._page, self._heading, self._charts = page, heading, drawn
        self.pictures = [self._picture(chart) for chart in drawn]
        sheet = QWidget()
        fill(QVBoxLayout(sheet), *self.pictures, 1, spacing=18, margins=(8, 8, 8, 8))
        area = QScrollArea(widgetResizable=True)
        area.setWidget(sheet)
        self.print_button = button("预览打印　Ctrl+P", self.print_out, primary=True)
        self.excel_button = button("导出 Excel　Ctrl+E", self.export)
        self.leave = button("关闭", self.reject)
        self.print_button.setShortcut("Ctrl+P")
        self.excel_button.setShortcut("Ctrl+E")
        foot = row(1, self.leave, self.excel_button, self.print_button)
        fill(QVBoxLayout(self), label(heading, "strong"), area, foot, spacing=12, margins=(18, 16, 18, 14))
        open_at(self, _WIDE + 80, min(len(drawn), 2) * (_TALL + 18) + 130)

    def print_out(self) -> None:
        """Shows the pages as they will be printed."""
        heading, drawn = f"{self._heading}图表", self._charts

        def write(path: Path, _progress: Progress) -> str:
            return undrawn.in_papers(charts.write_pdf(heading, drawn, path), drawn)

        self.accept()
        preview(self._page, heading, write)

    def export(self) -> None:
        """Saves a workbook with a chart of Excel's own on each tab."""
        drawn = self._charts

        def write(path: Path, _progress: Progress) -> str:
            charts.write_workbook(drawn, path)
            return ""

        self.accept()
        save_as(self._page, "导出图表", f"{self._heading}图表.xlsx", write)

    def _picture(self, chart: Chart) -> QSvgWidget:
        picture = QSvgWidget()
        picture.load(QByteArray(charts.svg(chart, _DRAWN_WIDE, _DRAWN_TALL, _SCREEN_FAMILY)))
        picture.setFixedSize(scaled(self, _WIDE), scaled(self, _TALL))
        picture.setAccessibleName(chart.title)
        said = (f"{name} {value}" for name, value in zip(chart.labels, chart.series[-1].values, strict=True))
        picture.setAccessibleDescription("；".join(said))
        return picture


def show_charts(page: Page, sheet: Sheet) -> ChartWindow:
    """Opens the charts of a filled ledger; UserError where there is nothing to be drawn."""
    drawn = charts_of(sheet)
    if not drawn:
        raise UserError("这本台账还没有可以画成图表的内容。")
    window = ChartWindow(page, sheet.heading, drawn)
    window.open()
    return window
