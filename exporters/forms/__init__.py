"""Papers with a shape of their own, each drawn by one file; a new one takes its file and a line in FORMS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.ledgers.papers import NoticeRecord, RemittanceRecord, SlipRecord

Draw = Callable[[Sequence[Any], Path], frozenset[str]]


@dataclass(frozen=True)
class Form:
    """A paper: `blank` is its empty record, and `draw` writes records, many pages in one PDF.

    `draw` answers the characters that no font has; UserError when the file cannot be written.
    """

    name: str
    title: str
    blank: Any
    draw: Draw


def _slips(records: Sequence[SlipRecord], path: Path) -> frozenset[str]:
    from exporters.forms import slip

    return slip.draw(records, path)


def _remittances(records: Sequence[RemittanceRecord], path: Path) -> frozenset[str]:
    from exporters.forms import remittance

    return remittance.draw(records, path)


def _notices(records: Sequence[NoticeRecord], path: Path) -> frozenset[str]:
    from exporters.forms import notice

    return notice.draw(records, path)


# The files that draw are read when they are first used: they bring reportlab and its fonts, and a list needs neither.
FORMS: tuple[Form, ...] = (
    Form("dues_slip", "党费交纳凭条", SlipRecord(), _slips),
    Form("dues_remittance", "党费上缴单", RemittanceRecord(), _remittances),
    Form("dues_notice", "党费收缴情况公示", NoticeRecord(), _notices),
)


def named(name: str) -> Form:
    """The form of this name; UserError when there is none."""
    for form in FORMS:
        if form.name == name:
            return form
    listed = "、".join(form.name for form in FORMS)
    raise UserError(f"没有名为“{name}”的表格；可用的有：{listed}。")
