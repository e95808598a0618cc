"""The last step of an import: what would be added, changed and refused, before anything is saved."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QFrame, QTabBar, QVBoxLayout

from gui.importing.work import Preview, in_lines, named
from gui.parts.cards import Card, button, column, fill, label, restyle, row
from gui.parts.ledger_view import LedgerView
from models.kinds import Tone
from models.ledger import Sheet

_FIGURES = ("新增", "修改", "没有变化", "有问题，不导入", "跳过")
_NOTHING_NEW = "表里的内容和程序里的一样，没有要新增或修改的。"


class PreviewStep(QFrame):
    """Five figures, what would be made besides, and a table for each sort of row."""

    def __init__(self, save_problems: Callable[[], object]) -> None:
        super().__init__()
        self._sheets: Mapping[str, Sheet] = {}
        self.figures = [label("0", "figure") for _ in _FIGURES]
        pairs = (
            column(figure, label(words, "quiet"), spacing=0)
            for figure, words in zip(self.figures, _FIGURES, strict=True)
        )
        self.notices = label("", "small", wrap=True)
        self.made = label("", "quiet", "warn", wrap=True)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.problems_button = button("把有问题的行另存为 Excel…", save_problems, flat=True, icon="download")
        self.table = LedgerView(_NOTHING_NEW)
        tab_line = row(self.tabs, self.table.mask_switch, self.problems_button)
        tab_line.setStretch(0, 1)
        self.table.mask_switch.setChecked(True)  # numbers are looked over here
        fill(
            layout := QVBoxLayout(self),
            Card(column(row(*pairs, 1, spacing=34), self.made, self.notices, spacing=6)),
            tab_line,
            self.table,
            spacing=8,
        )
        layout.setStretch(2, 1)
        self.tabs.currentChanged.connect(self._show_table)

    def show_preview(self, preview: Preview, sheets: Mapping[str, Sheet]) -> None:
        """Shows what saving would do; `sheets` are the tables by the words on their tabs."""
        counts = preview.report.counts
        troubled = len({(each.sheet, each.row) for each in preview.report.problems})
        figures: tuple[tuple[int, Tone], ...] = (
            (counts["added"], "good"),
            (counts["updated"], "good"),
            (counts["unchanged"], "plain"),
            (troubled, "bad"),
            (len(preview.report.match.skipped), "plain"),
        )
        for shown, (number, tone) in zip(self.figures, figures, strict=True):
            shown.setText(f"{number:,}")
            restyle(shown, tone=tone if number else "quiet")
        made = [f"会新建党支部：{named(preview.made.branches)}。"] if preview.made.branches else []
        made += [f"会新建党小组：{named(preview.made.groups)}。"] if preview.made.groups else []
        self.made.setText("".join(made))
        self.made.setVisible(bool(made))
        notices = preview.report.match.notices
        self.notices.setText(in_lines(notices))
        self.notices.setVisible(bool(notices))
        self.problems_button.setVisible(bool(troubled))
        self._show_sheets(sheets)

    def _show_sheets(self, sheets: Mapping[str, Sheet]) -> None:
        self._sheets = sheets
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for words in sheets:
            self.tabs.addTab(words)
        self.tabs.blockSignals(False)
        self.tabs.updateGeometry()  # a bar filled while it is hidden keeps the height of an empty one
        self._show_table(0)

    def _show_table(self, place: int) -> None:
        sheets = list(self._sheets.values())
        self.table.setVisible(bool(sheets))
        if 0 <= place < len(sheets):
            self.table.show_sheet(sheets[place])
