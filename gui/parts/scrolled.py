"""What is shown as far as there is room for it, and scrolls where it is more."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_ROUND = 12  # pixels seen above and below what is brought into view


class Scrolled(QScrollArea):
    """Its contents grow with it. Tab passes over it to them: a stop that nobody can see would swallow a key."""

    def __init__(self, contents: QWidget | None = None, *, sideways: bool = True) -> None:
        """`sideways` where contents that are too wide are scrolled too, not squeezed."""
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if contents is not None:
            self.setWidget(contents)


def bring_into_view(widget: QWidget) -> None:
    """Scrolls whatever the widget stands in so far that it is seen."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 0, _ROUND)
        above = above.parentWidget()
