"""The line of totals below a table held against the rows above it."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from importers.grid import Grid
from models.kinds import MONEY, Money, tidy
from models.ledger import Column

_MOST_TOLD = 3
_WHOLE = re.compile(r"\s*(?:合\s*计|总\s*计|共\s*计|合計|總計)")


def differences(
    grid: Grid, totals: Sequence[int], columns: Sequence[tuple[Column, int, Sequence[Any]]], faulty: Mapping[str, bool]
) -> list[str]:
    """One sentence about the columns of money whose total is not the sum of their rows; none where all agree.

    Nothing is said where there are several lines of totals, or a value of the column could not be read. `columns` are
    each with its place and the values read.
    """
    whole = [row for row in totals if any(_WHOLE.match(tidy(cell)) for cell in grid.rows[row])]
    if len(whole) != 1 or len(totals) != len(whole):
        return []
    found = []
    for column, place, values in columns:
        stated = (
            _money(grid, whole[0], place) if isinstance(column.kind, Money) and not faulty.get(column.key) else None
        )
        amount = sum((value for value in values if isinstance(value, Decimal)), Decimal(0))
        if stated is None or stated == amount or any(not isinstance(value, Decimal | None) for value in values):
            continue
        found.append(f"“{column.title}”写的是 {stated:,.2f}，相加是 {amount:,.2f}")
    if not found:
        return []
    more = f"；还有 {len(found) - _MOST_TOLD} 列" if len(found) > _MOST_TOLD else ""
    return [f"合计行（第 {whole[0] + 1} 行）和各行相加不符：{'；'.join(found[:_MOST_TOLD])}{more}。"]


def _money(grid: Grid, row: int, place: int) -> Decimal | None:
    """The amount in a cell of the total, None where there is none."""
    raw = grid.at(row, place)
    try:
        found: Decimal | None = MONEY.read(raw)
    except ValueError:
        return None
    return found
