"""What is found before a record is filed: what stops it leads to the place where it is mended."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.ledgers.chapters import offer_help
from gui.parts.cards import button, column, fill, label, row
from gui.parts.dialog_size import fit_to_contents
from gui.theme import scaled
from models.rules.minutes import Finding

_WIDTH = 520


class FilingDialog(QDialog):
    """Lists the findings; `mend` is handed the field of one, `file` runs where nothing stops the filing."""

    def __init__(
        self,
        found: Sequence[Finding],
        mend: Callable[[str], object],
        file: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        offer_help(self, "minutes")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        stops = [each for each in found if each.stops]
        self.setWindowTitle("还不能定稿" if stops else "定稿")
        said = f"还有 {len(stops)} 处要处理，处理完再定稿：" if stops else "可以定稿，请先看一下："
        self.lines = [_line(each, mend, self) for each in found]
        self.file_button = button("仍然定稿", self.accept, primary=True)
        self.file_button.setVisible(not stops)
        self.accepted.connect(file)
        close = button("去处理" if stops else "先不定稿", self.reject, primary=bool(stops))
        if stops:
            self.rejected.connect(lambda: mend(stops[0].field))
        body = column(label(said, "strong"), *self.lines, spacing=6)
        fill(QVBoxLayout(self), body, row(1, close, self.file_button), spacing=14, margins=(18, 16, 18, 14))
        self.setMinimumWidth(scaled(self, _WIDTH))
        fit_to_contents(self)
        (close if stops else self.file_button).setFocus()


def _line(finding: Finding, mend: Callable[[str], object], dialog: QDialog) -> QWidget:
    """One finding, with a button that closes the dialog and leads to where it is mended."""

    def go() -> None:
        dialog.blockSignals(True)  # it is this place that is wanted, not the first
        dialog.reject()
        dialog.blockSignals(False)
        mend(finding.field)

    made = QWidget()
    words = label(
        ("● " if finding.stops else "○ ") + finding.sentence, "", "bad" if finding.stops else "warn", wrap=True
    )
    line = row(words, button("去看", go, flat=True))
    line.setStretch(0, 1)
    made.setLayout(line)
    return made
