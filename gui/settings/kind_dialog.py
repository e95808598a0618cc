"""Asking what a kind of activity is called, who is called to it, and what its record holds."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from PySide6.QtWidgets import QLineEdit, QWidget

from gui.parts.record_dialog import RecordDialog
from models.kinds import FLAG, TEXT, Choice, Several
from models.ledger import Column
from models.ledgers.life.kind_table import FORMS
from models.records.life.activity_kinds import COUNTS, ENTITLED, EXTRA_FIELDS, QUORUMS, Kind

_APART = re.compile("[、,，;；\n]+")
_OFFERED_FORMS = tuple(words for key, words in FORMS.items() if key != "F26")  # F26 is a talk's own
_WORDS = {key: title for key, (title, _) in EXTRA_FIELDS.items()}
_ONE_OF: Mapping[str, Mapping[Any, str]] = {"entitled": ENTITLED, "quorum": QUORUMS, "form": FORMS}
_SOME_OF: Mapping[str, Mapping[str, str]] = {"fields": _WORDS, "counts": COUNTS}
_OTHER = "其他"


def kind_dialog(
    parent: QWidget, kind: Kind | None, groups: Sequence[str], save: Callable[[dict[str, Any]], object]
) -> RecordDialog:
    """The form for a new kind, or for changes of `kind`; `save` is handed fields of a Kind and may refuse them.

    `groups` are those that there are. Of talks, which have records of their own, only name and group are asked.
    """
    columns = [
        Column("name", "名称", TEXT, 14, required=True),
        Column("group", "归在哪一类", Choice(tuple(groups), open=True), 12, required=True),
    ]
    if kind is None or kind.kept_in == "activities":
        columns += [
            Column("entitled", "谁应到会", Choice(tuple(ENTITLED.values())), 12, required=True),
            Column("quorum", "到会人数", Choice(tuple(QUORUMS.values())), 12, required=True),
            Column("form", "印哪张记录表", Choice(_OFFERED_FORMS), 12, required=True),
            Column("study", "出席计学时", FLAG, 6, required=True),
            Column("online", "一般在线上", FLAG, 6, required=True),
            Column("fields", "另外要填", Several(tuple(_WORDS.values())), 30),
            Column("free", "自设项目", TEXT, 30),
            Column("counts", "统计什么", Several(tuple(COUNTS.values())), 30),
        ]
    title = "新增活动种类" if kind is None else "修改活动种类"
    values = _shown(kind or Kind("", "", _OTHER))
    dialog = RecordDialog(title, columns, values, lambda typed: save(_typed(typed)), parent)
    if "free" in dialog.fields:
        cast(QLineEdit, dialog.fields["free"].widget).setPlaceholderText("记录里再加几栏，如 参观地点、讲解员")
        dialog.fields["counts"].title.setToolTip("都不选，就按上面要填的项目统计")
    return dialog


def _shown(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name or None,
        "group": kind.group,
        "entitled": ENTITLED[kind.entitled],
        "quorum": QUORUMS[kind.quorum],
        "form": FORMS[kind.form],
        "study": kind.study,
        "online": kind.online,
        "fields": tuple(_WORDS[key] for key in kind.fields),
        "free": "、".join(kind.free) or None,
        "counts": tuple(COUNTS[key] for key in kind.counts),
    }


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    """What was typed as fields of a Kind: keys in place of words."""
    found = {**values, "name": values["name"] or "", "group": values["group"] or ""}
    for key, words in _ONE_OF.items():
        if key in found:
            found[key] = next(each for each, shown in words.items() if shown == found[key])
    for key, words in _SOME_OF.items():
        if key in found:
            found[key] = tuple(each for each, shown in words.items() if shown in found[key])
    if "free" in found:
        parts = (part.strip() for part in _APART.split(found["free"] or ""))
        found["free"] = tuple(part for part in parts if part)
    return found
