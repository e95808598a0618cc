"""What is written over a table, for a ledger that asks for it: its title, and words such as 资金来源：工会."""

from importers.grid import Grid
from models.kinds import tidy

KEY = "over"
_LONGEST = 400


def words_over(grid: Grid, heading_row: int) -> str | None:
    """The texts of the rows above the heading, one after the other; None where there are none."""
    cells = (cell for row in grid.rows[:heading_row] for cell in row if isinstance(cell, str))
    return "；".join(filter(None, map(tidy, cells)))[:_LONGEST] or None
