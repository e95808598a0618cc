"""What is done with a whole record: checked and filed, printed, written to Word, taken back, removed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from gui.life.minutes_card import MinutesCard
from gui.life.minutes_filing import FilingDialog
from gui.messages import ask
from gui.page import Page
from gui.papers.papers import preview, save_as
from gui.tasks import Progress
from models.errors import UserError
from models.ledgers.life import minutes_papers
from models.ledgers.life.minutes_page import MinutesPage
from models.records.life import activities, filing, recording
from models.records.life.activities import HELD


def file(page: Page, shown: MinutesPage, mend: Callable[[str], object]) -> None:
    """Files a record at once where nothing is to be said of it, else shows what was found.

    UserError while a line of a vote, an agenda or a task is typed and not entered: it would be lost.
    """
    for card in page.findChildren(MinutesCard):
        if card.is_typed:
            card.first.setFocus(Qt.FocusReason.TabFocusReason)
            raise UserError(f"“{card.heading.text()}”里写了一行还没有登记：按回车登记，或者清空，再定稿。")
    with page.workspace.reading() as session:
        found = filing.findings(session, shown.id, page.workspace.view.today)

    def go_on() -> None:
        with page.workspace.writing(f"{shown.title}定稿") as session:
            filing.file(session, shown.id, page.workspace.view.today)
        page.say(f"{shown.title}记录已定稿；要改，点“重新打开”。")

    if found:
        FilingDialog(found, mend, go_on, page).open()
    else:
        go_on()


def print_record(page: Page, shown: MinutesPage) -> None:
    """Shows the record as it is printed."""
    from exporters import undrawn

    record = _paper(page, shown)

    def write(path: Path, _progress: Progress) -> str:
        from exporters.forms import minutes

        return undrawn.in_papers(minutes.draw([record], path), [record])

    preview(page, record.title or shown.title, write)


def write_docx(page: Page, shown: MinutesPage) -> None:
    """Writes the record to a document that WPS and Word edit."""
    record = _paper(page, shown)

    def write(path: Path, _progress: Progress) -> None:
        from exporters import docx_file

        docx_file.write(record, path)

    save_as(page, "导出记录", f"{record.title or shown.title} {record.held_on}.docx", write)


def ask_to_unhold(page: Page, shown: MinutesPage) -> None:
    """Makes the record a plan again, after a question."""

    def unhold() -> None:
        with page.workspace.writing(f"{shown.title}恢复为计划") as session:
            recording.unhold(session, shown.id)
        page.say("已恢复为计划；按 Ctrl+Z 撤销。")

    ask(page, "点名和写下的内容会去掉，要把这份记录恢复为计划吗？", yes="恢复为计划", then=unhold, loses=True)


def ask_to_remove(page: Page, shown: MinutesPage) -> None:
    """Removes the activity, after a question."""

    def remove() -> None:
        with page.workspace.writing(f"删除{shown.title}") as session:
            recording.remove(session, shown.id)
        page.say(f"已删除{shown.title}；按 Ctrl+Z 撤销。")

    ask(page, f"要删除这次{shown.title}吗？", yes="删除", then=remove, loses=True)


def replan(page: Page, shown: MinutesPage) -> None:
    """Makes a plan again of what was entered as not held."""
    with page.workspace.writing(f"{shown.title}恢复为计划") as session:
        activities.replan(session, shown.id)


def _paper(page: Page, shown: MinutesPage) -> minutes_papers.MinutesRecord:
    if shown.state not in HELD:
        raise UserError("这项活动还没有记录，没有要打印的内容。")
    with page.workspace.reading() as session:
        return minutes_papers.one(session, shown.id)
