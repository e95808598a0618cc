"""Settings: the kinds of activity that organisation life knows, in the order in which they are offered."""

from typing import Any

from gui.messages import ask
from gui.page import Page
from gui.papers.sheet_files import export_sheet, preview_sheet
from gui.parts.cards import Card, button, label, row
from gui.parts.ledger_view import LedgerView
from gui.settings.kind_dialog import kind_dialog
from gui.settings.section import Section
from models.errors import UserError
from models.ledgers.life.kind_table import IDLE, OWN, KindRow, kind_table, used
from models.records.life import activity_kinds

_WORDS = (
    "这里的种类用在年度计划、会议记录、统计和工作手册里，按这个顺序列出。"
    "改名、停用都不影响已有的记录；有记录的种类不能删除，可以停用。"
)


class KindsSection(Section):
    """The table of kinds; those of the program are renamed, moved and stopped too, own ones also removed."""

    def __init__(self, page: Page) -> None:
        self.table = LedgerView("还没有活动种类。")
        self.table.setMinimumHeight(320)
        self.table.opened.connect(lambda _row: self.change())
        self.table.chosen.connect(self._name_buttons)
        self.use_button = button("停用", self.switch)
        self.remove_button = button("删除…", self.ask_to_remove, flat=True)
        self.restore_button = button("恢复原样", self.restore, flat=True)
        tools = row(
            button("新增种类…", self.add, primary=True),
            button("修改…", self.change),
            button("上移", lambda: self._move(-1)),
            button("下移", lambda: self._move(1)),
            self.use_button,
            1,
            self.restore_button,
            self.remove_button,
        )
        words = label(_WORDS, "quiet", wrap=True)
        super().__init__(page, Card(words, self.table, tools, title="活动种类", aside="双击修改"))
        self.column.setStretch(0, 1)

    def reload(self) -> None:
        with self.workspace.reading() as session:
            self.table.show_sheet(kind_table(session))
        if self.table.current_row() is None:
            self.table.select(lambda _row: True)
        self._name_buttons(self.table.current_row())

    def add(self) -> None:
        """Asks for a kind of the branch's own."""
        kind_dialog(self, None, self._groups(), self._add).open()

    def change(self) -> None:
        """Asks for changes of the chosen kind."""
        chosen = self._chosen()
        with self.workspace.reading() as session:
            kind = activity_kinds.kind_of(session, chosen.id)
        kind_dialog(self, kind, self._groups(), lambda values: self._change(chosen, values)).open()

    def switch(self) -> None:
        """Stops offering the chosen kind, or offers it again."""
        chosen = self._chosen()
        self._set_active(chosen, chosen.state == IDLE)

    def ask_to_remove(self) -> None:
        """Removes the chosen kind after a question; offers to stop using one that has records."""
        chosen = self._chosen()
        with self.workspace.reading() as session:
            number = used(session)[chosen.id]
        if chosen.origin != OWN or number:
            why = f"已经有 {number} 条记录，" if number else "是程序带来的，"
            if chosen.state == IDLE:
                raise UserError(f"“{chosen.name}”{why}不能删除；它已经停用，不会再列出来。")
            ask(
                self,
                f"“{chosen.name}”{why}不能删除。改为停用吗？",
                yes="停用",
                no="照旧使用",
                detail="停用以后不再列出来供选择，已有的记录照旧保留，随时可以恢复使用。",
                then=lambda: self._set_active(chosen, False),
            )
            return
        ask(
            self, f"删除活动种类“{chosen.name}”？", yes="删除", no="不删除",
            detail="它还没有记录。按 Ctrl+Z 可以撤销。", then=lambda: self._remove(chosen),
        )  # fmt: skip

    def restore(self) -> None:
        """Takes back what was changed of a kind that came with the program."""
        chosen = self._chosen()
        with self.workspace.writing(f"恢复活动种类“{chosen.name}”") as session:
            activity_kinds.restore(session, chosen.id)
        self.page.say("已恢复成程序带来的样子；按 Ctrl+Z 撤销。")

    def export(self) -> None:
        export_sheet(self.page, self._sheet())

    def print_out(self) -> None:
        preview_sheet(self.page, self._sheet())

    def _add(self, values: dict[str, Any]) -> None:
        with self.workspace.writing("新增活动种类") as session:
            added = activity_kinds.save(session, None, values)
        self.reload()
        self.table.select(lambda row: isinstance(row, KindRow) and row.id == added.key)
        self.page.say(f"已新增活动种类“{added.name}”，计划和记录里都可以选它。")

    def _change(self, chosen: KindRow, values: dict[str, Any]) -> None:
        with self.workspace.writing(f"修改活动种类“{chosen.name}”") as session:
            changed = activity_kinds.save(session, chosen.id, values)
        self.page.say(f"活动种类“{changed.name}”已保存；已经记下的名单和人数不变。")

    def _move(self, step: int) -> None:
        chosen = self._chosen()
        with self.workspace.writing("移动活动种类") as session:
            activity_kinds.move(session, chosen.id, step)

    def _set_active(self, chosen: KindRow, active: bool) -> None:
        done = "恢复使用" if active else "停用"
        with self.workspace.writing(f"{done}活动种类“{chosen.name}”") as session:
            activity_kinds.save(session, chosen.id, {"active": active})
        self.page.say(f"“{chosen.name}”已{done}；按 Ctrl+Z 撤销。")

    def _remove(self, chosen: KindRow) -> None:
        with self.workspace.writing(f"删除活动种类“{chosen.name}”") as session:
            activity_kinds.remove(session, chosen.id, used(session)[chosen.id])
        self.page.say(f"已删除活动种类“{chosen.name}”；按 Ctrl+Z 撤销。")

    def _name_buttons(self, chosen: KindRow | None) -> None:
        self.use_button.setText("恢复使用" if chosen is not None and chosen.state == IDLE else "停用")
        self.restore_button.setVisible(chosen is not None and chosen.origin.endswith("改过"))
        self.remove_button.setVisible(chosen is not None and chosen.origin == OWN)

    def _groups(self) -> list[str]:
        with self.workspace.reading() as session:
            return list(dict.fromkeys(kind.group for kind in activity_kinds.kinds(session, idle=True)))

    def _chosen(self) -> KindRow:
        chosen = self.table.current_row()
        if not isinstance(chosen, KindRow):
            raise UserError("请先在表里选一种活动。")
        return chosen

    def _sheet(self) -> Any:
        with self.workspace.reading() as session:
            return kind_table(session)
