"""What is asked when a data file turns out to be damaged: whether to go on with its newest good backup."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui import icons
from gui.parts.cards import Figures, button, fill, label, row
from gui.theme import scaled
from models import since
from models.manifests import Backup
from models.mending import Offer

_WIDTH = 600
_STAYS = "损坏的文件不会删除：它改名放在旁边，名字里写着“损坏”和今天的日期。"


class DamagedDialog(QDialog):
    """Tells what the backup holds beside the damaged file's last state; Enter goes on with it."""

    agreed = Signal()
    other_file_wanted = Signal()

    def __init__(self, path: Path, sentence: str, offered: Offer, parent: QWidget) -> None:
        """`sentence` says how the damage was noticed."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("数据文件已损坏")
        self.setWindowIcon(icons.app_icon())
        self.said = label(sentence, "", "bad", wrap=True)
        self.lost = label(_lost(offered), "", "plain" if _loses_nothing(offered) else "warn", wrap=True)
        self.held = Figures()
        self.held.show_figures([(each.name, each.text, "plain") for each in offered.figures])
        self.held.setVisible(bool(offered.figures))
        self.go_on_button = button("用这份备份继续", self._go_on, primary=True)
        self.go_on_button.setDefault(True)
        self.other_button = button("打开别的文件或备份", self._leave, flat=True)
        self.cancel_button = button("取消", self.reject)
        fill(
            QVBoxLayout(self),
            label(f"“{path.name}”已损坏，打不开", "heading", wrap=True), self.said,
            label(_told(offered.backup), "strong", wrap=True), self.lost, self.held,
            label(_STAYS, "quiet", wrap=True),
            row(self.other_button, 1, self.cancel_button, self.go_on_button, margins=(0, 6, 0, 0)),
            spacing=10, margins=(20, 18, 20, 16),
        )  # fmt: skip
        self.setMinimumWidth(scaled(self, _WIDTH))
        self.go_on_button.setFocus()

    def _go_on(self) -> None:
        self.accept()
        self.agreed.emit()

    def _leave(self) -> None:
        self.done(QDialog.DialogCode.Accepted)
        self.other_file_wanted.emit()


def _told(backup: Backup) -> str:
    scans = f"，连同 {len(backup.scans)} 个扫描件" if backup.scans else ""
    doubt = "" if backup.sound else "，但做备份时账目和操作记录就对不上"
    return f"最近一份好的备份做于 {backup.made_at:%Y-%m-%d %H:%M}，刚刚核验过，一字不差{scans}{doubt}。"


def _loses_nothing(offered: Offer) -> bool:
    return offered.later == {} or (offered.later is None and offered.written <= offered.backup.made_at)


def _lost(offered: Offer) -> str:
    """What was done after the backup and is not in it."""
    if _loses_nothing(offered):
        return "做备份以后没有再改动，什么都不会丢。"
    if offered.later is None:
        written = _moment(offered.written)
        return f"损坏的文件最后一次写入是 {written}；做备份以后改动过的，读不出来了，要重新登记。"
    return f"做备份以后还改动过，要重新登记：{since.told(offered.later)}。"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
