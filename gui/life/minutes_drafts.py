"""Keeping a draft every few seconds while somebody types, and at once when asked."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from gui.workspace import Doors
from models.errors import UserError
from models.records.life import drafts

EVERY = 3000  # milliseconds


class DraftKeeper(QObject):
    """Asks `typed` what is not saved and keeps it as the draft of an activity.

    It goes past the workspace: a draft is no saving, and no page is to be read anew for it.
    """

    kept = Signal(object)  # when
    failed = Signal(str)

    def __init__(self, doors: Doors, typed: Callable[[], Mapping[str, str]], parent: QObject) -> None:
        super().__init__(parent)
        self._doors, self._typed = doors, typed
        self._activity_id: int | None = None
        self._known: Mapping[str, str] = {}
        self._unkept: dict[int, Mapping[str, str]] = {}
        self._clock = QTimer(self, singleShot=True, interval=EVERY)
        self._clock.timeout.connect(self.keep)

    @property
    def unkept(self) -> Mapping[int, Mapping[str, str]]:
        """What was typed of each activity that no disk took: it is here alone, till it is saved."""
        return self._unkept

    def settle(self, activity_id: int) -> None:
        """An activity was saved for good: there is no draft of it any more."""
        self._unkept.pop(activity_id, None)
        self.follow(activity_id, {})

    def follow(self, activity_id: int | None, known: Mapping[str, str]) -> None:
        """Keeps drafts of another activity from now on; `known` is the draft that there is of it."""
        self._clock.stop()
        self._activity_id, self._known = activity_id, dict(known)

    def note(self) -> None:
        """Something was typed: within a few seconds it is kept."""
        if self._activity_id is not None and not self._clock.isActive():
            self._clock.start()

    def keep(self) -> bool:
        """Keeps what is typed now, where it is not kept already; whether the disk took it."""
        self._clock.stop()
        typed = dict(self._typed())
        if self._activity_id is None or typed == self._known:
            return True
        at = datetime.now()
        try:
            with self._doors.writing("草稿") as session:
                if typed:
                    drafts.keep(session, self._activity_id, typed, at)
                else:
                    drafts.drop(session, self._activity_id)
        except UserError as refusal:
            self._clock.start()  # it is tried again: the disk may have room by then
            self._unkept[self._activity_id] = typed
            self.failed.emit(str(refusal))
            return False
        self._known = typed
        self._unkept.pop(self._activity_id, None)
        self.kept.emit(at if typed else None)
        return True
