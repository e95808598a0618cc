"""Settings: those who open the data file with a password of their own."""

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from gui.messages import ask
from gui.page import Page
from gui.parts.asking_again import ask_again
from gui.parts.cards import Card, button, fill, label, row
from gui.parts.fields import Field, enter_leads_on
from gui.parts.form_dialog import FormDialog
from gui.parts.ledger_view import LedgerView
from gui.parts.password_fields import NewPassword
from gui.settings.section import Section
from models import holders
from models.database import Database
from models.errors import UserError
from models.holders import Holder
from models.kinds import NAME, TEXT, Choice
from models.ledger import Column, Sheet

_WORDS = (
    "几个人共用一个数据文件时，每人用自己的密码打开，操作记录里就写得清是谁做的。“经办”可以修改，“查看”只能看和打印。"
    "数据文件自己的密码照旧，换它不影响这些密码。"
)
_PLAIN = "数据文件还没有密码，谁都能打开。请先在“密码”里设一个，再增加使用人。"
_NOT_OWNER = "现在是用使用人的密码打开的。要增加、修改、移除使用人，请用数据文件的密码重新打开。"
_COLUMNS = (
    Column("name", "姓名", NAME, 14, required=True),
    Column("role", "权限", Choice(holders.ROLES), 10, required=True),
)


class _PasswordedForm(FormDialog):
    """A form with a new password at its end."""

    def __init__(self, parent: QWidget, title: str, keep: Callable[[str], None]) -> None:
        super().__init__(parent, lambda: keep(str(self.password.password())))
        self.setWindowTitle(title)
        self.password = NewPassword()
        self.password.entered.connect(self.save)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(14)
        self.form.setVerticalSpacing(9)
        self.setMinimumWidth(480)

    def save(self) -> None:
        wrong = [field for field in self.fields.values() if not field.check()]
        if wrong or self.password.check():
            super().save()

    def is_changed(self) -> bool:
        return super().is_changed() or bool(self.password.first.text())

    def add_password(self) -> None:
        """Lays the password out under what stands in the form."""
        for title, part in self.password.lines():
            self.form.addRow(label(title, "quiet"), part)


class PersonForm(_PasswordedForm):
    """Asks for a person, what they may do, and their password."""

    def __init__(self, parent: QWidget, database: Database) -> None:
        super().__init__(
            parent,
            "增加使用人",
            lambda password: holders.add(database, self.fields["name"].value(), self.fields["role"].value(), password),
        )
        self.fields = {column.key: Field(column) for column in _COLUMNS}
        self.fields["role"].set_value(holders.ROLES[0])
        for field in self.fields.values():
            self.form.addRow(field.title, field)
        self.add_password()
        note = label("请本人来输，只有自己知道；忘了可以由管文件的人重新设一个。", "small", wrap=True)
        fill(QVBoxLayout(self), self.form, note, self.foot(), spacing=12, margins=(20, 18, 20, 16))
        enter_leads_on(list(self.fields.values()))
        self.fields["role"].entered.connect(self.password.first.setFocus)


class PasswordForm(_PasswordedForm):
    """Asks for another password of a person."""

    def __init__(self, parent: QWidget, database: Database, holder: Holder) -> None:
        super().__init__(
            parent, "换使用人的密码", lambda password: holders.change(database, holder.id, password=password)
        )
        self.add_password()
        who = label(holder.name, "figure")
        fill(QVBoxLayout(self), who, self.form, self.foot(), spacing=12, margins=(20, 18, 20, 16))


