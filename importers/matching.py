"""From a workbook to rows of a ledger: which sheet, which heading, which rows, which values, and every doubt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from importers import headings, readings, synonyms, tables
from importers.grid import Grid, Workbook
from importers.headings import NOTHING, Memory, Vocabulary
from importers.readings import Reading
from importers.tables import Table
from models.errors import UserError
from models.ledger import Ledger

Chosen = Mapping[str, str | None]

_RIVAL = 0.6  # a sheet with this share of the best one's fields is a table of the same sort


@dataclass(frozen=True)
class Row:
    """One sound row: its number in the spreadsheet and its values by the key of their column."""

    number: int
    values: Mapping[str, Any]
    sheet: str


@dataclass(frozen=True)
class Skipped:
    """A row that may or may not be one of data, and why it was left out."""

    row: int
    why: str
    sheet: str


@dataclass(frozen=True)
class Problem:
    """A value for which its row is not saved: row number, key of the column, the value as seen, and why."""

    row: int
    field: str | None
    value: str
    why: str
    sheet: str


@dataclass(frozen=True)
class Match:
    """What a file holds for a ledger; row numbers are those that a person sees in the spreadsheet.

    `sheets` are those that were read; `header_row` is that of the first. `mapping` maps headings as found to keys,
    `unmapped` are the headings of columns that were left out. `rows_read` counts the sound rows and those with a
    problem. `memory` is what was remembered of headings when it was found.
    """

    sheets: tuple[str, ...]
    header_row: int
    mapping: Mapping[str, str]
    unmapped: tuple[str, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]
    rows_read: int
    memory: Memory = field(default_factory=dict)


def match(
    workbook: Workbook,
    ledger: Ledger,
    sheet: str | None = None,
    chosen: Chosen | None = None,
    memory: Memory = NOTHING,
) -> Match:
    """Finds the ledger's table in a workbook and reads it; nothing is saved.

    Without `sheet` the sheet that holds it is found; several that agree in their heading are read together.
    `chosen` corrects the mapping: headings as found to keys, or to None for a column to leave out; `memory` does so
    for headings as they are compared, where `chosen` says nothing. UserError with one sentence when there is no such
    table, no row in it, or a sheet has to be chosen first.
    """
    vocabulary = Vocabulary(ledger, memory)
    grids = [_named(workbook, sheet)] if sheet is not None else _visible(workbook)
    found = _tables(grids, vocabulary, chosen or {})
    if not found and sheet is None:
        found = _tables(workbook.grids, vocabulary, chosen or {})
    if not found:
        raise UserError(_nothing_found(grids, vocabulary))
    most = max(len(table.keys) for table in found)
    rivals = [readings.read(each, vocabulary, workbook) for each in found if len(each.keys) >= most * _RIVAL]
    taken = [reading for reading in rivals if reading.count]
    if not taken:
        raise UserError(_nothing_in(rivals))
    _require_agreement(taken)
    return replace(_joined(taken, workbook, [table.grid.name for table in found]), memory=memory)


def _visible(workbook: Workbook) -> list[Grid]:
    return [grid for grid in workbook.grids if not grid.hidden] or list(workbook.grids)


def _named(workbook: Workbook, sheet: str) -> Grid:
    for same in (str.strip, headings.normal):
        for grid in workbook.grids:
            if same(grid.name) == same(sheet):
                return grid
    listed = "、".join(f"“{grid.name}”" for grid in workbook.grids)
    raise UserError(f"没有名为“{sheet}”的工作表；有{listed}。")


def _tables(grids: Sequence[Grid], vocabulary: Vocabulary, chosen: Chosen) -> list[Table]:
    """The tables of the sheets, those of sample sheets only where there is no other."""
    found = [table for grid in grids if (table := tables.find(grid, vocabulary, chosen))]
    return [each for each in found if not any(word in each.grid.name for word in synonyms.SAMPLE_SHEETS)] or found


def _nothing_found(grids: Sequence[Grid], vocabulary: Vocabulary) -> str:
    if not any(grid.rows for grid in grids):
        return "工作表是空的，没有可导入的内容。"
    titles = [f"“{vocabulary.columns[key].title}”" for key in vocabulary.subjects]
    wanted = ("、" if vocabulary.needed else "或").join(titles)
    return f"没有找到标题行：表中要有一行标题，其中有{wanted}，还至少有另外一列。"


def _nothing_in(found: Sequence[Reading]) -> str:
    for reading in found:
        if reading.skipped:
            row, why = reading.skipped[0]
            return f"工作表“{reading.name}”里没有可以读入的数据；如第 {row} 行：{why}"
    return f"工作表“{found[0].name}”里只有标题，没有一行数据。"


def _require_agreement(taken: Sequence[Reading]) -> None:
    if len({reading.table.keys for reading in taken}) > 1:
        listed = "、".join(f"“{reading.name}”" for reading in taken)
        raise UserError(f"有几张工作表都像要导入的内容，标题却不一致：{listed}。请指定一张，一张一张地导入。")


def _joined(taken: Sequence[Reading], workbook: Workbook, names: Sequence[str]) -> Match:
    notices = list(workbook.notices)
    for reading in taken:
        where = f"工作表“{reading.name}”：" if len(taken) > 1 else ""
        notices += [where + notice for notice in reading.notices]
    sheets = tuple(reading.name for reading in taken)
    unread = [name for name in names if name not in sheets]
    if unread:
        notices.append(f"没有读取的工作表：{'、'.join(unread)}。")
    mapping = {text: key for reading in reversed(taken) for text, key in reading.mapping.items()}
    unmapped = dict.fromkeys(text for reading in taken for text in reading.unmapped if text not in mapping)
    return Match(
        sheets=sheets,
        header_row=taken[0].table.heading_row + 1,
        mapping=mapping,
        unmapped=tuple(unmapped),
        rows=tuple(Row(number, values, each.name) for each in taken for number, values in each.rows),
        skipped=tuple(Skipped(row, why, each.name) for each in taken for row, why in each.skipped),
        problems=tuple(Problem(*problem, each.name) for each in taken for problem in each.problems),
        notices=tuple(notices),
        rows_read=sum(reading.count for reading in taken),
    )
