"""Cancelling a recorded payment by a counter-entry, with its reason."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from gui.parts.record_dialog import RecordDialog
from gui.theme import scaled
from models.kinds import DAY, Choice
from models.ledger import Column
from models.ledgers.dues.paid import PaidOnce

REASONS = ("记错人", "金额有误", "重复登记", "方式有误", "退还本人")


def ask_for_reversal(
    payments: Sequence[PaidOnce], today: date, save: Callable[[PaidOnce, str, date], object], parent: QWidget
) -> RecordDialog:
    """Asks which of a member's payments (not empty, the last is proposed) is cancelled, why, and on which day."""
    by_words = {each.said: each for each in payments}
    as_read = {unicodedata.normalize("NFKC", words).replace(" ", ""): words for words in by_words}
    columns = (
        Column("which", "冲销哪一笔", Choice(tuple(by_words), as_read), 20, required=True),
        Column("reason", "冲销原因", Choice(REASONS, open=True), 20, required=True),
        Column("on", "冲销日期", DAY, 11, required=True),
    )

    def reverse(values: dict[str, Any]) -> object:
        return save(by_words[values["which"]], values["reason"], values["on"])

    known = {"which": payments[-1].said, "on": today}
    locked = ("which",) if len(payments) == 1 else ()
    dialog = RecordDialog("冲销", columns, known, reverse, parent, locked=locked, who=payments[0].name)
    dialog.save_button.setText("冲销")
    dialog.setMinimumWidth(scaled(dialog, 560))
    dialog.open()
    return dialog
