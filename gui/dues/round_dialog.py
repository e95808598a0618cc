"""The yearly round: down the list of members with the new bases, last year's beside them, until nobody is missing."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout

from gui.dues.round_table import RoundTable
from gui.dues.worksheet_dialog import REASONS, ask_for_items
from gui.page import Page
from gui.papers.sheet_files import export_sheet, preview_sheet
from gui.parts.backed_up import after_backup
from gui.parts.cards import ShareBar, button, fill, label, row
from gui.parts.chooser import Chooser
from gui.parts.dialog_size import open_at
from gui.parts.foot_line import FootLine
from gui.parts.saving_dialog import SavingDialog
from gui.theme import scaled
from models import codes
from models.errors import FieldError, UserError
from models.kinds import MONEY
from models.ledger import Sheet
from models.ledgers.dues.yearly import DUES_YEARLY, YearlyRow
from models.ledgers.sheets import sheet
from models.records.dues import yearly
from models.rules.periods import Period

_KEYS = "直接输入数字 填基数　回车 沿用或下一位　空格 选类别　F2 填工资项目　Ctrl+Z 撤销　Ctrl+Y 重做"
_NAMED = 6  # of those still missing are named


class RoundDialog(SavingDialog):
    """Each row is saved as it is typed; the dues that waited are entered when the dialog is left."""

    chapter = "assess"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.page = page
        self.setWindowTitle("年度核定")
        self._touched: set[int] = set()
        self._categories: dict[int, str] = {}
        today = page.workspace.view.today
        self.year = Chooser("年度", [(f"{y}年", y) for y in (today.year + 1, today.year, today.year - 1)], letters=6)
        self.year.choose(today.year + (today.month == 12))
        self.year.picked.connect(lambda _year: self._change_year())
        self.reason = Chooser("调整原因", REASONS, letters=8)
        self.progress = label("", "strong")
        self.bar = ShareBar()
        self.missing = label("", "quiet", wrap=True)
        self.problem = FootLine()
        self.table = RoundTable()
        self._lay_out()
        self._connect()
        self._sheet = self._read()
        self._show()
        open_at(self, 1120, 640)
        self.table.table.setFocus(Qt.FocusReason.OtherFocusReason)  # figures typed are bases from the first on

    def refresh(self) -> None:
        """Reads the round as it stands."""
        self._sheet = self._read()
        self._show()

    def show_member(self, member_id: int) -> None:
        """Goes to a member of the round."""
        self.table.select(lambda each: each.id == member_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Enters the dues of opened months that waited for those assessed here."""
        touched = {each.id for each in self._sheet.rows if each.id in self._touched and each.monthly is not None}
        year, workspace = self._of, self.page.workspace
        workspace.saved.disconnect(self.refresh)
        super().done(result)
        if not touched:
            return
        with workspace.writing(f"{year}年核定后补入应交") as session:
            waiting = yearly.enter_waiting(session, touched, year, workspace.view.today)
        entered = f"，已开账的月份补入应交 {waiting} 笔" if waiting else ""
        self.page.say(f"{year}年已核定 {len(touched)} 人{entered}。")

    def _type_base(self, line: YearlyRow, text: str) -> None:
        try:
            base = MONEY.read(text)
        except ValueError as problem:
            self.problem.refuse(str(problem))
            return
        category = self._categories.get(line.id) or line.dues_category or line.last_category
        self._assess(line, category, base)

    def _assess(self, line: YearlyRow, category: str | None, base: Decimal | None) -> None:
        reason = self.reason.value()
        if self._save(line, lambda session: yearly.assess(session, line.id, self._of, category, base, reason)):
            self.table.go_on()

    def _confirm(self, line: YearlyRow) -> None:
        """Enter: what waits is carried over from last year, who has nothing to carry gets the box."""
        if line.monthly is not None:
            self.table.go_on()
        elif line.last_due is None or line.id in self._categories:
            self.table.edit()
        elif self._save(line, lambda session: yearly.carry_one(session, line.id, self._of)):
            self.table.go_on()

    def _choose_category(self, line: YearlyRow) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, option in enumerate(codes.DUES_CATEGORY.options, 1):
            action = menu.addAction(f"&{number}　{option}")
            action.triggered.connect(lambda _on=False, chosen=option: self._take_category(line, chosen))
        here = self.table.table.visualRect(self.table.table.currentIndex())
        menu.popup(self.table.table.viewport().mapToGlobal(here.bottomLeft() + QPoint(0, 2)))

    def _take_category(self, line: YearlyRow, category: str) -> None:
        """A category with a fixed sum is all that is needed; another waits for its base."""
        self._categories[line.id] = category
        base = line.dues_base
        if base is None and self._needs_base(category):
            self._show()
            self.table.edit()
        else:
            self._assess(line, category, base)

    def _needs_base(self, category: str) -> bool:
        with self.page.workspace.reading() as session:
            return yearly.needs_base(session, category, self._of)

    def _carry_all(self) -> None:
        view = self.page.workspace.view
        with self.page.workspace.writing(f"{self._of}年核定沿用上一年") as session:
            done = yearly.carry_over(session, self._of, view.branch_id)
        self._touched |= set(done.done)
        if done.without:
            self.problem.refuse(f"{'、'.join(done.without[:_NAMED])}没有上一年的核定可以沿用，请填写。")

    def _fill_items(self, line: YearlyRow) -> None:
        def save(session: Any, text: str, category: str, reason: str | None) -> None:
            yearly.assess(session, line.id, self._of, category, None, reason, text)
            self._touched.add(line.id)

        dialog = ask_for_items(self.page, line.id, line.name, Period.of_year(self._of).last, save, self)
        dialog.accepted.connect(self.table.go_on)

    def _save(self, line: YearlyRow, work: Callable[[Any], object]) -> bool:
        """Saves one row; what is refused is said here, at the foot."""
        self.problem.clear()
        try:
            with self.page.workspace.writing(f"核定{line.name}{self._of}年党费") as session:
                work(session)
        except FieldError as refusal:
            self.problem.refuse(f"{line.name}：{refusal}" if line.name not in str(refusal) else str(refusal))
            if refusal.field == "reason":
                self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            return False
        except UserError as refusal:
            self.problem.refuse(str(refusal))
            return False
        self._touched.add(line.id)
        self._categories.pop(line.id, None)
        return True

    @property
    def _of(self) -> int:
        year: int = self.year.value()
        return year

    def _change_year(self) -> None:
        self._categories.clear()
        self.problem.clear()
        self.refresh()

    def _read(self) -> Sheet:
        view = replace(self.page.workspace.view, period=Period.of_year(self._of))
        with self.page.workspace.reading() as session:
            return sheet(session, DUES_YEARLY, view)

    def _show(self) -> None:
        rows = [
            replace(each, dues_category=self._categories.get(each.id, each.dues_category)) for each in self._sheet.rows
        ]
        self.table.show_round(replace(self._sheet, rows=rows))
        waiting = [each.name for each in rows if each.monthly is None]
        done = len(rows) - len(waiting)
        self.progress.setText(f"已核定 {done} / {len(rows)} 人")
        self.bar.show_share(done, len(rows))
        more = f"等 {len(waiting)} 人" if len(waiting) > _NAMED else ""
        self.missing.setText(f"还没有核定：{'、'.join(waiting[:_NAMED])}{more}" if waiting else "都已核定。")
        self.carry.setEnabled(any(each.monthly is None and each.last_due is not None for each in rows))

    def _connect(self) -> None:
        self.table.typed.connect(self._type_base)
        self.table.confirmed.connect(self._confirm)
        self.table.category_wanted.connect(self._choose_category)
        self.table.items_wanted.connect(self._fill_items)
        self.table.undo_wanted.connect(lambda: self.problem.take(self.page.workspace.undo))
        self.table.redo_wanted.connect(lambda: self.problem.take(self.page.workspace.redo))
        self.page.workspace.saved.connect(self.refresh)

    def _lay_out(self) -> None:
        self.bar.setFixedWidth(scaled(self, 160))
        self.carry = button("其余沿用上一年", lambda: after_backup(self.page, self._carry_all))
        head = row(self.year, self.progress, self.bar, self.missing)
        head.setStretch(3, 1)
        tools = row(
            self.carry,
            button("填工资项目…", lambda: self._on_current(self._fill_items)),
            button("选类别…", lambda: self._on_current(self._choose_category)),
            1,
            label("年内调整的原因", "quiet"),
            self.reason,
        )
        self.preview = button("预览打印", lambda: preview_sheet(self.page, self._sheet))
        foot = row(
            label(_KEYS, "quiet"),
            1,
            button("导出 Excel", lambda: export_sheet(self.page, self._sheet)),
            self.preview,
            button("完成", self.accept, primary=True),
        )
        layout = QVBoxLayout(self)
        fill(layout, head, tools, self.table, self.problem, foot, spacing=10, margins=(18, 14, 18, 14))
        layout.setStretch(2, 1)

    def _on_current(self, work: Callable[[YearlyRow], None]) -> None:
        line = self.table.current_row()
        if line is not None:
            work(line)
