"""The list of a year's activities, with what narrows it: year, branch, kind and words."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.palette import PALETTE
from gui.parts.cards import Card, button, fill, line_edit, row
from gui.parts.cell_painter import paint_ground, paint_tag
from gui.parts.chooser import Chooser
from gui.parts.entry_list import EntryList
from gui.parts.ledger_model import Look
from gui.parts.wrapping_row import WrappingRow
from gui.theme import scaled
from models.kinds import Tone
from models.ledgers.life.minutes_page import Entry
from models.records.life.activities import DROPPED, PLANNED, RECORDING

WIDTH, WIDEST = 250, 260
_DRAFT = "有草稿"
_TONES: dict[str, Tone] = {_DRAFT: "bad", RECORDING: "warn", PLANNED: "plain", DROPPED: "quiet"}
_PADDING = 10
Index = QModelIndex | QPersistentModelIndex


class MinutesList(Card):
    """Emits the number of the activity that is chosen, and what else is to be looked at."""

    chosen = Signal(int)
    narrowed = Signal()

    def __init__(self, new_record: Callable[[], object]) -> None:
        super().__init__(spacing=8)
        self.year = Chooser("年份", letters=5)
        self.branch = Chooser("支部", [("全部支部", None)], letters=5)
        self.kind = Chooser("活动种类", [("全部种类", None)], letters=7)
        self.filter = line_edit("筛选……", self._filter)
        self.list = EntryList("组织生活", empty="这一年还没有记录。")
        self.list.setItemDelegate(_EntryPainter(self.list))
        head = WrappingRow(row(self.year), row(self.branch), spacing=8)
        self.new = button("新记录　Ctrl+N", new_record)
        fill(self.body, head, self.kind, self.filter, self.list, self.new, spacing=8)
        self.body.setStretch(3, 1)
        self._entries: Sequence[Entry] = ()
        self._set_width()
        for chooser in (self.year, self.branch, self.kind):
            chooser.picked.connect(lambda _value: self.narrowed.emit())
        self.list.currentItemChanged.connect(self._choose)

    def offer(
        self, years: Sequence[int], branches: Sequence[tuple[str, int]], kinds: Sequence[tuple[str, str]]
    ) -> None:
        """Offers what there is to look at; what was chosen stays so."""
        self.year.offer([(f"{year}年", year) for year in years])
        self.branch.offer([("全部支部", None), *branches])
        self.branch.setVisible(len(branches) > 1)
        self.kind.offer([("全部种类", None), *kinds])

    def show_entries(self, entries: Sequence[Entry], chosen: int | None) -> None:
        """Shows the activities of a year; tells of a choice only where another than `chosen` comes to be chosen."""
        self._entries = entries
        self._fill(chosen)

    def entry(self) -> Entry | None:
        """The activity that is chosen."""
        found: Entry | None = self.list.entry()
        return found

    def choose(self, activity_id: int) -> bool:
        """Chooses an activity, without telling of it; False where it is not among those shown."""
        for place in range(self.list.count()):
            if self.list.item(place).data(Qt.ItemDataRole.UserRole).id == activity_id:
                self.list.blockSignals(True)
                self.list.setCurrentRow(place)
                self.list.blockSignals(False)
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "list"):
            self._set_width()

    def _set_width(self) -> None:
        self.setFixedWidth(min(scaled(self, WIDTH), WIDEST))

    def _filter(self, _words: str) -> None:
        entry = self.entry()
        self._fill(entry.id if entry is not None else None)

    def _fill(self, chosen: int | None) -> None:
        words = self.filter.text().strip().casefold()
        shown = [each for each in self._entries if words in _searched(each)]
        self.list.blockSignals(True)
        self.list.clear()
        for each in shown:
            self.list.add_entry(each.title, detail(each), each)
        self.list.blockSignals(False)
        if chosen is not None and self.choose(chosen):
            self.list.scrollToItem(self.list.currentItem())

    def _choose(self, now: QListWidgetItem | None, _before: Any) -> None:
        if now is not None:
            self.chosen.emit(now.data(Qt.ItemDataRole.UserRole).id)


def detail(entry: Entry) -> str:
    """The quiet line under the title: day, branch where several are shown, theme."""
    if entry.day is not None:
        day = f"{entry.day.month}月{entry.day.day}日"
    else:
        day = f"{entry.month.number}月" if entry.month is not None else ""
    return "　".join(filter(None, (day, entry.owner, entry.theme)))


def _searched(entry: Entry) -> str:
    return f"{entry.title} {detail(entry)} {entry.state} {entry.day or entry.month}".casefold()


class _EntryPainter(QStyledItemDelegate):
    """Draws kind and state above, day and theme small and quiet below."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, scaled(self._owner, 50))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        area = paint_ground(painter, option)
        words = area.adjusted(_PADDING, scaled(self._owner, 6), -_PADDING, -scaled(self._owner, 6))
        font = QFont(self._owner.font())
        taken = 0
        tag = _DRAFT if entry.has_draft else entry.state
        if tag in _TONES:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            look = Look(tag, _TONES[tag], tagged=True, bold=False, quiet=False, align=right)
            upper = words.adjusted(0, -1, 0, 0)
            upper.setHeight(QFontMetrics(font).height())
            paint_tag(painter, upper, look, font)
            taken = scaled(self._owner, 56)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.quiet if entry.state == DROPPED else PALETTE.text))
        title = QFontMetrics(font).elidedText(entry.title, Qt.TextElideMode.ElideRight, words.width() - taken)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, title)
        font.setBold(False)
        font.setPixelSize(scaled(self._owner, 12))
        painter.setFont(font)
        painter.setPen(QColor(PALETTE.quiet))
        below = QFontMetrics(font).elidedText(detail(entry), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, below)
