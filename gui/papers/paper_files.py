"""Papers that have a shape of their own: previewed and saved, also in the place of a ledger's table."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gui.page import Page
from gui.papers import private
from gui.papers.papers import Write, preview, save_as
from gui.papers.sheet_files import preview_sheet, save_privately, write_sheet
from gui.tasks import Progress
from models.errors import UserError
from models.ledger import Sheet, View
from models.ledgers.life.meeting_papers import COMPLETED, LISTED
from models.ledgers.paper_records import PAPERS
from models.ledgers.private import told_by, told_by_paper
from models.rules.periods import Period


def preview_paper(page: Page, name: str, view: View, numbers: Collection[int] | None = None) -> None:
    """Shows the papers of a view as they will be printed, or those numbered; UserError when there is none."""
    from exporters import forms

    form = forms.named(name)
    if form.span == "year":
        view = replace(view, period=Period.of_year(view.period.year))
    records = papers_of(page, name, view, numbers)
    if not records:
        raise UserError(f"{view.period.chinese}没有可以打印的{form.title}。")
    private.note(page, form.title, told_by_paper(name), private.PRINT, len(records))
    preview(page, form.heading(view.period), drawing(name, records, page, view))


def papers_of(page: Page, name: str, view: View, numbers: Collection[int] | None = None) -> list[Any]:
    """The records of a paper for a view, or those numbered; of a long paper no more than a list of them needs."""
    read = LISTED.get(name, PAPERS[name])
    with page.workspace.reading() as session:
        return [record for found, record in read(session, view) if numbers is None or found in numbers]


def drawing(name: str, records: Sequence[Any], page: Page | None = None, view: View | None = None) -> Write:
    """What draws a paper for records, the blank one for none; it runs off the main thread.

    With the page and the view of the records, those of a long paper are read whole first.
    """

    def write(path: Path, progress: Progress) -> str:
        from exporters import forms, undrawn

        form = forms.named(name)
        whole = _whole(page, name, view, records) if page is not None and view is not None else records
        return undrawn.in_papers(form.write(whole or [form.blank], path, progress), whole)

    return write


def _whole(page: Page, name: str, view: View, records: Sequence[Any]) -> Sequence[Any]:
    if name not in COMPLETED:
        return records
    with page.workspace.reading() as session:
        return [COMPLETED[name](session, view, record) for record in records]


def preview_ledger(page: Page, sheet: Sheet, view: View) -> None:
    """Shows a ledger as it will be printed: as the paper of its name where there is one, else as a table."""
    if sheet.name in PAPERS:
        private.note(page, sheet.heading, told_by(sheet.columns), private.PRINT, len(sheet.rows))
        preview(page, sheet.heading, drawing(sheet.name, papers_of(page, sheet.name, view)))
    else:
        preview_sheet(page, sheet)


def export_ledger(page: Page, sheet: Sheet, view: View, ending: str = "xlsx", password: str | None = None) -> None:
    """Asks where to save a ledger and writes it there; as PDF it is the paper of its name where there is one."""
    papers = papers_of(page, sheet.name, view) if sheet.name in PAPERS else None

    def write(path: Path, progress: Progress) -> str | None:
        if papers is not None and path.suffix.lower() == ".pdf":
            return drawing(sheet.name, papers)(path, progress)
        return write_sheet(sheet, path, password, progress)

    save_privately(page, sheet, f"{sheet.heading}.{ending}", write)


def save_papers(page: Page, name: str, title: str, write: Write, count: int) -> None:
    """Asks where to save papers and writes them there; those that tell something private as a sheet that does."""
    told = told_by_paper(name)

    def written() -> None:
        private.note(page, title, told, private.EXPORT, count)

    private.ask_first(page, told, lambda: save_as(page, f"保存{title}", f"{title}.pdf", write, written=written))
