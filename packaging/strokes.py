"""Writes resources/codes/strokes.txt anew: characters in the order of their strokes, for names on a ballot.

    python packaging/strokes.py FOLDER_OF_UNIHAN codepoint-character-sequence.txt

Unihan (Debian's package unicode-data) tells the count of strokes and the place of each of the 8105 characters of the
通用规范汉字表, which stand there by strokes within each of its three levels. Conway Stroke Data
(https://github.com/stroke-input/stroke-input-data, CC-BY-4.0) tells the strokes themselves, often in several ways:
that way is taken which agrees with the order of the table.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

import unihan

TARGET = Path(__file__).resolve().parent.parent / "resources" / "codes" / "strokes.txt"
LEVELS = (range(1, 3501), range(3501, 6501), range(6501, 8106))
BASIC = range(0x4E00, 0xA000)
HEAD = (
    "# Characters by their number of strokes, those of one number by the strokes themselves (横竖撇点折).",
    "# Made by packaging/strokes.py of Unihan 15.0.0 (Unicode License) and of Conway Stroke Data (CC-BY-4.0, Conway,",
    "# https://github.com/stroke-input/stroke-input-data); changed: put in order, the strokes themselves left out.",
)
Key = tuple[int, str]


def sequences(file: Path) -> dict[str, list[Key]]:
    """Every way to write each character: the number of strokes and 1 to 5 for 横竖撇点折."""
    found = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        told = re.match(r"U\+[0-9A-F]+!?\t(.)[\^*]?\t([1-5|()\\]+)$", line)
        if told:
            found[told[1]] = [(len(way), way) for way in _ways(told[2])]
    return found


def _ways(pattern: str) -> Iterator[str]:
    """What a pattern of figures, groups of alternatives and references to groups stands for."""
    parts = re.findall(r"\(([^)]*)\)|\\(\d)|(\d+)", pattern)
    for chosen in product(*(group.split("|") for group, again, plain in parts if not again and not plain)):
        rest = iter(chosen)
        yield "".join(plain or (chosen[int(again) - 1] if again else next(rest)) for _, again, plain in parts)


def agreeing(level: Sequence[str], ways: Mapping[str, list[Key]], counts: Mapping[str, int]) -> dict[str, Key]:
    """For each character of a level the way that fits its place: the longest chain in which the ways never go down.

    The few characters off the chain take the way of the one before them.
    """
    places = {key: place for place, key in enumerate(sorted({key for each in level for key in ways[each]}), 1)}
    tree: defaultdict[int, tuple[float, int]] = defaultdict(lambda: (0.0, -1))
    nodes: list[tuple[int, str, Key]] = []
    for character in level:
        added = []
        for key in ways[character]:
            place, best = places[key], (0.0, -1)
            while place:
                best, place = max(best, tree[place]), place & (place - 1)
            added.append((best[0] + 1 + 0.25 * (key[0] == counts[character]), best[1], character, key))
        for score, before, each, key in added:
            nodes.append((before, each, key))
            place = places[key]
            while place <= len(places):
                tree[place] = max(tree[place], (score, len(nodes) - 1))
                place += place & -place
    chain, place = {}, max(tree.values())[1]
    while place >= 0:
        place, character, key = nodes[place]
        chain[character] = key
    found, last = {}, (1, "1")
    for character in level:
        last = found[character] = chain.get(character, last)
    return found


def main(folder: Path, conway: Path) -> None:
    ways = sequences(conway)
    strokes = unihan.read(folder / "Unihan_IRGSources.txt.bz2", "kTotalStrokes")
    counts = {each: int(count.split()[0]) for each, count in strokes}
    places = unihan.read(folder / "Unihan_OtherMappings.txt.bz2", "kTGH")
    table = {int(place.split()[0].split(":")[1]): each for each, place in places}
    keys: dict[str, Key] = {}
    for level in LEVELS:
        keys |= agreeing([table[number] for number in level], ways, counts)
    for character in map(chr, BASIC):
        if character not in keys and character in counts:
            fitting = [key for key in ways.get(character, ()) if key[0] == counts[character]]
            keys[character] = fitting[0] if fitting else (counts[character], "6")
    lines: defaultdict[int, str] = defaultdict(str)
    for character in sorted(keys, key=keys.__getitem__):
        lines[keys[character][0]] += character
    text = "\n".join([*HEAD, *(f"{count}\t{lines[count]}" for count in sorted(lines))])
    TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
