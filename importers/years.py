"""The year a table is of, where no column says it: in the title over it, else in the name of its sheet or file."""

import re
from collections.abc import Iterable

from importers.grid import Grid
from models.kinds import tidy

KEY = "year"
_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = r"(?<!\d)((?:19|20)\d\d)"
_OF_THE_YEAR = re.compile(rf"{_YEAR}\s*年\s*度")
_YEAR_ALONE = re.compile(rf"{_YEAR}\s*年(?!\s*\d+\s*月)")
_BARE = re.compile(rf"{_YEAR}(?!\d|[-.]\d)")


def year_of(grid: Grid, heading_row: int, file_name: str) -> int | None:
    """The one year that the title names, or the name of the sheet, or that of the file; None where none or several."""
    titles = [tidy(cell) for cells in grid.rows[:heading_row] for cell in cells if isinstance(cell, str)]
    for texts, ways in (
        (titles, (_OF_THE_YEAR, _YEAR_ALONE)),
        ([grid.name], (_OF_THE_YEAR, _YEAR_ALONE, _BARE)),
        ([file_name], (_OF_THE_YEAR, _YEAR_ALONE, _BARE)),
    ):
        for way in ways:
            found = _named(texts, way)
            if len(found) == 1:
                return found.pop()
    return None


def _named(texts: Iterable[str], way: re.Pattern[str]) -> set[int]:
    return {int(year) for text in texts for year in way.findall(text.translate(_FIGURES))}
