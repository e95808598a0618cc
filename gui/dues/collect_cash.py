"""Counting the cash drawer by denomination against the books."""

from collections.abc import Mapping
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit

from gui.palette import PALETTE
from gui.parts.cards import NO_MARGINS, Card, button, label, restyle
from gui.theme import scaled
from models.kinds import MONEY

DENOMINATIONS = tuple(Decimal(value) for value in ("100", "50", "20", "10", "5", "1", "0.5", "0.1"))
_PAUSE = 1200  # milliseconds without a key after which the count is kept


class PiecesField(QLineEdit):
    """How many of one denomination there are; arrows and Enter go from one to the next."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{name}张数")
        self.setValidator(QIntValidator(0, 99999, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText("0")
        self.setStyleSheet(
            f"QLineEdit {{ border: 1px solid transparent; border-radius: 4px; padding: 0 3px; min-height: 0; }}"
            f"QLineEdit:hover {{ border-color: {PALETTE.edge}; }}"
            f"QLineEdit:focus {{ border: 1px solid {PALETTE.red}; padding: 0 3px; }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    @property
    def pieces(self) -> int:
        return int(self.text() or 0)


class CashCard(Card):
    """One line a denomination, the sum counted, the cash in the books, and the difference; emits a count to be kept.

    Below stands why the two differ and who handed the cash to whom, with the buttons to say so.
    """

    counted = Signal(object)  # {denomination in yuan: pieces}
    to_explain = Signal()
    to_hand_over = Signal()

    def __init__(self) -> None:
        super().__init__(title="点钞", aside="与账面核对", spacing=2)
        self.fields: dict[Decimal, PiecesField] = {}
        self._amounts: dict[Decimal, QObject] = {}
        self._booked = Decimal(0)
        self._kept: dict[Decimal, int] = {}
        self._explained = ""
        self._rest = QTimer(self, singleShot=True, interval=_PAUSE)
        self._rest.timeout.connect(self.keep)
        self._sum, self._book, self._difference = label("", "strong"), label("", "strong"), label("", "strong")
        self.words = label("", "small", wrap=True)
        self.explain = button("说明差额…", self.to_explain.emit)
        self.hand_over = button("现金交接…", self.to_hand_over.emit)
        self._lay_out()

    def show_count(self, pieces: Mapping[Decimal, int], booked: Decimal) -> None:
        """Shows the count that is kept and the cash in the books, in yuan; what is being typed stays."""
        self._booked = booked
        if not self._rest.isActive():
            self._kept = {value: number for value, number in pieces.items() if number}
            for value, field in self.fields.items():
                number = pieces.get(value, 0)
                if field.pieces != number:
                    field.setText(str(number) if number else "")
        self._add_up()

    def show_words(self, explained: str, handed: str) -> None:
        """Shows the reason of the difference and the hand-over that were noted, as far as there are any."""
        said = [
            f"差额原因：{explained}" if explained and self.difference else "",
            f"{handed}，已交接" if handed else "",
        ]
        self.words.setText("\n".join(filter(None, said)))
        self.words.setVisible(bool(self.words.text()))
        self._explained = explained
        self._show_deeds()

    def keep(self) -> None:
        """Hands over the count, if it changed since it was kept."""
        self._rest.stop()
        now = {value: field.pieces for value, field in self.fields.items() if field.pieces}
        if now != self._kept:
            self._kept = now
            self.counted.emit(now)

    @property
    def difference(self) -> Decimal:
        """Counted less booked, in yuan."""
        return self._counted() - self._booked

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, PiecesField):
            QTimer.singleShot(0, self, self._leave)
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        """Keeps the count as soon as the last of its fields is left."""
        if not any(field.hasFocus() for field in self.fields.values()):
            self.keep()

    def _counted(self) -> Decimal:
        return sum((value * field.pieces for value, field in self.fields.items()), Decimal(0))

    def _typed(self) -> None:
        self._rest.start()
        self._add_up()

    def _add_up(self) -> None:
        for value, field in self.fields.items():
            amount = self._amounts[value]
            amount.setProperty("text", MONEY.show(value * field.pieces) if field.pieces else "")
        counted, difference = self._counted(), self.difference
        self._sum.setText(MONEY.show(counted))
        self._book.setText(MONEY.show(self._booked))
        if not counted:
            self._difference.setText("还没有点钞" if self._booked else "没有现金")
            tone = "quiet"
        else:
            sign = "−" if difference < 0 else "+" if difference > 0 else ""
            word = "少了" if difference < 0 else "多了" if difference > 0 else "相符"
            self._difference.setText(f"{sign}{abs(difference):,.2f}　{word}")
            tone = "bad" if difference else "good"
        restyle(self._difference, tone=tone)
        self._show_deeds()

    def _show_deeds(self) -> None:
        """What can be done with a count: say why it differs, or hand the cash over."""
        counted = bool(self._counted())
        self.explain.setVisible(counted and bool(self.difference))
        self.hand_over.setVisible(counted and (not self.difference or bool(self._explained)))

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(*NO_MARGINS)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(3, 3)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for number, value in enumerate(DENOMINATIONS):
            name = f"{value:f} 元" if value >= 1 else f"{value * 10:.0f} 角"
            field = self.fields[value] = PiecesField(name)
            field.setFixedWidth(scaled(self, 52))
            field.textEdited.connect(self._typed)
            field.installEventFilter(self)
            amount = self._amounts[value] = label()
            grid.addWidget(label(f"  {name}"), number * 2, 0)
            grid.addWidget(label("×", "quiet"), number * 2, 1, right)
            grid.addWidget(field, number * 2, 2)
            grid.addWidget(amount, number * 2, 3, right)
            grid.addWidget(_rule(), number * 2 + 1, 0, 1, 4)
            grid.setRowMinimumHeight(number * 2, scaled(self, 22))
        for number, (name, value_label) in enumerate(
            (("实点", self._sum), ("账面现金", self._book), ("差额", self._difference)), 2 * len(DENOMINATIONS)
        ):
            grid.addWidget(label(name, "quiet"), number, 0)
            grid.addWidget(value_label, number, 1, 1, 3, right)
            grid.setRowMinimumHeight(number, scaled(self, 21))
        self.body.addLayout(grid)
        self.body.addWidget(self.words)
        self.body.addWidget(self.explain)
        self.body.addWidget(self.hand_over)
        for part in (self.words, self.explain, self.hand_over):
            part.hide()


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("rule", True)
    line.setFixedHeight(1)
    return line
