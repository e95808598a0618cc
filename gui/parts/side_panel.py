"""The card beside a table that tells of what is chosen in it: figures, grounds, what happened, what can be done."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from gui.parts.cards import NO_MARGINS, Card, Figures, button, fill, label, restyle
from gui.parts.scrolled import Scrolled
from gui.theme import scaled
from models.kinds import Tone

WIDTH = 186


@dataclass(frozen=True)
class Deed:
    """Something that can be done with what is chosen."""

    words: str
    slot: Callable[[], object]
    primary: bool = False


@dataclass(frozen=True)
class Content:
    """What the panel tells: a title, (name, amount, tone) lines, grounds of which the first stands out, and steps.

    A step is (when, what); `note` is a quiet sentence; `deeds` are buttons.
    """

    title: str
    figures: tuple[tuple[str, str, Tone], ...] = ()
    grounds: tuple[str, ...] = ()
    steps: tuple[tuple[str, str], ...] = ()
    note: str = ""
    deeds: tuple[Deed, ...] = ()


class SidePanel(Scrolled):
    """Scrolls by itself when it tells more than the page is high."""

    def __init__(self) -> None:
        super().__init__(sideways=False)
        self.content: Content | None = None
        self.title = label("", "heading", wrap=True)
        self.figures = Figures()
        self.grounds = QFrame()
        self.grounds.setProperty("panel", True)
        self._ground_lines = QVBoxLayout(self.grounds)
        self.steps = QWidget()
        self._step_grid = QGridLayout(self.steps)
        self.note = label("", "quiet", wrap=True)
        self.deeds = QWidget()
        self._deed_column = QVBoxLayout(self.deeds)
        self.course = label("经过", "heading")
        fill(self._ground_lines, spacing=3, margins=(10, 8, 10, 8))
        fill(self._deed_column, spacing=8)
        self._step_grid.setContentsMargins(*NO_MARGINS)
        self._step_grid.setVerticalSpacing(4)
        self._step_grid.setColumnStretch(1, 1)
        card = Card(
            self.title, self.figures, self.grounds, self.course, self.steps, self.note, self.deeds, 1, spacing=10
        )
        self.setWidget(card)
        self._set_width()

    def show_content(self, content: Content | None) -> None:
        """Tells of what is chosen; None empties the panel."""
        self.content = content
        shown = content or Content("")
        self.title.setText(shown.title)
        self.figures.show_figures(shown.figures)
        self.figures.setVisible(bool(shown.figures))
        self._show_grounds(shown)
        self._show_steps(shown)
        self.note.setText(shown.note)
        self.note.setVisible(bool(shown.note))
        _empty(self._deed_column)
        for deed in shown.deeds:
            made = button(deed.words, deed.slot, primary=deed.primary)
            restyle(made, leading=True)
            self._deed_column.addWidget(made)
        self.deeds.setVisible(bool(shown.deeds))

    def deed(self, start: str) -> Deed | None:
        """The deed whose words begin so."""
        deeds = self.content.deeds if self.content is not None else ()
        return next((deed for deed in deeds if deed.words.startswith(start)), None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._set_width()
        super().changeEvent(event)

    def _show_grounds(self, shown: Content) -> None:
        _empty(self._ground_lines)
        for number, words in enumerate(shown.grounds):
            self._ground_lines.addWidget(label(words, "" if number == 0 else "small", wrap=True))
        self.grounds.setVisible(bool(shown.grounds))

    def _show_steps(self, shown: Content) -> None:
        _empty(self._step_grid)
        top = Qt.AlignmentFlag.AlignTop
        for number, (when, what) in enumerate(shown.steps):
            self._step_grid.addWidget(label(when, "quiet"), number, 0, top)
            self._step_grid.addWidget(label(what, "quiet", wrap=True), number, 1, top)
        self.course.setVisible(bool(shown.steps))
        self.steps.setVisible(bool(shown.steps))

    def _set_width(self) -> None:
        self.setFixedWidth(scaled(self, WIDTH))


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
