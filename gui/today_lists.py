"""The lists of the Today page; each line leads to the page where it is dealt with."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QWidget

from gui.palette import PALETTE
from gui.parts.cards import NO_MARGINS, button, label, restyle
from gui.parts.ledger_view import LedgerView
from gui.theme import TextSize
from models.kinds import TEXT
from models.ledger import Column, Sheet
from models.ledgers.marks import MARK
from models.ledgers.overview import Birthday

DUTIES = (
    Column("name", "事项", TEXT, 12),
    Column("need", "要求", TEXT, 14),
    Column("progress", "进展", TEXT, 24),
    Column("mark", "", MARK, 10),
)
NOTICES = (
    Column("mark", "", MARK, 10),
    Column("who", "", TEXT, 10),
    Column("text", "", TEXT, 24),
)


class LinkedList(LedgerView):
    """Rows that lead somewhere: a click or Enter emits the row."""

    followed = Signal(object)

    def __init__(self, columns: tuple[Column, ...], quiet: set[str], headed: bool) -> None:
        super().__init__()
        restyle(self, card=False)
        self._columns = columns
        self.emphasise((), quiet)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.header.setSectionsClickable(False)
        self.table.header.setSortIndicatorShown(False)
        self.table.header.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.table.header.setVisible(headed)
        self.table.setCursor(Qt.CursorShape.PointingHandCursor)
        self.table.clicked.connect(self._follow)
        self.opened.connect(self.followed)

    def show_rows(self, rows: Sequence[Any]) -> None:
        self.show_sheet(Sheet("", "", self._columns, rows, {}, ("", "", ""), (), "", "landscape"))

    def _follow(self, index: QModelIndex) -> None:
        self.followed.emit(self.model.rows[index.row()])


class Birthdays(QWidget):
    """The political birthdays of the month, two in a line where the text is not too large."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*NO_MARGINS)
        self._grid.setVerticalSpacing(2)

    def show_birthdays(self, birthdays: Sequence[Birthday]) -> None:
        self._birthdays = birthdays
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not birthdays:
            self._grid.addWidget(label("这个月没有党员过政治生日。", "quiet"), 0, 0)
        abreast = 2 if self.font().pixelSize() <= TextSize.LARGE.value else 1
        for number, each in enumerate(birthdays):
            name = button(each.name, lambda who=each.member_id: self.chosen.emit(who), flat=True)
            name.setStyleSheet(f"QPushButton {{ color: {PALETTE.text}; padding: 1px 5px; }}")
            line, side = number // abreast, number % abreast * 4
            self._grid.addWidget(label(each.day), line, side)
            self._grid.addWidget(name, line, side + 1)
            self._grid.addWidget(label(f"入党 {each.years} 年", "quiet"), line, side + 2)
            self._grid.setColumnStretch(side + 3, 1)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_birthdays"):
            self.show_birthdays(self._birthdays)
