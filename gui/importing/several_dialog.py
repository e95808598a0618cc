"""Several files for one ledger: a list, one button that takes them in one by one, and what became of each."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gui.importing.gathering import Gathered
from gui.importing.several import (
    DOUBTFUL,
    REFUSED,
    TAKEN,
    WAITING,
    FileLine,
    Target,
    counted,
    lines_of,
    sheet_of,
    take_each,
    told_of,
)
from gui.page import Page
from gui.papers.papers import folder_of
from gui.papers.sheet_files import FORMATS, write_sheet
from gui.parts.cards import Card, button, fill, label, restyle, row
from gui.parts.chooser import Chooser
from gui.parts.dialog_size import open_at
from gui.parts.file_dialogs import ask_where_to_save
from gui.parts.ledger_view import LedgerView
from gui.parts.working_dialog import WorkingDialog
from gui.tasks import Progress
from importers.headings import Memory
from importers.intake import Report
from models import fresh_backup
from models.database import Database
from models.errors import UserError
from models.kinds import Tone
from models.ledger import Ledger
from models.records import headings
from models.records.members.organisation import branches

# Opens the import of one file over a dialog, and calls what it is handed with the report once that is saved.
OpenAlone = Callable[[Path, QWidget, Callable[[Report], object]], object]
_SHOWN_EVERY = 400  # milliseconds: hundreds of files are read in less time than it takes to draw them
_HOW = (
    "每个文件单独保存：没有问题的行一次全部存进去，有问题的行不存，读不了的文件一行也不存。开始前先做一次备份；"
    "每个文件可以单独撤销，同样的文件再导入一次不会重复。"
)


class SeveralDialog(WorkingDialog):
    """Takes in every file that waits; what is doubtful opens alone, by Enter or a double click."""

    chapter = "import"
    told = Signal(object)  # the line of a file that was taken in or refused
    kept = Signal(object)  # the backup made before

    def __init__(self, page: Page, ledger: Ledger, memory: Memory, found: Gathered, open_alone: OpenAlone) -> None:
        super().__init__(page)
        self.page, self.ledger = page, ledger
        self._memory = memory
        self._open = open_alone
        self.lines = lines_of(found)
        self._taken = 0  # files that changed something in this round
        self.setWindowTitle(f"导入{ledger.title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.branch = Chooser("没有写支部的行归入", letters=16)
        self.branch_words = label("没有写支部的行归入", "quiet")
        self.table = LedgerView("没有文件。")
        self.reason = label("", "quiet", wrap=True)
        self.words = label(_left_out(found), "quiet", wrap=True)
        self.close_button = button("关闭", self.reject)
        self.list_button = button("保存清单", self._offer_formats, icon="download")
        self.again_button = button("再读有问题的", self._again)
        self.begin_button = button("", self.begin, primary=True)
        head = row(label(f"导入{ledger.title}：{len(self.lines):,} 个文件", "title"), 1)
        where = row(self.branch_words, self.branch, 1, spacing=12)
        foot = row(self.words, self.close_button, self.list_button, self.again_button, self.begin_button)
        foot.setStretch(0, 1)
        how = Card(label(_HOW, "quiet", wrap=True), where, spacing=6)
        fill(layout := QVBoxLayout(self), head, how, self.table, self.reason, foot, margins=(18, 14, 18, 14))
        layout.setStretch(2, 1)
        self.setMinimumSize(900, 520)
        open_at(self, 1180, 640)
        self._redraw = QTimer(self, singleShot=True, interval=_SHOWN_EVERY)
        self._redraw.timeout.connect(self._show_lines)
        self.told.connect(self._note)
        self.kept.connect(lambda backup: page.workspace.backed_up.emit(backup.made_at))
        self.table.opened.connect(self._open_alone)
        self.table.chosen.connect(self._explain)
        self._offer_branches()
        self._show_lines()
        self.release()

    def begin(self) -> None:
        """Makes a backup, then takes in the files that wait."""
        if self.task is not None or not self._waiting:
            return
        database, folder = cast(Database, self.page.workspace.database), self.page.workspace.backup_folder()
        view = replace(self.page.workspace.view, branch_id=self.branch.value())
        target, waiting = Target(self.ledger, self._memory, view), self._waiting
        self._taken = 0

        def work(progress: Progress) -> None:
            self.kept.emit(fresh_backup.fresh(database, folder))
            take_each(database, target, waiting, self.told.emit, progress)

        self._say("先做备份，再一个一个导入……", "quiet")
        self.run(f"导入{self.ledger.title}", work, lambda _done: self._finish())

    def hold(self) -> None:
        for part in (self.begin_button, self.again_button, self.list_button, self.branch):
            part.setEnabled(False)

    def release(self) -> None:
        waiting, doubtful = len(self._waiting), len(self._doubtful)
        for part in (self.begin_button, self.again_button, self.list_button, self.branch):
            part.setEnabled(True)
        begun = waiting < len(self.lines)
        self.begin_button.setText(f"{'导入其余' if begun else '开始导入'} {waiting:,} 个　回车")
        self.begin_button.setVisible(waiting > 0)
        self.again_button.setText(f"再读有问题的 {doubtful:,} 个")
        self.again_button.setVisible(doubtful > 0 and not waiting)
        self.list_button.setVisible(begun)
        (self.begin_button if waiting else self.table.table).setFocus()

    def stop(self) -> None:
        self._finish()

    def fail(self, error: Exception) -> None:
        self._finish()
        if not isinstance(error, UserError):
            super().fail(error)
        self._say(str(error), "bad")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.begin()
        else:
            super().keyPressEvent(event)

    @property
    def _waiting(self) -> list[FileLine]:
        return [line for line in self.lines if line.state == WAITING]

    @property
    def _doubtful(self) -> list[FileLine]:
        return [line for line in self.lines if line.state in DOUBTFUL]

    @Slot(object)
    def _note(self, line: FileLine) -> None:
        self.lines[line.id] = line
        self._taken += bool(line.added or line.updated)
        if not self._redraw.isActive():
            self._redraw.start()

    def _finish(self) -> None:
        """Says what became of the files, and has the pages read anew what was saved."""
        self._show_lines()
        counts = counted(self.lines)
        stopped = f"已停止，还有 {counts[WAITING]:,} 个没有读。" if counts[WAITING] else ""
        done = f"{len(self.lines):,} 个文件：{counts[TAKEN]:,} 个已导入，{len(self._doubtful):,} 个要看一看"
        rows = f"；新增 {counts['added']:,} 行，修改 {counts['updated']:,} 行。"
        self._say(stopped + done + rows, "warn" if stopped or self._doubtful else "good")
        if not counts[WAITING]:
            self.table.select(lambda _line: True)
        if self._taken:
            self.page.workspace.saved.emit(f"导入{self.ledger.title}")

    def _again(self) -> None:
        """What was refused may have been put right meanwhile."""
        for line in self._doubtful:
            self.lines[line.id] = FileLine(line.id, line.path, line.name)
        self._show_lines()
        self.begin()

    def _open_alone(self, line: FileLine) -> None:
        """Opens one file as it would be imported by itself, columns and preview and all."""
        if self.task is None:
            self._open(line.path, self, lambda report: self._taken_alone(line, report))

    def _taken_alone(self, line: FileLine, report: Report) -> None:
        self.lines[line.id] = told_of(line, report)
        with self.page.workspace.reading() as session:
            self._memory = headings.remembered(session, self.ledger.name)
        self._show_lines()
        self.release()

    def _offer_formats(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, ending in FORMATS:
            menu.addAction(f"{words}…", lambda ending=ending: self._save_list(ending))
        menu.popup(self.list_button.mapToGlobal(self.list_button.rect().bottomLeft()))

    def _save_list(self, ending: str) -> None:
        sheet = sheet_of(self.ledger, self._in_order())

        def save(path: Path) -> None:
            self.run(
                "保存清单",
                lambda progress: write_sheet(sheet, path, None, progress),
                lambda said: self._say(f"清单已保存到 {path}。{said}", "good"),
            )

        ask_where_to_save(self, "保存清单", folder_of(self.page), f"{sheet.heading}.{ending}", save)

    def _in_order(self) -> Sequence[FileLine]:
        """While files wait they keep their places; in the end those that want a look stand first."""
        if self._waiting:
            return self.lines
        return sorted(self.lines, key=lambda line: DOUBTFUL.index(line.state) if line.state in DOUBTFUL else 9)

    def _show_lines(self) -> None:
        self._redraw.stop()
        self.table.show_sheet(sheet_of(self.ledger, self._in_order()))
        self._explain(self.table.current_row())

    def _explain(self, line: FileLine | None) -> None:
        """Says in full why a file was not taken in whole: a cell is too short for it."""
        opens = "　回车或双击可以单独导入它。" if line is not None and line.state in DOUBTFUL else ""
        self.reason.setText(f"{line.name}：{line.why}{opens}" if line is not None and line.why else "")
        restyle(self.reason, tone="bad" if line is not None and line.state == REFUSED else "plain")

    def _offer_branches(self) -> None:
        """Offers the branches there are; with one alone there is nothing to choose."""
        with self.page.workspace.reading() as session:
            found = [(branch.name, branch.id) for branch in branches(session)]
        self.branch.offer([("以表里写的为准", None), *found])
        for part in (self.branch, self.branch_words):
            part.setVisible(len(found) > 1)

    def _say(self, sentence: str, tone: Tone) -> None:
        restyle(self.words, role="quiet" if tone == "quiet" else "", tone=tone)
        self.words.setText(sentence)


def _left_out(found: Gathered) -> str:
    return f"文件夹里另有 {found.left_out:,} 个不是表格的文件，没有列入。" if found.left_out else ""
