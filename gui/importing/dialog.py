"""Importing a file into a ledger: choose it, look over its columns, see what would happen, then save."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.importing.columns_step import ColumnsStep
from gui.importing.file_step import FileStep
from gui.importing.gathering import ENDINGS, gathered
from gui.importing.pasting import on_clipboard, shown_columns
from gui.importing.preview_step import PreviewStep
from gui.importing.tables import problem_sheet, tables_of
from gui.importing.work import (
    Intake,
    Opened,
    Preview,
    heading_lines,
    open_file,
    open_pasted_table,
    take_in,
    titles_of,
    to_remember,
    try_out,
)
from gui.page import Page
from gui.papers.papers import folder_of
from gui.papers.sheet_files import write_sheet
from gui.parts.cards import button, fill, label, restyle, row
from gui.parts.dialog_size import open_at
from gui.parts.file_dialogs import ask_where_to_save, ask_which_several
from gui.parts.ledger_view import LedgerView
from gui.parts.working_dialog import WorkingDialog
from gui.tasks import Progress
from importers import files, matching, reader
from importers.headings import Memory, normal
from importers.intake import Report
from importers.matching import Match
from importers.reader import NeedsPasswordError
from models.database import Database
from models.errors import UserError
from models.ledger import Column, Ledger, View
from models.ledgers import catalogue
from models.ledgers.variants import local
from models.manifests import Backup
from models.records import headings
from models.records.members.organisation import branches

_PATTERNS = f"表格 ({' '.join(f'*{ending}' for ending in ENDINGS)});;所有文件 (*)"
_DONE = {"added": "新增", "updated": "修改"}
_STEPS = ("选文件", "核对列", "预览")


def open_import(page: Page, ledger_name: str, path: Path | None = None, over: QWidget | None = None) -> "ImportDialog":
    """Opens the import into a ledger over a page (or a dialog `over` it), beginning with `path` when it is known."""
    dialog = ImportDialog(page, ledger_name, over=over)
    dialog.open()
    if path is not None:
        dialog.read(path)
    return dialog


def open_pasted(page: Page, ledger: Ledger, view: LedgerView) -> "ImportDialog":
    """Opens the import with what was copied; rows without headings stand as the columns of `view` do."""
    with page.workspace.reading() as session:
        importable = local(session, ledger, hidden=True).importable
    if not importable:
        raise UserError(f"“{ledger.title}”由其他记录算出，不能粘贴进来。")
    found = on_clipboard()
    dialog = ImportDialog(page, ledger.name, shown_columns(view))
    dialog.open()
    dialog.read_copied(found)
    return dialog


class ImportDialog(WorkingDialog):
    """Three steps; nothing is saved before the last button, and then all of it at once, after a backup."""

    chapter = "import"
    taken = Signal(object)  # the report of what was saved

    def __init__(self, page: Page, ledger_name: str, shown: Sequence[Column] = (), over: QWidget | None = None) -> None:
        super().__init__(over or page)
        self.page = page
        with page.workspace.reading() as session:
            self.ledger = local(session, catalogue.named(ledger_name), hidden=True)
            self.memory: Memory = headings.remembered(session, ledger_name)
        self.setWindowTitle(f"导入{self.ledger.title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.opened: Opened | None = None
        self.match: Match | None = None
        self.preview: Preview | None = None
        self.corrected: Memory = {}
        self._path = Path()
        self._titles = titles_of(self.ledger, shown)
        self.file_step, self.column_step = FileStep(), ColumnsStep(self.ledger)
        self.preview_step = PreviewStep(self._save_problems)
        self.steps = QStackedWidget()
        for step in (self.file_step, self.column_step, self.preview_step):
            self.steps.addWidget(step)
        self.file_name = label("", "quiet")
        self._marks = [label(f"{number} {words}") for number, words in enumerate(_STEPS, 1)]
        self.problem = label("", "error", wrap=True)
        self.back_button = button("上一步", self.go_back)
        self.next_button = button("下一步", self.go_on, primary=True)
        head = row(label(f"导入{self.ledger.title}", "title"), self.file_name, 1, *self._marks, spacing=16)
        foot = row(self.problem, button("取消", self.reject), self.back_button, self.next_button)
        foot.setStretch(0, 1)
        fill(QVBoxLayout(self), head, self.steps, foot, spacing=12, margins=(18, 14, 18, 14))
        self.setMinimumSize(900, 520)
        open_at(self, 1080, 620)
        self.file_step.file_wanted.connect(self._choose_file)
        self.file_step.dropped.connect(self.read_files)
        self.file_step.pasting_wanted.connect(self._paste)
        self.file_step.history_wanted.connect(self._show_history)
        self.file_step.password_given.connect(lambda password: self.read(self._path, password))
        self.column_step.sheet_chosen.connect(self._match_sheet)
        self.column_step.forgotten.connect(self._forget)
        self._offer_branches()
        self._show_step(0)

    def read(self, path: Path, password: str | None = None) -> None:
        """Reads a file and shows how its columns were understood."""
        if password is None:
            self.file_step.forget_password()
        self._path = path
        self.page.workspace.folder = path.parent
        self.file_name.setText(path.name)
        self.run(
            f"读取{path.name}",
            lambda progress: open_file(path, self.ledger, self.memory, password, progress),
            self._show_file,
        )

    def read_files(self, chosen: Sequence[Path]) -> None:
        """Reads one file; where there are more, in a folder too, the list of several files takes over."""
        try:
            found = gathered(chosen)
        except UserError as refusal:
            self._refuse(str(refusal))
            return
        if len(found.files) == 1:
            self.read(found.files[0])
            return
        from gui.importing.several_dialog import SeveralDialog

        page, name = self.page, self.ledger.name

        def open_alone(path: Path, over: QWidget, taken: Callable[[Report], object]) -> None:
            open_import(page, name, path, over).taken.connect(taken)

        page.workspace.folder = found.files[0].parent
        self.reject()
        SeveralDialog(page, self.ledger, self.memory, found, open_alone).open()

    def read_copied(self, found: bytes | Sequence[Path]) -> None:
        """Reads what was on the clipboard: a table, or files that were copied."""
        if not isinstance(found, bytes):
            self.read_files(found)
            return
        self.file_step.forget_password()
        self._path = Path(reader.PASTED)
        self.file_name.setText(reader.PASTED)
        ledger, memory, titles = self.ledger, self.memory, self._titles
        self.run(
            "读取粘贴的内容",
            lambda progress: open_pasted_table(found, ledger, memory, titles, progress),
            self._show_file,
        )

    def go_on(self) -> None:
        """Goes to the preview, or saves what it shows."""
        if self.task is not None:
            return
        if self.steps.currentWidget() is self.column_step:
            self._try_out()
        elif self.steps.currentWidget() is self.preview_step:
            self._take_in()

    def go_back(self) -> None:
        self._show_step(max(self.steps.currentIndex() - 1, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.matches(QKeySequence.StandardKey.Paste) and self.steps.currentWidget() is self.file_step:
            self._paste()
        else:
            super().keyPressEvent(event)

    @property
    def database(self) -> Database:
        return cast(Database, self.page.workspace.database)

    @property
    def view(self) -> View:
        """The view to import with: rows without a branch go to the one chosen."""
        return replace(self.page.workspace.view, branch_id=self.column_step.branch.value())

    def _paste(self) -> None:
        try:
            self.read_copied(on_clipboard())
        except UserError as nothing:
            self._refuse(str(nothing))

    def _show_history(self) -> None:
        from gui.importing.history import ImportHistory

        self.reject()
        ImportHistory(self.page).open()

    def _choose_file(self) -> None:
        ask_which_several(self, "选择要导入的文件，可以选几个", folder_of(self.page), _PATTERNS, self.read_files)

    def _show_file(self, opened: Opened) -> None:
        self.opened = opened
        found = opened.match.sheets if opened.match else ()
        self.column_step.offer_sheets([grid.name for grid in opened.workbook.grids], found)
        self._show_match(opened.match)
        self.problem.setText(opened.refusal)

    def _match_sheet(self, name: str | None) -> None:
        opened = self.opened
        if opened is not None:
            memory = self.memory
            self.run(
                "读取工作表",
                lambda _: matching.match(opened.workbook, self.ledger, name, memory=memory),
                self._show_match,
            )

    def _forget(self) -> None:
        """Reads the headings as the program itself would, from now on."""
        known = [normal(text) for text in self.column_step.remembered()]
        with self.page.workspace.writing("忘掉记住的列名") as session:
            headings.forget(session, self.ledger.name, known)
            self.memory = headings.remembered(session, self.ledger.name)
        self._match_sheet(self.column_step.sheet.value())

    def _show_match(self, match: Match | None) -> None:
        self.match = match
        lines = heading_lines(self.opened, self.ledger, match) if match and self.opened else ()
        self.column_step.show_lines(lines, match.notices if match else ())
        self._show_step(1)

    def _try_out(self) -> None:
        opened, match = self.opened, self.match
        if opened is None or match is None:
            self._refuse("请先选择一张工作表。")
            return
        try:
            self.column_step.require_branch(any(row.values.get("branch") for row in match.rows))
            corrections = self.column_step.corrections()
        except ValueError as problem:
            self._refuse(str(problem))
            return
        view, database, sheet, memory = self.view, self.database, self.column_step.sheet.value(), self.memory
        self.corrected = to_remember(corrections)

        def work(progress: Progress) -> Preview:
            wanted = match
            if corrections:
                wanted = matching.match(opened.workbook, self.ledger, sheet, corrections, memory)
            return try_out(database, self.ledger, wanted, view, progress)

        self.run("预览", work, self._show_preview)

    def _show_preview(self, preview: Preview) -> None:
        assert self.opened is not None
        self.preview = preview
        self.preview_step.show_preview(preview, tables_of(self.opened, preview, self.ledger))
        self._show_step(2)

    def _take_in(self) -> None:
        preview = self.preview
        if preview is None or not preview.saved_rows:
            return
        title = files.title(self.ledger, self._path.name)
        wanted = Intake(self.ledger, preview.report.match, self.view, title, self.corrected)
        database, folder = self.database, self.page.workspace.backup_folder()

        self.run(
            "导入",
            lambda progress: take_in(database, wanted, folder, progress),
            lambda done: self._done(title, *done),
        )

    def _done(self, title: str, report: Report, backup: Backup) -> None:
        counts, troubled = report.counts, len({(each.sheet, each.row) for each in report.problems})
        done = [f"{words} {counts[kind]} 行" for kind, words in _DONE.items() if counts[kind]]
        done += [f"{troubled} 行有问题没有导入"] if troubled else []
        self.taken.emit(report)
        self.accept()
        self.page.workspace.backed_up.emit(backup.made_at)
        self.page.workspace.saved.emit(title)
        self.page.say(f"已导入：{'，'.join(done)}。导入前已备份；按 Ctrl+Z 可整批撤销，以后在“导入”里也可以。")

    def _save_problems(self) -> None:
        opened, preview = self.opened, self.preview
        if opened is None or preview is None:
            return
        sheet = problem_sheet(opened, self.ledger, preview.report)

        def save(path: Path) -> None:
            self.run(
                "保存有问题的行",
                lambda progress: write_sheet(sheet, path, None, progress),
                lambda said: self._say(f"已保存到 {path}，改好后可以再导入。{said}"),
            )

        ask_where_to_save(self, "保存有问题的行", folder_of(self.page), f"{sheet.heading}.xlsx", save)

    def hold(self) -> None:
        self.problem.clear()
        self.steps.setEnabled(False)
        self.next_button.setEnabled(False)

    def stop(self) -> None:
        self._refuse("已停止，没有改动任何内容。")

    def release(self) -> None:
        self.steps.setEnabled(True)
        self._show_buttons()
        self.next_button.setFocus()

    def fail(self, error: Exception) -> None:
        if isinstance(error, NeedsPasswordError):
            self._show_step(0)
            self.steps.setEnabled(True)
            self.file_step.ask_password(self._path)
        if not isinstance(error, UserError):
            raise error
        self._refuse(str(error))

    def _offer_branches(self) -> None:
        with self.page.workspace.reading() as session:
            self.column_step.offer_branches([(branch.name, branch.id) for branch in branches(session)])

    def _show_step(self, place: int) -> None:
        self.steps.setCurrentIndex(place)
        self.problem.clear()
        for number, mark in enumerate(self._marks):
            restyle(mark, role="strong" if number == place else "quiet", tone="bad" if number == place else "plain")
        self._show_buttons()
        (self.file_step.choose_button if place == 0 else self.next_button).setFocus()

    def _show_buttons(self) -> None:
        step = self.steps.currentWidget()
        self.back_button.setVisible(step is not self.file_step)
        self.next_button.setVisible(step is not self.file_step)
        rows = self.preview.saved_rows if self.preview is not None else 0
        self.next_button.setText(f"导入 {rows:,} 行　回车" if step is self.preview_step else "预览　回车")
        self.next_button.setEnabled(step is self.column_step or bool(rows))

    def _say(self, sentence: str) -> None:
        restyle(self.problem, role="", tone="good")
        self.problem.setText(sentence)

    def _refuse(self, sentence: str) -> None:
        restyle(self.problem, role="error", tone="plain")
        self.problem.setText(sentence)
