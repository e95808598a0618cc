"""The frame of the window: navigation, title, search, pages, state and keys."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui import icons
from gui.frame_bars import StatusBar, TopBar
from gui.messages import Banner, Faults, ask
from gui.navigation import Navigation
from gui.page import Page, PageEntry
from gui.parts.cards import fill
from gui.parts.progress_card import ProgressCard
from gui.parts.scrolled import Scrolled
from gui.tasks import Task
from gui.theme import forget_what_is_gone
from gui.workspace import Workspace

PEOPLE_PAGE, LIFE_PAGE = "members", "life"


class MainWindow(QMainWindow):
    """Shows one page at a time; pages are made at their first visit and read anew after something was saved.

    The frame can be shown before the data file is open: `begin` hands over the workspace and opens the first page.
    """

    settled = Signal()  # the first page stands painted with its data
    person_chosen = Signal(int)
    help_wanted = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("支部台账")
        self.setWindowIcon(icons.app_icon())
        self.resize(1366, 768)
        self._entries = {entry.name: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self._frames: dict[str, Scrolled] = {}
        self._stale: set[str] = set()
        self._tasks: list[Task] = []
        self._shown = ""
        self._settled = False
        self._loses = False  # whether it may close although something is kept nowhere else
        self.workspace: Workspace | None = None
        self.navigation = Navigation(entries)
        self.top = TopBar()
        self.status = StatusBar()
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self._strip: QWidget | None = None
        self._right = right = QVBoxLayout()
        fill(right, self.top, self.stack, self.status, spacing=0)
        centre = QWidget()
        layout = QHBoxLayout(centre)
        fill(layout, self.navigation, right, spacing=0)
        layout.setStretch(1, 1)
        right.setStretch(1, 1)
        self.setCentralWidget(centre)
        self.banner = Banner(self.stack)
        self.banner.changed.connect(lambda: self.status.show_refused(self.banner.refuses))
        self.faults = Faults(self, self.banner.tell)
        self.navigation.chosen.connect(self.go)
        self.top.search.person_chosen.connect(self._open_person)
        self.top.search.minutes_wanted.connect(lambda words: self.go(LIFE_PAGE, ("find", words)))
        self._set_keys()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._watch_focus)

    def begin(self, workspace: Workspace) -> None:
        """Takes the open data file and shows the first page."""
        self.workspace = workspace
        self.top.search.search_with(workspace.find)
        workspace.saved.connect(self._after_saving)
        workspace.viewed.connect(self._refresh)
        self._show_facts(workspace)
        self.go(next(iter(self._entries)))

    def put_away(self) -> None:
        """Lets go of the data file with every page of it; the frame stands empty until the next `begin`."""
        if self.workspace is None:
            return
        self.workspace.saved.disconnect(self._after_saving)
        self.workspace.viewed.disconnect(self._refresh)
        self.workspace = None
        self.show_strip(None)
        self.banner.hide()
        self.top.clear()
        for name, frame in self._frames.items():
            self.stack.removeWidget(frame)
            frame.deleteLater()
            if (header := self._pages[name].header) is not None:
                header.deleteLater()  # it stands beside the title, no child of its page
        self._pages.clear()
        self._frames.clear()
        self._stale.clear()
        self._shown = ""
        self._settled = False
        QTimer.singleShot(0, self, forget_what_is_gone)  # with the pages, which are deleted by then

    def show_strip(self, strip: QWidget | None) -> None:
        """Puts a line above the pages that stays, in place of the last one; None takes that away."""
        if self._strip is not None:
            self._right.removeWidget(self._strip)
            self._strip.deleteLater()
        self._strip = strip
        if strip is not None:
            self._right.insertWidget(1, strip)

    @property
    def busy_with(self) -> str:
        """What is being done off the main thread; empty when nothing is."""
        return self._tasks[0].title if self._tasks else ""

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._shown)

    @Slot(str)
    def go(self, name: str, target: Any = None) -> None:
        """Shows a page, and `target` in it when one is given."""
        if self.workspace is None or name not in self._entries:
            return
        page = self._pages.get(name) or self._make(name, self.workspace)
        if self.page is not None and self._shown != name:
            self.page.leave()
        self._shown = name
        self.navigation.choose(name)
        self.stack.setCurrentWidget(self._frames[name])
        self.banner.raise_()  # what was just said stays above the page it led to
        self._show_frame()
        if name in self._stale:
            self._reload(name)
        if target is not None:
            page.show_target(target)

    def run(self, task: Task) -> None:
        """Runs a task, with a card once it takes long; what goes wrong in it is shown."""
        self._tasks.append(task)
        ProgressCard(self.centralWidget(), task, place=len(self._tasks) - 1)
        task.failed.connect(self.faults.show)
        task.cancelled.connect(lambda: self.banner.tell("plain", f"{task.title}：已取消，没有改动任何内容。"))
        task.ended.connect(lambda: self._tasks.remove(task))
        task.ended.connect(task.deleteLater)
        task.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.busy_with:
            self.banner.tell("warn", f"“{self.busy_with}”还没有做完，请等它完成或先取消它，再关闭窗口。")
            event.ignore()
            return
        if self.page is not None:
            self.page.leave()
        if self.unkept and not self._loses:
            self.ask_to_lose(self._close_and_lose)
            event.ignore()
            return
        super().closeEvent(event)

    @property
    def unkept(self) -> str:
        """What a page holds that is saved nowhere; empty when nothing is."""
        return next((page.unkept for page in self._pages.values() if page.unkept), "")

    def ask_to_lose(self, then: Callable[[], object]) -> None:
        """Asks whether to go on although what is saved nowhere is lost with the page."""
        ask(
            self, f"{self.unkept}仍要离开吗？", yes="仍要离开", no="先不离开", loses=True, then=then,
            detail="请打开那份记录，登记、保存好再离开；磁盘满了、拔掉了的，先腾出空间、插好盘。",
        )  # fmt: skip

    def _close_and_lose(self) -> None:
        self._loses = True
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.banner.isVisible():
            self.banner.hide()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and (_is_idle_undo(watched, event) or _exports(event)):
            return True  # nothing typed to take back, or to bring back: let the keys reach the page
        if event.type() == QEvent.Type.Paint and watched is self.page and not self._settled:
            self._settled = True
            QTimer.singleShot(0, self, self.settled.emit)
        return super().eventFilter(watched, event)

    def _make(self, name: str, workspace: Workspace) -> Page:
        page = self._entries[name].make(workspace)
        page.title = page.title or self._entries[name].title
        page.retitled.connect(self._show_frame)
        page.told.connect(self.banner.tell)
        page.left_for.connect(self.go)
        page.asked_to_run.connect(self.run)
        page.asked_for_help.connect(lambda chapter: self.help_wanted.emit(chapter or name))
        if not self._settled:
            page.installEventFilter(self)
        self._pages[name] = page
        self._stale.add(name)
        self._frames[name] = frame = Scrolled(page)  # in the largest text a page may outgrow a screen
        self.stack.addWidget(frame)
        return page

    def _reload(self, name: str) -> None:
        self._pages[name].reload()
        self._stale.discard(name)
        self._show_frame()

    @Slot(str)
    def _after_saving(self, what: str) -> None:
        self.status.show_saved(what, datetime.now().astimezone())
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self._stale.update(self._pages)
        if self.workspace is not None:
            self._show_facts(self.workspace)
        if self._shown:
            self._reload(self._shown)

    def _show_facts(self, workspace: Workspace) -> None:
        facts = workspace.facts()
        self.status.show_facts(facts)
        self.navigation.organisation.setText(facts.organisation)
        self.navigation.show_badges(facts.badges)

    @Slot()
    def _show_frame(self) -> None:
        if self.page is not None:
            self.top.show_page(self.page)
            self.status.keys.setText("　".join(part for part in (self.page.keys, "F1 帮助") if part))

    @Slot(int)
    def _open_person(self, member_id: int) -> None:
        self.person_chosen.emit(member_id)
        self.go(PEOPLE_PAGE, member_id)

    def _set_keys(self) -> None:
        keys = {
            "Ctrl+F": self.top.search.start,
            "F1": self._ask_for_help,
            "F5": self._refresh,
            "Ctrl+Z": lambda: self._to_page("undo"),
            "Ctrl+Y": lambda: self._to_page("redo"),
            "Ctrl+P": lambda: self._to_page("print_out"),
            "Ctrl+E": lambda: self._to_page("export"),
            "Ctrl+V": lambda: self._to_page("paste"),
            "Ctrl+N": lambda: self._to_page("new_record"),
        }
        for number, name in enumerate(self._entries, 1):
            if number <= 9:
                keys[f"Alt+{number}"] = lambda name=name: self.go(name)
                self.navigation.items[name].setToolTip(f"Alt+{number}")
        for key, slot in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    def _to_page(self, command: str) -> None:
        if self.page is not None:
            getattr(self.page, command)()

    def _ask_for_help(self) -> None:
        chapter = self.page.chapter if self.page is not None else ""
        self.help_wanted.emit(chapter or self._shown)

    @Slot(QWidget, QWidget)
    def _watch_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, QLineEdit):
            before.removeEventFilter(self)
        if isinstance(now, QLineEdit):
            now.installEventFilter(self)


def _exports(event: QEvent) -> bool:
    """Whether it is Ctrl+E, which on Linux a field would take to go to the end of its line, as the End key does."""
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_E
        and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )


def _is_idle_undo(watched: QObject, event: QEvent) -> bool:
    return (
        isinstance(watched, QLineEdit)
        and isinstance(event, QKeyEvent)
        and (
            (event.matches(QKeySequence.StandardKey.Undo) and not watched.isUndoAvailable())
            or (event.matches(QKeySequence.StandardKey.Redo) and not watched.isRedoAvailable())
        )
    )
