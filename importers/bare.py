"""A table without headings: its columns are taken in the order in which the ledger shows them."""

from collections.abc import Sequence
from dataclasses import replace

from importers.grid import Grid, Workbook
from models.kinds import Raw, tidy

COUNT = "序号"


def with_headings(workbook: Workbook, titles: Sequence[str]) -> Workbook:
    """The same tables under a row of `titles`; a first column that only counts the rows stands before them."""
    return replace(workbook, grids=tuple(_headed(grid, titles) for grid in workbook.grids))


def _headed(grid: Grid, titles: Sequence[str]) -> Grid:
    counts = [tidy(cells[0]) for cells in grid.rows if cells]
    counted = len(counts) > 1 and counts == [str(number) for number in range(1, len(counts) + 1)]
    width = max(map(len, grid.rows), default=0)
    heading: tuple[Raw, ...] = ((COUNT, *titles) if counted else tuple(titles))[:width]
    merges = [(top + 1, left, bottom + 1, right) for top, left, bottom, right in grid.merges]
    faults = {(row + 1, column): why for (row, column), why in grid.faults.items()}
    return replace(grid, rows=[heading, *grid.rows], merges=merges, faults=faults)
