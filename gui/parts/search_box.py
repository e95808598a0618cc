"""The search for a member, by name, pinyin initials or the last digits of the ID number."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from gui.theme import scaled
from gui.workspace import Found

Find = Callable[[str], Sequence[Found]]


class SearchBox(QLineEdit):
    """The search at the top of the window; emits the id of the member who was chosen, or words to look for."""

    person_chosen = Signal(int)
    minutes_wanted = Signal(str)  # the words to look for in the records of organisation life

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setPlaceholderText("姓名、拼音首字母、证号尾号　Ctrl+F")
        self.setAccessibleName("查找党员")
        self._find: Find = lambda _text: ()
        self.textEdited.connect(self._begin)
        self._set_width()

    def search_with(self, find: Find) -> None:
        """Finds people by `find` from now on."""
        self._find = find

    def start(self) -> None:
        """Puts the cursor into the box, ready for another name."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._set_width()
        super().changeEvent(event)

    @Slot(str)
    def _begin(self, text: str) -> None:
        """Makes what shows the people that are found; it waits for the first letter, so that the start need not."""
        from gui.parts.person_completer import PersonCompleter

        self.textEdited.disconnect(self._begin)
        completer = PersonCompleter(self, self._people, elsewhere="在会议记录里查找“{text}”")
        completer.chosen.connect(self._open)
        completer.asked_elsewhere.connect(self._look_in_minutes)
        completer.look_up(text)

    def _people(self, text: str) -> Sequence[Found]:
        return self._find(text)

    def _open(self, person: Found) -> None:
        self.clear()
        self.person_chosen.emit(person.id)

    def _look_in_minutes(self, words: str) -> None:
        self.clear()
        self.minutes_wanted.emit(words)

    def _set_width(self) -> None:
        self.setFixedWidth(scaled(self, 270))
