"""Reading one table: its rows of data as values, and every doubt about them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from importers import over, rows, shifts, synonyms, totals, values, years
from importers.grid import Grid, Workbook
from importers.headings import Vocabulary
from importers.rows import Rows
from importers.tables import Block, Table
from models.kinds import IdNumber, Name, Person, Raw
from models.ledger import Column

_MOST_NAMED = 6
_MISSING = "没有{title}。"


@dataclass
class Reading:
    """What one table holds; rows count from 1, as a person sees them.

    `given` are the values, by key, of rows which have none of their own: the year of the table, the words over it.
    """

    table: Table
    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    problems: list[tuple[int, str, str, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.table.grid.name

    @property
    def count(self) -> int:
        """How many rows of data there are, sound or not."""
        return len(self.rows) + len({row for row, *_ in self.problems})


@dataclass(frozen=True)
class _Field:
    """One mapped column of a block with the raw values of its rows of data."""

    column: Column
    at: int
    raws: Sequence[Raw]


def read(table: Table, vocabulary: Vocabulary, workbook: Workbook) -> Reading:
    """The rows of a table, those of tables side by side one after the other; a row with a problem is not among them."""
    reading = Reading(table)
    if years.KEY in vocabulary.entered:
        reading.given[years.KEY] = years.year_of(table.grid, table.heading_row, workbook.name)
    if over.KEY in vocabulary.entered:
        reading.given[over.KEY] = over.words_over(table.grid, table.heading_row)
    for block in table.blocks:
        told = rows.told_apart(table, block, vocabulary)
        fields = _known(reading, block, _fields(table.grid, block, told, vocabulary))
        _say_oddities(reading, block, fields, told, vocabulary)
        _take(reading, block, told, fields, workbook.from_1904)
        reading.skipped += [(row + 1, why) for row, why in told.skipped]
        _note_headings(reading, block, {each.at for each in fields})
    return reading


def _fields(grid: Grid, block: Block, told: Rows, vocabulary: Vocabulary) -> list[_Field]:
    fields = []
    for key, at in sorted(block.fields.items(), key=lambda item: item[1]):
        raws = [cells[at] if at < len(cells) else None for cells in (grid.rows[row] for row in told.data)]
        if told.lent:
            raws = [told.lent.get((row, at), raw) for row, raw in zip(told.data, raws, strict=True)]
        if not synonyms.DITTO.isdisjoint(raws) and not isinstance(
            vocabulary.columns[key].kind, Name | Person | IdNumber
        ):
            raws = _repeated(raws)
        fields.append(_Field(vocabulary.columns[key], at, raws))
    return fields


def _repeated(raws: Sequence[Raw]) -> list[Raw]:
    """The values with that of the row above in the place of 〃 and 同上."""
    filled: list[Raw] = []
    for raw in raws:
        filled.append(filled[-1] if filled and raw in synonyms.DITTO else raw)
    return filled


def _known(reading: Reading, block: Block, fields: Sequence[_Field]) -> list[_Field]:
    """The fields whose values are what the heading says; a column of other words entirely is left out and named."""
    kept = []
    for each in fields:
        heading = block.heading_of(each.column.key)
        chosen = heading.keys[each.column.key] < 0
        if not chosen and not each.column.required and values.looks_foreign(each.column.kind, each.raws):
            named = values.heading_seen(heading.text)
            reading.notices.append(f"“{named}”一列的内容不是“{each.column.title}”，没有读入这一列。")
        else:
            kept.append(each)
    return kept


def _say_oddities(reading: Reading, block: Block, fields: Sequence[_Field], told: Rows, vocabulary: Vocabulary) -> None:
    """Notices of notes among the data and of columns that seem to have slipped under a neighbour's heading."""
    reading.notices += [f"第 {row + 1} 行起有一块合并的说明文字，没有读入。" for row in told.notes]
    for key in ("branch", "group"):
        named = list(dict.fromkeys(given[key] for given in told.headed.values() if key in given))
        if named:
            listed = "、".join(named[:_MOST_NAMED]) + ("等" if len(named) > _MOST_NAMED else "")
            reading.notices.append(f"没有写“{vocabulary.columns[key].title}”的行，以它上面的小标题为准：{listed}。")
    for each in fields:
        if values.fits(each.column.kind, each.raws) >= values.MOSTLY and not values.is_free(each.column.kind):
            continue
        for other in vocabulary.columns.values():
            if other.key != each.column.key and other.entered and values.looks_like(other.kind, each.raws):
                heading = values.heading_seen(block.heading_of(each.column.key).text)
                reading.notices.append(f"“{heading}”一列的内容像是“{other.title}”，请核对各列是否错位。")
                break


def _take(reading: Reading, block: Block, told: Rows, fields: Sequence[_Field], from_1904: bool) -> None:
    """Reads the values column by column, then puts the rows together; a row repeated beside itself counts once."""
    grid = reading.table.grid
    troubled: set[int] = set()
    read_columns: list[list[Any]] = []
    faulty: dict[str, bool] = {}
    slipped: dict[str, dict[int, str]] = {}
    for each in fields:
        column, faults = values.ColumnReader(each.column.kind, each.raws, grid.typed, from_1904).read(each.raws)
        read_columns.append(column)
        faulty[each.column.key] = bool(faults)
        astray = shifts.slipped(each.column.kind, each.raws)
        if astray:
            slipped[values.heading_seen(block.heading_of(each.column.key).text)] = astray
        whys = faults | _cell_faults(grid, told.data, each, column)
        whys |= {index: shifts.why(each.column.title, shape) for index, shape in astray.items()}
        whys |= _missing(each, column, whys)
        for index, why in whys.items():
            troubled.add(index)
            reading.problems.append((told.data[index] + 1, each.column.key, values.as_seen(each.raws[index]), why))
    summed = [(each.column, each.at, column) for each, column in zip(fields, read_columns, strict=True)]
    reading.notices += shifts.told(slipped, told.data)
    reading.notices += totals.differences(grid, told.totals, summed, faulty)
    keys = [each.column.key for each in fields]
    beside = dict(reading.rows) if block is not reading.table.blocks[0] else {}
    for index, (row, found) in enumerate(zip(told.data, zip(*read_columns, strict=True), strict=True)):
        if index not in troubled:
            taken = dict(zip(keys, found, strict=True))
            for key, value in told.headed.get(row, {}).items():
                taken[key] = taken.get(key) or value
            for key, value in reading.given.items():
                taken[key] = value if taken.get(key) is None else taken[key]
            if not beside or beside.get(row + 1) != taken:
                reading.rows.append((row + 1, taken))
    reading.problems.sort(key=lambda problem: problem[0])


def _cell_faults(grid: Grid, numbers: Sequence[int], each: _Field, found: Sequence[Any]) -> dict[int, str]:
    if not grid.faults:
        return {}
    places = ((index, grid.faults.get((row, each.at))) for index, row in enumerate(numbers) if found[index] is None)
    return {index: why for index, why in places if why}


def _missing(each: _Field, found: Sequence[Any], known: dict[int, str]) -> dict[int, str]:
    if not each.column.required:
        return {}
    why = _MISSING.format(title=each.column.title)
    return {index: why for index, value in enumerate(found) if value is None and index not in known}


def _note_headings(reading: Reading, block: Block, taken: set[int]) -> None:
    keys = {at: key for key, at in block.fields.items()}
    for heading in block.headings:
        if heading.column in taken:
            reading.mapping.setdefault(heading.text, keys[heading.column])
        elif heading.text not in reading.unmapped:
            reading.unmapped.append(heading.text)
