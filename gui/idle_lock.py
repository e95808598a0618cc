"""Locking the screen of an encrypted file: all is covered until the password is given, and stays as it was beneath."""

from collections.abc import Callable
from time import monotonic, time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget

from gui import icons
from gui.main_window import MainWindow
from gui.messages import ask
from gui.palette import PALETTE
from gui.parts.cards import fill, label, restyle
from gui.parts.dialog_size import grow_to_contents
from gui.parts.password_box import PasswordBox
from gui.theme import forget_what_is_gone
from gui.unsaved import is_unsaved
from models import access, preferences
from models.database import Database
from models.errors import UserError

_LOOK_EVERY = 5000  # milliseconds
_AWAY = 30_000  # milliseconds after which nobody waits behind a locked screen
_WORDS = "填了一半的内容都在原处，输入密码就接着办。"
_UNSAVED = "有填了一半的内容还没有保存，退出就没有了，要退出吗？"
_AT_WORK = {
    *(QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel),
    *(QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.InputMethod),
}
_INPUT = _AT_WORK | {
    *(QEvent.Type.KeyRelease, QEvent.Type.Shortcut, QEvent.Type.ShortcutOverride, QEvent.Type.ContextMenu),
    *(QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick, QEvent.Type.DragEnter, QEvent.Type.Drop),
    *(QEvent.Type.HoverMove, QEvent.Type.HoverEnter, QEvent.Type.ToolTip),
}


class Cover(QWidget):
    """Hides all of a window and stays above whatever is shown in it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sign = label()
        sign.setPixmap(icons.pixmap("lock", PALETTE.faint, 32, self.devicePixelRatioF()))
        fill(layout := QVBoxLayout(self), 1, sign, 1)
        layout.setAlignment(sign, Qt.AlignmentFlag.AlignCenter)
        window.installEventFilter(self)
        self._place()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildPolished):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.setGeometry(self.window().rect())
        self.raise_()


class LockBox(PasswordBox):
    """Asks for the password of the locked file; the only other way is to end the program."""

    leave_wanted = Signal()

    def __init__(self, database: Database, window: QWidget) -> None:
        super().__init__(
            database.path,
            lambda password: access.require_password(database, password),
            window,
            other_file=False,
            heading="已锁定，请输入密码",
        )
        self.cancel_button.hide()
        self.open_button.setText("继续")
        self.other_button.setText("退出程序")
        self.other_button.show()
        self.other_file_wanted.connect(self.leave_wanted)
        self.warning.setText(_WORDS)
        restyle(self.warning, tone="plain", role="quiet")
        self.warning.show()
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)

    def reject(self) -> None:
        """Esc leads nowhere."""

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()

    def refuse(self, sentence: str) -> None:
        """Says why it cannot be."""
        self.problem.setText(sentence)
        grow_to_contents(self)


class Guard(QObject):
    """While it lives no key and no click reaches anything but the box, and each window that appears is covered."""

    def __init__(self, box: LockBox) -> None:
        super().__init__(box)
        self._box = box
        self._covers: dict[QWidget, Cover] = {}
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._cover(window)
        self._application = QApplication.instance()
        assert self._application is not None
        self._application.installEventFilter(self)

    def lift(self) -> None:
        """Uncovers all that is still there."""
        assert self._application is not None
        self._application.removeEventFilter(self)
        for cover in self._covers.values():
            cover.hide()
            cover.deleteLater()
        self._covers.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT and not isinstance(watched, QWindow):
            return not self._is_of_box(watched)
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._cover(watched)
        return False

    def _cover(self, window: QWidget) -> None:
        if window in self._covers or self._is_of_box(window):
            return
        self._covers[window] = cover = Cover(window)
        cover.destroyed.connect(lambda: self._covers.pop(window, None))  # with its window
        QTimer.singleShot(0, self._box, self._come_forward)

    def _come_forward(self) -> None:
        self._box.raise_()
        self._box.activateWindow()

    def _is_of_box(self, part: QObject | None) -> bool:
        """Whether it is the box, a part of it, or a menu that one of its parts opened."""
        while part is not None and part is not self._box:
            part = part.parent()
        return part is not None


class IdleLock(QObject):
    """Watches for keys and the mouse in every window; locks by itself after a while, and at once by Ctrl+L."""

    left = Signal()  # the program is to end; nothing of it is to be seen any more

    def __init__(self, window: MainWindow, opened: Callable[[], Database | None]) -> None:
        """`opened` answers the file that lies open; a plain one is never locked."""
        super().__init__(window)
        self._window, self._opened = window, opened
        self._box: LockBox | None = None
        self._guard: Guard | None = None
        self._before: QWidget | None = None
        self._note()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusWindowChanged.connect(self._follow)
        for known in application.topLevelWindows():
            self._follow(known)
        watch = QTimer(self, interval=_LOOK_EVERY)
        watch.timeout.connect(self.look)
        watch.start()

    @property
    def box(self) -> LockBox | None:
        """What asks for the password while all is locked."""
        return self._box

    def look(self) -> None:
        """Locks if nobody has been at work for long enough; after sleep the computer's clock tells."""
        idle = max(monotonic() - self._last[0], time() - self._last[1]) / 60
        database = self._opened()
        if idle < 1 or self._box is not None or database is None or not database.encrypted:
            return
        if 0 < preferences.read().lock_after <= idle:
            self.lock()

    def lock(self) -> None:
        """Covers every window and asks for the password; UserError for a file without one."""
        database = self._opened()
        if self._box is not None or database is None:
            return
        if not database.encrypted:
            raise UserError("数据文件没有密码，锁不住；请先在“设置”的“密码”里设一个密码。")
        self._before = QApplication.activeWindow()
        popup = QApplication.activePopupWidget()
        while popup is not None and popup.close():
            popup = QApplication.activePopupWidget()
        QToolTip.hideText()
        self._box = LockBox(database, self._window)
        self._box.accepted.connect(self._unlock)
        self._box.leave_wanted.connect(self._ask_to_leave)
        self._guard = Guard(self._box)
        self._box.show()
        QTimer.singleShot(_AWAY, self._box, forget_what_is_gone)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _AT_WORK:
            self._note()
            if isinstance(event, QKeyEvent) and _locks(event) and self._box is None:
                QTimer.singleShot(0, self, self._try)
                return True
        return super().eventFilter(watched, event)

    def _try(self) -> None:
        try:
            self.lock()
        except UserError as refusal:
            self._window.faults.show(refusal)

    def _unlock(self) -> None:
        assert self._guard is not None
        assert self._box is not None
        self._guard.lift()
        self._box.deleteLater()
        self._box = self._guard = None
        self._note()
        if self._before in QApplication.topLevelWidgets() and self._before is not None:
            self._before.activateWindow()

    def _ask_to_leave(self) -> None:
        """Ends the program, without the password; asks first where more than a draft's content would be lost."""
        assert self._box is not None
        if self._window.busy_with:
            self._box.refuse(f"“{self._window.busy_with}”还没有做完，请等它完成，再退出程序。")
            return
        if self._window.page is not None:
            self._window.page.leave()
        if is_unsaved(self._window):
            ask(self._box, _UNSAVED, yes="放弃，退出", no="不退出", loses=True, then=self._leave)
        else:
            self._leave()

    def _leave(self) -> None:
        for window in QApplication.topLevelWidgets():
            window.hide()
        assert self._guard is not None
        self._guard.lift()  # if the backup at the end fails that must be read
        self.left.emit()

    def _follow(self, window: QWindow | None) -> None:
        """Watches a window from the first time that it is worked in."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _note(self) -> None:
        self._last = monotonic(), time()


def _locks(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
