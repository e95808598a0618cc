"""The second step of an import: which sheet, and which heading is read as which column."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.importing.work import HeadingLine, in_lines, named
from gui.palette import PALETTE
from gui.parts.cards import Card, button, fill, label, row
from gui.parts.chooser import Chooser
from gui.theme import scaled
from importers.values import heading_seen
from models.ledger import Ledger

_LEFT_OUT = "不读入"
_TITLES = ("文件里的列名", "前几行的内容", "读入为")


class ColumnsStep(QFrame):
    """The mapping of headings to columns, to be looked over and corrected."""

    sheet_chosen = Signal(object)  # its name, None for finding it by itself
    forgotten = Signal()

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._lines: Sequence[HeadingLine] = ()
        columns = [column for column in ledger.columns if column.entered or column.key == "id"]
        self._titles = {column.key: column.title for column in columns}
        self._choices = [(_LEFT_OUT, None), *((column.title, column.key) for column in columns)]
        self.sheet = Chooser("工作表", letters=14)
        self.branch = Chooser("没有写支部的行归入", letters=16)
        self.sheet_words = label("工作表", "quiet")
        self.branch_words = label("没有写支部的行归入", "quiet")
        self.notices = label("", "small", "warn", wrap=True)
        self.summary = label("", "quiet", wrap=True)
        self.forget_button = button("忘掉记住的", self.forgotten.emit, flat=True)
        self.table = QTableWidget(0, len(_TITLES))
        self.table.setHorizontalHeaderLabels(list(_TITLES))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.chosen: list[Chooser] = []
        told = row(self.summary, self.forget_button)
        told.setStretch(0, 1)
        above = row(self.sheet_words, self.sheet, self.branch_words, self.branch, 1, spacing=12)
        fill(
            layout := QVBoxLayout(self),
            Card(above, told, self.notices, spacing=6),
            _framed(self.table),
            spacing=10,
        )
        layout.setStretch(1, 1)
        self.sheet.picked.connect(self.sheet_chosen)

    def offer_sheets(self, names: Sequence[str], found: Sequence[str]) -> None:
        """Offers the sheets of the file; `found` are those that were taken without asking."""
        words = f"自动（{named(found)}）" if found else "请选择工作表"
        self.sheet.offer([(words, None), *((name, name) for name in names)])
        for part in (self.sheet, self.sheet_words):
            part.setVisible(len(names) > 1)

    def offer_branches(self, branches: Sequence[tuple[str, int]]) -> None:
        """Offers the branches there are; with one alone there is nothing to choose."""
        self.branch.offer([("以表里写的为准", None), *branches])
        for part in (self.branch, self.branch_words):
            part.setVisible(len(branches) > 1)

    def show_lines(self, lines: Sequence[HeadingLine], notices: Sequence[str]) -> None:
        """Shows each heading with what it was taken for."""
        self._lines = lines
        self.notices.setText(in_lines(notices))
        self.notices.setVisible(bool(notices))
        self.table.setRowCount(len(lines))
        self.table.verticalHeader().setDefaultSectionSize(scaled(self, 38))
        self.table.setColumnWidth(0, scaled(self, 220))
        self.table.setColumnWidth(2, scaled(self, 230))
        self.chosen = []
        for number, line in enumerate(lines):
            mark = "　（记住的）" if line.remembered else ""
            self.table.setItem(number, 0, QTableWidgetItem(heading_seen(line.text) + mark))
            samples = QTableWidgetItem("　".join(line.samples))
            samples.setForeground(QColor(PALETTE.quiet))
            self.table.setItem(number, 1, samples)
            chooser = Chooser(f"{heading_seen(line.text)}读入为", self._choices, letters=10)
            chooser.choose(line.key)
            chooser.picked.connect(lambda _key: self._summarise())
            cell = QWidget()
            fill(QVBoxLayout(cell), chooser, margins=(4, 2, 4, 2))
            self.table.setCellWidget(number, 2, cell)
            self.chosen.append(chooser)
        self.forget_button.setVisible(any(line.remembered for line in lines))
        self._summarise()

    def remembered(self) -> list[str]:
        """The headings that are read as somebody had them read before."""
        return [line.text for line in self._lines if line.remembered]

    def corrections(self) -> dict[str, str | None]:
        """The headings that are to be read otherwise than was found; ValueError when two are read as one column."""
        taken: dict[str, str] = {}
        for line, chooser in zip(self._lines, self.chosen, strict=True):
            key, heading = chooser.value(), heading_seen(line.text)
            if key in taken:
                raise ValueError(f"“{taken[key]}”和“{heading}”都读入为“{self._titles[key]}”，请只留一个。")
            if key is not None:
                taken[key] = heading
        return {
            line.text: chooser.value()
            for line, chooser in zip(self._lines, self.chosen, strict=True)
            if chooser.value() != line.key
        }

    def require_branch(self, named: bool) -> None:
        """ValueError when rows would belong to no branch: neither a column nor a line over them names one (`named`).

        None was chosen either, of the several there are.
        """
        offered = self.branch.count() > 2  # beside the line that chooses none
        stated = "branch" not in self._titles or any(chooser.value() == "branch" for chooser in self.chosen)
        if offered and not (stated or named) and self.branch.value() is None:
            raise ValueError("表里没有“所在党支部”一列，请在上面选择这些人归入哪个支部。")

    def _summarise(self) -> None:
        out = [
            heading_seen(line.text)
            for line, chooser in zip(self._lines, self.chosen, strict=True)
            if chooser.value() is None
        ]
        words = f"共 {len(self._lines)} 列，读入 {len(self._lines) - len(out)} 列。"
        if out:
            words += f"不读入：{named(out)}。"
        self.summary.setText(words + "请核对“读入为”，不对的可以改。")


def _framed(table: QTableWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("card", True)
    table.setFrameShape(QFrame.Shape.NoFrame)
    fill(QVBoxLayout(frame), table, margins=(1, 1, 1, 6))
    return frame
