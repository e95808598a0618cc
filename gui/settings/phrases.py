"""Settings: the phrases and templates from which minutes are written."""

from typing import Any

from gui.messages import ask
from gui.page import Page
from gui.parts.cards import Card, button, label, row
from gui.parts.ledger_view import LedgerView
from gui.settings.phrase_dialog import PhraseDialog
from gui.settings.section import Section
from models.errors import UserError
from models.ledgers.life.kind_table import IDLE, OWN
from models.ledgers.life.phrase_table import PhraseRow, phrase_table
from models.records.life import activity_kinds, phrases

_WORDS = (
    "“整篇模板”是新记录一打开就写好的开头，每种活动一份；“常用语”在写记录的时候挑着插入。"
    "程序带来的都可以改成支部自己的说法。"
)


class PhrasesSection(Section):
    """The table of phrases and templates, and what can be done with the chosen one."""

    def __init__(self, page: Page) -> None:
        self.table = LedgerView("还没有常用语。")
        self.table.setMinimumHeight(320)
        self.table.opened.connect(lambda _row: self.change())
        self.table.chosen.connect(self._name_buttons)
        self.use_button = button("停用", self.switch)
        self.restore_button = button("恢复原样", self.restore, flat=True)
        self.remove_button = button("删除…", self.ask_to_remove, flat=True)
        tools = row(
            button("新增…", self.add, primary=True),
            button("修改…", self.change),
            self.use_button,
            1,
            self.restore_button,
            self.remove_button,
        )
        words = label(_WORDS, "quiet", wrap=True)
        super().__init__(page, Card(words, self.table, tools, title="常用语和模板", aside="双击修改"))
        self.column.setStretch(0, 1)

    def reload(self) -> None:
        with self.workspace.reading() as session:
            self.table.show_sheet(phrase_table(session))
        if self.table.current_row() is None:
            self.table.select(lambda _row: True)
        self._name_buttons(self.table.current_row())

    def add(self) -> None:
        """Asks for a phrase or a template of the branch's own."""
        PhraseDialog(self, None, self._names(), self._add).open()

    def change(self) -> None:
        """Asks for changes of the chosen one."""
        chosen = self._chosen()
        with self.workspace.reading() as session:
            phrase = next(each for each in phrases.everything(session, idle=True) if each.key == chosen.id)
        PhraseDialog(self, phrase, self._names(), lambda values: self._change(chosen, values)).open()

    def switch(self) -> None:
        """Stops offering the chosen one, or offers it again."""
        chosen = self._chosen()
        active = chosen.state == IDLE
        done = "恢复使用" if active else "停用"
        with self.workspace.writing(f"{done}“{chosen.title}”") as session:
            phrases.save(session, chosen.id, {"active": active})
        self.page.say(f"“{chosen.title}”已{done}；按 Ctrl+Z 撤销。")

    def restore(self) -> None:
        """Takes back what was changed of one that came with the program."""
        chosen = self._chosen()
        with self.workspace.writing(f"恢复“{chosen.title}”") as session:
            phrases.restore(session, chosen.id)
        self.page.say("已恢复成程序带来的样子；按 Ctrl+Z 撤销。")

    def ask_to_remove(self) -> None:
        """Removes one that the branch added, after a question."""
        chosen = self._chosen()
        ask(
            self, f"删除“{chosen.title}”？", yes="删除", no="不删除",
            detail="已经写进记录的文字不变。按 Ctrl+Z 可以撤销。", then=lambda: self._remove(chosen),
        )  # fmt: skip

    def _add(self, values: dict[str, Any]) -> None:
        with self.workspace.writing("新增常用语") as session:
            added = phrases.save(session, None, values)
        self.reload()
        self.table.select(lambda row: isinstance(row, PhraseRow) and row.id == added.key)
        self.page.say(f"已新增“{added.title}”。")

    def _change(self, chosen: PhraseRow, values: dict[str, Any]) -> None:
        with self.workspace.writing(f"修改“{chosen.title}”") as session:
            phrases.save(session, chosen.id, values)
        self.page.say(f"“{values['title']}”已保存，从下一份记录起用。")

    def _remove(self, chosen: PhraseRow) -> None:
        with self.workspace.writing(f"删除“{chosen.title}”") as session:
            phrases.remove(session, chosen.id)
        self.page.say(f"已删除“{chosen.title}”；按 Ctrl+Z 撤销。")

    def _name_buttons(self, chosen: PhraseRow | None) -> None:
        self.use_button.setText("恢复使用" if chosen is not None and chosen.state == IDLE else "停用")
        self.restore_button.setVisible(chosen is not None and chosen.origin.endswith("改过"))
        self.remove_button.setVisible(chosen is not None and chosen.origin == OWN)

    def _names(self) -> dict[str, str]:
        """The kinds that have minutes, by key."""
        with self.workspace.reading() as session:
            return {kind.key: kind.name for kind in activity_kinds.kinds(session) if kind.kept_in == "activities"}

    def _chosen(self) -> PhraseRow:
        chosen = self.table.current_row()
        if not isinstance(chosen, PhraseRow):
            raise UserError("请先在表里选一条。")
        return chosen
