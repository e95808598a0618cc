"""The order of names by the strokes of the surname (姓氏笔画), in which candidates stand on a ballot."""

from functools import cache

from models.codes import RESOURCES


def key(name: str) -> tuple[int, ...]:
    """What names are ordered by: first the strokes of the surname, then of what follows.

    As lists of the Party do it, a given name of one character counts as if nothing stood before it (田富 before
    田大利). Characters that are not in the table come last.
    """
    places = [_place(character) for character in name if character not in "·　 "]
    if len(places) == 2:
        places.insert(1, 0)
    return tuple(places)


def count(character: str) -> int | None:
    """How many strokes a character has; None when it is not in the table."""
    found = _table().get(character)
    return None if found is None else found[1]


def _place(character: str) -> int:
    table = _table()
    return table[character][0] if character in table else len(table) + ord(character)


@cache
def _table() -> dict[str, tuple[int, int]]:
    """Place and number of strokes of each character (the file says where they come from)."""
    found: dict[str, tuple[int, int]] = {}
    for line in (RESOURCES / "codes" / "strokes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        strokes, characters = line.split("\t")
        for character in characters:
            found[character] = (len(found) + 1, int(strokes))
    return found
