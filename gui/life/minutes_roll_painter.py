"""How a line of the roll is drawn: the name at the left, the state as a tag at the right."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.palette import PALETTE
from gui.parts.cell_painter import paint_ground, paint_tag, tag_width
from gui.parts.ledger_model import Look
from gui.theme import scaled
from models.kinds import Tone
from models.ledgers.life.minutes_page import RollLine
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY, PRESENT

Index = QModelIndex | QPersistentModelIndex
TONES: Mapping[str | None, Tone] = {PRESENT: "good", LEAVE: "warn", ON_DUTY: "warn", ABSENT: "bad", None: "quiet"}
_PADDING, _HEIGHT = 6, 31


def shown_name(line: RollLine) -> str:
    """The name, with what sets the member apart."""
    return f"{line.name}{'（预备）' if line.probationary else ''}"


def shown_state(line: RollLine) -> str:
    """The state with its reason: 请假（出差）; for a guest 列席."""
    if not line.entitled and line.state in (None, PRESENT):
        return "列席"
    state = line.state or "未点名"
    return f"{state}（{line.reason}）" if line.reason else state


class RollPainter(QStyledItemDelegate):
    """Draws lines of a RollModel; whoever attends as an ordinary member beside leading others has a small 双重."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, scaled(self._owner, _HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: RollLine = index.data(Qt.ItemDataRole.UserRole)
        area = paint_ground(painter, option)
        inner = area.adjusted(_PADDING, 0, -_PADDING, -1)
        font = QFont(self._owner.font())
        state = shown_state(line)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        tone: Tone = "plain" if state == "列席" else TONES[line.state]
        room = inner.adjusted(inner.width() // 3, 0, 0, 0)
        paint_tag(painter, room, _tag(state, tone, right), font)
        taken = min(tag_width(state, QFontMetrics(font)), room.width())
        words = inner.adjusted(0, 0, -taken - 4, 0)
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.text if line.entitled else PALETTE.quiet))
        name = QFontMetrics(font).elidedText(shown_name(line), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        if line.dual:
            used = QFontMetrics(font).horizontalAdvance(name) + scaled(self._owner, 6)
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            paint_tag(painter, words.adjusted(used, 0, 0, 0), _tag("双重", "plain", left), font)


def _tag(text: str, tone: Tone, align: Qt.AlignmentFlag) -> Look:
    return Look(text, tone, tagged=True, bold=False, quiet=False, align=align)
