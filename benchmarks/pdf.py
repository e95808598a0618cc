"""A ledger on paper, beside the least that reportlab's canvas takes to set the same texts, without any furniture."""

from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from benchmarks.case import Case
from exporters import fonts, pdf
from models.ledger import Sheet
from tests.exporters.sheets import register

_ROWS_A_PAGE = 23


def ours(work: tuple[Sheet, Path]) -> None:
    """The program's own pages."""
    pdf.write(*work)


def canvas(work: tuple[Sheet, Path]) -> None:
    """One text object a page, every cell set at its place in the same font."""
    sheet, path = work
    pdfmetrics.registerFont(ttfonts.TTFont("Plain", fonts.FOLDER / fonts.chain("serif")[0]))
    pages = Canvas(str(path), pagesize=(842, 595))
    wide = 752 / len(sheet.columns)
    kinds = [(45 + place * wide, column.key, column.kind) for place, column in enumerate(sheet.columns)]
    for start in range(0, len(sheet.rows), _ROWS_A_PAGE):
        text = pages.beginText()
        text.setFont("Plain", 7)
        for number, row in enumerate(sheet.rows[start : start + _ROWS_A_PAGE]):
            for x, key, kind in kinds:
                text.setTextOrigin(x, 500 - 20 * number)
                text.textOut(kind.paper(getattr(row, key)))
        pages.drawText(text)
        pages.showPage()
    pages.save()


def _prepare(rows: int, folder: Path) -> tuple[Sheet, Path]:
    return register(rows), folder / "x.pdf"


CASES = (
    Case(
        "10,000 rows × 22 columns to PDF",
        "reportlab canvas, one text object a page",
        lambda folder: _prepare(10_000, folder),
        ours,
        canvas,
        limit=1.3,
    ),
    Case(
        "100,000 rows × 22 columns to PDF",
        "ten times our own 10,000 rows",
        lambda folder: (_prepare(100_000, folder), _prepare(10_000, folder)),
        lambda works: ours(works[0]),
        lambda works: ours(works[1]),
        limit=1.3,
        times=10,
    ),
)
