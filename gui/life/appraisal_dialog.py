"""The appraisal of a branch: its ballots above, the votes and grades of each member in the table below."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from gui.ledgers.record_forms import meant
from gui.life.appraisal_head import AppraisalHead
from gui.life.appraisal_table import AppraisalTable
from gui.messages import ask
from gui.page import Page
from gui.parts.cards import Card, ShareBar, button, fill, label, restyle, row
from gui.parts.dialog_size import open_at
from gui.parts.foot_line import FootLine
from gui.parts.record_dialog import RecordDialog
from gui.parts.saving_dialog import SavingDialog
from models.errors import FieldError, UserError
from models.kinds import NUMBER, PERSON
from models.ledger import Column, Sheet, View
from models.ledgers.life.appraisals import (
    LIFE_APPRAISALS,
    AppraisalRow,
    Head,
    appraisal_rows,
    head_of,
    standing_words,
)
from models.records.life import appraisals
from models.records.life.appraisals import VOTES
from models.records.members.members import PROBATIONARY
from models.records.members.organisation import Organisation
from models.rules.appraisal import OUTSTANDING
from models.rules.periods import Period

_KEYS = (
    "数字、回车 录票　空格 填余下的票　等次列按 1 优秀 2 合格 3 基本合格 4 不合格 0 不定　"
    "F2 意见、处置　Ctrl+Z 撤销　Ctrl+Y 重做"
)
_WHO = Column("who", "姓名", PERSON, 14, required=True)
_SHOWN = ("name", "category", *VOTES, "grade", "disposition", "remark")


@dataclass(frozen=True, slots=True)
class Line(AppraisalRow):
    """A member of the list as the table needs it."""

    @property
    def probationary(self) -> bool:
        return self.category == PROBATIONARY


class AppraisalDialog(SavingDialog):
    """Each figure is saved as it is typed; `ask_for_result` opens the form of a member's opinion and disposition."""

    chapter = "appraisal"

    def __init__(self, page: Page, appraisal_id: int, ask_for_result: Callable[[Any, Any], object]) -> None:
        super().__init__(page)
        self.page = page
        self.appraisal_id = appraisal_id
        self._ask_for_result = ask_for_result
        self.setWindowTitle("民主评议：录票、定等次")
        self.title = label("", "figure")
        self.standing = label("", "strong", wrap=True)
        self.progress, self.bar = label("", "quiet"), ShareBar()
        self.head = AppraisalHead(self._save_head)
        self.table = AppraisalTable()
        self.problem = FootLine()
        self._known: Head
        self._lay_out()
        self._connect()
        self.refresh()
        open_at(self, 1120, 640)
        self.table.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Reads the appraisal as it stands."""
        view = self.page.workspace.view
        with self.page.workspace.reading() as session:
            found = appraisals.by_id(session, self.appraisal_id)
            branch = session.get_one(Organisation, found.branch_id).name
            self._known = head_of(session, found, branch)
            rows = appraisal_rows(session, View(view.today, Period.of_year(found.year), found.branch_id))
        lines = [Line(*(getattr(each, field.name) for field in fields(AppraisalRow))) for each in rows]
        self._show(lines)

    def show_member(self, result_id: int) -> None:
        """Goes to a member of the list."""
        self.table.select(lambda each: each.id == result_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Leaves; a head that cannot be saved as it was typed is asked about."""
        if self.head.is_changed and not self.head.save():
            ask(
                self, "上面一行有填错的地方，还没有保存，要放弃吗？",
                yes="放弃", no="继续填写", loses=True, then=lambda: self._give_up(result),
            )  # fmt: skip
            return
        self.page.workspace.saved.disconnect(self.refresh)
        super().done(result)

    def _give_up(self, result: int) -> None:
        self.head.forget()
        self.done(result)

    def _show(self, lines: list[Line]) -> None:
        head = self._known
        self.title.setText(f"{head.branch}　{head.year}年度")
        self.head.show_values(head.values)
        columns = tuple(column for column in LIFE_APPRAISALS.columns if column.key in _SHOWN)
        self.table.show_list(Sheet("", "", columns, lines, {}, ("", "", ""), (), "", "landscape"))
        words = standing_words(head.standing, head.values["share"], head.values["over_reason"])
        self.standing.setText(words)
        full = head.standing.outstanding >= head.standing.cap
        restyle(self.standing, tone="bad" if head.standing.is_over else "warn" if full else "plain")
        graded = [line for line in lines if not line.probationary]
        done = sum(line.grade is not None for line in graded)
        self.progress.setText(f"已定等次 {done} / {len(graded)} 人")
        self.bar.show_share(done, len(graded))

    def _save_head(self, changed: dict[str, Any]) -> None:
        today = self.page.workspace.view.today
        with self.page.workspace.writing(f"修改{self._known.branch}民主评议票数") as session:
            appraisals.change(session, self.appraisal_id, changed, today)

    def _take_votes(self, line: Line, key: str, text: str, leads_on: bool) -> None:
        try:
            votes = NUMBER.read(text)
        except ValueError as problem:
            self.problem.refuse(f"{line.name}：{problem}")
            return
        if self._save(line, {key: votes}) and leads_on:
            self.table.go_on()

    def _take_rest(self, line: Line, key: str) -> None:
        """Gives a grade all votes that the sound ballots have left; what nobody voted for counts nought."""
        valid = self._known.values["valid"]
        if valid is None:
            self.problem.refuse("请先在上面填有效票，再用空格填余下的票。")
            return
        others = {each: getattr(line, each) or 0 for each in VOTES if each != key}
        if self._save(line, others | {key: max(valid - sum(others.values()), 0)}):
            self.table.go_on()

    def _take_grade(self, line: Line, grade: str | None) -> None:
        if self._save(line, {"grade": grade}) and grade is not None:
            self.table.go_on()

    def _save(self, line: Line, values: dict[str, Any]) -> bool:
        """Saves what was said of one member; what is refused is said at the foot."""
        self.problem.clear()
        try:
            with self.page.workspace.writing(f"登记{line.name}的民主评议") as session:
                appraisals.note(session, line.id, values)
        except FieldError as refusal:
            self.problem.refuse(f"{line.name}：{refusal}")
            if refusal.field == "grade" and values.get("grade") == OUTSTANDING and not line.probationary:
                self.head.fields["over_reason"].setFocus(Qt.FocusReason.TabFocusReason)
            return False
        except UserError as refusal:
            self.problem.refuse(str(refusal))
            return False
        return True

    def _form(self) -> None:
        line = self.table.current_row()
        if line is not None:
            self._ask_for_result(self, line)

    def _ask_for_another(self) -> None:
        """Asks who else takes part, as somebody who came to the branch after the day of its roster."""

        def save(values: dict[str, Any]) -> None:
            workspace = self.page.workspace
            member_id, name = meant(self.page, values["who"])
            with workspace.writing(f"把{name}列入民主评议名单") as session:
                appraisals.include(session, self.appraisal_id, member_id, workspace.view.today)

        find = self.page.workspace.find
        RecordDialog("补充评议名单", (_WHO,), {}, save, self, find=find).open()

    def _ask_to_remove(self) -> None:
        head = self._known
        ask(
            self, f"删除{head.branch}{head.year}年度的民主评议？", yes="删除", no="不删除",
            detail="名单、票数和等次都会删除，按 Ctrl+Z 可以撤销。", then=self._remove,
        )  # fmt: skip

    def _remove(self) -> None:
        head = self._known
        self.page.workspace.saved.disconnect(self.refresh)
        with self.page.workspace.writing(f"删除{head.branch}{head.year}年民主评议") as session:
            appraisals.remove(session, self.appraisal_id)
        self.page.say("已删除这次民主评议；按 Ctrl+Z 撤销。")
        super().done(0)

    def _connect(self) -> None:
        self.table.typed.connect(self._take_votes)
        self.table.graded.connect(self._take_grade)
        self.table.rest_wanted.connect(self._take_rest)
        self.table.form_wanted.connect(lambda _line: self._form())
        self.table.undo_wanted.connect(lambda: self.problem.take(self.page.workspace.undo))
        self.table.redo_wanted.connect(lambda: self.problem.take(self.page.workspace.redo))
        self.page.workspace.saved.connect(self.refresh)

    def _lay_out(self) -> None:
        self.bar.setFixedWidth(140)
        top = row(self.title, 1, self.progress, self.bar)
        remove = button("删除这次评议…", self._ask_to_remove, flat=True)
        more = button("补充名单…", self._ask_for_another)
        tools = row(self.standing, remove, more, button("意见、处置…　F2", self._form))
        tools.setStretch(0, 1)
        foot = row(label(_KEYS, "quiet", wrap=True), button("完成", self.accept, primary=True))
        foot.setStretch(0, 1)
        layout = QVBoxLayout(self)
        parts = (top, Card(self.head, spacing=6), tools, self.table, self.problem, foot)
        fill(layout, *parts, spacing=10, margins=(18, 14, 18, 14))
        layout.setStretch(3, 1)
