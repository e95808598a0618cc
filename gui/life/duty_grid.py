"""The year of duties as a grid: a line a duty, a column a month, stretches of several months drawn as one box."""

from typing import cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from gui.life.duty_cells import Cell, cell_of, total_words
from gui.palette import PALETTE
from gui.parts.cell_painter import CURRENT_ROW, Drawn
from gui.theme import scaled
from models.records.life.duty_calendar import Calendar, Line
from models.rules.obligations import State

Index = QModelIndex | QPersistentModelIndex
NAME, FIRST, LAST, TOTAL = 0, 1, 12, 13
_NAMES_WIDE, _TOTAL_WIDE, _ROW = 160, 62, 42
GROUNDS = {
    State.HELD: (PALETTE.green_soft, PALETTE.green),
    State.DUE: (PALETTE.amber_soft, PALETTE.amber),
    State.LATE: (PALETTE.red_soft, PALETTE.red),
    State.EXCUSED: (PALETTE.trough, PALETTE.quiet),
    State.OWED: (PALETTE.surface, PALETTE.faint),
}
_PLAIN = (PALETTE.surface, PALETTE.green)
_NONE = QModelIndex()


class DutyModel(QAbstractTableModel):
    """The lines of a calendar: name, twelve months, the year's total."""

    def __init__(self) -> None:
        super().__init__()
        self.calendar: Calendar | None = None
        self.cells: list[list[Cell]] = []
        self.narrow = False

    def show_calendar(self, calendar: Calendar) -> None:
        """Shows another year or organisation."""
        self.beginResetModel()
        self.calendar = calendar
        self.cells = [[cell_of(line, month) for month in calendar.period.months] for line in calendar.lines]
        self.endResetModel()

    def line(self, row: int) -> Line:
        """The line of a row."""
        assert self.calendar is not None
        return self.calendar.lines[row]

    def cell(self, index: Index) -> Cell | None:
        """The month at an index, None beside the months."""
        return self.cells[index.row()][index.column() - FIRST] if FIRST <= index.column() <= LAST else None

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() or self.calendar is None else len(self.calendar.lines)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else TOTAL + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line, cell = self.line(index.row()), self.cell(index)
        if index.column() == NAME:
            return line.name if role == Qt.ItemDataRole.DisplayRole else f"{line.name}　{rhythm_words(line)}"
        if cell is None:
            return total_words(line)[0]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text or cell.planned
        return f"{line.name}　{cell.said}"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (
            "规定动作" if section == NAME else "完成" if section == TOTAL else f"{section}{'' if self.narrow else '月'}"
        )


def rhythm_words(line: Line) -> str:
    """How often a line is owed, and by how many."""
    if line.obligation is None:
        return "没有规定次数"
    several = f" × {len(line.nodes)}" if len(line.nodes) > 1 else ""
    return f"{line.obligation.rhythm.chinese}{several}"


