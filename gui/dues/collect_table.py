"""The grid of the collection page: the member aimed at stands out, with a box for what is about to be paid."""

from decimal import Decimal
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyleOptionViewItem, QWidget

from gui.palette import PALETTE
from gui.parts.cell_painter import CellPainter, Drawn, Index, paint_tag
from gui.parts.column_fit import DENSITIES, natural_widths
from gui.parts.ledger_model import LedgerModel
from gui.parts.ledger_view import LedgerView
from gui.theme import scaled
from models.kinds import MONEY
from models.ledgers.dues.collection import CollectionDay, CollectionLine, grid

_BOX_LEFT, _BOX_TOP = 4, 4
_LEAST = ("category", "working", "method")
_SCROLL_BAR = 14


class CollectPainter(CellPainter):
    """Draws the line aimed at on a soft ground; `amount` is what Enter would collect, None for nothing."""

    amount: Decimal | None = None
    words = ""
    method = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, LedgerModel)
        area = cast(Drawn, option).rect
        aimed = index.row() == self._table.currentIndex().row()
        painter.fillRect(area, QColor(PALETTE.red_pale if aimed else PALETTE.surface))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(PALETTE.row_line))
        key = model.columns[index.column()].key
        look = model.look(index.row(), index.column())
        if aimed and key == "taken" and self.amount is not None:
            self._paint_box(painter, area)
        elif aimed and key == "mark" and self.words:
            self.paint_words(painter, area, look._replace(text=self.words, tone="bad", tagged=False, bold=True))
        elif aimed and key == "method" and self.amount is not None:
            self.paint_words(painter, area, look._replace(text=self.method))
        elif key == "mark":
            paint_tag(painter, area.adjusted(self.padding, 0, -self.padding, -1), look, QFont(self._table.font()))
        else:
            self.paint_words(painter, area, look)

    def _paint_box(self, painter: QPainter, area: QRect) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(PALETTE.red), 2))
        painter.setBrush(QColor(PALETTE.surface))
        painter.drawRoundedRect(QRectF(box_within(area)).adjusted(1, 1, -1, -1), 5, 5)
        painter.restore()
        painter.setFont(self._table.font())
        painter.setPen(QColor(PALETTE.text))
        right = area.adjusted(0, 0, -self.padding, -1)
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, MONEY.show(self.amount))


def box_within(area: QRect) -> QRect:
    """Where the box for an amount stands in its cell."""
    return area.adjusted(_BOX_LEFT, _BOX_TOP - 1, -1, -_BOX_TOP)


class AmountEditor(QLineEdit):
    """The box when it is typed into: Enter hands the text over, Esc gives up, leaving it keeps what was typed."""

    entered = Signal(str)
    left = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName("实交金额")
        self.setStyleSheet(f"border: 2px solid {PALETTE.red}; border-radius: 5px; padding: 0 6px; min-height: 0;")

    def begin(self, text: str, known: Decimal | None) -> None:
        """Shows the box with what was typed already, else with a known amount (yuan) that typing replaces."""
        self.setText(text or MONEY.show(known).replace(",", ""))
        self.setModified(bool(text))
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if text:
            self.end(False)
        else:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()
            self.entered.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self._end()
            self.left.emit("")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.isHidden() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end()
            self.left.emit(self.text() if self.isModified() else "")

    def _end(self) -> None:
        self.blockSignals(True)
        self.hide()
        self.blockSignals(False)


