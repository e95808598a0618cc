"""Entering a dated set of rules of dues, with what it makes of an example as it is typed."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.parts.cards import Card, column, fill, label, row
from gui.parts.chooser import Chooser
from gui.parts.fields import Field
from gui.parts.form_dialog import FormDialog, typed
from gui.settings.bands_table import BandsTable
from gui.theme import scaled
from models.kinds import MONEY, MONTH, TEXT, Choice
from models.ledger import Column
from models.rules.dues import ROUNDINGS, DuesRules, assess
from models.rules.periods import Month

EXAMPLE = Decimal("7420.00")
Document = Mapping[str, Any]
_GENERAL = (
    Column("from", "从哪个月起", MONTH, 10, required=True),
    Column("source", "依据", TEXT, 24, required=True),
    Column("rounding", "取整", Choice(tuple(ROUNDINGS)), 12, required=True),
    Column("cap", "每月上限（元）", MONEY, 10, required=True),
    Column("large_extra", "大额党费起点（元）", MONEY, 10, required=True),
)


class RulesDialog(FormDialog):
    """`save` is handed the document; its UserError is shown and nothing is lost."""

    subject = "标准"

    def __init__(
        self, document: Document, opened: Month | None, save: Callable[[dict[str, Any]], object], parent: QWidget
    ) -> None:
        """`document` is what the new rules begin with, `opened` the last month whose dues are fixed already."""
        super().__init__(parent, lambda: save(typed(self.document)))
        self.setWindowTitle("党费标准")
        self._document = document
        self._opened = opened
        self._bands = _by_bands(document)
        self._shown: tuple[str, ...] = next(iter(self._bands))
        self.fields = {each.key: Field(each) for each in (*_GENERAL, *_fixed_columns(document))}
        self.group = Chooser("哪些人", [("、".join(names), names) for names in self._bands], letters=12)
        self.table = BandsTable()
        self.who = Chooser("试算类别", [(name, name) for name in document["categories"]], letters=6)
        self.base = Field(Column("base", "基数", MONEY, 10))
        self.working = label("", "strong", wrap=True)
        self.note = label("", "small", "warn", wrap=True)
        self._lay_out()
        self._show_document(document)
        self._connect()
        self._try_out()

    def document(self) -> dict[str, Any]:
        """What was typed; ValueError with a sentence where a field cannot be read."""
        self._bands[self._shown] = self.table.bands()
        values = {key: field.value() for key, field in self.fields.items()}
        categories = {name: dict(rule) for name, rule in self._document["categories"].items()}
        for names, bands in self._bands.items():
            for name in names:
                categories[name]["bands"] = bands
        for name, rule in categories.items():
            if name in values:
                rule["fixed"] = f"{values[name]:.2f}"
        return {
            "from": str(values["from"]),
            "source": values["source"],
            "rounding": values["rounding"],
            "cap": f"{values['cap']:.2f}",
            "large_extra": f"{values['large_extra']:.2f}",
            "categories": categories,
        }

    def is_changed(self) -> bool:
        try:
            given = DuesRules.parse(self.document())
        except (ValueError, KeyError, ArithmeticError):
            return True
        return given != DuesRules.parse(self._document)

    def _lay_out(self) -> None:
        general = Card(_grid([self.fields[each.key] for each in _GENERAL]), self.note, title="标准")
        fixed = Card(
            _grid([field for key, field in self.fields.items() if key in self._document["categories"]]),
            title="固定数额",
            aside="元／月",
        )
        self.base.widget.setMaximumWidth(scaled(self, 130))
        test = Card(
            row(self.who, label("基数", "quiet"), self.base, 1),
            self.working,
            title="试算",
            aside="按这里填写的标准",
        )
        bands = Card(row(label("适用于", "quiet"), self.group, 1), self.table, title="按基数计算的")
        both = row(column(general, fixed, 1), column(bands, test, 1), spacing=14)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        fill(QVBoxLayout(self), both, self.foot(), spacing=12, margins=(18, 16, 18, 14))
        self.setMinimumWidth(scaled(self, 900))

    def _show_document(self, document: Document) -> None:
        self.fields["from"].set_value(Month.parse(document["from"]))
        for key in ("source", "rounding"):
            self.fields[key].set_value(document[key])
        for key in ("cap", "large_extra"):
            self.fields[key].set_value(Decimal(document[key]))
        for name, rule in document["categories"].items():
            if name in self.fields:
                self.fields[name].set_value(Decimal(rule["fixed"]))
        self.table.show_bands(self._bands[self._shown])
        self.base.set_value(EXAMPLE)

    def _connect(self) -> None:
        for field in (*self.fields.values(), self.base):
            field.changed.connect(self._try_out)
        self.table.changed.connect(self._try_out)
        self.who.picked.connect(lambda _name: self._try_out())
        self.group.picked.connect(self._show_group)

    def _show_group(self, names: tuple[str, ...]) -> None:
        try:
            self._bands[self._shown] = self.table.bands()
        except ValueError as problem:
            self.problem.setText(str(problem))
            self.group.choose(self._shown)
            return
        self._shown = names
        self.table.show_bands(self._bands[names])
        self.who.choose(names[0])
        self._try_out()

    def _try_out(self) -> None:
        """Shows what the rules as typed make of the example."""
        self.problem.clear()
        try:
            rules = DuesRules.parse(self.document())
            due = assess(rules, self.who.value(), self.base.value())
        except (ValueError, KeyError, ArithmeticError) as problem:
            self.working.setText(f"算不出来：{problem}" if str(problem) else "算不出来：有的格没有填好。")
            self.note.clear()
            return
        self.working.setText(due.working)
        self.note.setText(self._late_note(rules.from_month))

    def _late_note(self, begin: Month) -> str:
        """What to know of rules that begin in months whose dues are fixed already."""
        if self._opened is None or begin > self._opened:
            return ""
        return (
            f"到{self._opened.chinese}为止的月份已经开账，按当时的标准算好，不会改变；"
            f"这套标准从{(self._opened + 1).chinese}起才用得上。"
        )


def _by_bands(document: Document) -> dict[tuple[str, ...], list[Any]]:
    """The categories that pay by bands, those with the same bands together."""
    alike: dict[str, list[str]] = {}
    for name, rule in document["categories"].items():
        if rule.get("bands"):
            alike.setdefault(repr([(band["up_to"], band["rate"]) for band in rule["bands"]]), []).append(name)
    return {tuple(names): list(document["categories"][names[0]]["bands"]) for names in alike.values()}


def _fixed_columns(document: Document) -> list[Column]:
    return [
        Column(name, name, MONEY, 8, required=True)
        for name, rule in document["categories"].items()
        if rule.get("fixed") is not None
    ]


def _grid(fields: list[Field]) -> QWidget:
    box = QWidget()
    grid = QGridLayout(box)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for line, field in enumerate(fields):
        grid.addWidget(field.title, line, 0)
        grid.addWidget(field, line, 1)
    return box
