"""A page of several views, one shown at a time; what is asked of the page is asked of the view that is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.page import Page
from gui.parts.cards import PAGE_MARGINS, button, restyle, row
from gui.workspace import Workspace


@dataclass(frozen=True)
class PageView:
    """A view of the page: its name, the word on its button, and how it is made at its first visit."""

    name: str
    title: str
    make: Callable[[Workspace], Page]


class ViewsPage(Page):
    """Its views are chosen by the buttons beside its title; each is made at its first visit.

    `name` is the page's own in the navigation. A target is the name of a view, or a pair of a view's name and what to
    show there.
    """

    def __init__(self, workspace: Workspace, name: str, views: Sequence[PageView]) -> None:
        super().__init__(workspace)
        self.name = name
        self.views = {view.name: view for view in views}
        self._views: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._shown = views[0].name
        self.stack = QStackedWidget()
        self.buttons = {view.name: button(view.title, partial(self.choose, view.name)) for view in views}
        self._own_header = row(spacing=8)
        self.header = QWidget()
        switch = row(*self.buttons.values(), spacing=0)
        self.header.setLayout(row(switch, self._own_header, spacing=14))
        self.setLayout(row(self.stack, margins=PAGE_MARGINS))
        for number, view in enumerate(views, 1):
            keys = f"Ctrl+{number}"
            self.buttons[view.name].setToolTip(keys)
            restyle(self.buttons[view.name], switch=True)
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.choose, view.name))

    @property
    def view(self) -> Page:
        """The view that is shown."""
        return self._views.get(self._shown) or self._made(self._shown)

    def choose(self, name: str, target: Any = None) -> None:
        """Shows a view, and `target` in it when one is given."""
        if self._shown != name:
            self.leave()
        self._shown = name
        shown = self.view
        if name in self._stale:
            self._stale.discard(name)
            shown.reload()
        self.stack.setCurrentWidget(shown)
        for each, page in self._views.items():
            if page.header is not None:
                page.header.setVisible(each == name)
        for each, switch in self.buttons.items():
            restyle(switch, chosen=each == name)
        if target is not None:
            shown.show_target(target)
        self._show_frame()

    def leave(self) -> None:
        if self._shown in self._views:
            self.view.leave()

    @property
    def unkept(self) -> str:
        return next((view.unkept for view in self._views.values() if view.unkept), "")

    def reload(self) -> None:
        self._stale.update(self._views)
        self.choose(self._shown)

    def show_target(self, target: Any) -> None:
        name, within = target if isinstance(target, tuple) else (target, None)
        if name in self.buttons:
            self.choose(name, within)

    def print_out(self) -> None:
        self.view.print_out()

    def export(self) -> None:
        self.view.export()

    def paste(self) -> None:
        self.view.paste()

    def new_record(self) -> None:
        self.view.new_record()

    def undo(self) -> None:
        self.view.undo()

    def redo(self) -> None:
        self.view.redo()

    def _made(self, name: str) -> Page:
        made = self.views[name].make(self.workspace)
        made.told.connect(self.told)
        made.asked_to_run.connect(self.asked_to_run)
        made.asked_for_help.connect(self.asked_for_help)
        made.retitled.connect(self._show_frame)
        made.left_for.connect(self._leave)
        self._views[name] = made
        self._stale.add(name)
        self.stack.addWidget(made)
        if made.header is not None:
            self._own_header.addWidget(made.header)
        return made

    def _leave(self, name: str, target: Any) -> None:
        """Goes to another page, or to another view of this one."""
        if name == self.name:
            self.show_target(target)
        else:
            self.left_for.emit(name, target)

    @Slot()
    def _show_frame(self) -> None:
        shown = self._views[self._shown]
        self.keys, self.chapter, self.tag = shown.keys, shown.chapter, shown.tag
        self.retitled.emit()
