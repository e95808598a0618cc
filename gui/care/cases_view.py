"""Everybody who is looked after: the list at the left, the person's page at the right with the next step in red."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QWidget

from gui.care import forms
from gui.page import Page
from gui.papers.paper_files import preview_ledger
from gui.parts.cards import Card, Tag, button, column, label, line_edit, row
from gui.parts.chooser import Chooser
from gui.parts.entry_list import EntryList
from gui.parts.masking import masked
from gui.theme import scaled
from gui.workspace import Workspace
from models.errors import UserError
from models.ledgers.care_cases import CARE_CASES, CARE_HOUSEHOLDS, STATE, CaseRow, case_rows
from models.ledgers.care_page import Home, home, next_steps, timeline
from models.ledgers.sheets import sheet
from models.records import care_cases
from models.records.care_cases import SORTS, HouseholdIncome, HouseholdMember
from models.records.organisation import branches
from models.rules import care

_SIDE = 270
_NOT_LEFT = "未退出"


class CareCasesView(Page):
    """The list is filtered by state, kind, branch and words; numbers are masked until they are asked for."""

    keys = "↑↓ 选人　Alt+N 下一步　Alt+E 修改　Ctrl+N 登记申请　Ctrl+P 打印台账"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.rows: list[CaseRow] = []
        self.state = Chooser("状态", [(_NOT_LEFT, _NOT_LEFT), ("全部", None), *((each, each) for each in care.STATES)])
        self.state.choose(_NOT_LEFT)
        self.sort = Chooser("类别", [("全部类别", None), *((each, each) for each in SORTS)], letters=9)
        self.branch = Chooser("支部", letters=9)
        self.search = line_edit("姓名……", lambda _words: self._list())
        self.list = EntryList("帮扶对象", empty="没有符合的人。按 Ctrl+N 登记申请。")
        self.name, self.tag_shown = label("", "heading"), Tag()
        self.facts, self.family = label("", wrap=True), label("", wrap=True)
        self.timeline = label("", wrap=True)
        self.unmask = button("显示证号电话", self._unmask, flat=True)
        self.next_button = button("", self.next_step, primary=True)
        self.other_steps, self.home_buttons = row(spacing=8), column(spacing=4)
        self.back_button = button("退回上一步", self._take_back, flat=True)
        self.change_button = button("修改", self._change)
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
        view = self.workspace.view
        entry = self.list.entry()
        ledger = CARE_HOUSEHOLDS if entry is not None and entry.member_id is None else CARE_CASES
        with self.workspace.reading() as session:
            shown = sheet(session, ledger, view)
        preview_ledger(self, shown, view)

    def next_step(self) -> None:
        """The form of what comes next in the case."""
        row_ = self.chosen
        with self.workspace.reading() as session:
            possible = next_steps(session, row_.id)
        if not possible:
            raise UserError("已经退出，不再办理；再次困难的请重新登记申请。")
        forms.ask_for_step(self, row_, possible[0])

    def _lay_out(self) -> None:
        new = button("党员申请", self.new_record)
        house = button("群众申请", lambda: forms.ask_for_household(self))
        side = Card(
            row(new, house, spacing=8), row(self.state, self.sort, spacing=8), self.branch, self.search, self.list
        )
        side.setFixedWidth(scaled(self, _SIDE))
        head = row(self.name, self.tag_shown, self.back_button, self.change_button, self.next_button, spacing=8)
        head.setStretch(0, 1)
        deeds = row(
            button("家庭成员…", lambda: forms.ask_for_relative(self, self.chosen)),
            button("家庭收入…", lambda: forms.ask_for_income(self, self.chosen)), spacing=8,
        )  # fmt: skip
        deeds.addStretch(1)
        own = Card(label("基本情况", "heading"), self.facts, self.unmask)
        house_card = Card(label("家庭和收入", "heading"), self.family, self.home_buttons, deeds)
        way = Card(label("经过", "heading"), self.timeline)
        inner = QWidget()
        inner.setLayout(column(own, house_card, way))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self.person = QWidget()
        whole = column(Card(head, self.other_steps), area)
        whole.setStretch(1, 1)
        self.person.setLayout(whole)
        layout = row(side, self.person, spacing=14)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda _now, _before: self._choose())
        for chooser in (self.state, self.sort, self.branch):
            chooser.picked.connect(lambda _value: self._list())
        for keys, slot in (("Alt+N", self.next_step), ("Alt+E", self._change)):
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
            and self.search.text().strip() in each.name
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
            possible = next_steps(session, entry.id)
        self.name.setText(entry.name)
        self.tag_shown.show_state(entry.state, STATE.tone(entry.state))
        self.facts.setText(_told(entry, self._masked))
        self.unmask.setVisible(self._masked and bool(entry.id_number or entry.phone or entry.helper_phone))
        self._show_home(household)
        self.timeline.setText("\n".join(f"{each.on}　{each.kind}　{each.detail}" for each in events))
        self.next_button.setVisible(bool(possible))
        self.next_button.setText(f"{possible[0]}…" if possible else "")
        self.back_button.setVisible(len(events) > 1)
        self._show_others(entry, possible[1:])

    def _show_others(self, entry: CaseRow, kinds: tuple[str, ...]) -> None:
        _empty(self.other_steps)
        for kind in kinds:
            self.other_steps.addWidget(button(f"{kind}…", partial(forms.ask_for_step, self, entry, kind)))
        self.other_steps.addStretch(1)

    def _show_home(self, household: Home) -> None:
        per_head = f"{household.per_head:,.2f} 元" if household.per_head is not None else "还没有登记收入"
        self.family.setText(f"家庭人口 {len(household.relatives) + 1} 人，人均月收入：{per_head}")
        _empty(self.home_buttons)
        tables = ((HouseholdMember, household.relatives), (HouseholdIncome, household.incomes))
        for table, lines in tables:
            for number, words in lines:
                remove = button("删除", partial(forms.ask_to_remove, self, table, number, words), flat=True)
                line = row(label(words), remove)
                line.addStretch(1)
                self.home_buttons.addLayout(line)

    def _unmask(self) -> None:
        self._masked = False
        self._show()

    def _change(self) -> None:
        forms.ask_for_changes(self, self.chosen)

    def _take_back(self) -> None:
        with self.workspace.writing("退回帮扶的上一步") as session:
            kind = care_cases.take_back_step(session, self.chosen.id)
        self.say(f"已退回“{kind}”；按 Ctrl+Z 撤销。")


def _told(each: CaseRow, hidden: bool) -> str:
    """What is known of a person, a line for what belongs together; numbers masked where they are hidden."""

    def private(text: str | None) -> str:
        return masked(text) if text and hidden else text or ""

    flags = [word for word, is_so in (("低保", each.low_income), ("优抚", each.honoured),
             ("建国前老党员", each.veteran)) if is_so]  # fmt: skip
    helper = f"{each.helper}　{private(each.helper_phone)}" if each.helper else ""
    lines = (
        ("类别", "　".join(word for word in (each.sort, each.degree or "", *flags) if word)),
        ("党支部", each.branch),
        ("出生", str(each.birth_date or "")),
        ("证号", private(each.id_number)),
        ("电话", private(each.phone)),
        ("住址", each.address or ""),
        ("困难类型", each.cause or ""),
        ("困难原因", each.detail or ""),
        ("健康状况", each.health or ""),
        ("证件", each.certificates or ""),
        ("帮扶措施", each.measures or ""),
        ("结对帮扶人", helper),
        ("备注", each.remark or ""),
    )
    return "\n".join(f"{title}：{said}" for title, said in lines if said)


def _empty(layout: QLayout) -> None:
    """Takes everything out of a layout, with the layouts in it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QHBoxLayout):
            _empty(inner)
