"""The three steps of the first run, each with its questions and what is asked of the answers."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLayout, QRadioButton, QVBoxLayout, QWidget

from gui.new_file import ENDING
from gui.parts.cards import fill, label, row
from gui.parts.fields import Field, enter_leads_on
from gui.parts.folder_field import FolderField
from gui.parts.password_fields import WARNING, NewPassword
from gui.theme import scaled
from models.filenames import clean
from models.kinds import NAME, NUMBER, PHONE, TEXT
from models.ledger import Column
from models.records.members.organisation import BRANCH, COMMITTEE, GENERAL_BRANCH

_KINDS = ((BRANCH, "一个党支部"), (GENERAL_BRANCH, "党总支（下设几个支部）"), (COMMITTEE, "机关党委"))

_SHORT = 14  # columns of the ledger so narrow need no wide field


class Step(QWidget):
    """One step: a question in large letters, a sentence of explanation, and fields."""

    finished = Signal()  # Enter in the last field

    def __init__(self, title: str, explanation: str, columns: tuple[Column, ...] = ()) -> None:
        super().__init__()
        self.fields = {column.key: Field(column) for column in columns}
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(14)
        self.grid.setVerticalSpacing(10)
        self.grid.setColumnStretch(1, 1)
        fill(
            QVBoxLayout(self),
            label(title, "figure"), label(explanation, "quiet", wrap=True), self.grid, 1,
            spacing=12, margins=(28, 26, 28, 10),
        )  # fmt: skip
        fields = list(self.fields.values())
        enter_leads_on(fields)
        if fields:
            fields[-1].entered.connect(self.finished)

    def check(self) -> bool:
        """Whether every answer can be taken; the first that cannot says why and has the cursor."""
        wrong = [field for field in self.fields.values() if field.isEnabled() and not field.check()]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def answer(self, key: str) -> str:
        return str(self.fields[key].value() or "")

    def add_fields(self, *keys: str) -> None:
        """Lays fields out one under another, their titles before them."""
        for key in keys:
            field = self.fields[key]
            field.title.setMinimumHeight(min(field.widget.sizeHint().height(), scaled(self, 34)))
            line = self.grid.rowCount()
            self.grid.addWidget(field.title, line, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(field, line, 1)

    def add_line(self, title: str, part: QWidget | QLayout) -> None:
        """Lays something else out under the fields, with a title before it."""
        line = self.grid.rowCount()
        if title:
            self.grid.addWidget(label(title, "quiet"), line, 0)
        if isinstance(part, QLayout):
            self.grid.addLayout(part, line, 1)
        else:
            self.grid.addWidget(part, line, 1)


class OrganisationStep(Step):
    """What the organisation is called, what it is, and the branches below a general branch or committee."""

    def __init__(self) -> None:
        super().__init__(
            "先说说您的组织",
            "名称会印在台账和表格上，写全称或习惯的简称都可以，以后能改。",
            (
                Column("name", "组织名称", TEXT, 30, required=True),
                Column("branches", "下设党支部", TEXT, 40),
            ),
        )
        self._kinds = QButtonGroup(self)
        kinds = row(spacing=18)
        for name, words in _KINDS:
            choice = QRadioButton(words)
            choice.setProperty("kind", name)
            choice.setChecked(name == BRANCH)
            choice.toggled.connect(self._show_branches)
            self._kinds.addButton(choice)
            kinds.addWidget(choice)
        kinds.addStretch(1)
        self.note = label("每行写一个支部；现在不写也可以，导入名册时会按名册建立。", "small")
        self.add_fields("name")
        self.add_line("组织类别", kinds)
        self.add_fields("branches")
        self.add_line("", self.note)
        self.fields["name"].widget.setProperty("placeholderText", "如 某局机关第一党支部")
        self.fields["name"].entered.connect(self._leave_name)
        self._show_branches()

    @property
    def kind(self) -> str:
        return str(self._kinds.checkedButton().property("kind"))

    @property
    def branches(self) -> tuple[str, ...]:
        lines = self.answer("branches").splitlines() if self.kind != BRANCH else []
        return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def choose_kind(self, kind: str) -> None:
        next(each for each in self._kinds.buttons() if each.property("kind") == kind).setChecked(True)

    def _leave_name(self) -> None:
        if self.kind == BRANCH:
            self.finished.emit()

    def _show_branches(self) -> None:
        wanted = self.kind != BRANCH
        for part in (self.fields["branches"], self.fields["branches"].title, self.note):
            part.setVisible(wanted)


class PeopleStep(Step):
    """The collection day, and whose names stand under the ledgers."""

    def __init__(self) -> None:
        super().__init__(
            "每月哪天收党费，谁来签字",
            "收缴日遇到周末和节假日会自动顺延，规则可在设置里改。姓名会印在台账的签字栏，可以以后再填。",
            (
                Column("collection_day", "收缴日", NUMBER, 6, required=True),
                Column("secretary", "支部书记", NAME, 12),
                Column("committee", "委员会", TEXT, 30),
                Column("maker", "填表人", NAME, 12),
                Column("telephone", "联系电话", PHONE, 14),
            ),
        )
        self.fields["collection_day"].set_value(23)
        self.add_fields(*self.fields)
        for field in self.fields.values():
            if field.column.width <= _SHORT:
                field.widget.setMaximumWidth(scaled(self, field.column.width * 14))

    def check(self) -> bool:
        if not super().check():
            return False
        day = self.fields["collection_day"]
        if not 1 <= day.value() <= 31:
            day.show_error("收缴日应在 1 至 31 之间；没有这一天的月份按月末算。")
            day.setFocus()
            return False
        return True


class PlaceStep(Step):
    """Where the file and its backups are kept, and the password."""

    def __init__(self, folder: Path, backup_folder: Path) -> None:
        super().__init__("数据放在哪里", "数据只在这台电脑上，不联网。备份最好放到另一块硬盘或 U 盘。")
        self._name = ""
        self.folder = FolderField("数据文件夹", folder)
        self.backups = FolderField("备份文件夹", backup_folder)
        self.second = FolderField("第二处备份")
        self.second.line.setPlaceholderText("U 盘或另一块硬盘上的文件夹；可以以后在设置里选")
        self.file = label("", "small", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.password = NewPassword(declined="不设密码（不建议：谁拿到这个文件，都能看到里面的工资、病情和身份证号）")
        self.add_line("数据文件夹", self.folder)
        self.add_line("", self.file)
        self.add_line("备份文件夹", self.backups)
        self.add_line("第二处备份", self.second)
        self.add_line("", self.problem)
        for title, part in self.password.lines():
            self.add_line(title, part)
        self.add_line("", label(WARNING, "small", "warn", wrap=True))
        self.problem.hide()
        self.folder.changed.connect(self._show_file)
        for field in (self.backups, self.second):
            field.changed.connect(lambda: self._refuse(""))
        self.password.entered.connect(self.finished)

    def name_file(self, organisation: str) -> None:
        """Names the file after the organisation."""
        self._name = organisation
        self._show_file()

    @property
    def path(self) -> Path:
        return (self.folder.folder() or Path()) / f"{clean(self._name, '支部台账')}{ENDING}"

    def check(self) -> bool:
        for field, words in ((self.folder, "数据"), (self.backups, "备份")):
            folder = field.folder()
            if folder is None or not folder.is_absolute():
                return self._refuse(f"请选择存放{words}的文件夹。", field)
            if folder.exists() and not folder.is_dir():
                return self._refuse(f"“{folder}”是一个文件，请另选存放{words}的文件夹。", field)
        second = self.second.folder()
        if second is not None and (not second.is_absolute() or not second.is_dir()):
            return self._refuse(f"没有“{second}”这个文件夹；U 盘请先插上，或者空着，以后再选。", self.second)
        if second is not None and second == self.backups.folder():
            return self._refuse("第二处备份和第一处是同一个文件夹，请另选一处，或者空着。", self.second)
        if self.path.exists():
            return self._refuse(f"“{self.path}”已经存在，请换一个文件夹。", self.folder)
        return self.password.check()

    def _show_file(self) -> None:
        self.file.setText(f"文件名：{self.path.name}")
        self._refuse("")

    def _refuse(self, sentence: str, field: FolderField | None = None) -> bool:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if field is not None:
            field.setFocus()
        return False
