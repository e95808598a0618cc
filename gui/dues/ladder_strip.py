"""The stages of the ladder of arrears over its ledger: how many stand on each, and a way to see only these."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from gui.parts.cards import button, fill
from models.ledgers.dues.ladder import Rung

_SHORT = {"达到六个月，请支部研究": "达到六个月"}


class LadderStrip(QWidget):
    """A button for each stage in order; the one pressed narrows the ledger, pressed again it shows all."""

    picked = Signal(str)  # the stage, "" for all

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._line = QHBoxLayout(self)
        fill(self._line, spacing=8)

    def show_rungs(self, rungs: Sequence[Rung]) -> None:
        """Shows the stages with their members; the one that was chosen stays so while somebody stands on it."""
        chosen = self.chosen()
        for old in self.buttons.values():
            self._line.removeWidget(old)
            old.deleteLater()
        self.buttons.clear()
        for rung in rungs:
            sum_ = f"　{rung.owed:,.2f} 元" if rung.people else ""
            made = button(f"{_SHORT.get(rung.stage, rung.stage)}　{rung.people} 人{sum_}", lambda: None)
            made.setCheckable(True)
            made.setEnabled(rung.people > 0)
            made.setChecked(rung.stage == chosen and rung.people > 0)
            made.toggled.connect(lambda on, stage=rung.stage: self._toggled(stage, on))
            self.buttons[rung.stage] = made
            self._line.addWidget(made, 1)
        if chosen and chosen != self.chosen():
            self.picked.emit("")

    def chosen(self) -> str:
        """The stage that is chosen, "" for none."""
        return next((stage for stage, each in self.buttons.items() if each.isChecked()), "")

    def _toggled(self, stage: str, on: bool) -> None:
        for other, each in self.buttons.items():
            if on and other != stage:
                with QSignalBlocker(each):
                    each.setChecked(False)
        self.picked.emit(stage if on else "")
