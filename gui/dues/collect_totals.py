"""The sums of the collection day."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from gui.parts.cards import Card, Figures, ShareBar, row
from gui.parts.chooser import Chooser
from models.kinds import MONEY, Tone
from models.ledgers.dues.collected import CollectionTotals
from models.ledgers.dues.owed import ZERO
from models.records.dues.payments import METHODS
from models.rules.periods import Month


class TotalsCard(Card):
    """What is due and what was taken, how, and who is missing; its heading chooses the month."""

    month_picked = Signal(object)

    def __init__(self) -> None:
        self.month = Chooser("收缴月份", letters=8)
        self.month.setStyleSheet("QComboBox { border: none; padding: 0; font-weight: bold; }")
        self.figures = Figures()
        self.figures.set_spacing(3)
        self.bar = ShareBar()
        super().__init__(row(self.month, 1), self.figures, self.bar, spacing=4)
        self.month.picked.connect(self.month_picked)

    def show_totals(self, month: Month, sums: CollectionTotals, opened: Sequence[Month]) -> None:
        """Shows the sums of a month's collection; `opened` are the months that can be looked at instead."""
        choices = sorted({*opened, month}, reverse=True)
        self.month.offer([(each.chinese, each) for each in choices])
        self.month.choose(month)
        lines: list[tuple[str, str, Tone]] = [
            ("应交", MONEY.show(sums.due), "plain"),
            ("已收", MONEY.show(sums.received), "plain"),
            ("其中补交", MONEY.show(sums.back), "quiet"),
            ("其中预交", MONEY.show(sums.advance), "quiet"),
        ]
        ways = [(each, sums.by_method.get(each, ZERO)) for each in METHODS]
        shown = [pair for number, pair in enumerate(ways) if number < 2 or pair[1]]
        if len(shown) == 2:
            lines.append(
                (" / ".join(way for way, _ in shown), " / ".join(MONEY.show(sum_) for _, sum_ in shown), "quiet")
            )
        else:
            lines += [(way, MONEY.show(amount), "quiet") for way, amount in shown]
        if sums.large:
            lines.append(("另收大额党费", MONEY.show(sums.large), "quiet"))
        lines.append(("未交", f"{sums.unpaid} 人", "bad" if sums.unpaid else "good" if sums.people else "quiet"))
        self.figures.show_figures(lines)
        self.bar.show_share(float(sums.for_month), float(sums.due))
        self.bar.setToolTip(f"{month.chinese}应交 {sums.due:,.2f} 元，已收 {sums.for_month:,.2f} 元")
