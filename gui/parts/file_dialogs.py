"""Asking for a file to save or to open, or for a folder, without stopping the window."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gui.theme import scaled

_NAMES = {".xlsx": "Excel 工作簿", ".pdf": "PDF 文件", ".csv": "CSV 文件", ".docx": "Word 文档", ".zbtz": "数据文件"}
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def safe_name(text: str) -> str:
    """A file name on any system made of a title."""
    return _FORBIDDEN.sub("_", text).strip(" .")[:120] or "未命名"


def nearest(folder: Path) -> Path:
    """The folder itself, or the first above it that is there; Qt would begin at the program's own instead."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), Path.home())


def _shown(dialog: QFileDialog, then: Callable[[Path], object]) -> QFileDialog:
    """Opens a dialog; where the desktop has none of its own, Qt's is made wide enough for its columns."""
    dialog.resize(scaled(dialog, 880), scaled(dialog, 540))
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def ask_where_to_save(
    parent: QWidget, title: str, folder: Path, name: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Asks for a place for a file called `name`; `then` is handed the path that was chosen."""
    ending = Path(name).suffix
    dialog = QFileDialog(parent, title, str(nearest(folder) / safe_name(name)))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{_NAMES.get(ending, '文件')} (*{ending})")
    dialog.setDefaultSuffix(ending.lstrip("."))
    return _shown(dialog, then)


def ask_where_new(parent: QWidget, title: str, path: Path, then: Callable[[Path], object]) -> QFileDialog:
    """Asks for the name of a data file that is to be made; `path` is proposed, and no file is written over."""
    dialog = QFileDialog(parent, title, str(path), f"{_NAMES['.zbtz']} (*.zbtz)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix("zbtz")
    return _shown(dialog, then)


def ask_which_to_open(
    parent: QWidget, title: str, folder: Path, patterns: str, then: Callable[[Path], object]
) -> QFileDialog:
    """Asks for a file to read; `patterns` is Qt's filter, as "名册 (*.xlsx *.xls *.csv)"."""
    dialog = QFileDialog(parent, title, str(nearest(folder)), patterns)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _shown(dialog, then)


def ask_which_several(
    parent: QWidget, title: str, folder: Path, patterns: str, then: Callable[[Sequence[Path]], object]
) -> QFileDialog:
    """Asks for one file or more to read; `patterns` as for one."""
    dialog = QFileDialog(parent, title, str(nearest(folder)), patterns)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.resize(scaled(dialog, 880), scaled(dialog, 540))
    dialog.filesSelected.connect(lambda chosen: then([Path(each) for each in chosen]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def ask_which_folder(parent: QWidget, title: str, folder: str, then: Callable[[Path], object]) -> QFileDialog:
    """Asks for a folder, beginning at `folder`."""
    dialog = QFileDialog(parent, title, str(nearest(Path(folder).expanduser())))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _shown(dialog, then)
