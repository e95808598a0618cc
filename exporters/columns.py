"""Sharing the width of a page out among the columns of a table: the type becomes smaller only where it must."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

LARGEST, SMALLEST = 9.0, 6.5
PAD = 2.0
Sort = Literal["figures", "words", "texts"]

# How small the type may become, step by step: figures first, for they are read one at a time.
_FLOORS: tuple[Mapping[Sort, float], ...] = (
    {"figures": 7.25, "words": 9.0, "texts": 8.5},
    {"figures": 7.25, "words": 8.0, "texts": 7.5},
    {"figures": 6.75, "words": 7.25, "texts": 7.0},
    {"figures": SMALLEST, "words": SMALLEST, "texts": SMALLEST},
)
_STEP = 0.25
_AIR = 6.0


@dataclass(frozen=True)
class Want:
    """What a column asks for: `ems` for its widest cell, `least` ems when its texts may take several lines.

    `heading` and `least_heading` are the width of its title in points, in one line and in several. `weight` is its
    share of room to spare. Columns of one `sort` and `group` are set in the same size and find the same room.
    """

    ems: float
    least: float
    heading: float
    least_heading: float
    weight: float
    sort: Sort
    group: str

    def needed(self, size: float) -> float:
        """The least width at this size of type, in points."""
        return max(self.least * size, self.least_heading) + 2 * PAD

    def comfortable(self, size: float) -> float:
        """The width at which nothing takes a second line or touches a rule."""
        return max(self.ems * size, self.heading) + 2 * PAD + _AIR


@dataclass(frozen=True)
class Share:
    """What a column gets: its width and the size of its type, in points."""

    width: float
    size: float


def share_out(wants: Sequence[Want], width: float) -> tuple[list[Share], bool]:
    """The columns' shares of the whole width, and whether all find what they need at a legible size."""
    wants = _evened(wants)
    sizes = dict.fromkeys((want.group for want in wants), LARGEST)
    for floors in _FLOORS:
        while _needed(wants, sizes) > width and (group := _widest_above(wants, sizes, floors)):
            sizes[group] -= _STEP
    needed = [want.needed(sizes[want.group]) for want in wants]
    if sum(needed) > width:
        scale = width / sum(needed)
        return [Share(each * scale, sizes[want.group]) for each, want in zip(needed, wants, strict=True)], False
    short = [max(0.0, want.comfortable(sizes[want.group]) - each) for each, want in zip(needed, wants, strict=True)]
    spare = width - sum(needed)
    eased = min(spare, sum(short))
    extra = (spare - eased) / sum(want.weight for want in wants)
    return [
        Share(each + (lack * eased / sum(short) if lack else 0) + extra * want.weight, sizes[want.group])
        for each, lack, want in zip(needed, short, wants, strict=True)
    ], True


def _evened(wants: Sequence[Want]) -> list[Want]:
    """The wants with columns of figures in one group asking for the same: twelve months are twelve equal columns."""
    widest: dict[str, float] = {}
    for want in wants:
        widest[want.group] = max(widest.get(want.group, 0.0), want.ems)
    return [
        replace(want, ems=widest[want.group], least=widest[want.group]) if want.sort == "figures" else want
        for want in wants
    ]


def _needed(wants: Sequence[Want], sizes: dict[str, float]) -> float:
    return sum(want.needed(sizes[want.group]) for want in wants)


def _widest_above(wants: Sequence[Want], sizes: dict[str, float], floors: Mapping[Sort, float]) -> str | None:
    """The group that takes the most room of those still larger than their floor."""
    taken: dict[str, float] = {}
    for want in wants:
        if sizes[want.group] > floors[want.sort]:
            taken[want.group] = taken.get(want.group, 0.0) + want.needed(sizes[want.group])
    return max(taken, key=lambda group: taken[group], default=None)
