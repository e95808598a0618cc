"""调整表样: a branch's own words and columns of one ledger, with the table and the page as they will be."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from gui.ledgers.extra_column_dialog import ask_for_column
from gui.ledgers.variant_columns import VariantColumns
from gui.ledgers.variant_preview import VariantPreview
from gui.messages import ask
from gui.page import Page
from gui.parts.cards import button, fill, label, line_edit, restyle, row
from gui.parts.dialog_size import open_at
from gui.parts.saving_dialog import SavingDialog
from gui.theme import scaled
from models.errors import FieldError, UserError
from models.ledger import Ledger, View
from models.ledgers.paper_records import PAPERS
from models.ledgers.sheets import as_formed
from models.ledgers.variants import fitted, formed, keep, verify
from models.records import variants
from models.records.local_forms import FIRST_NEW, WORDS, Extra, Place, Variant, in_words

_PAPER = "这张台账打印时用固定的格式，表样管屏幕、Excel 和 CSV。"
_MOST_ROWS = 2000  # enough to see a form by, and few enough to be drawn at every key
_HINT = f"{''.join(list(WORDS.values())[:5])}由程序填入，可以挪动或去掉。签字栏每行一项。"


def adjust(page: Page, ledger: Ledger, view: View) -> "VariantDialog":
    """Opens the form of a ledger (as the catalogue declares it) over a page."""
    dialog = VariantDialog(page, ledger, view)
    dialog.open()
    return dialog


class VariantDialog(SavingDialog):
    """Nothing is kept before 保存; what would break the ledger is said at once."""

    chapter = "forms"

    def __init__(self, page: Page, ledger: Ledger, view: View) -> None:
        super().__init__(page)
        self.setWindowTitle("调整表样")
        with page.workspace.reading() as session:
            ledger = fitted(session, ledger, ledger.seen(view))
            self._before = variants.read(session, ledger.name)
            self._known = variants.extras(session, ledger.name)
            rows = ledger.rows(session, ledger.seen(view))[:_MOST_ROWS]
        self.page, self.ledger = page, ledger
        self._view = view
        self._filled = replace(ledger, rows=lambda _session, _view: rows)
        self.columns = VariantColumns()
        self.heading = line_edit("标题", lambda _text: self._changed())
        self.lines = [line_edit(name, lambda _text: self._changed()) for name in ("左上", "中间", "右上")]
        self.signatures = QPlainTextEdit()
        self.preview = VariantPreview()
        self.problem = label("", "error", wrap=True)
        self.save_button = button("保存", self.save, primary=True)
        self.standard_button = button("恢复标准表样", self.restore)
        self._lay_out()
        self._show_variant(self._before or Variant())
        self._start = self.variant()
        self.columns.changed.connect(self._changed)
        self.columns.extra_wanted.connect(self._ask_for_column)
        self.signatures.textChanged.connect(self._changed)
        self._changed()
        self.columns.table.setFocus()

    def variant(self) -> Variant:
        """The form as it stands in the dialog; what is as the ledger has it is none of its own."""
        heading = self.heading.text().strip()
        left, centre, right = (each.text().strip() for each in self.lines)
        signatures = tuple(text for each in self.signatures.toPlainText().splitlines() if (text := each.strip()))
        usual = self._usual()
        return Variant(
            heading=None if heading == usual["heading"] else heading,
            lines=None if (left, centre, right) == usual["lines"] else (left, centre, right),
            signatures=None if signatures == usual["signatures"] else signatures,
            places=self.columns.places(),
            extras=self.columns.extras(),
        )

    def save(self) -> None:
        """Keeps the form, and closes when it was taken."""
        wanted = self.variant()
        try:
            with self.page.workspace.writing(f"调整“{self.ledger.title}”的表样") as session:
                keep(session, self.ledger, wanted)
        except UserError as refusal:
            self._refuse(refusal)
        else:
            self._close()
            self.page.say(f"“{self.ledger.title}”的表样已保存；按 Ctrl+Z 撤销。")

    def restore(self) -> None:
        """Shows the standard form again; it is kept by 保存 like any other."""
        self._show_variant(Variant())
        self._changed()

    def reject(self) -> None:
        """Leaves without saving, after a question when something was changed."""
        if self.variant() == self._start:
            self._close(accepted=False)
        else:
            question = "表样的改动还没有保存，要放弃吗？"
            ask(self, question, yes="放弃", no="继续调整", loses=True, then=lambda: self._close(accepted=False))

    def _close(self, accepted: bool = True) -> None:
        self.preview.stop()
        self.done(QDialog.DialogCode.Accepted if accepted else QDialog.DialogCode.Rejected)

    def _usual(self) -> Mapping[str, Any]:
        """The ledger's own words, as they are edited."""
        left, centre, right = (in_words(each, self.ledger.title) for each in self.ledger.lines)
        return {
            "heading": in_words(self.ledger.heading, self.ledger.title),
            "lines": (left, centre, right),
            "signatures": tuple(in_words(each, self.ledger.title) for each in self.ledger.signatures),
        }

    def _show_variant(self, variant: Variant) -> None:
        usual = self._usual()
        self.heading.setText(usual["heading"] if variant.heading is None else variant.heading)
        for edit, text in zip(self.lines, usual["lines"] if variant.lines is None else variant.lines, strict=True):
            edit.setText(text)
        signatures = usual["signatures"] if variant.signatures is None else variant.signatures
        self.signatures.setPlainText("\n".join(signatures))
        titles = {column.key: column.title for column in self.ledger.columns}
        known = titles.keys() | {each.key for each in variant.extras}
        places = [place for place in variant.places if place.key in known]
        named = {place.key for place in places}
        places += [Place(key) for key in titles if key not in named]
        places.sort(key=lambda place: place.key == "id")
        self.columns.show_places(places, titles, variant.extras)

    def _changed(self) -> None:
        """Says what is wrong with the form as it stands, or shows what it makes."""
        wanted = self.variant()
        try:
            verify(self.ledger, wanted)
        except UserError as refusal:
            self._refuse(refusal)
            return
        self.problem.clear()
        self.columns.mark()
        self.save_button.setEnabled(True)
        with self.page.workspace.reading() as session:
            self.preview.show_sheet(as_formed(session, formed(self._filled, wanted), self._view))

    def _refuse(self, refusal: UserError) -> None:
        self.problem.setText(str(refusal))
        restyle(self.problem, role="error")
        self.save_button.setEnabled(False)
        self.columns.mark(refusal.field if isinstance(refusal, FieldError) else "")

    def _ask_for_column(self, extra: Extra | None) -> None:
        shown = {each.key: each for each in self.columns.extras()}
        others = [each for each in self._known if each.key not in shown]
        new = sum(each.is_new for each in shown.values())
        ask_for_column(self, extra, others, f"x{FIRST_NEW + new}", self.ledger.span, self.columns.put_extra)

    def _lay_out(self) -> None:
        words = QWidget()
        grid = QGridLayout(words)
        grid.setContentsMargins(0, 8, 0, 0)
        grid.setVerticalSpacing(9)
        parts: list[tuple[str, QLineEdit | QPlainTextEdit]] = [("标题", self.heading)]
        parts += list(zip(("左上", "中间", "右上"), self.lines, strict=True))
        parts.append(("签字栏", self.signatures))
        for line, (name, part) in enumerate(parts):
            top = Qt.AlignmentFlag.AlignTop if part is self.signatures else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(label(name, "quiet"), line, 0, top)
            grid.addWidget(part, line, 1)
        self.signatures.setAccessibleName("签字栏")
        self.signatures.setTabChangesFocus(True)
        self.signatures.setFixedHeight(scaled(self, 150))
        grid.addWidget(label(_HINT, "small", wrap=True), len(parts), 0, 1, 2)
        grid.setRowStretch(len(parts) + 1, 1)
        sides = QTabWidget()
        sides.addTab(self.columns, "列")
        sides.addTab(words, "标题、落款")
        sides.setFixedWidth(scaled(self, 410))
        body = row(sides, self.preview, spacing=16)
        body.setStretch(1, 1)
        cancel = button("取消", self.reject)
        foot = row(self.standard_button, self.problem, cancel, self.save_button)
        foot.setStretch(1, 1)
        head = row(label(f"调整表样：{self.ledger.title}", "title"), 1)
        if self.ledger.name in PAPERS:
            head.addWidget(label(_PAPER, "quiet"))
            self.preview.setTabVisible(0, False)
        layout = QVBoxLayout(self)
        fill(layout, head, body, foot, spacing=10, margins=(18, 14, 18, 14))
        layout.setStretch(1, 1)
        open_at(self, 1270, 680)
