"""One style of type in one document: how wide a text is, and the operators that draw it, from whichever font has it."""

import unicodedata
from itertools import groupby
from typing import Any

from exporters import fonts
from exporters.fonts import EmbeddedFont, Style

MIDDLE = 0.37  # a line's middle stands so many ems above its base line
_SPACES = "\t\n\r\xa0"
_VARIANTS = "VARIATION SELECTOR"
_UNPAIRED, _REPLACEMENT = "Cs", "\ufffd"


class _Widths(dict[str, float]):
    """Widths of characters in ems, looked up at their first use."""

    def __init__(self, lettering: "Lettering") -> None:
        super().__init__()
        self.lettering = lettering

    def __missing__(self, character: str) -> float:
        self[character] = width = self.lettering.admit(character)
        return width


class Lettering:
    """A style of type in a document; `missing` gathers the characters that none of its fonts has (they show as 〓)."""

    def __init__(self, document: Any, style: Style, missing: set[str]) -> None:
        self.document = document
        self.missing = missing
        self._files = fonts.chain(style)
        self._first = fonts.font(self._files[0])
        self._codes = self._first.codes(document)
        self._here: dict[str, str] = {}
        self._elsewhere: dict[str, EmbeddedFont] = {}
        self._widths = _Widths(self)
        self._width_of = self._widths.__getitem__
        self._code_of = self._here.__getitem__

    def admit(self, character: str) -> float:
        """Finds the font for a character not met before, and answers its width in ems."""
        if character in _SPACES:
            self._here[character] = self._codes[" "]
            return self._first.width(" ")
        if _is_unseen(character):
            self._here[character] = ""
            return 0.0
        if unicodedata.category(character) == _UNPAIRED:
            self._here[character] = self._codes[_REPLACEMENT]
            return self._first.width(_REPLACEMENT)
        for file in self._files:
            font = fonts.font(file)
            if ord(character) in font.glyphs:
                break
        else:
            self.missing.add(character)
            font = self._first
        if font is self._first:
            self._here[character] = self._codes[character]
        else:
            self._elsewhere[character] = font
        return font.width(character)

    def width(self, text: str, size: float) -> float:
        """The width of the text in points at this size."""
        return sum(map(self._width_of, text)) * size

    def font(self, size: float) -> str:
        """The operator that chooses this type at this size."""
        return f"/{self._codes.name} {size:.5g} Tf"

    def show(self, text: str, size: float) -> str:
        """The operators that draw the text where the pen is, this type at this size being chosen before and after."""
        try:
            return f"<{''.join(map(self._code_of, text))}> Tj"
        except KeyError:
            self.width(text, size)
            return self._runs(text, size, 0)

    def show_spread(self, text: str, gap: float, size: float) -> str:
        """Draws the characters `gap` ems apart, to be copied out and searched for as the text without gaps."""
        self.width(text, size)
        return f"{self._runs(text[:-1], size, gap)} {self.show(text[-1:], size)}"

    def _runs(self, text: str, size: float, gap: float) -> str:
        """Draws a text whose characters may be in several fonts."""
        drawn = []
        for font, run in groupby(text, self._elsewhere.get):
            codes = self._codes if font is None else font.codes(self.document)
            if gap:
                shown = "".join(codes.spaced(character, gap) for character in run)
            else:
                shown = "".join(map(self._code_of if font is None else codes.__getitem__, run))
            show = f"<{shown}> Tj"
            drawn.append(show if font is None else f"/{codes.name} {size:.5g} Tf {show} {self.font(size)}")
        return " ".join(drawn)


def _is_unseen(character: str) -> bool:
    """Whether a character only directs others and has no look of its own: joiners, marks of direction, variants."""
    return unicodedata.category(character) in ("Cc", "Cf") or unicodedata.name(character, "").startswith(_VARIANTS)
