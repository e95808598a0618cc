"""Settings of the data file: which one is open, and opening or making another."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gui.page import Page
from gui.papers.paper_files import preview_paper
from gui.parts.cards import Card, button, label, row
from gui.settings.earlier import EarlierCard
from gui.settings.section import Facts, Section
from models import preferences
from models.database import Database
from models.errors import UserError

_PATH = Qt.ItemDataRole.UserRole
_WORDS = "换文件时，现在的文件先备份，再关上。下次打开程序，打开的是最后用的那个。"
_HANDOVER = "换书记、换经办人时用：没有办完的事、台账和原件、备份、密码怎样交，列在一张清单上，三方签字。"
_PACK = "handover_pack"


class FileSection(Section):
    """The open file, the way to others, those opened before, and those from before an upgrade."""

    def __init__(self, page: Page) -> None:
        workspace = page.workspace
        self.facts = Facts(across=2)
        self.recent = QListWidget()
        self.recent.setProperty("plain", True)
        self.recent.setAccessibleName("最近用过的数据文件")
        self.recent.itemActivated.connect(lambda _item: self.open_recent())
        self.none = label("还没有用过别的数据文件。", "quiet")
        self.open_button = button("打开选中的文件", self.open_recent)
        self.other_button = button("打开其他文件…　Ctrl+O", lambda: workspace.file_wanted.emit(None), primary=True)
        self.new_button = button("新建数据文件…", workspace.new_file_wanted.emit)
        self.handover_button = button("打印工作交接清单", self.print_out)
        self.earlier = EarlierCard(page)
        tools = row(self.other_button, self.new_button, 1)
        super().__init__(
            page,
            Card(self.facts, label(_WORDS, "quiet", wrap=True), tools, title="现在的数据文件"),
            Card(label(_HANDOVER, "quiet", wrap=True), row(self.handover_button, 1), title="交接"),
            Card(self.none, self.recent, row(self.open_button, 1), title="最近用过的", aside="双击或回车打开"),
            self.earlier,
            1,
        )

    def reload(self) -> None:
        database = cast(Database, self.workspace.database)
        here = database.path.absolute()
        self.facts.show_facts(
            [
                ("文件", here.name),
                ("放在", str(here.parent)),
                ("加密", "已加密" if database.encrypted else "没有加密"),
                ("修改", "只读，不能修改" if database.read_only else "可以修改"),
            ]
        )
        before = [path for path in preferences.read().recent_files if path != here]
        self.recent.clear()
        for path in before:
            item = QListWidgetItem(f"{path.stem}　　{path.parent}")
            item.setData(_PATH, str(path))
            self.recent.addItem(item)
        self.recent.setCurrentRow(0)
        for part, shown in ((self.none, not before), (self.recent, bool(before)), (self.open_button, bool(before))):
            part.setVisible(shown)
        self.earlier.reload()

    def print_out(self) -> None:
        """Previews what the next secretary takes over, read from the file as it stands."""
        preview_paper(self.page, _PACK, self.workspace.view)

    def open_recent(self) -> None:
        """Opens the chosen file in place of the present one."""
        chosen = self.recent.currentItem()
        if chosen is None:
            raise UserError("请先选一个文件。")
        self.workspace.file_wanted.emit(Path(chosen.data(_PATH)))
