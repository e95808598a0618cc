"""What was read from a file: sheets of raw values, with what a value alone does not tell."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.kinds import Raw

Merge = tuple[int, int, int, int]


@dataclass(frozen=True)
class Grid:
    """One sheet from its first row and column on; rows and columns count from 0, rows end at their last value.

    `typed` is False where the file does not tell text from numbers (CSV, web pages). `merges` are (top, left,
    bottom, right), all included; the value stands at the top left. `faults` says of a cell without a value why it
    is not simply empty: an error, or a formula that nothing has calculated.
    """

    name: str
    rows: list[tuple[Raw, ...]]
    hidden: bool
    typed: bool
    merges: list[Merge]
    faults: Mapping[tuple[int, int], str]

    def at(self, row: int, column: int) -> Raw:
        """The raw value at a place, None beyond the last one."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file in their order; `notices` are sentences about reading it, `name` is the file's.

    `from_1904`: day numbers count from 1904 (made on a Mac); cells formatted as dates are right already.
    """

    grids: tuple[Grid, ...]
    notices: tuple[str, ...] = ()
    from_1904: bool = False
    name: str = ""
