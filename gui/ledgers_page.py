"""All ledgers and papers in one list: look, export, print, import."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QMenu, QWidget

from gui.cards import PAGE_MARGINS, Card, button, column, fill, label, line_edit, row
from gui.chooser import Chooser
from gui.ledger_view import LedgerView
from gui.page import Page
from gui.papers import preview, save_as
from gui.period_chooser import offer_periods
from gui.sheet_files import FORMATS, export_sheet, preview_sheet
from gui.theme import scaled
from gui.workspace import Workspace
from models.errors import UserError
from models.ledger import Ledger, Sheet, View
from models.ledgers.catalogue import LEDGERS
from models.ledgers.paper_records import PAPERS
from models.ledgers.sheets import sheet
from models.records import months
from models.records.organisation import branches

_USES = {
    "members": "F11　全部字段，可改后再导入",
    "members_roster": "F10　上报、存档",
    "dues_register": "F01　全年收缴，年底装订",
    "dues_assessments": "F02　每年核定，可导入",
    "dues_payments": "F03　每一笔交纳，可导入",
    "dues_arrears": "欠交月份和处理情况",
    "dues_remittances": "上缴和凭证",
    "dues_summary": "F04　随款上报",
    "dues_notice": "F06　张贴，不含金额",
    "dues_slip": "F05　内部凭条，一页四张",
    "dues_remittance": "F04　上缴单，一式两份",
}


@dataclass(frozen=True)
class _Entry:
    """A line of the list: a ledger, or a paper that exporters draw."""

    title: str
    use: str
    ledger: Ledger | None = None
    form: Any = None


class LedgersPage(Page):
    """The list at the left, what is chosen at the right."""

    keys = "↑↓ 选台账　Ctrl+E 导出　Ctrl+P 预览打印　Ctrl+C 复制到 Excel"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.view: View = workspace.view
        self.sheet: Sheet | None = None
        self.search = line_edit("查找台账、表格……", self._look_for)
        self.list = QListWidget()
        self.list.setProperty("plain", True)
        self.list.setAccessibleName("台账和表格")
        self.period = Chooser("时期", letters=9)
        self.branch = Chooser("支部", letters=8)
        self.filter = line_edit("筛选……", self._filter)
        self.bring_in = button("导入", self._import)
        self.export_button = button("导出", self._ask_format)
        self.print_button = button("预览打印", self.print_out, primary=True)
        self.table = LedgerView("这里还没有记录。")
        self.paper_words = label("", "quiet", wrap=True)
        self.paper = Card(self.paper_words, 1)
        self.period.picked.connect(self._pick_period)
        self.branch.picked.connect(self._pick_branch)
        self._lay_out()
        self._look_for("")
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())

    @property
    def entry(self) -> _Entry:
        """What is chosen in the list."""
        item = self.list.currentItem()
        if item is None:
            raise UserError("请先在左边选一张台账。")
        chosen: _Entry = item.data(Qt.ItemDataRole.UserRole)
        return chosen

    def reload(self) -> None:
        self.view = replace(self.view, today=self.workspace.view.today)
        self._show()

    def show_target(self, target: Any) -> None:
        """Shows the ledger or paper of this name."""
        self.search.clear()
        for place in range(self.list.count()):
            entry: _Entry = self.list.item(place).data(Qt.ItemDataRole.UserRole)
            if target in (entry.ledger and entry.ledger.name, entry.form and entry.form.name):
                self.list.setCurrentRow(place)

    def export(self) -> None:
        if self.entry.form is not None:
            save_as(self, f"保存{self.entry.title}", f"{self.entry.title}.pdf", self._drawing())
        else:
            export_sheet(self, self._filled())

    def print_out(self) -> None:
        if self.entry.form is not None:
            preview(self, self.entry.title, self._drawing())
        else:
            preview_sheet(self, self._filled())

    def _lay_out(self) -> None:
        side = Card(self.search, self.list)
        side.setFixedWidth(scaled(self, 262))
        tools = row(
            self.period, self.branch, self.filter, 1, self.table.mask_switch, self.bring_in, self.export_button,
            self.print_button,
        )  # fmt: skip
        right = column(Card(tools), self.table, self.paper, spacing=10)
        right.setStretch(1, 1)
        right.setStretch(2, 1)
        box = QWidget()
        fill(inner := QHBoxLayout(box), right)
        inner.setStretch(0, 1)
        layout = row(side, box, spacing=14, margins=PAGE_MARGINS)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _look_for(self, words: str) -> None:
        from exporters.forms import FORMS

        entries = [_Entry(each.title, _USES.get(each.name, ""), ledger=each) for each in LEDGERS]
        entries += [_Entry(each.title, _USES.get(each.name, "张贴用"), form=each) for each in FORMS]
        self.list.clear()
        for entry in entries:
            if words.strip() in entry.title + entry.use:
                item = QListWidgetItem(f"{entry.title}\n{entry.use}")
                item.setData(Qt.ItemDataRole.UserRole, entry)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _filter(self, words: str) -> None:
        self.table.filter(words)

    def _show(self) -> None:
        if self.list.currentItem() is None:
            return
        entry = self.entry
        span = entry.ledger.span if entry.ledger is not None else "month"
        with self.workspace.reading() as session:
            offer_periods(self.period, span, months.opened(session), self.view.period)
            self.branch.offer([("全部支部", None), *((each.name, each.id) for each in branches(session))])
            self.branch.choose(self.view.branch_id)
            view = self._view(span)
            if entry.ledger is not None:
                self.sheet = sheet(session, entry.ledger, view)
            else:
                count = len(PAPERS[entry.form.name](session, view))
                self.paper_words.setText(
                    f"{view.period.chinese}有 {count} 份{entry.title}，点“预览打印”逐份查看、打印或保存。"
                    if count
                    else f"{view.period.chinese}没有记录，预览的是一张空白的{entry.title}，可以打印出来手填。"
                )
        self.branch.setVisible(self.branch.count() > 2)
        self.table.setVisible(entry.ledger is not None)
        self.paper.setVisible(entry.form is not None)
        self.filter.setVisible(entry.ledger is not None)
        if entry.ledger is None:
            self.table.mask_switch.hide()
        self.bring_in.setVisible(entry.ledger is not None and entry.ledger.importable)
        if entry.ledger is not None and self.sheet is not None:
            self.table.show_sheet(self.sheet)

    def _view(self, span: str) -> View:
        period = self.period.value() if span != "none" else self.view.period
        return replace(self.view, period=period or self.view.period)

    def _filled(self) -> Sheet:
        if self.sheet is None:
            raise UserError("请先在左边选一张台账。")
        return self.sheet

    def _pick_period(self, period: Any) -> None:
        self.view = replace(self.view, period=period)
        self._show()

    def _pick_branch(self, branch_id: Any) -> None:
        self.view = replace(self.view, branch_id=branch_id)
        self._show()

    def _ask_format(self) -> None:
        if self.entry.form is not None:
            self.export()
            return
        menu = QMenu(self)
        for words, ending in FORMATS:
            menu.addAction(words, lambda e=ending: export_sheet(self, self._filled(), e))
        menu.popup(self.export_button.mapToGlobal(self.export_button.rect().bottomLeft()))

    def _drawing(self) -> Any:
        """What draws the chosen paper for its records, read now; it runs off the main thread."""
        form = self.entry.form
        with self.workspace.reading() as session:
            records = [record for _, record in PAPERS[form.name](session, self._view("month"))]
        return lambda path, _progress: form.draw(records or [form.blank], path)

    def _import(self) -> None:
        from gui.import_dialog import open_import

        assert self.entry.ledger is not None
        open_import(self, self.entry.ledger.name)
