"""Typing a password: one field for a known one, two for a new one with advice."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from gui.parts.cards import label, restyle
from models.keys import SHORTEST_PASSWORD, is_short

ADVICE = (
    f"至少 {SHORTEST_PASSWORD} 位，一个汉字算两位。一句自己记得住、别人猜不到的话最好，例如几个不相干的词连在一起。"
)
WARNING = "密码忘了，只有恢复单打得开这个文件。设好密码以后，请打印恢复单，封好交组织保管。"


class PasswordField(QLineEdit):
    """A line whose text is hidden; Caps Lock, spaces and input methods leave it as typed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAccessibleName(name)

    def show_text(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class NewPassword(QObject):
    """The fields of a new password typed twice, for a form to lay out.

    Where none may be (`may_be_none`), leaving it empty means none; where it is better to have one (`declined`), that
    takes a tick beside these words.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, *, may_be_none: bool = False, declined: str = "") -> None:
        super().__init__()
        self._may_be_none = may_be_none
        self.first, self.second = PasswordField("密码"), PasswordField("再输一遍")
        self.none = QCheckBox(declined) if declined else None
        if self.none is not None:
            self.none.toggled.connect(self._decline)
        if may_be_none:
            self.first.setPlaceholderText("可以不设，建议设")
        self.shown = QCheckBox("显示密码")
        self.problem = label("", "error", wrap=True)
        self.problem.hide()
        self.advice = label(ADVICE, "small", wrap=True)
        self.shown.toggled.connect(self.first.show_text)
        self.shown.toggled.connect(self.second.show_text)
        for field in (self.first, self.second):
            field.textChanged.connect(self._edited)
        self.first.returnPressed.connect(lambda: self.second.setFocus(Qt.FocusReason.TabFocusReason))
        self.second.returnPressed.connect(self.entered)

    def lines(self) -> tuple[tuple[str, QWidget], ...]:
        """What a form shows, title and widget, one under another."""
        return (
            ("密码", self.first),
            ("再输一遍", self.second),
            ("", self.shown),
            *((("", self.none),) if self.none is not None else ()),
            ("", self.advice),
            ("", self.problem),
        )

    def form(self) -> QWidget:
        """The same laid out, titles at the left."""
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        for line, (title, part) in enumerate(self.lines()):
            if title:
                grid.addWidget(label(title, "quiet"), line, 0)
            grid.addWidget(part, line, 1)
        return form

    def password(self) -> str | None:
        """What was typed, None for none; ValueError with a sentence when it is too short or the two differ."""
        first, second = self.first.text(), self.second.text()
        if self.none is not None and self.none.isChecked():
            return None
        if not first and not second and self._may_be_none:
            return None
        if not first and self.none is not None:
            raise ValueError("请设一个密码；实在不想设，请勾选上面的“不设密码”。")
        if is_short(first):
            raise ValueError(f"密码太短，至少 {SHORTEST_PASSWORD} 位，一个汉字算两位。")
        if first != second:
            raise ValueError("两次输入的密码不一样，请重新输入第二遍。")
        return first

    def clear(self) -> None:
        """Forgets what was typed, and hides what will be."""
        self.first.clear()
        self.second.clear()
        self.shown.setChecked(False)

    def check(self) -> bool:
        """Whether the password can be taken; shows why not."""
        try:
            self.password()
        except ValueError as problem:
            self._show_problem(str(problem))
            field = self.first if is_short(self.first.text()) else self.second
            field.setFocus()
            field.selectAll()
            return False
        self._show_problem("")
        return True

    def _decline(self, declined: bool) -> None:
        """Takes away what was typed when none is wanted, and the fields with it."""
        for field in (self.first, self.second, self.shown):
            field.setEnabled(not declined)
        if declined:
            self.clear()
        self._edited()

    def _edited(self) -> None:
        self._show_problem("")
        self.changed.emit()

    def _show_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        restyle(self.first, wrong=bool(sentence))
        restyle(self.second, wrong=bool(sentence))
