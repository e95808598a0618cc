"""The dues ledgers: register, assessments, payments, arrears, remittances, and beside them what is chosen."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex

from gui.dues import arrears_contents, assess_contents, dues_contents, money_contents, terms_contents
from gui.dues.assessment_dialog import ask_for_assessment
from gui.dues.dues_forms import ask_for_remittance
from gui.dues.ladder_strip import LadderStrip
from gui.ledgers.chapters import BY_LEDGER
from gui.ledgers.variant_actions import fill_in, offer_forms
from gui.page import Page
from gui.papers.paper_files import export_ledger, preview_ledger
from gui.parts.cards import PAGE_MARGINS, Card, button, column, line_edit, row
from gui.parts.chooser import Chooser
from gui.parts.ledger_view import LedgerView
from gui.parts.period_chooser import offer_periods
from gui.parts.side_panel import Content, Deed, SidePanel
from gui.parts.wrapping_row import WrappingRow
from gui.theme import scaled
from gui.workspace import Workspace
from models.errors import UserError
from models.ledger import Ledger, Sheet, View
from models.ledgers.catalogue import LEDGERS
from models.ledgers.charts import CHARTED
from models.ledgers.dues.ladder import rungs
from models.ledgers.dues.past_registers import MONTH_KEYS
from models.ledgers.sheets import sheet
from models.ledgers.variants import is_added
from models.records.dues import months
from models.records.members.organisation import branches
from models.rules.periods import Month, Period

TELL = {**money_contents.TELL, **terms_contents.TELL}
BEGIN = {**money_contents.BEGIN, **terms_contents.BEGIN}
DUES = tuple(ledger for ledger in LEDGERS if ledger.name.startswith("dues_"))
_ASSESSED_AHEAD = ("dues_worksheets", "dues_yearly", "dues_reductions", "dues_arrangements")  # of the year to come too
_UNSHOWN = {
    "dues_cash_book": ("id",),
    "dues_register": ("due", "paid_until", "remark", "id"),
    "dues_assessments": ("id_number", "id", "approval_no"),
    "dues_worksheets": ("id_number", "id", "signature"),
    "dues_payments": ("id_number", "first", "last", "proxy", "id"),
    "dues_reductions": ("id", "applicant", "approval_no", "refused_on"),
}


class DuesPage(Page):
    """One ledger at a time; a cell of the register tells its working, a row what can be done with it."""

    keys = "Ctrl+C 复制到 Excel　回车 办理　Ctrl+E 导出　Ctrl+P 预览打印"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.period: Period = workspace.view.period
        self.sheet: Sheet | None = None
        self._month: Month | None = None
        self.ledger = Chooser("台账", [(ledger.title, ledger) for ledger in DUES], letters=16)
        self.when = Chooser("时期", letters=7)
        self.branch = Chooser("党支部", letters=7)
        self.filter = line_edit("筛选……", self._filter)
        self.bring_in = button("导入", self._import)
        self.round_button = button("年度核定…", lambda: assess_contents.open_round(self))
        self.export_button = button("导出 Excel", self.export)
        self.form_button = button("表样", lambda: offer_forms(self, self._ledger(), self.view, self.form_button))
        self.chart_button = button("图表", self._show_charts)
        self.print_button = button("预览打印", self.print_out, primary=True)
        self.table = LedgerView("")
        self.table.emphasise({"name", "paid"}, {"dues_category", "rate", "method", "reason", "kind"})
        self.ladder = LadderStrip()
        self.ladder.picked.connect(self._narrow)
        self.panel = SidePanel()
        self.ledger.picked.connect(lambda _ledger: self._change_ledger())
        self.when.picked.connect(self._pick_period)
        self.branch.picked.connect(lambda which: workspace.look_at(replace(workspace.view, branch_id=which)))
        self.table.cell_chosen.connect(self._tell)
        self.table.opened.connect(lambda _row: self._act())
        self._lay_out()

    def reload(self) -> None:
        ledger, view = self._ledger(), self.view
        self.chapter = BY_LEDGER.get(ledger.name, "")
        with self.workspace.reading() as session:
            ahead = int(ledger.name in _ASSESSED_AHEAD)
            offer_periods(self.when, ledger.span, months.opened(session), self.period, ahead)
            offered = [(each.name, each.id) for each in branches(session)]
            self.sheet = sheet(session, ledger, view)
        self.branch.offer([("全部支部", None), *offered])
        self.branch.choose(view.branch_id)
        self.branch.setVisible(len(offered) > 1)
        self.bring_in.setVisible(self.sheet.importable)
        self.round_button.setVisible(ledger.name in assess_contents.ROUND_LEDGERS)
        self.table.say_empty(ledger.empty)
        self.table.show_sheet(self.sheet)
        self.chart_button.setVisible(ledger.name in CHARTED and bool(self.sheet.rows))
        self.ladder.setVisible(ledger.name == "dues_arrears")
        if ledger.name == "dues_arrears":
            self.ladder.show_rungs(rungs(self.sheet.rows))
        self._tell_again()

    def show_target(self, target: Any) -> None:
        """Shows the ledger of this name, and in it a member when (name, member) is given, or (name, member, year)."""
        name, member_id, year = (*target, None)[:3] if isinstance(target, tuple) else (target, None, None)
        if year is not None:
            self.period = Period.of_year(year)
        self.ledger.choose(next(ledger for ledger in DUES if ledger.name == name))
        self.filter.clear()
        self._change_ledger()
        if member_id is not None:
            self.table.select(lambda line: getattr(line, "member_id", line.id) == member_id)
        self.table.table.setFocus()

    def print_out(self) -> None:
        preview_ledger(self, self._filled(), self.view)

    def export(self) -> None:
        export_ledger(self, self._filled(), self.view)

    def paste(self) -> None:
        """Brings copied rows into the ledger shown."""
        from gui.importing.dialog import open_pasted

        open_pasted(self, self._ledger(), self.table)

    def new_record(self) -> None:
        """An assessment for the member chosen, a remittance, or the way to the collection day."""
        name, line = self._ledger().name, self.table.current_row()
        if name == "dues_worksheets" and line is not None:
            assess_contents.fill_items(self, line.member_id, line.name)
        elif name == "dues_assessments" and line is not None:
            ask_for_assessment(self, line.member_id, line.name, self.workspace.view.month)
        elif name == "dues_assessments":
            raise UserError("请先选一位党员。")
        elif name in ("dues_remittances", "dues_summary"):
            ask_for_remittance(self)
        elif name in BEGIN:
            BEGIN[name](self)
        else:
            self.go("collect")

    @property
    def view(self) -> View:
        """What is looked at here: the page has a period of its own."""
        return replace(self.workspace.view, period=self.period)

    def _ledger(self) -> Ledger:
        chosen: Ledger = self.ledger.value()
        return chosen

    def _filled(self) -> Sheet:
        assert self.sheet is not None
        return self.sheet

    def _change_ledger(self) -> None:
        if self._ledger().span == "month" and len(self.period.months) == 12:
            self.period = self.workspace.view.period
        self.table.hide_columns(_UNSHOWN.get(self._ledger().name, ()))
        self.table.table.setCurrentIndex(QModelIndex())  # a row of one ledger is none of another
        self.panel.show_content(None)
        self.ladder.show_rungs(())
        self.table.narrow(None)
        self.reload()

    def _pick_period(self, period: Period) -> None:
        self.period = period
        self.reload()

    def _filter(self, words: str) -> None:
        self.table.filter(words)

    def _show_charts(self) -> None:
        from gui.ledgers.chart_window import show_charts

        show_charts(self, self._filled())

    def _narrow(self, stage: str) -> None:
        """Leaves those who stand on one stage of the ladder."""
        self.table.narrow((lambda line: line.stage == stage) if stage else None)
        self._tell_again()

    def _import(self) -> None:
        from gui.importing.dialog import open_import

        open_import(self, self._ledger().name)

    def _tell_again(self) -> None:
        """Tells of what is chosen after it may have changed; at first, of the first row."""
        line = self.table.current_row()
        if line is None and self.table.rows_shown():
            self.table.table.go_to(0, self._first_column())
            line = self.table.current_row()
        if line is None:
            self.panel.show_content(self._content(None, ""))
            return
        self._tell(line, self.table.model.columns[self.table.table.currentIndex().column()].key)

    def _first_column(self) -> int:
        """In the register the working month, elsewhere the first."""
        if self._ledger().name != "dues_register":
            return 0
        key = MONTH_KEYS[self.workspace.view.month.number - 1]
        keys = [column.key for column in self.table.model.columns]
        return keys.index(key) if key in keys else 0

    def _tell(self, line: Any, key: str) -> None:
        content = self._content(line, key)
        added = any(is_added(column.key) for column in self._filled().columns)
        if content is not None and added and getattr(line, "id", None) is not None:
            fill = Deed("填写增加的列…", lambda: fill_in(self, self._ledger(), self.view, line))
            content = replace(content, deeds=(*content.deeds, fill))
        self.panel.show_content(content)

    def _content(self, line: Any, key: str) -> Content | None:
        """What the panel tells of a row, or of one of its cells in the register."""
        name = self._ledger().name
        if name == "dues_notice":
            return dues_contents.of_notice(self, self.view)
        if name == "dues_summary":
            return dues_contents.of_month(self, self.view)
        if name in TELL:
            return TELL[name](self, self.view, line)
        if line is None:
            waits = name == "dues_remittances"
            return dues_contents.of_month(self, self.workspace.view) if waits else None
        if name == "dues_register":
            number = MONTH_KEYS.index(key) + 1 if key in MONTH_KEYS else self.workspace.view.month.number
            return dues_contents.of_cell(self, line.id, Month(self.period.year, number))
        by_ledger = {
            "dues_assessments": dues_contents.of_assessment,
            "dues_payments": dues_contents.of_payment,
            "dues_arrears": arrears_contents.of_arrears,
            "dues_reminders": arrears_contents.of_note,
            "dues_remittances": dues_contents.of_remittance,
            **assess_contents.CONTENTS,
        }
        return by_ledger[name](self, line)

    def _act(self) -> None:
        """Enter or a double click: what most likely is to be done with what is chosen."""
        deeds = self.panel.content.deeds if self.panel.content is not None else ()
        for deed in deeds:
            if deed.primary:
                deed.slot()
                return

    def _lay_out(self) -> None:
        self.filter.setMinimumWidth(scaled(self, 96))
        choosing = row(self.ledger, self.when, self.branch, self.filter)
        choosing.setStretch(3, 1)
        handing_out = (self.chart_button, self.export_button, self.form_button, self.print_button)
        doing = row(1, self.table.mask_switch, self.round_button, self.bring_in, *handing_out)
        tools = WrappingRow(choosing, doing)
        left = column(Card(tools), self.ladder, self.table, spacing=10)
        left.setStretch(2, 1)
        body = row(left, self.panel, spacing=14, margins=PAGE_MARGINS)
        body.setStretch(0, 1)
        self.setLayout(body)
        self.table.hide_columns(_UNSHOWN[DUES[0].name])
