"""Asking what a column that is added to a ledger is called and holds."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from gui.parts.record_dialog import RecordDialog
from models.errors import FieldError
from models.kinds import FLAG, TEXT, Choice
from models.ledger import Column, Span
from models.records.local_forms import EVERY, KINDS, Extra

_APART = re.compile("[、,，;；/／\\s]+")
_KINDS = {words: kind for kind, words in KINDS.items()}
_EVERY = {words: every for every, words in EVERY.items()}


def ask_for_column(
    parent: QWidget,
    extra: Extra | None,
    others: Sequence[Extra],
    key: str,
    span: Span,
    then: Callable[[Extra], object],
) -> RecordDialog:
    """Asks for a new column, which gets `key`, or for changes of `extra`; `then` is handed what was typed.

    Only a ledger whose `span` is a month has a value for each. `others` were added before and are not shown now: the
    title of one brings it back with what was filled in.
    """
    known = {each.title: each for each in others}
    every = tuple(words for words, each in _EVERY.items() if each != "month" or span == "month")
    columns = (
        Column(
            "title", "列名", Choice(tuple(known), open=True) if known and extra is None else TEXT, 12, required=True
        ),
        Column("kind", "填什么", Choice(tuple(_KINDS)), 10, required=True),
        Column("options", "选项（用顿号隔开）", TEXT, 20),
        Column("every", "怎样填", Choice(every), 12, required=True),
        Column("totalled", "表尾合计", FLAG, 8),
    )
    shown = extra or Extra(key, "")

    def take(values: dict[str, Any]) -> None:
        kind, options = _KINDS[values["kind"]], tuple(filter(None, _APART.split(values["options"] or "")))
        before = known.get(values["title"])
        if kind == "choice" and len(options) < 2 and before is None:
            raise FieldError("options", "选项至少要有两个，用顿号隔开，例如：优秀、合格。")
        if values["totalled"] and kind not in ("money", "number"):
            raise FieldError("totalled", "只有金额和数字可以合计。")
        made = Extra(shown.key, values["title"], kind, options, _EVERY[values["every"]], bool(values["totalled"]))
        then(before if before is not None else made)

    values = {
        "title": shown.title or None,
        "kind": KINDS[shown.kind],
        "options": "、".join(shown.options) or None,
        "every": EVERY[shown.every],
        "totalled": shown.totalled,
    }
    locked = () if extra is None or extra.is_new else ("kind", "every")
    title = "增加列" if extra is None else "修改增加的列"
    dialog = RecordDialog(title, columns, values, take, parent, locked=locked)
    dialog.save_button.setText("确定")
    dialog.open()
    return dialog
