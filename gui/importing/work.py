"""The work behind the import dialog: reading, matching, trying, saving. It runs in tasks and knows no widget."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gui.tasks import Progress
from importers import bare, intake, matching, reader, tables, values
from importers.grid import Grid, Workbook
from importers.headings import Memory, Vocabulary, normal
from importers.intake import Report
from importers.matching import Match
from importers.tables import Heading, Table
from models import backups
from models.database import Database
from models.errors import UserError
from models.kinds import tidy
from models.ledger import Column, Ledger, View
from models.ledgers.trial import Trial, trial
from models.manifests import Backup
from models.records import headings

SAMPLES = 3  # values shown beside a heading
_MOST_NAMED = 20
_LONGEST_NAMED = 60
_MOST_LINES = 6
TABLES = {
    "members": "members",
    "dues_assessments": "assessments",
    "dues_worksheets": "assessments",
    "dues_reductions": "reductions",
    "dues_payments": "payments",
    "dues_register": "dues",
    "dues_cash_book": "cash_book",
    "members_birthdays": "birthday_notes",
    "members_secondments": "secondments",
    "members_retirements": "retirements",
}


@dataclass(frozen=True)
class HeadingLine:
    """A heading as found, the first values below it, and the key of the column it is read as (None: left out).

    `remembered` says that somebody had it read so at an earlier import.
    """

    text: str
    samples: tuple[str, ...]
    key: str | None
    remembered: bool = False


@dataclass(frozen=True)
class ChangedValue:
    """One value that an import would change: the row it stands in, whose it is, old and new in words."""

    sheet: str
    row: int
    name: str
    title: str
    old: str
    new: str


@dataclass(frozen=True)
class Preview:
    """What saving would do: the report of a trial, what would be made besides, and each value that would change."""

    report: Report
    made: Trial
    changed: tuple[ChangedValue, ...]

    @property
    def saved_rows(self) -> int:
        """How many rows would be added or changed."""
        return self.report.counts["added"] + self.report.counts["updated"]


@dataclass(frozen=True)
class Opened:
    """A file that was read: its sheets, and the table found in it, or the sentence why none was."""

    path: Path
    workbook: Workbook
    match: Match | None
    refusal: str = ""


def open_file(path: Path, ledger: Ledger, memory: Memory, password: str | None, progress: Progress) -> Opened:
    """Reads a file and looks for the ledger's table; UserError when it cannot be read, or holds one useless sheet."""
    workbook = reader.read(path, password, progress)
    try:
        return Opened(path, workbook, matching.match(workbook, ledger, memory=memory))
    except UserError as refusal:
        if len(workbook.grids) < 2:
            raise UserError(f"“{path.name}”{refusal}") from refusal
        return Opened(path, workbook, None, str(refusal))


def titles_of(ledger: Ledger, shown: Sequence[Column]) -> list[str]:
    """The titles that a table without headings has: those of the columns shown, else of all that are entered."""
    own = {column.key: column.title for column in ledger.columns}
    columns = shown or [column for column in ledger.columns if column.entered]
    return [own.get(column.key, column.title) for column in columns]


def open_pasted_table(data: bytes, ledger: Ledger, memory: Memory, titles: Sequence[str], progress: Progress) -> Opened:
    """Reads what was pasted and looks for the ledger's table; without headings its columns stand as `titles` do."""
    path, workbook = Path(reader.PASTED), reader.read_pasted(data, progress)
    try:
        return Opened(path, workbook, matching.match(workbook, ledger, memory=memory))
    except UserError as refusal:
        headed = bare.with_headings(workbook, titles)
        try:
            match = matching.match(headed, ledger, memory=memory)
        except UserError:
            raise UserError(f"{reader.PASTED}：{refusal}") from refusal
    said = "粘贴的内容里没有列名，按程序里各列的顺序来读，请核对“读入为”。"
    return Opened(path, headed, replace(match, notices=(said, *match.notices)))


