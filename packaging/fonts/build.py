"""Builds the fonts of resources/fonts from those that Debian 12 packages, and the list that says what they are.

It needs the packages fonts-noto-cjk, fonts-lxgw-wenkai, fonts-hanazono and unicode-data. To be run in packaging:

    python -m fonts.build            builds into resources/fonts, in two to three minutes
    python -m fonts.build --check    builds elsewhere and compares

Two runs give the same bytes, with the fontTools of requirements.lock.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont

from fonts import characters, convert
from fonts.sources import CHAINS, CONVERTED, FALLBACK, KAI, Face, digest

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "fonts"
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
LIST = "fonts.json"


def build(folder: Path) -> None:
    """Builds all fonts into a folder, and beside them the list with their sums and the chains."""
    held = {int(code) for code in KAI.source.open().getBestCmap()}
    shutil.copyfile(KAI.source.file, folder / KAI.file)
    han = characters.level3()
    lacking = (han | set(characters.SYMBOLS)) - held
    # A bold text falls back as a regular one does, so the fallback has what any of the four lacks.
    converted = [build_converted(face, folder) for face in CONVERTED]
    lacking -= converted[0].intersection(*converted[1:])
    for face in FALLBACK:
        lacking -= build_fallback(face, folder, lacking)
    if missing := lacking & han:
        sys.exit(f"no font has {len(missing)} of the characters of GB 18030-2022")
    listed = {"chains": CHAINS, "fonts": [entry(face, folder) for face in (*CONVERTED, KAI, *FALLBACK)]}
    (folder / LIST).write_text(json.dumps(listed, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def build_converted(face: Face, folder: Path) -> set[int]:
    """Builds a serif or sans and returns the code points it has."""
    font = face.source.open()
    convert.use_mainland_forms(font)
    convert.use_alike(font, characters.ALIKE)
    kept = wanted(font.getBestCmap(), bold=face.bold)
    convert.keep(font, kept)
    convert.draw_in_quadratics(font)
    convert.set_widths(font)
    save(font, face, folder)
    return kept


def wanted(available: Iterable[int], *, bold: bool) -> set[int]:
    """What a converted font keeps of what its source has: all that is neither Han nor Hangul, and of the Han characters

    - bold: those of the 通规表, of GB 2312, and some rare ones of names;
    - regular: these and all others but the rest of extension A, for which Zhibu Fallback A stands in.
    """
    han = characters.level3()
    common = characters.tongyong(UNIHAN) | characters.gb2312() | {ord(rare) for rare in characters.RARE_IN_NAMES}
    kept = common if bold else common | (han - set(characters.EXTENSION_A))
    return {code for code in available if (code in kept if code in han or code > 0x20000 else not is_hangul(code))}


def is_hangul(code: int) -> bool:
    """Whether a code point lies in one of the Hangul blocks."""
    return any(code in block for block in characters.HANGUL)


def build_fallback(face: Face, folder: Path, lacking: set[int]) -> set[int]:
    """Builds a font of what the others lack and this source has, and returns those code points."""
    font = face.source.open()
    convert.use_alike(font, characters.ALIKE)
    kept = lacking.intersection(font.getBestCmap())
    convert.keep(font, kept)
    save(font, face, folder)
    return kept


def save(font: TTFont, face: Face, folder: Path) -> None:
    """Names and writes a font whose glyphs are ready."""
    convert.align_left_bearings(font)
    convert.set_line(font)
    convert.finish(font)
    convert.name(font, face)
    font.save(folder / face.file)


def entry(face: Face, folder: Path) -> dict[str, str | int]:
    """What the list says of a font."""
    return {
        "file": face.file,
        "family": face.family,
        "weight": face.weight,
        "role": face.role,
        "licence": face.licence,
        "sha256": digest(folder / face.file),
        "source": face.source.family,
        "source_package": face.source.package,
        "source_file": Path(face.source.place).name,
        "source_sha256": face.source.sha256,
    }


def differing(folder: Path) -> list[str]:
    """The files of a fresh build whose bytes are not those shipped."""
    return [file.name for file in sorted(folder.iterdir()) if digest(file) != digest(SHIPPED / file.name)]


def main() -> None:
    """Reads the command line; leaves with status 1 and the names if a check finds other bytes."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="build into a temporary folder and compare")
    if not options.parse_args().check:
        build(SHIPPED)
        return
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        if found := differing(Path(folder)):
            sys.exit(f"built otherwise than shipped: {', '.join(found)}")


if __name__ == "__main__":
    main()
