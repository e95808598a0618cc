"""Filling in a worksheet F02: the kind of pay, its items, and below them the base and due that they give."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from gui.page import Page
from gui.parts.cards import Card, column, fill, label, row
from gui.parts.chooser import Chooser
from gui.parts.dialog_size import fit_around
from gui.parts.fields import Field, enter_leads_on
from gui.parts.form_dialog import FormDialog, typed
from gui.parts.scrolled import Scrolled
from gui.theme import scaled
from models import codes
from models.kinds import MONEY
from models.ledger import Column
from models.ledgers.dues.worksheets import OFF, PAY, Sheets, due_of, sheets_of
from models.records.dues import assessments
from models.records.dues.worksheets import ITEM
from models.rules.periods import Month
from models.rules.worksheet import Worksheet, worksheet

# In a session: the worksheet as it is kept, the category of dues, the reason for a change within the year.
Keep = Callable[[Any, str, str, str | None], object]
REASONS = (
    ("（没有）", None),
    *((each, each) for each in codes.ASSESSMENT_REASON.options if each != assessments.YEARLY),
)


class WorksheetDialog(FormDialog):
    """`save` is handed the worksheet; a change of kind keeps the amounts of the items that both have."""

    chapter = "assess"
    subject = "项目"

    def __init__(
        self,
        who: str,
        known: Sheets,
        work_out: Callable[[Worksheet], str],
        save: Callable[[Worksheet, str | None], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, lambda: save(typed(self.worksheet), self.reason.value()))
        self.setWindowTitle("党费基数核定（工资和扣款项目）")
        self._known, self._work_out = known, work_out
        self._amounts: dict[str, Decimal] = dict(known.items)
        self.who = label(who, "heading")
        self.kind = Chooser("工资类型", [(name, name) for name in known.scale.kinds], letters=8)
        self.kind.choose(known.kind)
        self.kind.picked.connect(lambda _kind: self._change_kind())
        self.reason = Chooser("年内调整的原因", REASONS, letters=8)
        self.items = QWidget()
        self._area = Scrolled(self.items)
        self.base = label("", "figure")
        self.due = label("", "quiet", wrap=True)
        self._lay_out()
        self._show_items()

    def worksheet(self) -> Worksheet:
        """What is typed; ValueError with a sentence where it gives no base."""
        return worksheet(
            self._known.scale, self.kind.value(), {item: each.value() for item, each in self.fields.items()}
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()
        self._fields()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def show_refusal(self, key: str, sentence: str) -> None:
        super().show_refusal(key.removeprefix(ITEM), sentence)
        if key == "reason":
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def _change_kind(self) -> None:
        self._amounts |= {item: amount for item, amount in self._typed().items() if amount is not None}
        self._show_items()

    def _typed(self) -> Mapping[str, Decimal | None]:
        """What stands in the fields; one that cannot be read yet counts as empty."""
        found: dict[str, Decimal | None] = {}
        for item, each in self.fields.items():
            try:
                found[item] = each.value()
            except ValueError:
                found[item] = None
        return found

    def _show_items(self) -> None:
        """The fields of the kind that is chosen, pay at the left and what is taken off at the right."""
        kind = self._known.scale.kinds[self.kind.value()]
        fresh = QWidget()
        sides = row(spacing=24)
        fresh.setLayout(sides)
        self.fields = {}
        for title, items in ((PAY, kind.pay), (OFF, kind.off)):
            if items:
                sides.addLayout(self._side(title, items), 1)
        self._area.setWidget(fresh)  # which lets go of what stood there
        self.items = fresh
        fields = self._fields()
        enter_leads_on(fields)
        fields[-1].entered.connect(self.save)
        for each in fields:
            each.changed.connect(self._show_result)
        self._show_result()
        if self.isVisible():
            self._make_room()

    def _make_room(self) -> None:
        """Makes the dialog as tall as its fields ask, which they know once they are dressed; else they are scrolled."""
        fit_around(self, self._area, self.items.sizeHint().height())

    def _fields(self) -> list[Field]:
        return list(self.fields.values())

    def _side(self, title: str, items: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        grid.addWidget(label(title, "heading"), 0, 0, 1, 2)
        for line, item in enumerate(items, 1):
            made = self.fields[item] = Field(Column(item, item, MONEY, 10))
            made.set_value(self._amounts.get(item))
            grid.addWidget(made.title, line, 0)
            grid.addWidget(made, line, 1)
        grid.setRowStretch(len(items) + 1, 1)
        return grid

    def _show_result(self) -> None:
        self.problem.clear()
        try:
            found = worksheet(self._known.scale, self.kind.value(), self._typed())
        except ValueError as problem:
            self.base.setText("—")
            self.due.setText(str(problem))
            return
        self.base.setText(f"缴费基数 {MONEY.show(found.base)} 元")
        self.due.setText(f"{found.working}\n{self._work_out(found)}")

    def _lay_out(self) -> None:
        self.due.setMinimumHeight(scaled(self, 42))  # two lines, so that the form stays as tall while it is filled in
        panel = QFrame()
        panel.setProperty("panel", True)
        fill(QVBoxLayout(panel), self.base, self.due, spacing=4, margins=(14, 10, 14, 10))
        own = "扣除" if self._known.scale.less_own else "不扣除"
        words = f"本人缴纳的社会保险、公积金、年金{own}（设置里可以改）。{self._known.scale.left_out}"
        head = row(self.who, 1, label("工资类型", "quiet"), self.kind)
        why = row(label("年内调整的原因（年初核定不用选）", "quiet"), self.reason, 1)
        layout = QVBoxLayout(self)
        note = label(words, "small", wrap=True)
        fill(layout, head, Card(column(self._area)), panel, why, note, self.foot(), margins=(18, 14, 18, 14))
        self.setMinimumWidth(scaled(self, 640))


def ask_for_items(page: Page, member_id: int, name: str, month: Month, keep: Keep, parent: QWidget) -> WorksheetDialog:
    """Asks for the items of a member's pay as they count in `month`; `keep` saves the worksheet."""
    with page.workspace.reading() as session:
        known = sheets_of(session, member_id, month)

    def work_out(found: Worksheet) -> str:
        with page.workspace.reading() as session:
            return due_of(session, found, month)

    def save(found: Worksheet, reason: str | None) -> None:
        with page.workspace.writing(f"核定{name}的党费基数") as session:
            keep(session, found.text(), known.scale.kinds[found.kind].category, reason)

    dialog = WorksheetDialog(name, known, work_out, save, parent)
    dialog.open()
    return dialog
