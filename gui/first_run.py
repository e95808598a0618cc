"""The first run: three short steps to a data file, or the sample branch to look around."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from gui import icons
from gui.first_steps import OrganisationStep, PeopleStep, PlaceStep, Step
from gui.new_file import NewFile
from gui.parts.cards import button, column, fill, label, restyle, row
from gui.parts.scrolled import Scrolled
from gui.theme import scaled

_FRAME = 60  # pixels of the screen left for the title and the edges
_WIDTH, _SIDE = 820, 190  # pixels drawn for 14 px text
_STEPS = ("组织", "收缴日和人员", "存放和密码")


class FirstRun(QDialog):
    """Asks what a data file needs; emits what was answered, or that the sample or another file is wanted."""

    decided = Signal(NewFile)
    sample_wanted = Signal()
    other_file_wanted = Signal()

    def __init__(self, folder: Path, backup_folder: Path, parent: QWidget | None = None) -> None:
        """`folder` and `backup_folder` are proposed for the file and its backups; neither need exist yet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("支部台账")
        self.setWindowIcon(icons.app_icon())
        self.organisation, self.people = OrganisationStep(), PeopleStep()
        self.place = PlaceStep(folder, backup_folder)
        self.steps: tuple[Step, ...] = (self.organisation, self.people, self.place)
        self.stack = QStackedWidget()
        for step in self.steps:
            self.stack.addWidget(step)
            step.finished.connect(self.go_on)
        self._marks = [label(f"{number}　{words}") for number, words in enumerate(_STEPS, 1)]
        self.problem = label("", "error", wrap=True)
        self.sample_button = button("先打开示例支部看看", self.sample_wanted.emit, flat=True)
        self.other_button = button("打开已有的数据文件", self.other_file_wanted.emit, flat=True)
        self.back_button = button("上一步", self.go_back)
        self.later_button = button("先进入程序", lambda: self._finish(then_import=False))
        self.next_button = button("下一步", self.go_on, primary=True)
        right = QVBoxLayout()
        ways = (self.sample_button, self.other_button)
        foot = row(*ways, 1, self.back_button, self.later_button, self.next_button, margins=(20, 8, 24, 20))
        frame = Scrolled(self.stack)  # in the largest text a step may outgrow the screen
        steps_width = self.stack.minimumSizeHint().width() + frame.verticalScrollBar().sizeHint().width()
        frame.setMinimumWidth(max(steps_width, scaled(self, _WIDTH - _SIDE)))
        fill(right, frame, _padded(self.problem), foot, spacing=0)
        right.setStretch(0, 1)
        fill(layout := QHBoxLayout(self), self._side(), right, spacing=0)
        layout.setStretch(1, 1)
        room = self.screen().availableGeometry().height() - _FRAME
        self.setMinimumHeight(min(scaled(self, 590), room))
        self._show_step(0)

    def go_on(self) -> None:
        """Goes to the next step once the answers of this one can be taken; from the last one it is done."""
        place = self.stack.currentIndex()
        if place == len(self.steps) - 1:
            self._finish(then_import=True)
        elif self.steps[place].check():
            self.place.name_file(self.organisation.answer("name"))
            self._show_step(place + 1)

    def go_back(self) -> None:
        self._show_step(max(self.stack.currentIndex() - 1, 0))

    def refuse(self, sentence: str) -> None:
        """Says why the file could not be made; the answers stay as they are."""
        self.problem.setText(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return  # goes from field to field; only the last one's leads on
        super().keyPressEvent(event)

    def _finish(self, then_import: bool) -> None:
        for place, step in enumerate(self.steps):
            if not step.check():
                self._show_step(place)
                step.check()  # again, because showing the step took the focus from the field at fault
                return
        self.decided.emit(
            NewFile(
                path=self.place.path,
                name=self.organisation.answer("name"),
                kind=self.organisation.kind,
                branches=self.organisation.branches,
                collection_day=int(self.people.answer("collection_day")),
                secretary=self.people.answer("secretary"),
                committee=self.people.answer("committee"),
                maker=self.people.answer("maker"),
                telephone=self.people.answer("telephone"),
                backup_folder=self.place.backups.folder(),
                second_folder=self.place.second.folder(),
                password=self.place.password.password(),
                then_import=then_import,
            )
        )

    def _show_step(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        last = place == len(self.steps) - 1
        self.problem.clear()
        self.back_button.setVisible(place > 0)
        self.later_button.setVisible(last)
        self.sample_button.setVisible(place == 0)
        self.other_button.setVisible(place == 0)
        self.next_button.setText("完成，导入名册" if last else "下一步　回车")
        for number, mark in enumerate(self._marks):
            restyle(mark, role="strong" if number == place else "quiet", tone="bad" if number == place else "plain")
        first = next(iter(self.steps[place].fields.values()), None)
        wanted = self.place.password.first if first is None else first.widget
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(wanted, QLineEdit):  # the page shown may have given it the focus already, nothing selected
            wanted.selectAll()

    def _side(self) -> QWidget:
        side = QWidget()
        side.setObjectName("side")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(scaled(self, _SIDE))
        head = column(label("支部台账", "brand"), label("用三步建立数据文件", "small"), spacing=4)
        foot: QLabel = label("不联网，不上传，\n数据只在这台电脑上。", "small")
        marks = column(*self._marks, spacing=14, margins=(0, 14, 0, 0))
        fill(QVBoxLayout(side), head, marks, 1, foot, spacing=14, margins=(22, 26, 16, 22))
        return side


def _padded(words: QLabel) -> QWidget:
    box = QWidget()
    fill(QVBoxLayout(box), words, margins=(28, 0, 24, 0))
    return box