def heading_lines(opened: Opened, ledger: Ledger, match: Match) -> list[HeadingLine]:
    """Every heading of the tables that were matched, in the order in which they stand."""
    lines: dict[str, HeadingLine] = {}
    for table in matched_tables(opened, ledger, match):
        for heading in headings_of(table):
            below = _below(table.grid, table.heading_row, heading.column)
            key = match.mapping.get(heading.text)
            remembered = match.memory.get(normal(heading.text), "") == key
            lines.setdefault(heading.text, HeadingLine(heading.text, below, key, remembered))
    return list(lines.values())


def to_remember(corrections: Mapping[str, str | None]) -> dict[str, str | None]:
    """Corrections by the heading as it is compared; two headings that compare alike and differ are not remembered."""
    found: dict[str, set[str | None]] = {}
    for text, key in corrections.items():
        found.setdefault(normal(text), set()).add(key)
    return {heading: keys.pop() for heading, keys in found.items() if len(keys) == 1}


def matched_tables(opened: Opened, ledger: Ledger, match: Match) -> list[Table]:
    """The tables that were matched, one a sheet."""
    vocabulary = Vocabulary(ledger, match.memory)
    grids = [grid for grid in opened.workbook.grids if grid.name in match.sheets]
    return [table for grid in grids if (table := tables.find(grid, vocabulary, match.mapping))]


def headings_of(table: Table) -> list[Heading]:
    """The headings of a table, those of blocks side by side one after the other."""
    return [heading for block in table.blocks for heading in block.headings]


def _below(grid: Grid, heading_row: int, column: int) -> tuple[str, ...]:
    texts = (tidy(grid.at(row, column)) for row in range(heading_row + 1, min(len(grid.rows), heading_row + 30)))
    return tuple([values.as_seen(text) for text in texts if text][:SAMPLES])


def named(texts: Sequence[str]) -> str:
    """Headings, sheets or branches in one sentence, which has to be read and drawn: the first of many."""
    first = "、".join(text[:_LONGEST_NAMED] for text in texts[:_MOST_NAMED])
    return first if len(texts) <= _MOST_NAMED else f"{first}等 {len(texts):,} 个"


def in_lines(notices: Sequence[str]) -> str:
    """What is said of a file, a line each; the first of many, so that the table below keeps its room."""
    shown = list(notices[:_MOST_LINES])
    return "\n".join(shown if len(notices) <= _MOST_LINES else [*shown, f"……另有 {len(notices) - _MOST_LINES} 条"])


def try_out(database: Database, ledger: Ledger, match: Match, view: View, progress: Progress) -> Preview:
    """Saves the sound rows in a transaction that is rolled back, and tells what it would have done."""
    with database.trying() as session:
        report = intake.save(session, ledger, match, view, progress)
        made = trial(session, TABLES.get(ledger.name, ""))  # a ledger worked out takes only columns added to it
    changed = [
        ChangedValue(row.sheet, row.number, str(row.values.get("name") or ""), each.title, each.old, each.new)
        for row, outcome in report.outcomes
        if outcome.kind == "updated"
        for each in made.changes.get(outcome.record_id or 0, ())
    ]
    return Preview(report, made, tuple(changed))


@dataclass(frozen=True)
class Intake:
    """What is to be saved: the match, how it is looked at, its title in the trail, and the headings to remember."""

    ledger: Ledger
    match: Match
    view: View
    title: str
    corrected: Memory


def take_in(database: Database, wanted: Intake, backup_folder: Path, progress: Progress) -> tuple[Report, Backup]:
    """Makes a backup, then saves the sound rows in one transaction; answers the report and the backup.

    The headings go into the same transaction: who takes the import back takes back what was remembered with it.
    """
    backup = backups.make(database, backup_folder)
    with database.writing(wanted.title) as session:
        headings.remember(session, wanted.ledger.name, wanted.corrected)
        return intake.save(session, wanted.ledger, wanted.match, wanted.view, progress), backup
