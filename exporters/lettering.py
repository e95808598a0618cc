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
            return self._mixed(text, size)

    def _mixed(self, text: str, size: float) -> str:
        """The same for a text of which not every character is known to be in the first font."""
        self.width(text, size)
        drawn = []
        for font, run in groupby(text, self._elsewhere.get):
            if font is None:
                drawn.append(f"<{''.join(map(self._code_of, run))}> Tj")
            else:
                codes = font.codes(self.document)
                shown = "".join(map(codes.__getitem__, run))
                drawn.append(f"/{codes.name} {size:.5g} Tf <{shown}> Tj {self.font(size)}")
        return " ".join(drawn)

    def show_spread(self, text: str, gap: float, size: float) -> str:
        """Draws the characters `gap` ems apart, to be copied out and searched for as the text without gaps."""
        said = text.encode("utf-16-be", "replace").hex()
        return f"/Span <</ActualText <feff{said}>>> BDC {gap * size:.5g} Tc {self.show(text, size)} 0 Tc EMC"


def _is_unseen(character: str) -> bool:
    """Whether a character only directs others and has no look of its own: joiners, marks of direction, variants."""
    return unicodedata.category(character) in ("Cc", "Cf") or unicodedata.name(character, "").startswith(_VARIANTS)
