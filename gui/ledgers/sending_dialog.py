"""Excel 上报: which ledgers and papers go up the chain, for which period, to whom, in which form."""

from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.ledgers import sending_work
from gui.ledgers.ledger_entries import Entry, entries
from gui.ledgers.sending_work import Made, Wanted
from gui.page import Page
from gui.papers import private
from gui.papers.papers import folder_of
from gui.parts.cards import Card, button, fill, label, row
from gui.parts.chooser import Chooser
from gui.parts.dialog_size import open_at
from gui.parts.fields import Field
from gui.parts.file_dialogs import ask_where_to_save, ask_which_folder
from gui.parts.password_fields import NewPassword
from gui.parts.period_chooser import offer_periods
from gui.parts.saving_dialog import SavingDialog
from gui.theme import scaled
from models.database import Database
from models.errors import UserError
from models.kinds import DAY, TEXT, Choice
from models.ledger import Column, View
from models.ledgers.sendings import SENDINGS, recipients
from models.records import sendings
from models.records.dues import months
from models.records.members.organisation import branches
from models.records.sendings import FORMS, WORKBOOK

_ENTRY = Qt.ItemDataRole.UserRole


class SendingDialog(SavingDialog):
    """Begins with what was sent last time; the files are written first, and only then is the sending recorded."""

    chapter = "sending"

    def __init__(self, page: Page, view: View) -> None:
        super().__init__(page)
        self.setWindowTitle("Excel 上报")
        self.page, self._view = page, view
        self.list = QListWidget()
        self.list.setAccessibleName("报送哪些")
        self.list.setProperty("plain", True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.period = Chooser("所属期", letters=10)
        self.branch = Chooser("范围", letters=10)
        self.form = Chooser("形式", [(each, each) for each in FORMS], letters=14)
        self.sent_on = Field(Column("sent_on", "报送日期", DAY, 11, required=True))
        self.remark = Field(Column("remark", "备注", TEXT, 14))
        self.locked = QCheckBox("加密码（打开表格要输入密码）")
        self.password = NewPassword()
        self.problem = label("", "error", wrap=True)
        self.next_button = button("选择位置并生成…", self.go_on, primary=True)
        with page.workspace.reading() as session:
            last = sendings.last(session)
            chosen = {each.name for each in sendings.tables_of(session, last.id)} if last is not None else set()
            form, recipient = (last.form, last.recipient) if last is not None else (WORKBOOK, None)
            known = recipients(session)
            offer_periods(self.period, "month", months.opened(session), view.period)
            self.branch.offer([("全部支部", None), *((each.name, each.id) for each in branches(session))])
        self.recipient = Field(Column("recipient", "报送给", Choice(known, open=True), 16, required=True))
        self.recipient.set_value(recipient)
        self.sent_on.set_value(view.today)
        self.branch.choose(view.branch_id)
        self.form.choose(form)
        self._offer(chosen)
        self._lay_out()
        self.locked.toggled.connect(self._show_password)
        self.list.itemChanged.connect(lambda _item: self._count())
        self._show_password(False)
        self._count()
        self.list.setFocus()

    def chosen(self) -> list[Entry]:
        """The ledgers and papers that are ticked, in their order."""
        items = (self.list.item(line) for line in range(self.list.count()))
        return [item.data(_ENTRY) for item in items if item.checkState() == Qt.CheckState.Checked]

    def wanted(self) -> Wanted:
        """What was chosen; UserError where something is missing or does not go together."""
        chosen = self.chosen()
        view = replace(self._view, period=self.period.value(), branch_id=self.branch.value())
        wanted = Wanted(
            ledgers=tuple(each.name for each in chosen if not each.is_paper),
            papers=tuple(each.name for each in chosen if each.is_paper),
            view=view,
            form=self.form.value(),
            recipient=self.recipient.value(),
            sent_on=self.sent_on.value(),
            password=self.password.password() if self.locked.isChecked() else None,
            remark=self.remark.value(),
        )
        sending_work.verify(wanted)
        return wanted

    def go_on(self) -> None:
        """Asks where the file or the folder is to stand, and has it written."""
        self.problem.clear()
        fields = [field for field in (self.recipient, self.sent_on, self.remark) if not field.check()]
        if fields:
            fields[0].setFocus()
            return
        if self.locked.isChecked() and not self.password.check():
            return
        try:
            wanted = self.wanted()
        except UserError as refusal:
            self.problem.setText(str(refusal))
            return
        private.ask_first(self.page, sending_work.told(wanted), lambda: self._ask_where(wanted), self)

    def _ask_where(self, wanted: Wanted) -> None:
        folder = folder_of(self.page)
        if wanted.form == WORKBOOK:
            name = f"{sending_work.free_name(folder, wanted).name}.xlsx"
            ask_where_to_save(self, "报送的文件存在哪里", folder, name, lambda path: self._make(wanted, path))
        else:
            ask_which_folder(
                self,
                "报送的文件夹放在哪里",
                str(folder),
                lambda chosen: self._make(wanted, sending_work.free_name(chosen, wanted)),
            )

    def _make(self, wanted: Wanted, target: Path) -> None:
        """Writes in a task, keeps the sending, and closes."""
        page, database = self.page, cast(Database, self.page.workspace.database)
        page.workspace.folder = target.parent
        self.setEnabled(False)

        def done(made: Made) -> None:
            with page.workspace.writing(f"报送{wanted.view.period.chinese}台账给{wanted.recipient}") as session:
                sending_work.keep(session, wanted, made)
            self.accept()
            if made.said:
                page.told.emit("warn", f"已存到 {made.path}，并记入报送登记。{made.said}")
            else:
                page.say(f"已存到 {made.path}，并记入报送登记。")

        task = page.run("生成报送的文件", lambda progress: sending_work.make(database, wanted, target, progress), done)
        task.ended.connect(lambda: self.setEnabled(True))
        task.failed.connect(lambda error: self.problem.setText(str(error) if isinstance(error, UserError) else ""))

    def _offer(self, chosen: set[str]) -> None:
        for each in entries():
            if each.name == SENDINGS.name:
                continue
            item = QListWidgetItem(f"{each.title}（打印件，PDF）" if each.is_paper else each.title)
            item.setToolTip(each.use)
            item.setData(_ENTRY, each)
            item.setSizeHint(QSize(0, scaled(self, 31)))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if each.name in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _count(self) -> None:
        self.counted.setText(f"已选 {len(self.chosen())} 张")

    def _show_password(self, wanted: bool) -> None:
        for title, part in self._password_lines:
            title.setVisible(wanted)
            part.setVisible(wanted and part is not self.password.problem)
        if wanted:
            self.password.first.setFocus()

    def _lay_out(self) -> None:
        self.counted = label("", "small")
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        parts: list[tuple[QWidget, QWidget]] = [
            (label("所属期", "quiet"), self.period),
            (label("范围", "quiet"), self.branch),
            (self.recipient.title, self.recipient),
            (self.sent_on.title, self.sent_on),
            (label("形式", "quiet"), self.form),
            (self.remark.title, self.remark),
            (label(), self.locked),
        ]
        self._password_lines = [(label(title, "quiet"), part) for title, part in self.password.lines()]
        for line, (title, part) in enumerate([*parts, *self._password_lines]):
            grid.addWidget(title, line, 0)
            grid.addWidget(part, line, 1)
        grid.setRowStretch(len(parts) + len(self._password_lines), 1)
        left = Card(self.list, row(self.counted, 1, button("全选", lambda: self._tick(True), flat=True),
                    button("全不选", lambda: self._tick(False), flat=True)), title="报送哪些")  # fmt: skip
        body = row(left, Card(form, title="怎样报送"), spacing=14)
        body.setStretch(0, 5)
        body.setStretch(1, 6)
        foot = row(self.problem, button("取消", self.reject), self.next_button)
        foot.setStretch(0, 1)
        layout = QVBoxLayout(self)
        fill(layout, body, foot, spacing=12, margins=(18, 16, 18, 14))
        layout.setStretch(0, 1)
        open_at(self, 860, 600)

    def _tick(self, ticked: bool) -> None:
        """Ticks all that the form can hold, or nothing: a paper goes into no workbook."""
        for line in range(self.list.count()):
            item = self.list.item(line)
            fits = ticked and not (self.form.value() == WORKBOOK and item.data(_ENTRY).is_paper)
            item.setCheckState(Qt.CheckState.Checked if fits else Qt.CheckState.Unchecked)
