"""One file for one ledger: read and matched, as a command does it and a list of many files."""

from pathlib import Path

from importers import matching, reader
from importers.headings import NOTHING, Memory
from importers.matching import Match
from importers.reader import Progress, none_wanted
from models.errors import UserError
from models.kinds import tidy
from models.ledger import Ledger


def found(
    path: Path,
    ledger: Ledger,
    memory: Memory = NOTHING,
    sheet: str | None = None,
    password: str | None = None,
    progress: Progress = none_wanted,
) -> Match:
    """What the file holds for the ledger; nothing is saved.

    UserError with one sentence that names the file where it cannot be read or holds nothing of the sort; `progress`
    as `reader.read` calls it.
    """
    workbook = reader.read(path, password, progress)
    try:
        return matching.match(workbook, ledger, sheet, memory=memory)
    except UserError as error:
        raise UserError(f"“{path.name}”：{error}") from error


def title(ledger: Ledger, name: str) -> str:
    """What the trail and the list of imports say of the import of a file."""
    return f"导入{ledger.title}：{tidy(name)}"
