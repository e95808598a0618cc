"""Settings of the password of the data file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.messages import ask
from gui.page import Page
from gui.papers.sheet_files import preview_sheet
from gui.parts.asking_again import ask_again
from gui.parts.cards import Card, Tag, button, label, row
from gui.parts.password_fields import WARNING, NewPassword, PasswordField
from gui.settings.locking import LockCard
from gui.settings.section import Section
from gui.tasks import Task
from gui.waiting import Waiting
from models import files, passwords, preferences, recovery, recovery_sheets, settings, unprotected
from models.database import Database
from models.errors import UserError
from models.kinds import TEXT
from models.ledger import Column, Sheet

_ENCRYPTED = "数据文件和备份都是加密的，没有密码谁也打不开。"
_A_LINE = 4  # groups of the recovery code in a line of its sheet
_PLAIN = "数据文件没有加密，谁拿到这个文件都能看到里面的内容。建议设一个密码。"


_RECOVERY = (
    "恢复单上印着恢复码，忘了密码时，在问密码的地方输恢复码，一样能打开，再设新密码。"
    "谁拿到它都能打开文件，请封好交组织保管；换了密码要重新打印，旧的作废。"
)


@dataclass(frozen=True)
class KeepingLine:
    """A line of the sheet on which a password is kept."""

    name: str
    words: str


class PasswordSection(Section):
    """Setting, changing and removing the password, and a sheet to keep it on."""

    def __init__(self, page: Page) -> None:
        self.state, self.words = Tag(), label("", "quiet", wrap=True)
        self.present = PasswordField("现在的密码")
        self.present_words = label("现在的密码", "quiet")
        self.wanted = NewPassword()
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.set_button = button("设置密码", self.set_password, primary=True)
        self.drop_button = button("取消密码", self.ask_to_drop)
        self.print_button = button("打印密码保管单", self.print_out)
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.present_words, 0, 0)
        grid.addWidget(self.present, 0, 1)
        for line, (title, part) in enumerate(self.wanted.lines(), 1):
            if title:
                grid.addWidget(label(f"新{title}" if line == 1 else title, "quiet"), line, 0)
            grid.addWidget(part, line, 1)
        grid.addWidget(self.problem, 9, 1)
        wide = row(form, QWidget())
        wide.setStretch(0, 3)
        wide.setStretch(1, 2)
        buttons = row(self.set_button, self.drop_button, 1)
        self.recovery_button = button("打印恢复单…", self.ask_to_print_recovery)
        self.kept_button = button("已另外保管，不再提醒", self.say_kept, flat=True)
        ways = row(self.recovery_button, self.kept_button, 1)
        self.recovery_card = Card(label(_RECOVERY, "quiet", wrap=True), ways, title="恢复单")
        self.lock_card = LockCard(page.workspace)
        self.present.setPlaceholderText("忘了的，输恢复单上的恢复码")
        keep = label("保管单上没有密码，请打印后手写，装进信封封好，交组织保管；换人时当面交接。", "quiet", wrap=True)
        super().__init__(
            page,
            Card(row(self.state, self.words), wide, label(WARNING, "", "warn", wrap=True), buttons, title="密码"),
            self.recovery_card,
            self.lock_card,
            Card(keep, row(self.print_button, 1), title="密码保管单"),
            1,
        )
        self.wanted.entered.connect(self.set_password)
        self.present.textChanged.connect(lambda _text: self._refuse(""))
        self.present.returnPressed.connect(self.wanted.first.setFocus)

    def reload(self) -> None:
        database = cast(Database, self.workspace.database)
        encrypted = database.encrypted
        self.lock_card.show_chosen()
        self.state.show_state("已加密" if encrypted else "没有密码", "good" if encrypted else "warn")
        self.words.setText(_ENCRYPTED if encrypted else _PLAIN)
        for part in (self.present, self.present_words, self.drop_button):
            part.setVisible(encrypted)
        self.recovery_card.setVisible(encrypted and database.person is None)
        self.kept_button.setVisible(recovery_sheets.is_due(database))
        self.set_button.setText("换成新密码" if encrypted else "设置密码")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # another section or page was chosen; to minimise the window leaves nothing
            self._forget()

    def begin(self, present: str) -> None:
        """Leads into the form; what opened the file is filled in where it was just typed."""
        self.present.setText(present)
        (self.wanted.first if present else self.present).setFocus()

    def set_password(self) -> None:
        """Gives the file the new password."""
        if self.wanted.check():
            self._change(
                self.wanted.password(),
                "密码已设好。以前的备份仍用以前的密码；请把新密码写在保管单上，并重新打印恢复单。",
            )

    def ask_to_drop(self) -> None:
        """Removes the password, after a question."""
        ask(
            self,
            "取消密码以后，谁拿到数据文件都能看到里面的内容。要取消吗？",
            yes="取消密码",
            no="不取消",
            then=self._drop,
        )

    def print_out(self) -> None:
        """Shows the sheet on which the password is written by hand."""
        with self.workspace.reading() as session:
            unit = settings.read(session).unit
        preview_sheet(self.page, keeping_sheet(unit, self.workspace.database.path))

    def ask_to_print_recovery(self) -> None:
        """Shows the sheet that opens the file without its password, after a question and the password."""
        ask(
            self,
            "恢复单上的恢复码能打开这个数据文件。身边没有别人，现在就打印吗？",
            yes="打印恢复单",
            no="不打印",
            detail="打印以后装进信封封好，写上日期，交组织保管；不要存成文件，也不要拍照。",
            then=self._ask_again,
        )

    def _ask_again(self) -> None:
        database = cast(Database, self.workspace.database)
        ask_again(database, self, "打印恢复单，请再输一次密码", self.print_recovery)

    def print_recovery(self) -> None:
        """Shows the sheet on which the recovery code stands."""
        database = cast(Database, self.workspace.database)
        assert database.key is not None
        self._note_recovery(recovery_sheets.PRINTED)
        with self.workspace.reading() as session:
            unit = settings.read(session).unit
        preview_sheet(self.page, recovery_sheet(unit, database.path, recovery.code_of(database.key.key)))

    def say_kept(self) -> None:
        """Reminds of the sheet no more until the password is changed."""
        self._note_recovery(recovery_sheets.KEPT)
        self.page.say("不再提醒；换了密码，会再提醒一次。")

    def _note_recovery(self, way: str) -> None:
        database = cast(Database, self.workspace.database)
        if database.key is not None and not database.read_only:
            with self.workspace.writing(f"{way}“{recovery_sheets.TITLE}”") as session:
                recovery_sheets.note(session, database.key, way, self.workspace.view.today)

    def _drop(self) -> None:
        self._change(None, "密码已取消，数据文件不再加密。")

    def _change(self, wanted: str | None, told: str) -> None:
        """Has the whole file written anew under another key, before which nothing else may be done."""
        database, present = cast(Database, self.workspace.database), self.present.text() or None
        task = Task("重新加密数据文件", lambda progress: passwords.change(database, present, wanted, progress), self)
        task.succeeded.connect(lambda made: self._changed(made, told))
        task.failed.connect(self._failed)
        task.cancelled.connect(lambda: self._refuse("已取消，密码没有改。"))
        Waiting(task, "整个文件用新密码重写一遍，核验过才换上；请不要关电脑。", self).open()

    def _changed(self, made: Database, told: str) -> None:
        was_plain = not cast(Database, self.workspace.database).encrypted
        self.workspace.database = made
        self._forget()
        self.workspace.saved.emit("改密码")
        self.page.say(told)
        if was_plain and made.encrypted:
            self._ask_for_plain_backups(made)

    def _ask_for_plain_backups(self, database: Database) -> None:
        """Offers to replace the backups from before the password, which anybody can read."""
        second = preferences.read().second_folder
        folders = [self.workspace.backup_folder(), *((second,) if second is not None and second.is_dir() else ())]
        with files.refusing("以前的备份读不出来"):
            old = unprotected.made_before(database.path, folders)
        if old:
            ask(
                self,
                f"以前的 {len(old)} 份备份没有加密，谁拿到都能看。换成加密的吗？",
                yes="换成加密的",
                no="先留着",
                detail="先做一份加密的新备份，核验过，再删掉没有加密的。拷到别处的，请自己删。",
                then=lambda: self._replace_plain_backups(database, folders),
            )

    def _replace_plain_backups(self, database: Database, folders: Sequence[Path]) -> None:
        task = Task("备份", lambda _progress: unprotected.replace(database, folders), self)
        task.succeeded.connect(lambda gone: self._replaced(database, gone))
        task.failed.connect(self._failed)
        Waiting(task, "做好新备份，核验过，才删掉以前的。", self, may_stop=False).open()

    def _replaced(self, database: Database, gone: int) -> None:
        self.workspace.backed_up.emit(database.clock().astimezone())
        self.page.say(f"已做好加密的备份，删掉了 {gone} 份没有加密的。")

    def _forget(self) -> None:
        """Empties the boxes: a password is not left standing for the next to sit down here."""
        self.present.clear()
        self.wanted.clear()
        self._refuse("")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._refuse(str(error))
        self.present.setFocus()
        self.present.selectAll()

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))


def keeping_sheet(unit: str, path: Path) -> Sheet:
    """A page on which the password is written by hand; it knows the file, never the password."""
    lines = (
        KeepingLine("组织", unit),
        KeepingLine("数据文件", path.name),
        KeepingLine("存放位置", str(path.parent)),
        KeepingLine("密码（手写）", ""),
        KeepingLine("设置日期（手写）", ""),
        KeepingLine("备注", "区分大小写；请注明字母大小写和标点。"),
    )
    return Sheet(
        name="password_keeping",
        heading="数据文件密码保管单",
        columns=(Column("name", "项目", TEXT, 18), Column("words", "内容", TEXT, 50)),
        rows=lines,
        totals={},
        lines=("", "", ""),
        signatures=("保管人：", "交接人：", "日期："),
        note=WARNING,
        orientation="portrait",
    )


def _places(first: int, groups: int) -> str:
    """Which groups stand in the line that begins with the one at `first`."""
    last = min(first + _A_LINE, groups)
    return f"第 {first + 1} 组" if last == first + 1 else f"第 {first + 1}～{last} 组"


def recovery_sheet(unit: str, path: Path, code: str) -> Sheet:
    """A page with the code that opens the file, four groups a line."""
    groups = code.split("-")
    lines = [
        KeepingLine(f"恢复码 {_places(first, len(groups))}", "　".join(groups[first : first + _A_LINE]))
        for first in range(0, len(groups), _A_LINE)
    ]
    return replace(
        keeping_sheet(unit, path),
        name="password_recovery",
        heading=recovery_sheets.TITLE,
        rows=(
            KeepingLine("组织", unit),
            KeepingLine("数据文件", path.name),
            *lines,
            KeepingLine("打印日期（手写）", ""),
            KeepingLine(
                "用法", "在问密码的地方照着输入，横线和空格可以不输；字母不分大小写。抄错了，程序会说是第几组。"
            ),
        ),
        note="没有 O、I、L、U 这四个字母：像 0 的就是零，像 1 的就是一。换了密码以后，这一份作废。",
    )
