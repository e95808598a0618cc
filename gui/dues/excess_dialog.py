"""Moving what was paid beyond the due of a month to months that still owe something."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.dues.payment_dialog import MonthChoice
from gui.parts.cards import fill, label
from gui.parts.form_dialog import FormDialog
from gui.parts.scrolled import Scrolled
from gui.theme import scaled
from models.kinds import MONEY
from models.ledgers.dues.excess import Excess
from models.rules.periods import Month


class ExcessDialog(FormDialog):
    """Asks for the months; `save` is handed them and may refuse. Those that the money reaches are proposed."""

    chapter = "money"

    def __init__(self, found: Excess, save: Callable[[Sequence[Month]], object], parent: QWidget) -> None:
        super().__init__(parent, lambda: save(self.months.chosen()))
        self.setWindowTitle("多交转到其他月份")
        self._found = found
        self.months = MonthChoice(found.offered)
        self.rest = label("", "quiet", wrap=True)
        self.save_button.setText(f"转 {MONEY.show(found.amount)} 元")
        area = Scrolled(self.months)
        area.setMinimumHeight(scaled(self, 240))
        words = f"{found.month.chinese}比应交多 {MONEY.show(found.amount)} 元。勾上转入的月份，从前往后依次记账："
        parts = (label(found.name, "figure"), label(words, wrap=True), area, self.rest, self.foot())
        fill(QVBoxLayout(self), *parts, spacing=10, margins=(18, 16, 18, 14))
        self.setMinimumWidth(scaled(self, 480))
        self.months.choose(found.offered.reached((), found.amount))
        self.months.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        chosen, amount = self.months.chosen(), self._found.amount
        self.months.show_booked(amount)
        over = amount - self._found.offered.owed(chosen)
        words = f"还多 {MONEY.show(over)} 元，记在{chosen[-1].chinese}，仍是多交。" if chosen and over > 0 else ""
        self.rest.setText(words)
        self.problem.clear()
