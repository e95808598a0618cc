"""A ledger as a workbook, beside the best plain way that openpyxl offers: write-only, one styled cell a column."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from benchmarks.case import Case
from exporters import excel
from models.ledger import Sheet
from tests.exporters.sheets import register


def ours(work: tuple[Sheet, Path]) -> None:
    """The program's own workbook."""
    excel.write(*work)


def plain(work: tuple[Sheet, Path]) -> None:
    """The same furniture, formats and totals; openpyxl leaves out the values of the totals."""
    sheet, path = work
    book = Workbook(write_only=True)
    page = book.create_sheet("台账")
    last = get_column_letter(len(sheet.columns))
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.freeze_panes = "A4"
    page.print_title_rows = "3:3"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.right.text = "第 &P 页　共 &N 页"
    page.merged_cells.ranges.add(CellRange(f"A1:{last}1"))
    cells = [_styled(page, column.kind.excel_format) for column in sheet.columns]
    heads = [_styled(page, "@") for _ in sheet.columns]
    page.append([sheet.heading])
    page.append(list(sheet.lines))
    for head, column in zip(heads, sheet.columns, strict=True):
        head.value = column.title
    page.append(heads)
    for row in sheet.rows:
        for cell, column in zip(cells, sheet.columns, strict=True):
            cell.value = column.kind.cell(getattr(row, column.key))
        page.append(cells)
    end = len(sheet.rows) + 3
    for cell, column, number in zip(cells, sheet.columns, range(1, len(cells) + 1), strict=True):
        letter = get_column_letter(number)
        cell.value = f"=SUM({letter}4:{letter}{end})" if column.totalled else None
    page.append(cells)
    book.save(path)


def _styled(page: object, number_format: str) -> WriteOnlyCell:
    side = Side(style="thin")
    cell = WriteOnlyCell(page)
    cell.font = Font(name="宋体", size=10.5)
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.alignment = Alignment(horizontal="center", vertical="center")
    cell.number_format = number_format
    return cell


def _case(rows: int) -> Case:
    def prepare(folder: Path) -> tuple[Sheet, Path]:
        return register(rows), folder / "x.xlsx"

    floor = "openpyxl, write-only, one re-used cell a column"
    return Case(f"{rows:,} rows × 22 columns to Excel", floor, prepare, ours, plain, limit=1.2)


CASES = (_case(10_000), _case(100_000))
