"""The list for the bank: names, accounts and amounts leave the program here alone, on purpose, and it is noted."""

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from gui.page import Page
from gui.papers.papers import save_as
from gui.papers.sheet_files import write_sheet
from gui.parts.cards import button, fill, label, row
from gui.parts.dialog_size import fit_to_contents
from gui.parts.password_fields import NewPassword
from gui.parts.saving_dialog import SavingDialog
from gui.tasks import Progress
from gui.theme import scaled
from models.errors import UserError
from models.ledgers.care import papers as care_papers
from models.ledgers.care.papers import BankList
from models.ledgers.care.round_page import RoundShown
from models.records.care import rounds as care_rounds

_PURPOSE = "银行代发名单"
_WORDS = "名单里是姓名、账号和金额，只交银行代发用，用后请删除文件。导出会在变更记录里记一笔。"
_LOCKED = "只有 Excel 表格（.xlsx）能设密码，请把文件名的结尾改成 .xlsx，或者不设密码。"


class BankDialog(SavingDialog):
    """Says once what leaves the program and who lacks an account, and takes a password where one is wanted."""

    chapter = "rounds"

    def __init__(self, page: Page, shown: RoundShown) -> None:
        super().__init__(page)
        self.page, self._shown = page, shown
        self.setWindowTitle("导出银行代发名单")
        self.told = label("", "strong", wrap=True)
        self.lacking = label("", "", "bad", wrap=True)
        self.with_handed = QCheckBox("")
        self.password = NewPassword(may_be_none=True)
        self.export_button = button("导出…", self.export, primary=True)
        foot = row(1, button("取消", self.reject), self.export_button)
        fill(
            QVBoxLayout(self), self.told, self.lacking, self.with_handed, label(_WORDS, "quiet", wrap=True),
            self.password.form(), foot, spacing=10, margins=(18, 16, 18, 14),
        )  # fmt: skip
        self.setMinimumWidth(scaled(self, 480))
        self.with_handed.toggled.connect(lambda _on: self._tell())
        self.password.entered.connect(self.export)
        self._tell()
        self.export_button.setFocus()

    def export(self) -> None:
        """Asks where to save, and writes the list and the note of it together."""
        if not self.password.check():
            return
        found, password = self._list(), self.password.password()
        page, shown, sheet = self.page, self._shown, found.sheet
        if not sheet.rows:
            raise UserError(f"{shown.name}的名单里没有账号可以代发，请先按 F2 补填账号。")
        database, today = page.workspace.database, page.workspace.view.today

        def write(path: Path, progress: Progress) -> str:
            if password is not None and path.suffix.lower() in (".pdf", ".csv"):
                raise UserError(_LOCKED)
            with database.writing(f"导出{shown.name}{_PURPOSE}") as session:
                care_rounds.note_export(session, shown.id, _PURPOSE, len(sheet.rows), today)
                return write_sheet(sheet, path, password, progress)

        def done(path: Path) -> None:
            page.workspace.saved.emit(f"导出{_PURPOSE}")
            page.say(f"{len(sheet.rows)} 人的名单已保存到 {path}，变更记录里记了一笔；用后请删除。")

        self.accept()
        save_as(page, f"导出{_PURPOSE}", f"{sheet.heading}.xlsx", write, done)

    def _list(self) -> BankList:
        with self.page.workspace.reading() as session:
            view = self.page.workspace.view
            return care_papers.bank_list(session, self._shown.id, view, self.with_handed.isChecked())

    def _tell(self) -> None:
        found = self._list()
        total = found.sheet.totals["amount"]
        self.told.setText(f"名单上 {len(found.sheet.rows)} 人，共 {total:,.2f} 元。")
        missing = "、".join(found.lacking)
        self.lacking.setText(f"没有账号、不在名单里的 {len(found.lacking)} 人：{missing}。可以先按 F2 补填账号再导出。")
        self.lacking.setVisible(bool(found.lacking))
        self.with_handed.setText(f"包括已登记发放的 {found.handed} 人（已经领了现金的，再代发就重复了）")
        self.with_handed.setVisible(found.handed > 0)
        self.export_button.setEnabled(bool(found.sheet.rows))
        fit_to_contents(self)


def open_bank_list(page: Page, shown: RoundShown) -> None:
    """Opens the question before the list for the bank is written."""
    if not any(row.amount for row in shown.rows):
        raise UserError(f"{shown.name}没有慰问金，不用银行代发名单。")
    BankDialog(page, shown).open()
