"""From a filled ledger to a file or to paper: what 导出 and 预览打印 do on every page that shows one."""

from pathlib import Path

from gui.page import Page
from gui.papers import private
from gui.papers.papers import Write, preview, save_as
from gui.tasks import Progress
from models.ledger import Sheet
from models.ledgers.private import told_by

FORMATS = (("Excel 表格", "xlsx"), ("PDF 文件", "pdf"), ("CSV 文本", "csv"))


def export_sheet(
    page: Page, sheet: Sheet, ending: str = "xlsx", password: str | None = None, noted: bool = False
) -> None:
    """Asks where to save a sheet and writes it there; only a workbook can be locked with a password.

    `noted` says that it was asked about and written down already.
    """

    def write(path: Path, progress: Progress) -> str:
        return write_sheet(sheet, path, password, progress)

    name = f"{sheet.heading}.{ending}"
    if noted:
        save_as(page, f"导出{sheet.heading}", name, write)
    else:
        save_privately(page, sheet, name, write)


def save_privately(page: Page, sheet: Sheet, suggested_name: str, write: Write) -> None:
    """Saves a sheet; one that tells something private only after a question, and with a line in the trail."""
    told = told_by(sheet.columns)

    def written() -> None:
        private.note(page, sheet.heading, told, private.EXPORT, len(sheet.rows))

    private.ask_first(page, told, lambda: save_as(page, f"导出{sheet.heading}", suggested_name, write, written=written))


def preview_sheet(page: Page, sheet: Sheet) -> None:
    """Shows a sheet as it will be printed; of one that tells something private it is written down."""
    private.note(page, sheet.heading, told_by(sheet.columns), private.PRINT, len(sheet.rows))
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
