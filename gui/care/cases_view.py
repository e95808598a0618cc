"""Everybody who is looked after: the list at the left, the person's page at the right with the next step in red."""

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.care import forms
from gui.care.case_card import CaseCard
from gui.page import Page
from gui.papers.paper_files import export_ledger, preview_ledger, preview_paper
from gui.parts.cards import NO_MARGINS, Card, Tag, button, column, label, line_edit, row
from gui.parts.chooser import Chooser
from gui.parts.entry_list import EntryList
from gui.parts.wrapping_row import WrappingRow
from gui.theme import scaled
from gui.workspace import Workspace
from models.errors import UserError
from models.ledger import Sheet
from models.ledgers.care.cases import CARE_CASES, CARE_HOUSEHOLDS, STATE, CaseRow, case_rows
from models.ledgers.care.history import timeline
from models.ledgers.care.page import can_be_taken_back, home, next_steps
from models.ledgers.sheets import sheet
from models.records.care import cases as care_cases
from models.records.members import members
from models.records.members.organisation import branches
from models.rules import care
from models.rules.periods import Period
from models.variants import expression

PAPER = "care_application"
_SIDE = 276
_NOT_LEFT = "未退出"


class CareCasesView(Page):
    """The list is filtered by state, kind, branch and words; numbers are masked until they are asked for."""

    keys = "↑↓ 选人　Alt+N 下一步　Alt+E 修改　Alt+A 申请表　Ctrl+N 登记申请　Ctrl+E 导出　Ctrl+P 打印台账"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.rows: list[CaseRow] = []
        states = [(_NOT_LEFT, _NOT_LEFT), ("全部", None), *((each, each) for each in care.STATES)]
        self.state = Chooser("状态", states, letters=4)
        self.state.choose(_NOT_LEFT)
        self.sort = Chooser("类别", letters=9)
        self.branch = Chooser("支部", letters=9)
        self.search = line_edit("姓名……", lambda _words: self._list())
        self.list = EntryList("帮扶对象", empty="没有符合的人。按 Ctrl+N 登记申请。")
        self.name, self.tag_shown = label("", "figure"), Tag()
        self.card = CaseCard(
            (
                ("家庭成员…", lambda: forms.ask_for_relative(self, self.chosen)),
                ("家庭收入…", lambda: forms.ask_for_income(self, self.chosen)),
            ),
            partial(forms.ask_to_remove, self),
        )
        self.card.timeline.followed.connect(lambda place: self.go(*place))
        self.card.reduce.clicked.connect(lambda _checked=False: self._reduce())
        self.card.unmask.clicked.connect(lambda _checked=False: self._unmask())
        self.next_button = button("", self.next_step, primary=True)
        self.other_steps = row(spacing=8)
        self.back_button = button("退回上一步", self._take_back, flat=True)
        self.remove_button = button("删除…", lambda: forms.ask_to_remove_case(self, self.chosen), flat=True)
        self.change_button = button("修改", self._change)
        self.erase_button = button("彻底删除个人信息…", self._erase, flat=True)
        self.paper_button = button("申请审批表", self.preview_application, icon="printer")
        self._masked = True
        self._lay_out()
        self._connect()

    @property
    def chosen(self) -> CaseRow:
        """The case that is shown; UserError while there is none."""
        found = self.list.entry()
        if not isinstance(found, CaseRow):
            raise UserError("请先在左边选一个人。")
        return found

    def reload(self) -> None:
        with self.workspace.reading() as session:
            self.rows = case_rows(session, self.workspace.view)
            self.branch.offer([("全部支部", None), *((each.name, each.name) for each in branches(session))])
            self.sort.offer([("全部类别", None), *((each, each) for each in care_cases.sorts(session))])
        self._list()

    def show_target(self, target: Any) -> None:
        """Shows the case of this number."""
        self.state.choose(None)
        self.sort.choose(None)
        self.branch.choose(None)
        self.search.clear()
        self._list()
        numbers = [entry.id for entry in self.list.entries()]
        if target in numbers:
            self.list.setCurrentRow(numbers.index(target))

    def new_record(self) -> None:
        forms.ask_for_member(self)

    def print_out(self) -> None:
        preview_ledger(self, self._ledger(), self.workspace.view)

    def export(self) -> None:
        export_ledger(self, self._ledger(), self.workspace.view)

    def preview_application(self) -> None:
        """Shows F41 of the case as it will be printed."""
        chosen = self.chosen
        view = replace(self.workspace.view, period=Period.of_year(chosen.applied_on.year))
        preview_paper(self, PAPER, view, [chosen.id])

    def next_step(self) -> None:
        """The form of what comes next in the case."""
        row_ = self.chosen
        with self.workspace.reading() as session:
            possible = next_steps(session, row_.id)
        if not possible:
            raise UserError("已经退出，不再办理；再次困难的请重新登记申请。")
        forms.ask_for_step(self, row_, possible[0])

    def _ledger(self) -> Sheet:
        """The ledger in which the person shown stands: that of the members, or of the others."""
        entry = self.list.entry()
        ledger = CARE_HOUSEHOLDS if entry is not None and entry.member_id is None else CARE_CASES
        with self.workspace.reading() as session:
            return sheet(session, ledger, self.workspace.view)

    def _lay_out(self) -> None:
        new = button("党员申请", self.new_record)
        house = button("群众申请", lambda: forms.ask_for_household(self))
        self.side = Card(
            row(new, house, spacing=8), row(self.state, self.sort, spacing=8), self.branch, self.search, self.list
        )
        self._set_width()
        deeds = row(
            self.back_button, self.remove_button, self.erase_button, self.change_button, self.paper_button,
            self.other_steps, self.next_button, spacing=8,
        )  # fmt: skip
        head = Card(WrappingRow(row(self.name, self.tag_shown, 1), deeds))
        self.person = QWidget()
        whole = column(head, self.card, margins=NO_MARGINS)
        whole.setStretch(1, 1)
        self.person.setLayout(whole)
        layout = row(self.side, self.person, spacing=14)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and hasattr(self, "side"):
            self._set_width()
            self._show()
        super().changeEvent(event)

    def _set_width(self) -> None:
        self.side.setFixedWidth(scaled(self, _SIDE))

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda _now, _before: self._choose())
        for chooser in (self.state, self.sort, self.branch):
            chooser.picked.connect(lambda _value: self._list())
        for keys, slot in (("Alt+N", self.next_step), ("Alt+E", self._change), ("Alt+A", self.preview_application)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _list(self) -> None:
        """Shows who is meant by the filters; the one that is shown stays chosen."""
        before = self.list.entry()
        found = [each for each in self.rows if self._is_meant(each)]
        self.list.blockSignals(True)
        self.list.clear()
        for each in found:
            self.list.add_entry(each.name, f"{each.sort}　{each.state}　{each.branch}", each)
        numbers = [each.id for each in found]
        kept = numbers.index(before.id) if before is not None and before.id in numbers else 0
        self.list.setCurrentRow(kept if found else -1)
        self.list.blockSignals(False)
        self._show()

    def _is_meant(self, each: CaseRow) -> bool:
        state = self.state.value()
        return (
            (state is None or each.state == state or (state == _NOT_LEFT and each.state != care.LEFT))
            and self.sort.value() in (None, each.sort)
            and self.branch.value() in (None, each.branch)
            and bool(expression(self.search.text().strip()).search(each.name))
        )

    def _choose(self) -> None:
        self._masked = True
        self._show()

    def _show(self) -> None:
        entry = self.list.entry()
        self.person.setVisible(entry is not None)
        if entry is None:
            return
        with self.workspace.reading() as session:
            household, events = home(session, entry.id), timeline(session, entry.id)
            possible, is_under_way = next_steps(session, entry.id), can_be_taken_back(session, entry.id)
        self.name.setText(entry.name)
        self.tag_shown.show_state(entry.state, STATE.tone(entry.state))
        self.card.show_case(entry, household, events, self._masked)
        self.next_button.setVisible(bool(possible))
        self.next_button.setText(f"{possible[0]}…" if possible else "")
        self.back_button.setVisible(is_under_way)
        self.remove_button.setVisible(not is_under_way)
        self.erase_button.setVisible(entry.member_id is None and entry.state == care.LEFT)
        self._show_others(entry, possible[1:])

    def _show_others(self, entry: CaseRow, kinds: tuple[str, ...]) -> None:
        while (item := self.other_steps.takeAt(0)) is not None:
            if item.widget() is not None:
                if self.window().focusWidget() is item.widget():
                    self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # else it leaves the page with the button
                item.widget().hide()
                item.widget().deleteLater()
        for kind in kinds:
            self.other_steps.addWidget(button(f"{kind}…", partial(forms.ask_for_step, self, entry, kind)))

    def _unmask(self) -> None:
        self._masked = not self._masked
        self._show()

    def _change(self) -> None:
        forms.ask_for_changes(self, self.chosen)

    def _erase(self) -> None:
        from gui.members.erasing_dialog import ask_to_erase_case

        ask_to_erase_case(self, self.chosen.id)

    def _reduce(self) -> None:
        """Asks for a reduction of the member's dues."""
        from gui.dues.terms_contents import ask_for_reduction

        member_id = self.chosen.member_id
        assert member_id is not None
        with self.workspace.reading() as session:
            who = members.told_apart(session, members.find_by_id(session, member_id))
        ask_for_reduction(self, who=who)

    def _take_back(self) -> None:
        with self.workspace.writing("退回帮扶的上一步") as session:
            kind = care_cases.take_back_step(session, self.chosen.id)
        self.say(f"已退回“{kind}”；按 Ctrl+Z 撤销。")
