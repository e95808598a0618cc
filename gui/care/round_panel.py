"""The card beside the list of a round: what was handed out, what each source has left, how vouchers stand."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from gui.parts.cards import Card, Figures, button, column, label, row
from gui.theme import scaled
from models.kinds import Tone
from models.ledgers.care.round_page import RoundShown
from models.records.care.funds import DUES
from models.records.care.handing import told
from models.rules import capitals

_WIDTH, _WIDEST = 244, 320


class RoundPanel(QWidget):
    """Totals in figures and capitals, and the deeds about sources and vouchers."""

    income_wanted = Signal()
    voucher_wanted = Signal()
    back_wanted = Signal()
    meeting_wanted = Signal()
    request_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.totals, self.sources, self.vouchers = Figures(), Figures(), Figures()
        self.capitals = label("", "quiet", wrap=True)
        self.note = label("", "quiet", wrap=True)
        self.income_button = button("登记到账…", self.income_wanted.emit)
        self.voucher_button = button("登记凭证…", self.voucher_wanted.emit)
        self.back_button = button("收回凭证…", self.back_wanted.emit, flat=True)
        self.request_button = button("党费使用申请…", self.request_wanted.emit)
        self.lacking = label("", "error", wrap=True)
        self.decided = label("", "quiet", wrap=True)
        self.meeting_button = button("看会议记录", self.meeting_wanted.emit, flat=True)
        layout = column(
            Card(self.totals, self.capitals, title="合计", aside="单位：元", spacing=8),
            Card(
                self.sources, self.lacking, self.decided, self.meeting_button, self.income_button,
                self.request_button, title="资金来源", aside="待发 / 结余", spacing=8,
            ),
            Card(
                self.vouchers, self.note, row(self.voucher_button, self.back_button, 1, spacing=4),
                title="凭证", aside="发放 / 凭证", spacing=8,
            ),
            1,
            spacing=10,
        )  # fmt: skip
        self.setLayout(layout)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setFixedWidth(min(scaled(self, _WIDTH), _WIDEST))

    def show_round(self, shown: RoundShown | None) -> None:
        """Tells of a round; None empties the card."""
        if shown is None:
            return
        done = len(shown.rows) - len(shown.waiting)
        planned = Decimal(shown.sheet.totals["amount"])
        self.totals.show_figures((
            ("已发放", f"{done} / {len(shown.rows)} 人", "good" if shown.rows and not shown.waiting else "plain"),
            ("慰问金合计", f"{planned:,.2f}", "plain"),
            ("其中已发放", f"{shown.handed:,.2f}", "plain"),
            *self._budget(shown),
        ))  # fmt: skip
        self.capitals.setText(capitals.amount(planned) if planned else "")
        self.capitals.setVisible(bool(planned))
        self.sources.show_figures(
            (each.source, f"{each.waiting:,.2f} / {each.left:,.2f}", _tone(each.waiting > each.left))
            for each in shown.needs
        )
        self._tell(
            self.lacking, [f"{each.source}还缺 {each.lacking:,.2f} 元。" for each in shown.needs if each.lacking]
        )
        self._tell(self.decided, [f"研究：{shown.decided}"] if shown.decided else [])
        self.meeting_button.setVisible(shown.decided is not None)
        self.vouchers.show_figures(
            (each.source, f"{each.given:,.2f} / {each.vouched:,.2f}", _tone(bool(each.difference)))
            for each in shown.vouchers
        )
        said = [told(each) for each in shown.vouchers if each.difference]
        said += [f"{each.number} 已收回：{each.taken_back}" for each in shown.papers if each.taken_back]
        said += [f"说明：{shown.explained}"] if shown.explained else []
        said += [f"重新打开：{shown.reopened}"] if shown.reopened else []
        self._tell(self.note, said)
        is_open = shown.closed_on is None
        self.income_button.setVisible(is_open)
        self.back_button.setVisible(is_open and bool(shown.paper_left))
        self.voucher_button.setVisible(is_open)
        self.request_button.setVisible(is_open and any(each.source == DUES for each in shown.needs))

    def _budget(self, shown: RoundShown) -> list[tuple[str, str, Tone]]:
        budget, over = shown.values["budget"], shown.over_budget
        if budget is None:
            return []
        return [("预算", f"{budget:,.2f}", "plain"), *([("超出预算", f"{over:,.2f}", _tone(True))] if over else [])]

    def _tell(self, place: QLabel, said: list[str]) -> None:
        place.setText("\n".join(said))
        place.setVisible(bool(said))


def _tone(bad: bool) -> Tone:
    return "bad" if bad else "plain"
