"""What a workbook is to hold: its sheets, a cover before them, and the cells that stand out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from exporters.cover import Cover
from models.ledger import Sheet

Look = Literal["changed", "added", "removed"]


@dataclass(frozen=True)
class Mark:
    """Cells of one row, by the keys of their columns, that stand in another look."""

    look: Look
    keys: frozenset[str]


Marks = Mapping[int, Mark]  # by place of the row, from 0


@dataclass(frozen=True)
class Book:
    """What a workbook is to hold: its sheets, a cover before them, and by place of the sheet marks in its rows."""

    sheets: Sequence[Sheet]
    cover: Cover | None = None
    marks: Sequence[Marks] = ()
