"""The card of who came: the figures, the list, and those who came without being called."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout

from gui.life.minutes_roll_list import RollList
from gui.parts.cards import CARD_MARGINS, button, column, fill, label, restyle, row
from gui.parts.fields import Field
from gui.parts.person_completer import PersonCompleter
from gui.parts.search_box import Find
from gui.theme import scaled
from gui.workspace import Found
from models.kinds import Tone
from models.ledgers.life.minutes_page import GUESTS, MinutesPage, RollLine, counted
from models.records.life.attendance import Mark
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, PRESENT, Count

WIDTH, WIDEST = 264, 290
_GUESTS_HINT = "列席的人，也可以写不在册的，如：机关党委　何志明"
_PAUSE = 900  # milliseconds without a key after which the marks are saved
_FIGURES: tuple[tuple[str, Tone], ...] = (("应到", "plain"), ("实到", "good"), ("请假", "warn"), ("缺席", "bad"))


class RollCard(QFrame):
    """Emits the marks to be saved once the hand rests, whom to add, and what is to be done with one on the list."""

    marked = Signal(object)  # {member id: Mark}
    brought = Signal(object)  # the member found who is to be added
    taken_off = Signal(int)
    dual_set = Signal(int, bool)
    recall_wanted = Signal()

    def __init__(self, find: Find) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._waiting: dict[int, Mark] = {}
        self._named = self._locked = False
        self._people: int | None = None
        self.sought = label("空格切换", "small")
        self.figures = {name: label("0", "figure", tone) for name, tone in _FIGURES}
        self.voting = label("", "small")
        self.unmarked = label("", "small", "warn")
        self.list = RollList()
        self.everybody = button("其余全部出席　Alt+&A", self._mark_others)
        self.add = QLineEdit()
        self.guests = Field(GUESTS)
        self._rest = QTimer(self, singleShot=True, interval=_PAUSE)
        self._rest.timeout.connect(self.keep)
        self._lay_out()
        self._set_width()
        self.list.marked.connect(self._take)
        self.list.sought.connect(self._show_sought)
        self.list.menu_wanted.connect(self._menu)
        PersonCompleter(self.add, find).chosen.connect(self._bring)

    def show_page(self, page: MinutesPage, locked: bool) -> None:
        """Shows the roll of a record; marks that wait to be saved stay."""
        self._named = page.entitled == "named"
        self._people = page.values.get("people")
        self.list.show_lines([self._with_waiting(each) for each in page.roll], locked)
        self._locked = locked
        self.add.setVisible(not locked)
        self.add.setPlaceholderText("加参加的党员：姓名、首字母" if self._named else "加列席的党员：姓名、首字母")
        if not self.guests.is_changed():
            self.guests.set_value(page.values.get("guests"))
            if isinstance(self.guests.widget, QLineEdit):
                self.guests.widget.setCursorPosition(0)
        self.guests.set_read_only(locked)
        self.guests.widget.setToolTip(self.guests.text() or _GUESTS_HINT)
        self._count()

    def keep(self) -> None:
        """Hands over the marks that are not saved yet."""
        self._rest.stop()
        if self._waiting:
            marks, self._waiting = self._waiting, {}
            self.marked.emit(marks)

    def give_back(self, marks: dict[int, Mark]) -> None:
        """Takes marks back that could not be saved, so that they are saved with the next."""
        self._waiting = marks | self._waiting

    def forget(self) -> None:
        """Lets go of everything that belongs to the record shown until now."""
        self._rest.stop()
        self._waiting = {}
        self.list.forget_letters()
        self.add.clear()
        self.guests.set_value(None)

    def go_to_unmarked(self) -> None:
        """Chooses the first who is not called yet."""
        waiting = next((each for each in self.list.lines.lines if each.entitled and each.state is None), None)
        if waiting is not None:
            self.list.choose(waiting.member_id)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "list"):
            self._set_width()

    def _set_width(self) -> None:
        self.setFixedWidth(min(scaled(self, WIDTH), WIDEST))

    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        for name, _tone in _FIGURES:
            number, word = self.figures[name], label(name, "quiet")
            for part in (number, word):
                part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            figures.addLayout(column(number, word, spacing=0), 1)
        head = row(label("到会情况", "heading"), 1, self.sought)
        states = row(self.voting, 1, self.unmarked)
        visitors = row(self.guests.title, self.guests, spacing=6)
        visitors.setStretch(1, 1)
        layout = QVBoxLayout(self)
        parts = (head, figures, states, self.list, self.everybody, self.add, visitors)
        fill(layout, *parts, spacing=7, margins=CARD_MARGINS)
        layout.setStretch(3, 1)

    def _take(self, marks: dict[int, Mark]) -> None:
        self._waiting |= marks
        self._rest.start()
        self._count()

    def _with_waiting(self, line: RollLine) -> RollLine:
        mark = self._waiting.get(line.member_id)
        return line if mark is None else replace(line, state=mark.state, reason=mark.reason)

    def _count(self) -> None:
        lines: Sequence[RollLine] = self.list.lines.lines
        count: Count = counted(lines)
        for name, amount in zip(self.figures, (count.entitled, count.present, count.leave, count.absent), strict=True):
            self.figures[name].setText(str(amount))
        said = f"有表决权：应到 {count.voting}，实到 {count.voting_present}" if count.voting else ""
        self.voting.setText(f"按人次登记：{self._people} 人次" if self._people and not count.entitled else said)
        self.unmarked.setText(f"未点名 {count.unmarked}" if count.unmarked else "")
        self.everybody.setVisible(bool(count.unmarked) and not self._locked)

    def _mark_others(self) -> None:
        self.list.mark_others_present()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sought(self, letters: str) -> None:
        self.sought.setText(f"查找：{letters}" if letters else "空格切换")
        restyle(self.sought, tone="warn" if letters else "plain")

    def _bring(self, found: Found) -> None:
        QTimer.singleShot(0, self.add, self.add.clear)  # the completer writes the name once more
        self.brought.emit(found)

    def _menu(self, where: QPoint) -> None:
        """What can be done with the member under the mouse."""
        line = self.list.line()
        if line is None or self.list.locked:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, state in (("出席\t1", PRESENT), ("请假\t2", LEAVE), ("公出\t3", ON_DUTY), ("缺席\t4", ABSENT)):
            menu.addAction(words).triggered.connect(lambda _on=False, state=state: self.list.mark(state))
        menu.addAction("未点名\t0").triggered.connect(lambda: self.list.mark(None))
        menu.addAction("写原因…\t回车").triggered.connect(self.list.ask_reason)
        menu.addSeparator()
        dual = menu.addAction("双重组织生活（领导干部以普通党员身份参加）")
        dual.setCheckable(True)
        dual.setChecked(line.dual)
        dual.triggered.connect(lambda on: self.dual_set.emit(line.member_id, on))
        if not line.entitled or self._named:
            off = menu.addAction("从名单去掉")
            off.triggered.connect(lambda: self.taken_off.emit(line.member_id))
        menu.addAction("重列应到名单（名册改过以后）").triggered.connect(self.recall_wanted)
        menu.popup(self.list.viewport().mapToGlobal(where))