class CollectTable(LedgerView):
    """The lines of a collection day, one of which may be aimed at."""

    picked = Signal(object)  # the line chosen by hand: mouse, or arrows within the grid
    confirmed = Signal()  # Enter
    asked = Signal()  # a double click, Ctrl+Enter: months and amount are to be chosen
    erased = Signal()  # Delete
    amount_typed = Signal(str)  # into the box, with Enter
    amount_left = Signal(str)  # into the box, which was then left for something else
    letters_typed = Signal(str)

    def __init__(self) -> None:
        super().__init__(empty="名册里还没有要交党费的党员。")
        self.emphasise({"name"}, {"category", "working"})
        self.painter = CollectPainter(self.table)
        self.table.painter = self.painter
        self.table.setItemDelegate(self.painter)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.header.setSectionsClickable(False)
        self.table.header.setSortIndicatorShown(False)
        self.table.clicked.connect(self._clicked)
        self.table.opened.connect(self._double_clicked)
        self.table.installEventFilter(self)
        self.table.verticalScrollBar().valueChanged.connect(self._place_editor)
        self.chosen.connect(self._moved)
        self.editor = AmountEditor(self.table.viewport())
        self.editor.hide()
        self.editor.entered.connect(self.amount_typed)
        self.editor.left.connect(self.amount_left)
        self._aiming = False
        self._fitted_for = (0, 0, 0)

    def show_day(self, day: CollectionDay, method: str) -> None:
        """Shows the lines of a day; those who have still to pay stand with the way that will be used."""
        self.show_sheet(grid(day, method))

    def line(self) -> CollectionLine | None:
        """The line aimed at."""
        found: CollectionLine | None = self.current_row()
        return found

    def aim(self, member_id: int | None, amount: Decimal | None, words: str, method: str) -> None:
        """Aims at a member, or at nobody: `amount` stands in the box, `words` in place of the state."""
        self._aiming = True
        self.painter.amount, self.painter.words, self.painter.method = amount, words, method
        if member_id is None:
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
            self.table.scrollToTop()
        else:
            self.select(lambda line: line.id == member_id)
        self._aiming = False
        self.table.viewport().update()

    def edit_amount(self, text: str = "") -> None:
        """Opens the box of the line aimed at for typing, with `text` typed already, else with what it shows."""
        line = self.line()
        if line is None or line.state in ("left", "unassessed"):
            return
        self._place_editor()
        self.editor.begin(text, self.painter.amount)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def _fit_columns(self) -> None:
        """Columns stay where they are while one payment follows another, unless something no longer fits.

        In a large text the columns that say least step back, so that the state stays in view.
        """
        place = (self.width(), self.font().pixelSize(), len(self.model.rows))
        needed = natural_widths(self.model, self.table.font(), self.painter.padding)
        if place == self._fitted_for and all(w <= self.table.columnWidth(n) for n, w in enumerate(needed)):
            return
        self._fitted_for = place
        dense = QFont(self.font())
        dense.setPixelSize(scaled(self, DENSITIES[-2][0]))
        widths = dict(
            zip((c.key for c in self.model.columns), natural_widths(self.model, dense, DENSITIES[-2][1]), strict=True)
        )
        self._hidden.clear()
        for key in _LEAST:
            if sum(width for each, width in widths.items() if each not in self._hidden) > self.width() - _SCROLL_BAR:
                self._hidden.add(key)
        self._hide()
        self._fitting = True
        super()._fit_columns()

    def _take_key(self, event: QKeyEvent) -> bool:
        """Keys in the grid: Enter collects, figures open the box, letters go to the line of entry."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.asked if control else self.confirmed).emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.erased.emit()
        elif event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return False
        elif event.text().isdigit():
            self.edit_amount(event.text())
        elif event.text().isprintable() and event.text().strip():
            self.letters_typed.emit(event.text())
        else:
            return False
        return True

    def _clicked(self, index: QModelIndex) -> None:
        self.picked.emit(self.line())
        if self.model.columns[index.column()].key == "taken":
            self.edit_amount()

    def _double_clicked(self, index: QModelIndex) -> None:
        if self.model.columns[index.column()].key != "taken":
            self.asked.emit()

    def _moved(self, line: CollectionLine | None) -> None:
        if not self._aiming and self.table.hasFocus():
            self.picked.emit(line)

    def _place_editor(self) -> None:
        column = next((n for n, each in enumerate(self.model.columns) if each.key == "taken"), 0)
        index = self.model.index(self.table.currentIndex().row(), column)
        self.editor.setGeometry(box_within(self.table.visualRect(index)))
