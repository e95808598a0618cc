"""The card beside the list of a round: what was handed out, what each source has left, how vouchers stand."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.parts.cards import Card, Figures, button, column, label
from gui.theme import scaled
from models.kinds import Tone
from models.ledgers.care_round_page import RoundShown
from models.records.care_funds import DUES
from models.records.care_handing import told
from models.rules import capitals

_WIDTH = 244


class RoundPanel(QWidget):
    """Totals in figures and capitals, and the deeds about sources and vouchers."""

    income_wanted = Signal()
    voucher_wanted = Signal()
    request_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.totals, self.sources, self.vouchers = Figures(), Figures(), Figures()
        self.capitals = label("", "quiet", wrap=True)
        self.note = label("", "quiet", wrap=True)
        self.income_button = button("登记到账…", self.income_wanted.emit)
        self.voucher_button = button("登记凭证…", self.voucher_wanted.emit)
        self.request_button = button("党费使用申请…", self.request_wanted.emit)
        layout = column(
            Card(self.totals, self.capitals, title="合计", aside="单位：元"),
            Card(self.sources, self.income_button, self.request_button, title="资金来源", aside="待发／结余"),
            Card(self.vouchers, self.note, self.voucher_button, title="凭证", aside="发放／凭证"),
            1,
            spacing=10,
        )
        self.setLayout(layout)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setFixedWidth(scaled(self, _WIDTH))

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
        ))  # fmt: skip
        self.capitals.setText(capitals.amount(planned) if planned else "")
        self.capitals.setVisible(bool(planned))
        self.sources.show_figures(
            (each.source, f"{each.waiting:,.2f} ／ {each.left:,.2f}", _tone(each.waiting > each.left))
            for each in shown.needs
        )
        self.vouchers.show_figures(
            (each.source, f"{each.given:,.2f} ／ {each.vouched:,.2f}", _tone(bool(each.difference)))
            for each in shown.vouchers
        )
        said = [told(each) for each in shown.vouchers if each.difference]
        said += [f"说明：{shown.explained}"] if shown.explained else []
        said += [f"重新打开：{shown.reopened}"] if shown.reopened else []
        self.note.setText("\n".join(said))
        self.note.setVisible(bool(said))
        is_open = shown.closed_on is None
        self.voucher_button.setVisible(is_open)
        self.request_button.setVisible(is_open and any(each.source == DUES for each in shown.needs))


def _tone(bad: bool) -> Tone:
    return "bad" if bad else "plain"
