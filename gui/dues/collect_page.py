"""The collection day: everybody on one page, taken by a few letters and Enter."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from gui.dues import dues_actions
from gui.dues.collect_aim import Aim, aim
from gui.dues.collect_all_dialog import CollectAllDialog
from gui.dues.collect_bar import CollectBar
from gui.dues.collect_panel import CollectPanel
from gui.dues.collect_table import CollectTable
from gui.page import Page
from gui.papers.paper_files import preview_paper
from gui.papers.sheet_files import preview_sheet
from gui.parts.backed_up import BackupAhead
from gui.parts.cards import PAGE_MARGINS, Card, Empty, button, column, fill, row
from gui.parts.chooser import Chooser
from gui.workspace import Workspace
from models.errors import UserError
from models.kinds import Tone
from models.ledgers.dues.closing import Drawer, drawer
from models.ledgers.dues.collected import days_of, standing_payments
from models.ledgers.dues.collection import CollectionDay, CollectionLine, collection_day
from models.ledgers.dues.register import DUES_REGISTER
from models.ledgers.sheets import sheet
from models.records.dues import cash, months, payments
from models.records.dues.payments import METHODS, Collection
from models.records.members.organisation import branches
from models.rules.periods import Month, Period

_METHOD_KEYS = ("F2", "F3", "F4")


class CollectPage(Page):
    """The grid of the collection with its line of entry, and beside it the sums, the cash and the papers."""

    keys = "↑↓ 选人　回车 收清　F3 转账　Ctrl+Z 撤销　Ctrl+Y 重做"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.day: CollectionDay | None = None
        self.aim = Aim()
        self.once = ""  # the way of the next payment alone
        self._picked: int | None = None  # the member chosen by hand, and so meant whatever amount is typed
        self._typed = ""
        self.bar = CollectBar(self.collect_everybody, self.undo, self.close_month)
        self.table = CollectTable()
        self.panel = CollectPanel(self.print_out, self.print_slips, self.print_notice)
        self.method = Chooser("收款方式", [(f"收款：{each}", each) for each in METHODS], letters=7)
        self.method.picked.connect(lambda _method: self._show())
        self.branch = Chooser("党支部", letters=7)
        self.branch.picked.connect(lambda which: workspace.look_at(replace(workspace.view, branch_id=which)))
        self.header = QWidget()
        fill(line := row(), self.branch, self.method)
        self.header.setLayout(line)
        self.start = button("开账", self.open_month, primary=True)
        self.nothing = Empty("", self.start, icon="calendar-check")
        self.earlier = button("", lambda: self.show_target(self._last_opened), flat=True)
        self._last_opened: Month | None = None
        self._connect()
        self._lay_out()

    def reload(self) -> None:
        view = self.workspace.view
        with self.workspace.reading() as session:
            self.day = collection_day(session, view)
            counted = drawer(session, view) if self.day.opened else Drawer(Decimal(0))
            offered = [(each.name, each.id) for each in branches(session)]
            opened = months.opened(session)
        self.branch.offer([("全部支部", None), *offered])
        self.branch.choose(view.branch_id)
        self.branch.setVisible(len(offered) > 1)
        self._show_head(self.day, opened)
        self.panel.show_day(self.day, counted, opened)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.bar.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_target(self, target: Any) -> None:
        """Aims at a member, looks at a month, or leads to its closing."""
        if target == "closing":
            self.close_month()
        elif isinstance(target, Month):
            self.workspace.look_at(replace(self.workspace.view, period=Period(target, target)))
        else:
            self.bar.entry.setText("")  # unlike clear(), leaves nothing to undo: Ctrl+Z means the payment
            self._pick(next((line for line in self._lines() if line.id == target), None))

    def print_out(self) -> None:
        """The year register, with this month in it."""
        with self.workspace.reading() as session:
            filled = sheet(session, DUES_REGISTER, self.workspace.view)
        preview_sheet(self, filled)

    def print_notice(self) -> None:
        """The public notice of the month: names and whether they paid, no sums."""
        preview_paper(self, "dues_notice", self.workspace.view)

    def print_slips(self) -> None:
        """A slip for each payment of this collection."""
        view = self.workspace.view
        with self.workspace.reading() as session:
            period = days_of(session, view.month, view.today)
            standing = {each.id for each in standing_payments(session, view.month, view.branch_id)}
        preview_paper(self, "dues_slip", replace(view, period=period), standing)

    def undo(self) -> None:
        super().undo()
        self._forget()

    def redo(self) -> None:
        super().redo()
        self._forget()

    def open_month(self) -> None:
        """Opens the month that is looked at, or leads to the roster where there is nobody to collect from."""
        if self.day is not None and not self.day.members:
            self.go("members")
            return
        dues_actions.open_month(self, self.workspace.view.month)

    def collect_everybody(self) -> None:
        """Asks who did not come, then takes this month's due from everybody else who owes no other month."""
        day = self._opened()
        whole = [line for line in day.in_state("owing") if line.proposed_months == (day.month,)]
        others = [line.name for line in day.in_state("owing") if line.proposed_months != (day.month,)]
        aside = f"{'、'.join(others[:5])}{f'等 {len(others)} 人' if len(others) > 5 else ''}有往月欠交，请逐人补交。"
        if not whole:
            raise UserError(aside if others else f"{day.month.chinese}没有应交未交的党费。")
        method = self.method.value()
        heading = f"按应交收缴{day.month.chinese}党费（{method}）"
        dialog = CollectAllDialog(whole, heading, aside if others else "", self)
        dialog.open()
        ahead = BackupAhead(self, "不备份，照样收缴", dialog)

        def take(member_ids: list[int]) -> None:
            ahead.go_on(lambda: self._take_all(dialog, member_ids, method), dialog.go_on)

        dialog.chosen.connect(take)

    def close_month(self) -> None:
        """Leads through what is left to do before the month can be closed."""
        from gui.dues.closing_dialog import ClosingDialog

        self._opened()
        self.panel.cash.keep()
        ClosingDialog(self, self.workspace.view).open()

    def keep_count(self, pieces: dict[Decimal, int]) -> None:
        """Keeps the count of the cash drawer."""
        day = self._opened()
        with self.workspace.writing("点钞") as session:
            cash.count_cash(session, day.day, pieces, drawer(session, self.workspace.view).booked)

    def settle_cash(self) -> None:
        """Keeps the count, then says why it differs, or hands the cash over and prints the slip."""
        from gui.dues.money_forms import settle_cash

        self.panel.cash.keep()
        self._opened()
        settle_cash(self, self.workspace.view)

    def choose_months(self) -> None:
        """Asks for the months and the amount of the member aimed at."""
        self._choose(self._meant(), self.aim.amount)

    def reverse(self) -> None:
        """Cancels a payment of the member aimed at."""
        line = self._meant()
        dialog = dues_actions.reverse_payment(self, line.id, line.name, self._opened().month)
        dialog.accepted.connect(self._forget)

    def assess(self) -> None:
        """Assesses the member aimed at."""
        from gui.dues.assessment_dialog import ask_for_assessment

        line = self._meant()
        ask_for_assessment(self, line.id, line.name, self._opened().month)

    def note(self) -> None:
        """Notes a reason or a reminder about the member aimed at."""
        line = self._meant()
        dues_actions.note_reason(self, line.id, line.name)

    def use_method(self, method: str) -> None:
        """Takes the payment of the member aimed at this way, and only that; aimed at nobody, all that follow."""
        if self.aim.sum is None:
            self.method.choose(method)
        self.once = method
        self._show()

    def _opened(self) -> CollectionDay:
        if self.day is None or not self.day.opened:
            raise UserError(f"{self.workspace.view.month.chinese}的党费还没有开账，请先开账。")
        return self.day

    def _lines(self) -> tuple[CollectionLine, ...]:
        return self.day.lines if self.day is not None else ()

    def _meant(self) -> CollectionLine:
        """The member aimed at."""
        if self.aim.line is None:
            raise UserError(self.aim.fault or "请先输姓名首字母，或用 ↑↓ 选一位党员。")
        return self.aim.line

    def _show_head(self, day: CollectionDay, opened: Sequence[Month]) -> None:
        state, tone = _state(day)
        self.set_title(f"收缴日　{day.day.year}年{day.day.month}月{day.day.day}日", state, tone)
        self._faces.setCurrentIndex(0 if day.opened else 1)
        self.nothing.words.setText(
            "名册里还没有党员。先把手里的名册导入，再来开账收缴。"
            if not day.members
            else f"{day.month.chinese}的党费还没有开账。\n开账时按核定算出每位党员的应交党费并固定下来，"
            "以后改标准、改基数都不影响已经开账的月份。"
        )
        self.start.setText(f"{day.month.chinese}开账" if day.members else "去导入名册")
        self._last_opened = max((month for month in opened if month != day.month), default=None)
        self.earlier.setVisible(self._last_opened is not None)
        if self._last_opened is not None:
            self.earlier.setText(f"查看{self._last_opened.chinese}的收缴")
        self.method.setVisible(day.opened)

    def _show(self) -> None:
        """Shows the lines again, and the same aim."""
        if self.day is not None and self.day.opened:
            self.table.show_day(self.day, self.method.value())
            self._take_aim()

    def _take_aim(self) -> None:
        """Aims at whom the entry means, and tells what Enter will do."""
        self.aim = aim(self._lines(), self._typed, self._picked)
        line = self.aim.line
        self.table.aim(line.id if line else None, self.aim.sum, self.aim.deed, self.once or self.method.value())
        self.bar.say(*self.aim.hint)

    def _text_changed(self, text: str) -> None:
        self._typed = text
        self._take_aim()

    def _pick(self, line: CollectionLine | None) -> None:
        self._picked = line.id if line is not None else None
        self._take_aim()

    def _step(self, by: int) -> None:
        """Goes to another of those who match, or of all lines when nobody is meant."""
        among = list(self.aim.matches or self.table.rows_shown())
        if not among:
            return
        place = next((n for n, line in enumerate(among) if self.aim.line and line.id == self.aim.line.id), -by)
        chosen = among[min(max(place + by, 0), len(among) - 1)]
        if self.aim.matches and not self.aim.picked:
            self.bar.entry.keep_amount(self.aim.amount)
        self._pick(chosen)

    def _forget(self) -> None:
        """Ready for the next member."""
        self._picked, self.once, self._typed = None, "", ""
        self.bar.entry.setText("")  # unlike clear(), leaves nothing to undo: Ctrl+Z means the payment
        self._take_aim()
        self.bar.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        """Enter: takes what stands in the box, or says why not."""
        self._typed = self.bar.entry.text()
        self._take_aim()
        if self.aim.fault:
            raise UserError(f"{self.aim.fault}，本次没有收缴。" if self.aim.line is None else self.aim.fault)
        line, month = self._meant(), self._opened().month
        if line.state == "unassessed":
            self.assess()
        elif line.state == "left":
            raise UserError(f"{line.name}{line.category}，{line.working}，不再在本支部收缴。")
        elif self.aim.sum is None:
            raise UserError(f"{line.name}{month.chinese}{line.mark[0]}，没有重复收缴；要预交请先输金额再回车。")
        elif self.aim.is_over:
            self._choose(line, self.aim.amount)
        else:
            how = Collection(self.workspace.view.today, self.once or self.method.value())
            dues_actions.take(self, line.id, line.name, month, how, self.aim.sum, line.proposed_months)
            self._forget()

    def _choose(self, line: CollectionLine, amount: Decimal | None) -> None:
        month = self._opened().month
        covers = line.proposed_months or (month,)
        method = self.once or self.method.value()
        dialog = dues_actions.choose_payment(self, line.id, line.name, month, covers, method, amount)
        dialog.accepted.connect(self._forget)

    def _take_all(self, dialog: CollectAllDialog, member_ids: list[int], method: str) -> None:
        dialog.go_on()  # where it is refused it stays
        month = self._opened().month
        with self.workspace.writing(f"{month.chinese}全部按应交收缴") as session:
            how = Collection(self.workspace.view.today, method)
            done = payments.collect_all(session, month, how, member_ids)
        total = sum((each.amount for each in done), Decimal(0))
        self.say(f"已按应交收缴 {len(done)} 人，共 {total:,.2f} 元（{method}）。")
        dialog.accept()
        self._forget()

    def _box_entered(self, text: str) -> None:
        """Enter in the box of the line aimed at."""
        self._picked = self._meant().id
        self.bar.entry.setText(text)
        self._confirm()

    def _box_left(self, text: str) -> None:
        """What was typed in the box and not confirmed stands in the line of entry, still meant for the same member."""
        if text and self.aim.line is not None:
            self._picked = self.aim.line.id
            self.bar.entry.setText(text)

    def _letters(self, text: str) -> None:
        self._picked = None
        self.bar.entry.setText(text)
        self.bar.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def _menu(self, where: QPoint) -> None:
        """What can be done with the line under the mouse."""
        line = self.aim.line
        if line is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, slot, possible in (
            ("收清\t回车", self._confirm, self.aim.sum is not None and not self.aim.is_over),
            ("选择月份和金额…\tCtrl+回车", self.choose_months, line.state not in ("left", "unassessed")),
            ("冲销…\tDelete", self.reverse, line.taken > 0),
            ("记录原因…", self.note, bool(line.owed)),
            ("核定…", self.assess, line.state != "left"),
            ("查看党员", lambda: self.go("members", line.id), True),
        ):
            action = menu.addAction(words)
            action.setEnabled(possible)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
        menu.popup(self.table.table.viewport().mapToGlobal(where))

    def _connect(self) -> None:
        entry, table = self.bar.entry, self.table
        entry.typed.connect(self._text_changed)
        entry.stepped.connect(self._step)
        entry.given_up.connect(self._forget)
        for part in (entry, table):
            part.confirmed.connect(self._confirm)
            part.asked.connect(self.choose_months)
            part.erased.connect(self.reverse)
        table.picked.connect(self._pick)
        self.panel.cash.counted.connect(self.keep_count)
        for asked in (self.panel.cash.to_explain, self.panel.cash.to_hand_over):
            asked.connect(self.settle_cash)
        self.panel.totals.month_picked.connect(self.show_target)
        table.amount_typed.connect(self._box_entered)
        table.amount_left.connect(self._box_left)
        table.letters_typed.connect(self._letters)
        table.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.table.customContextMenuRequested.connect(self._menu)
        for key, method in zip(_METHOD_KEYS, METHODS, strict=True):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.activated.connect(lambda method=method: self.use_method(method))

    def _lay_out(self) -> None:
        left = column(self.bar, self.table, spacing=10)
        left.setStretch(1, 1)
        filled, bare = QWidget(), QWidget()
        body = row(left, self.panel, spacing=14, margins=PAGE_MARGINS)
        body.setStretch(0, 1)
        filled.setLayout(body)
        bare.setLayout(column(Card(self.nothing, row(1, self.earlier, 1)), margins=PAGE_MARGINS))
        self._faces = QStackedLayout(self)
        for face in (filled, bare):
            self._faces.addWidget(face)


def _state(day: CollectionDay) -> tuple[str, Tone]:
    """The state of a month's collection as the tag beside the title tells it."""
    if not day.opened:
        return "未开账", "quiet"
    if day.closed_on is not None:
        return "已结账", "good"
    return ("正在收缴", "warn") if day.totals.unpaid or day.in_state("unassessed") else ("已收齐", "good")
