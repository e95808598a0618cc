"""Settings: the causes of hardship that cases are sorted by, in the order in which they are offered."""

from typing import Any

from gui.messages import ask
from gui.page import Page
from gui.papers.sheet_files import export_sheet, preview_sheet
from gui.parts.cards import Card, button, label, row
from gui.parts.ledger_view import LedgerView
from gui.parts.record_dialog import RecordDialog
from gui.settings.section import Section
from models.errors import UserError
from models.kinds import TEXT
from models.ledger import Column, Sheet
from models.ledgers.care.cause_table import CauseRow, cause_table
from models.ledgers.life.kind_table import IDLE
from models.records.care import causes as care_causes

_WORDS = (
    "登记帮扶对象的时候按这个顺序列出。改名以后，已有的记录跟着改；停用的不再列出来，已有的记录不变；"
    "已有记录在用的不能删除，可以停用。"
)
_NAME = (Column("name", "困难类型", TEXT, 20, required=True),)


class CausesSection(Section):
    """The table of causes; each is renamed, moved and stopped, one that no case has is removed."""

    def __init__(self, page: Page) -> None:
        self.table = LedgerView("还没有困难类型。")
        self.table.setMinimumHeight(320)
        self.table.opened.connect(lambda _row: self.change())
        self.table.chosen.connect(self._name_button)
        self.use_button = button("停用", self.switch)
        tools = row(
            button("新增类型…", self.add, primary=True),
            button("改名…", self.change),
            button("上移", lambda: self._move(-1)),
            button("下移", lambda: self._move(1)),
            self.use_button,
            1,
            button("删除…", self.ask_to_remove, flat=True),
        )
        words = label(_WORDS, "quiet", wrap=True)
        super().__init__(page, Card(words, self.table, tools, title="困难类型", aside="双击改名"))
        self.column.setStretch(0, 1)

    def reload(self) -> None:
        with self.workspace.reading() as session:
            self.table.show_sheet(cause_table(session))
        if self.table.current_row() is None:
            self.table.select(lambda _row: True)
        self._name_button(self.table.current_row())

    def export(self) -> None:
        export_sheet(self.page, self._sheet())

    def print_out(self) -> None:
        preview_sheet(self.page, self._sheet())

    def add(self) -> None:
        """Asks for one more cause."""
        RecordDialog("新增困难类型", _NAME, {}, self._add, self).open()

    def change(self) -> None:
        """Asks for another name of the chosen cause."""
        chosen = self._chosen()
        RecordDialog("改名", _NAME, {"name": chosen.name}, lambda values: self._rename(chosen, values), self).open()

    def switch(self) -> None:
        """Stops offering the chosen cause, or offers it again."""
        chosen = self._chosen()
        self._set_active(chosen, chosen.state == IDLE)

    def ask_to_remove(self) -> None:
        """Removes the chosen cause after a question; offers to stop using one that cases have."""
        chosen = self._chosen()
        if chosen.used and chosen.state == IDLE:
            raise UserError(f"“{chosen.name}”有 {chosen.used} 份帮扶记录在用，不能删除；它已经停用，不会再列出来。")
        if chosen.used:
            ask(
                self, f"“{chosen.name}”有 {chosen.used} 份帮扶记录在用，不能删除。改为停用吗？",
                yes="停用", no="照旧使用",
                detail="停用以后不再列出来供选择，已有的记录照旧保留，随时可以恢复使用。",
                then=lambda: self._set_active(chosen, False),
            )  # fmt: skip
            return
        ask(
            self, f"删除困难类型“{chosen.name}”？", yes="删除", no="不删除",
            detail="还没有帮扶记录用它。按 Ctrl+Z 可以撤销。", then=lambda: self._remove(chosen),
        )  # fmt: skip

    def _add(self, values: dict[str, Any]) -> None:
        with self.workspace.writing("新增困难类型") as session:
            added = care_causes.add(session, values["name"])
        self._show(added)
        self.page.say(f"已新增“{added}”。")

    def _rename(self, chosen: CauseRow, values: dict[str, Any]) -> None:
        with self.workspace.writing("困难类型改名") as session:
            renamed = care_causes.rename(session, chosen.id, values["name"])
        self._show(renamed)
        self.page.say(f"“{chosen.name}”已改成“{renamed}”，已有的记录跟着改了；按 Ctrl+Z 撤销。")

    def _move(self, step: int) -> None:
        chosen = self._chosen()
        with self.workspace.writing("调整困难类型的顺序") as session:
            care_causes.move(session, chosen.id, step)
        self._show(chosen.id)

    def _set_active(self, chosen: CauseRow, active: bool) -> None:
        done = "恢复使用" if active else "停用"
        with self.workspace.writing(f"{done}困难类型") as session:
            care_causes.switch(session, chosen.id, active)
        self._show(chosen.id)
        self.page.say(f"“{chosen.name}”已{done}；按 Ctrl+Z 撤销。")

    def _remove(self, chosen: CauseRow) -> None:
        with self.workspace.writing("删除困难类型") as session:
            care_causes.remove(session, chosen.id)
        self.page.say(f"已删除困难类型“{chosen.name}”；按 Ctrl+Z 撤销。")

    def _show(self, name: str) -> None:
        self.reload()
        self.table.select(lambda each: each.id == name)

    def _name_button(self, chosen: CauseRow | None) -> None:
        self.use_button.setText("恢复使用" if chosen is not None and chosen.state == IDLE else "停用")

    def _chosen(self) -> CauseRow:
        chosen = self.table.current_row()
        if not isinstance(chosen, CauseRow):
            raise UserError("请先在表里选一种困难类型。")
        return chosen

    def _sheet(self) -> Sheet:
        with self.workspace.reading() as session:
            return cause_table(session)
