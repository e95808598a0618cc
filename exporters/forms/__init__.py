"""Papers with a shape of their own, each drawn by one file; FORMS lists them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exporters.forms import notice, remittance, slip
from models.errors import UserError
from models.ledgers.papers import NoticeRecord, RemittanceRecord, SlipRecord


@dataclass(frozen=True)
class Form:
    """A paper: `draw(records, path)` writes one for each record, `blank` is the record of the one filled in by hand."""

    name: str
    title: str
    draw: Callable[[Sequence[Any], Path], frozenset[str]]
    blank: Any


FORMS = (
    Form("dues_slip", slip.TITLE, slip.draw, SlipRecord()),
    Form("dues_remittance", remittance.TITLE, remittance.draw, RemittanceRecord()),
    Form("dues_notice", notice.TITLE, notice.draw, NoticeRecord()),
)


def named(name: str) -> Form:
    """The form of this name; UserError when there is none."""
    for form in FORMS:
        if form.name == name:
            return form
    listed = "、".join(form.name for form in FORMS)
    raise UserError(f"没有名为“{name}”的表格；可用的有：{listed}。")
