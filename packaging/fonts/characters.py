"""Which characters the fonts must hold."""

import bz2
from pathlib import Path

# The Han characters of GB 18030-2022, as it took them over from Unicode 11: the whole of each range, and nothing else.
LEVEL_3_RANGES = (
    (0x4E00, 0x9FEF),  # 20,976: the basic block as far as it was filled then
    (0x3400, 0x4DB5),  # 6,582: extension A
    (0x20000, 0x2A6D6),  # 42,711: extension B
    (0x2A700, 0x2B734),  # 4,149: extension C
    (0x2B740, 0x2B81D),  # 222: extension D
    (0x2B820, 0x2CEA1),  # 5,762: extension E
    (0x2CEB0, 0x2EBE0),  # 7,473: extension F
)
# Twelve characters that stand among the compatibility ideographs and are none: they have no other code.
UNIFIED_AMONG_COMPATIBILITY = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"

EXTENSION_A = range(0x3400, 0x4DC0)

# Hangul, which no paper of a branch is written in and which would add eleven thousand glyphs.
HANGUL = (range(0x1100, 0x1200), range(0x3131, 0x318F), range(0xA960, 0xA980), range(0xAC00, 0xD800))

# Met in names though not in the 通规表.
RARE_IN_NAMES = "㼆𬎆𪻐"

# From superscripts to dingbats: the ticks and ballot boxes of forms among them, which Noto lacks.
SYMBOLS = range(0x2070, 0x27C0)
# Drawn as another: on these papers √ is a tick and no root, and the heavy ones no source has.
ALIKE = {"√": "✓", "✔": "✓", "✘": "✗"}


def level3() -> set[int]:
    """The 87,887 Han characters of implementation level 3 of GB 18030-2022, as code points."""
    found = {ord(character) for character in UNIFIED_AMONG_COMPATIBILITY}
    for first, last in LEVEL_3_RANGES:
        found.update(range(first, last + 1))
    return found


def gb2312() -> set[int]:
    """The 6,763 Han characters of GB/T 2312-1980: rows 16 to 87."""
    rows = ((bytes((row, cell)) for cell in range(0xA1, 0xFF)) for row in range(0xB0, 0xF8))
    return {ord(text) for row in rows for code in row if (text := code.decode("gb2312", errors="ignore"))}


def tongyong(unihan: Path) -> set[int]:
    """The 8,105 characters of the 通用规范汉字表 (2013), read from Unihan's kTGH in a bzip2 file."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        entries = (line.split("\t") for line in lines if line.startswith("U+"))
        return {int(entry[0].removeprefix("U+"), 16) for entry in entries if entry[1] == "kTGH"}
