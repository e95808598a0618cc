"""From a filled ledger to a file or to paper: what 导出 and 预览打印 do on every page that shows one."""

from pathlib import Path

from gui.page import Page
from gui.papers.papers import preview, save_as
from gui.tasks import Progress
from models.ledger import Sheet

FORMATS = (("Excel 表格", "xlsx"), ("PDF 文件", "pdf"), ("CSV 文本", "csv"))


def export_sheet(page: Page, sheet: Sheet, ending: str = "xlsx", password: str | None = None) -> None:
    """Asks where to save a sheet and writes it there; only a workbook can be locked with a password."""

    def write(path: Path, progress: Progress) -> str:
        return write_sheet(sheet, path, password, progress)

    save_as(page, f"导出{sheet.heading}", f"{sheet.heading}.{ending}", write)


def preview_sheet(page: Page, sheet: Sheet) -> None:
    """Shows a sheet as it will be printed."""

    preview(page, sheet.heading, lambda path, progress: _write_pdf(sheet, path, progress))


def write_sheet(sheet: Sheet, path: Path, password: str | None, progress: Progress) -> str:
    """Writes the file that the path's ending asks for; what is neither PDF nor CSV is a workbook.

    Answers a sentence about the characters that a PDF lacks, or "".
    """
    ending = path.suffix.lower()
    if ending == ".pdf":
        return _write_pdf(sheet, path, progress)
    if ending == ".csv":
        from exporters import csv_file

        csv_file.write(sheet, path, progress)
    else:
        from exporters import excel

        excel.write(sheet, path, password, progress)
    return ""


def _write_pdf(sheet: Sheet, path: Path, progress: Progress) -> str:
    from exporters import pdf, undrawn

    return undrawn.in_sheets(pdf.write(sheet, path, progress), [sheet])
