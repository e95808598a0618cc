"""Two like copies on one page of A4, each for somebody else, to be cut apart."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from exporters.paper import A4, MM, Paper

T = TypeVar("T")
_MARGIN = 8 * MM


def draw_halves(
    records: Sequence[T],
    path: Path,
    title: str,
    copies: tuple[str, str],
    draw_copy: Callable[[Paper, float, str, T], None],
) -> frozenset[str]:
    """Writes a page for each record: `draw_copy` is handed the paper, the upper edge in points and the copy's name.

    Answers the characters that no font has.
    """
    paper = Paper(A4, title)
    half = paper.height / 2
    for record in records:
        for place, copy in enumerate(copies):
            draw_copy(paper, place * half, copy, record)
        paper.dashes(_MARGIN, half, paper.width - _MARGIN, half)
        paper.end_page()
    return paper.save(path)
