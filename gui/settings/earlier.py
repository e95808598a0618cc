"""The files from before an upgrade, in the settings of the data file: seen, copied out as the way back, removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from gui.messages import ask
from gui.page import Page
from gui.parts.cards import Card, button, label, row
from gui.parts.file_dialogs import ask_where_new
from gui.parts.ledger_view import LedgerView
from models import earlier_files, preferences
from models.database import Database
from models.earlier_files import EarlierFile
from models.errors import ReadOnlyError, UserError
from models.kinds import NUMBER, TEXT
from models.ledger import Column, Sheet

_WORDS = (
    "新版本的程序升级了数据文件，升级前的原样留着，是退回旧版本的路：旧版本的程序打不开现在的文件，只能打开升级前的。"
    "要退回去，把它复制出来，用旧版本的程序打开，密码是升级时的密码；升级以后做的，里面没有。"
)
_COLUMNS = (
    Column("saved", "最后改动", TEXT, 15),
    Column("name", "文件", TEXT, 24),
    Column("size", "大小", TEXT, 8),
    Column("schema", "数据格式", NUMBER, 8),
    Column("program", "能打开它的程序", TEXT, 21),
    Column("place", "放在", TEXT, 17),
)
_ROOM = 110  # pixels: as many lines as a file is upgraded in years


@dataclass(frozen=True)
class EarlierRow:
    """One of them as the table shows it."""

    id: str
    kept: EarlierFile
    saved: str
    name: str
    size: str
    schema: int
    program: str
    place: str


class EarlierCard(Card):
    """Lists them while there are any; what is done with one is asked about first."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.table = LedgerView()
        self.table.setMinimumHeight(_ROOM)
        self.copy_button = button("复制到…", self.ask_where)
        self.remove_button = button("删除…", self.ask_to_remove)
        tools = row(self.copy_button, self.remove_button, 1, spacing=8)
        super().__init__(label(_WORDS, "quiet", wrap=True), self.table, tools, title="升级前的文件")

    def reload(self) -> None:
        """Looks beside the data file and in the folders of backups."""
        path = self._database.path
        second = preferences.read().second_folder
        folders = [self._page.workspace.backup_folder(), *((second,) if second is not None else ())]
        found = earlier_files.earlier_files(path, folders)
        rows = [_row(kept, path.parent) for kept in found]
        self.table.show_sheet(Sheet("earlier", "", _COLUMNS, rows, {}, ("", "", ""), (), "", "portrait"))
        if self.table.current_row() is None:
            self.table.select(lambda _row: True)
        self.setVisible(bool(rows))

    def ask_where(self) -> None:
        """Asks where the chosen one is to be copied."""
        kept = self._chosen()
        proposed = preferences.data_folder() / kept.name
        ask_where_new(self, "复制升级前的文件", proposed, lambda target: self.copy_to(kept, target))

    def copy_to(self, kept: EarlierFile, target: Path) -> None:
        """Copies one with its scans under a free name."""
        self._page.run(
            "复制升级前的文件",
            lambda _progress: earlier_files.copy_out(kept, target),
            lambda _none: self._page.say(f"已复制成 {target}，请用旧版本的程序打开；用现在的程序打开，会再升级一次。"),
        )

    def ask_to_remove(self) -> None:
        """Asks before the chosen one and its copies go; UserError where the file may only be looked at."""
        kept = self._chosen()
        if self._database.read_only:
            raise ReadOnlyError
        places = "\n".join(str(place) for place in kept.places)
        ask(
            self,
            f"删除升级前的“{kept.name}”吗？",
            yes="删除",
            no="留着",
            detail=f"删除以后不能恢复，也就退不回旧版本的程序了。现在的数据文件和备份不动。会删除：\n{places}",
            loses=True,
            then=lambda: self._remove(kept),
        )

    def _remove(self, kept: EarlierFile) -> None:
        try:
            earlier_files.remove(kept)
        finally:
            self.reload()
        self._page.say(f"已删除升级前的“{kept.name}”。")

    @property
    def _database(self) -> Database:
        return cast(Database, self._page.workspace.database)

    def _chosen(self) -> EarlierFile:
        chosen = self.table.current_row()
        if chosen is None:
            raise UserError("请先在表里选一个升级前的文件。")
        assert isinstance(chosen, EarlierRow)
        return chosen.kept


def _row(kept: EarlierFile, here: Path) -> EarlierRow:
    return EarlierRow(
        id=str(kept.places[0]),
        kept=kept,
        saved=f"{kept.saved_at:%Y-%m-%d %H:%M}",
        name=kept.name,
        size=f"{kept.size / 2**20:.1f} MB",
        schema=kept.schema,
        program=f"数据格式 {kept.schema} 的旧版本",
        place=_places(kept.places, here),
    )


def _places(places: Sequence[Path], here: Path) -> str:
    """数据文件旁边、备份文件夹."""
    told = ["数据文件旁边" if place.parent == here else f"{place.parent.name or place.parent}" for place in places]
    return "、".join(told)
