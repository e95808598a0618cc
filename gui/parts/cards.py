"""The small parts that pages are made of: cards, tags, labels, buttons, rows and columns."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui import icons
from gui.palette import PALETTE
from models.kinds import Tone

Part = QWidget | QLayout | int  # an int is empty space with that stretch factor
Margins = tuple[int, int, int, int]
PAGE_MARGINS: Margins = (18, 14, 18, 14)
CARD_MARGINS: Margins = (14, 11, 14, 11)
NO_MARGINS: Margins = (0, 0, 0, 0)


def row(*parts: Part, spacing: int = 10, margins: Margins = NO_MARGINS) -> QHBoxLayout:
    """Parts side by side."""
    layout = QHBoxLayout()
    fill(layout, *parts, spacing=spacing, margins=margins)
    return layout


def column(*parts: Part, spacing: int = 10, margins: Margins = NO_MARGINS) -> QVBoxLayout:
    """Parts one under another."""
    layout = QVBoxLayout()
    fill(layout, *parts, spacing=spacing, margins=margins)
    return layout


def fill(layout: QBoxLayout, *parts: Part, spacing: int = 10, margins: Margins = NO_MARGINS) -> None:
    """Adds parts to a layout, in order."""
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def label(text: str = "", role: str = "", tone: Tone = "plain", wrap: bool = False) -> QLabel:
    """A text in one of the roles of gui/style.py: title, big, figure, heading, strong, quiet, small, error."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Sets properties that the style sheet looks at, and draws the widget by them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else the sheet is yet to look at it
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Button(QPushButton):
    """A button that Enter presses where it has the focus, and only there: in a form Enter leads from field to field."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str, clicked: Callable[[], object], *, primary: bool = False, flat: bool = False, icon: str = ""
) -> QPushButton:
    """A button; "&" before a letter of `text` makes it the access key, as in "结账　Alt+&J". One primary a page."""
    made = Button(text)
    made.setProperty("primary", primary)
    made.setProperty("flat", flat)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        made.setIcon(icons.icon(icon, "#FFFFFF" if primary else PALETTE.nav_text))
        made.setIconSize(QSize(16, 16))
    made.clicked.connect(lambda _checked=False: clicked())
    return made


def line_edit(placeholder: str, changed: Callable[[str], object]) -> QLineEdit:
    """A field that tells of every key typed in it, as a filter wants it."""
    made = QLineEdit()
    made.setPlaceholderText(placeholder)
    made.setAccessibleName(placeholder)
    made.setClearButtonEnabled(True)
    made.textChanged.connect(changed)
    return made


class Tag(QLabel):
    """A state as a word in its colour on a soft ground; with no text it hides itself."""

    def __init__(self, text: str = "", tone: Tone = "plain") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone = "plain") -> None:
        self.setText(text)
        restyle(self, tag=tone)
        self.setHidden(not text)


class Card(QFrame):
    """A white card; `aside` is a quiet word at the right of its title."""

    def __init__(self, *parts: Part, title: str = "", aside: str = "", spacing: int = 10) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.heading = label(title, "heading")
        self.aside = label(aside, "small")
        head = row(self.heading, 1, self.aside)
        self.body = column(spacing=spacing)
        layout = QVBoxLayout(self)
        fill(layout, *((head, self.body) if title or aside else (self.body,)), margins=CARD_MARGINS)
        layout.setStretchFactor(self.body, 1)
        fill(self.body, *parts, spacing=spacing)


class Figures(QWidget):
    """Names at the left, amounts at the right, one pair a line."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*NO_MARGINS)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)

    def set_spacing(self, pixels: int) -> None:
        """Sets the room between the lines."""
        self._grid.setVerticalSpacing(pixels)

    def show_figures(self, lines: Iterable[tuple[str, str, Tone]]) -> None:
        """Shows (name, amount, tone) lines; an amount whose tone is not plain or quiet stands bold."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, (name, amount, tone) in enumerate(lines):
            value = label(amount, "" if tone == "quiet" else "strong", "plain" if tone == "quiet" else tone)
            self._grid.addWidget(label(name, "quiet"), number, 0)
            self._grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignRight)


class ShareBar(QProgressBar):
    """How much of something is done, as a thin bar without words."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setRange(0, 1000)

    def show_share(self, part: float, whole: float) -> None:
        """Shows `part` of `whole`; a whole of nothing is an empty bar."""
        self.setValue(round(1000 * min(max(part / whole, 0.0), 1.0)) if whole else 0)


class Empty(QWidget):
    """What stands where nothing is yet: what belongs there, and the button that begins it."""

    def __init__(self, text: str, start: QPushButton | None = None, icon: str = "inbox") -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(icons.pixmap(icon, PALETTE.faint, 32, self.devicePixelRatioF()))
        self.words = label(text, "quiet", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        fill(layout, 2, picture, self.words, *((start,) if start else ()), 3, spacing=12, margins=CARD_MARGINS)
        for part in (picture, start):
            if part is not None:
                layout.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
