"""The first step of an import: which file or files, and the password if one has one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui import icons
from gui.importing.pasting import local_files
from gui.palette import PALETTE
from gui.parts.cards import button, fill, label, restyle, row
from gui.parts.password_fields import PasswordField
from gui.theme import scaled

_KINDS = (
    "Excel（.xlsx、.xls）、WPS 表格、CSV 都可以，也可以在表格里复制几行来粘贴。表里要有一行列名，写法不必和程序里一样，"
    "下一步可以核对。一次选几个文件、拖进来一个文件夹，就一个接一个地导入，各存各的。"
)


class FileStep(QWidget):
    """A place to drop files, a button to look for them, and a field for the password of a locked one."""

    file_wanted = Signal()
    pasting_wanted = Signal()
    history_wanted = Signal()
    dropped = Signal(list)  # of paths
    password_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.choose_button = button("选择文件…", self.file_wanted.emit, primary=True)
        self.paste_button = button("粘贴　Ctrl+V", self.pasting_wanted.emit)
        picture = label()
        picture.setPixmap(icons.pixmap("file-spreadsheet", PALETTE.faint, 40, self.devicePixelRatioF()))
        words = label(_KINDS, "quiet", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.lock = QWidget()
        self.lock_words = label("", "heading", wrap=True)
        self.password = PasswordField("文件密码")
        self.password.setFixedWidth(scaled(self, 220))
        self.open_button = button("打开", self._give, primary=True)
        fill(QVBoxLayout(self.lock), self.lock_words, row(1, self.password, self.open_button, 1), spacing=8)
        self.lock.hide()
        self.zone = QFrame()
        self.zone.setProperty("card", True)
        heading = label("把文件或文件夹拖到这里，或者", "heading")
        layout = QVBoxLayout(self.zone)
        ways = row(1, self.choose_button, self.paste_button, 1)
        fill(layout, 2, picture, heading, ways, words, self.lock, 3, spacing=14, margins=(40, 20, 40, 20))
        for part in (picture, heading, self.lock_words):
            layout.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
        self.history_button = button("以前的导入、整批撤销…", self.history_wanted.emit, flat=True)
        fill(QVBoxLayout(self), self.zone, row(self.history_button, 1))
        self.password.returnPressed.connect(self._give)

    def ask_password(self, path: Path) -> None:
        """Asks for the password of a file."""
        self.lock_words.setText(f"“{path.name}”有密码，请输入打开它的密码：")
        self.lock.show()
        restyle(self.choose_button, primary=False)
        self.password.setFocus()
        self.password.selectAll()

    def forget_password(self) -> None:
        """Asks for no password any more."""
        self.lock.hide()
        self.password.clear()
        restyle(self.choose_button, primary=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _give(self) -> None:
        if self.password.text():
            self.password_given.emit(self.password.text())
