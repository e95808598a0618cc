"""The pinyin initials by which a member is found on the keyboard: 张红卫 is zhw, 单于红 is cyh, 尉迟静 is ycj."""

import json
import os
from collections.abc import Mapping
from functools import cache

from models.codes import RESOURCES

_LONGEST = 4  # characters of a surname: 爱新觉罗


def of(name: str) -> str:
    """The initials of a name in lower case; Latin letters and figures stand for themselves, dots are left out."""
    readings = _surname(name)
    return "".join([*(reading[0] for reading in readings), *map(_initial, name[len(readings) :])])


def _surname(name: str) -> tuple[str, ...]:
    """The syllables of the surname where it is not read as the general table of pypinyin reads it.

    A name with a dot in it has no Chinese surname; a surname of several characters has a given name behind it.
    """
    if "·" in name:
        return ()
    one, several = _surnames()
    for length in range(min(_LONGEST, len(name) - 1), 1, -1):
        if name[:length] in several:
            return tuple(several[name[:length]].split())
    return (one[name[0]],) if name[:1] in one else ()


@cache
def _surnames() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The readings of surnames of one character, where they differ from the general table, and of several."""
    found = json.loads((RESOURCES / "codes" / "surnames.json").read_text(encoding="utf-8"))
    return found["one"], found["several"]


@cache
def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    # One character at a time needs no dictionary of phrases, which would take longer to load than all else.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style, lazy_pinyin  # heavy (0.2 s): imported when a name is first saved

    found = lazy_pinyin(character, style=Style.FIRST_LETTER, errors="ignore")
    return found[0] if found else ""
