"""What the window says: one sentence that something was done or refused, a question, or that the program erred."""

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMessageBox, QToolButton, QWidget

from gui import icons
from gui.palette import TONES
from gui.parts.cards import fill, label, restyle
from models.errors import DamagedError, UserError
from models.kinds import Tone

LOG = logging.getLogger("gui")
_GOOD_NEWS_STAYS = 5000  # milliseconds; a refusal stays until it is read
_MENDING = "请到“设置”的“备份”里选最近一份好的，点“恢复成新文件”，再点“打开它”。"
_ICONS = {"good": "check", "warn": "alert", "bad": "alert"}


class Banner(QFrame):
    """One sentence over the foot of its parent; Esc, its cross or the next sentence takes it away."""

    changed = Signal()  # another sentence stands, or none any more

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self._sign = label()
        self.words = label(wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = QToolButton()
        close.setIcon(icons.icon("x"))
        close.setToolTip("关闭　Esc")
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        fill(layout, self._sign, self.words, close, margins=(14, 6, 8, 6))
        layout.setStretch(1, 1)
        self._fade = QTimer(self, singleShot=True, interval=_GOOD_NEWS_STAYS)
        self._fade.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, tone: Tone, sentence: str) -> None:
        """Shows the sentence; good news goes by itself, anything else stays until it is read."""
        self._sign.setPixmap(icons.pixmap(_ICONS.get(tone, "info"), TONES[tone][0], 18, self.devicePixelRatioF()))
        restyle(self, banner=tone)
        restyle(self.words, tone=tone)
        self.words.setText(sentence)
        self.words.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()
        self._fade.stop()
        if tone in ("good", "plain"):
            self._fade.start()
        self.changed.emit()

    @property
    def refuses(self) -> bool:
        """Whether a sentence stands that says what was not done."""
        return not self.isHidden() and self.property("banner") == "bad"

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._room.rect()
        words = self.words.fontMetrics().horizontalAdvance(self.words.text())
        width = min(words + 100, room.width() - 60)
        self.setFixedWidth(max(width, 240))
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.move(room.center().x() - self.width() // 2, room.bottom() - self.height() - 14)


def ask(
    parent: QWidget,
    question: str,
    *,
    yes: str,
    then: Callable[[], object],
    no: str = "取消",
    detail: str = "",
    loses: bool = False,
) -> QMessageBox:
    """Asks without stopping the window; `then` runs when `yes` is pressed, nothing happens otherwise (Esc is no).

    Enter means yes, but no where yes `loses` what was typed.
    """
    box = QMessageBox(QMessageBox.Icon.NoIcon, "支部台账", question, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    usual = refuse if loses else agree
    restyle(usual, primary=True)
    box.setDefaultButton(usual)
    box.setEscapeButton(refuse)
    box.buttonClicked.connect(lambda pressed: then() if pressed is agree else None)
    box.open()
    return box


class Faults(QObject):
    """The last line of defence: shows refusals as sentences and bugs in one dialog, and never dies of either."""

    def __init__(self, window: QWidget, tell: Callable[[Tone, str], None]) -> None:
        super().__init__(window)
        self._window = window
        self._tell = tell
        self._dialog: QMessageBox | None = None

    def catch_all(self) -> None:
        """Has everything that no slot caught brought here."""
        sys.excepthook = self.handle

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Shows what went wrong; the signature is that of sys.excepthook."""
        _forget_last()
        if isinstance(error, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, DamagedError):
            self._tell("bad", f"{error}{_MENDING}")
        elif isinstance(error, UserError):
            self._tell("bad", str(error))
        else:
            from models import faults

            self._bug(faults.places(error))

    def show(self, error: BaseException) -> None:
        """Shows an error that was carried here, as from a task."""
        self.handle(type(error), error, error.__traceback__)

    def _bug(self, where: str) -> None:
        from models import faults

        if not LOG.hasHandlers():
            faults.keep_log()
        LOG.error("%s", where)
        if self._dialog is not None:
            return  # one is enough; the log has them all
        box = QMessageBox(
            QMessageBox.Icon.NoIcon, "支部台账", "程序出了一个错误，刚才的操作没有完成。", parent=self._window
        )
        box.setInformativeText("已保存的内容不受影响。错误记录里只有程序的位置，没有党员信息，可以复制给维护人员。")
        box.setDetailedText(where)
        copy = box.addButton("复制错误记录", QMessageBox.ButtonRole.ActionRole)
        close = box.addButton("继续使用", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(close)
        box.setEscapeButton(close)
        box.buttonClicked.connect(
            lambda pressed: QGuiApplication.clipboard().setText(where) if pressed is copy else None
        )
        box.finished.connect(self._dismissed)
        self._dialog = box
        box.open()

    def _dismissed(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None


def _forget_last() -> None:
    """Lets go of the last error, which Python keeps for a debugger: every window and record on its way with it."""
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        vars(sys).pop(name, None)
