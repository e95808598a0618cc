"""What has changed since the last sending, as a workbook: a tab for each ledger, the changed cells coloured."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from exporters import excel
from exporters.book import Book, Look, Mark
from exporters.cover import Cover, Entry
from exporters.files import Progress, none_wanted
from models.ledgers.changes import ADDED, CHANGED, REMOVED, Changes

_LOOKS: Mapping[str, Look] = {ADDED: "added", CHANGED: "changed", REMOVED: "removed"}


def write(
    changes: Sequence[Changes],
    heading: str,
    lines: Sequence[tuple[str, str]],
    path: Path,
    password: str | None = None,
    progress: Progress = none_wanted,
) -> None:
    """Writes the ledgers that changed behind a cover that counts the changes of all; else as `excel.write_all`.

    `lines` are (name, text) under the heading of the cover. Rows added are green, changed cells yellow, rows gone
    grey and struck out.
    """
    told = [each for each in changes if each.marks]
    same = [each for each in changes if not each.marks]
    entries = tuple(Entry(each.sheet.heading, len(each.marks), each.chinese) for each in told)
    entries += tuple(Entry(each.sheet.heading, 0, each.chinese) for each in same)
    marks = [{place: Mark(_LOOKS[sort], keys) for place, (sort, keys) in each.marks.items()} for each in told]
    cover = Cover(heading, tuple(lines), entries)
    excel.write_book(Book([each.sheet for each in told], cover, marks), path, password, progress)
