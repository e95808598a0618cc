"""The year of organisation life: what was held, is owed, late, excused or planned, and what can be done about it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from gui.life import duty_forms, duty_panel, plan_forms
from gui.life.duty_cells import Cell, whole_words
from gui.life.duty_grid import DutyGrid
from gui.life.duty_legend import Legend
from gui.life.plan_forms import Proposal
from gui.page import Page
from gui.papers.paper_files import export_ledger, preview_ledger
from gui.parts.cards import NO_MARGINS, Card, button, label, row
from gui.parts.chooser import Chooser
from gui.parts.side_panel import Content, Deed, SidePanel
from gui.parts.wrapping_row import WrappingRow
from gui.workspace import Workspace
from models.ledger import Ledger, Sheet, View
from models.ledgers.life.obligations import LIFE_DUTIES
from models.ledgers.life.plans import LIFE_PLAN
from models.ledgers.sheets import sheet
from models.records.life.duty_calendar import TALK, Line, Reckoning
from models.records.life.obligations import SLIP
from models.records.life.owing import Node, Owing
from models.records.members.organisation import GROUP
from models.rules.obligations import State
from models.rules.periods import Month, Period

_YEARS_BACK = 10
_KEPT_ELSEWHERE = {TALK: ("life_talks", "到谈话台账登记"), SLIP: ("life_reminders", "到提醒单办理")}


class LifeYear(Page):
    """The grid of duties at the left, beside it what was held and planned in the month that is chosen."""

    keys = "↑↓←→ 选月份　回车 到右边办理　Ctrl+N 安排　Ctrl+P 打印计划"
    chapter = "plan"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.scope: int | None = workspace.view.branch_id
        self.year = Chooser("年份", letters=6)
        self.place = Chooser("党组织", letters=12)
        self.summary = label("", "quiet")
        self.legend = Legend()
        self.grid = DutyGrid()
        self.panel = SidePanel()
        self.generate_button = button("按规定生成…", self._generate)
        self.copy_button = button("照上年拟…", self._copy)
        self.list_button = button("规定动作", lambda: self.go("settings", "组织生活"))
        self.plan_button = button("安排活动　Ctrl+N", self.new_record, primary=True)
        deeds = row(self.list_button, self.copy_button, self.generate_button, self.plan_button, spacing=8)
        head = WrappingRow(row(self.year, self.place, 1), deeds)
        foot = WrappingRow(row(self.legend, 1), row(self.summary))
        sheet = Card(head, self.grid, foot, spacing=8)
        sheet.body.setStretch(1, 1)
        layout = row(sheet, self.panel, spacing=14, margins=NO_MARGINS)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.year.picked.connect(lambda _year: self._show())
        self.place.picked.connect(self._look_at)
        self.grid.moved.connect(self._show_panel)
        self.grid.entered.connect(self._enter)
        self.setTabOrder(self.plan_button, self.grid)

    def reload(self) -> None:
        today = self.workspace.view.today
        with self.workspace.reading() as session:
            owing = Owing(session)
        known = [("全部（汇总）", None)] if len(owing.nodes) > 1 else []
        self.place.offer([*known, *((_indented(owing, node), node.id) for node in owing.nodes)])
        self.place.choose(self.scope)
        self.place.setVisible(self.place.count() > 1)
        first = self.year.count() == 0
        self.year.offer([(f"{year}年", year) for year in range(today.year + 1, today.year - _YEARS_BACK, -1)])
        if first:
            self.year.choose(today.year)
        self._show()

    def show_target(self, target: Any) -> None:
        """Shows a duty by name in this month, or (name, organisation)."""
        name, scope = target if isinstance(target, tuple) else (target, self.scope)
        if scope != self.scope:
            self.place.choose(scope)
            self._look_at(scope)
        self.grid.choose(name, self.workspace.view.today.month)
        self.grid.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_record(self) -> None:
        plan_forms.ask_for_plan(self, self._proposal())

    def print_out(self) -> None:
        """The plan of the year on paper."""
        preview_ledger(self, *self._filled(LIFE_PLAN))

    def export(self) -> None:
        """What was done of the duties of the year, as a workbook."""
        export_ledger(self, *self._filled(LIFE_DUTIES))

    def _filled(self, ledger: Ledger) -> tuple[Sheet, View]:
        """A ledger of the year and the branch that are looked at."""
        view = replace(self.workspace.view, period=Period.of_year(self.year.value()), branch_id=self._branch())
        with self.workspace.reading() as session:
            return sheet(session, ledger, view), view

    def _branch(self) -> int | None:
        """The branch that is looked at, None where it is all or the organisation above."""
        calendar = self.grid.lines.calendar
        node = calendar.nodes.get(self.scope) if calendar is not None and self.scope is not None else None
        return node.branch_id if node is not None else None

    def _look_at(self, scope: int | None) -> None:
        self.scope = scope
        self._show()

    def _show(self) -> None:
        today = self.workspace.view.today
        with self.workspace.reading() as session:
            reckoning = Reckoning(session, Period.of_year(self.year.value()), today)
            calendar = reckoning.calendar(self.scope)
        self._owing = reckoning.owing
        self._kinds = {key for key, kind in reckoning.kinds.items() if kind.kept_in == "activities" and kind.active}
        self.summary.setText(whole_words(calendar))
        self.grid.show_calendar(calendar, today.month)

    def _show_panel(self) -> None:
        line, cell = self.grid.line, self.grid.cell
        if line is None:
            self.panel.show_content(Content("没有规定动作", note="到“设置—组织生活”里启用规定动作，或先安排一项活动。"))
        elif cell is None:
            self.panel.show_content(duty_panel.of_year(line))
        else:
            deeds = tuple(self._deeds(line, cell))
            self.panel.show_content(
                duty_panel.of_month(line, cell, self._owing.title, self.workspace.view.today, deeds)
            )

    def _deeds(self, line: Line, cell: Cell) -> Iterator[Deed]:
        """What can be done in a month of a duty, the first thing first."""
        today = self.workspace.view.today
        for each in [entry for entry in cell.held if entry.source == "activity"][:2]:
            yield Deed(f"打开{duty_panel.when(each)}记录", partial(self.go, "life", ("records", each.id)))
        for each in [entry for entry in cell.plans if entry.month <= Month.of(today)][:2]:
            hold = partial(plan_forms.ask_to_hold, self, each.id, line.name, each.day)
            yield Deed(f"开始{duty_panel.when(each)}记录…", hold, primary=not cell.held)
        for each in cell.plans[:1]:
            yield Deed(
                f"修改{duty_panel.when(each)}计划", partial(self.go, "life", ("ledgers", ("life_plan", each.id)))
            )
        if line.kind in _KEPT_ELSEWHERE:
            chapter, words = _KEPT_ELSEWHERE[line.kind]
            yield Deed(words, partial(self.go, "life", ("ledgers", chapter)))
        if line.kind in self._kinds:
            yield Deed("安排…", self.new_record)
            if cell.month.first_day <= today:
                yield Deed("登记已开展的…", lambda: plan_forms.ask_to_begin(self, self._proposal()))
        standing = duty_panel.pressing(cell)
        if standing is not None and standing.state in (State.LATE, State.DUE):
            yield Deed("说明原因…", partial(duty_forms.ask_for_excuse, self, line, standing.stretch))
        if standing is not None and standing.state is State.EXCUSED:
            yield Deed("收回说明", partial(duty_forms.take_back, self, line, standing.stretch))

    def _proposal(self) -> Proposal:
        """What a form begins with: the organisation, kind and month that are chosen."""
        line, cell = self.grid.line, self.grid.cell
        month = cell.month if cell is not None else None
        if line is None:
            return Proposal(self.scope, None, month)
        lacking = duty_panel.lacking(line, duty_panel.pressing(cell) if cell is not None else None)
        node = lacking[0] if lacking else line.nodes[0]
        kind = line.kind if line.kind in self._kinds else None
        word = line.obligation.word if line.obligation is not None else None
        return Proposal(node.id, kind, month, line.name if word is not None and word in line.name else word)

    def _enter(self) -> None:
        """Enter on a month: the first thing that can be done with it has the focus then."""
        shown = [each for each in self.panel.deeds.findChildren(QPushButton) if each.isVisible()]
        if shown:
            shown[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _generate(self) -> None:
        plan_forms.ask_to_generate(self, self.year.value(), self.scope)

    def _copy(self) -> None:
        plan_forms.ask_to_copy(self, self.year.value(), self.scope)


def _indented(owing: Owing, node: Node) -> str:
    """The name of an organisation, a group set in under its branch."""
    return f"　　{node.name}" if node.kind == GROUP else node.name
