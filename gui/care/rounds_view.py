"""Festival rounds: choose people, settle money and goods, hand them out one by one, close against the vouchers."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from gui.care import fund_forms, round_forms, round_handing, round_papers
from gui.care.round_panel import RoundPanel
from gui.care.round_striking import ask_to_strike
from gui.messages import ask
from gui.page import Page
from gui.parts.cards import NO_MARGINS, Card, Tag, button, column, line_edit, row
from gui.parts.chooser import Chooser
from gui.parts.day_chooser import DayChooser
from gui.parts.foot_line import FootLine
from gui.parts.ledger_view import LedgerView
from gui.parts.wrapping_row import WrappingRow
from gui.theme import scaled
from gui.workspace import Workspace
from models import initials
from models.errors import FieldError, UserError
from models.ledger import View
from models.ledgers.care import round_page as care_round_page
from models.ledgers.care.gift_rows import HANDED
from models.ledgers.care.round_page import RoundRow, RoundShown
from models.records.care import handing as care_handing
from models.variants import expression

_EMPTY = "这一次慰问的名单还是空的。点“选人”，从名册里打勾选入。"
_NONE = "还没有走访慰问。按 Ctrl+N 新建一次慰问（春节、七一……）。"


class RoundsView(Page):
    """One round at a time; letters typed in the field lead to a person, Enter hands out to the person.

    What is handed out is entered for the day above the list, which stays until another is chosen.
    """

    chapter = "rounds"
    keys = "Alt+N 下一步　首字母 找人　回车 本人领取　F4 代领　F2 金额物品　Ctrl+N 新建　Ctrl+P 签领表"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.shown: RoundShown | None = None
        self.rounds = Chooser("慰问批次", letters=12)
        self.state = Tag()
        self.search = line_edit("发放：姓名、首字母", self._look_for)
        self.day = DayChooser("发放日期")
        self.day.setToolTip("登记为哪一天发放；清空就是今天")
        self._chosen_day: date | None = None
        self.problem = FootLine(folds=True)
        self.table = LedgerView(_NONE)
        self.table.emphasise({"name", "amount"}, {"branch", "remark", "reversals"})
        self.table.mask_switch.setText("显示账号")
        self.panel = RoundPanel()
        self.next_button = button("新建一次慰问", self.do_next, primary=True)
        self.next_button.setObjectName("next")
        self._next: Callable[[], None] = self.new_record
        self.new_button = button("新建…", self.new_record, flat=True)
        self.reopen_button = button("重新打开…", self._reopen)
        self.choose_button = button("选人…", self.choose_people)
        self.one_button = button("另加一人…", self._add_one)
        self.settle_button = button("金额、物品…　F2", self._settle)
        self.hand_button = button("本人领取", self.hand_to_chosen)
        self.proxy_button = button("代领…　F4", self.hand_to_proxy)
        self.undo_button = button("冲销发放…", self._reverse)
        self.print_button = button("签领表", self._offer_sheets, icon="printer")
        self.more_button = button("更多…", self._offer_more, flat=True)
        self._lay_out()
        self._connect()

    @property
    def handed_on(self) -> date:
        """The day for which hand-outs are entered: that which was chosen, else today."""
        today: date = self.workspace.view.today
        return self._chosen_day or today

    def reload(self) -> None:
        self._read(None)

    def show_target(self, target: Any) -> None:
        """Shows the round of this number, or with (round, gift) a person on its list."""
        number, gift_id = target if isinstance(target, tuple) else (target, None)
        self._read(number)
        if gift_id is not None:
            self.table.select(lambda each: each.id == gift_id)

    def new_record(self) -> None:
        round_forms.ask_for_round(self, self._begun)

    def print_out(self) -> None:
        round_papers.preview_sheet(self, self._open())

    def export(self) -> None:
        self.go("care", ("ledgers", "care_gifts"))

    def do_next(self) -> None:
        """Does what the red button says."""
        self._next()

    def choose_people(self) -> None:
        """Opens the list of those who can be ticked."""
        from gui.care.round_people import RoundPeople

        RoundPeople(self, self._open().id).open()

    def hand_out(self) -> None:
        """Hands out to the person of the current row; one who died or left is asked about."""
        current = self._row()
        if current.gone and current.state != HANDED:
            self.hand_to_proxy()
            return
        try:
            with self.workspace.writing(f"发放{current.name}的慰问") as session:
                care_handing.hand_out(session, current.id, {"on": self.handed_on}, self.workspace.view.today)
        except (FieldError, UserError) as refusal:
            self.problem.refuse(str(refusal))
            return
        self.problem.clear()
        self.search.clear()
        self._go_on_from(current.id)
        self.say(f"已登记：{current.name}本人领取。")

    def hand_to_chosen(self) -> None:
        """Hands out to all who are selected, after a question where they are several; who died or left is left out."""
        chosen = [each for each in self.table.selected_rows() if each.state != HANDED and not each.gone]
        if len(chosen) < 2:
            self.hand_out()
            return
        left = [each.name for each in self.table.selected_rows() if each.state != HANDED and each.gone]
        detail = f"{'、'.join(left)}情况有变，不在其中，请单独登记代领。" if left else ""
        question = f"把选中的 {len(chosen)} 人都登记为 {self.handed_on} 本人领取吗？"
        ask(
            self,
            question,
            yes="登记",
            detail=detail,
            then=lambda: round_handing.hand_to_all(self, chosen, self.handed_on),
        )

    def hand_to_proxy(self) -> None:
        """Asks who takes it in the person's place."""
        current = self._row()
        if current.state == HANDED:
            raise UserError(f"{current.name}的慰问已经发放，要改动请先冲销发放。")
        self.search.clear()
        round_handing.ask_for_proxy(self, current, self.handed_on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.search:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                place = self.table.table.currentIndex().row() + step
                if 0 <= place < len(self.table.model.rows):
                    self.table.table.go_to(place, 0)
                return True
        return super().eventFilter(watched, event)

    def _read(self, wanted: int | None) -> None:
        """Shows the round of a number, which may be new, or without one that which was chosen."""
        view: View = self.workspace.view
        with self.workspace.reading() as session:
            self.rounds.offer(care_round_page.rounds(session))
            if wanted is not None:
                self.rounds.choose(wanted)
            chosen = self.rounds.value()
            self.shown = care_round_page.shown(session, chosen, view) if chosen is not None else None
        self.day.show_day(self.handed_on, view.today)
        self._show()

    def _lay_out(self) -> None:
        # With large letters the parts of a line are wider than a small screen.
        chosen = row(self.rounds, self.new_button, self.more_button, self.state, 1, spacing=8)
        ways = (self.reopen_button, self.choose_button, self.one_button, self.print_button, self.next_button)
        first = WrappingRow(chosen, row(1, *ways, spacing=8), spacing=8)
        self.search.setMinimumWidth(scaled(self, 150))
        found = row(self.search, self.day, self.hand_button, spacing=8)
        found.setStretch(0, 1)
        deeds = (self.proxy_button, self.settle_button, self.undo_button, self.table.mask_switch)
        second = WrappingRow(found, row(*deeds, 1, spacing=8), spacing=8)
        left = column(Card(first, second, self.problem, spacing=8), self.table, spacing=10)
        left.setStretch(1, 1)
        layout = row(left, self.panel, spacing=14, margins=NO_MARGINS)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.rounds.picked.connect(lambda _round: self.reload())
        self.search.returnPressed.connect(self.hand_out)
        self.search.installEventFilter(self)
        self.table.chosen.connect(lambda _row: self._show_deeds())
        self.table.opened.connect(lambda _row: self._settle())
        self.day.picked.connect(self._take_day)
        self.panel.income_wanted.connect(lambda: fund_forms.ask_for_income(self))
        self.panel.voucher_wanted.connect(lambda: round_handing.ask_for_voucher(self, self._open()))
        self.panel.back_wanted.connect(self._take_voucher_back)
        self.panel.request_wanted.connect(self._change)
        self.panel.meeting_wanted.connect(lambda: self.go("life", ("records", self._open().values["activity_id"])))
        deeds = {"Alt+N": self.do_next, "F4": self.hand_to_proxy, "F2": self._settle, "F3": self._change}
        for keys, slot in deeds.items():
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        striking = QShortcut(QKeySequence.StandardKey.Delete, self.table)
        striking.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        striking.activated.connect(self._strike)

    def _begun(self, number: int) -> None:
        self.show_target(number)
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say("已新建。下一步：选人，按 Alt+N。")

    def _show(self) -> None:
        shown = self.shown
        self.table.say_empty(_EMPTY if shown is not None else _NONE)
        if shown is not None:
            self.table.show_sheet(shown.sheet)
            if self.table.current_row() is None and shown.waiting:
                self.table.select(lambda each: each.id == shown.waiting[0].id)
        self.panel.show_round(shown)
        self.panel.setVisible(shown is not None)
        self.state.show_state(*_state(shown))
        for each in (self.choose_button, self.one_button, self.print_button, self.more_button, self.search):
            each.setVisible(shown is not None)
        self._show_next()
        self._show_deeds()

    def _show_next(self) -> None:
        """Puts the next thing to do on the red button."""
        words, self._next = self._following()
        self.next_button.setText(words)
        red = {"选人…": self.choose_button}.get(words)
        self.choose_button.setVisible(self.shown is not None and red is None and self.shown.closed_on is None)

    def _following(self) -> tuple[str, Callable[[], None]]:
        shown = self.shown
        if shown is None or shown.closed_on is not None:
            return "新建一次慰问", self.new_record
        if not shown.rows:
            return "选人…", self.choose_people
        if shown.unsettled:
            return "设定金额、物品…", lambda: round_forms.ask_for_gifts(self, self._open().unsettled)
        if shown.waiting:
            return f"发放（还有 {len(shown.waiting)} 人）", self._begin_handing
        if any(each.difference < 0 for each in shown.vouchers):
            return "登记凭证…", lambda: round_handing.ask_for_voucher(self, self._open())
        return "办结…", lambda: round_handing.ask_to_close(self, self._open())

    def _begin_handing(self) -> None:
        waiting = self._open().waiting
        self.table.select(lambda each: each.id == waiting[0].id)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.problem.tell("输入姓名或首字母找人，回车登记本人领取，F4 登记代领。")

    def _show_deeds(self) -> None:
        current: RoundRow | None = self.table.current_row() if self.shown is not None else None
        is_open = self.shown is not None and self.shown.closed_on is None
        waits = current is not None and current.state != HANDED and is_open
        some = (
            is_open and self.shown is not None and bool(self.shown.waiting)
        )  # others may be selected with the current
        for each, usable in ((self.hand_button, some), (self.settle_button, some), (self.proxy_button, waits)):
            each.setVisible(is_open)
            each.setEnabled(usable)
        self.undo_button.setVisible(is_open)
        self.undo_button.setEnabled(is_open and current is not None and current.state == HANDED)
        self.search.setVisible(is_open)
        self.day.setVisible(is_open)
        self.new_button.setVisible(is_open)
        self.reopen_button.setVisible(self.shown is not None and not is_open)
        self.one_button.setVisible(is_open)

    def _look_for(self, words: str) -> None:
        """Goes to the first who waits and whose name or initials begin so."""
        said = words.strip().casefold()

        def is_meant(each: RoundRow) -> bool:
            return expression(said).search(each.name) is not None or initials.of(each.name).startswith(said)

        if said and self.shown is not None:
            self.table.select(lambda each: each.state != HANDED and is_meant(each)) or self.table.select(is_meant)

    def _add_one(self) -> None:
        round_forms.ask_for_one(self, self._open())

    def _settle(self) -> None:
        chosen = [each for each in self.table.selected_rows() if each.state != HANDED]
        if not chosen:
            raise UserError("请先在表里选还没有发放的人；已经发放的，请先冲销发放。")
        round_forms.ask_for_gifts(self, chosen)

    def _reverse(self) -> None:
        round_handing.ask_for_reversal(self, self._row())

    def _offer_sheets(self) -> None:
        round_papers.offer_sheets(self, self._open(), self.print_button)

    def _reopen(self) -> None:
        round_handing.ask_to_reopen(self, self._open())

    def _change(self) -> None:
        round_forms.ask_to_change_round(self, self._open())

    def _take_day(self, day: date) -> None:
        self._chosen_day = day if day != self.workspace.view.today else None

    def _take_voucher_back(self) -> None:
        round_handing.offer_to_take_back(self, self._open(), self.panel.back_button)

    def _offer_more(self) -> None:
        """What is seldom done with a round: changing it, the list for the bank, removing one begun by mistake."""
        shown = self._open()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("修改这次慰问…　F3", self._change).setEnabled(shown.closed_on is None)
        menu.addAction("移出名单　Delete", self._strike).setEnabled(shown.closed_on is None and bool(shown.waiting))
        menu.addAction("导出银行代发名单…", self._bank).setEnabled(bool(shown.rows))
        menu.addAction("资金来源一览", lambda: self.go("care", ("ledgers", "care_sources")))
        empty = shown.closed_on is None and not shown.rows
        menu.addAction("删除这次慰问…", lambda: round_forms.ask_to_remove_round(self, shown)).setEnabled(empty)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def _bank(self) -> None:
        from gui.care.round_bank import open_bank_list

        open_bank_list(self, self._open())

    def _go_on_from(self, number: int) -> None:
        """Goes to the next who waits below the row of a number, else to the first."""
        rows = self.table.rows_shown()
        place = next((at for at, each in enumerate(rows) if each.id == number), 0)
        following = next((each for each in (*rows[place:], *rows[:place]) if each.state != HANDED), None)
        if following is not None:
            self.table.select(lambda each: each.id == following.id)

    def _strike(self) -> None:
        chosen = [each for each in self.table.selected_rows() if each.state != HANDED]
        if not chosen:
            raise UserError("请先在表里选要移出的人；已经发放的，请先冲销发放。")

        ask_to_strike(self, chosen)

    def _open(self) -> RoundShown:
        if self.shown is None:
            raise UserError("请先新建或选择一次慰问。")
        return self.shown

    def _row(self) -> RoundRow:
        current: RoundRow | None = self.table.current_row()
        if current is None:
            raise UserError("请先在表里选一个人。")
        return current


def _state(shown: RoundShown | None) -> tuple[str, Any]:
    if shown is None:
        return "", "plain"
    if shown.closed_on is not None:
        return f"{shown.closed_on} 办结", "good"
    if not shown.rows:
        return "选人", "warn"
    return (f"待发放 {len(shown.waiting)} 人", "warn") if shown.waiting else ("已发完", "good")
