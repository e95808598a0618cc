"""What stands above the roster: whom to show, how many they are, which columns."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from gui.parts.cards import Card, button, label, line_edit, row
from gui.parts.chooser import Chooser
from models import codes
from models.ledgers.members.roster import count
from models.records.members.members import IN_THE_BRANCH

PRESENT, GONE, EVERYONE = "在册", "已离开", "全部"


class MemberFilters(Card):
    """Choosers of branch and group, category and status, the text filter, and the line of counts."""

    typed = Signal(str)
    changed = Signal()

    def __init__(self, mask_switch: QCheckBox, choose_columns: Callable[[], object]) -> None:
        self.text = line_edit("筛选姓名、首字母、证号尾号……", self._type)
        self.place = Chooser("党支部、党小组", letters=8)
        self.category = Chooser("人员类别", [("全部类别", None), *((each, each) for each in codes.CATEGORY.options)])
        self.status = Chooser("状态", [(each, each) for each in (PRESENT, GONE, EVERYONE)], letters=4)
        self.counts = label("", "quiet", wrap=True)
        self.columns = button("选择列", choose_columns, flat=True, icon="columns")
        upper = row(self.text, self.place, self.category, self.status)
        upper.setStretch(0, 1)
        lower = row(self.counts, mask_switch, self.columns, spacing=14)
        lower.setStretch(0, 1)
        super().__init__(upper, lower, spacing=6)
        for chooser in (self.place, self.category, self.status):
            chooser.picked.connect(lambda _value: self.changed.emit())

    def offer(self, rows: Sequence[Any]) -> None:
        """Offers the branches and groups that the rows have."""
        places = list(dict.fromkeys((row.branch, row.group) for row in rows))
        branches = list(dict.fromkeys(branch for branch, _ in places))
        several = len(branches) > 1
        choices: list[tuple[str, tuple[str, str | None] | None]] = [("全部支部" if several else "全部党小组", None)]
        for branch in branches:
            if several:
                choices.append((branch, (branch, None)))
            groups = sorted(group for owner, group in places if owner == branch and group)
            choices += [("　" * several + group, (branch, group)) for group in groups]
        self.place.offer(choices)

    def wanted(self, row: Any) -> bool:
        """Whether a row is among those chosen (the text apart)."""
        place, category, status = self.place.value(), self.category.value(), self.status.value()
        present = row.status == IN_THE_BRANCH
        return (
            (status == EVERYONE or present == (status == PRESENT))
            and (category is None or row.category == category)
            and (place is None or (row.branch == place[0] and place[1] in (None, row.group)))
        )

    def show_counts(self, rows: Sequence[Any], shown: Sequence[Any]) -> None:
        """Says how many members there are, and how many of them are shown where that differs."""
        present = [row for row in rows if row.status == IN_THE_BRANCH]
        words = count(present).chinese
        if [row.id for row in shown] != [row.id for row in present] and len(shown) != len(present):
            words += f"　显示 {len(shown)} 人"
        self.counts.setText(words)

    def show_everybody(self) -> None:
        """Takes every filter away, so that whoever is looked for can be seen."""
        self.place.choose(None)
        self.category.choose(None)
        self.status.choose(EVERYONE)
        self.text.clear()
        self.changed.emit()

    def _type(self, text: str) -> None:
        self.typed.emit(text)
