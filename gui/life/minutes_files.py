"""The files beside a record: the signed copy, photographs, the sheet of signatures; added, opened, taken off."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout

from gui.ledgers.chapters import offer_help
from gui.messages import ask
from gui.page import Page
from gui.papers.papers import folder_of
from gui.papers.scan_window import open_scan
from gui.parts.cards import button, fill, label, row
from gui.parts.chooser import Chooser
from gui.parts.dialog_size import open_at
from gui.parts.file_dialogs import ask_which_several
from gui.theme import scaled
from models.attachments import LARGEST
from models.errors import UserError
from models.records.life import activity_files
from models.records.life.activity_files import KINDS, SIGNED, Kept, usual_kind

PATTERNS = "扫描件、照片和文档 (*.pdf *.jpg *.jpeg *.png *.gif *.bmp *.tif *.tiff *.docx *.doc *.xlsx *.ofd *.wps)"
_GUESS = "按文件判断"


class MinutesFiles(QDialog):
    """Shows the files of one activity; every change is saved at once."""

    def __init__(self, page: Page, activity_id: int, heading: str, locked: bool) -> None:
        super().__init__(page)
        offer_help(self, "minutes")
        self.setWindowTitle("签字件、照片")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(not locked)
        self._page, self._activity_id = page, activity_id
        self.list = QListWidget()
        self.list.setAccessibleName("文件")
        self.list.setProperty("plain", True)
        self.problem = label("", "error", wrap=True)
        self.kind = Chooser("存成哪一类", [(_GUESS, None), *((f"存为{each}", each) for each in KINDS)], letters=6)
        self.add_button = button("添加文件…", self._ask, icon="paperclip")
        self.open_button = button("打开", self.open_file, primary=True)
        self.sort = Chooser("改为哪一类", [(each, each) for each in KINDS], letters=4)
        self.remove_button = button("去掉…", self._ask_to_remove, flat=True)
        limit = f"可以一次选几个，也可以拖进来；每个不超过 {LARGEST // 2**20} MB，原文件名照旧保留。"
        self.hint = label(limit, "small", wrap=True)
        head = row(label(heading, "strong"), 1, self.kind, self.add_button)
        foot = row(self.remove_button, self.sort, 1, self.open_button, button("关闭", self.reject))
        layout = QVBoxLayout(self)
        fill(layout, head, self.hint, self.list, self.problem, foot, spacing=10, margins=(18, 16, 18, 14))
        layout.setStretch(2, 1)
        for part in (self.kind, self.add_button, self.sort, self.remove_button):
            part.setEnabled(not locked)
        self.list.itemActivated.connect(lambda _item: self.open_file())
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_deeds())
        self.sort.picked.connect(self._change_kind)
        self.problem.hide()
        self._locked = locked
        self.reload()
        open_at(self, 620, 440)
        self.add_button.setFocus()

    def reload(self) -> None:
        """Reads the files anew; what was chosen stays so."""
        before = self.chosen()
        with self._page.workspace.reading() as session:
            found = activity_files.files_of(session, self._activity_id)
        self.list.clear()
        for each in found:
            item = QListWidgetItem(f"{each.kind}　{each.name}　（{_size(each.size)}）", self.list)
            item.setData(Qt.ItemDataRole.UserRole, each)
            item.setSizeHint(QSize(0, scaled(self, 32)))
            if before is not None and each.id == before.id:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self._show_deeds()

    def chosen(self) -> Kept | None:
        """The file that is chosen."""
        if self.list.currentRow() < 0:
            return None
        found: Kept = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        return found

    def open_file(self) -> None:
        """Shows the chosen file, or saves it where it is wanted."""
        found = self.chosen()
        if found is not None:
            open_scan(self._page, found.attachment_id, found.name)

    def add(self, paths: Sequence[Path]) -> None:
        """Keeps copies of files; says here what was refused, and then keeps none of them."""
        if not paths:
            return
        kind = self.kind.value()
        self._page.workspace.folder = paths[0].parent
        self._save("添加附件", lambda s: activity_files.attach(s, self._activity_id, _kinds(paths, kind)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _ask(self) -> None:
        ask_which_several(self, "选择签字件、照片", folder_of(self._page), PATTERNS, self.add)

    def _change_kind(self, kind: str) -> None:
        found = self.chosen()
        if found is not None and found.kind != kind:
            self._save("改附件类别", lambda s: activity_files.change_kind(s, found.id, kind))

    def _ask_to_remove(self) -> None:
        found = self.chosen()
        if found is not None:
            ask(self, f"要去掉“{found.name}”吗？", yes="去掉", then=lambda: self._remove(found))

    def _remove(self, found: Kept) -> None:
        self._save("去掉附件", lambda s: activity_files.remove(s, found.id))

    def _save(self, what: str, act: Callable[[Any], None]) -> None:
        self.problem.hide()
        try:
            with self._page.workspace.writing(what) as session:
                act(session)
        except UserError as refusal:
            self.problem.setText(str(refusal))
            self.problem.show()
        self.reload()

    def _show_deeds(self) -> None:
        found = self.chosen()
        self.open_button.setEnabled(found is not None)
        self.remove_button.setEnabled(found is not None and not self._locked)
        self.sort.setEnabled(found is not None and not self._locked)
        self.sort.choose(found.kind if found is not None else SIGNED)


def _kinds(paths: Sequence[Path], kind: str | None) -> dict[Path, str]:
    return {path: kind or usual_kind(path) for path in paths}


def _size(size: int) -> str:
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(size // 1024, 1)} KB"
