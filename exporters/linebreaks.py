"""Breaking Chinese text, with figures and foreign words in it, into lines (GB/T 15834: what may not begin one)."""

import re
from collections.abc import Callable

Measure = Callable[[str], float]

# What may not begin a line: closing marks, and whatever belongs to the word before it.
CLOSING = frozenset("，。、；：？！,.;:?!…—–-~～·‧・）〕】》〉」』”’｝］)]}%％‰℃°′″々ー/／＂＇")
# What may not end a line: opening marks, and signs that belong to the figure after them.
OPENING = frozenset("（〔【《〈「『“‘｛［([{￥¥＄$№＃#§")
_TOKEN = re.compile(
    r"(?P<space>[^\S\n]+)"
    r"|[0-9A-Za-z\u00c0-\u024f\u0370-\u052f]+(?:[.,:'’_@/+\-][0-9A-Za-z\u00c0-\u024f\u0370-\u052f]+)*"
    r"|…{2}|—{2}"
    r"|.[\u0300-\u036f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]*",
    re.DOTALL,
)


def break_lines(text: str, width: float, measure: Measure, indent: float = 0) -> list[str]:
    """The lines of a text, each at most `width` by `measure` (and the first of a paragraph by `indent` less).

    Line ends in the text hold. A line does not begin with a closing mark nor end with an opening one, and numbers and
    words stay whole, unless one of them alone is wider than a line. Spaces where a line breaks are left out.
    """
    lines: list[str] = []
    for paragraph in re.split(r"\r\n|\n|\r", text):
        lines += _fill(_pieces(paragraph), width, measure, indent)
    return lines


def balanced_lines(text: str, width: float, measure: Measure) -> list[str]:
    """The lines of a text to stand centred: as few as can be, and none much longer than another."""
    lines = break_lines(text, width, measure)
    if len(lines) == 1:
        return lines
    narrow = measure(text) / len(lines)
    while narrow < width:
        evened = break_lines(text, narrow, measure)
        if len(evened) <= len(lines):
            return evened
        narrow += width / 20
    return lines


def _pieces(paragraph: str) -> list[str]:
    """Words, characters with the marks that belong to them, and spaces: between any two of them a line may break."""
    pieces: list[str] = []
    for found in _TOKEN.finditer(paragraph):
        token = found[0]
        words = [piece for piece in pieces[-2:] if not piece.isspace()]
        if not found["space"] and words and (token[0] in CLOSING or words[-1][-1] in OPENING):
            if pieces[-1].isspace():
                token = pieces.pop() + token
            token = pieces.pop() + token
        pieces.append(token)
    return pieces


def _fill(pieces: list[str], width: float, measure: Measure, indent: float) -> list[str]:
    lines: list[str] = []
    line, room = "", width - indent
    for piece in pieces:
        wide = measure(piece)
        if wide <= room:
            line, room = line + piece, room - wide
            continue
        if line:
            lines += [line.rstrip()] if line.strip() else []
            line, room = "", width
        if piece.isspace():
            continue
        *heads, last = _cut(piece, room, width, measure)
        for head in heads:
            lines.append(line + head)
            line, room = "", width
        line, room = line + last, room - measure(last)
    return [*lines, line] if line.strip() or not lines else lines


def _cut(piece: str, room: float, width: float, measure: Measure) -> list[str]:
    """The piece in parts, the first as wide as the room left and the others as a line, each one character at least."""
    parts: list[str] = []
    part = ""
    for character in piece:
        if part and measure(part + character) > (width if parts else room):
            end = _end_of_part(part, character, width, measure)
            parts.append(part[:end])
            part = part[end:]
        part += character
    return [*parts, part]


def _end_of_part(part: str, following: str, width: float, measure: Measure) -> int:
    """How much of a part to leave on its line: all, or less where a mark would be parted from what it belongs to."""
    characters = part + following
    for end in range(len(part), 0, -1):
        if measure(characters[end:]) > width:
            break
        if characters[end] not in CLOSING and characters[end - 1] not in OPENING:
            return end
    return len(part)
