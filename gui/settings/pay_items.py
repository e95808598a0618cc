"""Settings of dues: which items of pay count for whom, and whether a member's own insurance and funds are taken off."""

import re
from collections.abc import Mapping
from typing import Any

from gui.page import Page
from gui.parts.record_dialog import RecordDialog
from models.errors import FieldError
from models.kinds import FLAG, MONTH, TEXT
from models.ledger import Column
from models.records.dues import payscale
from models.rules.periods import Month
from models.rules.worksheet import PayScale

_BETWEEN = re.compile(r"[、,，;；\s]+")
_GENERAL = (
    Column("from", "从哪个月起", MONTH, 10, required=True),
    Column("less_own", "扣除本人社保公积金", FLAG, 8, required=True),
    Column("source", "依据", TEXT, 24, required=True),
)
_SIDES = (("pay", "计入的工资项目"), ("tax", "扣除的税"), ("own", "本人社保、公积金、年金"))


def ask_for_pay_items(page: Page) -> RecordDialog:
    """Shows the latest set of items and saves what is changed in it, from a month on; worksheets made stay."""
    with page.workspace.reading() as session:
        documents = payscale.documents(session)
    document = documents[max(documents)]

    def save(values: dict[str, Any]) -> None:
        changed = _document(document, values)
        with page.workspace.writing("修改工资项目") as session:
            payscale.save(session, changed)
        page.say("工资项目已保存；已经核定的不变，以后填写时用新的项目。")

    dialog = RecordDialog("工资项目（核定基数用）", _columns(document), _values(document), save, page)
    dialog.open()
    return dialog


def in_words(document: Mapping[str, Any]) -> str:
    """What a set of items says, for the settings: since when, and what is taken off."""
    scale = PayScale.parse(document)
    own = "扣除" if scale.less_own else "不扣除"
    return f"从{scale.from_month.chinese}起，{'、'.join(scale.kinds)}；本人社保、公积金、年金{own}。"


def _columns(document: Mapping[str, Any]) -> tuple[Column, ...]:
    of_kinds = (
        Column(f"{side}:{kind}", title, TEXT, 24, band=kind, required=side == "pay")
        for kind, made in document["kinds"].items()
        for side, title in _SIDES
        if made[side] or side == "pay"
    )
    return (*_GENERAL, *of_kinds)


def _values(document: Mapping[str, Any]) -> dict[str, Any]:
    listed = {f"{side}:{kind}": "、".join(made[side]) for kind, made in document["kinds"].items() for side, _ in _SIDES}
    general = {"from": Month.parse(document["from"]), "less_own": document["less_own"], "source": document["source"]}
    return general | listed


def _document(before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The document that the form says; FieldError at the field whose words are no items."""
    kinds = {}
    for kind, made in before["kinds"].items():
        sides = {side: _items(values.get(f"{side}:{kind}")) for side, _ in _SIDES}
        kinds[kind] = {"category": made["category"], **sides}
        try:
            PayScale.parse({**before, "kinds": {kind: kinds[kind]}})
        except ValueError as error:
            raise FieldError(f"pay:{kind}", str(error)) from None
    return {
        **before,
        "from": str(values["from"]),
        "less_own": values["less_own"],
        "source": values["source"],
        "kinds": kinds,
    }


def _items(text: str | None) -> list[str]:
    return [item for item in _BETWEEN.split(text or "") if item]
