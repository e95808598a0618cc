"""The buttons beside the title while the view 记录 is shown."""

from typing import Protocol

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from gui import icons
from gui.parts.cards import button, restyle, row
from gui.theme import TextSize
from models.ledgers.life.minutes_page import MinutesPage
from models.records.life.activities import FILED, HELD, RECORDING


class Deeds(Protocol):
    """What can be done with the record that is shown."""

    def new_record(self) -> None: ...

    def print_out(self) -> None: ...

    def export(self) -> None: ...

    def open_files(self) -> None: ...

    def print_sheet(self) -> None: ...

    def save(self) -> None: ...

    def file(self) -> None: ...

    def reopen(self) -> None: ...

    def recall(self) -> None: ...

    def upload(self) -> None: ...

    def unhold(self) -> None: ...

    def remove(self) -> None: ...


class MinutesHeader(QWidget):
    """Offers what can be done with the record as it stands."""

    def __init__(self, deeds: Deeds) -> None:
        super().__init__()
        self.print = button("打印记录", deeds.print_out)
        self.print.setToolTip("Ctrl+P")
        self.files = button("签字件、照片", deeds.open_files)
        self.files.setToolTip("Alt+F")
        self.file = button("定稿", deeds.file, primary=True)
        self.file.setToolTip("Alt+D")
        self.reopen = button("重新打开…", deeds.reopen)
        self.more = QPushButton("更多")
        self.more.setAccessibleName("更多")
        restyle(self.more, menu=True)
        menu = QMenu(self.more)
        self.more.setMenu(menu)
        self.save = menu.addAction("保存\tCtrl+S", deeds.save)
        self.print_act = menu.addAction("打印记录\tCtrl+P", deeds.print_out)
        self.files_act = menu.addAction("签字件、照片…\tAlt+F", deeds.open_files)
        self.sheet = menu.addAction("打印签到表", deeds.print_sheet)
        self.docx = menu.addAction("导出 Word 文档…\tCtrl+E", deeds.export)
        self.recall = menu.addAction("重列应到名单", deeds.recall)
        self.upload = menu.addAction("登记上传省平台…", deeds.upload)
        self.reopen_act = menu.addAction("重新打开…", deeds.reopen)
        menu.addSeparator()
        self.unhold = menu.addAction("撤回记录，恢复为计划…", deeds.unhold)
        self.remove = menu.addAction("删除这次活动…", deeds.remove)
        self._page: MinutesPage | None = None
        self.setLayout(row(self.print, self.files, self.more, self.file, self.reopen, spacing=8))

    def show_page(self, page: MinutesPage | None) -> None:
        """Offers what can be done with an activity, None where none is shown."""
        self._page = page
        state = page.state if page is not None else ""
        held = state in HELD
        large = self.font().pixelSize() > TextSize.STANDARD.value  # there is room for fewer buttons then
        offered = {
            self.print: held and not large,
            self.files: held and not large,
            self.more: page is not None,
            self.file: state == RECORDING,
            self.reopen: state == FILED and not large,
        }
        self.reopen_act.setVisible(state == FILED and large)
        self.more.setText("" if large else "更多")
        self.more.setIcon(icons.icon("more") if large else QIcon())
        restyle(self.more, menu=not large)
        for part in sorted(offered, key=offered.__getitem__):  # who goes makes room for who comes
            part.setVisible(offered[part])
        for act in (self.print_act, self.files_act):
            act.setVisible(held and large)
        self.files.setText(f"签字件、照片（{page.files}）" if page is not None and page.files else "签字件、照片")
        for act in (self.save, self.recall):
            act.setVisible(state == RECORDING)
        self.docx.setVisible(held)
        self.upload.setVisible(held)
        self.unhold.setVisible(state == RECORDING and page is not None and page.planned[1] is not None)
        self.remove.setVisible(page is not None and state != FILED)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_page"):
            self.show_page(self._page)
