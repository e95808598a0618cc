"""All ledgers and papers in one list: look, export, print, import."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence, QShortcut

from gui.ledgers.export_menu import export_locked, offer_formats
from gui.ledgers.ledger_entries import Entry, entries, records_sheet
from gui.ledgers.privacy import keep_illness_private
from gui.ledgers.sending_actions import offer_sending, open_entry, open_sending
from gui.ledgers.variant_actions import fill_in, offer_forms
from gui.page import Page
from gui.papers import private
from gui.papers.paper_files import drawing, export_ledger, papers_of, preview_ledger, save_papers
from gui.papers.papers import Write, preview
from gui.parts.cards import PAGE_MARGINS, Card, button, column, label, line_edit, row
from gui.parts.chooser import Chooser
from gui.parts.day_chooser import DayChooser
from gui.parts.entry_list import EntryList
from gui.parts.ledger_view import LedgerView
from gui.parts.period_chooser import offer_periods
from gui.theme import scaled
from gui.workspace import Workspace
from models.errors import UserError
from models.ledger import Ledger, Sheet, Span, View
from models.ledgers.private import told_by_paper
from models.ledgers.sendings import SENDINGS
from models.ledgers.sheets import sheet
from models.ledgers.variants import is_added
from models.records.dues import months
from models.records.members.organisation import branches

_SIDE, _WIDEST_SIDE = 262, 300
_NO_RECORDS = "这段时间没有记录。可以打印一张空白表手填，或者换一个时期。"


class LedgersPage(Page):
    """The list at the left, what is chosen at the right."""

    keys = "↑↓ 选台账　Ctrl+E 导出　Ctrl+Shift+E 上报　Ctrl+P 预览打印　Ctrl+C 复制到 Excel"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.view: View = workspace.view
        self.search = line_edit("查找台账、表格……", self._look_for)
        self.list = EntryList("台账和表格", empty="没有名字里有这些字的台账。")
        self.period = Chooser("时期", letters=9)
        self.branch = Chooser("支部", letters=8)
        self.as_of = DayChooser()
        self.day: date | None = None
        self.filter = line_edit("筛选……", self._filter)
        self.heading = label("", "heading")
        self.import_button = button("导入", self.bring_in, icon="upload")
        self.export_button = button("导出", self.ask_format, icon="download")
        self.form_button = button("表样", lambda: offer_forms(self, self._declared(), self._view(), self.form_button))
        self.blank_button = button("空白表", self.print_blank)
        self.chosen_button = button("打印选中的", self.print_chosen)
        self.print_button = button("预览打印", self.print_out, primary=True)
        self.table = LedgerView("这里还没有记录。")
        self.records = LedgerView(_NO_RECORDS)
        self.send_button = button("上报", lambda: offer_sending(self, self.view, self.send_button), icon="send")
        self.side = Card(self.search, self.list, self.send_button)
        QShortcut(QKeySequence("Ctrl+Shift+E"), self).activated.connect(lambda: open_sending(self, self.view))
        self._set_width()
        self._lay_out()
        self._look_for("")
        self.as_of.picked.connect(self._look_back)
        self.period.picked.connect(lambda period: self._look_at(period=period))
        self.branch.picked.connect(lambda branch_id: self._look_at(branch_id=branch_id))
        self.list.currentItemChanged.connect(lambda _now, _before: self._look_back(self.view.today))
        self.table.opened.connect(self._open_row)

    @property
    def entry(self) -> Entry:
        """What is chosen in the list; UserError when nothing is."""
        found = self.list.entry()
        if not isinstance(found, Entry):
            raise UserError("请先在左边选一张台账。")
        return found

    def reload(self) -> None:
        self.view = replace(self.view, today=self.workspace.view.today)
        self._show()

    def show_target(self, target: Any) -> None:
        """Shows the ledger or paper of this name."""
        self.search.clear()
        names = [entry.name for entry in self.list.entries()]
        if target in names:
            self.list.setCurrentRow(names.index(target))

    def export(self) -> None:
        if self.entry.is_paper:
            self._save_papers()
        else:
            export_ledger(self, self._filled(), self._view())

    def print_out(self) -> None:
        if self.entry.is_paper:
            self._preview_papers(self.records.rows_shown())
        else:
            preview_ledger(self, self._filled(), self._view())

    def print_chosen(self) -> None:
        """Previews the papers of the chosen records alone."""
        chosen = self.records.selected_rows()
        if not chosen:
            raise UserError("请先在表里选中要打印的记录，按住 Ctrl 可以选几条。")
        self._preview_papers(chosen)

    def print_blank(self) -> None:
        """Previews the blank paper, to be filled in by hand."""
        preview(self, f"空白{self.entry.title}", drawing(self.entry.name, []))

    def ask_format(self) -> None:
        """Offers the formats that the chosen ledger can be exported in."""
        if self.entry.is_paper:
            self._save_papers()
            return
        offer_formats(self, self._filled(), self._view(), self.export_button)

    def export_locked(self) -> None:
        """Asks for a password, then where the locked workbook is to be saved."""
        export_locked(self, self._filled(), self._view())

    def bring_in(self) -> None:
        """Opens the import into the chosen ledger."""
        from gui.importing.dialog import open_import

        assert self.entry.ledger is not None
        open_import(self, self.entry.ledger.name)

    def paste(self) -> None:
        """Brings copied rows into the chosen ledger."""
        from gui.importing.dialog import open_pasted

        open_pasted(self, self._declared(), self.table)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange and hasattr(self, "side"):
            self._set_width()
        super().changeEvent(event)

    def _set_width(self) -> None:
        self.side.setFixedWidth(min(scaled(self, _SIDE), _WIDEST_SIDE))

    def _lay_out(self) -> None:
        buttons = (self.form_button, self.blank_button, self.chosen_button, self.print_button)
        head = row(self.heading, 1, self.import_button, self.export_button, *buttons, spacing=8)
        tools = row(self.period, self.as_of, self.branch, self.filter, self.table.mask_switch)
        tools.setStretch(3, 1)
        right = column(Card(head, tools, spacing=8), self.table, self.records, spacing=10)
        right.setStretch(1, 1)
        right.setStretch(2, 1)
        layout = row(self.side, right, spacing=14, margins=PAGE_MARGINS)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _look_for(self, words: str) -> None:
        kept = self.list.entry()
        found = [entry for entry in entries() if entry.has(words)]
        self.list.blockSignals(True)
        self.list.clear()
        for entry in found:
            self.list.add_entry(entry.title, entry.use, entry)
        names = [entry.name for entry in found]
        self.list.blockSignals(False)
        self.list.setCurrentRow(names.index(kept.name) if kept is not None and kept.name in names else 0)

    def _filter(self, words: str) -> None:
        self.table.filter(words)
        self.records.filter(words)

    def _look_at(self, **chosen: Any) -> None:
        self.view = replace(self.view, **chosen)
        self._show()

    def _look_back(self, day: date) -> None:
        """Shows what was so on an earlier day, or today again."""
        self.day = None if day == self.view.today else day
        self._show()

    def _show(self) -> None:
        """Shows the chosen ledger, or the records of the chosen paper."""
        entry = self.list.entry()
        if entry is None:
            return
        ledger = entry.ledger
        self.chapter = "sending" if ledger is SENDINGS else ""
        with self.workspace.reading() as session:
            span: Span = ledger.span if ledger is not None else entry.form.span
            offer_periods(self.period, span, months.opened(session), self.view.period)
            self.branch.offer([("全部支部", None), *((each.name, each.id) for each in branches(session))])
            self.branch.choose(self.view.branch_id)
            if ledger is not None:
                self._show_ledger(sheet(session, ledger, self._view()))
        if ledger is None:
            self.records.show_sheet(records_sheet(entry, papers_of(self, entry.name, self._view())))
        self._show_parts(entry)

    def _show_ledger(self, shown: Sheet) -> None:
        another = self.table.sheet is None or self.table.sheet.name != shown.name
        self.table.show_sheet(shown)
        if another:
            keep_illness_private(self.table)

    def _show_parts(self, entry: Entry) -> None:
        """Shows the buttons and tables that belong to a ledger, or those of a paper."""
        is_paper = entry.is_paper
        self.heading.setText(entry.title)
        self.branch.setVisible(self.branch.count() > 2)
        self.as_of.setVisible(entry.ledger is not None and entry.ledger.as_of)
        self.as_of.show_day(self._view().today, self.view.today)
        self.table.setVisible(not is_paper)
        self.records.setVisible(is_paper)
        shown = self.table.sheet
        self.import_button.setVisible(entry.ledger is not None and shown is not None and shown.importable)
        self.form_button.setVisible(entry.ledger is not None)
        self.blank_button.setVisible(entry.form is not None)
        self.chosen_button.setVisible(is_paper)
        if is_paper:
            self.table.mask_switch.hide()
        self.chosen_button.setEnabled(bool(self.records.rows_shown()))
        self.export_button.setText("保存 PDF" if is_paper else "导出")

    def _view(self) -> View:
        period = self.period.value() if self.period.count() else None
        ledger = self.entry.ledger
        day = self.day if ledger is not None and ledger.as_of else None
        return replace(self.view, period=period or self.view.period).back_to(day)

    def _filled(self) -> Sheet:
        """The chosen ledger, whole: what is exported or printed does not depend on the filter."""
        if self.table.sheet is None or self.entry.ledger is None:
            raise UserError("请先在左边选一张台账。")
        return self.table.sheet

    def _declared(self) -> Ledger:
        """The chosen ledger as the catalogue has it."""
        if self.entry.ledger is None:
            raise UserError("请先在左边选一张台账。")
        return self.entry.ledger

    def _open_row(self, line: Any) -> None:
        """Enter or a double click opens a sending, the records of a figure, or the columns that the branch added."""
        if self._declared() is SENDINGS:
            open_entry(self, line)
        elif self._declared().name in ("life_statistics", "life_statistics_months", "care_statistics"):
            from gui.life.counts import show_counted

            show_counted(self, self._view(), self.table, line)
        elif any(is_added(column.key) for column in self._filled().columns):
            fill_in(self, self._declared(), self._view(), line)

    def _preview_papers(self, records: Sequence[Any]) -> None:
        told = told_by_paper(self.entry.name)
        private.note(self, self.entry.title, told, private.PRINT, len(records))
        preview(self, self.entry.title, self._drawing(records))

    def _drawing(self, records: Sequence[Any]) -> Write:
        return drawing(self.entry.name, records, self, self._view())

    def _save_papers(self) -> None:
        title = self.entry.title
        shown = self.records.rows_shown()
        save_papers(self, self.entry.name, title, self._drawing(shown), len(shown))
