"""Settings: the days of rest that move the collection day."""

from dataclasses import replace
from typing import Any

from gui.page import Page
from gui.papers.sheet_files import export_sheet, preview_sheet
from gui.parts.cards import Card, button, label, row
from gui.parts.chooser import Chooser
from gui.parts.ledger_view import LedgerView
from gui.parts.record_dialog import RecordDialog
from gui.settings.section import Section
from models.errors import UserError
from models.kinds import DAY
from models.ledger import Column, Sheet
from models.ledgers import holidays
from models.ledgers.holidays import HOLIDAYS, KIND, OWN, REST, HolidayRow
from models.ledgers.sheets import sheet
from models.rules.periods import Period

_SPAN = (
    Column("first", "从", DAY, 11, required=True),
    Column("last", "到（含）", DAY, 11, required=True),
    Column("kind", "安排", KIND, 8, required=True),
)


class HolidaysSection(Section):
    """The holidays and made-up working days of a year, and the days of one's own."""

    def __init__(self, page: Page) -> None:
        self._asked = False
        self.warning = label("", "", "warn", wrap=True)
        self.year = Chooser("年份", letters=6)
        self.year.picked.connect(lambda _year: self.reload())
        self.table = LedgerView("这一年的放假安排还没有。通知公布后点“添加”，把放假和调休的日子写进来。")
        self.table.setMinimumHeight(300)
        self.remove_button = button("删除自己添加的", self.remove)
        words = label(
            "收缴日遇到放假，按“党费规则”里的办法移动。周末不用写，调休上班的周末写成“上班”。", "quiet", wrap=True
        )
        tools = row(self.year, 1, self.remove_button, button("添加", self.add))
        super().__init__(page, Card(words, self.warning, tools, title="节假日和调休"), self.table)
        self.column.setStretch(1, 1)

    def reload(self) -> None:
        today = self.workspace.view.today
        supplied = holidays.known_years()
        with self.workspace.reading() as session:
            known = supplied | holidays.own_years(session)
        missing = [year for year in (today.year, today.year + 1) if year not in known]
        self.year.offer([(f"{year}年", year) for year in range(today.year + 1, min(supplied) - 1, -1)])
        if not self._asked:
            self._asked = True
            self.year.choose(missing[0] if missing and today.month == 12 else today.year)
        self.warning.setText(
            "".join(f"{year}年的放假安排不在程序里（国务院办公厅一般在前一年十月底到十二月公布），" for year in missing)
            + "请在公布后添加。"
        )
        self.table.show_sheet(self._filled())
        own = [row for row in self.table.rows_shown() if row.source == OWN]
        self.warning.setVisible(self.year.value() in missing)
        self.remove_button.setEnabled(bool(own))

    def add(self) -> None:
        """Asks for days to add."""
        RecordDialog("添加节假日或调休", _SPAN, {"kind": REST}, self._add, self).open()

    def remove(self) -> None:
        """Takes away the chosen days of one's own."""
        days = {row.id for row in self.table.selected_rows() if row.source == OWN}
        if not days:
            raise UserError("请先选中要删除的日子；程序带来的日子不能删，可以添加一天“上班”或“放假”盖过它。")
        with self.workspace.writing("删除节假日") as session:
            holidays.remove(session, days)
        self.page.say(f"已删除 {len(days)} 天；按 Ctrl+Z 撤销。")

    def export(self) -> None:
        export_sheet(self.page, self._filled())

    def print_out(self) -> None:
        preview_sheet(self.page, self._filled())

    def _add(self, values: dict[str, Any]) -> None:
        with self.workspace.writing("添加节假日") as session:
            holidays.add(session, values["first"], values["last"], values["kind"])
        self.year.choose(values["first"].year)
        self.reload()
        self.table.select(lambda row: isinstance(row, HolidayRow) and row.day == values["first"])
        self.page.say(f"已添加 {(values['last'] - values['first']).days + 1} 天{values['kind']}。")

    def _filled(self) -> Sheet:
        view = replace(self.workspace.view, period=Period.of_year(self.year.value()), branch_id=None)
        with self.workspace.reading() as session:
            return sheet(session, HOLIDAYS, view)