class PersonsSection(Section):
    """The table of persons and what can be done with the chosen one."""

    def __init__(self, page: Page) -> None:
        self.table = LedgerView("还没有使用人，只有数据文件自己的密码能打开。")
        self.table.setMinimumHeight(200)
        self.table.chosen.connect(lambda _row: self._show_buttons())
        self.why = label("", tone="warn", wrap=True)
        self.add_button = button("增加使用人…", self.add, primary=True)
        self.role_button = button("改成“查看”", self.switch)
        self.password_button = button("换他的密码…", self.change_password)
        self.remove_button = button("移除…", self.ask_to_remove, flat=True)
        tools = row(self.add_button, self.role_button, self.password_button, 1, self.remove_button)
        super().__init__(page, Card(label(_WORDS, "quiet", wrap=True), self.why, self.table, tools, title="使用人"))
        self.column.setStretch(0, 1)

    @property
    def database(self) -> Database:
        """The open file."""
        return cast(Database, self.workspace.database)

    def reload(self) -> None:
        with self.workspace.reading() as session:
            known = holders.everybody(session)
        self.table.show_sheet(
            Sheet(
                name="persons", heading="使用人", rows=known, totals={}, lines=("", "", ""), signatures=(), note="",
                orientation="portrait",
                columns=(Column("name", "姓名", TEXT, 20), Column("role", "权限", TEXT, 12)),
            )
        )  # fmt: skip
        if self.table.current_row() is None:
            self.table.select(lambda _row: True)
        self.why.setText("" if self.database.person is None else _NOT_OWNER)
        if not self.database.encrypted:
            self.why.setText(_PLAIN)
        self.why.setVisible(bool(self.why.text()))
        self._show_buttons()

    def add(self) -> None:
        """Asks for a person and their password, after that of the file."""
        ask_again(self.database, self, "增加使用人，请先再输一次数据文件的密码", self._ask_for_person)

    def _ask_for_person(self) -> None:
        form = PersonForm(self, self.database)
        form.accepted.connect(lambda: self._done("增加使用人", "已增加，可以用自己的密码打开了。"))
        form.open()

    def switch(self) -> None:
        """Lets the chosen one change the file, after the file's password, or look only."""
        chosen = self._chosen()
        if chosen.role == holders.ROLES[0]:
            self._switch(chosen)
        else:
            heading = f"{chosen.name}以后可以修改，请先再输一次数据文件的密码"
            ask_again(self.database, self, heading, lambda: self._switch(chosen))

    def _switch(self, chosen: Holder) -> None:
        holders.change(self.database, chosen.id, role=self._other_role(chosen))
        self._done("修改使用人", f"{chosen.name}以后{'只能查看' if chosen.role == holders.ROLES[0] else '可以修改'}。")

    def change_password(self) -> None:
        """Asks for another password of the chosen one, after that of the file."""
        chosen = self._chosen()
        heading = f"换{chosen.name}的密码，请先再输一次数据文件的密码"
        ask_again(self.database, self, heading, lambda: self._ask_for_password(chosen))

    def _ask_for_password(self, chosen: Holder) -> None:
        form = PasswordForm(self, self.database, chosen)
        form.accepted.connect(lambda: self._done("修改使用人", "密码已换，以前那个打不开了。"))
        form.open()

    def ask_to_remove(self) -> None:
        """Takes the chosen one's password away, after a question."""
        chosen = self._chosen()
        ask(
            self, f"移除{chosen.name}？", yes="移除", no="不移除",
            detail="他的密码打不开这个文件了；以前的备份和拷走的副本仍能打开。要连副本也换掉，请再换数据文件的密码。",
            then=lambda: self._remove(chosen),
        )  # fmt: skip

    def _remove(self, chosen: Holder) -> None:
        holders.remove(self.database, chosen.id)
        self._done("移除使用人", f"已移除{chosen.name}。")

    def _done(self, title: str, words: str) -> None:
        self.workspace.saved.emit(title)
        self.reload()
        self.page.say(words)

    def _show_buttons(self) -> None:
        database = self.database
        may = database.encrypted and database.person is None and not database.read_only
        chosen = self.table.current_row()
        self.add_button.setEnabled(may)
        for part in (self.role_button, self.password_button, self.remove_button):
            part.setVisible(may and isinstance(chosen, Holder))
        if isinstance(chosen, Holder):
            self.role_button.setText(f"改成“{self._other_role(chosen)}”")

    def _other_role(self, chosen: Holder) -> str:
        return next(role for role in holders.ROLES if role != chosen.role)

    def _chosen(self) -> Holder:
        chosen = self.table.current_row()
        if not isinstance(chosen, Holder):
            raise UserError("请先在表里选一位使用人。")
        return chosen
