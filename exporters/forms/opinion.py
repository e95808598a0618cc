"""A tall box in which somebody writes an opinion, signs, seals and dates it."""

from exporters.forms import words
from exporters.forms.grid import Box as GridBox
from exporters.forms.grid import draw_row, label
from exporters.paper import LEADING, MM, Paper

_LABEL = 3.0
_WIDE = 17.0
_SIZE = 10.5
_PAD, _FOOT = 3 * MM, 12 * MM


def draw_opinion(
    paper: Paper, x: float, y: float, width: float, height: float, title: str, said: str, signed: tuple[str, ...]
) -> float:
    """A box with its title at the left, what is said already, and at its foot the places to sign; answers its end."""
    draw_row(paper, x, y, width, height, [label(_LABEL, title), GridBox(_WIDE, "")])
    left = x + width * _LABEL / (_LABEL + _WIDE) + 3 * MM
    inner = x + width - left - 3 * MM
    if said:
        room = height - _PAD - (_FOOT if signed else _PAD)
        fit = paper.fit(f"　　{said}", _SIZE, "serif", inner, room)
        for number, line in enumerate(fit.lines, 1):
            paper.text(left, y + _PAD + (number - 0.2) * fit.size * LEADING, line, fit.size)
    if signed:
        for place, words_ in enumerate(signed):
            paper.text(left + inner * (place + 0.35) / len(signed), y + height - 4 * MM, words_, 10)
    return y + height


def place_for_day() -> str:
    """Where the day is written by hand."""
    return words.day(None)
