"""Reminder slips: made for one branch or all from what the month asks, answered line by line, printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.life.duty_tasks import TaskTable
from gui.messages import ask
from gui.page import Page
from gui.papers.paper_files import drawing, preview_paper
from gui.papers.papers import preview
from gui.parts.cards import PAGE_MARGINS, button, column, fill, label, row
from gui.parts.fields import Field
from gui.parts.record_dialog import RecordDialog
from gui.parts.saving_dialog import SavingDialog
from gui.theme import scaled
from models import settings
from models.errors import FieldError, UserError
from models.kinds import DAY, MONTH, PERSON, TEXT, Choice
from models.ledger import Column, View
from models.ledgers.life.reminder_slips import FEEDBACK_COLUMNS, LIFE_REMINDERS, LINE_COLUMNS
from models.records.life import plans, reminder_slips
from models.records.life.reminder_slips import ReminderSlip
from models.records.members import organisation
from models.records.members.organisation import BRANCH
from models.rules.periods import Month, Period

Values = dict[str, Any]
_HEAD = (
    Column("number", "编号", TEXT, 14, required=True),
    Column("issued_on", "印发日期", DAY, 11, required=True),
    Column("signer", "签发人", PERSON, 10),
    Column("remark", "备注", TEXT, 24),
)
EVERYBODY = "全部支部（各一张）"


def ask_for_slip(page: Page) -> None:
    """The slip of a month for one branch or all; UserError in a file of one branch."""
    with page.workspace.reading() as session:
        if organisation.root(session).kind == BRANCH:
            raise UserError("提醒单由党总支、党委发给下级党支部；这个数据文件只有一个支部。")
        nodes = {each.name: each.id for each in organisation.branches(session)}
    if not nodes:
        raise UserError("还没有下级党支部，请先在“设置—支部与组织”里添加。")
    SlipDialog(page, nodes).open()


class SlipDialog(SavingDialog):
    """What the month asks stands ready to be ticked; further tasks are typed below."""

    chapter = "plan"

    def __init__(self, page: Page, nodes: Mapping[str, int]) -> None:
        super().__init__(page)
        self.setWindowTitle("印发提醒单")
        self._page, self._nodes = page, nodes
        today = page.workspace.view.today
        columns = (
            Column("branch", "受文支部", Choice((EVERYBODY, *nodes)), 16, required=True),
            Column("month", "月份", MONTH, 8, required=True),
            Column("issued_on", "印发日期", DAY, 11, required=True),
            Column("signer", "签发人", PERSON, 10),
        )
        self.fields = {each.key: Field(each) for each in columns}
        with page.workspace.reading() as session:
            signer = settings.read(session).secretary
        values = {"branch": EVERYBODY, "month": Month.of(today), "issued_on": today, "signer": signer or None}
        for key, field in self.fields.items():
            field.set_value(values[key])
        self.tasks = TaskTable()
        self.problem = label("", "error", wrap=True)
        self.save_button = button("印发", self.save, primary=True)
        self._lay_out()
        self._propose()
        self.fields["branch"].changed.connect(self._propose)
        self.fields["month"].changed.connect(self._propose)

    def save(self) -> None:
        """Makes the slips; what is refused is said and nothing is lost."""
        self.problem.clear()
        wrong = [field for field in self.fields.values() if not field.check()]
        if wrong:
            wrong[0].setFocus()
            return
        values = {key: field.value() for key, field in self.fields.items()}
        try:
            tasks = self.tasks.tasks()
            issued = self._issue(values, tasks)
        except FieldError as refusal:
            if refusal.field in self.fields:
                self.fields[refusal.field].show_error(str(refusal))
            else:
                self.problem.setText(str(refusal))
        except (UserError, ValueError) as refusal:
            self.problem.setText(str(refusal))
        else:
            self._page.say(f"已印发 {values['month'].chinese}提醒单 {issued} 张；可以预览打印。")
            self.accept()

    def reject(self) -> None:
        ask(self, "提醒单还没有印发，要放弃吗？", yes="放弃", no="继续填写", loses=True, then=super().reject)

    def _issue(self, values: Values, tasks: Sequence[Mapping[str, Any]]) -> int:
        """Makes a slip for each branch meant, each with its own duties and what was typed for all."""
        month, branch = values["month"], values["branch"]
        meant = self._nodes.values() if branch == EVERYBODY else [self._nodes[branch]]
        issued = 0
        with self._page.workspace.writing(f"印发{month.chinese}提醒单") as session:
            for branch_id in meant:
                if branch == EVERYBODY and reminder_slips.slip_of(session, month, branch_id) is not None:
                    continue
                own = {each["obligation"] for each in plans.proposed(session, month, self._today, branch_id)}
                fitting = [each for each in tasks if each["obligation"] is None or each["obligation"] in own]
                reminder_slips.issue(session, month, branch_id, values, fitting)
                issued += 1
            if not issued:
                raise FieldError("branch", f"各支部{month.chinese}的提醒单都已经有了。")
        return issued

    @property
    def _today(self) -> Any:
        return self._page.workspace.view.today

    def _propose(self) -> None:
        """Shows what the month asks of the branch, or of any of them."""
        try:
            month, branch = self.fields["month"].value(), self.fields["branch"].value()
        except ValueError:
            return  # still being typed
        meant = self._nodes.values() if branch == EVERYBODY else [self._nodes[branch]]
        found: dict[Any, Mapping[str, Any]] = {}
        with self._page.workspace.reading() as session:
            for branch_id in meant:
                for each in plans.proposed(session, month, self._today, branch_id):
                    found.setdefault(each["obligation"], each)
        self.tasks.show_tasks(list(found.values()))

    def _lay_out(self) -> None:
        self.fields["branch"].widget.setMinimumWidth(scaled(self, 210))
        heads = [column(field.title, field, spacing=3) for field in self.fields.values()]
        line = row(*heads, spacing=14)
        foot = row(self.problem, button("取消", self.reject), self.save_button)
        foot.setStretch(0, 1)
        box = QWidget()
        box.setLayout(column(line, self.tasks, foot, spacing=12))
        fill(QVBoxLayout(self), box, margins=PAGE_MARGINS)
        self.setMinimumWidth(scaled(self, 860))


def ask_for_feedback(page: Page, row_: Any) -> None:
    """What a branch answered to a task."""

    def save(values: Values) -> None:
        with page.workspace.writing(f"登记{row_.branch}反馈") as session:
            reminder_slips.change_line(session, row_.id, values)
        page.say(f"{row_.branch}“{row_.task}”的落实情况已登记。")

    known = {each.key: getattr(row_, each.key) for each in FEEDBACK_COLUMNS}
    who = f"{row_.branch}　{row_.task}"
    RecordDialog("落实情况", FEEDBACK_COLUMNS, known, save, page, who=who).open()


def ask_for_task(page: Page, rows: Sequence[Any]) -> None:
    """A further task on the slip of the row that is chosen."""
    if not rows:
        raise UserError("请先选中提醒单上的一项。")
    chosen = rows[0]

    def save(values: Values) -> None:
        with page.workspace.writing(f"增加{chosen.number}提醒事项") as session:
            reminder_slips.add_line(session, chosen.slip_id, values)
        page.say(f"已加到提醒单 {chosen.number}。")

    RecordDialog("增加提醒事项", LINE_COLUMNS, {}, save, page, who=f"{chosen.branch}　{chosen.number}").open()


def ask_for_head(page: Page, rows: Sequence[Any]) -> None:
    """Number, day, signer and remark of the slip of the row that is chosen."""
    with page.workspace.reading() as session:
        found = session.get_one(ReminderSlip, rows[0].slip_id)
        known = {column.key: getattr(found, column.key) for column in _HEAD}

    def save(values: Values) -> None:
        with page.workspace.writing(f"修改提醒单{known['number']}") as session:
            reminder_slips.change(session, rows[0].slip_id, values)
        page.say(f"提醒单 {values['number']} 已保存。")

    who = f"{rows[0].branch}　{rows[0].month.chinese}"
    RecordDialog("提醒单编号和签发", _HEAD, known, save, page, who=who).open()


def remove_slip(page: Page, row_: Any) -> None:
    """Removes the task that is chosen; with its last task the slip itself."""
    with page.workspace.writing(f"删除{row_.number}提醒事项") as session:
        if len(reminder_slips.lines(session, row_.slip_id)) == 1:
            reminder_slips.remove(session, row_.slip_id)
        else:
            reminder_slips.remove_line(session, row_.id)
    page.say("已删除；按 Ctrl+Z 撤销。")


def print_slip(page: Page, rows: Sequence[Any]) -> None:
    """The slips of the rows that are chosen on paper."""
    view = View(page.workspace.view.today, Period(rows[0].month, rows[0].month))
    preview_paper(page, LIFE_REMINDERS.name, view, {each.slip_id for each in rows})


def print_blank(page: Page, _rows: Sequence[Any]) -> None:
    """The empty slip, to be written by hand."""
    preview(page, f"{LIFE_REMINDERS.title}（空白）", drawing(LIFE_REMINDERS.name, []))
