"""Asking where a file is to be saved, without stopping the window."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_NAMES = {".xlsx": "Excel 工作簿", ".pdf": "PDF 文件", ".csv": "CSV 文件", ".docx": "Word 文档"}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def safe_name(text: str) -> str:
    """A file name on any system made of a title."""
    return _FORBIDDEN.sub("_", text).strip(" .")[:120] or "未命名"


def ask_where_to_save(
    parent: QWidget, title: str, folder: Path, name: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Asks for a place for a file called `name`; `then` is handed the path that was chosen."""
    ending = Path(name).suffix
    dialog = QFileDialog(parent, title, str(folder / safe_name(name)))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{_NAMES.get(ending, '文件')} (*{ending})")
    dialog.setDefaultSuffix(ending.lstrip("."))
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def ask_which_to_open(
    parent: QWidget, title: str, folder: Path, patterns: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Asks for a file to read; `patterns` is Qt's filter, as "名册 (*.xlsx *.xls *.csv)"."""
    dialog = QFileDialog(parent, title, str(folder), patterns)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