class DutyPainter(QStyledItemDelegate):
    """Draws the boxes of stretches, ticks for what was held, rings for what is planned."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, scaled(self._table, _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        drawn, model = cast(Drawn, option), cast(DutyModel, index.model())
        area = QRectF(drawn.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() == self._table.currentIndex().row():
            painter.fillRect(area, QColor(CURRENT_ROW))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), QColor(PALETTE.row_line))
        cell = model.cell(index)
        if cell is not None:
            self._paint_cell(painter, area, cell)
        elif index.column() == NAME:
            self._paint_name(painter, area, model.line(index.row()))
        else:
            words, state = total_words(model.line(index.row()))
            bold = state is not None
            self._write(painter, area, words, GROUNDS[state][1] if state else PALETTE.text, bold=bold)
        if drawn.state & QStyle.StateFlag.State_Selected:
            active = bool(drawn.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(PALETTE.red if active else PALETTE.faint), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(2, 2, -2, -3), 5, 5)
        painter.restore()

    def _paint_name(self, painter: QPainter, area: QRectF, line: Line) -> None:
        inner = area.adjusted(scaled(self._table, 8), 3, -4, -4)
        font = QFont(self._table.font())
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.text))
        name = QFontMetrics(font).elidedText(line.name, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)
        font.setPixelSize(scaled(self._table, 12))
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.quiet))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, rhythm_words(line))

    def _paint_cell(self, painter: QPainter, area: QRectF, cell: Cell) -> None:
        ground, colour = GROUNDS[cell.state] if cell.state is not None else _PLAIN
        if cell.state is not None:
            paint_box(painter, area.adjusted(0, 5, 0, -6), ground, cell.state, cell.first, cell.last)
        middle = area.adjusted(0, 0, 0, -1)
        if cell.ticked:
            colour = PALETTE.green
            left = middle.center().x() - (7 if cell.text else 0)
            paint_tick(painter, QPointF(left, middle.center().y()), scaled(self._table, 10), colour)
            middle = middle.adjusted(14, 0, 0, 0) if cell.text else QRectF()
        if cell.planned and not cell.ticked and cell.text in ("", "待开"):
            self._paint_plan(painter, area, cell)
        elif not middle.isEmpty():
            self._write(painter, middle, cell.text, colour, bold=cell.state is State.LATE)

    def _paint_plan(self, painter: QPainter, area: QRectF, cell: Cell) -> None:
        """A plan as an outlined word."""
        colour = PALETTE.amber if cell.state is State.DUE else PALETTE.quiet
        font = QFont(self._table.font())
        font.setPixelSize(scaled(self._table, 12))
        width = QFontMetrics(font).horizontalAdvance(cell.planned) + scaled(self._table, 12)
        height = scaled(self._table, 19)
        box = QRectF(area.center().x() - width / 2, area.center().y() - height / 2 - 0.5, width, height)
        painter.setPen(QPen(QColor(colour), 1))
        painter.setBrush(QColor(PALETTE.surface))
        painter.drawRoundedRect(box, height / 2, height / 2)
        self._write(painter, box, cell.planned, colour, small=True)

    def _write(
        self, painter: QPainter, area: QRectF, text: str, colour: str, bold: bool = False, small: bool = False
    ) -> None:
        font = QFont(self._table.font())
        font.setBold(bold)
        font.setPixelSize(scaled(self._table, 12 if small else 13))
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def paint_box(painter: QPainter, area: QRectF, ground: str, state: State, first: bool, last: bool) -> None:
    """The part of a stretch's box that lies in one month: round where the stretch begins and ends."""
    box = area.adjusted(3 if first else -9, 0, -3 if last else 9, 0)
    painter.save()
    painter.setClipRect(area)
    painter.setBrush(QColor(ground))
    painter.setPen(QPen(QColor(PALETTE.line), 1) if state is State.OWED else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(box, 6, 6)
    painter.restore()


def paint_tick(painter: QPainter, middle: QPointF, size: float, colour: str) -> None:
    """A tick around a point."""
    path = QPainterPath(QPointF(middle.x() - size * 0.5, middle.y() + size * 0.02))
    path.lineTo(middle.x() - size * 0.14, middle.y() + size * 0.38)
    path.lineTo(middle.x() + size * 0.52, middle.y() - size * 0.38)
    painter.setPen(QPen(QColor(colour), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


class DutyGrid(QTableView):
    """The grid; arrows go from month to month, Enter and a double click ask for what can be done there."""

    moved = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines = DutyModel()
        self.setModel(self.lines)
        self.setItemDelegate(DutyPainter(self))
        self.setAccessibleName("全年规定动作")
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header.setMinimumSectionSize(30)
        header.setStyleSheet("QHeaderView::section { padding: 0; }")  # the months of a large text need all their room
        self.selectionModel().currentChanged.connect(lambda _now, _before: self._follow())
        self.doubleClicked.connect(lambda _index: self.entered.emit())

    def show_calendar(self, calendar: Calendar, month: int) -> None:
        """Shows a year; what was chosen stays chosen where it still stands, else the first line in this month."""
        index = self.currentIndex()
        chosen = (self.lines.line(index.row()).name, index.column()) if index.isValid() else ("", month)
        self.lines.show_calendar(calendar)
        self._set_sizes()
        names = [line.name for line in calendar.lines]
        row = names.index(chosen[0]) if chosen[0] in names else 0
        self.setCurrentIndex(self.lines.index(row, chosen[1] if chosen[0] in names else month))
        self._follow()

    @property
    def line(self) -> Line | None:
        """The line that is chosen."""
        index = self.currentIndex()
        return self.lines.line(index.row()) if index.isValid() else None

    @property
    def cell(self) -> Cell | None:
        """The month that is chosen."""
        index = self.currentIndex()
        return self.lines.cell(index) if index.isValid() else None

    def choose(self, name: str, month: int) -> None:
        """Chooses the line of this name in a month."""
        names = [self.lines.line(row).name for row in range(self.lines.rowCount())]
        if name in names:
            self.setCurrentIndex(self.lines.index(names.index(name), month))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_sizes()

    def _follow(self) -> None:
        self.viewport().update()
        self.moved.emit()

    def _set_sizes(self) -> None:
        self.verticalHeader().setDefaultSectionSize(scaled(self, _ROW))
        names, total = scaled(self, _NAMES_WIDE), scaled(self, _TOTAL_WIDE)
        room = self.viewport().width() - names - total
        bold = QFont(self.font())
        bold.setBold(True)
        self.lines.narrow = room // 12 < QFontMetrics(bold).horizontalAdvance("12月") + 4
        self.setColumnWidth(NAME, names)
        self.setColumnWidth(TOTAL, total)
        for number in range(FIRST, LAST + 1):
            left = (number - FIRST) * room // 12
            self.setColumnWidth(number, max(number * room // 12 - left, 30))
