"""The history of one person as a list of days; what stands on another page is a link to it."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from gui.palette import PALETTE
from models.ledgers.care.history import Event


class History(QLabel):
    """The latest first; a link is followed by a click, or with Tab and Enter."""

    followed = Signal(object)  # the page and what is shown in it

    def __init__(self) -> None:
        super().__init__()
        self._events: Sequence[Event] = ()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("经过")
        self.linkActivated.connect(self._follow)

    def show_events(self, events: Sequence[Event]) -> None:
        """Shows events in place of those before."""
        self._events = events
        self.setText("".join(_told(number, event) for number, event in enumerate(events)))

    def _follow(self, link: str) -> None:
        self.followed.emit(self._events[int(link)].place)


def _told(number: int, event: Event) -> str:
    kind = f"<b>{escape(event.kind)}</b>"
    if event.place is not None:
        kind = f'<a style="color:{PALETTE.red}" href="{number}">{kind}</a>'
    detail = f"<br>{escape(event.detail)}" if event.detail else ""
    day = f'<span style="color:{PALETTE.quiet}">{event.on}</span>'
    return f'<p style="margin:0 0 9px 0">{day}　{kind}{detail}</p>'
