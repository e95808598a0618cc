"""What was copied in another program: a table as text or HTML, or a file from the file manager."""

import codecs
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from gui.parts.ledger_view import LedgerView
from models.errors import UserError
from models.ledger import Column

_NOTHING = "剪贴板里没有表格。请先在 Excel 或 WPS 里选中要导入的行，按 Ctrl+C 复制，再来粘贴。"


def on_clipboard() -> bytes | list[Path]:
    """The copied table as bytes that name their encoding, or the copied files; UserError where there is neither."""
    return _of(QGuiApplication.clipboard().mimeData())


def _of(data: QMimeData) -> bytes | list[Path]:
    """HTML before text: it keeps merged cells, and cells of several lines."""
    files = local_files(data)
    if files:
        return files
    page = data.html() if data.hasHtml() else ""
    text = page if "<table" in page.casefold() else data.text()
    if not text.strip():
        raise UserError(_NOTHING)
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def local_files(data: QMimeData) -> list[Path]:
    """The files and folders that were copied or dropped, of this computer."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def shown_columns(view: LedgerView) -> list[Column]:
    """The columns that a table shows, from left to right."""
    return [column for place, column in enumerate(view.model.columns) if not view.table.isColumnHidden(place)]
