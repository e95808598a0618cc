"""Closing a month, step by step: collect, count, hand up, vouch, close; each step says what is missing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QPushButton, QVBoxLayout

from gui.dues.dues_forms import ask_for_remittance, ask_for_voucher
from gui.ledgers.chapters import offer_help
from gui.page import Page
from gui.parts.cards import Tag, button, fill, label, restyle, row
from gui.theme import scaled
from models.kinds import MONEY, Tone
from models.ledger import View
from models.ledgers.dues.closing import Closing, Drawer, closing, drawer
from models.records.dues import remittances
from models.rules.periods import show_months


class ClosingStep:
    """One line: its number and name, what stands, its state, and the button that does it."""

    def __init__(self, grid: QGridLayout, line: int, name: str, deed: QPushButton | None) -> None:
        self.words = label("", wrap=True)
        self.tag = Tag("", "plain")
        self.deed = deed
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(label(f"{line + 1}　{name}", "strong"), line, 0, top)
        grid.addWidget(self.words, line, 1, top)
        grid.addWidget(self.tag, line, 2, top)
        if deed is not None:
            grid.addWidget(deed, line, 3, top)

    def show(self, words: str, state: str, tone: Tone, waits: bool = False, may: bool = False) -> None:
        """`waits` says that the step is to be done now, `may` that it can be done but need not."""
        self.words.setText(words)
        self.tag.show_state(state, tone)
        if self.deed is not None:
            self.deed.setEnabled(waits or may)
            restyle(self.deed, primary=waits)


class ClosingDialog(QDialog):
    """The steps to the closing of the view's month; it reads them anew after each."""

    def __init__(self, page: Page, view: View) -> None:
        super().__init__(page)
        offer_help(self, "close")
        self.view = view
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.page = page
        self.state: Closing | None = None
        self.hand_up = button("登记上缴…", self._hand_up)
        self.vouch = button("登记凭证…", self._vouch)
        self.settle_cash = button("现金交接…", self._settle_cash)
        self.close_month = button("结账", self._close_month)
        self.reopen = button("取消结账", self._reopen)
        self.leave = button("关闭", self.reject)
        self._lay_out()
        page.workspace.saved.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Reads how far the month is."""
        with self.page.workspace.reading() as session:
            state = self.state = closing(session, self.view)
        self.setWindowTitle(f"{state.month.chinese}结账")
        closed = state.agreement.closed_on
        self._show_collected(state)
        self._show_cash(state)
        self._show_handed_up(state)
        self._show_vouchers(state)
        agreed = state.agreement
        stays = (("留存", agreed.kept),) if agreed.kept else ()
        sums = (("登记", agreed.registered), ("上缴", agreed.handed_up), *stays, ("凭证", agreed.vouched))
        records = "　".join(f"{name} {MONEY.show(amount)}" for name, amount in sums)
        if closed is not None:
            self.steps["close"].show(f"{records}\n已于 {closed} 结账", "已结账", "good")
        elif agreed.agrees and agreed.registered:
            self.steps["close"].show(f"{records}\n三项一致，可以结账", "待结账", "warn", waits=True)
        else:
            why = "还没有收到党费" if not agreed.registered else "三项一致后才能结账"
            self.steps["close"].show(f"{records}\n{why}", "未到", "quiet")
        self.reopen.setVisible(closed is not None)
        self._lead_on()

    def _lead_on(self) -> None:
        """Puts the hand on the step that waits, so that Enter does it, and on leaving when none does."""
        deeds = [step.deed for step in self.steps.values() if step.deed is not None]
        waiting = next((deed for deed in deeds if deed.property("primary")), self.leave)
        waiting.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_collected(self, state: Closing) -> None:
        sums = state.sums
        if not state.missing:
            self.steps["collect"].show(f"{sums.people} 人全部交清，共 {MONEY.show(sums.received)} 元", "已收齐", "good")
            return
        names = "、".join(state.missing[:8]) + (f"等 {len(state.missing)} 人" if len(state.missing) > 8 else "")
        words = f"已收 {sums.people - sums.unpaid} / {sums.people} 人；{names}没有交清，结账后转为欠交，以后仍可补交"
        self.steps["collect"].show(words, f"未交 {len(state.missing)} 人", "warn")

    def _show_cash(self, state: Closing) -> None:
        drawer, step = state.drawer, self.steps["cash"]
        short = bool(drawer.difference) and not drawer.explained
        self.settle_cash.setText("说明差额…" if short else "现金交接…")
        if not drawer.booked and drawer.counted is None:
            step.show("没有收现金", "不需要", "quiet")
        elif drawer.difference is None:
            step.show(f"账面现金 {MONEY.show(drawer.booked)} 元，还没有点钞（在收缴日右侧填写）", "未点钞", "warn")
        elif drawer.difference:
            what = "多" if drawer.difference > 0 else "少"
            words = f"实点比账面{what} {MONEY.show(abs(drawer.difference))} 元"
            if not drawer.explained:
                step.show(f"{words}，请先查清，写明原因才能结账", "不相符", "bad", waits=True)
            else:
                said = f"{words}：{drawer.explained}{self._handed(drawer)}"
                step.show(said, "已说明", "warn", may=bool(drawer.counted))
        else:
            said = f"实点 {MONEY.show(drawer.counted)} 元，与账面相符{self._handed(drawer)}"
            step.show(said, "相符", "good", may=bool(drawer.counted))

    def _handed(self, drawer: Drawer) -> str:
        return f"\n{drawer.handed}，已交接" if drawer.handed else ""

    def _show_handed_up(self, state: Closing) -> None:
        step = self.steps["hand_up"]
        if state.reversed_after:
            words = f"上缴之后又冲销了 {MONEY.show(state.reversed_after)} 元：请在上缴记录里撤回本月上缴，再重新登记"
            step.show(words, "不一致", "bad")
        elif state.to_hand_up:
            parts = [f"{month.chinese} {MONEY.show(amount)}" for month, amount in state.waiting if amount > 0]
            words = f"待上缴 {MONEY.show(state.to_hand_up)} 元（{'，'.join(parts)}）"
            if state.can_wait:
                last = state.together.last.number
                words += f"\n{state.together.chinese}一并上缴，到 {last} 月再办；要提前办也可以"
                step.show(words, f"{last} 月上缴", "quiet", may=True)
            else:
                step.show(words, "待上缴", "warn", waits=True)
        elif state.agreement.remitted:
            kept = f"，留存 {MONEY.show(state.agreement.kept)} 元" if state.agreement.kept else ""
            step.show(f"本月已上缴 {MONEY.show(state.agreement.handed_up)} 元{kept}", "已上缴", "good")
        else:
            step.show("还没有可以上缴的党费", "未到", "quiet")

    def _show_vouchers(self, state: Closing) -> None:
        step = self.steps["vouch"]
        if state.unvouched:
            months = show_months([each.month for each in state.unvouched])
            missing = sum(each.missing for each in state.unvouched)
            step.show(f"{months}的上缴还差凭证 {MONEY.show(missing)} 元", "缺凭证", "warn", waits=True)
        elif state.agreement.vouched:
            step.show(f"凭证合计 {MONEY.show(state.agreement.vouched)} 元", "已登记", "good")
        else:
            step.show("上缴后登记缴款单号或转账凭证号，附扫描件", "未到", "quiet")

    def _hand_up(self) -> None:
        ask_for_remittance(self.page, self)

    def _vouch(self) -> None:
        if self.state is not None and self.state.unvouched:
            ask_for_voucher(self.page, self.state.unvouched, self)

    def _settle_cash(self) -> None:
        """Says why the count differs, or hands the cash over and prints the slip."""
        from gui.dues.money_forms import settle_cash

        settle_cash(self.page, self.view)

    def _close_month(self) -> None:
        assert self.state is not None
        month = self.state.month
        with self.page.workspace.writing(f"{month.chinese}结账") as session:
            booked = drawer(session, self.view).booked
            closed = remittances.close_settlement(session, month, self.page.workspace.view.today, booked)
        self.page.say(f"{show_months(closed)}已经结账：登记、上缴、凭证三项一致。")

    def _reopen(self) -> None:
        assert self.state is not None
        month = self.state.month
        with self.page.workspace.writing(f"取消{month.chinese}结账") as session:
            remittances.reopen_month(session, month)
        self.page.say(f"已取消{month.chinese}的结账。")

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(16)
        grid.setColumnStretch(1, 1)
        plan: tuple[tuple[str, str, QPushButton | None], ...] = (
            ("collect", "收缴", None),
            ("cash", "点钞", self.settle_cash),
            ("hand_up", "上缴", self.hand_up),
            ("vouch", "凭证", self.vouch),
            ("close", "结账", self.close_month),
        )
        self.steps = {key: ClosingStep(grid, line, name, deed) for line, (key, name, deed) in enumerate(plan)}
        frame = QFrame()
        frame.setProperty("card", True)
        fill(QVBoxLayout(frame), grid, margins=(16, 16, 16, 16))
        foot = row(self.reopen, 1, self.leave)
        fill(QVBoxLayout(self), frame, 1, foot, spacing=14, margins=(18, 18, 18, 14))
        self.setMinimumWidth(scaled(self, 720))
