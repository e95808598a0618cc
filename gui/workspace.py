"""What every page works with: the open data file, what is looked at, and the news that something was saved."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from models.kinds import Tone


@dataclass(frozen=True)
class Found:
    """A member found by the search: what is needed to tell one from another of the same name."""

    id: int
    name: str
    detail: str = ""


@dataclass(frozen=True)
class Facts:
    """What the frame of the window shows; an empty text is left out. `badges` are counts by page name.

    `read_only` says that nothing can be saved.
    """

    organisation: str = ""
    month: str = ""
    members: str = ""
    backup: str = ""
    badges: Mapping[str, int] = field(default_factory=dict)
    read_only: bool = False
    backup_tone: Tone = "plain"
    backup_hint: str = ""


class Doors(Protocol):
    """The two doors of models.database.Database (named here so that the frame opens before SQLAlchemy is loaded)."""

    @property
    def path(self) -> Path: ...

    @property
    def encrypted(self) -> bool: ...

    @property
    def read_only(self) -> bool: ...

    def reading(self) -> AbstractContextManager[Any]: ...

    def writing(self, what: str) -> AbstractContextManager[Any]: ...


def _no_one(text: str) -> Sequence[Found]:
    return ()


class Workspace(QObject):
    """The open data file as pages see it; `view` is a models.ledger.View.

    `find(text)` searches members, `facts()` tells the frame of the window what to show, `undo_last()` takes the
    last action back and answers a sentence saying what was undone (UserError when there is nothing to undo), and
    `redo_last()` does again what was undone.
    """

    saved = Signal(str)
    viewed = Signal()
    backed_up = Signal(object)  # the moment of a backup that was asked for
    backups_told = Signal()  # what `last_backup` says is no longer as it was
    file_wanted = Signal(object)  # the path of another data file that is to take this one's place, None to look for it
    new_file_wanted = Signal()
    lock_wanted = Signal()

    def __init__(
        self,
        database: Doors,
        view: Any,
        *,
        find: Callable[[str], Sequence[Found]] = _no_one,
        facts: Callable[[], Facts] = Facts,
        undo_last: Callable[[], str] | None = None,
        redo_last: Callable[[], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.database = database
        self.view = view
        self.find = find
        self.facts = facts
        self.folder: Path | None = None  # where files were last saved or opened
        self.agreed: set[str] = set()  # the private things that may be exported, as agreed in this window
        self.backup_folder: Callable[[], Path] = Path.cwd
        self.last_backup: Callable[[], str] = str  # when it was made, in words
        self._undo_last = undo_last
        self._redo_last = redo_last

    def reading(self) -> AbstractContextManager[Any]:
        """A session to read with; what is read outlives it."""
        return self.database.reading()

    @contextmanager
    def writing(self, what: str) -> Iterator[Any]:
        """A session to write with: all of it is saved, `saved` is emitted and pages reload, or none of it is."""
        with self.database.writing(what) as session:
            yield session
        self.saved.emit(what)

    def look_at(self, view: Any) -> None:
        """Changes what is looked at (day, period, branch) in every page."""
        if view != self.view:
            self.view = view
            self.viewed.emit()

    @property
    def can_undo(self) -> bool:
        return self._undo_last is not None

    def undo(self) -> str:
        """Takes the last action back; the sentence says which."""
        sentence = self._undo_last() if self._undo_last else ""
        self.saved.emit("撤销")
        return sentence

    def redo(self) -> str:
        """Does again what was undone last; the sentence says what."""
        sentence = self._redo_last() if self._redo_last else ""
        self.saved.emit("重做")
        return sentence
