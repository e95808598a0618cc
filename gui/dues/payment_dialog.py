"""One member's payment in full: amount, way, day, and the months it is booked to, shown before it is saved."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from gui.parts.cards import button, column, fill, label, row
from gui.parts.dialog_size import asked_height, fit_to_contents
from gui.parts.fields import Field, enter_leads_on
from gui.parts.saving_dialog import SavingDialog
from gui.parts.scrolled import Scrolled
from gui.theme import scaled
from models import codes
from models.errors import FieldError, UserError
from models.kinds import DAY, MONEY, TEXT
from models.ledger import Column
from models.ledgers.dues.offers import Offers
from models.records.dues.payments import Collection
from models.rules.periods import Month

AMOUNT = Column("amount", "实交金额", MONEY, 12, required=True)
METHOD = Column("method", "交纳方式", codes.METHOD, 8, required=True)
PAID_ON = Column("paid_on", "交纳日期", DAY, 11, required=True)
PROXY = Column("proxy", "代交人（本人交的空着）", TEXT, 12)
REMARK = Column("remark", "备注", TEXT, 20)


@dataclass(frozen=True)
class Wanted:
    """What a person chose: how the money is taken, how much (yuan), for which months in order."""

    how: Collection
    amount: Decimal
    covers: tuple[Month, ...]


class MonthChoice(QWidget):
    """The months to choose from with what is owed for each, and beside it what the amount would book there."""

    changed = Signal()

    def __init__(self, offered: Offers) -> None:
        super().__init__()
        self._offered = offered
        self.boxes: dict[Month, QCheckBox] = {}
        self._booked = {offer.month: label("", "strong") for offer in offered.months}
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 6, 10, 6)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        right = Qt.AlignmentFlag.AlignRight
        for number, offer in enumerate(offered.months):
            box = self.boxes[offer.month] = QCheckBox(offer.month.chinese)
            box.toggled.connect(lambda _on: self.changed.emit())
            words = "预计" if offer.expected else "应交未交"
            owed = label(f"{words} {MONEY.show(offer.owed)}" if offer.owed else "已交清", "quiet")
            grid.addWidget(box, number, 0)
            grid.addWidget(owed, number, 1, right)
            grid.addWidget(self._booked[offer.month], number, 2, right)
            self._booked[offer.month].setMinimumWidth(scaled(self, 84))
            self._booked[offer.month].setAlignment(right)

    def chosen(self) -> list[Month]:
        return [month for month, box in self.boxes.items() if box.isChecked()]

    def choose(self, covers: list[Month]) -> None:
        """Ticks these months and no others, without a word."""
        self.blockSignals(True)
        for month, box in self.boxes.items():
            box.setChecked(month in covers)
        self.blockSignals(False)

    def show_booked(self, amount: Decimal) -> None:
        booked = dict(self._offered.spread(self.chosen(), amount).booked)
        for month, shown in self._booked.items():
            shown.setText(MONEY.show(booked[month]) if month in booked else "")


class ExtraQuestion(QWidget):
    """Asks where belongs what is brought beyond the ticked months: ahead, or as more than is due."""

    answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.question = label("", "strong", wrap=True)
        self.ahead = QRadioButton("顺延到以后的月份（预交）")
        self.here = QRadioButton()
        self.warning = label("", "error", wrap=True)
        self._group = QButtonGroup(self)
        for choice in (self.ahead, self.here):
            self._group.addButton(choice)
            choice.toggled.connect(lambda on: self.answered.emit() if on else None)
        fill(QVBoxLayout(self), self.question, self.ahead, self.here, self.warning, spacing=6)

    def ask(self, extra: Decimal, here: str, can_go_ahead: bool, warning: str) -> None:
        """Asks about an extra in yuan, that may stay as `here` says; the answer given before stays."""
        self.question.setText(f"比应交多 {MONEY.show(extra)} 元，多出的记在哪里？")
        self.here.setText(here)
        self.ahead.setEnabled(can_go_ahead)
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        self.show()

    def forget(self) -> None:
        """Takes the question and its answer back."""
        self.hide()
        self._group.setExclusive(False)
        for choice in (self.ahead, self.here):
            choice.setChecked(False)
        self._group.setExclusive(True)

    @property
    def is_answered(self) -> bool:
        return self._group.checkedButton() is not None


class PaymentDialog(SavingDialog):
    """Asks what a member pays and for which months; `save` is handed a Wanted and may refuse it.

    An amount beyond what the ticked months owe asks where the rest belongs, and is not taken before that is answered.
    """

    chapter = "money"

    def __init__(
        self,
        name: str,
        offered: Offers,
        proposed: list[Month],
        how: Collection,
        save: Callable[[Wanted], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("收缴")
        self.who = label(name, "figure")
        self._save, self._offered = save, offered
        self._ticked = proposed
        self._by_hand = False
        self.fields = {each.key: Field(each) for each in (AMOUNT, METHOD, PAID_ON, PROXY, REMARK)}
        known = (("method", how.method), ("paid_on", how.on), ("proxy", how.proxy), ("remark", how.remark))
        for key, value in known:
            self.fields[key].set_value(value)
        self.months = MonthChoice(offered)
        self.extra = ExtraQuestion()
        self.rest = label("", "quiet", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.take = button("收缴", self._take, primary=True)
        self._lay_out()
        for field in self.fields.values():
            field.judged.connect(self._make_room)
        self.months.choose(proposed)
        self.months.changed.connect(self._months_changed)
        self.extra.answered.connect(self._show_spread)
        self.fields["amount"].changed.connect(self._amount_changed)
        enter_leads_on(self.fields.values())
        self.fields["remark"].entered.connect(self._take)
        self._show_owed()

    def type_amount(self, amount: Decimal) -> None:
        """Begins with an amount that was typed elsewhere."""
        self.fields["amount"].type_text(MONEY.show(amount))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        at = self.focusWidget()
        if not enter:
            super().keyPressEvent(event)
        elif isinstance(at, QRadioButton) and not at.isChecked():
            at.setChecked(True)  # shows what it means; the next Enter takes it
        elif isinstance(at, QRadioButton) or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._take()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = self.extra.ahead if self.extra.isVisibleTo(self) else self.fields["amount"]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _amount(self) -> Decimal | None:
        """The amount as it stands, None while it is not one."""
        try:
            value: Decimal | None = self.fields["amount"].value()
        except ValueError:
            return None
        return value

    def _months_changed(self) -> None:
        self._ticked = self.months.chosen()
        self.extra.forget()
        if self._by_hand:
            self._show_spread()
        else:
            self._show_owed()

    def _amount_changed(self) -> None:
        self._by_hand = bool(self.fields["amount"].text())
        self._show_spread()

    def _show_owed(self) -> None:
        """Puts what the ticked months owe into the amount."""
        owed = self._offered.owed(self.months.chosen())
        field = self.fields["amount"]
        field.blockSignals(True)
        field.set_value(owed or None)
        field.blockSignals(False)
        self._by_hand = False
        self._show_spread()

    def _show_spread(self) -> None:
        """Shows what the amount would be booked to, and asks about what is over."""
        amount = self._amount() or Decimal(0)
        found = self._offered.spread(self._ticked, amount)
        further = self._offered.reached(self._ticked, amount)
        if found.extra and self._ticked:
            limit = (
                f"一次多交 {self._offered.large_extra:.0f} 元及以上是大额党费，单独登记、全额上缴中央，不算本支部党费。"
            )
            warning = limit if found.large and not self.extra.ahead.isChecked() else ""
            here = "作为大额党费，单独登记" if found.large else f"记在{self._ticked[-1].chinese}，作为自愿多交"
            self.extra.ask(found.extra, here, len(further) > len(self._ticked), warning)
        else:
            self.extra.forget()
        ahead = self.extra.ahead.isChecked() and len(further) > len(self._ticked)
        self.months.choose(further if ahead else self._ticked)
        self.months.show_booked(amount)
        short = self._offered.owed(self._ticked) - amount
        part = amount > 0 and short > 0
        self.rest.setText(f"比应交少 {MONEY.show(short)} 元，先记最早的月份，余下的仍为未交。" if part else "")
        self.rest.setVisible(part)
        self.take.setText(f"收缴 {MONEY.show(amount)} 元" if amount > 0 else "收缴")
        self.problem.clear()
        self.fields["remark"].show_error("")  # a reason was asked for other months than these

    def _make_room(self) -> None:
        """Grows, within the screen, where a sentence under a field or the question about an extra needs it."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        if asked_height(layout, self.width()) > self.height():
            fit_to_contents(self)

    def _take(self) -> None:
        wrong = [field for field in self.fields.values() if not field.check()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.TabFocusReason)
            return
        if not self.months.chosen():
            self.problem.setText("请至少勾选一个所属月份。")
            return
        if self.extra.isVisibleTo(self) and not self.extra.is_answered:
            self.problem.setText("请先选择多出的部分记在哪里。")
            self.extra.ahead.setFocus(Qt.FocusReason.TabFocusReason)
            return
        values = {key: field.value() for key, field in self.fields.items()}
        how = Collection(values["paid_on"], values["method"], values["remark"], values["proxy"])
        try:
            self._save(Wanted(how, values["amount"], tuple(self.months.chosen())))
        except FieldError as refusal:
            field = self.fields.get(refusal.field)
            (field.show_error if field else self.problem.setText)(str(refusal))
            if field is not None:
                field.setFocus(Qt.FocusReason.TabFocusReason)
        except UserError as refusal:
            self.problem.setText(str(refusal))
        else:
            self.accept()

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setVerticalSpacing(9)
        form.setHorizontalSpacing(12)
        form.setColumnStretch(1, 1)
        for number, field in enumerate(self.fields.values()):
            field.title.setMinimumHeight(field.widget.sizeHint().height())
            form.addWidget(field.title, number, 0, Qt.AlignmentFlag.AlignTop)
            form.addWidget(field, number, 1)
        area = Scrolled(self.months)
        area.setMinimumWidth(scaled(self, 330))
        area.setMinimumHeight(scaled(self, 220))
        frame = QFrame()
        frame.setProperty("card", True)
        fill(QVBoxLayout(frame), area, margins=(2, 4, 2, 4))
        right = column(label("所属月份", "heading"), frame, spacing=6)
        right.setStretch(1, 1)
        left = column(self.who, form, self.rest, self.extra, 1, spacing=12)
        body = row(left, right, spacing=22, margins=(18, 16, 18, 6))
        body.setStretch(0, 1)
        foot = row(self.problem, button("取消", self.reject), self.take, margins=(18, 8, 18, 14))
        foot.setStretch(0, 1)
        fill(QVBoxLayout(self), body, foot, spacing=0)
        self.setMinimumWidth(scaled(self, 720))
