"""From a filled ledger to a file or to paper: what 导出 and 预览打印 do on every page that shows one."""

from pathlib import Path

from gui.page import Page
from gui.papers import preview, save_as
from gui.tasks import Progress
from models.ledger import Sheet

FORMATS = (("Excel 表格", "xlsx"), ("PDF 文件", "pdf"), ("CSV 文本", "csv"))


def export_sheet(page: Page, sheet: Sheet, ending: str = "xlsx", password: str | None = None) -> None:
    """Asks where to save a sheet and writes it there; only a workbook can be locked with a password."""

    def write(path: Path, progress: Progress) -> None:
        write_sheet(sheet, path, password, progress)

    save_as(page, f"导出{sheet.heading}", f"{sheet.heading}.{ending}", write)


def preview_sheet(page: Page, sheet: Sheet) -> None:
    """Shows a sheet as it will be printed."""

    def write(path: Path, progress: Progress) -> None:
        from exporters import pdf

        pdf.write(sheet, path, progress)

    preview(page, sheet.heading, write)


def write_sheet(sheet: Sheet, path: Path, password: str | None, progress: Progress) -> None:
    """Writes the file that the path's ending asks for; what is neither PDF nor CSV is a workbook."""
    ending = path.suffix.lower()
    if ending == ".pdf":
        from exporters import pdf

        pdf.write(sheet, path, progress)
    elif ending == ".csv":
        from exporters import csv_file

        csv_file.write(sheet, path, progress)
    else:
        from exporters import excel

        excel.write(sheet, path, password, progress)
