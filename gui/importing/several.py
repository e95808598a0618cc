"""The work behind the list of several files: each is read and saved by itself, whole or not at all. No widgets."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gui.importing.gathering import Gathered
from gui.importing.tables import plain
from gui.importing.work import named
from gui.tasks import Progress
from importers import bare, files, intake
from importers.headings import Memory, normal
from importers.intake import Report
from importers.matching import Match, Problem, Skipped
from importers.values import heading_seen
from models.database import Database
from models.errors import UserError
from models.kinds import NUMBER, TEXT, Choice
from models.ledger import Column, Ledger, Sheet, View

WAITING, TAKEN, SAME, PARTLY, REFUSED = "待导入", "已导入", "没有变化", "部分有问题", "没有导入"
DOUBTFUL = (REFUSED, PARTLY)  # what is to be looked at first
_STATE = Choice(
    (WAITING, TAKEN, SAME, PARTLY, REFUSED),
    tones={WAITING: "plain", TAKEN: "good", SAME: "quiet", PARTLY: "warn", REFUSED: "bad"},
)
_COLUMNS = (
    Column("name", "文件", TEXT, 24),
    Column("state", "结果", _STATE, 9),
    Column("added", "新增", NUMBER, 5, totalled=True),
    Column("updated", "修改", NUMBER, 5, totalled=True),
    Column("unchanged", "未变", NUMBER, 5, totalled=True),
    Column("troubled", "有问题", NUMBER, 6, totalled=True),
    Column("skipped", "跳过", NUMBER, 5, totalled=True),
    Column("why", "说明", TEXT, 60),
)
_COUNTS = tuple(column.key for column in _COLUMNS if column.totalled)
_MOST_NAMED = 3


@dataclass(frozen=True)
class FileLine:
    """One file as the list shows it: how many rows became what, and why not all of them; None where none was read."""

    id: int
    path: Path
    name: str
    state: str = WAITING
    added: int | None = None
    updated: int | None = None
    unchanged: int | None = None
    troubled: int | None = None
    skipped: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Target:
    """Where files go: the ledger as this data file has it, the headings remembered for it, how it is looked at."""

    ledger: Ledger
    memory: Memory
    view: View


def lines_of(gathered: Gathered) -> list[FileLine]:
    """A line for each file, that waits."""
    named = zip(gathered.files, gathered.labels, strict=True)
    return [FileLine(number, path, name) for number, (path, name) in enumerate(named)]


def take_each(
    database: Database,
    target: Target,
    lines: Sequence[FileLine],
    told: Callable[[FileLine], object],
    progress: Progress,
) -> None:
    """Reads the files one after the other and saves the sound rows of each in a transaction of its own.

    `told` is handed the line of each file once it is saved or refused. What `progress` raises stops the work between
    two files, or while one is read or saved, of which nothing stays then.
    """
    for done, line in enumerate(lines):
        told(_taken(database, target, line, _while_at(done, len(lines), progress)))


def _while_at(done: int, total: int, progress: Progress) -> Progress:
    """Tells how many files are done however far the reading of one is, which nobody knows."""
    return lambda _done, _total: progress(done, total)


def _taken(database: Database, target: Target, line: FileLine, progress: Progress) -> FileLine:
    progress(0, 0)
    ledger = target.ledger
    try:
        match = files.found(line.path, ledger, target.memory, progress=progress)
        with database.writing(files.title(ledger, line.name)) as session:
            report = intake.save(session, ledger, match, target.view, progress)
    except UserError as refusal:
        why = str(refusal).removeprefix(f"“{line.path.name}”").removeprefix("：")  # it stands beside the name
        return FileLine(line.id, line.path, line.name, REFUSED, why=why)
    return told_of(line, report)


def told_of(line: FileLine, report: Report) -> FileLine:
    """The line of a file that was saved."""
    counts = report.counts
    troubled = len({(each.sheet, each.row) for each in report.problems})
    sound = counts["added"] + counts["updated"] + counts["unchanged"]
    state = TAKEN if counts["added"] or counts["updated"] else SAME
    if troubled:
        state = PARTLY if sound else REFUSED
    return replace(
        line,
        state=state,
        added=counts["added"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        troubled=troubled,
        skipped=len(report.match.skipped),
        why="".join(_reasons(report)),
    )


def _reasons(report: Report) -> list[str]:
    """What is to be known of a file, what keeps rows out first."""
    match = report.match
    said = _rows(match, report.problems) + _rows(match, match.skipped) + list(match.notices[:_MOST_NAMED])
    unread = [heading_seen(text) for text in match.unmapped if normal(text) != bare.COUNT]
    return [*said, f"没有读入的列：{named(unread)}。"] if unread else said


def _rows(match: Match, found: Sequence[Problem | Skipped]) -> list[str]:
    sheet = "工作表“{}”" if len(match.sheets) > 1 else ""
    said = [f"{sheet.format(each.sheet)}第 {each.row} 行：{each.why}" for each in found[:_MOST_NAMED]]
    return [*said, f"……另有 {len(found) - _MOST_NAMED} 处。"] if len(found) > _MOST_NAMED else said


def counted(lines: Iterable[FileLine]) -> Mapping[str, int]:
    """How many files stand in each state, and how many rows became what, by the key of the column."""
    kept = list(lines)
    states = {state: sum(line.state == state for line in kept) for state in _STATE.options}
    return states | {key: sum(getattr(line, key) or 0 for line in kept) for key in _COUNTS}


def sheet_of(ledger: Ledger, lines: Sequence[FileLine]) -> Sheet:
    """The list, as it is shown and saved."""
    counts = counted(lines)
    totals = {key: counts[key] for key in _COUNTS if any(line.state != WAITING for line in lines)}
    return replace(plain(f"导入{ledger.title}的文件清单", _COLUMNS, lines), totals=totals)
