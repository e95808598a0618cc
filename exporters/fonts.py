"""The program's fonts as a PDF takes them: each embedded once, every character copied out as it was written."""

import json
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from struct import pack
from typing import Any, Literal
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from models.codes import RESOURCES

Style = Literal["serif", "serif bold", "sans", "sans bold", "kai"]

FOLDER = RESOURCES / "fonts"
SUBSTITUTE = "〓"  # the printer's mark for a sort that is not in the case
_REGULAR, _BOLD = 400, 700
_MOST_CODES = 0x10000
_BLOCK = 100  # the most entries a block of a ToUnicode map may have


class Codes(dict[str, str]):
    """The codes of one font for the characters of one document, in the order of first use, as four hex digits."""

    def __init__(self) -> None:
        super().__init__()
        self.characters = ["\0"]
        self.gaps: dict[int, float] = {}
        self.name = ""
        self._spaced: dict[tuple[str, float], str] = {}

    def __missing__(self, character: str) -> str:
        self[character] = code = self._new(character)
        return code

    def spaced(self, character: str, gap: float) -> str:
        """The code of a character that has `gap` ems of room behind it as a part of its own width.

        Room made by moving the pen is a space to whoever copies the text out; a wide character is not.
        """
        if (character, gap) not in self._spaced:
            code = self._spaced[character, gap] = self._new(character)
            self.gaps[int(code, 16)] = gap
        return self._spaced[character, gap]

    def _new(self, character: str) -> str:
        if len(self.characters) >= _MOST_CODES:
            raise ValueError("one font has at most 65,536 characters in a document")
        self.characters.append(character)
        return f"{len(self.characters) - 1:04X}"


class EmbeddedFont(TTFont):
    """A TrueType font that reportlab embeds as one composite font with a code for every character used.

    reportlab's own way makes a font of each 256 characters, and its ToUnicode maps are wrong beyond U+FFFF: what is
    copied out or searched for is then another character. What the font lacks is drawn as 〓 and copied as itself.
    """

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, str(path))
        self.glyphs: dict[int, int] = self.face.charToGlyph
        self._codes: WeakKeyDictionary[Any, Codes] = WeakKeyDictionary()
        self._reading = threading.Lock()  # the face has one place to read at, and two papers may be finished at once

    def codes(self, document: Any) -> Codes:
        """The codes in this document, in which the font has its place from now on."""
        codes = self._codes.get(document)
        if codes is None:
            codes = self._codes[document] = Codes()
            codes.name = f"F{len(document.fontMapping) + 1}"
            document.fontMapping[self.fontName] = f"/{codes.name}"
            document.delayedFonts.append(self)
        return codes

    def width(self, character: str) -> float:
        """The width in ems."""
        return float(self.face.getCharWidth(self._drawn(character))) / 1000

    def _drawn(self, character: str) -> int:
        code = ord(character)
        return code if code in self.glyphs else ord(SUBSTITUTE) if ord(SUBSTITUTE) in self.glyphs else 0

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """The text in the codes of the document, which reportlab asks for to draw it."""
        codes = self.codes(doc)
        return [(0, bytes.fromhex("".join(map(codes.__getitem__, text))))] if text else []

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        """The font's name in the document."""
        return f"/{self.codes(doc).name}"

    def addObjects(self, doc: Any) -> None:
        """Puts the font into the finished document: the glyphs used, their widths, and what they are copied out as."""
        codes = self._codes.pop(doc)
        drawn = [self._drawn(character) for character in codes.characters]
        name = (SUBSETN(0) + b"+" + self.face.name + self.face.subfontNameX).decode("pdfdoc")
        with self._reading:
            descriptor = self.face.addSubsetObjects(doc, name, drawn)
        widths = [self.face.getCharWidth(each) + 1000 * codes.gaps.get(code, 0) for code, each in enumerate(drawn)]
        descendant = pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("CIDFontType2"),
            "BaseFont": pdfdoc.PDFName(name),
            "CIDSystemInfo": pdfdoc.PDFDictionary({
                "Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0,
            }),
            "FontDescriptor": descriptor,
            "DW": 1000,
            "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
            "CIDToGIDMap": _stream(doc, glyph_map([self.glyphs.get(code, 0) for code in drawn]), f"glyphs:{name}"),
        })  # fmt: skip
        composite = pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("Font"),
            "Subtype": pdfdoc.PDFName("Type0"),
            "BaseFont": pdfdoc.PDFName(name),
            "Encoding": pdfdoc.PDFName("Identity-H"),
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant, f"descendant:{name}")]),
            "ToUnicode": _stream(doc, to_unicode(codes.characters).encode("ascii"), f"unicode:{name}"),
        })  # fmt: skip
        doc.idToObject[pdfdoc.BasicFonts].dict[codes.name] = doc.Reference(composite, f"composite:{name}")


def glyph_map(glyphs: Sequence[int]) -> bytes:
    """For each code two bytes: the number of its glyph in the subset that reportlab makes, in order of first use."""
    numbers = {0: 0}
    return b"".join(pack(">H", numbers.setdefault(glyph, len(numbers))) for glyph in glyphs)


def to_unicode(characters: Sequence[str]) -> str:
    """The map by which a reader copies text out: code to UTF-16, with surrogate pairs, in blocks of a hundred."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    # Half a surrogate pair, for which a font may have a glyph, is no text that could be copied out.
    spelt = [character.encode("utf-16-be", "replace").hex() for character in characters]
    entries = [f"<{code:04X}> <{spelt[code]}>" for code in range(1, len(characters))]
    for start in range(0, len(entries), _BLOCK):
        block = entries[start : start + _BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


def _stream(document: Any, content: bytes, name: str) -> Any:
    return document.Reference(pdfdoc.PDFStream(content=content, filters=[pdfdoc.PDFZCompress]), name)


@cache
def _manifest() -> dict[str, Any]:
    """The list of fonts and of the families in which to look for a character, for each kind of type."""
    text = (FOLDER / "fonts.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def chain(style: Style) -> tuple[str, ...]:
    """The files in which to look for a character of this style, in order; bold type falls back on regular."""
    role, _, bold = style.partition(" ")
    files = {(font["family"], font["weight"]): font["file"] for font in _manifest()["fonts"]}
    families = _manifest()["chains"][role]
    regular = tuple(files[family, _REGULAR] for family in families)
    return (files[families[0], _BOLD], *regular) if bold else regular


@cache
def font(file: str) -> EmbeddedFont:
    """The font of a file in resources/fonts, loaded when it is first needed and then known to reportlab by its stem."""
    name = Path(file).stem
    loaded = EmbeddedFont(name, FOLDER / file)
    pdfmetrics.registerFont(loaded)
    return loaded
