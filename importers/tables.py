"""Finding the table on a sheet: its heading, of one level or several, and which column is which field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from importers import values
from importers.grid import Grid, Merge
from importers.headings import Vocabulary, normal, speaks_of_others
from models.kinds import tidy

_ROWS_SEARCHED = 40
_LEVELS = 3
_WIDEST = 400


@dataclass(frozen=True)
class Heading:
    """The heading of one column: as found, as compared, and the fields it may mean with their ranks."""

    column: int
    text: str
    normal: str
    keys: Mapping[str, int]


@dataclass(frozen=True)
class Block:
    """A table's columns from `first` to `last`; several blocks stand side by side on one sheet.

    `fields` maps keys to columns, `headings` holds every heading there is, mapped or not.
    """

    first: int
    last: int
    headings: tuple[Heading, ...]
    fields: Mapping[str, int]

    def heading_of(self, key: str) -> Heading:
        """The heading of the column that a field was found in."""
        return next(each for each in self.headings if each.column == self.fields[key])


@dataclass(frozen=True)
class Table:
    """A table on a sheet; `heading_row` is the lowest row of its heading, `top` the first of them, from 0."""

    grid: Grid
    top: int
    heading_row: int
    blocks: tuple[Block, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self.blocks[0].fields)


def find(grid: Grid, vocabulary: Vocabulary, chosen: Mapping[str, str | None]) -> Table | None:
    """The table of a sheet with the most fields known, or None where no row is a heading of this ledger.

    `chosen` are a person's corrections: heading as found to key, or to None for a column to leave out.
    """
    best, most = None, 1
    for row in range(min(len(grid.rows), _ROWS_SEARCHED)):
        if not any(cell is not None for cell in grid.rows[row]):
            continue
        headings = [_as_chosen(each, chosen) for each in _headings(grid, row, vocabulary)]
        known = {min(each.keys, key=each.keys.__getitem__) for each in headings if each.keys}
        if len(known) > most:
            best, most = row, len(known)
    if best is None:
        return None
    headings = [_with_likely(each, vocabulary) for each in _headings(grid, best, vocabulary)]
    headings = [_as_chosen(each, chosen) for each in headings]
    blocks = _blocks(headings, vocabulary, grid, best)
    if not blocks:
        return None
    return Table(grid, best, _lowest_row(grid, best, blocks[0]), blocks)


def _headings(grid: Grid, row: int, vocabulary: Vocabulary) -> list[Heading]:
    """The headings of every column when `row` is the lowest row of the heading."""
    levels = [_level(grid, row - step) for step in range(_LEVELS)]
    bands = [level if len({text for _, text in level.values()}) > 1 else {} for level in levels[1:]]
    found = []
    for column in range(min(max(map(len, grid.rows[max(row - 2, 0) : row + 1])), _WIDEST)):
        texts: list[str] = []
        places = set()
        for level in (levels[0], *bands):
            place, text = level.get(column, ((-1, -1), ""))
            if text and place not in places and not (place[0] < row and re.search("[:：]", text)):
                texts.append(text)
                places.add(place)
        if texts:
            found.append(_heading(column, texts, column in levels[0], vocabulary))
    return found


def _level(grid: Grid, row: int) -> dict[int, tuple[tuple[int, int], str]]:
    """The texts of one row by column, those of merged cells in every column they cover, with where they stand."""
    if row < 0 or row >= len(grid.rows):
        return {}
    level = {}
    for column, raw in enumerate(grid.rows[row][:_WIDEST]):
        if isinstance(raw, str) and tidy(raw):
            level[column] = ((row, column), tidy(raw))
    for top, left, _, right in _merges_over(grid, row):
        raw = grid.at(top, left)
        if isinstance(raw, str) and tidy(raw):
            for column in range(left, min(right, _WIDEST) + 1):
                level.setdefault(column, ((top, left), tidy(raw)))
    return level


def _merges_over(grid: Grid, row: int) -> list[Merge]:
    return [merge for merge in grid.merges if merge[0] <= row <= merge[2]]


def _heading(column: int, texts: list[str], own: bool, vocabulary: Vocabulary) -> Heading:
    """What one column's heading means: joined with the bands over it, else by itself.

    `texts` stand from the lowest up; `own` is False where the lowest row itself is empty.
    """
    child, above = texts[0], [normal(text) for text in texts[1:]]
    bare = normal(child)
    for depth in range(len(above), 0, -1):
        joined = "".join(reversed(above[:depth])) + bare
        keys = vocabulary.keys(joined)
        if keys:
            return Heading(column, "/".join([*reversed(texts[1 : depth + 1]), child]), joined, keys)
    if above and bare and vocabulary.keys(bare + above[0]):  # 入党 below 时间
        return Heading(column, "/".join([texts[1], child]), bare + above[0], vocabulary.keys(bare + above[0]))
    if any(speaks_of_others(text) for text in above):
        return Heading(column, "/".join([texts[1], child]), above[0] + bare, {})
    return Heading(column, child, bare, vocabulary.keys(bare))


def _with_likely(heading: Heading, vocabulary: Vocabulary) -> Heading:
    if heading.keys:
        return heading
    return replace(heading, keys={key: rank + 100 for key, rank in vocabulary.likely_keys(heading.normal).items()})


def _as_chosen(heading: Heading, chosen: Mapping[str, str | None]) -> Heading:
    if heading.text not in chosen:
        return heading
    key = chosen[heading.text]
    return replace(heading, keys={} if key is None else {key: -1})


def _blocks(headings: list[Heading], vocabulary: Vocabulary, grid: Grid, row: int) -> tuple[Block, ...]:
    """The tables side by side: each begins where the headings of the first begin again, and has half of them."""
    starts = _starts(headings, vocabulary)
    parts = [
        [each for each in headings if start <= each.column < end]
        for start, end in zip(starts, [*starts[1:], _WIDEST], strict=True)
    ]
    blocks = [_block(part, vocabulary, grid, row) for part in parts if part]
    if all(_is_sound(block, vocabulary) and len(block.fields) * 2 >= len(blocks[0].fields) for block in blocks):
        return tuple(blocks)
    whole = _block(headings, vocabulary, grid, row)  # what comes again belongs to the same table
    return (whole,) if _is_sound(whole, vocabulary) else ()


def _starts(headings: list[Heading], vocabulary: Vocabulary) -> list[int]:
    """The first columns of the blocks: where the heading of a needed column comes a second time, less the same way."""
    subject = next((each for each in headings if any(key in each.keys for key in vocabulary.subjects)), None)
    if subject is None:
        return [0]
    lead = headings.index(subject)
    again = [
        index for index, each in enumerate(headings) if each.normal == subject.normal and each.keys and index > lead
    ]
    starts = [0]
    for index in again:
        same = index - lead > 0 and headings[index - lead].normal == headings[0].normal
        starts.append(headings[index - lead if same else index].column)
    return starts


def _is_sound(block: Block, vocabulary: Vocabulary) -> bool:
    if len(block.fields) < min(2, len(vocabulary.columns)):
        return False
    if vocabulary.needed:
        return all(key in block.fields for key in vocabulary.needed)
    return any(key in block.fields for key in vocabulary.subjects)


def _block(headings: list[Heading], vocabulary: Vocabulary, grid: Grid, row: int) -> Block:
    """Gives each field its column: sure headings before doubtful ones, better words first, then the left one."""
    fields: dict[str, int] = {}
    taken: set[int] = set()
    last = max(each.column for each in headings)
    claims = sorted(
        (_misfits(each, key, vocabulary, grid, row), rank, len(each.keys), each.column, key)
        for each in headings
        for key, rank in each.keys.items()
    )
    sure = {column for _, rank, _, column, _ in claims if rank < 0}
    empty = {each.column for each in headings if each.keys and _is_empty(grid, each.column, row)} - sure
    for column_is_empty in (False, True):
        for *_, column, key in claims:
            free = key not in fields and column not in taken and (column in empty) == column_is_empty
            if free and (key != vocabulary.record or column == last):
                fields[key] = column
                taken.add(column)
    return Block(min(each.column for each in headings), last, tuple(headings), fields)


def _misfits(heading: Heading, key: str, vocabulary: Vocabulary, grid: Grid, row: int) -> bool:
    """Whether a heading that may mean several fields stands over values that are not of this one."""
    if len(heading.keys) == 1:
        return False
    below = (cells[heading.column] for cells in grid.rows[row + 1 :] if len(cells) > heading.column)
    return values.fits(vocabulary.columns[key].kind, below) < 0.5


def _is_empty(grid: Grid, column: int, row: int) -> bool:
    return all(len(cells) <= column or cells[column] is None for cells in grid.rows[row + 1 :])


def _lowest_row(grid: Grid, row: int, block: Block) -> int:
    """The last row that merged headings reach down to."""
    columns = set(block.fields.values())
    reach = [bottom for _, left, bottom, _ in _merges_over(grid, row) if left in columns and bottom <= row + _LEVELS]
    return max([row, *reach])
