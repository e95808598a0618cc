"""Bands into which members are counted: by a number of years, or by groups of words. Bounds are data, and inclusive."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

UNKNOWN = "未填"


@dataclass(frozen=True)
class Bands:
    """Names with the highest whole number that belongs to each, rising; None is open above."""

    limits: Sequence[tuple[str, int | None]]

    def band(self, years: int | None) -> str:
        """The name of the band; 未填 for nothing known. Every number from zero on has exactly one."""
        if years is None:
            return UNKNOWN
        return next(name for name, highest in self.limits if highest is None or years <= highest)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.limits)


@dataclass(frozen=True)
class Groups:
    """Names with the words that belong to each; a word of none counts as 其他."""

    words: Sequence[tuple[str, Sequence[str]]]
    other: str = "其他"

    def band(self, word: str | None) -> str:
        if not word:
            return UNKNOWN
        return next((name for name, known in self.words if word in known), self.other)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*(name for name, _ in self.words), self.other)))


def counted(names: Iterable[str], found: Iterable[str]) -> Mapping[str, int]:
    """How often each name was found, in the order of `names`; what is not known comes last, where there is any."""
    counts = dict.fromkeys(names, 0)
    for name in found:
        counts[name] = counts.get(name, 0) + 1
    return counts
