"""The fonts we start from, as Debian 12 packages them, and the files we make of them."""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

INSTALLED = Path("/usr/share/fonts")
NOTO = "fonts-noto-cjk 1:20220127+repack1-1"
WENKAI = "fonts-lxgw-wenkai 1.250+repack-1"
HANAZONO = "fonts-hanazono 20170904-2.1"
LICENCES = {NOTO: "OFL-Noto.txt", WENKAI: "OFL-LXGW.txt", HANAZONO: "Hanazono.txt"}


@dataclass(frozen=True)
class Source:
    """A font as it is published: its family, Debian's package, its place below /usr/share/fonts, its SHA-256 sum."""

    family: str
    package: str
    place: str
    sha256: str

    @property
    def file(self) -> Path:
        """The installed file; raises SystemExit if it is missing or another version."""
        file = INSTALLED / self.place
        if not file.exists() or digest(file) != self.sha256:
            sys.exit(f"{file} must be the one of Debian's {self.package}")
        return file

    def open(self) -> TTFont:
        """The font itself; out of a collection, the one of this family."""
        if self.file.suffix != ".ttc":
            return TTFont(self.file, recalcTimestamp=False)
        collection = TTCollection(self.file, lazy=True)
        font = next(font for font in collection if font["name"].getDebugName(1) == self.family)
        font.recalcTimestamp = False
        return font


@dataclass(frozen=True)
class Face:
    """One file that the program ships, and what it is for."""

    file: str
    family: str
    role: str
    source: Source
    bold: bool = False

    @property
    def weight(self) -> int:
        """The weight on the scale of OpenType and CSS."""
        return 700 if self.bold else 400

    @property
    def licence(self) -> str:
        """The file that holds the licence."""
        return LICENCES[self.source.package]


NOTO_SERIF = Source(
    "Noto Serif CJK SC",
    NOTO,
    "opentype/noto/NotoSerifCJK-Regular.ttc",
    "a04178ec485dffdff7cc0c0c20e1fce9202d7e2160d805e8e44a4c8841c58481",
)
NOTO_SERIF_BOLD = Source(
    "Noto Serif CJK SC",
    NOTO,
    "opentype/noto/NotoSerifCJK-Bold.ttc",
    "a5d4b046c127da3d7c72f98b46c41489cd29bf52abfdf18aba920903e920d4ac",
)
NOTO_SANS = Source(
    "Noto Sans CJK SC",
    NOTO,
    "opentype/noto/NotoSansCJK-Regular.ttc",
    "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
)
NOTO_SANS_BOLD = Source(
    "Noto Sans CJK SC",
    NOTO,
    "opentype/noto/NotoSansCJK-Bold.ttc",
    "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
)
LXGW_WENKAI = Source(
    "LXGW WenKai",
    WENKAI,
    "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
    "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
)
HANAMIN_A = Source(
    "HanaMinA",
    HANAZONO,
    "truetype/hanazono/HanaMinA.ttf",
    "7ca87559414474848fc513a8d8eb42d5b0f8194c30c2abdfbfedff5398ec88d7",
)
HANAMIN_B = Source(
    "HanaMinB",
    HANAZONO,
    "truetype/hanazono/HanaMinB.ttf",
    "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
)

CONVERTED = (
    Face("ZhibuSerif-Regular.ttf", "Zhibu Serif", "serif", NOTO_SERIF),
    Face("ZhibuSerif-Bold.ttf", "Zhibu Serif", "serif", NOTO_SERIF_BOLD, bold=True),
    Face("ZhibuSans-Regular.ttf", "Zhibu Sans", "sans", NOTO_SANS),
    Face("ZhibuSans-Bold.ttf", "Zhibu Sans", "sans", NOTO_SANS_BOLD, bold=True),
)
# Its licence reserves its name, so it is shipped as it is.
KAI = Face("LXGWWenKai-Regular.ttf", "LXGW WenKai", "kai", LXGW_WENKAI)
FALLBACK = (
    Face("ZhibuFallbackA.ttf", "Zhibu Fallback A", "fallback", HANAMIN_A),
    Face("ZhibuFallbackB.ttf", "Zhibu Fallback B", "fallback", HANAMIN_B),
)
# For text of each kind, the families in the order in which a character is looked for.
CHAINS = {
    "serif": ("Zhibu Serif", "LXGW WenKai", "Zhibu Fallback A", "Zhibu Fallback B"),
    "sans": ("Zhibu Sans", "LXGW WenKai", "Zhibu Fallback A", "Zhibu Fallback B"),
    "kai": ("LXGW WenKai", "Zhibu Serif", "Zhibu Fallback A", "Zhibu Fallback B"),
}


def digest(file: Path) -> str:
    """The SHA-256 sum of a file, in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
