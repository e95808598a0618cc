"""What of the dues is handed up and how often (rules.md §1.7): shares of a sum, and the months settled together.

No rule fixes a share or a cadence for a branch: each province or committee sets its own (中组发〔2008〕3号 art. 15).
"""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from models.rules.periods import Month, Period

FEN = Decimal("0.01")
WHOLE = Decimal(100)
CADENCES = {"每月": 1, "每季度": 3, "每半年": 6}


def share(total: Decimal, percent: Decimal) -> Decimal:
    """`percent` of a sum in yuan, half up to the fen: 5 % of 13456.70 is 672.84."""
    return (total * percent / 100).quantize(FEN, ROUND_HALF_UP)


def shares(parts: Sequence[Decimal], percent: Decimal) -> list[Decimal]:
    """The share of a sum given part by part, in yuan: together just the share of the sum, and none above its part.

    `parts` are not below zero, `percent` is from 0 to 100.
    """
    return apportioned(parts, share(sum(parts, Decimal(0)), percent))


def apportioned(parts: Sequence[Decimal], whole: Decimal) -> list[Decimal]:
    """`whole` (yuan, not above the sum of the parts) laid upon the parts by their size, to the fen.

    The fen that rounding leaves over go to the parts that lose most by it.
    """
    total = sum(parts, Decimal(0))
    exact = [part * whole / total if total else Decimal(0) for part in parts]
    found = [each.quantize(FEN, ROUND_DOWN) for each in exact]
    left = int((whole - sum(found, Decimal(0))) / FEN)
    losers = sorted(range(len(parts)), key=lambda place: found[place] - exact[place])
    for place in losers[:left]:
        found[place] += FEN
    return found


def settlement(month: Month, cadence: str) -> Period:
    """The months that are handed up together with `month`: itself, its quarter, or its half year."""
    length = CADENCES[cadence]
    first = month + -((month.number - 1) % length)
    return Period(first, first + (length - 1))
