"""Charts, drawn once: as SVG for the screen, on pages of a PDF, and as Excel's own charts beside their figures."""

import io
import re
from collections.abc import Sequence
from decimal import Decimal
from math import ceil, log10
from pathlib import Path

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Font
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.shapes import STATE_DEFAULTS, Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from exporters import fonts, verify
from exporters.files import replacing
from exporters.paper import A4, MM, Paper
from models.ledgers.charts import Chart, Figure

# Or every page would name Helvetica, which no page draws with and no file of ours holds.
STATE_DEFAULTS["fontName"] = fonts.font(fonts.chain("sans")[0]).fontName

_COLOURS = ("#B5322A", "#CF8881")
_PALE_FIRST = ("#E4C9C5", "#B5322A")  # of two series the first stands pale behind the second
_TEXT, _QUIET, _LINE = "#1F1B16", "#6B645B", "#E4DFD8"
_TOP, _FOOT, _LEFT, _RIGHT = 46, 34, 58, 14
_GRID_LINES = 4
_FILLED, _WIDEST, _NARROWER = 0.62, 46, 0.36  # of the room of a label, points, what a bar in front is less wide
# What is cut away at the edges of the whole picture: Qt knows no clipping of SVG and would paint it black.
_CLIP = re.compile(r"<clipPath.*?</clipPath>", re.DOTALL)
_FEW = 8  # labels beside which there is room for the fen


def draw(chart: Chart, width: float, height: float) -> Drawing:
    """The chart in so many points: title and names of the series above, bars over a grid of round figures."""
    drawing = Drawing(width, height)
    regular, bold = (fonts.font(fonts.chain(style)[0]).fontName for style in ("sans", "sans bold"))
    _write(drawing, 4, height - 16, f"{chart.title}（{chart.unit}）", bold, 12, _TEXT)
    colours = _colours(chart)
    x = width - _RIGHT
    for series, colour in reversed(list(zip(chart.series, colours, strict=False))):
        x -= 9 * len(series.name) + 22
        drawing.add(Rect(x, height - 16, 9, 9, fillColor=HexColor(colour), strokeColor=None))
        _write(drawing, x + 13, height - 15, series.name, regular, 9, _QUIET)
    highest = round_above(max((float(value) for series in chart.series for value in series.values), default=0))
    tall = height - _TOP - _FOOT
    for number in range(_GRID_LINES + 1):
        y, value = _FOOT + tall * number / _GRID_LINES, highest * number / _GRID_LINES
        drawing.add(Line(_LEFT, y, width - _RIGHT, y, strokeColor=HexColor(_LINE), strokeWidth=0.7))
        _write(drawing, _LEFT - 6, y - 3, f"{value:,.10g}", regular, 8, _QUIET, "end")
    _bars(drawing, chart, colours, regular, tall / highest, (width - _LEFT - _RIGHT) / max(len(chart.labels), 1))
    return drawing


def _is_layered(chart: Chart) -> bool:
    return len(chart.series) > 1 and not chart.apart


def _colours(chart: Chart) -> tuple[str, str]:
    return _PALE_FIRST if _is_layered(chart) else _COLOURS


def _bars(drawing: Drawing, chart: Chart, colours: Sequence[str], font: str, scale: float, room: float) -> None:
    """The bars of each label, empty ones left out: one behind the other with the figure of the last, or each apart."""
    for place, label in enumerate(chart.labels):
        middle = _LEFT + room * (place + 0.5)
        if chart.apart:
            own = room * _FILLED / len(chart.series)
            for number, (series, colour) in enumerate(zip(chart.series, colours, strict=False)):
                at = middle + own * (number - (len(chart.series) - 1) / 2)
                tall = _bar(drawing, at, min(own, _WIDEST), series.values[place], scale, colour)
                _figure(drawing, chart, series.values[place], at, tall, own, font)
        else:
            tall = max(
                _bar(drawing, middle, min(room * _FILLED, _WIDEST) * (1 - number * _NARROWER), each.values[place],
                     scale, colour)
                for number, (each, colour) in enumerate(zip(chart.series, colours, strict=False))
            )  # fmt: skip
            _figure(drawing, chart, chart.series[-1].values[place], middle, tall, room, font)
        _write(drawing, middle, _FOOT - 14, label, font, _fit(label, font, 9.5, room), _TEXT, "middle")


def _bar(drawing: Drawing, middle: float, wide: float, value: Figure, scale: float, colour: str) -> float:
    """Draws a bar over its middle unless it is empty; answers how tall it is, in points."""
    tall = max(float(value), 0) * scale
    if tall:
        drawing.add(Rect(middle - wide / 2, _FOOT, wide, tall, fillColor=HexColor(colour), strokeColor=None))
    return tall


