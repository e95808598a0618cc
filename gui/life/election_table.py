"""The candidates of an election in the order of the ballot, with cells into which the votes are typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from gui.palette import TONES
from gui.theme import scaled
from models.kinds import NUMBER
from models.ledgers.life.election_page import CandidateLine
from models.ledgers.life.elections import RESULT, UNCOUNTED
from models.records.life.elections import VOTES

_TITLES = ("次序", "候选人", "姓氏笔画", "赞成", "不赞成", "弃权", "部分无效", "结果")
_FIRST_VOTE = 3
_WIDTHS = (52, 0, 84, 78, 78, 78, 84, 92)
_ROW = 34


class ElectionTable(QTableWidget):
    """Enter goes from vote to vote and down the list; Alt with an arrow moves a candidate."""

    moved = Signal(int)  # by so many places: -1 or 1
    removed = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(_TITLES))
        self.lines: tuple[CandidateLine, ...] = ()
        self.setAccessibleName("候选人和得票")
        self.setHorizontalHeaderLabels(_TITLES)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        named = QTableWidgetItem(_TITLES[1])
        named.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHorizontalHeaderItem(1, named)
        for place, width in enumerate(_WIDTHS):
            if width:
                self.setColumnWidth(place, scaled(self, width))
        self._typed: dict[tuple[int, str], str] = {}
        self.itemChanged.connect(self._note)

    def show_lines(self, lines: Sequence[CandidateLine], locked: bool) -> None:
        """Shows the candidates with what the record says of them, or what was typed and is not counted yet."""
        here = self.currentRow(), max(self.currentColumn(), _FIRST_VOTE)
        self.blockSignals(True)
        self.lines = tuple(lines)
        self.setRowCount(len(lines))
        self.verticalHeader().setDefaultSectionSize(scaled(self, _ROW))
        for number, each in enumerate(lines):
            said = str(each.strokes) if each.strokes is not None else "—"
            counted = each.result != UNCOUNTED
            texts = (str(number + 1) if each.listed else "另选", each.name, said)
            for column, text in enumerate(texts):
                self._put(number, column, text, locked=True)
            for place, key in enumerate(VOTES):
                votes = getattr(each, key)
                kept = str(votes) if counted or votes else ""
                self._put(number, _FIRST_VOTE + place, self._typed.get((each.id, key), kept), locked)
            self._put(number, len(_TITLES) - 1, each.result, locked=True)
        self.blockSignals(False)
        if lines:
            self.setCurrentCell(min(max(here[0], 0), len(lines) - 1), here[1])

    @property
    def is_changed(self) -> bool:
        """Whether votes were typed that are not counted yet."""
        return bool(self._typed)

    def settle(self) -> None:
        """Lets go of what was typed: it is counted, or given up."""
        self._typed = {}

    def chosen(self) -> CandidateLine | None:
        """The candidate of the current cell."""
        place = self.currentRow()
        return self.lines[place] if 0 <= place < len(self.lines) else None

    def votes(self) -> dict[int, dict[str, int]]:
        """What was typed, by the candidate's number; ValueError with a sentence where a cell is no number."""
        found: dict[int, dict[str, int]] = {}
        for number, each in enumerate(self.lines):
            found[each.id] = {}
            for place, key in enumerate(VOTES):
                try:
                    found[each.id][key] = NUMBER.read(self._text(number, _FIRST_VOTE + place)) or 0
                except ValueError as problem:
                    raise ValueError(f"{each.name}的票数{problem}") from None
        return found

    def go_to_votes(self, candidate_id: int | None = None) -> None:
        """Goes to the votes of a candidate, the first where none is named."""
        places = [number for number, each in enumerate(self.lines) if each.id == candidate_id]
        if self.lines:
            self.setCurrentCell(places[0] if places else 0, _FIRST_VOTE)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        """To the next vote of the candidate, after the last to the first of the next candidate."""
        row, column = self.currentRow(), self.currentColumn()
        last = _FIRST_VOTE + len(VOTES) - 1
        if column < _FIRST_VOTE or (column >= last and row + 1 < self.rowCount()):
            self.setCurrentCell(row if column < _FIRST_VOTE else row + 1, _FIRST_VOTE)
        elif column < last:
            self.setCurrentCell(row, column + 1)

    def _note(self, item: QTableWidgetItem) -> None:
        place = item.column() - _FIRST_VOTE
        if 0 <= place < len(VOTES):
            self._typed[self.lines[item.row()].id, VOTES[place]] = item.text()

    def _put(self, row: int, column: int, text: str, locked: bool) -> None:
        item = QTableWidgetItem(text)
        middle = Qt.AlignmentFlag.AlignLeft if column == 1 else Qt.AlignmentFlag.AlignHCenter
        item.setTextAlignment(middle | Qt.AlignmentFlag.AlignVCenter)
        if locked:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        if column == len(_TITLES) - 1:
            item.setForeground(QColor(TONES[RESULT.tone(text)][0]))
        self.setItem(row, column, item)

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item is not None else ""
