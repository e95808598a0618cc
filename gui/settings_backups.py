"""Settings of backups and of the password of the data file."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from gui.cards import Card, button, label, row
from gui.folder_field import FolderField
from gui.ledger_view import LedgerView
from gui.page import Page
from gui.password_fields import NewPassword, PasswordField
from gui.settings_section import Section
from gui.tasks import Progress
from models import preferences
from models.errors import UserError
from models.kinds import NUMBER, TEXT
from models.ledger import Column, Sheet
from models.manifests import Backup

_COLUMNS = (
    Column("made", "时间", TEXT, 18),
    Column("name", "文件", TEXT, 36),
    Column("lines", "修改记录", NUMBER, 8),
    Column("state", "核验", TEXT, 8),
)


class BackupsSection(Section):
    """Where backups go, those that were made, making one now, bringing one back; the password."""

    def __init__(self, page: Page) -> None:
        self.first, self.second = FolderField("备份文件夹"), FolderField("第二处（U 盘等，可以不填）")
        self.table = LedgerView("还没有备份。退出程序时会自动备份，也可以现在就做一份。")
        tools = row(button("立即备份", self._back_up, primary=True), button("恢复选中的备份", self._restore), 1)
        folders = Card(self.first, self.second, title="备份", aside="退出时、每半小时有改动时自动备份并核验")
        self.present = PasswordField("现在的密码")
        self.wanted = NewPassword()
        self.password_words = label("", "quiet", wrap=True)
        lines = [row(label(name, "quiet"), field) for name, field in self.wanted.lines()]
        self.password = Card(
            self.password_words,
            row(label("现在的密码", "quiet"), self.present),
            *lines,
            row(button("设置新密码", self._set_password), button("取消密码", self._drop_password), 1),
            title="密码",
        )
        super().__init__(page, folders, Card(self.table, tools), self.password)
        self.column.setStretch(1, 1)
        self.first.changed.connect(self._keep_folders)
        self.second.changed.connect(self._keep_folders)

    def reload(self) -> None:
        from models import backups

        known = preferences.read()
        self.first.blockSignals(True)
        self.second.blockSignals(True)
        self.first.set_folder(self.workspace.backup_folder())
        if known.second_folder is not None:
            self.second.set_folder(known.second_folder)
        self.first.blockSignals(False)
        self.second.blockSignals(False)
        found = backups.backups_in(self.workspace.backup_folder(), self.workspace.database.path.stem)
        self.table.show_sheet(_sheet(found))
        encrypted = self.workspace.database.encrypted
        self.password_words.setText(
            "数据文件已加密。密码忘了谁也打不开，请把它抄下来放在保险柜里。"
            if encrypted
            else "数据文件没有密码，谁拿到都能看。建议设一个 8 位以上、自己记得住的密码。"
        )
        self.present.setEnabled(encrypted)

    def _keep_folders(self) -> None:
        preferences.change(backup_folder=self.first.folder(), second_folder=self.second.folder())

    def _back_up(self) -> None:
        from models import backups

        database: Any = self.workspace.database
        folder = self.workspace.backup_folder()

        def work(_progress: Progress) -> Backup:
            return backups.make(database, folder)

        def done(made: Backup) -> None:
            self.reload()
            self.page.say(f"已备份并核验：{made.path.name}")

        self.page.run("备份", work, done)

    def _restore(self) -> None:
        chosen = self.table.current_row()
        if chosen is None:
            raise UserError("请先在表里选一个备份。")
        source = self.workspace.database.path
        proposed = source.with_name(f"{source.stem}-恢复{source.suffix}")
        dialog = QFileDialog(self, "恢复成一个新文件", str(proposed), "数据文件 (*.zbtz)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(lambda name: self._restore_to(chosen.path, Path(name)))
        dialog.open()

    def _restore_to(self, backup: Path, target: Path) -> None:
        from models import backups

        def done(_missing: Any) -> None:
            self.page.say(f"已恢复成 {target}，原来的数据文件没有动。")

        self.page.run("恢复备份", lambda _progress: backups.restore(backup, target), done)

    def _set_password(self) -> None:
        if self.wanted.check():
            self._change_password(self.wanted.password(), "密码已设好，数据文件已加密。")

    def _drop_password(self) -> None:
        if not self.workspace.database.encrypted:
            raise UserError("数据文件本来就没有密码。")
        self._change_password(None, "密码已取消，数据文件不再加密。")

    def _change_password(self, wanted: str | None, said: str) -> None:
        self.workspace.change_password(self.present.text() or None, wanted)
        self.present.clear()
        self.reload()
        self.page.say(said + "以前的备份仍用旧密码。")


class _Row:
    """A backup as the table shows it."""

    def __init__(self, backup: Backup) -> None:
        self.path = backup.path
        self.made = f"{backup.made_at:%Y-%m-%d %H:%M}"
        self.name = backup.path.name
        self.lines = backup.anchor.length
        self.state = "已核验" if backup.sound and backup.whole else "有问题"


def _sheet(found: list[Backup]) -> Sheet:
    rows = [_Row(backup) for backup in found]
    return Sheet("backups", "备份", _COLUMNS, rows, {}, ("", "", ""), (), "", "portrait")
