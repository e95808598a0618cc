"""Settings of backups: where they go, those that were made, trying one out and bringing one back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QGridLayout

from gui.messages import ask
from gui.page import Page
from gui.parts.cards import Card, button, label, row
from gui.parts.file_dialogs import ask_where_new
from gui.parts.folder_field import FolderField
from gui.parts.ledger_view import LedgerView
from gui.parts.password_box import PasswordBox
from gui.settings.rehearsal import Compared, RehearsalDialog, compare
from gui.settings.section import Section
from gui.tasks import Progress
from models import backups, checks, files, manifests, preferences
from models.database import Database
from models.errors import UserError
from models.keys import SALT_BYTES
from models.kinds import NUMBER, TEXT, Choice
from models.ledger import Column, Sheet
from models.manifests import Backup
from models.unlocking import PasswordNeededError

_WHEN = "改动以后每半小时、退出时、换数据文件时、导入和成批改动前都自动备份并核验。备份和数据文件用同一个密码。"
SOUND, BROKEN = "已核验", "有问题"
_STATE = Choice((SOUND, BROKEN), tones={SOUND: "good", BROKEN: "bad"})
_COLUMNS = (
    Column("made", "时间", TEXT, 16),
    Column("place", "放在", TEXT, 10),
    Column("name", "文件", TEXT, 30),
    Column("size", "大小", TEXT, 9),
    Column("lines", "记录条数", NUMBER, 8),
    Column("state", "核验", _STATE, 8),
)


@dataclass(frozen=True)
class BackupRow:
    """A backup as the table shows it."""

    id: str
    path: Path
    made: str
    place: str
    name: str
    size: str
    lines: int
    state: str


class BackupsSection(Section):
    """The folders, the backups in them, and what can be done with one."""

    def __init__(self, page: Page) -> None:
        self.first, self.second = FolderField("备份文件夹"), FolderField("第二处，如 U 盘")
        self.second.line.setPlaceholderText("如 U 盘或另一块硬盘；可以不填")
        self.table = LedgerView("还没有备份。退出程序时会自动备份，也可以现在就做一份。")
        self.table.setMinimumHeight(170)
        self.table.opened.connect(lambda _row: self.rehearse())
        self.problems = label("", "error", wrap=True)
        self.problems.hide()
        tools = row(
            button("立即备份", self.back_up, primary=True),
            button("演练恢复", self.rehearse),
            button("恢复成新文件…", self.restore),
            1,
            button("检查数据", self.check),
            spacing=8,
        )
        places = QGridLayout()
        places.setHorizontalSpacing(14)
        for line, (title, field) in enumerate((("第一处", self.first), ("第二处", self.second))):
            places.addWidget(label(title, "quiet"), line, 0)
            places.addWidget(field, line, 1)
        folders = Card(label(_WHEN, "quiet", wrap=True), places, title="备份到哪里")
        super().__init__(page, folders, Card(self.table, tools, self.problems, title="已有的备份", aside="双击演练"))
        self.column.setStretch(1, 1)
        self.first.settled.connect(lambda: self._keep("backup_folder", self.first))
        self.second.settled.connect(lambda: self._keep("second_folder", self.second))

    @property
    def database(self) -> Database:
        return cast(Database, self.workspace.database)

    def reload(self) -> None:
        second = preferences.read().second_folder
        self.first.set_folder(self.workspace.backup_folder())
        self.second.line.setText(str(second) if second is not None else "")
        found = [("第一处", each) for each in self._kept(self.workspace.backup_folder())]
        found += [("第二处", each) for each in self._kept(second)] if second is not None else []
        found.sort(key=lambda each: each[1].made_at, reverse=True)
        self.table.show_sheet(_sheet("备份", _COLUMNS, (_row(place, backup) for place, backup in found)))
        if self.table.current_row() is None:
            self.table.select(lambda _row: True)

    def back_up(self) -> None:
        """Makes a verified backup in both places."""
        database, second = self.database, preferences.read().second_folder
        folders = [self.workspace.backup_folder(), *((second,) if second is not None and second.is_dir() else ())]

        def work(_progress: Progress) -> list[Backup]:
            return [backups.make(database, folder) for folder in folders]

        def done(made: list[Backup]) -> None:
            self.reload()
            self.table.select(lambda row: row.path == made[0].path)
            self.workspace.backed_up.emit(made[0].made_at)
            places = "、".join(str(each.path.parent) for each in made)
            self.page.say(f"已备份并核验，放在 {places}。")

        self.page.run("备份", work, done)

    def rehearse(self) -> None:
        """Opens the chosen backup read-only and lays its figures beside those of the file."""
        path = self._chosen().path
        if self._has_another_password(path):
            PasswordBox(
                path, lambda password: self._show_rehearsal(path, self._figures(path, password)),
                self, what="备份", other_file=False,
            ).open()  # fmt: skip
            return
        self.page.run("演练恢复", lambda _: self._figures(path, None), lambda found: self._show_rehearsal(path, found))

    def restore(self) -> None:
        """Asks under which new name the chosen backup is to be brought back."""
        self._ask_where(self._chosen().path)

    def restore_to(self, backup: Path, target: Path) -> None:
        """Brings a backup back under a new name, and asks whether to open it from now on."""
        self.page.run(
            "恢复备份", lambda _: backups.restore(backup, target), lambda missing: self._restored(target, missing)
        )

    def check(self) -> None:
        """Checks the file, its books and its trail against the backups."""
        database, folder = self.database, self.workspace.backup_folder()

        def work(_progress: Progress) -> list[str]:
            return checks.check(database, backups.anchors(folder, database.path))

        self.page.run("检查数据", work, self._show_problems)

    def _kept(self, folder: Path) -> Sequence[Backup]:
        return backups.backups_in(folder, self.database.path.stem)

    def _chosen(self) -> BackupRow:
        chosen = self.table.current_row()
        if chosen is None:
            raise UserError("请先在表里选一个备份。")
        assert isinstance(chosen, BackupRow)
        return chosen

    def _keep(self, name: str, field: FolderField) -> None:
        folder = field.folder()
        if folder is not None and not folder.is_absolute():
            raise UserError(f"“{folder}”不是完整的文件夹位置，请点“选择…”挑一个。")
        if folder == getattr(preferences.read(), name) or (name == "backup_folder" and folder is None):
            return
        with files.refusing("没能记住备份文件夹"):
            preferences.change(**{name: folder})
        self.reload()
        self.page.say("备份文件夹已改，下一次备份放到新的地方。" if folder else "第二处备份已取消。")

    def _ask_where(self, backup: Path) -> None:
        source = self.database.path
        proposed = source.with_name(f"{source.stem}-恢复{source.suffix}")
        ask_where_new(self, "恢复成一个新文件", proposed, lambda target: self.restore_to(backup, target))

    def _has_another_password(self, path: Path) -> bool:
        """Whether a backup was made when the file had another password than now."""
        key = self.database.key
        with files.refusing(f"备份“{path.name}”读不出来"), path.open("rb") as file:
            head = file.read(SALT_BYTES)
        try:
            Database.open(path, read_only=True).close()
        except PasswordNeededError:
            return key is None or head != key.salt
        return False

    def _figures(self, path: Path, password: str | None) -> Compared:
        backups.verify(path)
        key = self.database.key
        if password is None and key is not None and not self._has_another_password(path):
            backup = Database.with_key(path, key, read_only=True)
        else:
            backup = Database.open(path, password, read_only=True)
        try:
            with self.database.reading() as session, backup.reading() as kept:
                return compare(session, kept, manifests.read(path))
        finally:
            backup.close()

    def _show_rehearsal(self, path: Path, found: Compared) -> None:
        RehearsalDialog(path, found, lambda: self._ask_where(path), self).open()

    def _restored(self, target: Path, missing: Sequence[str]) -> None:
        left = f"有 {len(missing)} 个扫描件在备份里找不到。" if missing else ""
        ask(
            self,
            f"已恢复成 {target}。{left}",
            yes="打开它",
            no="仍用现在的文件",
            detail="现在的数据文件没有动。选“打开它”，就接着用恢复出来的数据；以后也能再换回来。",
            then=lambda: self.workspace.file_wanted.emit(target),
        )

    def _show_problems(self, problems: Sequence[str]) -> None:
        self.problems.setText("\n".join(problems[:20]))
        self.problems.setVisible(bool(problems))
        if problems:
            self.page.refuse(f"检查发现 {len(problems)} 个问题，列在备份表的下面。")
        else:
            self.page.say("检查过了：数据文件、账目和操作记录都没有问题，也和备份对得上。")


def _row(place: str, backup: Backup) -> BackupRow:
    sound = backup.sound and backup.whole and not backup.missing
    return BackupRow(
        id=str(backup.path),
        path=backup.path,
        made=f"{backup.made_at:%Y-%m-%d %H:%M}",
        place=place,
        name=backup.path.name,
        size=f"{backup.size / 2**20:.1f} MB",
        lines=backup.anchor.length,
        state=SOUND if sound else BROKEN,
    )


def _sheet(heading: str, columns: tuple[Column, ...], rows: Iterable[Any]) -> Sheet:
    return Sheet("backups", heading, columns, list(rows), {}, ("", "", ""), (), "", "portrait")
