"""Erasing a person for good: what goes, what stays and what is out of reach is said first, and the name is typed."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QVBoxLayout

from gui.page import Page
from gui.parts.cards import button, fill, label, line_edit, restyle, row
from gui.parts.password_fields import PasswordField
from gui.parts.saving_dialog import SavingDialog
from gui.tasks import Progress
from gui.theme import scaled
from models import access, backups, earlier_files, erasing, preferences
from models.database import Database
from models.erasing import Plan
from models.errors import UserError
from models.kinds import Tone
from models.ledger import Session
from models.ledgers.wording import TABLES

_WIDTH = 620
_GOES = "姓名、证号、电话、住址、工资基数、困难和健康情况、家庭成员、账号、谈话内容，以及变更记录里写着的这些内容。"
_STAYS = "交纳和慰问的金额、到会次数、票数都留着，姓名写作“已删除”，合计和以前一样；其他记录的文字里，姓名改成“某某”。"
_BEYOND = "会议、凭证的扫描件，已经导出、打印、报送的文件，请另行处理。"
_TITLE = "彻底删除一人的个人信息"
_FOR_GOOD = "删除以后不能撤销，也不能恢复。"


class ErasingDialog(SavingDialog):
    """`erase` is called once the person's name was typed as it stands, and the password where the file has one."""

    chapter = "privacy"

    def __init__(self, page: Page, plan: Plan, erase: Callable[[Session], object]) -> None:
        super().__init__(page)
        self.setWindowTitle("彻底删除个人信息")
        self._page, self._plan, self._erase = page, plan, erase
        self.said = [label(words, role, tone, wrap=True) for words, role, tone in _sentences(page, plan)]
        self.typed = line_edit("在这里输入姓名，确认要删除", self._judge)
        self.typed.setAccessibleName("输入姓名确认")
        self.password = PasswordField("打开数据文件的密码")
        self.password.setPlaceholderText("再输一次打开数据文件的密码")
        self.password.setVisible(page.workspace.database.encrypted)
        self.problem = label("", "error", wrap=True)
        self.erase_button = button("彻底删除", self.go_on)
        cancel = button("取消", self.reject, primary=True)
        foot = row(1, self.erase_button, cancel)
        fill(
            QVBoxLayout(self),
            *self.said, self.typed, self.password, self.problem, foot,
            spacing=10, margins=(18, 16, 18, 14),
        )  # fmt: skip
        self.setMinimumWidth(scaled(self, _WIDTH))
        self.typed.returnPressed.connect(self.go_on)
        self.password.returnPressed.connect(self.go_on)
        self.password.textEdited.connect(lambda _text: self._refuse(""))
        self._judge("")
        self.typed.setFocus()

    def go_on(self) -> None:
        """Erases the person if the name was typed, and the right password; then clears the file's unused places."""
        if self.typed.text().strip() != self._plan.name:
            return
        database = cast(Database, self._page.workspace.database)
        if database.encrypted and not self.password.text():
            self._refuse("请再输一次打开数据文件的密码。")
            return
        try:
            if database.encrypted:
                access.require_password(database, self.password.text())
        except UserError as refusal:
            self._refuse(str(refusal))
            return
        self.accept()
        _erase(self._page, database, self._erase)

    def _judge(self, typed: str) -> None:
        self.erase_button.setEnabled(typed.strip() == self._plan.name)

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        restyle(self.password, wrong=bool(sentence))
        if sentence:
            self.password.setFocus()
            self.password.selectAll()


def _erase(page: Page, database: Database, erase: Callable[[Session], object]) -> None:
    """Erases off the main thread, then writes the file anew there: in a large one both take their time."""

    def work(_progress: Progress) -> None:
        with database.writing(_TITLE) as session:
            erase(session)

    def scrub(_done: object) -> None:
        page.workspace.saved.emit(_TITLE)
        page.run("清理数据文件", lambda _progress: database.scrub(), say)

    def say(_done: object) -> None:
        page.say("已彻底删除；变更记录里只留编号。")

    page.run("彻底删除个人信息", work, scrub)


def ask_to_erase_member(page: Page, member_id: int) -> ErasingDialog:
    """Opens the dialog for a member; UserError for one who is in the branch."""
    with page.workspace.reading() as session:
        plan = erasing.plan_member(session, member_id)
    today = page.workspace.view.today
    return _opened(ErasingDialog(page, plan, lambda session: erasing.erase_member(session, member_id, today)))


def ask_to_erase_case(page: Page, case_id: int) -> ErasingDialog:
    """Opens the dialog for the person of a case who is no member; UserError while the case has not ended."""
    with page.workspace.reading() as session:
        plan = erasing.plan_case(session, case_id)
    today = page.workspace.view.today
    return _opened(ErasingDialog(page, plan, lambda session: erasing.erase_case(session, case_id, today)))


def _opened(dialog: ErasingDialog) -> ErasingDialog:
    dialog.open()
    return dialog


def _sentences(page: Page, plan: Plan) -> list[tuple[str, str, Tone]]:
    """What is said before: words, role and tone of each paragraph."""
    found: list[tuple[str, str, Tone]] = [
        (plan.name, "figure", "plain"),
        (_counted(plan), "quiet", "plain"),
        (f"会删除：{_GOES}", "", "plain"),
        (f"会留下：{_STAYS}", "", "plain"),
    ]
    if plan.ambiguous:
        names = "、".join(plan.ambiguous)
        found.append((f"另有人也叫{names}，其他记录的文字里分不清是谁，那里的姓名不改。", "", "warn"))
    beyond = f"管不到：{_kept_backups(page)}{_kept_earlier(page)}{_BEYOND}"
    return [*found, (beyond, "", "warn"), (_FOR_GOOD, "strong", "bad")]


def _counted(plan: Plan) -> str:
    """交纳 36、到会 52, the tables of most records first."""
    shown = sorted(
        ((count, TABLES[table]) for table, count in plan.records.items() if count and table in TABLES), reverse=True
    )
    return "、".join(f"{title} {count}" for count, title in shown[:8])


def _kept_backups(page: Page) -> str:
    """How many backups still know the person, and what to do about it."""
    path = page.workspace.database.path
    second = preferences.read().second_folder
    folders: tuple[Path | None, ...] = (page.workspace.backup_folder(), second)
    found = [each for folder in folders if folder is not None for each in backups.backups_in(folder, path.stem)]
    if not found:
        return ""
    first = min(each.made_at for each in found)
    return f"以前的 {len(found)} 份备份（最早 {first:%Y-%m-%d}）里还有，要一并清除，请先做一份新备份，再把它们删掉；"


def _kept_earlier(page: Page) -> str:
    """What to do about a file from before an upgrade, which knows the person too."""
    left = earlier_files.beside(page.workspace.database.path)
    return "升级前的文件里也还有，不再需要的，请在“设置”的“数据文件”里删掉；" if left else ""
