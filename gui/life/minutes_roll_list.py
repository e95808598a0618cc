"""The list of those called to an activity: found by letters, marked by single keys, reasons typed in place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from gui.life.minutes_reason import ReasonEditor
from gui.life.minutes_roll_painter import RollPainter, shown_name, shown_state
from models.ledgers.life.minutes_page import RollLine
from models.records.life.attendance import Mark
from models.rules.meetings import ABSENT, LEAVE, NEXT, ON_DUTY, PRESENT
from models.variants import expression

Index = QModelIndex | QPersistentModelIndex
KEYS: Mapping[int, str | None] = {
    Qt.Key.Key_1: PRESENT,
    Qt.Key.Key_2: LEAVE,
    Qt.Key.Key_3: ON_DUTY,
    Qt.Key.Key_4: ABSENT,
    Qt.Key.Key_0: None,
}
"""What a figure says of the member; the list then goes on to the next."""
_WORD_ENDS = 1200  # milliseconds after which letters begin a new search


class RollModel(QAbstractListModel):
    """The lines of a roll; what is marked shows at once, before it is saved."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[RollLine] = []

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{shown_name(line)}　{shown_state(line)}"
        return None

    def show_lines(self, lines: Sequence[RollLine]) -> None:
        """Takes other lines; where the people are the same nothing moves."""
        same = [each.member_id for each in lines] == [each.member_id for each in self.lines]
        if not same:
            self.beginResetModel()
        self.lines = list(lines)
        if same:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))
        else:
            self.endResetModel()

    def change(self, row: int, line: RollLine) -> None:
        """Puts another line in the place of one."""
        self.lines[row] = line
        self.dataChanged.emit(self.index(row), self.index(row))


class RollList(QListView):
    """Arrows choose, Space changes, figures mark and go on, letters find, Enter asks for the reason."""

    marked = Signal(object)  # {member id: Mark}
    sought = Signal(str)  # the letters by which somebody is looked for
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("到会名单")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # letters are initials, not syllables
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_wanted)
        self.lines = RollModel()
        self.setModel(self.lines)
        self.setItemDelegate(RollPainter(self))
        self.doubleClicked.connect(lambda _index: self.ask_reason())
        self.reason = ReasonEditor(self.viewport())
        self.reason.entered.connect(self._explain)
        self.reason.left.connect(self.setFocus)
        self.locked = False
        self._letters = ""
        self._pause = QTimer(self, singleShot=True, interval=_WORD_ENDS)
        self._pause.timeout.connect(self.forget_letters)

    def show_lines(self, lines: Sequence[RollLine], locked: bool) -> None:
        """Shows a roll; who was chosen stays so."""
        chosen = self.line()
        self.locked = locked
        self.lines.show_lines(lines)
        if chosen is None or not self.choose(chosen.member_id):
            self.setCurrentIndex(self.lines.index(0))

    def line(self) -> RollLine | None:
        """The line that is chosen."""
        row = self.currentIndex().row()
        return self.lines.lines[row] if 0 <= row < len(self.lines.lines) else None

    def choose(self, member_id: int) -> bool:
        """Chooses a member; False where the member is not on the list."""
        for row, line in enumerate(self.lines.lines):
            if line.member_id == member_id:
                self.setCurrentIndex(self.lines.index(row))
                return True
        return False

    def mark(self, state: str | None, go_on: bool = False) -> None:
        """Says of the chosen member whether the member came."""
        row, line = self.currentIndex().row(), self.line()
        if self.locked or line is None:
            return
        reason = line.reason if state in (LEAVE, ON_DUTY, ABSENT) else None
        self._mark({row: Mark(state, reason)})
        if go_on and row + 1 < len(self.lines.lines):
            self.setCurrentIndex(self.lines.index(row + 1))

    def mark_others_present(self) -> int:
        """Marks all who are not yet called as present; answers how many."""
        waiting = [row for row, each in enumerate(self.lines.lines) if each.state is None and each.entitled]
        if not self.locked and waiting:
            self._mark({row: Mark(PRESENT) for row in waiting})
        return 0 if self.locked else len(waiting)

    def ask_reason(self) -> None:
        """Opens the field for the reason of the chosen member; who was not yet called is then on leave."""
        line = self.line()
        if self.locked or line is None or (not line.entitled and line.state in (None, PRESENT)):
            return
        if line.state in (None, PRESENT):
            self.mark(LEAVE)
        area = self.visualRect(self.currentIndex())
        self.reason.begin(area, (self.line() or line).reason or "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            line = self.line()
            self.mark(NEXT[line.state] if line is not None else None)
        elif key in KEYS:
            self.mark(KEYS[key], go_on=True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask_reason()
        elif key == Qt.Key.Key_Backspace:
            self._seek(self._letters[:-1])
        elif event.text().isalpha():
            self._seek(self._letters + event.text().lower())
        else:
            super().keyPressEvent(event)

    def _mark(self, marks: Mapping[int, Mark]) -> None:
        for row, mark in marks.items():
            line = self.lines.lines[row]
            self.lines.change(row, replace(line, state=mark.state, reason=mark.reason))
        self.marked.emit({self.lines.lines[row].member_id: mark for row, mark in marks.items()})

    def _explain(self, text: str) -> None:
        row, line = self.currentIndex().row(), self.line()
        if line is not None and text != (line.reason or ""):
            self._mark({row: Mark(line.state, text or None)})
        self.setFocus()

    def _seek(self, letters: str) -> None:
        """Chooses the first whom the letters may mean; letters that mean nobody begin anew with the last."""
        for tried in dict.fromkeys((letters, letters[-1:])):
            row = next((n for n, each in enumerate(self.lines.lines) if tried and _means(tried, each)), None)
            if row is not None:
                self._letters = tried
                self.setCurrentIndex(self.lines.index(row))
                break
        else:
            self._letters = letters
        self._pause.start()
        self.sought.emit(self._letters)

    def forget_letters(self) -> None:
        """Ends a search by letters."""
        self._letters = ""
        self.sought.emit("")


def _means(letters: str, line: RollLine) -> bool:
    initials = line.initials
    lettered = initials.startswith(letters) or initials[1:].startswith(letters)
    return lettered or expression(letters).search(line.name) is not None
