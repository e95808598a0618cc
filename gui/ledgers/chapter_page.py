"""A page of chapters: the list at the left, the ledger that is chosen at the right, its deeds above it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton

from gui.ledgers.chapters import BY_LEDGER
from gui.ledgers.privacy import keep_private
from gui.messages import ask
from gui.page import Page
from gui.papers.paper_files import export_ledger, preview_ledger, preview_paper
from gui.parts.cards import PAGE_MARGINS, Card, Margins, button, column, label, line_edit, row
from gui.parts.chooser import Chooser
from gui.parts.day_chooser import DayChooser
from gui.parts.entry_list import EntryList
from gui.parts.ledger_view import LedgerView
from gui.parts.period_chooser import offer_periods
from gui.parts.wrapping_row import WrappingRow
from gui.theme import scaled
from gui.workspace import Workspace
from models.errors import UserError
from models.ledger import Ledger, Sheet, View
from models.ledgers.charts import CHARTED
from models.ledgers.sheets import sheet
from models.records.dues import months
from models.records.members.organisation import branches
from models.rules.periods import Period

_SIDE, _WIDEST_SIDE = 214, 260
_SEARCHED = 12  # a longer list gets a field to look for a chapter in


@dataclass(frozen=True)
class RowDeed:
    """A further button of a chapter: `act` is handed the page and the rows that are selected, none where none is.

    With `needs_rows` it can be pressed only while a row is chosen.
    """

    words: str
    act: Callable[[Page, Sequence[Any]], None]
    needs_rows: bool = False


@dataclass(frozen=True)
class OwnSheet:
    """What a chapter shows that is no ledger: a table, the form behind Enter, and the name of the paper printed."""

    read: Callable[[Any, View], Sheet]
    change: Callable[[Page, View], None]
    paper: str


@dataclass(frozen=True)
class Chapter:
    """A line of the list: `new` is the form of Ctrl+N, `change` that of Enter, `remove` removes the chosen row."""

    name: str
    title: str
    use: str
    shows: Ledger | OwnSheet
    new: tuple[str, Callable[[Page], None]] | None = None
    change: tuple[str, Callable[[Page, Any], None]] | None = None
    remove: Callable[[Page, Any], None] | None = None
    more: tuple[RowDeed, ...] = ()

    @property
    def ledger(self) -> Ledger | None:
        """The ledger that is shown; None where the chapter shows a sheet of its own."""
        return self.shows if isinstance(self.shows, Ledger) else None


class ChapterPage(Page):
    """Shows the ledgers of a list of chapters, and the sheets that are none."""

    keys = "↑↓ 选栏目　回车 修改　Ctrl+N 新增　Ctrl+E 导出　Ctrl+P 预览打印"

    def __init__(self, workspace: Workspace, chapters: Sequence[Chapter], margins: Margins = PAGE_MARGINS) -> None:
        super().__init__(workspace)
        view: View = workspace.view
        self.view = replace(view, period=Period.of_year(view.period.year))
        self.day: date | None = None
        self.chapters = tuple(chapters)
        self.search = line_edit("查找栏目……", self._look_for)
        if len(self.chapters) <= _SEARCHED:
            self.search.hide()
        self.list = EntryList("栏目", empty="没有名字里有这些字的栏目。")
        self.heading = label("", "heading")
        self.period, self.as_of = Chooser("时期", letters=9), DayChooser()
        self.branch = Chooser("支部", letters=8)
        self.table = LedgerView("这里还没有记录。")
        self.filter = line_edit("筛选……", self._filter)
        self.new_button = button("", self.new_record)
        self.change_button = button("", self._change)
        self.remove_button = button("删除", self._ask_to_remove, flat=True)
        self.more, self.more_buttons = row(spacing=8), list[QPushButton]()
        self.import_button = button("导入", self.bring_in, icon="upload")
        self.export_button = button("导出", self.ask_format, icon="download")
        self.chart_button = button("图表", self._show_charts)
        self.print_button = button("预览打印", self.print_out, primary=True)
        self.side = Card(self.search, self.list)
        self._lay_out(margins)
        self._set_width()
        self.setTabOrder(self.list, self.search)  # the arrow keys choose a chapter as soon as the page is opened
        self._look_for("")
        self._offer_more()
        self._connect()

    @property
    def chapter_shown(self) -> Chapter:
        """The chapter chosen in the list; UserError while the search leaves none."""
        found = self.list.entry()
        if not isinstance(found, Chapter):
            raise UserError("请先在左边选一个栏目。")
        return found

    def reload(self) -> None:
        self.view = replace(self.view, today=self.workspace.view.today)
        self._show()

    def show_target(self, target: Any) -> None:
        """Shows the chapter of this name, or with (name, number) the record of that number in it.

        With (name, number, year) it shows that year, which a record of long ago stands in.
        """
        name, number, year = (*target, None)[:3] if isinstance(target, tuple) else (target, None, None)
        self.search.clear()
        names = [chapter.name for chapter in self.chapters]
        if name in names:
            self.list.setCurrentRow(names.index(name))
        if year is not None and year != self.view.period.first.year:
            self.show_year(year)
        if number is not None:
            self.table.select(lambda each: getattr(each, "id", None) == number)

    def new_record(self) -> None:
        chapter = self.chapter_shown
        if chapter.new is None:
            hint = f"选中一行按回车：{chapter.change[0]}。" if chapter.change else "内容由别的记录得出。"
            raise UserError(f"这一栏不能新增；{hint}")
        chapter.new[1](self)

    def export(self) -> None:
        """Writes the ledger as a workbook; what is no ledger is there as a paper only."""
        if self.chapter_shown.ledger is None:
            self.print_out()
        else:
            export_ledger(self, self._filled(), self.view_shown())

    def ask_format(self) -> None:
        """Offers the formats that the ledger can be exported in, one of them with a password."""
        from gui.ledgers.export_menu import offer_formats

        if self.chapter_shown.ledger is None:
            self.print_out()
        else:
            offer_formats(self, self._filled(), self.view_shown(), self.export_button)

    def print_out(self) -> None:
        shown = self.chapter_shown.shows
        if isinstance(shown, OwnSheet):
            preview_paper(self, shown.paper, self.view_shown())
        else:
            preview_ledger(self, self._filled(), self.view_shown())

    def bring_in(self) -> None:
        """Opens the import into the ledger that is shown."""
        from gui.importing.dialog import open_import

        open_import(self, self.chapter_shown.name)

    def paste(self) -> None:
        """Brings copied rows into the ledger shown."""
        from gui.importing.dialog import open_pasted

        ledger = self.chapter_shown.ledger
        if ledger is None:
            super().paste()
        else:
            open_pasted(self, ledger, self.table)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "side"):
            self._set_width()

    def show_year(self, year: int) -> None:
        """Shows a whole year."""
        self._look_at(period=Period.of_year(year))

    def view_shown(self) -> View:
        """The view of the ledger that is shown: of an earlier day where it has that."""
        ledger = self.chapter_shown.ledger
        return self.view.back_to(self.day if ledger is not None and ledger.as_of else None)

    def _set_width(self) -> None:
        self.side.setFixedWidth(min(scaled(self, _SIDE), _WIDEST_SIDE))

    def _lay_out(self, margins: Margins) -> None:
        deeds = (self.new_button, self.change_button, self.remove_button, self.more)
        files = (self.chart_button, self.import_button, self.export_button, self.print_button)
        # With large letters all the buttons of a chapter are wider than a small screen.
        buttons = WrappingRow(row(1, *deeds, spacing=8), row(1, *files, spacing=8), spacing=8)
        head = WrappingRow(row(self.heading, 1), row(buttons))
        tools = row(self.period, self.as_of, self.branch, self.filter, self.table.mask_switch)
        tools.setStretch(3, 1)
        right = column(Card(head, tools, spacing=8), self.table, spacing=10)
        right.setStretch(1, 1)
        layout = row(self.side, right, spacing=14, margins=margins)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda _now, _before: self._choose())
        self.table.opened.connect(lambda _row: self._change())
        self.table.chosen.connect(lambda _row: self._show_deeds())
        self.period.picked.connect(lambda period: self._look_at(period=period))
        self.branch.picked.connect(lambda branch_id: self._look_at(branch_id=branch_id))
        self.as_of.picked.connect(self._look_back)

    def _look_for(self, words: str) -> None:
        """Leaves the chapters whose title or use holds the words; the one that is shown stays chosen."""
        kept = self.list.entry()
        found = [each for each in self.chapters if words.strip() in each.title + each.use]
        self.list.blockSignals(True)
        self.list.clear()
        for chapter in found:
            self.list.add_entry(chapter.title, chapter.use, chapter)
        self.list.setCurrentRow(found.index(kept) if kept in found else 0)
        self.list.blockSignals(False)
        if kept is not None and found and kept not in found:
            self._choose()

    def _choose(self) -> None:
        """Shows the chapter that was chosen, as of today; F1 opens what the manual says of it."""
        self._offer_more()
        self.chapter = BY_LEDGER.get(self.chapter_shown.name, "")
        self.retitled.emit()
        self._look_back(self.view.today)

    def _offer_more(self) -> None:
        """Puts the further buttons of the chapter in the place of those of the one before."""
        for pressed in self.more_buttons:
            self.more.removeWidget(pressed)
            pressed.hide()
            pressed.deleteLater()
        deeds = self.chapter_shown.more
        self.more_buttons = [button(deed.words, partial(self._do, deed)) for deed in deeds]
        for pressed in self.more_buttons:
            self.more.addWidget(pressed)

    def _do(self, deed: RowDeed) -> None:
        deed.act(self, self.table.selected_rows())

    def _filter(self, words: str) -> None:
        self.table.filter(words)
        self._show_deeds()

    def _look_at(self, **chosen: Any) -> None:
        self.view = replace(self.view, **chosen)
        self._show()

    def _look_back(self, day: date) -> None:
        self.day = None if day == self.view.today else day
        self._show()

    def _show(self) -> None:
        if self.list.entry() is None:
            return
        contents, ledger = self.chapter_shown.shows, self.chapter_shown.ledger
        with self.workspace.reading() as session:
            offer_periods(self.period, ledger.span if ledger else "none", months.opened(session), self.view.period)
            self.branch.offer([("全部支部", None), *((each.name, each.id) for each in branches(session))])
            self.branch.choose(self.view.branch_id)
            view = self.view_shown()
            shown = contents.read(session, view) if isinstance(contents, OwnSheet) else sheet(session, contents, view)
        self.table.say_empty(ledger.empty if ledger is not None else "")
        another = self.table.sheet is None or self.table.sheet.name != shown.name
        self.table.show_sheet(shown)
        if another:
            keep_private(self.table)
        self.heading.setText(ledger.title if ledger is not None else shown.heading)
        self.as_of.setVisible(ledger is not None and ledger.as_of)
        self.as_of.show_day(self.view_shown().today, self.view.today)
        self.branch.setVisible(self.branch.count() > 2)
        self.import_button.setVisible(ledger is not None and ledger.importable)
        self.export_button.setVisible(ledger is not None)
        self.chart_button.setVisible(shown.name in CHARTED and bool(shown.rows))
        if self.table.current_row() is None and shown.rows:
            self.table.select(lambda _row: True)
        self._show_deeds()

    def _show_deeds(self) -> None:
        """Shows the buttons of the chapter; those for a row can be pressed only while one is chosen."""
        chapter = self.list.entry()
        if chapter is None:
            return
        has_row = self.table.current_row() is not None
        self.new_button.setVisible(chapter.new is not None)
        self.new_button.setText(f"{chapter.new[0]}　Ctrl+N" if chapter.new is not None else "")
        self.change_button.setVisible(chapter.change is not None or chapter.ledger is None)
        self.change_button.setText(chapter.change[0] if chapter.change is not None else "填写")
        self.change_button.setEnabled(has_row or chapter.ledger is None)
        self.remove_button.setVisible(chapter.remove is not None)
        self.remove_button.setEnabled(has_row)
        for deed, pressed in zip(chapter.more, self.more_buttons, strict=True):
            pressed.setEnabled(has_row or not deed.needs_rows)

    def _show_charts(self) -> None:
        from gui.ledgers.chart_window import show_charts

        show_charts(self, self._filled())

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
        if isinstance(chapter.shows, OwnSheet):
            chapter.shows.change(self, self.view_shown())
        elif chapter.change is not None:
            chapter.change[1](self, self._row())
        elif hasattr(self.table.current_row(), "member_id"):
            self.go("members", self._row().member_id)

    def _ask_to_remove(self) -> None:
        chapter, chosen = self.chapter_shown, self._row()
        assert chapter.remove is not None
        remove = chapter.remove
        name = getattr(chosen, "name", "") or getattr(chosen, "title", "")
        asked = f"要删除“{name}”的这条记录吗？" if name else "要删除选中的这条记录吗？"
        ask(self, asked, yes="删除", then=lambda: remove(self, chosen))
