"""The people a text may mean, shown under the field in which it is typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from gui.theme import scaled
from gui.workspace import Found

NOTHING_FOUND = "没有找到这个人"


class PersonCompleter(QCompleter):
    """Shows whom a line edit's text may mean, found by `find`; writes the name that was chosen and emits the person.

    It looks people up itself: given to QLineEdit.setCompleter it would be asked again behind its back.
    """

    chosen = Signal(Found)
    asked_elsewhere = Signal(str)  # the text, where the line `elsewhere` was chosen

    def __init__(
        self,
        field: QLineEdit,
        find: Callable[[str], Sequence[Found]],
        say_nothing_found: bool = True,
        elsewhere: str = "",
    ) -> None:
        """`elsewhere` is a last line over {text}, which looks for it somewhere else than among people."""
        super().__init__(field)
        self._field = field
        self.find = find
        self._say_nothing_found = say_nothing_found
        self._elsewhere = elsewhere
        self._found = QStandardItemModel(0, 1, self)
        self.setModel(self._found)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = QListView()
        popup.setObjectName("popup")
        popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setPopup(popup)
        self.setMaxVisibleItems(10)
        self.setWidget(field)
        field.textEdited.connect(self.look_up)
        self.activated.connect(self._choose)

    def look_up(self, text: str) -> None:
        """Searches for `text` and shows what was found under the field."""
        people = self.find(text.strip()) if text.strip() else ()
        self._found.clear()
        for person in people:
            item = QStandardItem(f"{person.name}　{person.detail}".rstrip())
            item.setData(person, Qt.ItemDataRole.UserRole)
            self._found.appendRow(item)
        if not people and text.strip() and self._say_nothing_found:
            item = QStandardItem(NOTHING_FOUND)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._found.appendRow(item)
        if self._elsewhere and text.strip():
            self._found.appendRow(QStandardItem(self._elsewhere.format(text=text.strip())))
        if self._found.rowCount():
            self.complete(self._room())
            if people:
                self.popup().setCurrentIndex(self.completionModel().index(0, 0))
        else:
            self.popup().hide()

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What stands in the field once a line is chosen: the name, of several with one name what tells them apart."""
        person = index.data(Qt.ItemDataRole.UserRole)
        return self._told_apart(person) if isinstance(person, Found) else self._field.text()

    def _room(self) -> QRect:
        """As wide as what tells people of one name apart, at least as wide as the field."""
        wide = self.popup().sizeHintForColumn(0) + scaled(self._field, 36)
        return QRect(0, 0, max(self._field.width(), wide), self._field.height())

    @Slot(str)
    def _choose(self, _name: str) -> None:
        person = self.popup().currentIndex().data(Qt.ItemDataRole.UserRole)
        if isinstance(person, Found):
            self._field.setText(self._told_apart(person))
            self.chosen.emit(person)
        elif self._elsewhere and self.popup().currentIndex().row() == self._found.rowCount() - 1:
            self.asked_elsewhere.emit(self._field.text().strip())

    def _told_apart(self, person: Found) -> str:
        """As models.records.members.members.find reads it: 王伟, or 王伟（第一党支部、1985-03、1234）."""
        shown = (self._found.item(line).data(Qt.ItemDataRole.UserRole) for line in range(self._found.rowCount()))
        if sum(isinstance(each, Found) and each.name == person.name for each in shown) < 2 or not person.detail:
            return person.name
        return f"{person.name}（{'、'.join(person.detail.split())}）"
