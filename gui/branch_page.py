"""The branch itself: committee and terms, birthdays, task forces, retirements, changes, statistics, its own card."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent

from gui.branch_chapters import CARD, CHAPTERS, Chapter
from gui.branch_forms import ask_for_card
from gui.cards import PAGE_MARGINS, Card, button, column, label, line_edit, row
from gui.chooser import Chooser
from gui.day_chooser import DayChooser
from gui.entry_list import EntryList
from gui.ledger_view import LedgerView
from gui.messages import ask
from gui.page import Page
from gui.paper_files import export_ledger, preview_ledger, preview_paper
from gui.period_chooser import offer_periods
from gui.theme import scaled
from gui.workspace import Workspace
from gui.wrapping_row import WrappingRow
from models.errors import UserError
from models.kinds import TEXT
from models.ledger import Column, Sheet, View
from models.ledgers.cards import CARD_ITEMS, card_values
from models.ledgers.charts import CHARTED
from models.ledgers.sheets import sheet
from models.records import months, organisation
from models.records.organisation import branches
from models.rules.periods import Period

_SIDE, _WIDEST_SIDE = 214, 260


@dataclass(frozen=True)
class _Item:
    """One item of the organisation's card and what is known of it."""

    title: str
    value: str


class BranchPage(Page):
    """The list at the left, the ledger that is chosen at the right, its deeds above it."""

    keys = "↑↓ 选栏目　回车 修改　Ctrl+N 新增　Ctrl+E 导出　Ctrl+P 预览打印"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        view: View = workspace.view
        self.view = replace(view, period=Period.of_year(view.period.year))
        self.day: date | None = None
        self.list = EntryList("栏目")
        for chapter in CHAPTERS:
            self.list.add_entry(chapter.title, chapter.use, chapter)
        self.heading = label("", "heading")
        self.period, self.as_of = Chooser("时期", letters=9), DayChooser()
        self.branch = Chooser("支部", letters=8)
        self.table = LedgerView("这里还没有记录。")
        self.filter = line_edit("筛选……", self.table.filter)
        self.new_button = button("", self.new_record)
        self.change_button = button("", self._change)
        self.remove_button = button("删除", self._ask_to_remove, flat=True)
        self.import_button = button("导入", self.bring_in, icon="upload")
        self.export_button = button("导出", self.export, icon="download")
        self.chart_button = button("图表", self._show_charts)
        self.print_button = button("预览打印", self.print_out, primary=True)
        self.side = Card(self.list)
        self._lay_out()
        self._set_width()
        self.list.setCurrentRow(0)
        self.list.currentItemChanged.connect(lambda _now, _before: self._look_back(self.view.today))
        self.table.opened.connect(lambda _row: self._change())
        self.table.chosen.connect(lambda _row: self._show_deeds())
        self.period.picked.connect(lambda period: self._look_at(period=period))
        self.branch.picked.connect(lambda branch_id: self._look_at(branch_id=branch_id))
        self.as_of.picked.connect(self._look_back)

    @property
    def chapter_shown(self) -> Chapter:
        found: Chapter = self.list.entry()
        return found

    def reload(self) -> None:
        self.view = replace(self.view, today=self.workspace.view.today)
        self._show()

    def show_target(self, target: Any) -> None:
        """Shows the chapter of this name."""
        names = [chapter.name for chapter in CHAPTERS]
        if target in names:
            self.list.setCurrentRow(names.index(target))

    def new_record(self) -> None:
        chapter = self.chapter_shown
        if chapter.new is None:
            raise UserError("这一栏不能新增；" + ("按回车登记活动。" if chapter.change else "内容由名册得出。"))
        chapter.new[1](self)

    def export(self) -> None:
        if self.chapter_shown.ledger is None:
            self.print_out()
            return
        export_ledger(self, self._filled(), self._view())

    def print_out(self) -> None:
        if self.chapter_shown.ledger is None:
            preview_paper(self, CARD, self._view())
        else:
            preview_ledger(self, self._filled(), self._view())

    def _show_charts(self) -> None:
        from gui.chart_window import show_charts

        show_charts(self, self._filled())

    def bring_in(self) -> None:
        """Opens the import into the ledger that is shown."""
        from gui.import_dialog import open_import

        open_import(self, self.chapter_shown.name)

    def paste(self) -> None:
        """Brings copied rows into the ledger shown."""
        from gui.import_dialog import open_pasted

        ledger = self.chapter_shown.ledger
        if ledger is None:
            super().paste()
        else:
            open_pasted(self, ledger, self.table)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "side"):
            self._set_width()

    def _set_width(self) -> None:
        self.side.setFixedWidth(min(scaled(self, _SIDE), _WIDEST_SIDE))

    def _lay_out(self) -> None:
        deeds = (self.new_button, self.change_button, self.remove_button)
        files = (self.chart_button, self.import_button, self.export_button, self.print_button)
        head = WrappingRow(row(self.heading, 1), row(*deeds, *files, spacing=8))
        tools = row(self.period, self.as_of, self.branch, self.filter, self.table.mask_switch)
        tools.setStretch(3, 1)
        right = column(Card(head, tools, spacing=8), self.table, spacing=10)
        right.setStretch(1, 1)
        layout = row(self.side, right, spacing=14, margins=PAGE_MARGINS)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _look_at(self, **chosen: Any) -> None:
        self.view = replace(self.view, **chosen)
        self._show()

    def _look_back(self, day: date) -> None:
        self.day = None if day == self.view.today else day
        self._show()

    def _view(self) -> View:
        ledger = self.chapter_shown.ledger
        return self.view.back_to(self.day if ledger is not None and ledger.as_of else None)

    def _show(self) -> None:
        chapter = self.chapter_shown
        ledger = chapter.ledger
        with self.workspace.reading() as session:
            offer_periods(self.period, ledger.span if ledger else "none", months.opened(session), self.view.period)
            self.branch.offer([("全部支部", None), *((each.name, each.id) for each in branches(session))])
            self.branch.choose(self.view.branch_id)
            shown = sheet(session, ledger, self._view()) if ledger is not None else self._card(session)
        self.table.say_empty(ledger.empty if ledger is not None else "")
        self.table.show_sheet(shown)
        self.table.hide_columns({"id"})
        self.heading.setText(ledger.title if ledger is not None else "党组织信息")
        self.as_of.setVisible(ledger is not None and ledger.as_of)
        self.as_of.show_day(self._view().today, self.view.today)
        self.branch.setVisible(self.branch.count() > 2)
        self.import_button.setVisible(ledger is not None and ledger.importable)
        self.export_button.setVisible(ledger is not None)
        self.chart_button.setVisible(shown.name in CHARTED and bool(shown.rows))
        if self.table.current_row() is None and shown.rows:
            self.table.select(lambda _row: True)
        self._show_deeds()

    def _show_deeds(self) -> None:
        chapter = self.chapter_shown
        has_row = self.table.current_row() is not None
        self.new_button.setVisible(chapter.new is not None)
        self.new_button.setText(f"{chapter.new[0]}　Ctrl+N" if chapter.new is not None else "")
        self.change_button.setVisible(chapter.change is not None or chapter.ledger is None)
        self.change_button.setText(chapter.change[0] if chapter.change is not None else "填写")
        self.change_button.setEnabled(has_row or chapter.ledger is None)
        self.remove_button.setVisible(chapter.remove is not None)
        self.remove_button.setEnabled(has_row)

    def _card(self, session: Any) -> Sheet:
        """The items of the organisation that is looked at as a table."""
        values = card_values(session, self._organisation(session))
        rows = [_Item(item.title, item.kind.show(values[key])) for key, item in CARD_ITEMS.items()]
        columns = (Column("title", "项目", TEXT, 22), Column("value", "内容", TEXT, 50))
        return Sheet(CARD, "党组织信息", columns, rows, {}, ("", "", ""), (), "", "portrait")

    def _organisation(self, session: Any) -> int:
        chosen = self.view.branch_id
        return chosen if chosen is not None else organisation.root(session).id

    def _filled(self) -> Sheet:
        assert self.table.sheet is not None
        return self.table.sheet

    def _row(self) -> Any:
        chosen = self.table.current_row()
        if chosen is None:
            raise UserError("请先在表里选一行。")
        return chosen

    def _change(self) -> None:
        chapter = self.chapter_shown
        if chapter.ledger is None:
            with self.workspace.reading() as session:
                organisation_id = self._organisation(session)
            ask_for_card(self, organisation_id)
        elif chapter.change is not None:
            chapter.change[1](self, self._row())
        elif hasattr(self.table.current_row(), "member_id"):
            self.go("members", self._row().member_id)

    def _ask_to_remove(self) -> None:
        chapter, chosen = self.chapter_shown, self._row()
        assert chapter.remove is not None
        remove = chapter.remove
        name = getattr(chosen, "name", "")
        ask(self, f"要删除“{name}”的这条记录吗？", yes="删除", then=lambda: remove(self, chosen))
