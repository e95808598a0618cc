"""Previewing a paper that has a shape of its own."""

from collections.abc import Collection
from pathlib import Path

from gui.page import Page
from gui.papers import preview
from gui.tasks import Progress
from models.errors import UserError
from models.ledger import View
from models.ledgers.paper_records import PAPERS


def preview_paper(page: Page, name: str, view: View, numbers: Collection[int] | None = None) -> None:
    """Shows the papers of a view as they will be printed, or those numbered; UserError when there is none."""
    from exporters import forms

    form = forms.named(name)
    with page.workspace.reading() as session:
        records = [record for found, record in PAPERS[name](session, view) if numbers is None or found in numbers]
    if not records:
        raise UserError(f"{view.period.chinese}没有可以打印的{form.title}。")

    def write(path: Path, _progress: Progress) -> None:
        form.draw(records, path)

    preview(page, f"{view.period.chinese}{form.title}", write)