def _figure(drawing: Drawing, chart: Chart, value: Figure, middle: float, tall: float, room: float, font: str) -> None:
    """Writes a figure above its bar, none of nothing."""
    if value:
        said = _said(value, chart.unit == "元", whole=len(chart.labels) > _FEW)
        _write(drawing, middle, _FOOT + tall + 3, said, font, _fit(said, font, 8.5, room), _TEXT, "middle")


def _fit(text: str, font: str, size: float, room: float) -> float:
    """The size at which a text takes no more than its room."""
    wide = stringWidth(text, font, size)
    return size if wide <= room - 2 else size * (room - 2) / wide


def _write(
    drawing: Drawing, x: float, y: float, text: str, font: str, size: float, colour: str, anchor: str = "start"
) -> None:
    drawing.add(String(x, y, text, fontName=font, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor))


def _said(value: Figure, money: bool, whole: bool) -> str:
    if isinstance(value, Decimal) and money:
        return f"{value:,.0f}" if whole else f"{value:,.2f}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def round_above(value: float) -> float:
    """The next figure that four lines divide into round ones: 4, 8, 20, 40, 80, 200 …"""
    if value <= 0:
        return float(_GRID_LINES)
    power = 10 ** max(ceil(log10(value)) - 1, 0)
    steps = (step * power for step in (1, 2, 4, 8, 10, 12, 20, 40))
    return float(next(step for step in steps if step >= value and step % _GRID_LINES == 0))


def svg(chart: Chart, width: float, height: float, family: str) -> bytes:
    """The chart for the screen, its letters in a family that the screen knows."""
    text: str = renderSVG.drawToString(draw(chart, width, height))
    for style in ("sans", "sans bold"):
        name = fonts.font(fonts.chain(style)[0]).fontName
        weight = "bold" if style == "sans bold" else "normal"
        text = text.replace(f"font-family: {name}", f"font-family: '{family}'; font-weight: {weight}")
    return _CLIP.sub("", text).encode()


def write_pdf(heading: str, charts: Sequence[Chart], path: Path) -> frozenset[str]:
    """Writes the charts on upright pages, three to a page; answers the characters that no font has."""
    paper = Paper(A4, heading)
    side, top, tall = 20 * MM, 34 * MM, 78 * MM
    for start in range(0, len(charts), 3):
        paper.text(paper.width / 2, 22 * MM, heading, 18, "serif bold", "centre")
        for place, chart in enumerate(charts[start : start + 3]):
            bottom = paper.height - top - (place + 1) * tall
            renderPDF.draw(draw(chart, paper.width - 2 * side, tall - 8 * MM), paper.canvas, side, bottom)
        paper.foot("内部资料", start // 3 + 1, -(-len(charts) // 3), side, paper.height - 10 * MM)
        paper.end_page()
    return paper.save(path)


def write_workbook(charts: Sequence[Chart], path: Path) -> None:
    """Writes a tab for each chart: its figures, and beside them Excel's own chart of them."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for chart in charts:
        _tab(workbook.create_sheet(chart.title[:31]), chart)
    file = io.BytesIO()
    workbook.save(file)
    with replacing(path, verify.workbook([len(chart.labels) + 2 for chart in charts], None)) as out:
        out.write(file.getvalue())


def _tab(page: Worksheet, chart: Chart) -> None:
    page["A1"] = f"{chart.title}（{chart.unit}）"
    page["A1"].font = Font(bold=True, size=14)
    page.append(["", *(series.name for series in chart.series)])
    for place, label in enumerate(chart.labels):
        page.append([label, *(series.values[place] for series in chart.series)])
    for row in page.iter_rows(min_row=3, min_col=2):
        for cell in row:
            cell.number_format = "#,##0.00" if chart.unit == "元" else "General"
    for letter, wide in (("A", 18), ("B", 13), ("C", 13)):
        page.column_dimensions[letter].width = wide
    last = len(chart.labels) + 2
    drawn = BarChart()
    drawn.type, drawn.title, drawn.width, drawn.height = "col", f"{chart.title}（{chart.unit}）", 20, 10
    drawn.add_data(
        Reference(page, min_col=2, max_col=len(chart.series) + 1, min_row=2, max_row=last), titles_from_data=True
    )
    drawn.set_categories(Reference(page, min_col=1, min_row=3, max_row=last))
    drawn.x_axis.delete = drawn.y_axis.delete = False
    for series in drawn.series if chart.apart else drawn.series[-1:]:
        series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    drawn.overlap, drawn.gapWidth = 60 if _is_layered(chart) else 0, 60
    if len(chart.series) == 1:
        drawn.legend = None
    for series, colour in zip(drawn.series, _colours(chart), strict=False):
        series.graphicalProperties.solidFill = colour.lstrip("#")
    page.add_chart(drawn, "E2")
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
