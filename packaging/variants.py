"""Writes resources/codes/variants.txt anew: the other ways in which characters are written, for looking for a name.

    python packaging/variants.py FOLDER_OF_UNIHAN

The characters of the 通用规范汉字表 each with their 繁体 and 异体 outside it. A character outside stands with those
that Unihan gives as its simplified forms; where it gives none, with the one of which it is a variant, through another
character outside if need be. Characters of the table stay apart from each other: 干 and 乾, 于 and 於 are two names.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import unihan

TARGET = Path(__file__).resolve().parent.parent / "resources" / "codes" / "variants.txt"
BASIC = range(0x3400, 0xA000)  # what an input method gives: the rarer planes have no names to be looked for otherwise
HEAD = (
    "# Characters of the 通用规范汉字表, and behind each the 繁体 and 异体 that stand for it.",
    "# Made by packaging/variants.py of Unihan 15.0.0 (© 1991-2022 Unicode, Inc., LICENSE-Unicode.txt); changed:",
    "# chosen, and put together by the character that is usual in China.",
)
Links = Mapping[str, set[str]]


def links(file: Path, there: Iterable[str], back: Iterable[str]) -> Links:
    """What each character is linked with by the fields `there`, and by the fields `back` of the other character."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, others in unihan.read(file, *there):
        found[one] |= set(map(unihan.character, others.split()))
    for one, others in unihan.read(file, *back):
        for other in map(unihan.character, others.split()):
            found[other].add(one)
    return found


def usual(table: set[str], simpler: Links, variants: Links) -> dict[str, set[str]]:
    """The characters of the table that each character outside it stands for."""
    found = {each: others & table for each, others in simpler.items() if each not in table and others & table}
    for _ in range(2):  # a variant of the table itself, then one through another outside
        known = found.copy()
        for each in variants.keys() - table - known.keys():
            meant = set().union(*({other} if other in table else known.get(other, ()) for other in variants[each]))
            if len(meant) == 1:
                found[each] = meant
    return found


def main(folder: Path) -> None:
    table = {each for each, _ in unihan.read(folder / "Unihan_OtherMappings.txt.bz2", "kTGH")}
    file = folder / "Unihan_Variants.txt.bz2"
    alike = ("kZVariant", "kSemanticVariant")
    outside = usual(table, links(file, ["kSimplifiedVariant"], ["kTraditionalVariant"]), links(file, alike, alike))
    lines: defaultdict[str, str] = defaultdict(str)
    for each in sorted(outside):
        if ord(each) in BASIC:
            for other in outside[each]:
                lines[other] += each
    text = "\n".join([*HEAD, *(f"{each}\t{lines[each]}" for each in sorted(lines))])
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
