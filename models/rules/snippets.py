"""A piece of a long text around the words that were looked for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BEFORE, _ROOM = 16, 96  # characters before the first word, and in all
_SPACE = re.compile(r"\s+")
CUT = "…"


@dataclass(frozen=True)
class Snippet:
    """A piece of text in one line; `marks` are the places of the words in it, (first, behind the last) each."""

    text: str
    marks: tuple[tuple[int, int], ...]


def words_of(asked: str) -> tuple[str, ...]:
    """The words of what was typed, each once."""
    return tuple(dict.fromkeys(asked.casefold().split()))


def snippet(text: str, words: Sequence[str], room: int = _ROOM) -> Snippet:
    """The piece of the text with the first word that stands in it, its beginning where none does.

    Words are looked for in whatever case; `room` is how many characters the piece has at most, the dots left out.
    """
    line = _SPACE.sub(" ", text.strip())
    low = _lower(line)
    found = [place for place in (low.find(word) for word in words if word) if place >= 0]
    start = max(min(found, default=0) - _BEFORE, 0)
    end = min(start + room, len(line))
    start = max(min(start, end - room), 0)
    before = CUT if start else ""
    piece = before + line[start:end] + (CUT if end < len(line) else "")
    return Snippet(piece, tuple(_joined(sorted(_places(_lower(piece), words)))))


def _lower(text: str) -> str:
    """The text in small letters, each character in its place (İ has a small letter of two)."""
    low = text.casefold()
    return low if len(low) == len(text) else "".join(c if len(c.casefold()) != 1 else c.casefold() for c in text)


def _places(low: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        place = low.find(word) if word else -1
        while place >= 0:
            yield place, place + len(word)
            place = low.find(word, place + 1)


def _joined(marks: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Marks that overlap or touch as one."""
    open_: tuple[int, int] | None = None
    for first, end in marks:
        if open_ is not None and first <= open_[1]:
            open_ = open_[0], max(open_[1], end)
            continue
        if open_ is not None:
            yield open_
        open_ = first, end
    if open_ is not None:
        yield open_
