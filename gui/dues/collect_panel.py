"""The right side of the collection page: the sums, the cash drawer, and the papers of the day."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from gui.dues.collect_cash import CashCard
from gui.dues.collect_totals import TotalsCard
from gui.parts.cards import Card, button, column, restyle
from gui.parts.scrolled import Scrolled
from gui.theme import scaled
from models.ledgers.dues.closing import Drawer
from models.ledgers.dues.collection import CollectionDay
from models.rules.periods import Month

WIDTH = 268


class CollectPanel(Scrolled):
    """Scrolls by itself when a large text makes it higher than the page."""

    def __init__(
        self,
        print_register: Callable[[], object],
        print_slips: Callable[[], object],
        print_notice: Callable[[], object],
    ) -> None:
        super().__init__(sideways=False)
        self.totals = TotalsCard()
        self.cash = CashCard()
        self.register = button("打印收缴登记表", print_register)
        self.slips = button("打印内部凭条", print_slips)
        self.notice = button("公示表（不含金额）", print_notice)
        for each in (self.register, self.slips, self.notice):
            restyle(each, leading=True)
        inner = QWidget()
        inner.setLayout(
            column(self.totals, self.cash, Card(self.register, self.slips, self.notice, spacing=8), 1, spacing=10)
        )
        self.setWidget(inner)
        self._set_width()

    def show_day(self, day: CollectionDay, drawer: Drawer, opened: Sequence[Month]) -> None:
        """Shows the sums of a collection and the cash that is to lie in the drawer."""
        self.totals.show_totals(day.month, day.totals, opened)
        self.cash.show_count(drawer.pieces, drawer.booked)
        self.cash.show_words(drawer.explained, drawer.handed)
        self.slips.setText(f"打印内部凭条（{day.totals.slips} 张）")
        self.slips.setEnabled(day.totals.slips > 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._set_width()
        super().changeEvent(event)

    def _set_width(self) -> None:
        self.setFixedWidth(scaled(self, WIDTH))
