"""A numbered list over as many pages as it takes, its heading on each, with room for what closes it on the last."""

from collections.abc import Callable, Sequence

from exporters.forms.grid import Box, draw_row
from exporters.paper import MM, Paper

Heads = Sequence[tuple[float, str]]
_HEAD, _LATER_TOP, _FOOT = 9 * MM, 16 * MM, 14 * MM


def draw_list(
    paper: Paper,
    top: float,
    side: float,
    heads: Heads,
    rows: Sequence[Sequence[Box]],
    height: float,
    closing: float,
    foot: str = "内部资料",
    sums: Callable[[int, int], Sequence[Box]] | None = None,
) -> float:
    """Draws the rows from `top` on and answers where they end; pages that are full are ended, the last is not.

    `closing` is the room in points that the last page keeps under the rows. Where there are several pages, `sums`
    answers what stands under the rows of each, from the first of them to before the last.
    """
    pages = _by_page(paper, top, len(rows), height, closing)
    if sums is not None and len(pages) > 1:
        pages = _by_page(paper, top, len(rows), height, closing, height)
    width, y, start = paper.width - 2 * side, top, 0
    for number, held in enumerate(pages, start=1):
        y = draw_row(paper, side, y, width, _HEAD, [Box(share, title, style="sans", size=10) for share, title in heads])
        for boxes in rows[start : start + held]:
            y = draw_row(paper, side, y, width, height, boxes)
        if sums is not None and len(pages) > 1:
            y = draw_row(paper, side, y, width, height, sums(start, start + held))
        start += held
        if len(pages) > 1:
            paper.foot(foot, number, len(pages), side, paper.height - 9 * MM)
        elif foot:
            paper.text(side, paper.height - 9 * MM, foot, 8)
        if number < len(pages):
            paper.end_page()
            y = _LATER_TOP
    return y


def _by_page(paper: Paper, top: float, rows: int, height: float, closing: float, under: float = 0) -> list[int]:
    """How many rows stand on each page; `under` is kept free below those of each."""
    pages: list[int] = []
    room = paper.height - top - _HEAD - _FOOT - under
    while rows * height > room - closing:
        held = min(int(room / height), max(rows - 1, 1))
        pages.append(held)
        rows -= held
        room = paper.height - _LATER_TOP - _HEAD - _FOOT - under
    return [*pages, rows]
