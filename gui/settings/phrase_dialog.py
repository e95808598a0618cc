"""Asking for a phrase or a template of minutes, with the places that the program fills offered beside the text."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QPlainTextEdit, QWidget

from gui.parts.cards import label, row
from gui.parts.chooser import Chooser
from gui.parts.record_dialog import RecordDialog
from models.kinds import TEXT, Choice, Several
from models.ledger import Column
from models.ledgers.life.phrase_table import PHRASE, TEMPLATE
from models.records.life.phrases import Phrase
from models.rules.templates import PLACES

Save = Callable[[dict[str, Any]], object]
_HINT = "【应到】这样的空，插入记录时自动填；其他【…】留给写记录的人填，按 F8 从一个空到下一个空。"


class PhraseDialog(RecordDialog):
    """`names` are the kinds by key, in their order; `save` is handed fields of a Phrase and may refuse them."""

    def __init__(self, parent: QWidget, phrase: Phrase | None, names: Mapping[str, str], save: Save) -> None:
        self._kinds = {name: key for key, name in names.items()}
        columns = (
            Column("title", "名称", TEXT, 14, required=True),
            Column("use", "用途", Choice((PHRASE, TEMPLATE)), 10, required=True),
            Column("text", "内容", TEXT, 90, required=True),
            Column("kinds", "用于", Several(tuple(names.values())), 30),
        )
        shown = phrase or Phrase("", "", "")
        values = {
            "title": shown.title or None,
            "use": TEMPLATE if shown.template else PHRASE,
            "text": shown.text or None,
            "kinds": tuple(names[key] for key in shown.kinds if key in names),
        }
        title = "新增常用语或模板" if phrase is None else "修改常用语或模板"
        super().__init__(title, columns, values, lambda typed: save(self._typed(typed)), parent)
        places = [("插入自动填的空", ""), *((f"【{place}】　{words}", place) for place, words in PLACES.items())]
        self.places = Chooser("插入自动填的空", places, letters=12)
        self.places.picked.connect(self._insert)
        self.fields["kinds"].widget.setToolTip("都不选，就是各种活动都能用")
        strip = row(label(_HINT, "small", wrap=True), self.places, margins=(18, 4, 18, 8))
        strip.setStretch(0, 1)
        body = self.layout()
        assert isinstance(body, QBoxLayout)
        body.insertLayout(body.count() - 1, strip)

    def _typed(self, values: dict[str, Any]) -> dict[str, Any]:
        return {
            "title": values["title"] or "",
            "text": values["text"] or "",
            "template": values["use"] == TEMPLATE,
            "kinds": tuple(self._kinds[name] for name in values["kinds"]),
        }

    def _insert(self, place: str) -> None:
        """Puts a place where the cursor stands in the text."""
        if place:
            text = cast(QPlainTextEdit, self.fields["text"].widget)
            text.insertPlainText(f"【{place}】")
            text.setFocus(Qt.FocusReason.TabFocusReason)
        self.places.choose("")
