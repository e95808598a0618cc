"""What a page of the window is, and what it can ask of the window around it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.tasks import Task, Work
from gui.workspace import Workspace
from models.errors import UserError
from models.kinds import Tone
from models.ledger import View


class Page(QWidget):
    """A page: a title, the keys that work on it, and `reload`, which reads and shows the data anew.

    A page may raise UserError wherever it likes: the window shows the sentence and nothing else happens.
    `reload` runs when the page is first shown, and again after anything was saved; it keeps what is being typed.
    """

    title = ""
    keys = ""
    header: QWidget | None = None  # buttons that stand beside the title
    chapter = ""  # of the manual; the page's own name when empty

    retitled = Signal()
    told = Signal(str, str)  # tone, sentence
    left_for = Signal(str, object)  # another page's name, and what to show there
    asked_to_run = Signal(Task)
    asked_for_help = Signal(str)  # a chapter of the manual, the page's own when empty

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.tag: tuple[str, Tone] = ("", "plain")

    def reload(self) -> None:
        """Reads the data anew and shows it."""

    def leave(self) -> None:
        """Another page, another file or the end takes over: what was typed is saved or kept; it never refuses."""

    @property
    def unkept(self) -> str:
        """What would be lost with the window, as a sentence; empty when nothing is."""
        return ""

    def show_target(self, target: Any) -> None:
        """Brings what another page or the search asked for (a member's id, a month …) before the eyes."""

    def view_shown(self) -> View:
        """The day, period and branch that are looked at."""
        view: View = self.workspace.view
        return view

    def print_out(self) -> None:
        """Ctrl+P."""
        raise UserError("这一页没有要打印的内容。")

    def export(self) -> None:
        """Ctrl+E."""
        raise UserError("这一页没有可导出的内容。")

    def paste(self) -> None:
        """Ctrl+V outside of a field: brings what was copied in a spreadsheet into the ledger that is shown."""
        raise UserError("这一页不能粘贴。请先点开“党员”或一张可以导入的台账。")

    def new_record(self) -> None:
        """Ctrl+N."""
        raise UserError("这一页不能新增记录。")

    def undo(self) -> None:
        """Ctrl+Z: takes back the last thing that was saved."""
        if not self.workspace.can_undo:
            raise UserError("现在没有可以撤销的操作。")
        self.say(self.workspace.undo())

    def redo(self) -> None:
        """Ctrl+Y: does again what was taken back last, while nothing else was done since."""
        if not self.workspace.can_undo:
            raise UserError("现在没有可以重做的操作。")
        self.say(self.workspace.redo())

    def set_title(self, title: str, tag: str = "", tone: Tone = "plain") -> None:
        """Changes what stands at the head of the page; `tag` is a state shown beside it."""
        self.title, self.tag = title, (tag, tone)
        self.retitled.emit()

    def say(self, sentence: str) -> None:
        """Tells in one sentence what was done; it goes away by itself."""
        self.told.emit("good", sentence)

    def refuse(self, sentence: str) -> None:
        """Tells in one sentence what was not done and why; it stays until read."""
        self.told.emit("bad", sentence)

    def go(self, name: str, target: Any = None) -> None:
        """Opens another page, and there `target` when one is given."""
        self.left_for.emit(name, target)

    def run(self, title: str, work: Work, then: Callable[[Any], None] | None = None) -> Task:
        """Runs `work(progress)` off the main thread and hands what it returns to `then`, back on the main thread.

        A progress card with a cancel button shows after half a second; what goes wrong is shown by the window.
        """
        task = Task(title, work, self)
        if then is not None:
            task.succeeded.connect(then)
        self.asked_to_run.emit(task)
        return task


@dataclass(frozen=True)
class PageEntry:
    """A page's place in the navigation; `make` is called at the first visit and does the page's slow imports."""

    name: str
    title: str
    icon: str
    make: Callable[[Workspace], Page]
    at_bottom: bool = False
