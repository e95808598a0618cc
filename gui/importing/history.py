"""The imports there have been, and taking one of them back as a whole."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from gui.importing.tables import plain
from gui.messages import ask
from gui.page import Page
from gui.parts.backed_up import after_backup
from gui.parts.cards import button, fill, label, restyle, row
from gui.parts.dialog_size import open_at
from gui.parts.ledger_view import LedgerView
from gui.parts.saving_dialog import SavingDialog
from models import import_journal
from models.errors import UserError
from models.import_journal import Imported
from models.kinds import TEXT, Choice
from models.ledger import Column

_DONE, _UNDONE = "已导入", "已撤销"
_COLUMNS = (
    Column("at", "时间", TEXT, 13),
    Column("title", "导入了什么", TEXT, 30),
    Column("summary", "做了什么", TEXT, 26),
    Column("actor", "经手人", TEXT, 9),
    Column("state", "状态", Choice((_DONE, _UNDONE), tones={_DONE: "good", _UNDONE: "quiet"}), 7),
)


@dataclass(frozen=True)
class _Line:
    """One import as the list shows it."""

    id: int
    at: str
    title: str
    summary: str
    actor: str
    state: str


class ImportHistory(SavingDialog):
    """A list of imports; the one chosen is taken back, or what hangs on it is said."""

    chapter = "import"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page = page
        self.setWindowTitle("以前的导入")
        self.table = LedgerView("还没有导入过。")
        self.table.mask_switch.hide()
        self.words = label(
            "选一次导入，可以整批撤销：新增的去掉，改动的恢复原样；交纳记录用冲销记账，不会删除。", "quiet", wrap=True
        )
        self.undo_button = button("撤销这次导入…", self.ask, primary=True)
        foot = row(self.words, button("关闭", self.reject), self.undo_button)
        foot.setStretch(0, 1)
        fill(QVBoxLayout(self), label("以前的导入", "title"), self.table, foot, spacing=12, margins=(18, 14, 18, 14))
        open_at(self, 980, 480)
        self.table.chosen.connect(self._tell)
        self.reload()

    def reload(self) -> None:
        """Reads the imports anew and chooses the last one."""
        with self.page.workspace.reading() as session:
            lines = [_line(each) for each in import_journal.imports(session)]
        self.table.show_sheet(plain("以前的导入", _COLUMNS, lines))
        self.table.select(lambda _line: True)
        self._tell(self.table.current_row())

    def ask(self) -> None:
        """Asks before the import that is chosen is taken back."""
        chosen = self.table.current_row()
        if chosen is not None and chosen.state == _DONE:
            detail = "这批新增的会去掉，改动的会恢复原样。交纳记录用冲销记账，不会删除。"
            ask(self, f"撤销“{chosen.title}”？", yes="撤销", detail=detail, then=lambda: self._begin(chosen))

    def _begin(self, chosen: _Line) -> None:
        """Makes a backup before; nothing else can be asked for meanwhile."""
        self.undo_button.setEnabled(False)
        self._say("先做备份……", "quiet")
        task = after_backup(self.page, lambda: self._undo(chosen))
        task.failed.connect(lambda error: self._say(str(error), "bad"))

    def _undo(self, chosen: _Line) -> None:
        workspace = self.page.workspace
        try:
            with workspace.writing(f"撤销{chosen.title}") as session:
                import_journal.undo_import(session, chosen.id, workspace.view.today)
        except UserError as refusal:
            self._say(str(refusal), "bad")
            return
        self.reload()
        self._say(f"已撤销“{chosen.title}”。", "good")

    def _tell(self, chosen: Any) -> None:
        """Says whether the import that was chosen can be taken back, and if not what is in the way."""
        self.undo_button.setEnabled(False)
        if chosen is None:
            return
        if chosen.state == _UNDONE:
            self._say("这次导入已经撤销过了。", "quiet")
            return
        with self.page.workspace.reading() as session:
            reasons = import_journal.hanging(session, chosen.id)
        if reasons:
            self._say(f"不能整批撤销：{'；'.join(reasons)}。", "bad")
            return
        self.undo_button.setEnabled(True)
        self._say("以后没有用到这批内容，可以整批撤销。", "plain")

    def _say(self, sentence: str, tone: str) -> None:
        restyle(self.words, role="", tone=tone)
        self.words.setText(sentence)


def _line(done: Imported) -> _Line:
    at = datetime.fromisoformat(done.at).astimezone()
    return _Line(
        done.number, f"{at:%Y-%m-%d %H:%M}", done.title, done.summary, done.actor, _UNDONE if done.undone else _DONE
    )
