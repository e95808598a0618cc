"""The trail of what was done: searched, read line by line, taken back and done again, and held against a paper."""

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.messages import ask
from gui.page import Page
from gui.papers.sheet_files import export_sheet, preview_sheet
from gui.parts.cards import Card, button, label, restyle, row
from gui.parts.ledger_view import LedgerView
from gui.parts.wrapping_row import WrappingRow
from gui.settings.record_history import RecordHistory, lines_sheet
from gui.settings.section import Section
from gui.settings.trail_search import TrailSearch
from gui.theme import scaled
from gui.workspace import Workspace
from models import heads, steps, undo
from models.database import Database
from models.errors import UserError
from models.ledger import Sheet
from models.ledgers.sheets import sheet
from models.ledgers.trail import LineRow, actors, line_rows, searched
from models.steps import REDO, UNDO, Step

_NAMED = 8  # steps that are named before they are taken back
_MONEY = "涉及的钱不会删除，用冲销记账，或者重新入账。"


class TrailSection(Section):
    """Everything that was done, what the chosen operation changed, and the way back to it."""

    def __init__(self, page: Page) -> None:
        self.search = TrailSearch(page.workspace.find)
        self.table = LedgerView("还没有操作记录。")
        self.table.mask_switch.hide()
        self.lines = LedgerView("这一步没有要列出的内容。")
        self.lines.mask_switch.hide()
        self.lines.setMinimumHeight(120)
        self.undo_button = button("撤销到这里…", lambda: self._ask(UNDO))
        self.redo_button = button("重做到这里…", lambda: self._ask(REDO))
        self.history_button = button("这条记录的历次改动…", self._show_history)
        self.more = label("", "quiet")
        self.head = HeadCheck(page.workspace)
        buttons = row(
            button("导出", self.export), button("打印", self.print_out), self.undo_button, self.redo_button,
            button("撤销　Ctrl+Z", page.undo), button("重做　Ctrl+Y", page.redo), 1,
        )  # fmt: skip
        deeds = WrappingRow(row(label("每次改动都留痕；撤销、重做也各留一条。", "quiet")), buttons)
        below = row(label("这一步改了什么", "title"), self.more, 1, self.history_button)
        super().__init__(page, Card(self.search, deeds), self.table, Card(below, self.lines), Card(self.head))
        self.column.setStretch(1, 3)
        self.column.setStretch(2, 2)
        self.search.changed.connect(self._show_found)
        self.table.chosen.connect(self._show)
        self.lines.chosen.connect(lambda line: self.history_button.setEnabled(line is not None))
        self.lines.opened.connect(lambda _line: self._show_history())
        self._undoable: Sequence[Step] = ()
        self._redoable: Sequence[Step] = ()

    def reload(self) -> None:
        with self.workspace.reading() as session:
            self.search.offer(actors(session))
            self._undoable, self._redoable = steps.done(session), steps.taken_back(session)
        self._show_found()

    def export(self) -> None:
        export_sheet(self.page, self._filled())

    def print_out(self) -> None:
        preview_sheet(self.page, self._filled())

    def _show_found(self) -> None:
        found = self._filled()
        self.table.say_empty("没有符合的操作。" if self.search.wanted() else "还没有操作记录。")
        self.table.show_sheet(found)
        if self.table.current_row() is None:
            self.table.select(lambda _row: True)
        self._show(self.table.current_row())

    def _filled(self) -> Sheet:
        with self.workspace.reading() as session:
            return sheet(session, searched(session, self.search.wanted()), self.workspace.view)

    def _show(self, operation: Any) -> None:
        """Shows what an operation changed, and whether one can go back to it, or forward."""
        rows: Sequence[LineRow] = ()
        more = 0
        if operation is not None:
            with self.workspace.reading() as session:
                rows, more = line_rows(session, operation.id)
        self.lines.show_sheet(lines_sheet(rows))
        self.more.setText(f"只列前面的，另有 {more} 条" if more else "")
        self.lines.select(lambda _row: True)
        self.history_button.setEnabled(bool(rows))
        number = None if operation is None else operation.id
        self.undo_button.setEnabled(any(number in (step.root, step.last) for step in self._undoable))
        self.redo_button.setEnabled(any(number in (step.root, step.last) for step in self._redoable))

    def _show_history(self) -> None:
        line = self.lines.current_row()
        if line is not None:
            RecordHistory(self.page, line.table, line.record_id).open()

    def _ask(self, word: str) -> None:
        """Names what will be taken back, or done again, before it is."""
        number = self.table.current_row().id
        wanted = undo.until(self._undoable if word == UNDO else self._redoable, number, word)
        own = cast(Database, self.workspace.database).actor
        named = "\n".join(f"· {step.title}{_whose(step, own)}" for step in wanted[:_NAMED])
        more = f"\n……另有 {len(wanted) - _NAMED} 步" if len(wanted) > _NAMED else ""
        last = wanted[-1].title
        question = f"从最近的一步起，一直{word}到“{last}”，共 {len(wanted)} 步？" if wanted[1:] else f"{word}“{last}”？"
        ask(self, question, yes=word, detail=f"{named}{more}\n{_MONEY}", then=lambda: self._go(word, number))

    def _go(self, word: str, number: int) -> None:
        go = undo.undo_steps if word == UNDO else undo.redo_steps
        titles = go(cast(Database, self.workspace.database), self.workspace.view.today, number)
        self.workspace.saved.emit(word)
        way_back = "按 Ctrl+Y 一步一步重做" if word == UNDO else "按 Ctrl+Z 一步一步撤销"
        said = f"“{titles[0]}”" if len(titles) == 1 else f" {len(titles)} 步"
        self.page.say(f"已{word}{said}；{way_back}。")


def _whose(step: Step, own: str) -> str:
    """Who did a step, in brackets, where that is somebody else than who looks at it under the name `own`."""
    return f"（{step.actor}）" if step.actor not in ("", own) else ""


class HeadCheck(QWidget):
    """What a paper shows behind 账簿校验 is typed here, and it is said up to where it still holds."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.field = QLineEdit()
        self.field.setAccessibleName("纸上的账簿校验")
        self.field.setPlaceholderText("纸上“账簿校验”后面印的，如 1a2b 3c4d（1234 条）")
        self.field.setMinimumWidth(scaled(self, 330))
        self.field.returnPressed.connect(self.check)
        self.words = label("印出的台账、登记表下面有账簿校验，输入它，看印出以后有没有被改过。", "quiet", wrap=True)
        line = row(self.field, button("核对", self.check), self.words)
        line.setStretch(2, 1)
        self.setLayout(line)

    def check(self) -> None:
        """Says whether the head holds."""
        try:
            with self._workspace.reading() as session:
                said, tone = heads.held(session, self.field.text()).sentence, "good"
        except UserError as refusal:
            said, tone = str(refusal), "bad"
        restyle(self.words, role="", tone=tone)
        self.words.setText(said)
