"""Rows of boxes, of which most papers are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from exporters.fonts import Style
from exporters.paper import THIN, Paper
from models.kinds import Align


@dataclass(frozen=True)
class Box:
    """A box of a row: its share of the row's width, and what stands in it; `spread` in ems sets a label apart.

    `pad` is the room in points that is kept free at either side.
    """

    share: float
    text: str
    align: Align = "centre"
    style: Style = "serif"
    size: float = 10.5
    spread: float = 0
    pad: float = 5


def label(share: float, text: str) -> Box:
    """A box that names the next one; two characters stand as wide as four."""
    return Box(share, text, spread=2 if len(text) == 2 else 0)


def name(share: float, text: str, size: float = 10.5) -> Box:
    """A box with a person's name; one of two characters stands as wide as one of three."""
    return Box(share, text, size=size, spread=1 if len(text) == 2 else 0)


def draw_row(paper: Paper, x: float, y: float, width: float, height: float, boxes: Sequence[Box]) -> float:
    """Draws boxes side by side over a width; answers where the row ends."""
    unit = width / sum(box.share for box in boxes)
    edges = [x]
    for box in boxes:
        edges.append(edges[-1] + box.share * unit)
    uprights = [(edge, y, edge, y + height) for edge in edges]
    paper.rules([(x, y, x + width, y), (x, y + height, x + width, y + height), *uprights], THIN)
    for (left, right), box in zip(pairwise(edges), boxes, strict=True):
        paper.box(left, y, right - left, height, box.text, box.size, box.style, box.align, box.pad, box.spread)
    return y + height
